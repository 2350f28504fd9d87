"""Checks, falsifiers and tie for the gradients and the minimizers of cross-entropy and of its reverse.

Claims: bv.rce-gradient, bv.rce-minimizer.
"""

from __future__ import annotations

from sympy import Rational, log

from proofs_checks.claims.shared_checks import register_derivation
from proofs_checks.drawn.soft_label_students import relations_at_drawn_labels
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.enclosure import cover
from proofs_checks.methods.logarithms import decide_class_by_class
from proofs_checks.registry import Context, check, falsifiers_of, wrong
from proofs_checks.rocq.ties import Open, Proved, Refutation, Tie, by_name
from w2s_theory.claim import Claim
from w2s_theory.claims.bias_variance.reverse_cross_entropy import (
    CERTAINTY,
    CLASS,
    CLASSES,
    DIRECT_DESCENT,
    DIRECT_SLOPE,
    GRADIENT,
    LABEL,
    LABELS,
    LARGEST_LABEL,
    LOG_RATIO,
    MINIMIZER,
    MIXED,
    MIXED_LABEL,
    MIXED_LABELS,
    REVERSE_SLOPE,
    REVERSE_SLOPES,
    SHORTFALL,
    STUDENT,
    STUDENTS,
    chosen,
    direct_gradients,
    last_label,
    mixed_teacher,
    over_classes,
    p,
    reverse_minimum,
    share,
    uncertain,
)
from w2s_theory.divergences.losses import log_odds, reverse_cross_entropy
from w2s_theory.relations import as_text, at_least, equal, margin

RCE_PUSHES_AWAY = wrong(
    GRADIENT,
    "RCE pushes away from the label",
    part="reverse",
    replacing={REVERSE_SLOPE: -REVERSE_SLOPE},
)
CE_NEGATED = wrong(
    GRADIENT,
    "CE with its sign turned",
    part="direct",
    replacing={DIRECT_SLOPE: -DIRECT_SLOPE},
)
NO_FACTOR = wrong(
    GRADIENT,
    "RCE without the factor 1 - p",
    part="reverse",
    replacing={REVERSE_SLOPE: -p * log_odds(LABEL)},
)
ALL_CLASSES_ALIKE = wrong(
    GRADIENT,
    "K classes: the mean of log q over all classes alike",
    part="reverse-many",
    replacing={
        REVERSE_SLOPES: -share(CLASSES) * (log(LABELS[CLASSES]) - over_classes(log(LABELS[CLASS])) / CLASSES)
    },
)
LABEL_TAKEN_FOR_1 = wrong(
    GRADIENT,
    "K classes: p_K - 1 instead of p_K - q_K",
    part="direct-many",
    replacing={direct_gradients.rhs: direct_gradients.rhs + last_label - 1},
)
LEAST_AT_LABEL = wrong(
    MINIMIZER,
    "RCE is least at the label itself",
    part="reverse",
    replacing={
        reverse_minimum: at_least(
            reverse_cross_entropy(chosen, mixed_teacher), reverse_cross_entropy(mixed_teacher, mixed_teacher)
        )
    },
)
CE_TAKES_LIKELIEST = wrong(
    MINIMIZER,
    "CE takes the most likely class as well",
    part="direct",
    replacing={DIRECT_DESCENT: DIRECT_DESCENT.subs(MIXED_LABEL, 1)},
)
RCE_TAKES_LEAST_LIKELY = wrong(
    MINIMIZER,
    "RCE takes the least likely class",
    part="reverse-many",
    replacing={LARGEST_LABEL: uncertain(LABELS[CLASS] - SHORTFALL[CLASS])},
)
LABELS_SWAPPED = wrong(
    MINIMIZER,
    "mixing with the labels swapped",
    part=("mixed-leads", "mixed-is-probability"),
    replacing={MIXED: 1 - MIXED},
)

register_derivation(GRADIENT, rejects=(RCE_PUSHES_AWAY, CE_NEGATED, NO_FACTOR))
register_derivation(MINIMIZER, rejects=(LEAST_AT_LABEL, CE_TAKES_LIKELIEST))

DRAWN = "Hypothesis over labels, students and certainties, in ball arithmetic"
SETTING = (LABEL >= Rational(1, 2), LABEL <= 1, CERTAINTY <= 1, STUDENT < 1, CLASSES >= 2)
MIXED_SETTING = (MIXED_LABEL >= Rational(1, 2), MIXED_LABEL < 1, equal(MIXED_LABEL, MIXED))

