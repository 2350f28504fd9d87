"""Xu et al. 2025: reverse cross-entropy, its gradient and its minimizers.

bv.rce-gradient   gradients in the logits, for two classes and for K
bv.rce-minimizer  cross-entropy copies the teacher's label, its reverse takes the most likely class
"""

from __future__ import annotations

from sympy import (
    Derivative,
    Expr,
    Integer,
    Integral,
    Rational,
    Sum,
    exp,
    log,
)

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.papers import BV
from w2s_theory.divergences.losses import (
    cross_entropy,
    log_odds,
    mix_with_uniform,
    reverse_cross_entropy,
    sigmoid,
    two_classes,
)
from w2s_theory.notation.symbols import Topic
from w2s_theory.relations import at_least, equal

letters = Topic(__name__)

LOGIT = letters.symbol("z", real=True)
STUDENT, LABEL, CERTAINTY = letters.symbols("p", "q", "a", positive=True)
"""The student's probability of the first of two classes, the teacher's, and the teacher's certainty."""
CLASSES, CLASS, OTHER = letters.symbols("K", "k", "j", integer=True, positive=True)
LOGITS = letters.indexed("z", real=True)
STUDENTS, LABELS = (letters.indexed(name, positive=True) for name in ("p", "q"))
SHORTFALL = letters.indexed("delta", nonnegative=True)
"""How far each label falls short of the largest one, so that q_k + delta_k is the same for all classes."""
MIXED_LABEL, MIXED_LABELS = letters.symbol("q_a", positive=True), letters.indexed("q_a", positive=True)
"""q_a of the first of two classes, and of each of K."""
LOG_RATIO = letters.indexed("w", real=True, nonzero=True)
"""w_k = log(p_k/q_{a,k}), where it is not 0."""
r, s = letters.symbol("r", nonnegative=True), letters.symbol("s", nonnegative=True)

TWO_CLASSES = Assumption("two classes: student p = 1/(1 + exp(-z)), teacher's label q, with 0 < q < 1")
MANY_CLASSES = Assumption(
    "K classes: student p = softmax(z), teacher's label q with all q_k > 0; sums over p and over q are 1"
)
UNCERTAIN = Assumption(
    "predictive uncertainty: label q_a = a q + (1 - a)/K with certainty a in (0, 1]",
    (at_least(1, CERTAINTY),),
)
NO_ZEROS = Assumption(
    "a label 0 or 1, possible at a = 1 only, is the limit: RCE is then infinite unless the student agrees"
)


def over_classes(term: Expr) -> Sum:
    """Return the sum of `term`, a function of the class k, over all K classes."""
    return Sum(term, (CLASS, 1, CLASSES))


def share(number: Expr) -> Expr:
    """Return the student's probability of a class, softmax of the logits."""
    return exp(LOGITS[number]) / Sum(exp(LOGITS[OTHER]), (OTHER, 1, CLASSES))


def uncertain(label: Expr) -> Expr:
    """Return a q + (1 - a)/K for one of K classes."""
    return CERTAINTY * label + (1 - CERTAINTY) / CLASSES


student, teacher = two_classes(sigmoid(LOGIT)), two_classes(LABEL)
p = student[0]
last_label = 1 - Sum(LABELS[CLASS], (CLASS, 1, CLASSES - 1))
DIRECT_SLOPE = p - LABEL
REVERSE_SLOPE = -p * (1 - p) * log_odds(LABEL)
DIRECT_SLOPES = share(CLASSES) - last_label
REVERSE_SLOPES = -share(CLASSES) * (log(LABELS[CLASSES]) - over_classes(share(CLASS) * log(LABELS[CLASS])))

direct_gradient = equal(Derivative(cross_entropy(student, teacher), LOGIT), DIRECT_SLOPE)
reverse_gradient = equal(Derivative(reverse_cross_entropy(student, teacher), LOGIT), REVERSE_SLOPE)
direct_gradients = equal(
    Derivative(
        -Sum(LABELS[CLASS] * log(share(CLASS)), (CLASS, 1, CLASSES - 1)) - last_label * log(share(CLASSES)),
        LOGITS[CLASSES],
    ),
    DIRECT_SLOPES,
)
reverse_gradients = equal(
    Derivative(-over_classes(share(CLASS) * log(LABELS[CLASS])), LOGITS[CLASSES]), REVERSE_SLOPES
)

