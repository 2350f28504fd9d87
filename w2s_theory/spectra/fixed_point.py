"""The fixed point df1(kappa) = M: existence, closed forms, and a certified enclosure at any precision.

df1 is continuous and strictly decreasing in kappa > 0, from the rank at kappa = 0 down to 0, so exactly one
kappa > 0 solves df1(kappa) = M for every width 0 < M < rank, and none otherwise.

Source: Medvedev et al. 2025, section 3, for Gaussian universality; closed forms and enclosure are derived here: df1
is monotone.
"""

from __future__ import annotations

from collections.abc import Sequence

import flint
from sympy import Expr, Poly, S, Symbol, cancel, fraction, real_roots, sqrt, together

from w2s_theory.errors import InvalidInput
from w2s_theory.notation.symbols import KAPPA
from w2s_theory.spectra.universality import Level, Levels, Scalar, degrees_of_freedom, width_surplus

NEWTON_STEPS = 200


def require_width_below_rank(levels: Levels, width: Scalar) -> None:
    """Raise InvalidInput unless 0 < M < rank can hold; symbols that leave it open are accepted."""
    rank = sum((level.multiplicity for level in levels if level.eigenvalue != 0), S.Zero)
    if (width > 0) == S.false:
        raise InvalidInput(f"the width M is {width}; it must be > 0")
    if (width < rank) == S.false:
        raise InvalidInput(
            f"the width M = {width} is not below the kernel's rank {rank}; kappa > 0 needs M < rank"
        )


def kappa_polynomial(levels: Sequence[Level], width: Expr, kappa: Symbol = KAPPA) -> Poly:
    """Return the polynomial in kappa, its degree the number of levels, whose one positive root is kappa."""
    numerator, _ = fraction(cancel(together(width - degrees_of_freedom(levels, kappa))))
    return Poly(numerator, kappa)


def exact_kappa(levels: Sequence[Level], width: Expr) -> Expr:
    """Return kappa in closed form: explicit for one or two levels, an algebraic number for more.

    Eigenvalues, multiplicities and width may be symbols for one or two levels and must be rational for
    more. Raises InvalidInput if M is not below the rank, or for three or more symbolic levels.
    """
    require_width_below_rank(levels, width)
    levels = [level for level in levels if level.eigenvalue != 0]
    if len(levels) == 1:
        (only,) = levels
        return only.eigenvalue * (only.multiplicity - width) / width
    if len(levels) == 2:
        return two_level_kappa(levels[0], levels[1], width)
    polynomial = kappa_polynomial(levels, width)
    if polynomial.free_symbols_in_domain or not polynomial.get_domain().is_Exact:
        raise InvalidInput(
            "kappa of three or more levels has a closed form for rational numbers only; give numbers"
        )
    return max(real_roots(polynomial))


def two_level_kappa(first: Level, second: Level, width: Expr) -> Expr:
    """Return the positive root of M x^2 + (M (a+b) - N_a a - N_b b) x - a b (N_a + N_b - M) = 0.

    The product of the roots is negative for M < N_a + N_b, so exactly one is positive.
    """
    a, b = first.eigenvalue, second.eigenvalue
    linear = width * (a + b) - first.multiplicity * a - second.multiplicity * b
    constant = a * b * (first.multiplicity + second.multiplicity - width)
    return (sqrt(linear**2 + 4 * width * constant) - linear) / (2 * width)


def kappa_ball(levels: Levels, width: flint.arb, bits: int) -> flint.arb:
    """Return a ball that contains kappa, of relative radius about 2**-bits, by a certified change of sign.

    Levels and width are Arb balls, or integers, at the precision `flint.ctx.prec` in force, which should
    exceed `bits` by some guard bits. Raises InvalidInput if M is not below the rank, and ArithmeticError
    where the input balls are too wide for the certificate.
    """
    rank, trace = sum(x.multiplicity for x in levels), sum(x.multiplicity * x.eigenvalue for x in levels)
    if not (0 < width < rank):
        raise InvalidInput(
            f"the width M = {width} is not below the kernel's rank {rank}; kappa > 0 needs M < rank"
        )
    kappa = _newton(levels, width, ceiling=trace / width, bits=bits)
    margin = flint.arb(2) ** (-bits)
    low, high = kappa * (1 - margin), kappa * (1 + margin)
    if degrees_of_freedom(levels, low) > width > degrees_of_freedom(levels, high):
        return low.union(high)
    raise ArithmeticError("the sign of df1 - M is not certain at this precision; give narrower balls")


def _newton(levels: Levels, width: flint.arb, ceiling: flint.arb, bits: int) -> flint.arb:
    """Iterate Newton's method for log df1 = log M in log kappa, kept between bounds on either side.

    `ceiling` is an upper bound: df1(kappa) <= trace / kappa.
    """
    low, high = flint.arb(0), ceiling.mid()
    kappa = min(_middle_eigenvalue(levels, width), high)
    for _ in range(NEWTON_STEPS):
        value = degrees_of_freedom(levels, kappa)
        low, high = (kappa, high) if value > width else (low, kappa)
        log_step = ((value / width).log() * value / width_surplus(levels, kappa)).mid()
        following = (kappa * log_step.exp()).mid()
        if not (low < following < high):
            following = ((low * high).sqrt() if low > 0 else high / 2).mid()
        if abs(following - kappa) < kappa * flint.arb(2) ** (-bits - 4):
            return following
        kappa = following
    return kappa


def _middle_eigenvalue(levels: Levels, width: flint.arb) -> flint.arb:
    """Return the M-th largest eigenvalue, counted with multiplicity."""
    counted = flint.arb(0)
    for level in sorted(levels, key=lambda level: level.eigenvalue.mid(), reverse=True):
        counted += level.multiplicity
        if counted >= width:
            return level.eigenvalue.mid()
    raise ArithmeticError("the multiplicities are too uncertain to count up to M; give narrower balls")
