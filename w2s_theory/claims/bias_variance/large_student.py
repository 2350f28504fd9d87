"""Xu et al. 2025: a student much larger than its teacher comes close to the posterior-mean teacher.

bv.large-student  the early-stopped, infinitely wide student tends to E f_TE, and its gap to its misfit
"""

from __future__ import annotations

from sympy import Expr, Integer, Limit, sqrt

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
    unlearned,
    variance,
)
from w2s_theory.claims.ours.mean_teacher import (
    ANY_RISK,
    GAP_LESS_MISFIT,
    MEAN_DISTANCE,
    MEAN_OF_DRAWS,
    MEAN_TEACHER,
    STUDENT_RISK,
    TEACHER_RISK,
    TEACHER_VARIANCE,
    deviation,
)
from w2s_theory.claims.papers import BV
from w2s_theory.claims.random_features.section_3_theorems import STUDENT_CEILING, least
from w2s_theory.claims.teacher_and_student import STUDENT, TARGET, UNIT_TARGET
from w2s_theory.claims.variance_over_modes import small_variance_steps, variance_assumption
from w2s_theory.geometry.inner_products import SquaredNorm, Vector
from w2s_theory.notation.symbols import KAPPA, L_ST, L_TE, Topic
from w2s_theory.relations import at_least, equal
from w2s_theory.spectra.universality import Level, missed

letters = Topic(__name__)

DISTANCE = letters.symbol("D", nonnegative=True)
"""E (f_ST - E f_TE)^2, over data and draws of the teacher."""
SCALE = letters.symbol("eta", positive=True)

target_level = Level(LEAST_EIGENVALUE, 1, Integer(1))
teacher_loss = missed(least, KAPPA)
"""L_TE = q on the one eigenspace of the target."""
CEILING = (L_TE + KAPPA**2) ** 2 + leak(1 / LEAST_EIGENVALUE)
EXCESS = 2 * KAPPA**2 * L_TE + KAPPA**4 + leak(1 / LEAST_EIGENVALUE)
"""The excess of the loss's ceiling (q + kappa^2)^2 + leak over q^2."""
kept = 1 - L_TE
best_loss = equal(L_ST, (L_TE + kept * unlearned) ** 2 + best_variance)
best_distance = equal(DISTANCE, (kept * unlearned) ** 2 + best_variance)
one_eigenspace = equal(L_TE, teacher_loss)
at_most_all, small_bias = at_least(1, L_TE), at_least((L_TE + KAPPA**2) ** 2, (L_TE + kept * KAPPA**2) ** 2)
stopped_loss = (L_TE + kept * KAPPA**2) ** 2 + variance
no_worse, small_variance = at_least(stopped_loss, L_ST), at_least(leak(1 / LEAST_EIGENVALUE), variance)

DISCREPANCY = SCALE * (TEACHER_VARIANCE + STUDENT_RISK) + 2 * MEAN_DISTANCE / SCALE
"""A bound of the difference of gap and misfit, for every eta."""


def squares(sign: int) -> tuple[Expr, ...]:
    """Return the squares by which DISCREPANCY exceeds sign times GAP_LESS_MISFIT."""
    pairs: tuple[tuple[Vector, Vector], ...] = (
        (deviation, STUDENT - MEAN_TEACHER),
        (STUDENT - TARGET, MEAN_TEACHER - STUDENT),
    )
    return tuple(SquaredNorm.of(SCALE * left - sign * right) / SCALE for left, right in pairs)


def distance_over(size: Expr) -> Expr:
    """Return the bound of D over a size, term by term: sympy gets the limit of the whole quotient wrong."""
    return sum(term.subs(L_TE, teacher_loss) / size for term in EXCESS.args)


distance_below_excess_loss = at_least(L_ST - L_TE**2, DISTANCE)
small_distance = at_least(EXCESS, DISTANCE)
below, above = (at_least(DISCREPANCY, sign * GAP_LESS_MISFIT) for sign in (1, -1))
DISTANCE_RATIO = distance_over(teacher_loss**2)
LOSS_RATIO = STUDENT_CEILING / teacher_loss
DISCREPANCY_RATIO = distance_over(teacher_loss * sqrt(KAPPA))
vanishing = {
    ratio: equal(Limit(ratio, KAPPA, 0), 0) for ratio in (DISTANCE_RATIO, LOSS_RATIO, DISCREPANCY_RATIO)
}

