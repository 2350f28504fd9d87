"""Checks and falsifiers for the Beta law of the feature alignment in the isotropic linear case.

Claim: rf.kappa-beta.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import factorial, prod

import numpy as np
from scipy import stats
from sympy import Eq, Expr, Integer, Rational, gamma, gammasimp, rf, sqrt

from numeric.arrays.threads import one_blas_thread
from proofs_checks.claims.shared_checks import register_derivation
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.registry import Context, check, wrong
from w2s_theory.balls import holds
from w2s_theory.claim import Claim
from w2s_theory.claims.random_features.alignment_law import (
    BETA_DENSITY,
    BETA_LAW,
    CAPTURED,
    MEAN_MISALIGNMENT,
    beta_density,
)
from w2s_theory.notation.symbols import DIMENSION, M

LARGEST_DIMENSION = 9
LARGEST_MOMENT = 4
LARGEST_AT_POINTS = 4
SHARES = (Rational(1, 3), Rational(3, 4))
"""Up to which dimension, and where, the density is compared with the integral."""
SHAPES = ((3, 1), (5, 4), (8, 3), (16, 5))
"""Pairs of a dimension and a teacher's width."""
FALSE_ALARM = 1e-6

PARAMETER_SHIFTED = wrong(
    BETA_LAW,
    "Beta with one parameter shifted by 1",
    part="density",
    replacing={BETA_DENSITY: beta_density(M / 2 + 1, (DIMENSION - M) / 2)},
)
WITHOUT_HALVES = wrong(
    BETA_LAW,
    "Beta(M, d - M), without the halves",
    part="density",
    replacing={BETA_DENSITY: beta_density(M, DIMENSION - M)},
)
TWENTIETH_MORE = wrong(
    BETA_LAW,
    "a density 1.05 times as large",
    part="density",
    replacing={BETA_DENSITY: Rational(21, 20) * BETA_DENSITY},
)
SECOND_DEGREES_OF_FREEDOM = wrong(
    BETA_LAW,
    "kappa from df2 instead of df1",
    part="mean",
    replacing={MEAN_MISALIGNMENT: 1 - sqrt(M / DIMENSION)},
)

register_derivation(BETA_LAW, rejects=(PARAMETER_SHIFTED, WITHOUT_HALVES, SECOND_DEGREES_OF_FREEDOM))


def beta_parameters(claim: Claim) -> tuple[Expr, Expr]:
    """Return p and q of the law Beta(p, q) whose density the claim states."""
    powers = claim.relation("density").rhs.as_powers_dict()
    return powers[CAPTURED] + 1, powers[1 - CAPTURED] + 1


@check(
    BETA_LAW,
    Tier.PROPERTY,
    "exact moments on the sphere",
    rejects=(PARAMETER_SHIFTED, WITHOUT_HALVES, TWENTIETH_MORE, SECOND_DEGREES_OF_FREEDOM),
)
def moments_on_the_sphere(claim: Claim, _context: Context) -> Finding:
    """Compare the moments of the claimed law with those of a uniform unit vector's share on M of d coordinates.

    A law on [0, 1] is determined by its moments, of which the first is its mass and the second gives the mean of
    kappa_S. That the density is the integral is examined at points.
    """
    stated = claim.relation("density").rhs
    first, second = beta_parameters(claim)
    constant = stated / (CAPTURED ** (first - 1) * (1 - CAPTURED) ** (second - 1))
    domain = f"1 <= M < d <= {LARGEST_DIMENSION}, moments 0 to {LARGEST_MOMENT}, and the mean of kappa_S"
    for dimension in range(2, LARGEST_DIMENSION + 1):
        for width in range(1, dimension):
            at = {DIMENSION: Integer(dimension), M: Integer(width)}
            p, q = first.subs(at), second.subs(at)
            mass = gammasimp(constant.subs(at) * gamma(p) * gamma(q) / gamma(p + q))
            orders = range(LARGEST_MOMENT + 1)
            true = [Rational(1), *(spherical_moment(dimension, width, n) for n in orders[1:])]
            compared = [
                (f"moment {n} of 1 - kappa_S", Eq(mass * rf(p, n) / rf(p + q, n), true[n], evaluate=False))
                for n in orders
            ]
            mean = claim.relation("mean")
            compared += [
                ("mean of kappa_S", mean.func(side.subs(at), 1 - true[1], evaluate=False))
                for side in mean.args
            ]
            for share in SHARES if dimension <= LARGEST_AT_POINTS else ():
                sides = (side.subs({**at, CAPTURED: share}).doit() for side in claim.relation("density").args)
                compared.append(
                    (f"density at {share}", claim.relation("density").func(*sides, evaluate=False))
                )
            for name, relation in compared:
                if holds(relation, {}) is False:
                    witness = {
                        "d": str(dimension),
                        "M": str(width),
                        "claimed": str(relation.lhs),
                        name: str(relation.rhs),
                    }
                    return Finding(Verdict.REFUTED, f"wrong {name}", domain, witness)
                if holds(relation, {}) is None:
                    return Finding(Verdict.UNDECIDED, f"{name} has no exact value", domain)
    return Finding(Verdict.SUPPORTED, "all moments agree exactly", domain)


