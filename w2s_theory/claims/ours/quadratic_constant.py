"""How a student stopped at the best time compares with the square of its teacher's loss.

sharp.quadratic-constant  the limit of L_ST/L_TE^2, for a target on two eigenspaces
sharp.relu-rate           ReLU features on the sphere: the exponent is 2, and its constant
"""

from __future__ import annotations

from sympy import And, Expr, Integer, Limit, Symbol, gamma, gammasimp, oo, pi, symbols

from w2s_theory.claim import Claim, Provenance, Rule, Source, Step
from w2s_theory.claims.early_stopping import (
    BEST_TIME,
    POWER_SURPLUS,
    STOPPING_STEPS,
    STUDENT_LOSS,
    TEACHER_LOSS,
    UNIVERSALITY,
    bias,
    leak,
    other_bias,
    variance,
)
from w2s_theory.claims.ours.kappa_constants import SPHERE_CONSTANT
from w2s_theory.claims.papers import RF
from w2s_theory.claims.random_features.spectrum_decay import SORTED_EXPONENT
from w2s_theory.claims.random_features.sphere_spectrum import UNIFORM
from w2s_theory.claims.teacher_and_student import UNIT_TARGET, at_least, equal
from w2s_theory.notation.rate_symbols import DIMENSION, KAPPA, M
from w2s_theory.notation.symbols import L_ST
from w2s_theory.spectra.families import Sphere
from w2s_theory.spectra.universality import Level, Levels, mean_teacher_loss, missed, teacher_loss
from w2s_theory.sphere.activations import RELU

FIRST_EIGENVALUE, SECOND_EIGENVALUE = symbols("lambda_1 lambda_2", positive=True)
FIRST_MASS, SECOND_MASS = symbols("b_1 b_2", nonnegative=True)
TARGET_LEVELS: Levels = (
    Level(FIRST_EIGENVALUE, 1, FIRST_MASS),
    Level(SECOND_EIGENVALUE, 1, SECOND_MASS),
)


def inverse_moment(power: int) -> Expr:
    """Return the mean of lambda**-power over the target's mass."""
    return sum(each.mass * each.eigenvalue**-power for each in TARGET_LEVELS)


TEACHER = teacher_loss(TARGET_LEVELS, KAPPA)
FLOOR = mean_teacher_loss(TARGET_LEVELS, KAPPA)
ceilings = [each.mass * (missed(each, KAPPA) + KAPPA**2) ** 2 for each in TARGET_LEVELS]
CEILING = sum(ceilings) + leak(inverse_moment(1))
QUADRATIC_CONSTANT = inverse_moment(2) / inverse_moment(1) ** 2
floors = [each.mass * missed(each, KAPPA) ** 2 for each in TARGET_LEVELS]
biases = (bias, other_bias)


def between(lower: tuple[Expr, ...], upper: tuple[Expr, ...]) -> tuple[Step, ...]:
    """Return the steps from bounds of the biases B_i and the variance V to bounds of their sum L_ST."""
    return (
        Step(
            "The biases add up, and the variance is not negative.",
            at_least(sum((*biases, variance)), sum(lower)),
            Rule.NONNEGATIVE,
            given=tuple(at_least(part, bound) for part, bound in zip(biases, lower, strict=True)),
            certificate=(*(part - bound for part, bound in zip(biases, lower, strict=True)), variance),
        ),
        Step(
            "So the floor holds at every stopping time.",
            at_least(L_ST, sum(lower)),
            Rule.CHAIN,
            given=(equal(L_ST, sum((*biases, variance))),),
        ),
        Step(
            "At the stopping time all three are bounded from above.",
            at_least(sum(upper), sum((*biases, variance))),
            Rule.NONNEGATIVE,
            given=tuple(
                at_least(bound, part) for part, bound in zip((*biases, variance), upper, strict=True)
            ),
            certificate=tuple(bound - part for part, bound in zip((*biases, variance), upper, strict=True)),
        ),
        Step(
            "And the best stopping time does no worse.",
            at_least(sum(upper), L_ST),
            Rule.CHAIN,
            given=(at_least(sum((*biases, variance)), L_ST),),
        ),
    )


SQUEEZE = (
    *STOPPING_STEPS,
    *between(tuple(floors), (*ceilings, leak(inverse_moment(1)))),
    *(
        Step(
            f"As kappa -> 0, the {name} has this ratio to L_TE^2.",
            equal(Limit(bound / TEACHER**2, KAPPA, 0), QUADRATIC_CONSTANT),
            Rule.LIMIT,
        )
        for name, bound in (("floor", FLOOR), ("ceiling", CEILING))
    ),
)