GRADIENT = Claim(
    id="bv.rce-gradient",
    title="Gradients of cross-entropy and of its reverse in the logits",
    source=Source(BV, "the reverse cross-entropy loss"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        TWO_CLASSES,
        MANY_CLASSES,
        Assumption(
            "the logit is that of class K, which may be any of them; CE = -sum q_k log p_k, RCE = -sum p_k log q_k"
        ),
    ),
    states=(
        Part("direct", direct_gradient),
        Part("reverse", reverse_gradient),
        Part("direct-many", direct_gradients),
        Part("reverse-many", reverse_gradients),
    ),
    derivation=(
        Step(
            "The student's probability grows by p (1 - p).",
            equal(Derivative(p, LOGIT), p * (1 - p)),
            Rule.IDENTITY,
        ),
        Step("CE pulls the student to the label.", direct_gradient, Rule.IDENTITY),
        Step(
            "RCE pulls it by the log-odds of the label, and lets go where the student is sure.",
            reverse_gradient,
            Rule.IDENTITY,
        ),
        Step("K classes: CE again, for the label 1 - sum of the others.", direct_gradients, Rule.IDENTITY),
        Step(
            "K classes: RCE compares log q_K with its mean under the student.",
            reverse_gradients,
            Rule.IDENTITY,
        ),
    ),
    remarks=(
        "The symmetric loss b_1 CE + b_2 RCE has the sum of both gradients.",
        "The confidence-adaptive loss is CE where max q - 1/K reaches a threshold and RCE elsewhere: its gradient is "
        "one of these two.",
    ),
)

MIXED = mix_with_uniform(two_classes(LABEL), CERTAINTY)[0]
"""a q + (1 - a)/2."""
mixed_teacher = two_classes(MIXED_LABEL)
chosen = two_classes(STUDENT)
FIRST_CLASS = (Integer(1), Integer(0))
lead = 2 * MIXED_LABEL - 1
"""By how much the first label exceeds the second."""
log_odds_integral = Integral(lead / ((1 - MIXED_LABEL) * (1 + s * lead / (1 - MIXED_LABEL))), (s, 0, 1))
LIKELY_FIRST = Assumption(
    "two classes: 1/2 <= q <= 1, so that the first is the most likely (else they swap names); q_a < 1",
    (at_least(LABEL, Rational(1, 2)), at_least(1, LABEL)),
)
MIXED_FIRST = Assumption("q_a of the first of two classes is a q + (1 - a)/2", (equal(MIXED_LABEL, MIXED),))

mixed_leads, mixed_is_probability = at_least(MIXED, Rational(1, 2)), at_least(1, MIXED)
MIXED_LABEL_STEPS = (
    Step(
        "Mixing keeps the first class the more likely one.",
        mixed_leads,
        Rule.NONNEGATIVE,
        given=(at_least(LABEL, Rational(1, 2)),),
        certificate=(CERTAINTY * (LABEL - Rational(1, 2)),),
    ),
    Step(
        "And its label a probability.",
        mixed_is_probability,
        Rule.NONNEGATIVE,
        given=(at_least(1, LABEL), at_least(1, CERTAINTY)),
        certificate=(CERTAINTY * (1 - LABEL), (1 - CERTAINTY) / 2),
    ),
)
label_in_half = (at_least(MIXED_LABEL, Rational(1, 2)), at_least(1, MIXED_LABEL))
LABEL_IN_HALF_STEPS = tuple(
    Step("That label is q_a.", bound, Rule.CHAIN, given=MIXED_FIRST.says) for bound in label_in_half
)


