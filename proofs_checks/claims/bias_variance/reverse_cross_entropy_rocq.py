"""Tie of the minimizers of reverse cross-entropy to `theories/reverse_cross_entropy.v`.

The logarithm is that of `theories/logarithm.v`; the derivative of cross-entropy is left open.
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
AT_THREE_QUARTERS = "(claimed 1 ltac:(lra) 1 (3 / 4) (3 / 4) ltac:(lra) ltac:(lra) ltac:(lra))"

MINIMIZER_TIE = Tie(
    MINIMIZER,
    theories=("finite_sums", "logarithm", "reverse_cross_entropy"),
    context="(a : R) (sure : 0 < a <= 1)",
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
            "reverse_cross_entropy.mixed_leads",
            "pose proof (mixed_leads a q ltac:(lra) ltac:(lra)) as fact. unfold mixed in fact. lra.",
            TWO_CLASSES,
            (
                Refutation(
                    "mixing with the labels swapped",
                    "reverse_cross_entropy.mixed_leads",
                    f"pose proof {AT_THREE_QUARTERS} as wrong. lra.",
                    {"a": "1", "q": "3/4"},
                ),
            ),
        ),
        Part(
            "reverse_cross_entropy.mixed_at_most_one",
            "pose proof (mixed_at_most_one a q ltac:(lra) ltac:(lra)) as fact. unfold mixed in fact. lra.",
            TWO_CLASSES,
        ),
        Open("the slope of cross-entropy for two classes"),
        Part(
            "reverse_cross_entropy.first_class_is_best",
            "pose proof (first_class_is_best logarithm logarithm_increases p q_a ltac:(lra) ltac:(lra)) as fact. "
            "unfold binary_loss in fact. lra.",
            TWO_CLASSES,
            (
                Refutation(
                    "RCE is least at the label itself",
                    "reverse_cross_entropy.only_the_first_class",
                    f"pose proof {AT_THREE_QUARTERS} as wrong. "
                    "pose proof (logarithm_increases (1 / 4) (3 / 4)). "
                    "replace (1 - 3 / 4) with (1 / 4) in wrong by lra. lra.",
                    {"a": "1", "p": "1", "q_a": "3/4"},
                ),
            ),
        ),
        Part(
            "reverse_cross_entropy.label_is_best",
            "pose proof (label_is_best logarithm q w K labels) as fact. match_sums fact. lra.",
            LABELLED_CLASSES,
            (
                Refutation(
                    "cross-entropy above its least value by the sum of the labels",
                    "reverse_cross_entropy.label_counts_once",
                    """
  apply (label_counts_once logarithm). intros q w K labels.
  pose proof (claimed 1 ltac:(lra) K q w labels) as fact. match_sums fact. lra.""",
                    {"K": "1", "q": "1", "w": "0"},
                    replacing={SUM_OF_LABELS: 2 * SUM_OF_LABELS},
                ),
            ),
        ),
        Part(
            "reverse_cross_entropy.most_likely_class_is_best",
            "pose proof (most_likely_class_is_best logarithm p q delta a K logarithm_increases sure some classes) as fact. "
            "unfold classes_loss, mixed in fact. match_sums fact. lra.",
            SEVERAL,
            (
                Refutation(
                    "RCE takes the least likely class",
                    "reverse_cross_entropy.least_likely_class_is_not_best",
                    """
  apply (least_likely_class_is_not_best logarithm logarithm_increases). intros p q delta a K sure some classes.
  pose proof (claimed a sure K some p q delta classes) as fact. unfold classes_loss, mixed. match_sums fact. lra.""",
                    {"a": "1", "K": "1", "p": "1", "q": "1", "delta": "1/2"},
                ),
            ),
        ),
    ),
)

TIES = (MINIMIZER_TIE,)
