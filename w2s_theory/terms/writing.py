"""Terms and formulas as the text that a user would type, so that it reads back as the same tree.

A fraction reads back as a quotient of whole numbers, which has the same value.
"""

from __future__ import annotations

from fractions import Fraction

from w2s_theory.terms.tree import All, Any, Atom, Formula, Head, Root, Term

_SUM, _PRODUCT, _NEGATIVE, _POWER, _LEAF = range(5)


def as_text(item: Term) -> str:
    """Return a term as text, with no more parentheses than needed."""
    return _write(item)[0]


def formula_as_text(item: Formula) -> str:
    """Return a formula as text: atoms joined by `and` and `or`."""
    match item:
        case Atom(left, sign, right):
            return f"{as_text(left)} {sign} {as_text(right)}"
        case All(parts):
            return " and ".join(map(_grouped, parts)) or "true"
        case Any(parts):
            return " or ".join(map(_grouped, parts)) or "false"


def _grouped(item: Formula) -> str:
    text = formula_as_text(item)
    return text if isinstance(item, Atom) else f"({text})"


def _write(item: Term) -> tuple[str, int]:
    match item.head:
        case Head.NUMBER:
            return _number(item.value)
        case Head.CONSTANT | Head.VARIABLE:
            return str(item.value), _LEAF
        case Head.ALGEBRAIC:
            return _root(item.value), _LEAF
        case Head.SUM:
            left, right = item.args
            if right.head == Head.PRODUCT and right.args[0].value == Fraction(-1):
                return f"{_at_least(left, _SUM)} - {_at_least(right.args[1], _PRODUCT)}", _SUM
            if right.head == Head.NUMBER and isinstance(right.value, Fraction) and right.value < 0:
                return f"{_at_least(left, _SUM)} - {-right.value}", _SUM
            return f"{_at_least(left, _SUM)} + {_at_least(right, _PRODUCT)}", _SUM
        case Head.PRODUCT:
            left, right = item.args
            if left.value == Fraction(-1):
                return f"-{_at_least(right, _POWER)}", _SUM
            return f"{_at_least(left, _PRODUCT)}*{_at_least(right, _NEGATIVE)}", _PRODUCT
        case Head.QUOTIENT:
            left, right = item.args
            return f"{_at_least(left, _PRODUCT)}/{_at_least(right, _POWER)}", _PRODUCT
        case Head.POWER:
            base, exponent = item.args
            return f"{_at_least(base, _LEAF)}**{_at_least(exponent, _LEAF)}", _POWER
        case function:
            return f"{function}({', '.join(map(as_text, item.args))})", _LEAF


def _at_least(item: Term, rank: int) -> str:
    text, own = _write(item)
    return text if own >= rank else f"({text})"


def _number(value: object) -> tuple[str, int]:
    if not isinstance(value, Fraction):
        raise TypeError(f"not a rational number: {value!r}")
    rank = _SUM if value < 0 else _LEAF if value.denominator == 1 else _PRODUCT
    return str(value), rank


def _root(value: object) -> str:
    if not isinstance(value, Root):
        raise TypeError(f"not an algebraic number: {value!r}")
    terms = [f"{c}*x**{k}" for k, c in enumerate(value.coefficients) if c]
    return f"(root of {' + '.join(terms)} in [{value.low}, {value.high}])"