check(GRADIENT, Tier.PROPERTY, DRAWN, rejects=falsifiers_of(GRADIENT.id))(relations_at_drawn_labels)
check(MINIMIZER, Tier.PROPERTY, DRAWN, rejects=(LEAST_AT_LABEL, CE_TAKES_LIKELIEST, RCE_TAKES_LEAST_LIKELY))(
    relations_at_drawn_labels
)


@check(
    MINIMIZER,
    Tier.DECISION,
    "z3, logarithms known by their order alone",
    rejects=(LEAST_AT_LABEL, CE_TAKES_LIKELIEST, RCE_TAKES_LEAST_LIKELY, LABELS_SWAPPED),
)
def order_of_logarithms(claim: Claim, context: Context) -> Finding:
    """Decide every part with log an unknown increasing function and exp one above its tangent."""
    domain = claim.domain
    return decide_class_by_class(claim.relations, (*SETTING, *MIXED_SETTING), domain, context.seconds)


FARTHEST_STUDENT, LEAST_LABEL, LARGEST_COVERED = Rational(9, 10), Rational(51, 100), Rational(99, 100)


@check(MINIMIZER, Tier.ENCLOSURE, "branch and bound in ball arithmetic (Arb)", rejects=(LEAST_AT_LABEL,))
def reverse_on_a_box(claim: Claim, context: Context) -> Finding:
    """Certify that RCE of two classes exceeds its value at the first class, on a box of students and labels."""
    part = claim.relation("reverse")
    box = {
        STUDENT: (Rational(0), FARTHEST_STUDENT),
        MIXED_LABEL: (LEAST_LABEL, LARGEST_COVERED),
    }
    found = cover(margin(part), box, strict=True, seconds=context.seconds)
    domain = f"0 <= p <= {FARTHEST_STUDENT}, {LEAST_LABEL} <= q_a <= {LARGEST_COVERED}"
    if found.point is not None:
        witness = {str(symbol): str(value) for symbol, value in found.point.items()}
        return Finding(Verdict.REFUTED, f"false: {as_text(part)}", domain, witness)
    if not found.certified:
        return Finding(Verdict.UNDECIDED, f"not covered by {found.boxes} boxes", domain)
    return Finding(
        Verdict.CERTIFIED,
        f"strict on {found.boxes} boxes",
        domain,
        covers="RCE of two classes away from ties",
        parts=claim.ids("reverse"),
    )


# Tie of bv.rce-minimizer to theories/claims/bias_variance/reverse_cross_entropy.v. The derivative of
# cross-entropy is left open.
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
    parts={
        "mixed-leads": Proved(
            "bias_variance.reverse_cross_entropy.bv_rce_minimizer_mixed_label_leads",
            TWO_CLASSES,
            (
                Refutation(
                    LABELS_SWAPPED,
                    "bias_variance.reverse_cross_entropy.not_bv_rce_minimizer_mixed_with_labels_swapped",
                    {"a": "1", "q": "3/4"},
                ),
            ),
        ),
        "mixed-is-probability": Proved(
            "bias_variance.reverse_cross_entropy.bv_rce_minimizer_mixed_label_at_most_one", TWO_CLASSES
        ),
        "direct": Open("the slope of cross-entropy for two classes"),
        "reverse": Proved(
            "bias_variance.reverse_cross_entropy.bv_rce_minimizer_first_class_is_best",
            TWO_CLASSES,
            (
                Refutation(
                    LEAST_AT_LABEL,
                    "bias_variance.reverse_cross_entropy.not_bv_rce_minimizer_least_at_the_label",
                    {"a": "1", "p": "1", "q_a": "3/4"},
                ),
            ),
        ),
        "direct-many": Proved(
            "bias_variance.reverse_cross_entropy.bv_rce_minimizer_label_is_best",
            LABELLED_CLASSES,
            (
                Refutation(
                    wrong(
                        MINIMIZER,
                        "cross-entropy above its least value by the sum of the labels",
                        part="direct-many",
                        replacing={SUM_OF_LABELS: 2 * SUM_OF_LABELS},
                    ),
                    "bias_variance.reverse_cross_entropy.not_bv_rce_minimizer_labels_counted_twice",
                    {"K": "1", "q": "1", "w": "0"},
                ),
            ),
        ),
        "reverse-many": Proved(
            "bias_variance.reverse_cross_entropy.bv_rce_minimizer_most_likely_class_is_best",
            SEVERAL,
            (
                Refutation(
                    RCE_TAKES_LEAST_LIKELY,
                    "bias_variance.reverse_cross_entropy.not_bv_rce_minimizer_least_likely_class_is_best",
                    {"a": "1", "K": "1", "p": "1", "q": "1", "delta": "1/2"},
                ),
            ),
        ),
    },
)

TIES = (MINIMIZER_TIE,)
