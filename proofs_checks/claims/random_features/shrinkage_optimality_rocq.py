"""Ties of shrinkage optimality, and of who has it, to `shrinkage.v` and `filters.v`."""

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
EXPANDED = "revert fact; expand_inner; intros; lra"
GAINED = -((student_norm - student_teacher) ** 2) / student_norm
"""What shrinking to the best scale adds to the squared distance to the teacher."""


def shrinking_costs(theorem: str, introduced: str, arguments: str) -> Refutation:
    """Return the refutation of the twin that shrinking costs (1 - a^2) times the student's squared norm."""
    return Refutation(
        "shrinking by a costs (1 - a^2) E f_ST^2",
        theorem,
        proof=f"apply {theorem}; intros {introduced}; pose proof (claimed plane {arguments}) as fact; lra.",
        values={"f_TE": "(1, 0)", "f_ST": "(1, 0)", "a": "1/2"},
        replacing={at_least(shrinking_loss, 0): at_least(shrinking_loss, (1 - SCALE**2) * student_norm)},
    )


DEFINITION_TIE = Tie(
    SHRINKAGE_OPTIMALITY,
    theories=("inner_product", "shrinkage"),
    context=PAIR,
    vectors=VECTORS,
    names={SCALE: "a"},
    parts=(
        Part(
            theorem="shrinkage.shrinkage_by_overlap",
            given=f"(overlap : norm2 student <= inner student teacher) {SCALE_IN_UNIT}",
            proof="pose proof (proj2 (shrinkage_by_overlap teacher student) overlap a range) as fact; lra.",
            refutations=(
                shrinking_costs(
                    "shrinkage.shrinking_may_cost_little",
                    "teacher student a range overlap",
                    "teacher student overlap a range",
                ),
            ),
        ),
        Part(
            theorem="shrinkage.best_shrinking",
            given="(nonzero : norm2 student <> 0)",
            proof=(
                "pose proof (best_shrinking teacher student nonzero) as fact; cbv zeta in fact; "
                "rewrite fact; now field."
            ),
            refutations=(
                Refutation(
                    "the best shrinking gains half of the square",
                    theorem="shrinkage.best_shrinking_gains_more",
                    proof=(
                        "apply best_shrinking_gains_more; intros teacher student nonzero a; unfold a; "
                        "rewrite (claimed plane teacher student nonzero); now field."
                    ),
                    values={"f_TE": "(1, 0)", "f_ST": "(2, 0)"},
                    replacing={GAINED: GAINED / 2},
                ),
            ),
        ),
        Part(
            theorem="shrinkage.outside_ball",
            proof=f"pose proof (outside_ball teacher student) as fact; {EXPANDED}.",
            refutations=(
                Refutation(
                    "ball centred at f_TE instead of f_TE/2",
                    theorem="shrinkage.not_outside_ball_at_teacher",
                    proof=(
                        "apply not_outside_ball_at_teacher; intros teacher student; "
                        f"pose proof (claimed plane teacher student) as fact; {EXPANDED}."
                    ),
                    values={"f_TE": "(1, 0)", "f_ST": "(1, 0)"},
                ),
            ),
        ),
    ),
)

LEMMA_TIE = Tie(
    FILTERS_ARE_SHRINKAGE_OPTIMAL,
    theories=("inner_product", "shrinkage", "filters"),
    context="",
    vectors=VECTORS,
    names={SCALE: "a", filter_value: "h", teacher_mode: "g", TIME: "t", EIGENVALUE: "lambda"},
    parts=(
        Part(
            theorem="filters.filtered_mode",
            given="(h g : R) (nonneg : 0 <= h) (at_most : h <= 1)",
            proof="pose proof (filtered_mode h g nonneg at_most) as fact; lra.",
            refutations=(
                Refutation(
                    "E f_ST f_TE >= 2 E f_ST^2 for every filter in [0, 1]",
                    theorem="filters.not_twice_the_filter",
                    proof=(
                        "apply not_twice_the_filter; intros h g nonneg at_most; "
                        "pose proof (claimed h g nonneg at_most) as fact; lra."
                    ),
                    values={"h": "1", "g": "1"},
                ),
            ),
        ),
        *FLOW_PARTS,
        Part(
            theorem="filters.filtered_or_penalized",
            given=f"{PAIR} (how : filtered teacher student \\/ penalized teacher student) {SCALE_IN_UNIT}",
            proof="pose proof (filtered_or_penalized teacher student how a range) as fact; lra.",
            refutations=(
                shrinking_costs(
                    "filters.shrinking_a_filtered_teacher_may_cost_little",
                    "teacher student a how range",
                    "teacher student (or_introl how) a range",
                ),
            ),
        ),
    ),
)

TIES = (DEFINITION_TIE, LEMMA_TIE)
