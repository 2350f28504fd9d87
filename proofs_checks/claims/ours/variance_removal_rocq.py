"""Tie of the removal of variance in two subspaces to `theories/subspaces.v`."""

from __future__ import annotations

from proofs_checks.claims.intrinsic_dimension.conditions_rocq import restated
from proofs_checks.rocq.ties import Open, Part, Refutation, Tie, by_name
from w2s_theory.claims.ours.variance_removal import VARIANCE_REMOVAL

VARIANCE_REMOVAL_TIE = Tie(
    VARIANCE_REMOVAL,
    theories=("restating", "subspaces"),
    context="(N d_s d_w d_sw A_off : R) (features : d_w > 0)",
    names=by_name(*VARIANCE_REMOVAL.statement.free_symbols),
    parts=(
        Open("the limit of many points"),
        Part(
            theorem="subspaces.filtered_share",
            proof=restated("filtered_share A_off d_w d_sw features"),
            refutations=(
                Refutation(
                    "A_off in place of its square",
                    theorem="subspaces.filter_is_squared",
                    proof="apply filter_is_squared; intros A d_w d_sw features; "
                    "pose proof (claimed 0 0 d_w d_sw A features) as fact; unfold kept_dimension; restate fact.",
                    values={"A_off": "1/2", "d_w": "1", "d_sw": "0"},
                ),
            ),
        ),
        Part(
            theorem="subspaces.removed_share",
            given="(points : N > d_s + 1)",
            proof=restated("removed_share N d_s d_w d_sw points features"),
            refutations=(
                Refutation(
                    "N - d_s in place of N - 2 d_s - 1, as in sample",
                    theorem="subspaces.removed_share_is_not_in_sample",
                    proof="apply removed_share_is_not_in_sample; intros N d_s d_w d_sw points features; "
                    "pose proof (claimed N d_s d_w d_sw 0 features points) as fact; "
                    "unfold kept_dimension, population_share; restate fact.",
                    values={"N": "4", "d_s": "1", "d_w": "1", "d_sw": "0"},
                ),
            ),
        ),
    ),
)

TIES = (VARIANCE_REMOVAL_TIE,)