def spherical_moment(dimension: int, width: int, order: int) -> Rational:
    """Return E (x_1^2 + ... + x_M^2)^n for x uniform on the unit sphere in d dimensions, M < d, n >= 1.

    The multinomial sum of E prod x_i^(2 a_i) = prod (2 a_i - 1)!! / (d (d+2) ... (d+2n-2)).
    """
    scale = prod(dimension + 2 * j for j in range(order))
    odd_products = (
        factorial(order) * prod(Rational(prod(range(1, 2 * a, 2)), factorial(a)) for a in powers)
        for powers in _compositions(order, width)
    )
    return Rational(sum(odd_products), scale)


def _compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Yield the ways to write `total` as an ordered sum of nonnegative integers."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _compositions(total - first, parts - 1):
            yield (first, *rest)


@check(
    BETA_LAW,
    Tier.SIMULATION,
    "Kolmogorov-Smirnov test on exact draws",
    rejects=(PARAMETER_SHIFTED, WITHOUT_HALVES),
)
def law_of_drawn_teachers(claim: Claim, context: Context) -> Finding:
    """Fit least-squares teachers on Gaussian features and test 1 - kappa_S against the claimed law."""
    first, second = beta_parameters(claim)
    generator = np.random.default_rng(context.seed)
    domain = f"(d, M) in {', '.join(map(str, SHAPES))}; {context.examples} teachers each"
    p_values = {}
    for dimension, width in SHAPES:
        at = {DIMENSION: dimension, M: width}
        law = stats.beta(float(first.subs(at)), float(second.subs(at)))
        with one_blas_thread():
            drawn = captured_shares(generator, context.examples, dimension, width)
        p_values[dimension, width] = float(stats.ks_1samp(drawn, law.cdf).pvalue)
    shape, least = min(p_values.items(), key=lambda item: item[1])
    threshold = FALSE_ALARM / len(SHAPES)
    if least < threshold:
        witness = {
            "d": str(shape[0]),
            "M": str(shape[1]),
            "draws": str(context.examples),
            "p-value": f"{least:.3g}",
        }
        return Finding(
            Verdict.REFUTED, f"not this law, at a false-alarm rate of {FALSE_ALARM:g}", domain, witness
        )
    summary = f"smallest of {len(SHAPES)} p-values {least:.3g}; false-alarm rate {FALSE_ALARM:g}"
    return Finding(Verdict.SUPPORTED, summary, domain, covers="the law", parts=claim.ids("density"))


def captured_shares(generator: np.random.Generator, count: int, dimension: int, width: int) -> np.ndarray:
    """Return 1 - L_TE of `count` least-squares teachers with Gaussian features and target e_1."""
    features = generator.standard_normal((count, width, dimension))
    overlaps = features[:, :, :1]
    weights = np.linalg.solve(features @ features.swapaxes(1, 2), overlaps)
    return np.asarray((overlaps * weights).sum(axis=(1, 2)))
