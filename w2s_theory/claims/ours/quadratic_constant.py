"""How a student stopped at the best time compares with the square of its teacher's loss.

sharp.quadratic-constant  the limit of L_ST/L_TE^2, for a target on two eigenspaces
"""

from __future__ import annotations

from sympy import Expr, Limit

from w2s_theory.claim import Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.early_stopping import (
    BEST_TIME,
    POWER_SURPLUS,
    STOPPING_STEPS,
    UNIVERSALITY,
    bias,
    leak,
    other_bias,
    variance,
)
from w2s_theory.claims.papers import RF
from w2s_theory.notation.symbols import KAPPA, L_ST, Topic
from w2s_theory.relations import at_least, equal
from w2s_theory.spectra.universality import Level, Levels, mean_teacher_loss, missed, teacher_loss

letters = Topic(__name__)

FIRST_EIGENVALUE, SECOND_EIGENVALUE = letters.symbols("lambda_1", "lambda_2", positive=True)
FIRST_MASS, SECOND_MASS = letters.symbols("b_1", "b_2", nonnegative=True)
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
    states=(
        Part("floor", at_least(L_ST, FLOOR)),
        Part("ceiling", at_least(CEILING, L_ST)),
        Part("floor-limit", equal(Limit(FLOOR / TEACHER**2, KAPPA, 0), QUADRATIC_CONSTANT)),
        Part("ceiling-limit", equal(Limit(CEILING / TEACHER**2, KAPPA, 0), QUADRATIC_CONSTANT)),
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

CLAIMS = (QUADRATIC,)