QUADRATIC = Claim(
    id="sharp.quadratic-constant",
    title="The constant in front of the teacher's squared loss",
    source=Source(RF, "sharpens the upper bounds of section 3"),
    provenance=Provenance.NEW,
    assumptions=(
        UNIVERSALITY,
        BEST_TIME,
        POWER_SURPLUS,
        "the target has masses b_1 and b_2, b_1 + b_2 = 1, on eigenvalues lambda_1, lambda_2 >= lambda_low > 0, "
        "that do not change with the width; 0 < kappa < 1, kappa -> 0",
    ),
    statement=And(
        at_least(L_ST, FLOOR),
        at_least(CEILING, L_ST),
        equal(Limit(FLOOR / TEACHER**2, KAPPA, 0), QUADRATIC_CONSTANT),
        equal(Limit(CEILING / TEACHER**2, KAPPA, 0), QUADRATIC_CONSTANT),
    ),
    derivation=(
        *SQUEEZE,
        Step(
            "The constant E[lambda^-2]/E[lambda^-1]^2 exceeds 1 by a variance; it is 1 on one eigenspace.",
            at_least(inverse_moment(2) * (FIRST_MASS + SECOND_MASS), inverse_moment(1) ** 2),
            Rule.NONNEGATIVE,
            certificate=(FIRST_MASS * SECOND_MASS * (1 / FIRST_EIGENVALUE - 1 / SECOND_EIGENVALUE) ** 2,),
        ),
    ),
    remarks=(
        "More eigenspaces add terms to each sum; no step changes.",
        "Where eigenvalues decay exponentially M - df2 stays bounded, and L_ST/L_TE^2 diverges with log(1/kappa).",
    ),
)

LINEAR_MASS = Symbol("b", nonnegative=True)
"""The target's mass on degree 1; the rest is on degree 2."""
sphere = Sphere(RELU, DIMENSION)
linear_eigenvalue, quadratic_eigenvalue = (gammasimp(sphere.eigenvalue(Integer(k))) for k in (1, 2))
EIGENVALUE_RATIO = 4 * pi * gamma((DIMENSION + 3) / 2) ** 2 / (DIMENSION * gamma(DIMENSION / 2)) ** 2
"""lambda_1/lambda_2 on the sphere."""
FOUR_SQUARED_DIMENSIONS = 4 * DIMENSION**2
"""1/lambda_1."""


def split_moment(power: int) -> Expr:
    """Return (lambda_1)^power times the mean of lambda^-power, for masses b and 1 - b on degrees 1 and 2."""
    return LINEAR_MASS + (1 - LINEAR_MASS) * EIGENVALUE_RATIO**power


SPLIT_CONSTANT = split_moment(2) / split_moment(1) ** 2
TEACHER_CONSTANT = SPHERE_CONSTANT * FOUR_SQUARED_DIMENSIONS * split_moment(1)
on_sphere = {
    FIRST_MASS: LINEAR_MASS,
    SECOND_MASS: 1 - LINEAR_MASS,
    FIRST_EIGENVALUE: linear_eigenvalue,
    SECOND_EIGENVALUE: quadratic_eigenvalue,
}
SQUARED_RATIO = STUDENT_LOSS(M) / TEACHER_LOSS(M) ** 2
ratio, terms = symbols("r u", positive=True)

RELU_RATE = Claim(
    id="sharp.relu-rate",
    title="ReLU features: the student's loss is quadratic in the teacher's, with its constant",
    source=Source(RF, "sharpens Theorem 3.1"),
    provenance=Provenance.NEW,
    assumptions=(
        UNIVERSALITY,
        BEST_TIME,
        UNIT_TARGET,
        UNIFORM,
        "ReLU, d fixed, M -> infinity; the target has mass b on degree 1 and 1 - b on degree 2",
    ),
    statement=And(
        equal(Limit(TEACHER_LOSS(M) * M**SORTED_EXPONENT, M, oo), TEACHER_CONSTANT),
        equal(Limit(SQUARED_RATIO, M, oo), SPLIT_CONSTANT),
    ),
    derivation=(
        *SQUEEZE,
        Step(
            "On the sphere the student's loss is squeezed against this multiple of L_TE^2.",
            equal(QUADRATIC_CONSTANT.xreplace(on_sphere), SPLIT_CONSTANT),
            Rule.IDENTITY,
        ),
        Step(
            "An eigenvalue within a factor r of kappa adds at least r/(1 + r)^2 to M - df2 = sum N u/(1 + u)^2, "
            "u = lambda/kappa; by rf.spectrum-decay their number grows like kappa^(-(d-1)/(d+2)).",
            at_least(terms / (1 + terms) ** 2, ratio / (1 + ratio) ** 2),
            Rule.NONNEGATIVE,
            given=(at_least(ratio, terms), at_least(terms * ratio, 1)),
            certificate=((ratio - terms) * (terms * ratio - 1) / ((1 + terms) * (1 + ratio)) ** 2,),
        ),
        Step(
            "The teacher's loss is kappa E[1/lambda] to leading order.",
            equal(Limit(TEACHER / KAPPA, KAPPA, 0), inverse_moment(1)),
            Rule.LIMIT,
        ),
        Step(
            "With kappa M^((d+2)/(d-1)) from sharp.kappa-constants.",
            equal(SPHERE_CONSTANT * inverse_moment(1).xreplace(on_sphere), TEACHER_CONSTANT),
            Rule.IDENTITY,
        ),
    ),
    remarks=(
        "So the exponent in L_ST ~ L_TE^p is exactly 2, and 1.49 is not tight; for b = 0 or 1 the constant is 1.",
        "For one eigenspace the ratio exceeds 1 by about (log M)^(2-3/(d+2))/M: heuristic, no part of the statement.",
    ),
)

CLAIMS = (QUADRATIC, RELU_RATE)
