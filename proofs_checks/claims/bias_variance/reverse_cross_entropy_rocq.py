"""Tie of bv.rce-minimizer to `theories/claims/bias_variance/reverse_cross_entropy.v`.

The logarithm is that of `theories/library/logarithm.v`; the derivative of cross-entropy is left open.
"""

from __future__ import annotations

from proofs_checks.rocq.ties import Open, Part, Refutation, Tie, by_name
from w2s_theory.claims.bias_variance.reverse_cross_entropy import (
    CERTAINTY,
    CLASS,
    CLASSES,
    LABEL,
    LABELS,
    LOG_RATIO,
    MINIMIZER,
    MIXED_LABEL,
    MIXED_LABELS,
    SHORTFALL,
    STUDENT,
    STUDENTS,
    over_classes,
)

TWO_CLASSES = "(p q q_a : R) (student : 0 <= p <= 1) (likely : 1 / 2 <= q <= 1) (label : 1 / 2 <= q_a < 1)"
SEVERAL = (
    "(K : nat) (some : (K > 0)%nat) (p q delta : nat -> R) "
    "(classes : forall k, (1 <= k <= K)%nat -> p k >= 0 /\\ q k > 0 /\\ delta k >= 0)"
)
LABELLED_CLASSES = "(K : nat) (q w : nat -> R) (labels : forall k, (1 <= k <= K)%nat -> q k >= 0)"
SUM_OF_LABELS = over_classes(MIXED_LABELS[CLASS])

MINIMIZER_TIE = Tie(
    MINIMIZER,
    context="(a : R) (sure : 0 < a <= 1)",
    theories=("finite_sums", "logarithm"),
    names={
        **by_name(CERTAINTY, STUDENT, LABEL, MIXED_LABEL),
        STUDENTS: "p",
        LABELS: "q",
        SHORTFALL: "delta",
        MIXED_LABELS: "q",
        LOG_RATIO: "w",
    },
    naturals={CLASSES: "K"},
    parts=(
        Part(
            "bias_variance.reverse_cross_entropy.bv_rce_minimizer_mixed_label_leads",
            TWO_CLASSES,
            (
                Refutation(
                    "mixing with the labels swapped",
                    "bias_variance.reverse_cross_entropy.not_bv_rce_minimizer_mixed_with_labels_swapped",
                    {"a": "1", "q": "3/4"},
                ),
            ),
        ),
        Part("bias_variance.reverse_cross_entropy.bv_rce_minimizer_mixed_label_at_most_one", TWO_CLASSES),
        Open("the slope of cross-entropy for two classes"),
        Part(
            "bias_variance.reverse_cross_entropy.bv_rce_minimizer_first_class_is_best",
            TWO_CLASSES,
            (
                Refutation(
                    "RCE is least at the label itself",
                    "bias_variance.reverse_cross_entropy.not_bv_rce_minimizer_least_at_the_label",
                    {"a": "1", "p": "1", "q_a": "3/4"},
                ),
            ),
        ),
        Part(
            "bias_variance.reverse_cross_entropy.bv_rce_minimizer_label_is_best",
            LABELLED_CLASSES,
            (
                Refutation(
                    "cross-entropy above its least value by the sum of the labels",
                    "bias_variance.reverse_cross_entropy.not_bv_rce_minimizer_labels_counted_twice",
                    {"K": "1", "q": "1", "w": "0"},
                    replacing={SUM_OF_LABELS: 2 * SUM_OF_LABELS},
                ),
            ),
        ),
        Part(
            "bias_variance.reverse_cross_entropy.bv_rce_minimizer_most_likely_class_is_best",
            SEVERAL,
            (
                Refutation(
                    "RCE takes the least likely class",
                    "bias_variance.reverse_cross_entropy.not_bv_rce_minimizer_least_likely_class_is_best",
                    {"a": "1", "K": "1", "p": "1", "q": "1", "delta": "1/2"},
                ),
            ),
        ),
    ),
)

TIES = (MINIMIZER_TIE,)
