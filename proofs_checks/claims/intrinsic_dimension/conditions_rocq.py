"""Tie of the conditions under which the student helps to `theories/subspaces.v`."""

from __future__ import annotations

from proofs_checks.rocq.ties import Part, Refutation, Tie, by_name
from w2s_theory.claims.intrinsic_dimension.conditions import CONDITION
from w2s_theory.geometry.subspaces import D_S, D_SW, D_W, LABELLED, NOISE, UNLABELLED

RISKS = "teacher_risk, baseline_risk, student_risk, direction_error, kept_dimension, population_share, in_sample_share"
TOO_FEW_POINTS = {"n": "10", "N": "5", "d_s": "2", "d_w": "2", "d_sw": "1", "sigma2": "1"}
AT_TOO_FEW_POINTS = f"""
  pose proof (claimed 10 5 2 2 1 1) as wrong.
  pose proof more_points_are_needed as right; unfold {RISKS} in right.
  absurd_numbers wrong."""


def restated(theorem: str) -> str:
    """Return the tactics that bring a theorem about risks, as applied, into the form of their closed forms."""
    return f"pose proof ({theorem}) as fact; unfold {RISKS} in fact; restate fact."


def denied(theorem: str, hypotheses: str, given: str = "") -> str:
    """Return the tactics that derive what `theorem` denies from the twin, which may order its hypotheses otherwise."""
    numbers = "n N d_s d_w d_sw sigma2"
    return (
        f"apply {theorem}; intros {numbers} {hypotheses}; "
        f"pose proof (claimed {numbers} {given or hypotheses}) as fact; unfold {RISKS}; restate fact."
    )


CONDITION_TIE = Tie(
    CONDITION,
    theories=("restating", "subspaces"),
    context="(n N d_s d_w d_sw sigma2 : R) (labels : n > d_w + 1)",
    names=by_name(LABELLED, UNLABELLED, D_S, D_W, D_SW, NOISE),
    parts=(
        Part(
            theorem="subspaces.advantage_over_teacher",
            given="(points : N > d_s + 1)",
            proof=restated("advantage_over_teacher n N d_s d_w d_sw sigma2 labels points"),
            refutations=tuple(
                Refutation(
                    falsifier,
                    theorem="subspaces.more_points_are_needed",
                    proof=AT_TOO_FEW_POINTS,
                    values=TOO_FEW_POINTS,
                )
                for falsifier in (
                    "N > d_s is enough for the population risk",
                    "N > d_s + 2 is enough for the population risk",
                )
            ),
        ),
        Part(
            theorem="subspaces.advantage_in_sample",
            given="(points : N > 0)",
            proof=restated("advantage_in_sample n N d_s d_w d_sw sigma2 labels points"),
            refutations=(
                Refutation(
                    "N > d_s + 1 is needed in sample",
                    theorem="subspaces.no_point_more_in_sample",
                    proof=denied("no_point_more_in_sample", "labels points"),
                    values={"n": "3", "N": "2", "d_s": "1", "d_w": "1", "d_sw": "0", "sigma2": "1"},
                    replacing={UNLABELLED - D_S: UNLABELLED - D_S - 1},
                ),
            ),
        ),
        Part(
            theorem="subspaces.advantage_over_baseline",
            given="(points : N > d_s + 1) (baseline : n > d_s + 1)",
            proof=restated("advantage_over_baseline n N d_s d_w d_sw sigma2 labels baseline points"),
            refutations=(
                Refutation(
                    "the baseline's correction d_s + 1 taken for d_s",
                    theorem="subspaces.kept_counts_with_one_more",
                    proof=denied(
                        "kept_counts_with_one_more", "labels baseline points", "labels points baseline"
                    ),
                    values={"n": "5", "N": "3", "d_s": "1", "d_w": "2", "d_sw": "2", "sigma2": "1"},
                    replacing={D_S + 1: D_S},
                ),
            ),
        ),
    ),
)

TIES = (CONDITION_TIE,)
