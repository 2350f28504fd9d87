"""Checks, falsifiers and tie of the variance removed: the bridge between two subspaces and early stopping.

Claim: bridge.variance-removal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import sympy
from scipy import stats
from sympy import Limit, Rational
from sympy.core.relational import Relational

from numeric.arrays.threads import one_blas_thread
from numeric.subspaces.designs import compressed_design, solve_upper
from numeric.subspaces.pairs import Floats, aligned_pair
from numeric.subspaces.risks import simulate_ridgeless
from proofs_checks.claims.shared_checks import register_derivation
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.registry import Context, check, wrong
from proofs_checks.rocq.ties import Open, Proved, Refutation, Tie, by_name
from w2s_theory.claim import Claim
from w2s_theory.claims.intrinsic_dimension.conditions import POPULATION_EXCESS
from w2s_theory.claims.ours.variance_removal import VARIANCE_REMOVAL, inherited_share, kept_off_span
from w2s_theory.notation.symbols import D_S, D_SW, D_W, UNLABELLED
from w2s_theory.relations import equal

FALSE_ALARMS = 1e-6
DIMENSIONS = ((6, 10, 3.0), (8, 5, 2.5), (4, 4, 1.0))
"""d_s, d_w, d_sw."""
LABELLED_POINTS, FEW, ENDLESS = 40, 30, 10**6
FILTERS = (Rational(0), Rational(1, 2))

_filter = VARIANCE_REMOVAL.relation("filter")

SHARE_OF_COSINES = wrong(
    VARIANCE_REMOVAL,
    "the cosines' share sqrt(d_sw/d_w) in place of d_sw/d_w",
    part=("many-points", "filter"),
    replacing={inherited_share: sympy.sqrt(inherited_share)},
)
FILTER_NOT_SQUARED = wrong(
    VARIANCE_REMOVAL,
    "A_off in place of its square",
    states={"filter": equal(_filter.lhs, _filter.rhs.subs(kept_off_span**2, kept_off_span))},
)
IN_SAMPLE_EXCESS = wrong(
    VARIANCE_REMOVAL,
    "N - d_s in place of N - 2 d_s - 1, as in sample",
    part="removed",
    replacing={POPULATION_EXCESS: UNLABELLED - D_S},
)

register_derivation(VARIANCE_REMOVAL, rejects=(SHARE_OF_COSINES, IN_SAMPLE_EXCESS))


@dataclass(frozen=True)
class Measurement:
    """What is kept of a whole, trial by trial, and the share that is claimed, known up to `allowance`."""

    setting: str
    kept: Floats
    whole: Floats
    claimed: float
    allowance: float = 0.0

    def misses(self, width: float) -> bool:
        """Return whether the claimed share lies outside the interval of this many standard errors."""
        # The ratio of means is the claimed one where this mean is zero.
        residue = self.kept - self.claimed * self.whole
        interval = width * residue.std(ddof=1) / np.sqrt(len(residue)) + self.allowance * self.whole.mean()
        return bool(abs(residue.mean()) > interval)


def measure(part: Relational, trials: int, seed: int) -> Iterator[Measurement]:
    """Yield simulations of one part of the statement: the limit, a filter between 0 and 1, or N points."""
    for d_s, d_w, d_sw in DIMENSIONS:
        pair = aligned_pair(d_s, d_w, d_sw)
        setting = f"d_s = {d_s}, d_w = {d_w}, d_sw = {d_sw:g}"
        values = {D_S: d_s, D_W: d_w, D_SW: Rational(d_sw)}
        if part.has(kept_off_span):
            inside, outside = _error_by_span(pair.strong.T @ pair.weak, trials, seed)
            for filtered in FILTERS:
                kept = inside + float(filtered) ** 2 * outside
                claimed = float(part.rhs.subs({**values, kept_off_span: filtered}))
                yield Measurement(f"{setting}, A_off = {filtered}", kept, inside + outside, claimed)
            continue
        points = ENDLESS if part.has(Limit) else FEW
        runs = simulate_ridgeless(pair, LABELLED_POINTS, points, 1.0, trials, seed)
        teacher, student = runs["ER_w"].values, runs["ER_w2s"].values
        claimed = float(part.rhs.subs({**values, UNLABELLED: points}))
        if part.has(Limit):
            yield Measurement(f"{setting}, N = {points}", student, teacher, claimed, d_s / (points - d_s - 1))
        else:
            yield Measurement(f"{setting}, N = {points}", teacher - student, teacher, claimed)


def _error_by_span(cosines: Floats, trials: int, seed: int) -> tuple[Floats, Floats]:
    """Return the teacher's squared error in V_s and off it, where the target lies in V_w; cosines are V_s^T V_w."""
    generator = np.random.default_rng(seed)
    d_w = cosines.shape[1]
    with one_blas_thread():
        designs = compressed_design(LABELLED_POINTS, d_w, trials, generator)
        errors = solve_upper(designs, generator.standard_normal((trials, d_w)))
        inside = np.sum((errors @ cosines.T) ** 2, axis=1)
    return inside, np.sum(errors**2, axis=1) - inside


