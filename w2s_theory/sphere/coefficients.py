"""Sphere coefficients as balls: exact recursions in Arb, for degrees to 10^5 and dimensions to 10^6.

Source: the formulas of `w2s_theory.sphere.funk_hecke`; the recursions, quotients of neighbouring coefficients, are
derived here.
"""

from __future__ import annotations

import math

import flint

from w2s_theory.balls import exact, precision
from w2s_theory.sphere.activations import Activation
from w2s_theory.sphere.harmonics import check_degree, check_dimension

# Each step of the recursion loses less than one unit in the last place, so 10^6 degrees cost 20 bits.
GUARD_BITS = 32


def coefficient_balls(activation: Activation, dimension: int, count: int, bits: int) -> list[flint.arb]:
    """Return balls around s_0, ..., s_{count-1} with relative radius about 2**-bits.

    Starts each parity from the closed form and goes up by s_{k+2} / s_k = (k - p) / -(k + d + p), which
    is exact, so zeros of the closed form are exact zeros. Raises InvalidInput for d < 2.
    """
    d, p = int(check_dimension(dimension)), activation.order
    with precision(bits + GUARD_BITS):
        right, left = exact(activation.right), exact(activation.left)
        one_sided = [_one_sided_start(d, p, degree) for degree in range(min(2, count))]
        for k in range(count - 2):
            one_sided.append(one_sided[k] * (p - k) / (k + d + p))
        weights = (right + left, right - left)
        return [weights[k % 2] * value for k, value in enumerate(one_sided)]


def _one_sided_start(d: int, p: int, degree: int) -> flint.arb:
    half = flint.fmpq(1, 2)
    log_gammas = flint.arb(d * half).lgamma() - flint.arb((p + degree + d) * half).lgamma()
    reciprocal = flint.arb((p - degree) * half + 1).rgamma()
    return log_gammas.exp() * reciprocal * math.factorial(p) / 2 ** (p + 1)


def log_eigenvalues(activation: Activation, dimension: int, count: int) -> list[float]:
    """Return log s_k**2 for k < count, -inf where s_k = 0; correct to a unit or two in the last place."""
    balls = coefficient_balls(activation, dimension, count, bits=64)
    with precision(64):
        return [-math.inf if s == 0 else 2 * float(abs(s).log()) for s in balls]


def log_multiplicities(dimension: int, count: int) -> list[float]:
    """Return log N(d, k) for k < count; correct to a unit or two in the last place."""
    d = int(check_dimension(dimension))
    with precision(64 + GUARD_BITS):
        # binomial(k + d - 3, k - 1) (2k + d - 2) / k, with the binomial by its exact ratio.
        logs, binomial = [0.0], flint.arb(1)
        for k in range(1, count):
            logs.append(float((binomial * (2 * k + d - 2) / k).log()))
            binomial = binomial * (k + d - 2) / k
        return logs[:count]


def multiplicity_ball(dimension: int, degree: int, bits: int) -> flint.arb:
    """Return a ball around N(d, k) with relative radius about 2**-bits."""
    d, k = int(check_dimension(dimension)), int(check_degree(degree))
    if k == 0:
        return flint.arb(1)
    with precision(bits + GUARD_BITS):
        top, bottom = flint.arb(k + d - 2).gamma(), flint.arb(k + 1).gamma() * flint.arb(d - 1).gamma()
        return (2 * k + d - 2) * top / bottom
