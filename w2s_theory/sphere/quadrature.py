"""Rigorous sphere coefficients of any activation: ball-arithmetic quadrature with an error bound.

Source: the Funk-Hecke formula; the integrals and their error bounds are Arb's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import flint
from sympy import Abs, Add, Expr, Max, Min, Mul, Pow, Symbol, cos, exp, log, sin, tan
from sympy.core.numbers import Exp1, Pi

from w2s_theory.balls import precision
from w2s_theory.errors import InvalidInput
from w2s_theory.sphere.harmonics import check_degree, check_dimension, multiplicity_integer

EVALUATION_LIMIT = 100_000
"""Evaluations of the integrand after which a piece is returned with the error bound reached so far."""

AnalyticFunction = Callable[[Any, bool], Any]
"""act(t, analytic) on flint.acb balls; where analytic is True it returns a non-finite ball at points of
non-analyticity, as flint.acb.integral asks (sqrt, log, real_abs and real_max take the flag)."""


def quadrature_coefficients(
    activation: AnalyticFunction,
    dimension: int,
    degrees: Sequence[int],
    digits: int,
    breakpoints: Sequence[flint.fmpq] = (flint.fmpq(0),),
) -> list[flint.arb]:
    """Return balls that contain s_k of an activation for each degree k, aiming at `digits` digits.

    The radius aimed at is 10**-digits times sqrt(1 / N(d, k)), the largest |s_k| of a unit activation.
    `breakpoints` in (-1, 1) are the kinks and jumps of the activation. Raises InvalidInput where d < 2,
    k < 0, or no finite bound of E act**2 is found.
    """
    second_moment_ball(activation, dimension, digits=10, breakpoints=breakpoints)
    return [_coefficient(activation, dimension, degree, digits, breakpoints) for degree in degrees]


def second_moment_ball(
    activation: AnalyticFunction,
    dimension: int,
    digits: int,
    breakpoints: Sequence[flint.fmpq] = (flint.fmpq(0),),
) -> flint.arb:
    """Return a ball that contains E act(<u,x>)**2, x uniform on S^{d-1}, which is the kernel's trace.

    Raises InvalidInput where no finite bound is found.
    """

    def square(t: Any, analytic: bool) -> Any:
        value = activation(t, analytic)
        return value * value

    moment = _coefficient(square, dimension, 0, digits, breakpoints)
    if not moment.is_finite():
        raise InvalidInput(
            "no finite bound found for the second moment of the activation; a random-feature kernel needs"
            " E act^2 < infinity, shown here for activations bounded on [-1, 1]"
        )
    return moment


def _coefficient(
    activation: AnalyticFunction, dimension: int, degree: int, digits: int, breakpoints: Sequence[flint.fmpq]
) -> flint.arb:
    d, k = int(check_dimension(dimension)), int(check_degree(degree))
    scale_bits = multiplicity_integer(d, k).bit_length() // 2 + 1
    goal_bits = digits * 10 // 3 + 8 + scale_bits
    # Legendre polynomials lose up to about three bits a degree on the balls that cover complex arcs.
    with precision(3 * k + goal_bits + 64):
        legendre_at_angle = _legendre_at_angle(d, k)

        def integrand(angle: Any, analytic: bool) -> Any:
            return activation(angle.cos(), analytic) * legendre_at_angle(angle) * angle.sin() ** (d - 2)

        # In the angle, t = cos(angle), the weight has no singularity in any dimension d >= 2.
        inside = sorted((flint.arb(point).acos() for point in breakpoints), key=float)
        corners = [flint.arb(0), *inside, flint.arb.pi()]
        half = flint.arb(1) / 2
        normalizer = flint.arb(d * half).gamma() / (flint.arb.pi().sqrt() * flint.arb((d - 1) * half).gamma())
        total = flint.acb(0)
        for start, end in pairwise(corners):
            total += flint.acb.integral(
                integrand,
                start,
                end,
                rel_tol=flint.arb(2) ** -(digits * 10 // 3 + 8),
                abs_tol=flint.arb(2) ** -goal_bits / normalizer.mid(),
                eval_limit=EVALUATION_LIMIT,
            )
        return total.real * normalizer


def _legendre_at_angle(d: int, k: int) -> Callable[[Any], Any]:
    if d == 2:
        return lambda angle: (angle * k).cos()
    index = flint.acb(d - 2) / 2
    at_one = flint.acb(1).gegenbauer_c(k, index)
    return lambda angle: angle.cos().gegenbauer_c(k, index) / at_one


def analytic_function(expression: Expr, variable: Symbol) -> AnalyticFunction:
    """Return an expression in one variable as a function on balls, exact at every constant.

    Sums, products, rational powers, exp, log, sin, cos, tan, abs, max and min are understood. Raises
    InvalidInput for anything else or for a second variable.
    """
    if not expression.free_symbols <= {variable}:
        others = ", ".join(sorted(str(symbol) for symbol in expression.free_symbols - {variable}))
        raise InvalidInput(f"the activation contains {others}; it is a function of {variable} alone")
    return _compile(expression, variable)


def _compile(node: Expr, variable: Symbol) -> AnalyticFunction:
    if node == variable:
        return lambda t, analytic: t
    if node.is_Rational:
        exact = flint.fmpq(int(node.p), int(node.q))
        return lambda t, analytic: flint.acb(exact)
    if isinstance(node, Pi):
        return lambda t, analytic: flint.acb.pi()
    if isinstance(node, Exp1):
        return lambda t, analytic: flint.acb(1).exp()
    combine = _BALL_FUNCTIONS.get(node.func)
    if combine is None:
        raise InvalidInput(
            f"{node} has no ball arithmetic here; use + - * / ** exp log sin cos tan abs max min"
        )
    if isinstance(node, Pow) and node.exp.is_Integer:
        power, inner = int(node.exp), _compile(node.base, variable)
        return lambda t, analytic: inner(t, analytic) ** power
    arguments = [_compile(argument, variable) for argument in node.args]

    def evaluate(t: Any, analytic: bool) -> Any:
        result = arguments[0](t, analytic)
        if len(arguments) == 1:
            return combine(result, None, analytic)
        for argument in arguments[1:]:
            result = combine(result, argument(t, analytic), analytic)
        return result

    return evaluate


_BALL_FUNCTIONS: dict[type[Expr], Callable[[Any, Any, bool], Any]] = {
    Add: lambda x, y, analytic: x + y,
    Mul: lambda x, y, analytic: x * y,
    Pow: lambda x, y, analytic: x.pow(y, analytic=analytic),
    Max: lambda x, y, analytic: x.real_max(y, analytic=analytic),
    Min: lambda x, y, analytic: x.real_min(y, analytic=analytic),
    Abs: lambda x, y, analytic: x.real_abs(analytic=analytic),
    log: lambda x, y, analytic: x.log(analytic=analytic),
    exp: lambda x, y, analytic: x.exp(),
    sin: lambda x, y, analytic: x.sin(),
    cos: lambda x, y, analytic: x.cos(),
    tan: lambda x, y, analytic: x.tan(),
}