@check(
    VARIANCE_REMOVAL,
    Tier.SIMULATION,
    "least squares by exact sufficient statistics",
    rejects=(SHARE_OF_COSINES, FILTER_NOT_SQUARED, IN_SAMPLE_EXCESS),
)
def variance_kept(claim: Claim, context: Context) -> Finding:
    """Compare every part of the statement with simulated teachers, filters and students."""
    trials = int(np.clip(20 * context.examples, 2_000, 100_000))
    parts = claim.relations
    count = len(DIMENSIONS) * (len(parts) - 1 + len(FILTERS))
    width = float(stats.norm.ppf(1 - FALSE_ALARMS / (2 * count)))
    domain = (
        f"(d_s, d_w, d_sw) = {DIMENSIONS}, n = {LABELLED_POINTS}; N = {FEW}, for the limit N = {ENDLESS} up to "
        f"d_s/(N - d_s - 1), and filters A_off = {', '.join(map(str, FILTERS))}; {trials} trials; joint "
        f"false-alarm rate {FALSE_ALARMS:g} by the normal approximation"
    )
    for part in parts:
        for found in measure(part, trials, context.seed):
            if found.misses(width):
                witness = {
                    "setting": found.setting,
                    "simulated": f"{found.kept.mean() / found.whole.mean():.6g}",
                    "claimed": f"{found.claimed:.6g}",
                }
                return Finding(Verdict.REFUTED, f"another share of the variance: {part.rhs}", domain, witness)
    return Finding(Verdict.SUPPORTED, f"{count} shares of the variance as claimed", domain)


# Tie of bridge.variance-removal to theories/claims/ours/variance_removal.v.
VARIANCE_REMOVAL_TIE = Tie(
    VARIANCE_REMOVAL,
    context="(N d_s d_w d_sw A_off : R) (features : d_w > 0)",
    names=by_name(*VARIANCE_REMOVAL.free_symbols),
    parts={
        "many-points": Open("the limit of many points"),
        "filter": Proved(
            "ours.variance_removal.bridge_variance_removal_filtered_share",
            refutations=(
                Refutation(
                    FILTER_NOT_SQUARED,
                    "ours.variance_removal.not_bridge_variance_removal_with_unsquared_filter",
                    {"A_off": "1/2", "d_w": "1", "d_sw": "0"},
                ),
            ),
        ),
        "removed": Proved(
            "ours.variance_removal.bridge_variance_removal_removed_share",
            given="(points : N > d_s + 1)",
            refutations=(
                Refutation(
                    IN_SAMPLE_EXCESS,
                    "ours.variance_removal.not_bridge_variance_removal_as_in_sample",
                    {"N": "4", "d_s": "1", "d_w": "1", "d_sw": "0"},
                ),
            ),
        ),
    },
)

TIES = (VARIANCE_REMOVAL_TIE,)
