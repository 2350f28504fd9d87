"""Ties of bv.gap-bound and bv.kl-entropy to `theories/claims/bias_variance/gap_and_misfit.v`."""

from __future__ import annotations

from proofs_checks.claims.bias_variance.decompositions_rocq import EXAMPLE, FINITE, INPUTS, squared_distance
from proofs_checks.claims.bias_variance.gap_and_misfit import (
    ARITHMETIC_MEAN,
    CROSS_ENTROPY_NOT_REVERSED,
    ENTROPY_ADDED,
    FACTOR_TOO_SMALL,
    GAP_IS_MISFIT,
    NO_FACTOR,
    TEACHER_DROPPED,
)
from proofs_checks.rocq.ties import Proved, Refutation, Tie
from w2s_theory.claims.bias_variance.decompositions import DISTANCE, SQUARED_MISFIT, target, teacher
from w2s_theory.claims.bias_variance.gap_and_misfit import (
    GAP_BOUND,
    KL_ENTROPY,
    LABEL,
    LABELS,
    NORMALIZER,
    OTHER_LABEL,
    STUDENT_CLASS,
    TARGET_CLASS,
    TEACHER_CLASS,
    TEACHERS,
    TO_TARGET,
    WEIGHT,
)
from w2s_theory.divergences.formal import POSTERIOR_MEAN, STUDENT, TARGET, TEACHER
from w2s_theory.geometry.inner_products import SquaredNorm

STUDENT_AND_TEACHER = (
    "(K : nat) (s w : nat -> R) (student : positive_labels s K) (teacher : positive_labels w K)"
)
ALL_THREE = f"(g : nat -> R) {STUDENT_AND_TEACHER} (target : positive_labels g K)"
SEVERAL_TEACHERS = (
    "(J k l : nat) (p : nat -> R) (w : nat -> nat -> R) (Z : R) (weights : sum_from_one p J = 1) (normalizer : 0 < Z) "
    "(first : positive_labels (fun j => w j k) J) (second : positive_labels (fun j => w j l) J)"
)

SQUARED_DISTANCES = {
    TO_TARGET: squared_distance(TARGET, STUDENT),
    SquaredNorm.of(target - teacher): squared_distance(TARGET, TEACHER),
    SQUARED_MISFIT: squared_distance(STUDENT, TEACHER),
    DISTANCE: squared_distance(STUDENT, POSTERIOR_MEAN),
}
AT_EXAMPLE = {name: value for name, value in EXAMPLE.items() if name != "phi(x)"}

GAP_BOUND_TIE = Tie(
    GAP_BOUND,
    context=f"(V : InnerProductSpace) {INPUTS} (weights : nonnegative inputs)",
    theories=("expectations", "bregman"),
    names=SQUARED_DISTANCES,
    covers=FINITE,
    parts={
        "bound": Proved(
            "bias_variance.gap_and_misfit.bv_gap_bound_squared_loss",
            refutations=(
                Refutation(
                    NO_FACTOR, "bias_variance.gap_and_misfit.not_bv_gap_bound_without_factor_2", AT_EXAMPLE
                ),
                Refutation(
                    FACTOR_TOO_SMALL,
                    "bias_variance.gap_and_misfit.not_bv_gap_bound_with_factor_19_10",
                    AT_EXAMPLE,
                ),
                Refutation(
                    GAP_IS_MISFIT, "bias_variance.gap_and_misfit.not_bv_gap_bound_as_equality", AT_EXAMPLE
                ),
            ),
        ),
    },
)

KL_ENTROPY_TIE = Tie(
    KL_ENTROPY,
    context="",
    theories=("finite_sums", "logarithm", "entropies"),
    names={
        TARGET_CLASS: "g",
        STUDENT_CLASS: "s",
        TEACHER_CLASS: "w",
        WEIGHT: "p",
        NORMALIZER: "Z",
    },
    naturals={LABELS: "K", TEACHERS: "J", LABEL: "k", OTHER_LABEL: "l"},
    parts={
        "entropy": Proved(
            "bias_variance.gap_and_misfit.bv_kl_entropy_misfit_less_entropy",
            STUDENT_AND_TEACHER,
            (
                Refutation(
                    ENTROPY_ADDED,
                    "bias_variance.gap_and_misfit.not_bv_kl_entropy_entropy_added",
                    {"K": "1", "s": "1/2", "w": "1"},
                ),
                Refutation(
                    CROSS_ENTROPY_NOT_REVERSED,
                    "bias_variance.gap_and_misfit.not_bv_kl_entropy_cross_entropy_not_reversed",
                    {"K": "1", "s": "1/2", "w": "1"},
                ),
            ),
        ),
        "gap": Proved(
            "bias_variance.gap_and_misfit.bv_kl_entropy_gap_of_cross_entropies",
            ALL_THREE,
            (
                Refutation(
                    TEACHER_DROPPED,
                    "bias_variance.gap_and_misfit.not_bv_kl_entropy_gap_without_teacher",
                    {"K": "1", "g": "1", "s": "1", "w": "1/2"},
                ),
            ),
        ),
        "dual-mean": Proved(
            "bias_variance.gap_and_misfit.bv_kl_entropy_log_odds_of_geometric_mean",
            SEVERAL_TEACHERS,
            (
                Refutation(
                    ARITHMETIC_MEAN,
                    "bias_variance.gap_and_misfit.not_bv_kl_entropy_log_odds_of_arithmetic_mean",
                    {"J": "2", "p": "1/2, 1/2", "w[., k]": "1/4, 1", "w[., l]": "1, 1"},
                ),
            ),
        ),
    },
)

TIES = (GAP_BOUND_TIE, KL_ENTROPY_TIE)
