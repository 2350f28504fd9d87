"""Xu et al. 2025: gap and misfit for squared loss and for cross-entropy.

bv.gap-bound   squared loss: how far gap and misfit can be apart
bv.kl-entropy  cross-entropy: the misfit is the reverse cross-entropy less the student's entropy
"""

from __future__ import annotations

from sympy import Expr, IndexedBase, Sum, Symbol, exp, log, sqrt

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step, cited
from w2s_theory.claims.bias_variance.decompositions import (
    DISTANCE,
    GIVEN_STUDENT,
    RANDOM_POINTS,
    SQUARED_MISFIT,
    mean_given_student,
    posterior_mean,
    student,
    target,
    teacher,
)
from w2s_theory.claims.facts.inner_products import CAUCHY_SCHWARZ, FIRST_LENGTH, SECOND_LENGTH
from w2s_theory.claims.papers import BV
from w2s_theory.geometry.inner_products import SquaredNorm, inner
from w2s_theory.notation.symbols import Topic
from w2s_theory.relations import at_least, equal

letters = Topic(__name__)

SQUARED_GAP = SquaredNorm.of(target - teacher) - SquaredNorm.of(target - student)
TO_TARGET = SquaredNorm.of(target - student)
to_mean, to_target = student - posterior_mean, target - student
OVERLAP = letters.symbol("c", real=True)
overlap = equal(OVERLAP, inner(to_mean, to_target))
AVERAGED_TEACHER = equal(inner(teacher - posterior_mean, to_target), 0)
gap_bound = at_least(4 * DISTANCE * TO_TARGET, (SQUARED_GAP - SQUARED_MISFIT) ** 2)

GAP_BOUND = Claim(
    id="bv.gap-bound",
    title="Squared loss: |gap - misfit| is at most 2 (E |s - E[w|s]|^2 E |g - s|^2)^(1/2)",
    source=Source(BV, "gap and misfit for squared loss"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        Assumption("phi(x) = |x|^2, D(x, y) = |x - y|^2"),
        RANDOM_POINTS,
        GIVEN_STUDENT,
        mean_given_student(AVERAGED_TEACHER),
        Assumption("||x||^2 is E |x|^2; c the overlap <s - w_mean(s), g - s>", (overlap,)),
    ),
    states=(Part("bound", gap_bound),),
    derivation=(
        Step(
            "The gap is the misfit plus twice the overlap c of s - w_mean(s) and g - s (bv.gap-dual with phi(x) = |x|^2).",
            equal(SQUARED_GAP - SQUARED_MISFIT, 2 * OVERLAP),
            Rule.IDENTITY,
            given=(overlap, AVERAGED_TEACHER),
        ),
        Step(
            "By Cauchy-Schwarz the overlap's square is at most the product of the squared lengths.",
            gap_bound,
            Rule.NONNEGATIVE,
            given=(
                overlap,
                AVERAGED_TEACHER,
                cited(
                    CAUCHY_SCHWARZ,
                    "squared",
                    {FIRST_LENGTH: sqrt(DISTANCE), SECOND_LENGTH: sqrt(TO_TARGET)},
                    {"u": to_mean, "v": to_target},
                ),
            ),
            certificate=(4 * (DISTANCE * TO_TARGET - inner(to_mean, to_target) ** 2),),
        ),
    ),
    remarks=("Equality holds where s - w_mean(s) and g - s are proportional.",),
)

LABEL, OTHER_LABEL, TEACHER_NUMBER = letters.symbols("k", "l", "j", integer=True, positive=True)
LABELS, TEACHERS = (
    letters.symbol("K", integer=True, positive=True),
    letters.symbol("J", integer=True, positive=True),
)
TARGET_CLASS, STUDENT_CLASS, TEACHER_CLASS = (letters.indexed(name, positive=True) for name in "gsw")
WEIGHT = letters.indexed("p", positive=True)
NORMALIZER = letters.symbol("Z", positive=True)
x, y = letters.symbol("x", positive=True), letters.symbol("y", positive=True)


