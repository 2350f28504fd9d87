"""Ball arithmetic: sympy expressions evaluated in python-flint's arb, with every constant converted exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from functools import reduce
from types import MappingProxyType

import flint
import sympy
from flint import arb, fmpq
from sympy import Expr, Symbol
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean, BooleanAtom

from w2s_theory.errors import InvalidInput
from w2s_theory.relations import SIGNS

_FUNCTIONS: dict[type[Expr], Callable[[arb], arb]] = {
    sympy.exp: lambda x: x.exp(),
    sympy.log: lambda x: x.log(),
    sympy.sin: lambda x: x.sin(),
    sympy.cos: lambda x: x.cos(),
    sympy.tan: lambda x: x.tan(),
    sympy.atan: lambda x: x.atan(),
    sympy.acos: lambda x: x.acos(),
    sympy.gamma: lambda x: x.gamma(),
    sympy.Abs: abs,
}
_NONE: Mapping[Symbol, arb] = MappingProxyType({})


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Work at this many bits inside the block and restore python-flint's global precision after it."""
    before = flint.ctx.prec
    flint.ctx.prec = bits
    try:
        yield
    finally:
        flint.ctx.prec = before


def exact(value: Fraction | fmpq | Expr) -> arb:
    """Return the ball of a rational number at the current precision.

    Raises InvalidInput for a sympy expression that is no rational number.
    """
    if isinstance(value, Expr) and not value.is_Rational:
        raise InvalidInput(f"{value} is not rational; give an integer, a decimal or p/q")
    return arb(fmpq(int(value.numerator), int(value.denominator)))


def ball(expression: Expr, values: Mapping[Symbol, arb] = _NONE) -> arb:
    """Return a ball that contains `expression` for every choice of symbol values in their balls.

    The ball is not finite where the expression is undefined for some choice. Raises TypeError for a
    function that has no ball evaluation here.
    """
    if expression.is_Symbol:
        return values[expression]
    if expression.is_Rational:
        return exact(expression)
    if expression is sympy.pi:
        return arb.pi()
    if expression is sympy.E:
        return arb.const_e()
    if expression.is_Add:
        return reduce(lambda total, term: total + ball(term, values), expression.args, arb(0))
    if expression.is_Mul:
        return reduce(lambda total, term: total * ball(term, values), expression.args, arb(1))
    if expression.is_Pow:
        return _power(expression, values)
    if isinstance(expression, sympy.Min | sympy.Max):
        pick = arb.min if isinstance(expression, sympy.Min) else arb.max
        return reduce(pick, (ball(argument, values) for argument in expression.args))
    function = _FUNCTIONS.get(expression.func)
    if function is None:
        raise TypeError(f"no ball evaluation for {expression.func}")
    return function(ball(expression.args[0], values))


def _power(expression: Expr, values: Mapping[Symbol, arb]) -> arb:
    base, exponent = expression.args
    value = ball(base, values)
    if exponent.is_Integer:
        return value ** int(exponent)
    if exponent.is_Rational and exponent > 0:
        # A base that is nonnegative in truth may have a ball that reaches below zero.
        nonnegative = arb.max(value, arb(0)) if base.is_nonnegative else value
        return nonnegative.root(int(exponent.q)) ** int(exponent.p) if exponent.q > 1 else nonnegative
    return value ** ball(exponent, values)


def sign(expression: Expr, values: Mapping[Symbol, Expr] | None = None) -> int | None:
    """Return the exact sign (-1, 0, 1) of a constant expression, None where it cannot be told or is undefined.

    `values` gives exact numbers for the expression's symbols. A nonzero sign comes from a ball that
    excludes zero, a zero from exact algebra.
    """
    number = expression.subs(values or {})
    if number.is_Rational:
        return int(sympy.sign(number))
    for bits in (64, 256, 1024):
        with precision(bits):
            try:
                enclosure = ball(number)
            except (TypeError, KeyError):
                return None
            if enclosure > 0:
                return 1
            if enclosure < 0:
                return -1
            if not enclosure.is_finite():
                return None
    return 0 if _vanishes(number) else None


def _vanishes(number: Expr) -> bool:
    """Return whether exact algebra shows a number to be 0."""
    # Simplifying logarithms may take minutes; expanding them tells nearly as much.
    if number.has(sympy.log, sympy.exp):
        return bool(sympy.expand(sympy.expand_log(number)) == 0)
    return bool(sympy.simplify(number) == 0)


def holds(relation: Boolean, values: Mapping[Symbol, Expr]) -> bool | None:
    """Return whether a relation is true at exact values of its symbols, None where that cannot be told."""
    if isinstance(relation, BooleanAtom):
        return bool(relation)
    difference = sign(relation.lhs - relation.rhs, values)
    return None if difference is None else difference in SIGNS[relation.func]


def possible_signs(enclosure: arb) -> frozenset[int]:
    """Return the signs that the numbers in a ball may have, all three where it has no value."""
    excluded = {-1: enclosure >= 0, 0: enclosure != 0, 1: enclosure <= 0}
    return frozenset(number for number, never in excluded.items() if not never)


def excludes(relation: Relational, difference: arb) -> bool:
    """Return whether a relation is false wherever left minus right may lie in the ball `difference`."""
    return possible_signs(difference).isdisjoint(SIGNS[relation.func])


def implies(relation: Relational, difference: arb) -> bool:
    """Return whether a relation is true wherever left minus right may lie in the ball `difference`."""
    return possible_signs(difference) <= SIGNS[relation.func]
