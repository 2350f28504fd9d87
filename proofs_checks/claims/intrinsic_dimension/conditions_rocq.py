"""Tie of id.condition to `theories/claims/intrinsic_dimension/conditions.v`."""

from __future__ import annotations

from proofs_checks.rocq.ties import Part, Refutation, Tie, by_name
from w2s_theory.claims.intrinsic_dimension.conditions import CONDITION
from w2s_theory.geometry.subspaces import D_S, D_SW, D_W, LABELLED, NOISE, UNLABELLED

TOO_FEW_POINTS = {"n": "10", "N": "5", "d_s": "2", "d_w": "2", "d_sw": "1", "sigma2": "1"}
CONDITION_TIE = Tie(
    CONDITION,
    context="(n N d_s d_w d_sw sigma2 : R) (labels : n > d_w + 1)",
    names=by_name(LABELLED, UNLABELLED, D_S, D_W, D_SW, NOISE),
    parts=(
        Part(
            "intrinsic_dimension.conditions.id_condition_advantage_over_teacher",
            given="(points : N > d_s + 1)",
            refutations=(
                Refutation(
                    "N > d_s is enough for the population risk",
                    "intrinsic_dimension.conditions.not_id_condition_with_N_above_d_s",
                    TOO_FEW_POINTS,
                ),
                Refutation(
                    "N > d_s + 2 is enough for the population risk",
                    "intrinsic_dimension.conditions.not_id_condition_with_N_above_d_s_plus_2",
                    TOO_FEW_POINTS,
                ),
            ),
        ),
        Part(
            "intrinsic_dimension.conditions.id_condition_advantage_in_sample",
            given="(points : N > 0)",
            refutations=(
                Refutation(
                    "N > d_s + 1 is needed in sample",
                    "intrinsic_dimension.conditions.not_id_condition_one_more_point_in_sample",
                    {"n": "3", "N": "2", "d_s": "1", "d_w": "1", "d_sw": "0", "sigma2": "1"},
                    replacing={UNLABELLED - D_S: UNLABELLED - D_S - 1},
                ),
            ),
        ),
        Part(
            "intrinsic_dimension.conditions.id_condition_advantage_over_baseline",
            given="(points : N > d_s + 1) (baseline : n > d_s + 1)",
            refutations=(
                Refutation(
                    "the baseline's correction d_s + 1 taken for d_s",
                    "intrinsic_dimension.conditions.not_id_condition_correction_one_less",
                    {"n": "5", "N": "3", "d_s": "1", "d_w": "2", "d_sw": "2", "sigma2": "1"},
                    replacing={D_S + 1: D_S},
                ),
            ),
        ),
    ),
)

TIES = (CONDITION_TIE,)