def kullback_leibler(first: IndexedBase, second: IndexedBase) -> Expr:
    """Return KL(first || second) over K classes."""
    return Sum(first[LABEL] * log(first[LABEL] / second[LABEL]), (LABEL, 1, LABELS))


def cross_entropy(first: IndexedBase, second: IndexedBase) -> Expr:
    """Return - sum over K classes of first times the logarithm of second; the entropy where both are the same."""
    return -Sum(first[LABEL] * log(second[LABEL]), (LABEL, 1, LABELS))


def geometric_mean(label: Symbol) -> Expr:
    """Return the probability that the normalized geometric mean of J teachers gives to a class."""
    return (
        exp(
            Sum(
                WEIGHT[TEACHER_NUMBER] * log(TEACHER_CLASS[TEACHER_NUMBER, label]),
                (TEACHER_NUMBER, 1, TEACHERS),
            )
        )
        / NORMALIZER
    )


CE_TEACHER, CE_STUDENT = (cross_entropy(TARGET_CLASS, other) for other in (TEACHER_CLASS, STUDENT_CLASS))
REVERSE_CROSS_ENTROPY = cross_entropy(STUDENT_CLASS, TEACHER_CLASS)
ENTROPY = cross_entropy(STUDENT_CLASS, STUDENT_CLASS)
entropy_form = equal(kullback_leibler(STUDENT_CLASS, TEACHER_CLASS), REVERSE_CROSS_ENTROPY - ENTROPY)
cross_entropy_gap = equal(
    kullback_leibler(TARGET_CLASS, TEACHER_CLASS) - kullback_leibler(TARGET_CLASS, STUDENT_CLASS),
    CE_TEACHER - CE_STUDENT,
)
MEAN_LOG_RATIO = Sum(
    WEIGHT[TEACHER_NUMBER]
    * log(TEACHER_CLASS[TEACHER_NUMBER, LABEL] / TEACHER_CLASS[TEACHER_NUMBER, OTHER_LABEL]),
    (TEACHER_NUMBER, 1, TEACHERS),
)
log_ratio = equal(log(geometric_mean(LABEL)) - log(geometric_mean(OTHER_LABEL)), MEAN_LOG_RATIO)

KL_ENTROPY = Claim(
    id="bv.kl-entropy",
    title="Cross-entropy: the misfit is the reverse cross-entropy less the student's entropy",
    source=Source(BV, "the misfit of probabilities, and the remark on the student's entropy"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        Assumption(
            "phi(x) = sum_k x_k log x_k on probability vectors of K classes, so that D(x, y) is KL(x || y)"
        ),
        Assumption(
            "g_k, s_k and w_k > 0; where one is 0, 0 log 0 = 0, and log 0 in the second argument makes both sides infinite"
        ),
        Assumption("J teachers w_j with weights p_j that sum to 1; Z normalizes their geometric mean"),
    ),
    states=(
        Part("entropy", entropy_form),
        Part("gap", cross_entropy_gap),
        Part("dual-mean", log_ratio),
    ),
    derivation=(
        Step(
            "In each class phi(x) = x log x gives x log(x/y) - x + y; on probability vectors the last two terms sum to 0.",
            equal(x * log(x) - y * log(y) - (1 + log(y)) * (x - y), x * log(x / y) - x + y),
            Rule.IDENTITY,
        ),
        Step(
            "The misfit KL(s || w) is the reverse cross-entropy - sum_k s_k log w_k less the entropy of s.",
            entropy_form,
            Rule.IDENTITY,
        ),
        Step(
            "The target's entropy cancels: the gap of the divergences is that of the cross-entropies.",
            cross_entropy_gap,
            Rule.IDENTITY,
        ),
        Step(
            "The dual mean: log-odds of the normalized geometric mean are the teachers' mean log-odds.",
            log_ratio,
            Rule.IDENTITY,
        ),
    ),
    remarks=(
        "At a given reverse cross-entropy a student of lower entropy has the larger misfit, and so the larger gap where "
        "bv.posterior-mean applies.",
        "KL in bv.gap-primal: the mean of the teachers is the arithmetic one.",
    ),
)

CLAIMS = (GAP_BOUND, KL_ENTROPY)