DIRECT_DESCENT = (STUDENT - MIXED_LABEL) / (STUDENT * (1 - STUDENT))
direct_minimum = equal(Derivative(cross_entropy(chosen, mixed_teacher), STUDENT), DIRECT_DESCENT)
reverse_minimum = at_least(
    reverse_cross_entropy(chosen, mixed_teacher), reverse_cross_entropy(FIRST_CLASS, mixed_teacher)
)
label = uncertain(LABELS[CLASS])
LARGEST_LABEL = uncertain(LABELS[CLASS] + SHORTFALL[CLASS])
"""The largest label, which is this number for every class."""
mixed_label, log_ratio = MIXED_LABELS[CLASS], LOG_RATIO[CLASS]
direct_minima = at_least(
    over_classes(mixed_label * exp(log_ratio)) - over_classes(mixed_label * (log(mixed_label) + log_ratio)),
    over_classes(mixed_label) - over_classes(mixed_label * log(mixed_label)),
)
REVERSE_MINIMUM = -over_classes(STUDENTS[CLASS] * log(LARGEST_LABEL))
"""RCE of the one-hot of a most likely class, as the student's probabilities sum to 1."""
reverse_minima = at_least(-over_classes(STUDENTS[CLASS] * log(label)), REVERSE_MINIMUM)

MINIMIZER = Claim(
    id="bv.rce-minimizer",
    title="Cross-entropy copies the teacher's label, its reverse takes the most likely class",
    source=Source(BV, "reverse cross-entropy is less sensitive to the teacher's predictive uncertainty"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        UNCERTAIN,
        LIKELY_FIRST,
        MIXED_FIRST,
        Assumption("p any distribution over the classes", (at_least(1, STUDENT),)),
        Assumption(
            "K classes, CE: p_k = q_{a,k} exp(w_k), where a class with w_k = 0 adds nothing to the difference; "
            "the sums of p "
            "and of q_a without a logarithm are 1"
        ),
        Assumption("K classes, RCE: q_k + delta_k is the largest label, the same number for every k"),
        NO_ZEROS,
    ),
    states=(
        Part("mixed-leads", mixed_leads),
        Part("mixed-is-probability", mixed_is_probability),
        Part("direct", direct_minimum),
        Part("reverse", reverse_minimum),
        Part("direct-many", direct_minima),
        Part("reverse-many", reverse_minima),
    ),
    derivation=(
        *MIXED_LABEL_STEPS,
        *LABEL_IN_HALF_STEPS,
        Step(
            "CE falls until p = q_a and rises from there: the label itself is best, and nothing else.",
            direct_minimum,
            Rule.IDENTITY,
        ),
        Step(
            "RCE is linear in p: it exceeds its value at the first class by the weight put on the second, times the "
            "log-odds.",
            equal(
                reverse_cross_entropy(chosen, mixed_teacher)
                - reverse_cross_entropy(FIRST_CLASS, mixed_teacher),
                (1 - STUDENT) * log_odds(MIXED_LABEL),
            ),
            Rule.IDENTITY,
        ),
        Step(
            "So the first class is best at every certainty a; at q = 1/2 all students are as good.",
            reverse_minimum,
            Rule.NONNEGATIVE,
            given=(at_least(1, STUDENT), *label_in_half),
            certificate=((1 - STUDENT) * log_odds_integral,),
        ),
        Step(
            "K classes: CE exceeds its value at p = q_a by the sum of q_a (exp(w) - 1 - w), which is 0 where all w are.",
            direct_minima,
            Rule.NONNEGATIVE,
            certificate=(
                over_classes(
                    mixed_label * log_ratio**2 * Integral(Integral(exp(s * log_ratio), (s, 0, r)), (r, 0, 1))
                ),
            ),
        ),
        Step(
            "K classes: weight on class k costs log(1 + a delta_k/q_{a,k}), nothing on the most likely classes and more "
            "than nothing on all others.",
            reverse_minima,
            Rule.NONNEGATIVE,
            given=(at_least(1, CERTAINTY),),
            certificate=(
                over_classes(
                    STUDENTS[CLASS] * Integral(1 / (label + s), (s, 0, CERTAINTY * SHORTFALL[CLASS]))
                ),
            ),
        ),
    ),
    remarks=(
        "Published: less sensitive. Reconstructed: the minimizers, and that RCE's does not depend on a.",
        "Where several classes share the largest label, RCE is least on the whole face of distributions over them, "
        "again at every a.",
    ),
)

CLAIMS = (GRADIENT, MINIMIZER)
