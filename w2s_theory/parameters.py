"""Checks of the real parameters of a spectrum: numbers are checked at once, symbols are accepted."""

from __future__ import annotations

from sympy import Expr, S, oo, sympify

from w2s_theory.errors import InvalidInput


def finite_real(value: Expr | float, name: str) -> Expr:
    """Return the value as an exact sympy object.

    Floats become the shortest decimal that prints them. Raises InvalidInput if it cannot be a finite real.
    """
    exact = sympify(value, rational=True)
    if exact.is_real is False or exact.has(oo, S.NaN):
        raise InvalidInput(f"{name} is {exact}; it must be a finite real number")
    return exact


def positive(value: Expr | float, name: str) -> Expr:
    """Return the value as an exact sympy object; raises InvalidInput if it cannot be positive."""
    exact = finite_real(value, name)
    if exact.is_positive is False:
        raise InvalidInput(f"{name} is {exact}; it must be > 0")
    return exact


def number(value: Expr) -> float:
    """Return the nearest float; raises InvalidInput if the value contains a symbol."""
    if value.free_symbols:
        raise InvalidInput(f"{value} is symbolic; a numeric spectrum needs a number for every parameter")
    return float(value)
