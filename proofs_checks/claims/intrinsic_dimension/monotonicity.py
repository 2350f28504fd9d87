"""Checks, falsifiers and tie of the directions in which the student's risk moves.

Claim: id.monotonicity.
"""

from __future__ import annotations

from sympy.core.relational import Ge, Relational

from proofs_checks.claims.shared_checks import decide_in_coordinates, register_derivation
from proofs_checks.evidence import Finding, Tier
from proofs_checks.registry import Context, check, wrong
from proofs_checks.rocq.ties import Proved, Refutation, Tie, by_name
from w2s_theory.claim import Claim
from w2s_theory.claims.intrinsic_dimension.monotonicity import (
    LEAST,
    LEAST_IN_SAMPLE,
    MONOTONICITY,
    kept_falls,
    kept_rises,
    rises_with_overlap,
    risk_falls,
)
from w2s_theory.notation.symbols import D_SW, D_W, LABELLED
from w2s_theory.relations import at_least


def _reversed(relation: Relational) -> Ge:
    return at_least(relation.rhs, relation.lhs)


POPULATION_TOO_EARLY = wrong(
    MONOTONICITY,
    "N = 2 d_s is enough for the risk to rise with d_sw",
    states={"risk-rises": rises_with_overlap(LEAST - 1, LEAST_IN_SAMPLE)[0]},
)
SAMPLE_TOO_EARLY = wrong(
    MONOTONICITY,
    "N = d_s/2 is enough in sample",
    states={"kept-rises": rises_with_overlap(LEAST, LEAST_IN_SAMPLE / 2)[1]},
)
RISK_RISES_WITH_POINTS = wrong(
    MONOTONICITY,
    "the risk rises with the pseudo-labels",
    part="risk-falls",
    replacing={risk_falls: _reversed(risk_falls)},
)
KEPT_FALLS_WITH_OVERLAP = wrong(
    MONOTONICITY,
    "D_N falls with the correlation dimension",
    part="kept-rises",
    replacing={kept_rises: _reversed(kept_rises)},
)

register_derivation(MONOTONICITY, rejects=(KEPT_FALLS_WITH_OVERLAP,))


@check(
    MONOTONICITY,
    Tier.DECISION,
    "z3 over points, dimensions, noise and misfits",
    rejects=(POPULATION_TOO_EARLY, SAMPLE_TOO_EARLY, RISK_RISES_WITH_POINTS, KEPT_FALLS_WITH_OVERLAP),
)
def directions(claim: Claim, context: Context) -> Finding:
    """Decide each inequality over all real numbers for which the risks are finite."""
    domain = "real n > d_w + 1, d_w >= d_sw >= 0; N as stated; sigma^2 > 0; misfits >= 0"
    given = (LABELLED > D_W + 1, D_W >= D_SW)
    return decide_in_coordinates(claim.relations, {}, given, domain, context.seconds)


# Tie of id.monotonicity to theories/claims/intrinsic_dimension/monotonicity.v.
MORE_OVERLAP = "(more : h >= 0) (spare : v >= 0)"

# A teacher's error of 1 in each of two directions off the span of d_s = 2; one is shared, or one point is added.
VALUES = {
    "n": "4",
    "d_s": "2",
    "d_w": "2",
    "d_sw": "0",
    "sigma2": "1",
    "h": "1",
    "k": "1",
    "u": "1",
    "v": "0",
}

MONOTONICITY_TIE = Tie(
    MONOTONICITY,
    context=(
        "(n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w h k u v : R) (labels : n > d_w + 1) (strong : d_s > 0) "
        "(correlated : 0 <= d_sw <= d_w) (noisy : sigma2 > 0) (biases : rho_w >= 0 /\\ b_w >= 0)"
    ),
    names=by_name(*MONOTONICITY.free_symbols),
    parts={
        "risk-rises": Proved(
            "intrinsic_dimension.monotonicity.id_monotonicity_risk_rises_with_correlation",
            MORE_OVERLAP,
            (
                Refutation(
                    POPULATION_TOO_EARLY,
                    "intrinsic_dimension.monotonicity.not_id_monotonicity_risk_rises_at_N_2_d_s",
                    VALUES,
                ),
            ),
        ),
        "kept-rises": Proved(
            "intrinsic_dimension.monotonicity.id_monotonicity_kept_dimension_rises_with_correlation",
            MORE_OVERLAP,
            (
                Refutation(
                    SAMPLE_TOO_EARLY,
                    "intrinsic_dimension.monotonicity.not_id_monotonicity_kept_dimension_rises_at_half_d_s",
                    VALUES,
                ),
                Refutation(
                    KEPT_FALLS_WITH_OVERLAP,
                    "intrinsic_dimension.monotonicity.not_id_monotonicity_kept_dimension_falls_with_correlation",
                    {**VALUES, "v": "2"},
                ),
            ),
        ),
        "risk-falls": Proved(
            "intrinsic_dimension.monotonicity.id_monotonicity_risk_falls_with_pseudo_labels",
            "(some : u > 0) (more : k >= 0)",
            (
                Refutation(
                    RISK_RISES_WITH_POINTS,
                    "intrinsic_dimension.monotonicity.not_id_monotonicity_risk_rises_with_pseudo_labels",
                    VALUES,
                ),
            ),
        ),
        "kept-falls": Proved(
            "intrinsic_dimension.monotonicity.id_monotonicity_kept_dimension_falls_with_pseudo_labels",
            "(some : N > 0) (more : k >= 0)",
            (
                Refutation(
                    wrong(
                        MONOTONICITY,
                        "D_N rises with the pseudo-labels",
                        part="kept-falls",
                        replacing={kept_falls: at_least(kept_falls.rhs, kept_falls.lhs)},
                    ),
                    "intrinsic_dimension.monotonicity.not_id_monotonicity_kept_dimension_rises_with_pseudo_labels",
                    {**{name: value for name, value in VALUES.items() if name != "v"}, "N": "2"},
                ),
            ),
        ),
    },
)

TIES = (MONOTONICITY_TIE,)
