"""Checks and falsifiers for the feature alignment kappa_S.

Claim: rf.kappa.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
from flint import arb
from hypothesis import strategies as st
from sympy import Eq, Expr, Rational, Symbol

from numeric.arrays.threads import one_blas_thread
from numeric.random_features.deterministic_equivalents import solve_log_kappa
from proofs_checks.claims.shared_checks import decide_in_coordinates, register_derivation
from proofs_checks.drawn.aligned_teachers import aligned_teachers
from proofs_checks.drawn.alignment_search import Case, Values, search_teachers
from proofs_checks.drawn.strategies import fractions
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.registry import Context, check, wrong
from w2s_theory.balls import exact
from w2s_theory.claim import Claim
from w2s_theory.claims.random_features.feature_alignment import (
    COSINE,
    FEATURE_RATIO,
    KAPPA_S_FORMULAS,
    LEAST_EIGENVALUE,
    TARGET_ERROR_SIZE,
)
from w2s_theory.notation.symbols import EIGENVALUE, KAPPA, KAPPA_S, L_TE, Topic
from w2s_theory.relations import ordered_sides

letters = Topic(__name__)

BITS = 200
# What falsifiers put in place of the cosine, the ratio and the eigenvalue that the claim names.
LARGEST_COSINE = letters.symbol("c_1", nonnegative=True)
LARGEST_RATIO = letters.symbol("mu_1", nonnegative=True)
LARGEST_EIGENVALUE = letters.symbol("lambda_1", positive=True)

x, y, z, p, q = letters.symbols("x", "y", "z", "p", "q", real=True)

SMALLEST_ANGLE = wrong(
    KAPPA_S_FORMULAS,
    "smallest principal angle instead of the largest",
    part="angle",
    replacing={COSINE: LARGEST_COSINE},
)
LARGEST_FEATURE_RATIO = wrong(
    KAPPA_S_FORMULAS,
    "largest feature ratio instead of the least",
    part="feature-ratio",
    replacing={FEATURE_RATIO: LARGEST_RATIO},
)
ALIGNMENT_SQUARED = wrong(
    KAPPA_S_FORMULAS,
    "kappa_S^2 in the projection bound",
    part="projection",
    replacing={KAPPA_S * L_TE: KAPPA_S**2 * L_TE},
)
LARGEST_ON_S = wrong(
    KAPPA_S_FORMULAS,
    "largest eigenvalue on S instead of the least, under universality",
    part="universal",
    replacing={LEAST_EIGENVALUE: LARGEST_EIGENVALUE},
)

register_derivation(KAPPA_S_FORMULAS, rejects=(LARGEST_ON_S,))


def alignment_values(case: Case) -> Values:
    """Return the observables of rf.kappa for a teacher and a value of kappa, from independent eigenproblems."""
    teacher, kappa = case
    cosines, ratios = teacher.squared_cosines(), teacher.feature_ratios()
    spectrum = sorted(teacher.eigenvalues[: teacher.size])
    return {
        KAPPA_S: teacher.misalignment(),
        COSINE: arb.max(cosines[0], arb(0)).sqrt(),
        LARGEST_COSINE: arb.max(cosines[-1], arb(0)).sqrt(),
        FEATURE_RATIO: ratios[0],
        LARGEST_RATIO: ratios[-1],
        L_TE: exact(teacher.missed()),
        TARGET_ERROR_SIZE: exact(teacher.missed(teacher.size)),
        KAPPA: exact(kappa),
        LEAST_EIGENVALUE: exact(spectrum[0]),
        LARGEST_EIGENVALUE: exact(spectrum[-1]),
        # The mode that the bound leaves no room: what is missed falls with the eigenvalue.
        EIGENVALUE: exact(spectrum[0]),
    }


positive_numbers = fractions(63).map(lambda value: value + Fraction(1, 8))


@check(
    KAPPA_S_FORMULAS,
    Tier.PROPERTY,
    "Hypothesis over teachers and subspaces, exact matrices",
    rejects=(SMALLEST_ANGLE, LARGEST_FEATURE_RATIO, ALIGNMENT_SQUARED, LARGEST_ON_S),
)
def formulas_on_drawn_teachers(claim: Claim, context: Context) -> Finding:
    """Compute kappa_S, the principal angles and the feature ratios by separate eigenproblems, and compare."""
    cases = st.tuples(aligned_teachers(target_in_span=False), positive_numbers)
    return search_teachers(claim.relations, cases, alignment_values, context)


@check(KAPPA_S_FORMULAS, Tier.DECISION, "z3 in real coordinates", rejects=(ALIGNMENT_SQUARED, LARGEST_ON_S))
def bounds_in_coordinates(claim: Claim, context: Context) -> Finding:
    """Decide the projection bound from what P being a projection says, and the largest equivalent.

    Three vectors matter: h = Pi_S g = (x, 0, 0), g = (x, y, z) and (I - P) h = (p, q, 0).
    """
    inequalities = [claim.relation(name) for name in ("projection", "universal")]
    missed = p**2 + q**2
    coordinates: dict[Symbol, Expr] = {TARGET_ERROR_SIZE: x**2, L_TE: x**2 + y**2 + z**2}
    given = (
        Eq(p * x, missed),
        Eq(p * x + q * y, x**2),
        missed <= KAPPA_S * x**2,
        KAPPA_S <= 1,
        EIGENVALUE >= LEAST_EIGENVALUE,
        EIGENVALUE <= LARGEST_EIGENVALUE,
    )
    domain = "g, Pi_S g and (I - P) Pi_S g in R^3, which covers every dimension; kappa, lambda > 0"
    found = decide_in_coordinates(inequalities, coordinates, given, domain, context.seconds)
    return replace(
        found,
        covers="the projection bound and the largest equivalent",
        parts=claim.ids("projection", "universal"),
    )


ROUNDING = 1e-9
WIDTHS = (32, 64, 128)
DRAWS = 32
SPECTRUM = ((Rational(1), Rational(1, 2)), (Rational(1, 4), Rational(1, 2)), (Rational(1, 16), Rational(1)))
"""Eigenvalues, each with its multiplicity over M."""


@check(KAPPA_S_FORMULAS, Tier.SIMULATION, "Gaussian features of growing width", rejects=(LARGEST_ON_S,))
def universal_limit(claim: Claim, context: Context) -> Finding:
    """Compare the mean kappa_S of drawn teachers with its deterministic equivalent, for S across two levels.

    One draw deviates by about 0.5/sqrt(M), with a mean of about 0.5/M: the mean of 32 draws must come within
    1/sqrt(M), some 10 standard deviations.
    """
    limit, bound = ordered_sides(claim.relation("universal"))
    generator = np.random.default_rng(context.seed)
    values = [float(value) for value, _ in SPECTRUM]
    domain = f"eigenvalues 1, 1/4, 1/16 with multiplicities M/2, M/2, M; S one mode of each of the first two; {DRAWS} draws"
    deviations = {}
    for width in WIDTHS:
        counts = [int(share * width) for _, share in SPECTRUM]
        kappa = float(np.exp(solve_log_kappa(np.log(values), np.log(counts), width)))
        at = {KAPPA: kappa, LEAST_EIGENVALUE: values[1], LARGEST_EIGENVALUE: values[0]}
        scales = np.repeat(np.sqrt(values), counts)
        with one_blas_thread():
            drawn = [_misalignment(generator, width, scales, (0, counts[0])) for _ in range(DRAWS)]
        for value in values[:2]:
            equivalent, least = (float(side.subs({**at, EIGENVALUE: value})) for side in (limit, bound))
            if equivalent < least - ROUNDING:
                witness = {"M": str(width), "lambda": str(value), "equivalent": f"{equivalent:.9g}"}
                return Finding(Verdict.REFUTED, f"below {least:.9g} at an eigenvalue on S", domain, witness)
        deviations[width] = float(np.mean(drawn)) - equivalent
    shown = ", ".join(f"{gap:+.4f} at M = {width}" for width, gap in deviations.items())
    if any(abs(gap) > width**-0.5 for width, gap in deviations.items()):
        witness = {
            f"mean kappa_S - equivalent, M = {width}": f"{gap:.6f}" for width, gap in deviations.items()
        }
        return Finding(Verdict.REFUTED, f"off by more than 1/sqrt(M): {shown}", domain, witness)
    summary = f"mean kappa_S less its equivalent: {shown}; within 1/sqrt(M), some 10 standard deviations"
    return Finding(
        Verdict.SUPPORTED,
        summary,
        domain,
        covers="the equivalent under universality",
        parts=claim.ids("universal"),
    )


def _misalignment(
    generator: np.random.Generator, width: int, scales: np.ndarray, span: tuple[int, ...]
) -> float:
    """Return kappa_S of one Gaussian teacher, S spanned by the given coordinates."""
    features = generator.standard_normal((width, scales.size)) * scales
    on_span = features[:, span]
    captured = on_span.T @ np.linalg.solve(features @ features.T, on_span)
    return float(1 - np.linalg.eigvalsh(captured)[0])
