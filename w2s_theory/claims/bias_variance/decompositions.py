"""Xu et al. 2025: what the student gains is its misfit to the teacher, up to a term that a posterior mean removes.

bv.three-point     the three-point identity of a Bregman divergence
bv.gap-dual        the gap of the risks E D(g, .), by the dual mean of the teacher given the student
bv.gap-primal      the gap of the risks E D(., g), by the mean of the teacher given the student
bv.posterior-mean  the gap is the misfit where the student is its posterior-mean teacher
bv.bias-variance   the generalized decomposition into bias and variance
bv.misfit-split    the misfit is the distance from the posterior mean plus the teacher's spread around it
"""

from __future__ import annotations

from sympy import Eq

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.papers import BV
from w2s_theory.divergences.formal import (
    DUAL_MEAN,
    MEAN,
    POSTERIOR_DUAL_MEAN,
    POSTERIOR_MEAN,
    STUDENT,
    TARGET,
    TEACHER,
    Divergence,
    Mismatch,
    Term,
    dual_split,
    primal_split,
)
from w2s_theory.geometry.inner_products import SquaredNorm, Vector, inner
from w2s_theory.relations import equal

RANDOM_POINTS = Assumption(
    "g, s and w are the target, the student and the teacher, random with any joint law with finite expectations; "
    "<x, y> is the inner product of random vectors, E x^T y"
)
GIVEN_STUDENT = Assumption("conditional means are taken given the input and s; the input fixes g")


def definitions(*terms: Term) -> tuple[Eq, ...]:
    """Return the definitions of the symbols that stand for these divergences and inner products."""
    return tuple(term.definition for term in terms)


def generator(*relations: Eq) -> Assumption:
    """Return what defines divergences, with the definitions of those that a derivation uses."""
    return Assumption(
        "D(x, y) = phi(x) - phi(y) - <grad phi(y), x - y> with a differentiable generator phi, in any real "
        "inner-product space",
        tuple(dict.fromkeys(relations)),
    )


def mean_given_student(*relations: Eq) -> Assumption:
    """Return what the conditional mean is, with the inner products that it makes 0."""
    return Assumption(
        "w_mean(s) = E[w|s], so that w - w_mean(s) has inner product 0 with what s and the input fix",
        relations,
    )


def dual_given_student(*relations: Eq) -> Assumption:
    """Return what the conditional dual mean is, with the inner products that it makes 0."""
    return Assumption(
        "w_dual(s) is the dual mean of w given s, grad phi(w_dual(s)) = E[grad phi(w)|s] along differences of points, so "
        "that grad phi(w) - grad phi(w_dual(s)) has inner product 0 with differences that s and the input fix",
        relations,
    )


pointwise = tuple(
    Divergence(*pair, expected=False) for pair in ((TARGET, TEACHER), (TARGET, STUDENT), (STUDENT, TEACHER))
)
SLOPE_MISMATCH = Mismatch((STUDENT, TEACHER), (TARGET, STUDENT))
three_point = equal(pointwise[0].symbol, pointwise[1].symbol + pointwise[2].symbol + SLOPE_MISMATCH.symbol)

