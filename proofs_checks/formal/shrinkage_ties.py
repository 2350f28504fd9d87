"""Ties of shrinkage optimality, and of who has it, to `shrinkage.v`, `filters.v` and `learning_rules.v`."""

from __future__ import annotations

from proofs_checks.formal.ties import Part, Refutation, Tie
from w2s_theory.alignment import ITERATIONS, RIDGE, SPECTRAL_CUTOFF, STEP_TIMES_EIGENVALUE
from w2s_theory.papers.sharp import LEARNING_RULES
from w2s_theory.papers.shrinkage_optimality import (
    FILTERS_ARE_SHRINKAGE_OPTIMAL,
    SHRINKAGE_OPTIMALITY,
    filter_value,
    teacher_mode,
)
from w2s_theory.symbols import EIGENVALUE, SCALE, TIME

VECTORS = {"f_ST": "student", "f_TE": "teacher"}
PAIR = "(V : InnerProductSpace) (teacher student : V)"
SCALE_IN_UNIT = "(a : R) (range : 0 <= a <= 1)"
EXPANDED = "revert fact; expand_inner; intros; lra"


def filter_range(theorem: str, given: str, arguments: str, unfolded: str, *refutations: Refutation) -> Part:
    """Return the part that a filter, or what it leaves, is nonnegative: `theorem` says that the filter is in [0, 1]."""
    proof = f"pose proof ({theorem} {arguments}) as fact; unfold {unfolded} in *; lra."
    return Part(theorem, proof, given, refutations)


FLOW = filter_range(
    "filters.flow_filter_range",
    "(t lambda : R) (forward : 0 <= t) (psd : 0 <= lambda)",
    "t lambda forward psd",
    "flow_filter",
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
        ),
        Part(
            theorem="shrinkage.best_shrinking",
            given="(nonzero : norm2 student <> 0)",
            proof=(
                "pose proof (best_shrinking teacher student nonzero) as fact; cbv zeta in fact; "
                "rewrite fact; now field."
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
        FLOW,
        FLOW,
        Part(
            theorem="filters.filtered_or_penalized",
            given=f"{PAIR} (how : filtered teacher student \\/ penalized teacher student) {SCALE_IN_UNIT}",
            proof="pose proof (filtered_or_penalized teacher student how a range) as fact; lra.",
        ),
    ),
)

DESCENT = filter_range(
    "learning_rules.descent_filter_range",
    "(x : R) (k : nat) (nonneg : 0 <= x) (at_most : x <= 1)",
    "x k (conj nonneg at_most)",
    "descent_filter",
)
RIDGE_RANGE = (
    "learning_rules.ridge_filter_range",
    "(alpha lambda : R) (positive : 0 < alpha) (psd : 0 <= lambda)",
    "alpha lambda positive psd",
    "ridge_filter",
)
NEGATIVE_PENALTY = Refutation(
    "ridge regression with a negative penalty",
    theorem="learning_rules.ridge_needs_a_positive_penalty",
    proof=(
        "apply ridge_needs_a_positive_penalty; intros alpha lambda positive psd; "
        "exact (Rge_le _ _ (claimed alpha lambda positive psd))."
    ),
    values={"alpha": "2", "lambda": "1"},
)
CUTOFF = filter_range(
    "learning_rules.cutoff_filter_range", "(alpha lambda : R)", "alpha lambda", "cutoff_filter"
)

RULES_TIE = Tie(
    LEARNING_RULES,
    theories=("filters", "learning_rules"),
    context="",
    naturals={ITERATIONS: "k"},
    names={
        STEP_TIMES_EIGENVALUE: "x",
        RIDGE: "alpha",
        TIME: "t",
        EIGENVALUE: "lambda",
        SPECTRAL_CUTOFF.filter: "cutoff_filter alpha lambda",
    },
    parts=(
        FLOW,
        FLOW,
        DESCENT,
        DESCENT,
        filter_range(*RIDGE_RANGE, NEGATIVE_PENALTY),
        filter_range(*RIDGE_RANGE),
        CUTOFF,
        CUTOFF,
    ),
)

TIES = (DEFINITION_TIE, LEMMA_TIE, RULES_TIE)
