"""Checks, falsifiers and tie of the directions in which the student's risk moves."""

from __future__ import annotations

from sympy import And
from sympy.core.relational import Ge, Relational

from proofs_checks.claims.shared_checks import decide_in_coordinates, derivation, register_derivations
from proofs_checks.evidence import Finding, Tier
from proofs_checks.methods.algebra import conjuncts
from proofs_checks.registry import Context, check, falsify
from proofs_checks.rocq.ties import Part, Refutation, Tie, by_name
from w2s_theory.claim import Claim
from w2s_theory.claims.intrinsic_dimension.monotonicity import (
    CLAIMS,
    LEAST,
    LEAST_IN_SAMPLE,
    MONOTONICITY,
    kept_falls,
    rises_with_overlap,
    risk_falls,
)
from w2s_theory.geometry.subspaces import D_SW, D_W, LABELLED
from w2s_theory.relations import at_least

register_derivations(CLAIMS)


@check(MONOTONICITY, Tier.DECISION, "z3 over points, dimensions, noise and misfits")
def directions(claim: Claim, context: Context) -> Finding:
    """Decide each inequality over all real numbers for which the risks are finite."""
    domain = "real n > d_w + 1, d_w >= d_sw >= 0; N as stated; sigma^2 > 0; misfits >= 0"
    given = (LABELLED > D_W + 1, D_W >= D_SW)
    return decide_in_coordinates(conjuncts(claim.statement), {}, given, domain, context.seconds)


def _reversed(relation: Relational) -> Ge:
    return at_least(relation.rhs, relation.lhs)


_rising = rises_with_overlap(LEAST, LEAST_IN_SAMPLE)

falsify(
    MONOTONICITY,
    "N = 2 d_s is enough for the risk to rise with d_sw",
    (directions,),
    statement=And(*rises_with_overlap(LEAST - 1, LEAST_IN_SAMPLE), risk_falls, kept_falls),
)
falsify(
    MONOTONICITY,
    "N = d_s/2 is enough in sample",
    (directions,),
    statement=And(*rises_with_overlap(LEAST, LEAST_IN_SAMPLE / 2), risk_falls, kept_falls),
)
falsify(
    MONOTONICITY,
    "the risk rises with the pseudo-labels",
    (directions,),
    replacing={risk_falls: _reversed(risk_falls)},
)
falsify(
    MONOTONICITY,
    "D_N falls with the correlation dimension",
    (derivation, directions),
    replacing={_rising[1]: _reversed(_rising[1])},
)

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
    names=by_name(*MONOTONICITY.statement.free_symbols),
    parts=(
        Part(
            "intrinsic_dimension.monotonicity.id_monotonicity_risk_rises_with_correlation",
            MORE_OVERLAP,
            (
                Refutation(
                    "N = 2 d_s is enough for the risk to rise with d_sw",
                    "intrinsic_dimension.monotonicity.not_id_monotonicity_risk_rises_at_N_2_d_s",
                    VALUES,
                ),
            ),
        ),
        Part(
            "intrinsic_dimension.monotonicity.id_monotonicity_kept_dimension_rises_with_correlation",
            MORE_OVERLAP,
            (
                Refutation(
                    "N = d_s/2 is enough in sample",
                    "intrinsic_dimension.monotonicity.not_id_monotonicity_kept_dimension_rises_at_half_d_s",
                    VALUES,
                ),
                Refutation(
                    "D_N falls with the correlation dimension",
                    "intrinsic_dimension.monotonicity.not_id_monotonicity_kept_dimension_falls_with_correlation",
                    {**VALUES, "v": "2"},
                ),
            ),
        ),
        Part(
            "intrinsic_dimension.monotonicity.id_monotonicity_risk_falls_with_pseudo_labels",
            "(some : u > 0) (more : k >= 0)",
            (
                Refutation(
                    "the risk rises with the pseudo-labels",
                    "intrinsic_dimension.monotonicity.not_id_monotonicity_risk_rises_with_pseudo_labels",
                    VALUES,
                ),
            ),
        ),
        Part(
            "intrinsic_dimension.monotonicity.id_monotonicity_kept_dimension_falls_with_pseudo_labels",
            "(some : N > 0) (more : k >= 0)",
            (
                Refutation(
                    "D_N rises with the pseudo-labels",
                    "intrinsic_dimension.monotonicity.not_id_monotonicity_kept_dimension_rises_with_pseudo_labels",
                    {**{name: value for name, value in VALUES.items() if name != "v"}, "N": "2"},
                    replacing={kept_falls: at_least(kept_falls.rhs, kept_falls.lhs)},
                ),
            ),
        ),
    ),
)

TIES = (MONOTONICITY_TIE,)
