"""Constant terms with an exactly known value: what exp(0), log(1), sin(pi/6), a product with 0 and the like are."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import isqrt

from w2s_theory.terms.tree import Head, Term, rational, subterms

Sign = Callable[[Term], int | None]
"""The sign of a constant term, None where it is not decided."""


def settled_by(item: Term, sign: Sign) -> Term:
    """Return an equal constant term in which what has an exactly known value is that value.

    exp(0), log(1), sin(0), a product with 0, abs, min and max of what has a sign, sine and cosine of multiples of pi/6
    and pi/4, log(exp(x)), exp(log(x)).
    """
    done: dict[Term, Term] = {}
    for node in subterms(item):
        args = tuple(done[argument] for argument in node.args)
        done[node] = _settled(node if args == node.args else Term(node.head, args, node.value), sign)
    return done[item]


def _settled(node: Term, sign: Sign) -> Term:
    value = rational(node)
    if value is not None:
        return Term(Head.NUMBER, (), value)
    match node.head:
        case Head.SUM:
            left, right = node.args
            return right if _is(left, 0) else left if _is(right, 0) else node
        case Head.PRODUCT:
            left, right = node.args
            if _is(left, 0) or _is(right, 0):
                return _NUMBERS[0]
            return right if _is(left, 1) else left if _is(right, 1) else node
        case Head.QUOTIENT:
            top, bottom = node.args
            return _NUMBERS[0] if _is(top, 0) and sign(bottom) not in (0, None) else node
        case Head.POWER:
            base, exponent = node.args
            if _equals_one(base, sign):
                return _NUMBERS[1]
            if _is(exponent, 1):
                return base
            if _is(base, 0) and sign(exponent) == 1:
                return _NUMBERS[0]
            power = rational(exponent)
            if power is None and base.head == Head.CONSTANT and base.value == "E":
                return _settled(Term("exp", (exponent,)), sign)
            return node
        case "sqrt":
            return _square_root(node)
        case "exp":
            (inner,) = node.args
            return _NUMBERS[1] if _is(inner, 0) else inner.args[0] if inner.head == "log" else node
        case "log":
            (inner,) = node.args
            if _equals_one(inner, sign):
                return _NUMBERS[0]
            if inner.head == Head.CONSTANT and inner.value == "E":
                return _NUMBERS[1]
            return inner.args[0] if inner.head == "exp" else node
        case "sin" | "cos" | "tan":
            return _wave(node)
        case "abs":
            found = sign(node.args[0])
            return node if found is None else node.args[0] if found >= 0 else -node.args[0]
        case "min" | "max":
            best = node.args[0]
            for other in node.args[1:]:
                order = sign(best - other)
                if order is None:
                    return node
                best = other if (order > 0) == (node.head == "min") and order != 0 else best
            return best
        case _:
            return node


_NUMBERS = {value: Term(Head.NUMBER, (), Fraction(value)) for value in (0, 1)}


def _equals_one(item: Term, sign: Sign) -> bool:
    return _is(item, 1) or (rational(item) is None and sign(item - 1) == 0)


def _square_root(node: Term) -> Term:
    inside = rational(node.args[0])
    if inside is None or inside < 0:
        return node
    top, bottom = isqrt(inside.numerator), isqrt(inside.denominator)
    exact = top**2 == inside.numerator and bottom**2 == inside.denominator
    return Term(Head.NUMBER, (), Fraction(top, bottom)) if exact else node


def _is(item: Term, value: int) -> bool:
    return item.head == Head.NUMBER and item.value == value


_HALF = Term(Head.NUMBER, (), Fraction(1, 2))
_SINES = {
    Fraction(0): Term(Head.NUMBER, (), Fraction(0)),
    Fraction(1, 6): _HALF,
    Fraction(1, 4): Term("sqrt", (_HALF,)),
    Fraction(1, 3): Term("sqrt", (Term(Head.NUMBER, (), Fraction(3, 4)),)),
    Fraction(1, 2): Term(Head.NUMBER, (), Fraction(1)),
}


def _wave(node: Term) -> Term:
    """Return the exact value of a sine, cosine or tangent of 0 or of a rational multiple of pi that has a simple one."""
    (inner,) = node.args
    turns = _multiple_of_pi(inner)
    if turns is None:
        return node
    sine, cosine = _sine(turns), _sine(turns + Fraction(1, 2))
    if sine is None or cosine is None:
        return node
    if node.head == "sin":
        return sine
    return cosine if node.head == "cos" else node if _is(cosine, 0) else sine / cosine


def _sine(turns: Fraction) -> Term | None:
    """Return sin(pi turns), where it is in the table."""
    turns %= 2
    if turns > 1:
        found = _sine(turns - 1)
        return None if found is None else -found
    return _SINES.get(min(turns, 1 - turns))


def _multiple_of_pi(item: Term) -> Fraction | None:
    value = rational(item)
    if value is not None:
        return Fraction(0) if value == 0 else None
    match item.head:
        case Head.CONSTANT:
            return Fraction(1) if item.value == "pi" else None
        case Head.SUM:
            parts = [_multiple_of_pi(part) for part in item.args]
            known = [part for part in parts if part is not None]
            return sum(known, Fraction(0)) if len(known) == len(parts) else None
        case Head.PRODUCT:
            for scale, rest in (item.args, item.args[::-1]):
                factor, turns = rational(scale), _multiple_of_pi(rest)
                if factor is not None and turns is not None:
                    return factor * turns
            return None
        case Head.QUOTIENT:
            turns, below = _multiple_of_pi(item.args[0]), rational(item.args[1])
            return turns / below if turns is not None and below else None
        case _:
            return None