LARGE_STUDENT = Claim(
    id="bv.large-student",
    title="A student much larger than its teacher comes close to the posterior-mean teacher",
    source=Source(BV, "students much larger than their teacher; Theorem 4.1 there has a ridge student"),
    provenance=Provenance.NEW,
    assumptions=(
        UNIT_TARGET,
        UNIVERSALITY,
        BEST_TIME,
        POWER_SURPLUS,
        Assumption(
            "f* in one eigenspace with eigenvalue lambda_low: L_TE = q = kappa/(lambda_low + kappa); 0 < kappa < "
            "1, kappa -> 0",
            (one_eigenspace,),
        ),
        STOPPED,
        Assumption(
            "D = E (f_ST - E f_TE)^2; where the target keeps e at the best time, L_ST and D are bias, q + (1 - q) e or "
            "(1 - q) e squared, and variance",
            (best_loss, best_distance),
        ),
        Assumption(
            "at the stopping time the target keeps kappa^2, and the loss is no less than L_ST", (no_worse,)
        ),
        variance_assumption((target_level,)),
        Assumption("gap L_TE - L_ST, misfit E (f_TE - f_ST)^2; eta > 0"),
        Assumption(
            "a teacher's deviation from its mean is orthogonal to every fixed function", MEAN_OF_DRAWS
        ),
    ),
    states=(
        Part("distance-by-loss", distance_below_excess_loss),
        Part("small-distance", small_distance),
        Part("discrepancy-below", below),
        Part("discrepancy-above", above),
        Part("distance-vanishes", vanishing[DISTANCE_RATIO]),
        Part("loss-vanishes", vanishing[LOSS_RATIO]),
        Part("discrepancy-vanishes", vanishing[DISCREPANCY_RATIO]),
    ),
    derivation=(
        *STOPPING_STEPS,
        *small_variance_steps((target_level,), 1 / LEAST_EIGENVALUE),
        Step(
            "The teacher learns a part of the target.",
            at_most_all,
            Rule.NONNEGATIVE,
            given=(one_eigenspace,),
            certificate=(LEAST_EIGENVALUE / (LEAST_EIGENVALUE + KAPPA),),
        ),
        Step(
            "At every time D has the variance and the part of the bias that is still to be learned, L_ST more: the "
            "distance to the mean teacher is at most what the loss exceeds the mean teacher's risk by.",
            distance_below_excess_loss,
            Rule.NONNEGATIVE,
            given=(best_loss, best_distance, at_most_all),
            certificate=(2 * L_TE * kept * unlearned,),
        ),
        Step(
            "At the stopping time the bias is bounded from above.",
            small_bias,
            Rule.NONNEGATIVE,
            given=(at_most_all,),
            certificate=(L_TE * KAPPA**2 * (2 * L_TE + KAPPA**2 + kept * KAPPA**2),),
        ),
        Step(
            "With the variance.",
            at_least(CEILING, stopped_loss),
            Rule.NONNEGATIVE,
            given=(small_bias, small_variance),
            certificate=(small_bias.lhs - small_bias.rhs, leak(1 / LEAST_EIGENVALUE) - variance),
        ),
        Step(
            "The best time does no worse.",
            at_least(CEILING, L_ST),
            Rule.CHAIN,
            given=(no_worse,),
        ),
        Step(
            "There the loss exceeds L_TE^2 by little.",
            at_least(EXCESS, L_ST - L_TE**2),
            Rule.NONNEGATIVE,
            given=(at_least(CEILING, L_ST),),
            certificate=(CEILING - L_ST,),
        ),
        Step(
            "So the distance is as small.",
            small_distance,
            Rule.CHAIN,
        ),
        Step("D is of smaller order than L_TE^2.", vanishing[DISTANCE_RATIO], Rule.LIMIT),
        Step(
            "Gap and misfit differ by twice an inner product with f_ST - E f_TE, which eta splits into squares.",
            below,
            Rule.NONNEGATIVE,
            given=MEAN_OF_DRAWS,
            certificate=squares(1),
        ),
        Step("On either side.", above, Rule.NONNEGATIVE, given=MEAN_OF_DRAWS, certificate=squares(-1)),
        Step(
            "The bias-variance decomposition of the teacher's loss bounds its variance by L_TE.",
            equal(TEACHER_RISK, ANY_RISK + TEACHER_VARIANCE),
            Rule.IDENTITY,
            given=MEAN_OF_DRAWS,
        ),
        Step(
            "L_ST is of smaller order than L_TE, which leaves the gap; and so is kappa^(1/2) (L_TE + L_ST).",
            vanishing[LOSS_RATIO],
            Rule.LIMIT,
        ),
        Step(
            "With eta = kappa^(1/2) the rest of the bound is 2 D/kappa^(1/2), of smaller order too: gap/misfit -> 1.",
            vanishing[DISCREPANCY_RATIO],
            Rule.LIMIT,
        ),
    ),
    remarks=(
        "Published: a student much larger than its teacher converges to its posterior-mean teacher. Here in a case where "
        "every step can be followed, with E f_TE in that place.",
        "The first bound needs no universality where E f_TE is a multiple of f*, as for features whose law is symmetric.",
    ),
)

CLAIMS = (LARGE_STUDENT,)
