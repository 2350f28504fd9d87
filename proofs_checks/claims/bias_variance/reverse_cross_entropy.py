"""Checks and falsifiers for the gradients and the minimizers of cross-entropy and of its reverse."""

from __future__ import annotations

from sympy import Rational, log

from proofs_checks.claims.shared_checks import derivation, register_derivations
from proofs_checks.drawn.soft_label_students import relations_at_drawn_labels
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.algebra import conjuncts
from proofs_checks.methods.enclosure import cover
from proofs_checks.methods.logarithms import decide_class_by_class
from proofs_checks.registry import Context, check, falsify
from w2s_theory.claim import Claim
from w2s_theory.claims.bias_variance.reverse_cross_entropy import (
    CERTAINTY,
    CLAIMS,
    CLASS,
    CLASSES,
    DIRECT_DESCENT,
    DIRECT_SLOPE,
    GRADIENT,
    LABEL,
    LABELS,
    LARGEST_LABEL,
    MINIMIZER,
    MIXED,
    MIXED_LABEL,
    REVERSE_SLOPE,
    REVERSE_SLOPES,
    SHORTFALL,
    STUDENT,
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
from w2s_theory.relations import at_least, equal

register_derivations(CLAIMS)

DRAWN = "Hypothesis over labels, students and certainties, in ball arithmetic"
SETTING = (LABEL >= Rational(1, 2), LABEL <= 1, CERTAINTY <= 1, STUDENT < 1, CLASSES >= 2)
MIXED_SETTING = (MIXED_LABEL >= Rational(1, 2), MIXED_LABEL < 1, equal(MIXED_LABEL, MIXED))

for claim in CLAIMS:
    check(claim, Tier.PROPERTY, DRAWN)(relations_at_drawn_labels)


@check(MINIMIZER, Tier.DECISION, "z3, logarithms known by their order alone")
def order_of_logarithms(claim: Claim, context: Context) -> Finding:
    """Decide every part with log an unknown increasing function and exp one above its tangent."""
    domain = "; ".join(claim.assumptions)
    return decide_class_by_class(
        conjuncts(claim.statement), (*SETTING, *MIXED_SETTING), domain, context.seconds
    )


FARTHEST_STUDENT, LEAST_LABEL, LARGEST_COVERED = Rational(9, 10), Rational(51, 100), Rational(99, 100)


@check(MINIMIZER, Tier.ENCLOSURE, "branch and bound in ball arithmetic (Arb)")
def reverse_on_a_box(claim: Claim, context: Context) -> Finding:
    """Certify that RCE of two classes exceeds its value at the first class, on a box of students and labels."""
    (part,) = (
        part
        for part in conjuncts(claim.statement)
        if part.free_symbols == {STUDENT, MIXED_LABEL} and part.has(log) and part.rel_op == ">="
    )
    box = {
        STUDENT: (Rational(0), FARTHEST_STUDENT),
        MIXED_LABEL: (LEAST_LABEL, LARGEST_COVERED),
    }
    found = cover(part.lhs - part.rhs, box, strict=True, seconds=context.seconds)
    domain = f"0 <= p <= {FARTHEST_STUDENT}, {LEAST_LABEL} <= q_a <= {LARGEST_COVERED}"
    if found.point is not None:
        witness = {str(symbol): str(value) for symbol, value in found.point.items()}
        return Finding(Verdict.REFUTED, f"false: {part}", domain, witness)
    if not found.certified:
        return Finding(Verdict.UNDECIDED, f"not covered by {found.boxes} boxes", domain)
    return Finding(
        Verdict.CERTIFIED,
        f"strict on {found.boxes} boxes",
        domain,
        covers="RCE of two classes away from ties",
    )


GRADIENT_CHECKS = (derivation, relations_at_drawn_labels)
falsify(
    GRADIENT, "RCE pushes away from the label", GRADIENT_CHECKS, replacing={REVERSE_SLOPE: -REVERSE_SLOPE}
)
falsify(GRADIENT, "CE with its sign turned", GRADIENT_CHECKS, replacing={DIRECT_SLOPE: -DIRECT_SLOPE})
falsify(
    GRADIENT,
    "RCE without the factor 1 - p",
    GRADIENT_CHECKS,
    replacing={REVERSE_SLOPE: -p * log_odds(LABEL)},
)
falsify(
    GRADIENT,
    "K classes: the mean of log q over all classes alike",
    (relations_at_drawn_labels,),
    replacing={
        REVERSE_SLOPES: -share(CLASSES) * (log(LABELS[CLASSES]) - over_classes(log(LABELS[CLASS])) / CLASSES)
    },
)
falsify(
    GRADIENT,
    "K classes: p_K - 1 instead of p_K - q_K",
    (relations_at_drawn_labels,),
    replacing={direct_gradients.rhs: direct_gradients.rhs + last_label - 1},
)

MINIMIZER_CHECKS = (derivation, order_of_logarithms, relations_at_drawn_labels)
falsify(
    MINIMIZER,
    "RCE is least at the label itself",
    (*MINIMIZER_CHECKS, reverse_on_a_box),
    replacing={
        reverse_minimum: at_least(
            reverse_cross_entropy(chosen, mixed_teacher), reverse_cross_entropy(mixed_teacher, mixed_teacher)
        )
    },
)
falsify(
    MINIMIZER,
    "CE takes the most likely class as well",
    MINIMIZER_CHECKS,
    replacing={DIRECT_DESCENT: DIRECT_DESCENT.subs(MIXED_LABEL, 1)},
)
falsify(
    MINIMIZER,
    "RCE takes the least likely class",
    (order_of_logarithms, relations_at_drawn_labels),
    replacing={LARGEST_LABEL: uncertain(LABELS[CLASS] - SHORTFALL[CLASS])},
)
falsify(MINIMIZER, "mixing with the labels swapped", (order_of_logarithms,), replacing={MIXED: 1 - MIXED})
