"""How a student stopped at the best time compares with the square of its teacher's loss.

sharp.quadratic-constant  the limit of L_ST/L_TE^2, for a target on two eigenspaces
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import sub

from sympy import Expr, Integral, Limit, exp

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.early_stopping import (
    BEST_TIME,
    LEAST_EIGENVALUE,
    POWER_SURPLUS,
    STOPPED,
    STOPPING_STEPS,
    UNIVERSALITY,
    best_variance,
    leak,
    s,
    variance,
)
from w2s_theory.claims.papers import RF
from w2s_theory.claims.variance_over_modes import small_variance_steps, variance_assumption
from w2s_theory.notation.symbols import KAPPA, L_ST, TIME, Topic
from w2s_theory.relations import at_least, equal
from w2s_theory.spectra.universality import Level, Levels, captured, mean_teacher_loss, missed, teacher_loss

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
best_unlearned = letters.symbols("e_1", "e_2", nonnegative=True)
"""What the two modes of the target keep at the best time."""
stopped_unlearned = tuple(exp(-TIME * each.eigenvalue) for each in TARGET_LEVELS)


def biases(unlearned: Sequence[Expr]) -> tuple[Expr, ...]:
    """Return the squared biases on the target's eigenspaces where its modes keep these shares."""
    return tuple(
        each.mass * (missed(each, KAPPA) + captured(each, KAPPA) * kept) ** 2
        for each, kept in zip(TARGET_LEVELS, unlearned, strict=True)
    )


best_biases, stopped_biases = biases(best_unlearned), biases(stopped_unlearned)
best_loss, stopped_loss = sum((*best_biases, best_variance)), sum((*stopped_biases, variance))
small_variance = at_least(leak(inverse_moment(1)), variance)
SQUEEZED = (
    STOPPED,
    Assumption(
        "lambda_1 and lambda_2 at least lambda_low",
        tuple(at_least(each.eigenvalue, LEAST_EIGENVALUE) for each in TARGET_LEVELS),
    ),
    Assumption(
        "L_ST the sum of squared biases and variance at the best time, where the target's modes keep e_1 and e_2, and no "
        "more than that sum at the stopping time",
        (equal(L_ST, best_loss), at_least(stopped_loss, L_ST)),
    ),
    variance_assumption(TARGET_LEVELS),
)
"""What the squeeze of L_ST between floor and ceiling assumes."""


def below_ceiling(each: Level, kept: Expr, bias: Expr, ceiling: Expr) -> tuple[Step, ...]:
    """Return the steps by which one eigenspace's squared bias at the stopping time is below its ceiling."""
    q = missed(each, KAPPA)
    total = 2 * q + KAPPA**2 + captured(each, KAPPA) * kept
    return (
        Step(
            "No slower than the slowest.",
            at_least(exp(-TIME * LEAST_EIGENVALUE), kept),
            Rule.NONNEGATIVE,
            given=(at_least(each.eigenvalue, LEAST_EIGENVALUE),),
            certificate=(Integral(TIME * exp(-TIME * s), (s, LEAST_EIGENVALUE, each.eigenvalue)),),
        ),
        Step("So it keeps at most kappa^2.", at_least(KAPPA**2, kept), Rule.CHAIN, given=STOPPED.says),
        Step(
            "Its squared bias is at most that of kappa^2.",
            at_least(ceiling, bias),
            Rule.NONNEGATIVE,
            given=(at_least(KAPPA**2, kept),),
            certificate=(each.mass * (KAPPA**2 - kept) * total, each.mass * q * kept * total),
        ),
    )


SQUEEZE = (
    *STOPPING_STEPS,
    *small_variance_steps(TARGET_LEVELS, inverse_moment(1)),
    Step(
        "At the best time, as at every other, the squared biases exceed those of the mean teacher, and the variance is "
        "not negative.",
        at_least(best_loss, sum(floors)),
        Rule.NONNEGATIVE,
        certificate=(
            *(
                each.mass
                * captured(each, KAPPA)
                * kept
                * (2 * missed(each, KAPPA) + captured(each, KAPPA) * kept)
                for each, kept in zip(TARGET_LEVELS, best_unlearned, strict=True)
            ),
            best_variance,
        ),
    ),
    Step("That is the floor.", at_least(L_ST, sum(floors)), Rule.CHAIN, given=(equal(L_ST, best_loss),)),
    *(
        step
        for bounded in zip(TARGET_LEVELS, stopped_unlearned, stopped_biases, ceilings, strict=True)
        for step in below_ceiling(*bounded)
    ),
    Step(
        "At the stopping time biases and variance are bounded from above.",
        at_least(CEILING, stopped_loss),
        Rule.NONNEGATIVE,
        given=(*map(at_least, ceilings, stopped_biases), small_variance),
        certificate=(*map(sub, ceilings, stopped_biases), leak(inverse_moment(1)) - variance),
    ),
    Step(
        "And the best stopping time does no worse.",
        at_least(CEILING, L_ST),
        Rule.CHAIN,
        given=(at_least(stopped_loss, L_ST),),
    ),
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
        Assumption(
            "the target has masses b_1 and b_2, b_1 + b_2 = 1, on eigenvalues lambda_1, lambda_2 >= lambda_low > 0, "
            "that do not change with the width; 0 < kappa < 1, kappa -> 0"
        ),
        *SQUEEZED,
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
