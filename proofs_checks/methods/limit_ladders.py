"""Limits tried along a ladder: values at high precision, ever closer to the point."""

from __future__ import annotations

import mpmath
import sympy
from sympy import Expr, Integer


def limit_value(limit: sympy.Limit) -> Expr | None:
    """Return sympy's value of a limit, None where those from both sides differ."""
    try:
        return limit.doit()
    except ValueError:
        return None


def ladder_approaches(limit: sympy.Limit, value: Expr) -> bool:
    """Return whether the values come as close to the stated limit as a ladder of three can show."""
    expression, variable, point, direction = limit.args
    others = sorted((expression.free_symbols | value.free_symbols) - {variable}, key=str)
    # Small integers greater than 2 suit every parameter here: counts, exponents and constants.
    parameters = {symbol: Integer(3 + index) for index, symbol in enumerate(others)}
    evaluate = sympy.lambdify(variable, expression.subs(parameters), "mpmath")
    with mpmath.workdps(80):
        values = [evaluate(_near(point, power, str(direction))) for power in (4, 8, 12)]
        if any(isinstance(item, mpmath.mpc) for item in values):
            return False
        if value is sympy.oo:
            return bool(values[0] < values[1] < values[2])
        if value is -sympy.oo:
            return bool(values[0] > values[1] > values[2])
        target = mpmath.mpf(sympy.N(value.subs(parameters), 80))
        errors = [abs(item - target) for item in values]
        return bool(errors[2] <= max(errors[0] / 100, mpmath.mpf(10) ** -60))


def _near(point: Expr, power: int, direction: str) -> mpmath.mpf:
    """Return a number near the point, from the left for the direction "-", else from the right."""
    offset = mpmath.mpf(10) ** -power
    if point.is_infinite:
        return 1 / offset if point is sympy.oo else -1 / offset
    return mpmath.mpf(sympy.N(point, 80)) + (-offset if direction == "-" else offset)
