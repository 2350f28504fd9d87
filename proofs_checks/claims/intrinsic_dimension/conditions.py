"""Checks, falsifiers and tie of the conditions under which the student beats its teacher and the baseline.

Claim: id.condition.
"""

from __future__ import annotations

from proofs_checks.claims.shared_checks import decide_in_coordinates, register_derivation
from proofs_checks.evidence import Finding, Tier
from proofs_checks.registry import Context, check, wrong
from proofs_checks.rocq.ties import Proved, Refutation, Tie, by_name
from w2s_theory.claim import Claim
from w2s_theory.claims.intrinsic_dimension.conditions import CONDITION, POPULATION_EXCESS
from w2s_theory.notation.symbols import D_S, D_SW, D_W, LABELLED, NOISE, UNLABELLED

TOO_FEW_POINTS = wrong(
    CONDITION,
    "N > d_s is enough for the population risk",
    part="over-teacher",
    replacing={POPULATION_EXCESS: UNLABELLED - D_S},
)
A_POINT_TOO_FEW = wrong(
    CONDITION,
    "N > d_s + 2 is enough for the population risk",
    part="over-teacher",
    replacing={POPULATION_EXCESS: UNLABELLED - D_S - 2},
)

register_derivation(CONDITION, rejects=(A_POINT_TOO_FEW,))


@check(
    CONDITION,
    Tier.DECISION,
    "z3 over the numbers of points and dimensions",
    rejects=(TOO_FEW_POINTS, A_POINT_TOO_FEW),
)
def signs_of_the_advantages(claim: Claim, context: Context) -> Finding:
    """Decide each identity over all real numbers of points and dimensions for which the risks are finite."""
    given = (LABELLED > D_W + 1, LABELLED > D_S + 1, UNLABELLED > D_S + 1, D_W >= D_SW, D_S >= D_SW)
    domain = "real n > max(d_s, d_w) + 1, N > d_s + 1, 0 <= d_sw <= min(d_s, d_w), sigma^2 > 0"
    return decide_in_coordinates(claim.relations, {}, given, domain, context.seconds)


# Tie of id.condition to theories/claims/intrinsic_dimension/conditions.v.
AT_TOO_FEW_POINTS = {"n": "10", "N": "5", "d_s": "2", "d_w": "2", "d_sw": "1", "sigma2": "1"}
CONDITION_TIE = Tie(
    CONDITION,
    context="(n N d_s d_w d_sw sigma2 : R) (labels : n > d_w + 1)",
    names=by_name(LABELLED, UNLABELLED, D_S, D_W, D_SW, NOISE),
    parts={
        "over-teacher": Proved(
            "intrinsic_dimension.conditions.id_condition_advantage_over_teacher",
            given="(points : N > d_s + 1)",
            refutations=(
                Refutation(
                    TOO_FEW_POINTS,
                    "intrinsic_dimension.conditions.not_id_condition_with_N_above_d_s",
                    AT_TOO_FEW_POINTS,
                ),
                Refutation(
                    A_POINT_TOO_FEW,
                    "intrinsic_dimension.conditions.not_id_condition_with_N_above_d_s_plus_2",
                    AT_TOO_FEW_POINTS,
                ),
            ),
        ),
        "in-sample": Proved(
            "intrinsic_dimension.conditions.id_condition_advantage_in_sample",
            given="(points : N > 0)",
            refutations=(
                Refutation(
                    wrong(
                        CONDITION,
                        "N > d_s + 1 is needed in sample",
                        part="in-sample",
                        replacing={UNLABELLED - D_S: UNLABELLED - D_S - 1},
                    ),
                    "intrinsic_dimension.conditions.not_id_condition_one_more_point_in_sample",
                    {"n": "3", "N": "2", "d_s": "1", "d_w": "1", "d_sw": "0", "sigma2": "1"},
                ),
            ),
        ),
        "over-baseline": Proved(
            "intrinsic_dimension.conditions.id_condition_advantage_over_baseline",
            given="(points : N > d_s + 1) (baseline : n > d_s + 1)",
            refutations=(
                Refutation(
                    wrong(
                        CONDITION,
                        "the baseline's correction d_s + 1 taken for d_s",
                        part="over-baseline",
                        replacing={D_S + 1: D_S},
                    ),
                    "intrinsic_dimension.conditions.not_id_condition_correction_one_less",
                    {"n": "5", "N": "3", "d_s": "1", "d_w": "2", "d_sw": "2", "sigma2": "1"},
                ),
            ),
        ),
    },
)

TIES = (CONDITION_TIE,)
