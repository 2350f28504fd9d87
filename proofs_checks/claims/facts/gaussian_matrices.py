"""Checks and falsifiers of the facts about Gaussian matrices.

Claim: fact.inverse-wishart.
"""

from __future__ import annotations

import numpy as np
from scipy import stats
from sympy import Integer, Rational

from numeric.arrays.threads import one_blas_thread
from proofs_checks.claims.shared_checks import register_derivation
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.registry import Context, check, wrong
from w2s_theory.claim import Claim
from w2s_theory.claims.facts.gaussian_matrices import INVERSE_WISHART, MEAN_ENTRY, SURPLUS
from w2s_theory.relations import equal

SHAPES = ((12, 3), (20, 8), (30, 2))
"""Rows and columns; the entries have a finite variance."""
DRAWS_PER_EXAMPLE = 20
FALSE_ALARMS = 1e-6

ONE_MORE = wrong(
    INVERSE_WISHART,
    "k - d in place of k - d - 1",
    states={"mean": equal(MEAN_ENTRY * (SURPLUS + 1), 1)},
)
TWENTIETH_MORE = wrong(
    INVERSE_WISHART,
    "a mean 1.05 times as large",
    part="mean",
    replacing={MEAN_ENTRY * SURPLUS: Rational(20, 21) * MEAN_ENTRY * SURPLUS},
)

register_derivation(INVERSE_WISHART, rejects=(TWENTIETH_MORE,))


@check(INVERSE_WISHART, Tier.SIMULATION, "drawn matrices", rejects=(ONE_MORE, TWENTIETH_MORE))
def mean_of_drawn_matrices(claim: Claim, context: Context) -> Finding:
    """Compare the mean diagonal entry of drawn matrices with the value at which the relation holds."""
    generator = np.random.default_rng(context.seed)
    draws = DRAWS_PER_EXAMPLE * context.examples
    domain = f"{', '.join(f'{rows} x {columns}' for rows, columns in SHAPES)}, {draws} matrices each"
    difference = claim.relation("mean").lhs - claim.relation("mean").rhs
    for rows, columns in SHAPES:
        surplus = Integer(rows - columns - 1)
        per_mean, at_zero = (difference.subs({SURPLUS: surplus, MEAN_ENTRY: value}) for value in (1, 0))
        claimed = float(-at_zero / (per_mean - at_zero))
        with one_blas_thread():
            matrices = generator.standard_normal((draws, rows, columns))
            inverses = np.linalg.inv(np.swapaxes(matrices, 1, 2) @ matrices)
        entries = np.trace(inverses, axis1=1, axis2=2) / columns
        deviation = stats.norm.isf(FALSE_ALARMS / 2) * entries.std(ddof=1) / np.sqrt(draws)
        if abs(entries.mean() - claimed) > deviation:
            witness = {
                "shape": f"{rows} x {columns}",
                "mean entry": f"{entries.mean():.6g} +- {deviation:.2g}",
                "claimed": f"{claimed:.6g}",
            }
            return Finding(Verdict.REFUTED, "the mean entry differs", domain, witness)
    return Finding(Verdict.SUPPORTED, "the mean entry is within its confidence interval", domain)
