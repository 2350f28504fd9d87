"""Ties of rf.def1 and rf.lem1 to `theories/claims/random_features/shrinkage_optimality.v`."""

from __future__ import annotations

from proofs_checks.claims.ours.learning_rules_rocq import FLOW_PARTS
from proofs_checks.rocq.ties import Part, Refutation, Tie
from w2s_theory.claims.random_features.shrinkage_optimality import (
    FILTERS_ARE_SHRINKAGE_OPTIMAL,
    SHRINKAGE_OPTIMALITY,
    filter_value,
    shrinking_loss,
    teacher_mode,
)
from w2s_theory.claims.teacher_and_student import student_norm, student_teacher
from w2s_theory.notation.symbols import EIGENVALUE, SCALE, TIME
from w2s_theory.relations import at_least

VECTORS = {"f_ST": "student", "f_TE": "teacher"}
PAIR = "(V : InnerProductSpace) (teacher student : V)"
SCALE_IN_UNIT = "(a : R) (range : 0 <= a <= 1)"
GAINED = -((student_norm - student_teacher) ** 2) / student_norm
"""What shrinking to the best scale adds to the squared distance to the teacher."""


def shrinking_costs(theorem: str) -> Refutation:
    """Return the refutation of the twin that shrinking costs (1 - a^2) times the student's squared norm."""
    return Refutation(
        "shrinking by a costs (1 - a^2) E f_ST^2",
        theorem,
        {"f_TE": "(1, 0)", "f_ST": "(1, 0)", "a": "1/2"},
        replacing={at_least(shrinking_loss, 0): at_least(shrinking_loss, (1 - SCALE**2) * student_norm)},
    )


DEFINITION_TIE = Tie(
    SHRINKAGE_OPTIMALITY,
    context=PAIR,
    theories=("inner_product",),
    vectors=VECTORS,
    names={SCALE: "a"},
    parts=(
        Part(
            "random_features.shrinkage_optimality.rf_def1_shrinking_costs",
            f"(overlap : norm2 student <= inner student teacher) {SCALE_IN_UNIT}",
            (
                shrinking_costs(
                    "random_features.shrinkage_optimality.not_rf_def1_shrinking_costs_1_minus_a_squared"
                ),
            ),
        ),
        Part(
            "random_features.shrinkage_optimality.rf_def1_best_shrinking",
            "(nonzero : norm2 student <> 0)",
            (
                Refutation(
                    "the best shrinking gains half of the square",
                    "random_features.shrinkage_optimality.not_rf_def1_best_shrinking_gains_half",
                    {"f_TE": "(1, 0)", "f_ST": "(2, 0)"},
                    replacing={GAINED: GAINED / 2},
                ),
            ),
        ),
        Part(
            "random_features.shrinkage_optimality.rf_def1_ball",
            refutations=(
                Refutation(
                    "ball centred at f_TE instead of f_TE/2",
                    "random_features.shrinkage_optimality.not_rf_def1_ball_centred_at_teacher",
                    {"f_TE": "(1, 0)", "f_ST": "(1, 0)"},
                ),
            ),
        ),
    ),
)

LEMMA_TIE = Tie(
    FILTERS_ARE_SHRINKAGE_OPTIMAL,
    context="",
    theories=("inner_product", "shrinkage", "filters"),
    vectors=VECTORS,
    names={SCALE: "a", filter_value: "h", teacher_mode: "g", TIME: "t", EIGENVALUE: "lambda"},
    parts=(
        Part(
            "random_features.shrinkage_optimality.rf_lem1_filtered_mode",
            "(h g : R) (nonneg : 0 <= h) (at_most : h <= 1)",
            (
                Refutation(
                    "E f_ST f_TE >= 2 E f_ST^2 for every filter in [0, 1]",
                    "random_features.shrinkage_optimality.not_rf_lem1_filtered_mode_twice",
                    {"h": "1", "g": "1"},
                ),
            ),
        ),
        *FLOW_PARTS,
        Part(
            "random_features.shrinkage_optimality.rf_lem1_shrinking_costs",
            f"{PAIR} (how : filtered teacher student \\/ penalized teacher student) {SCALE_IN_UNIT}",
            (
                shrinking_costs(
                    "random_features.shrinkage_optimality.not_rf_lem1_shrinking_costs_1_minus_a_squared"
                ),
            ),
        ),
    ),
)

TIES = (DEFINITION_TIE, LEMMA_TIE)
