"""Limits tried along a ladder: values at high precision, ever closer to the point."""

from __future__ import annotations

from collections.abc import Mapping

import mpmath
import sympy
from sympy import Expr, Integer, Symbol


def limit_value(limit: sympy.Limit) -> Expr | None:
    """Return sympy's value of a limit, None where those from both sides differ."""
    try:
        return limit.doit()
    except (ValueError, NotImplementedError, TypeError):
        return None


def ladder_approaches(limit: sympy.Limit, value: Expr) -> bool:
    """Return whether the values come as close to the stated limit as a ladder of three can show.

    At one generic choice of the parameters, and with each of them in turn at the values of its kind at which formulas
    change: a limit may hold but where a parameter is 0 or negative.
    """
    expression, variable, *_ = limit.args
    others = sorted((expression.free_symbols | value.free_symbols) - {variable}, key=str)
    # Small integers greater than 2 suit every parameter here: counts, exponents and constants.
    generic = {symbol: Integer(3 + index) for index, symbol in enumerate(others)}
    choices = [generic, *({**generic, symbol: at} for symbol in others for at in _special_values(symbol))]
    return all(_approaches_at(parameters, limit, value) for parameters in choices)


def _special_values(symbol: Symbol) -> tuple[Integer, ...]:
    """Return 0 and -1, as far as the symbol may be that."""
    may_be_0 = not (symbol.is_positive or symbol.is_negative or symbol.is_nonzero)
    return (*((Integer(0),) if may_be_0 else ()), *(() if symbol.is_nonnegative else (Integer(-1),)))


def _approaches_at(parameters: Mapping[Symbol, Integer], limit: sympy.Limit, value: Expr) -> bool:
    expression, variable, point, direction = limit.args
    here = value.subs(parameters)
    if here.has(sympy.nan, sympy.zoo):
        return False
    evaluate = sympy.lambdify(variable, expression.subs(parameters), "mpmath")
    with mpmath.workdps(80):
        values = [evaluate(_near(point, power, str(direction))) for power in (4, 8, 12)]
        if any(isinstance(item, mpmath.mpc) for item in values):
            return False
        if here is sympy.oo:
            return bool(values[0] < values[1] < values[2])
        if here is -sympy.oo:
            return bool(values[0] > values[1] > values[2])
        target = mpmath.mpf(sympy.N(here, 80))
        errors = [abs(item - target) for item in values]
        return bool(errors[2] <= max(errors[0] / 100, mpmath.mpf(10) ** -60))


def _near(point: Expr, power: int, direction: str) -> mpmath.mpf:
    """Return a number near the point, from the left for the direction "-", else from the right."""
    offset = mpmath.mpf(10) ** -power
    if point.is_infinite:
        return 1 / offset if point is sympy.oo else -1 / offset
    return mpmath.mpf(sympy.N(point, 80)) + (-offset if direction == "-" else offset)
