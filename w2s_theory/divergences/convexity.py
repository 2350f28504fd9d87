"""Strict convexity of a function of one variable on an open interval: shown by algebra, or refuted at a point.

Source: derived here: f is strictly convex where f'' > 0 but for isolated points.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import sympy
from sympy import Dummy, Expr, Poly, Rational, Symbol, oo
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from w2s_theory.errors import InvalidInput

_NOT_SMOOTH = (sympy.Abs, sympy.Min, sympy.Max)


def check_strictly_convex(function: Expr, variable: Symbol, low: Expr, high: Expr) -> None:
    """Raise InvalidInput, naming a point where it fails, unless `function` is strictly convex on (low, high).

    The ends are numbers or infinite. A second derivative that is a rational function with rational coefficients is
    decided by the exact isolation of its roots, isolated zeros allowed; any other has to be positive by its form, term
    by term and factor by factor. Where neither settles the question, the function is refused and the message says so.
    """
    shown = f"the generator {function}"
    if function.has(*_NOT_SMOOTH):
        raise InvalidInput(f"{shown} has an edge (abs, min or max); it must be twice differentiable")
    slope = sympy.diff(function, variable)
    written = sympy.diff(slope, variable)
    for point in _sample(low, high):
        if not all(part.subs(variable, point).is_real for part in (function, slope, written)):
            raise InvalidInput(
                f"{shown} is not twice differentiable with real values at {variable} = {point}"
            )
        _refuse_where_negative(shown, written, variable, point)
    curvature = _simplified(written)
    if curvature == 0:
        raise InvalidInput(f"{shown} is not strictly convex: its second derivative is 0 everywhere")
    if _positive_by_form(curvature, variable, low, high):
        return
    numerator, denominator = sympy.fraction(sympy.together(curvature))
    if _has_exact_roots(numerator, variable) and _has_exact_roots(denominator, variable):
        _decide_rational(shown, curvature, numerator, denominator, variable, low, high)
        return
    raise InvalidInput(
        f"{shown} could not be shown to be strictly convex between {low} and {high}: the sign of its second derivative "
        f"{curvature} was not settled; allowed: rational second derivatives, and those of positive terms and factors"
    )


def _positive_by_form(curvature: Expr, variable: Symbol, low: Expr, high: Expr) -> bool:
    """Return whether sympy sees the sign once the interval is that of a positive (or a real) unknown."""
    unknown = Dummy("unknown", positive=True)
    if low == -oo and high == oo:
        inside: Expr = Dummy("unknown", real=True)
    elif high == oo:
        inside = low + unknown
    elif low == -oo:
        inside = high - unknown
    else:
        inside = (low + high * unknown) / (1 + unknown)
    seen = curvature.subs(variable, inside)
    return seen.is_positive is True or _simplified(seen).is_positive is True


def _simplified(expression: Expr) -> Expr:
    """Return a simpler form; trigonometric functions stay: no form shows their sign, and simplifying takes long."""
    return expression if expression.has(TrigonometricFunction) else sympy.simplify(expression)


def _has_exact_roots(expression: Expr, variable: Symbol) -> bool:
    return expression.is_polynomial(variable) and all(
        coefficient.is_Rational for coefficient in Poly(expression, variable).coeffs()
    )


def _decide_rational(
    shown: str,
    curvature: Expr,
    numerator: Expr,
    denominator: Expr,
    variable: Symbol,
    low: Expr,
    high: Expr,
) -> None:
    for root in _roots_inside(denominator, variable, low, high):
        raise InvalidInput(f"{shown} has a pole or an edge inside its domain, at {variable} = {root}")
    ends = [low, *sorted(_roots_inside(numerator, variable, low, high)), high]
    for left, right in pairwise(ends):
        _refuse_where_negative(shown, curvature, variable, next(_sample(left, right)))


def _roots_inside(polynomial: Expr, variable: Symbol, low: Expr, high: Expr) -> list[Expr]:
    if not polynomial.has(variable):
        return []
    roots = Poly(polynomial, variable).real_roots(multiple=False)
    return [root for root, _multiplicity in roots if low < root < high]


def _refuse_where_negative(shown: str, curvature: Expr, variable: Symbol, point: Rational) -> None:
    value = curvature.subs(variable, point)
    if value.is_negative:
        raise InvalidInput(
            f"{shown} is not strictly convex: its second derivative is {_short(value)} at {variable} = {point}; "
            "choose a generator or a domain where it is positive"
        )


def _short(value: Expr) -> Any:
    return value if value.is_Rational else value.evalf(6)


def _sample(low: Expr, high: Expr) -> Iterator[Rational]:
    """Yield rational points between two numbers or infinite ends, a middle one first."""
    for power in (0, *(sign * size for size in range(1, 7) for sign in (1, -1))):
        step = Rational(2) ** power
        if low == -oo and high == oo:
            yield from (step, -step)
        elif high == oo:
            yield _rational_near(low + step, low, high)
        elif low == -oo:
            yield _rational_near(high - step, low, high)
        else:
            yield _rational_near(low + (high - low) / (1 + step), low, high)


def _rational_near(value: Expr, low: Expr, high: Expr) -> Rational:
    """Return the value if it is rational, else a rational number near it, inside the interval."""
    near, digits = value, 20
    while not (near.is_Rational and low < near < high):
        near = Rational(str(value.evalf(digits)))
        digits *= 2
    return near
