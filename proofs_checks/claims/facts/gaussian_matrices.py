"""Checks and falsifiers of the facts about Gaussian matrices.

Claims: fact.inverse-wishart, fact.inverse-wishart-trace.
"""

from __future__ import annotations

import numpy as np
from scipy import stats
from sympy import Integer, Rational, Symbol

from numeric.arrays.threads import one_blas_thread
from proofs_checks.claims.shared_checks import register_derivation
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.registry import Context, check, wrong
from w2s_theory.claim import Claim
from w2s_theory.claims.facts.gaussian_matrices import (
    INVERSE_WISHART,
    INVERSE_WISHART_TRACE,
    MEAN_ENTRY,
    MEAN_TRACE,
    SURPLUS,
    TRACE,
)
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

WITHOUT_THE_TRACE = wrong(
    INVERSE_WISHART_TRACE,
    "the trace counted once",
    states={"mean": equal(MEAN_TRACE * SURPLUS, 1)},
)
TRACE_TOO_LARGE = wrong(
    INVERSE_WISHART_TRACE,
    "1.05 times the trace",
    part="mean",
    replacing={equal(MEAN_TRACE * SURPLUS, TRACE): equal(MEAN_TRACE * SURPLUS, Rational(21, 20) * TRACE)},
)

register_derivation(INVERSE_WISHART, rejects=(TWENTIETH_MORE,))
register_derivation(INVERSE_WISHART_TRACE, rejects=(TRACE_TOO_LARGE,))


@check(INVERSE_WISHART, Tier.SIMULATION, "drawn matrices", rejects=(ONE_MORE, TWENTIETH_MORE))
def mean_of_drawn_matrices(claim: Claim, context: Context) -> Finding:
    """Compare the mean diagonal entry of drawn matrices with the value at which the relation holds."""
    return _compare(claim, MEAN_ENTRY, context)


@check(
    INVERSE_WISHART_TRACE,
    Tier.SIMULATION,
    "drawn matrices",
    rejects=(WITHOUT_THE_TRACE, TRACE_TOO_LARGE),
)
def mean_trace_of_drawn_matrices(claim: Claim, context: Context) -> Finding:
    """Compare the mean of tr(K (Z^T Z)^-1), K drawn, with the value at which the relation holds."""
    return _compare(claim, MEAN_TRACE, context)


def _compare(claim: Claim, mean: Symbol, context: Context) -> Finding:
    """Compare a mean over drawn matrices, `MEAN_ENTRY` or `MEAN_TRACE`, with the value at which the relation holds."""
    generator = np.random.default_rng(context.seed)
    draws = DRAWS_PER_EXAMPLE * context.examples
    domain = f"{', '.join(f'{rows} x {columns}' for rows, columns in SHAPES)}, {draws} matrices each"
    difference = claim.relation("mean").lhs - claim.relation("mean").rhs
    for rows, columns in SHAPES:
        surplus = Integer(rows - columns - 1)
        with one_blas_thread():
            matrices = generator.standard_normal((draws, rows, columns))
            inverses = np.linalg.inv(np.swapaxes(matrices, 1, 2) @ matrices)
        if mean == MEAN_ENTRY:
            trace, values = Integer(1), np.trace(inverses, axis1=1, axis2=2) / columns
        else:
            fixed = np.ones((columns, columns)) + np.diag(np.arange(1, columns + 1))
            trace, values = Integer(int(np.trace(fixed))), np.einsum("ij,kij->k", fixed, inverses)
        at_one, at_zero = (difference.subs({SURPLUS: surplus, TRACE: trace, mean: value}) for value in (1, 0))
        claimed = float(-at_zero / (at_one - at_zero))
        deviation = stats.norm.isf(FALSE_ALARMS / 2) * values.std(ddof=1) / np.sqrt(draws)
        if abs(values.mean() - claimed) > deviation:
            witness = {
                "shape": f"{rows} x {columns}",
                f"mean {mean}": f"{values.mean():.6g} +- {deviation:.2g}",
                "claimed": f"{claimed:.6g}",
            }
            return Finding(Verdict.REFUTED, "the mean differs", domain, witness)
    return Finding(Verdict.SUPPORTED, "the mean is within its confidence interval", domain)