THREE_POINT = Claim(
    id="bv.three-point",
    title="The three-point identity of a Bregman divergence",
    source=Source(BV, "the identity behind the decompositions of the risk gap"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(generator(*definitions(*pointwise, SLOPE_MISMATCH)),),
    states=(Part("identity", three_point),),
    derivation=(
        Step(
            "Insert the definition of each divergence: all values of phi cancel, and the slopes are left.",
            three_point,
            Rule.IDENTITY,
            given=definitions(*pointwise, SLOPE_MISMATCH),
        ),
    ),
)

TEACHER_RISK, STUDENT_RISK, MISFIT = (
    Divergence(*pair) for pair in ((TARGET, TEACHER), (TARGET, STUDENT), (STUDENT, TEACHER))
)
DUAL_MISMATCH = Mismatch((STUDENT, POSTERIOR_DUAL_MEAN), (TARGET, STUDENT))
averaged_three_point = equal(TEACHER_RISK.symbol - STUDENT_RISK.symbol, MISFIT.symbol + SLOPE_MISMATCH.symbol)
gap_dual = equal(TEACHER_RISK.symbol - STUDENT_RISK.symbol, MISFIT.symbol + DUAL_MISMATCH.symbol)
teacher_by_its_dual_mean = equal(SLOPE_MISMATCH.symbol, DUAL_MISMATCH.symbol)
dual_averaged = Mismatch((TEACHER, POSTERIOR_DUAL_MEAN), (TARGET, STUDENT)).vanishes

GAP_DUAL = Claim(
    id="bv.gap-dual",
    title="The gap is the misfit plus what the student misses of its dual posterior mean",
    source=Source(BV, "decomposition of the risk gap, the model in the second argument"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        generator(*definitions(TEACHER_RISK, STUDENT_RISK, MISFIT, SLOPE_MISMATCH, DUAL_MISMATCH)),
        RANDOM_POINTS,
        GIVEN_STUDENT,
        dual_given_student(dual_averaged),
    ),
    states=(Part("gap", gap_dual),),
    derivation=(
        Step(
            "The three-point identity (bv.three-point), averaged.",
            averaged_three_point,
            Rule.IDENTITY,
            given=definitions(TEACHER_RISK, STUDENT_RISK, MISFIT, SLOPE_MISMATCH),
        ),
        Step(
            "Given s the direction g - s is fixed, so grad phi(w) may be averaged first: that is the dual mean.",
            teacher_by_its_dual_mean,
            Rule.IDENTITY,
            given=(
                *definitions(SLOPE_MISMATCH, DUAL_MISMATCH),
                dual_averaged,
            ),
        ),
        Step(
            "Both together.", gap_dual, Rule.IDENTITY, given=(averaged_three_point, teacher_by_its_dual_mean)
        ),
    ),
    remarks=("The student may come from any class of functions, convex or not.",),
)

REVERSE_TEACHER_RISK, REVERSE_STUDENT_RISK, REVERSE_MISFIT = (
    Divergence(*pair) for pair in ((TEACHER, TARGET), (STUDENT, TARGET), (TEACHER, STUDENT))
)
DIRECTION_MISMATCH = Mismatch((STUDENT, TARGET), (TEACHER, STUDENT))
PRIMAL_MISMATCH = Mismatch((STUDENT, TARGET), (POSTERIOR_MEAN, STUDENT))
reverse_gap = REVERSE_TEACHER_RISK.symbol - REVERSE_STUDENT_RISK.symbol
averaged_reverse = equal(reverse_gap, REVERSE_MISFIT.symbol + DIRECTION_MISMATCH.symbol)
gap_primal = equal(reverse_gap, REVERSE_MISFIT.symbol + PRIMAL_MISMATCH.symbol)
teacher_by_its_mean = equal(DIRECTION_MISMATCH.symbol, PRIMAL_MISMATCH.symbol)
primal_averaged = Mismatch((STUDENT, TARGET), (TEACHER, POSTERIOR_MEAN)).vanishes

GAP_PRIMAL = Claim(
    id="bv.gap-primal",
    title="The gap of the reversed risks is the misfit plus what the student misses of its posterior mean",
    source=Source(BV, "decomposition of the risk gap, the model in the first argument"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        generator(
            *definitions(
                REVERSE_TEACHER_RISK,
                REVERSE_STUDENT_RISK,
                REVERSE_MISFIT,
                DIRECTION_MISMATCH,
                PRIMAL_MISMATCH,
            )
        ),
        RANDOM_POINTS,
        GIVEN_STUDENT,
        mean_given_student(primal_averaged),
    ),
    states=(Part("gap", gap_primal),),
    derivation=(
        Step(
            "The three-point identity (bv.three-point) from the teacher to the target by way of the student, averaged.",
            averaged_reverse,
            Rule.IDENTITY,
            given=definitions(REVERSE_TEACHER_RISK, REVERSE_STUDENT_RISK, REVERSE_MISFIT, DIRECTION_MISMATCH),
        ),
        Step(
            "Given s the gradients at s and g are fixed, so w may be averaged first: that is the mean.",
            teacher_by_its_mean,
            Rule.IDENTITY,
            given=(
                *definitions(DIRECTION_MISMATCH, PRIMAL_MISMATCH),
                primal_averaged,
            ),
        ),
        Step("Both together.", gap_primal, Rule.IDENTITY, given=(averaged_reverse, teacher_by_its_mean)),
    ),
    remarks=("The student may come from any class of functions, convex or not.",),
)


DUAL_STUDENT = dual_split(TARGET, POSTERIOR_DUAL_MEAN)
PRIMAL_STUDENT = primal_split(TARGET, POSTERIOR_MEAN)

POSTERIOR_MEAN_TEACHER = Claim(
    id="bv.posterior-mean",
    title="The gap is the misfit where the student is its posterior-mean teacher",
    source=Source(BV, "Theorem 3.1, an inequality with residuals, which these equalities imply"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        generator(*DUAL_STUDENT.definitions, *PRIMAL_STUDENT.definitions),
        RANDOM_POINTS,
        GIVEN_STUDENT,
        Assumption(
            "the student is w_dual(s) where it is the second argument, w_mean(s) where it is the first"
        ),
        mean_given_student(PRIMAL_STUDENT.averaged),
        dual_given_student(DUAL_STUDENT.averaged),
    ),
    states=(
        Part("dual", DUAL_STUDENT.as_gap),
        Part("primal", PRIMAL_STUDENT.as_gap),
    ),
    derivation=(
        Step(
            "In bv.gap-dual the student s = w_dual(s) leaves no mismatch of the gradients.",
            DUAL_STUDENT.as_gap,
            Rule.IDENTITY,
            given=DUAL_STUDENT.given,
        ),
        Step(
            "In bv.gap-primal the student s = w_mean(s) leaves no mismatch of the points.",
            PRIMAL_STUDENT.as_gap,
            Rule.IDENTITY,
            given=PRIMAL_STUDENT.given,
        ),
    ),
    remarks=(
        "A student with s = w_dual(s), or s = w_mean(s), is one that no function of its own output would bring "
        "closer to the teacher (bv.misfit-split).",
        "For squared loss both means are E[w|s].",
    ),
)

DUAL_TEACHER = dual_split(TARGET, DUAL_MEAN)
PRIMAL_TEACHER = primal_split(TARGET, MEAN)

BIAS_VARIANCE = Claim(
    id="bv.bias-variance",
    title="The generalized decomposition into bias and variance",
    source=Source(BV, "the generalized bias-variance decomposition"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        generator(*DUAL_TEACHER.definitions, *PRIMAL_TEACHER.definitions),
        RANDOM_POINTS,
        Assumption(
            "means are taken given the input, which fixes g: w_mean = E w, and w_dual is the dual mean, "
            "grad phi(w_dual) = E grad phi(w)",
            (DUAL_TEACHER.averaged, PRIMAL_TEACHER.averaged),
        ),
    ),
    states=(
        Part("dual", DUAL_TEACHER.as_sum),
        Part("primal", PRIMAL_TEACHER.as_sum),
    ),
    derivation=(
        Step(
            "The three-point identity by way of the dual mean: the cross term vanishes on average.",
            DUAL_TEACHER.as_sum,
            Rule.IDENTITY,
            given=DUAL_TEACHER.given,
        ),
        Step(
            "With the arguments exchanged, by way of the mean.",
            PRIMAL_TEACHER.as_sum,
            Rule.IDENTITY,
            given=PRIMAL_TEACHER.given,
        ),
    ),
    remarks=("For squared loss both are E |g - w|^2 = |g - E w|^2 + Var w.",),
)

DUAL_MISFIT = dual_split(STUDENT, POSTERIOR_DUAL_MEAN)
PRIMAL_MISFIT = primal_split(STUDENT, POSTERIOR_MEAN)

target, student, teacher, posterior_mean = map(Vector.named, (TARGET, STUDENT, TEACHER, POSTERIOR_MEAN))
SQUARED_MISFIT = SquaredNorm.of(student - teacher)
DISTANCE = SquaredNorm.of(student - posterior_mean)
SPREAD = SquaredNorm.of(teacher - posterior_mean)
squared_averaged = equal(inner(teacher - posterior_mean, student - posterior_mean), 0)
squared_split = equal(SQUARED_MISFIT, DISTANCE + SPREAD)

MISFIT_SPLIT = Claim(
    id="bv.misfit-split",
    title="The misfit is the student's distance from its posterior mean plus the teacher's spread around it",
    source=Source(BV, "the misfit by the generalized bias-variance decomposition"),
    provenance=Provenance.NEW,
    assumptions=(
        generator(*DUAL_MISFIT.definitions, *PRIMAL_MISFIT.definitions),
        RANDOM_POINTS,
        GIVEN_STUDENT,
        mean_given_student(PRIMAL_MISFIT.averaged, squared_averaged),
        dual_given_student(DUAL_MISFIT.averaged),
    ),
    states=(
        Part("dual", DUAL_MISFIT.as_sum),
        Part("primal", PRIMAL_MISFIT.as_sum),
        Part("squared", squared_split),
    ),
    derivation=(
        Step(
            "Given s, the student is a fixed point: its misfit is that of bv.bias-variance.",
            DUAL_MISFIT.as_sum,
            Rule.IDENTITY,
            given=DUAL_MISFIT.given,
        ),
        Step(
            "With the arguments exchanged, by way of the mean given s.",
            PRIMAL_MISFIT.as_sum,
            Rule.IDENTITY,
            given=PRIMAL_MISFIT.given,
        ),
        Step(
            "For squared loss the spread is the teacher's variance given the student, E Var(w|s).",
            squared_split,
            Rule.IDENTITY,
            given=(squared_averaged,),
        ),
    ),
    remarks=(
        "For convex phi every term is nonnegative: among functions of s the posterior mean has the least misfit.",
    ),
)

CLAIMS = (
    THREE_POINT,
    GAP_DUAL,
    GAP_PRIMAL,
    POSTERIOR_MEAN_TEACHER,
    BIAS_VARIANCE,
    MISFIT_SPLIT,
)
