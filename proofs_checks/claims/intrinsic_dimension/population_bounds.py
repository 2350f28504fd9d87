"""Checks and falsifiers of when the published bounds in two subspaces hold of the exact population risks.

Claim: id.population-bounds.
"""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st
from sympy import Rational, Symbol

from proofs_checks.claims.intrinsic_dimension.bounds import exactly
from proofs_checks.claims.shared_checks import register_derivation
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context, check, falsifiers_of, wrong
from w2s_theory.claim import Claim
from w2s_theory.claims.intrinsic_dimension.bounds import recovered
from w2s_theory.claims.intrinsic_dimension.population_bounds import (
    FEW_POINTS,
    GAP_SURPLUS,
    PAPERS_SETTING,
    POPULATION_BOUNDS,
    RATIO_SURPLUS,
    baseline_pays,
    enough_points,
    gap_fails,
    ratio_fails,
    ratio_over_bound,
)
from w2s_theory.claims.least_squares import UNBIASED
from w2s_theory.notation.symbols import D_S, D_SW, D_W, ER_C, ER_W, ER_W2S, LABELLED, NOISE, UNLABELLED
from w2s_theory.relations import at_least, equal, margin, ordered_sides

bound = UNBIASED.recovered_bound

FROM_HALF_OF_N = wrong(
    POPULATION_BOUNDS,
    "OPR from N = n/2 on",
    part="ratio-surplus",
    replacing={RATIO_SURPLUS: RATIO_SURPLUS.subs(LABELLED, LABELLED / 2)},
)
KEPT_AS_IN_SAMPLE = wrong(
    POPULATION_BOUNDS,
    "OPR over its bound with the dimensions kept in sample",
    states={"ratio": equal(ratio_over_bound.lhs, UNBIASED.outperformed_bound * baseline_pays)},
)
AS_IN_SAMPLE = wrong(
    POPULATION_BOUNDS,
    "the gap with d_s in place of d_s + 1",
    part="gap",
    replacing={GAP_SURPLUS: GAP_SURPLUS + (D_W - D_SW) * D_S * LABELLED},
)
TENTH_OF_WHAT_IS_LEFT = wrong(
    POPULATION_BOUNDS,
    "a tenth of what the bound leaves of the gap is recovered too",
    states={"gap-holds": at_least(recovered, bound + (1 - bound) / 10)},
)
RATIO_FARTHER = wrong(
    POPULATION_BOUNDS,
    "OPR at most 98/100 of its bound",
    part="ratio-fails",
    replacing={
        ratio_fails: at_least(
            Rational(98, 100) * PAPERS_SETTING.outperformed_bound, PAPERS_SETTING.outperformed
        )
    },
)
GAP_FARTHER = wrong(
    POPULATION_BOUNDS,
    "PGR 3/2 below its bound",
    part="gap-fails",
    replacing={
        gap_fails: at_least(FEW_POINTS.recovered_bound, FEW_POINTS.recovered + Rational(3, 2)),
    },
)

register_derivation(POPULATION_BOUNDS, rejects=(FROM_HALF_OF_N, AS_IN_SAMPLE, RATIO_FARTHER, GAP_FARTHER))


def settings() -> st.SearchStrategy[dict[Symbol, Fraction]]:
    """Draw numbers of points and dimensions, some at the least N for which the gap's bound is to hold."""
    dimension, eighths = st.integers(1, 30), st.integers(0, 8)
    return st.builds(
        _setting, dimension, dimension, eighths, st.integers(1, 300), st.integers(1, 300), st.booleans()
    )


def _setting(d_s: int, d_w: int, d_sw: int, labels: int, points: int, least: bool) -> dict[Symbol, Fraction]:
    n = max(d_s, d_w) + 1 + labels
    N = Fraction((d_s + 1) * n, d_w + 1) if least else Fraction(d_s + 1 + points)
    values = {
        D_S: Fraction(d_s),
        D_W: Fraction(d_w),
        D_SW: Fraction(min(d_s, d_w) * d_sw, 8),
        LABELLED: Fraction(n),
        UNLABELLED: max(N, d_s + 1 + Fraction(1, 8)),
        NOISE: Fraction(1),
    }
    return values | {risk: value(values) for risk, value in _RISKS.items()}


_RISKS = {
    risk: exactly(formula)
    for risk, formula in ((ER_W, UNBIASED.teacher), (ER_W2S, UNBIASED.student), (ER_C, UNBIASED.ceiling))
}
_DRAWN = ("ratio", "ratio-surplus", "gap", "gap-holds")
_ENOUGH_POINTS = exactly(margin(enough_points))


@check(
    POPULATION_BOUNDS,
    Tier.PROPERTY,
    "Hypothesis over points and dimensions, in exact arithmetic",
    rejects=falsifiers_of(POPULATION_BOUNDS.id),
)
def exact_risks_of_drawn_settings(claim: Claim, context: Context) -> Finding:
    """Compare exact ratios and gaps with the bounds, in drawn settings and in the two that are named."""
    domain = "d_s, d_w up to 30, up to 300 points beyond; the paper's setting with N = 400 and N = 150; exact rationals"
    for name in ("ratio-fails", "gap-fails"):
        greater, lesser = (side.doit() for side in ordered_sides(claim.relation(name)))
        if not greater >= lesser:
            witness = {"greater": f"{float(greater):.6g}", "lesser": f"{float(lesser):.6g}"}
            return Finding(Verdict.REFUTED, f"{name}: in that setting", domain, witness)
    margins = {name: exactly(margin(claim.relation(name))) for name in _DRAWN}

    def false_part(values: dict[Symbol, Fraction]) -> str | None:
        for name in _DRAWN[:3]:
            if margins[name](values) != 0:
                return name
        premised = (
            _ENOUGH_POINTS(values) >= 0 and values[ER_W] > values[ER_C] and values[ER_W] >= values[ER_W2S]
        )
        return "gap-holds" if premised and margins["gap-holds"](values) < 0 else None

    found = find_counterexample(
        settings(),
        lambda values: Trial((0.0,), false_part(values) is not None),
        lambda values: false_part(values) is not None,
        examples=context.examples,
        seed=context.seed,
    )
    if found.counterexample is None:
        return Finding(Verdict.SUPPORTED, f"{found.cases} settings, as stated in all", domain)
    drawn = found.counterexample
    witness = {str(symbol): str(value) for symbol, value in drawn.items()}
    return Finding(Verdict.REFUTED, f"{false_part(drawn)}: false", domain, witness)
