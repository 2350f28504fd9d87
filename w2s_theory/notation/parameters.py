"""Checks of the real parameters of a spectrum: numbers are checked at once, symbols are accepted."""

from __future__ import annotations

import math

from sympy import Expr, Rational, S, SympifyError, oo, sympify

from w2s_theory.errors import InvalidInput


def exact(value: Expr | float, name: str) -> Expr:
    """Return the value as a sympy object in which floats are the shortest decimal that prints them.

    Raises InvalidInput for text (which would have to be evaluated) and anything else that is no number.
    """
    if isinstance(value, float) and math.isfinite(value):
        return Rational(repr(value))
    try:
        return sympify(value, strict=True)
    except SympifyError:
        raise InvalidInput(f"{name} is {value!r}; it must be a number or a sympy expression") from None


def finite_real(value: Expr | float, name: str) -> Expr:
    """Return the value as an exact sympy object; raises InvalidInput if it cannot be a finite real."""
    result = exact(value, name)
    if result.is_real is False or result.has(oo, S.NaN):
        raise InvalidInput(f"{name} is {result}; it must be a finite real number")
    return result


def positive(value: Expr | float, name: str) -> Expr:
    """Return the value as an exact sympy object; raises InvalidInput if it cannot be positive."""
    result = finite_real(value, name)
    if result.is_positive is False:
        raise InvalidInput(f"{name} is {result}; it must be > 0")
    return result


def number(value: Expr) -> float:
    """Return the nearest float; raises InvalidInput if the value contains a symbol."""
    if value.free_symbols:
        raise InvalidInput(f"{value} is symbolic; a numeric spectrum needs a number for every parameter")
    return float(value)
