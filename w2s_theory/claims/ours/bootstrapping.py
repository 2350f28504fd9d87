"""Sharper than the paper's corollary on bootstrapping: the limit that is attained.

sharp.bootstrap  the exact limit of chains of n students
"""

from __future__ import annotations

from sympy import Derivative, Function, Limit, cos, log, sin, tan

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.papers import RF
from w2s_theory.claims.teacher_and_student import (
    INNER_PRODUCT_SPACE,
    LEAST_SQUARES_TEACHER,
    UNIT_TARGET,
)
from w2s_theory.notation.symbols import CORRELATION_ANGLE as THETA
from w2s_theory.notation.symbols import L_ST, L_TE, STEPS, Topic
from w2s_theory.notation.symbols import TURN as PSI
from w2s_theory.relations import at_least, equal

letters = Topic(__name__)

CHAIN_LIMIT = Function("L^*", nonnegative=True)
"""L*(n, L_TE): the least loss that a chain of n shrinkage-optimal students can reach."""

first_turn, second_turn = letters.symbols("phi_1", "phi_2", real=True)
angle, length = letters.symbol("phi", nonnegative=True), letters.symbol("r", nonnegative=True)
detour = letters.symbol("y", real=True)
squared_distance = 1 + length**2 - 2 * length * cos(THETA - angle)
short_of_target = cos(THETA) * cos((THETA - detour * THETA**2) / STEPS) ** STEPS
detour_ratio = (1 + short_of_target**2 - 2 * short_of_target * cos(detour * THETA**2)) / sin(THETA) ** 4
best_angle, best_length = letters.symbols("phi^*", "r^*", nonnegative=True)
best_distance = squared_distance.subs({angle: best_angle, length: best_length}, simultaneous=True)
LOWER_BOUND, link_length, turn = (
    letters.symbol("b", real=True),
    letters.symbol("r_k", nonnegative=True),
    letters.symbol("theta", real=True),
)
"""A number that no chain's loss is below; a link's length, and the angle by which each link turns."""
next_length = link_length * cos(turn)
defined, no_lower = (
    equal(CHAIN_LIMIT(STEPS, L_TE), best_distance),
    at_least(best_distance, LOWER_BOUND),
)
attained = at_least(CHAIN_LIMIT(STEPS, L_TE), LOWER_BOUND)
SMALL_LOSS_RATIO = ((1 + 1 / STEPS) / 2) ** 2

BOOTSTRAPPING = Claim(
    id="sharp.bootstrap",
    title="The exact limit of a chain of n students",
    source=Source(RF, "sharpens Corollary 2"),
    provenance=Provenance.NEW,
    assumptions=(
        INNER_PRODUCT_SPACE,
        UNIT_TARGET,
        LEAST_SQUARES_TEACHER,
        Assumption(
            "f_0 = f_TE, each f_{i+1} shrinkage optimal for f_i, L_ST the loss of f_n, of length r and at angle "
            "Theta - phi to "
            "f*",
            (equal(L_ST, squared_distance),),
        ),
        Assumption(
            "L*(n, L) = min over phi in [0, Theta] of 1 + r^2 - 2 r cos(Theta - phi) with "
            "r = min(cos(Theta) cos(phi/n)^n, cos(Theta - phi)) and cos(Theta)^2 = 1 - L"
        ),
        Assumption(
            "phi^* and r^* where that minimum is taken; b any number that the loss of no chain of n students in the plane "
            "is below, of teachers with this loss: not that of the chain that turns by phi^*/n with every student and is "
            "shrunk to length r^* at last, whose loss is the minimum by the first steps",
            (defined, no_lower),
        ),
        Assumption(
            "given, by the steps on two and on more turns and in words: no n turns of a chain reach closer to f* than this "
            "minimum",
            (at_least(squared_distance, CHAIN_LIMIT(STEPS, L_TE)),),
        ),
    ),
    states=(
        Part("attained", attained),
        Part("chain-limit", at_least(L_ST, CHAIN_LIMIT(STEPS, L_TE))),
        Part("small-losses", equal(Limit(detour_ratio, THETA, 0), SMALL_LOSS_RATIO + detour**2)),
    ),
    derivation=(
        Step(
            "A student that turns by theta from its teacher, of length r_k at angle phi_1 in the plane, and keeps "
            "cos(theta) of its length is shrinkage optimal, with equality: <f_{k+1}, f_k> = ||f_{k+1}||^2.",
            equal(
                link_length
                * next_length
                * (cos(first_turn) * cos(first_turn - turn) + sin(first_turn) * sin(first_turn - turn)),
                (next_length * cos(first_turn - turn)) ** 2 + (next_length * sin(first_turn - turn)) ** 2,
            ),
            Rule.IDENTITY,
        ),
        Step(
            "After n such turns by phi/n the length is cos(Theta) cos(phi/n)^n at angle Theta - phi to f*, and what is "
            "shrunk further stays shrinkage optimal: the last student's loss is the minimum, and no bound of all chains is "
            "larger.",
            attained,
            Rule.CHAIN,
            given=(defined, no_lower),
        ),
        Step(
            "Two turns: cos(x) cos(y) falls short of cos((x + y)/2)^2 by a square, so equal turns keep most length.",
            equal(
                cos((first_turn + second_turn) / 2) ** 2 - cos(first_turn) * cos(second_turn),
                sin((first_turn - second_turn) / 2) ** 2,
            ),
            Rule.IDENTITY,
        ),
        Step(
            "Any number of turns: log cos is concave, so n turns of total phi keep at most cos(phi/n)^n (Jensen).",
            equal(Derivative(log(cos(first_turn)), (first_turn, 2)), -1 / cos(first_turn) ** 2),
            Rule.IDENTITY,
        ),
        Step(
            "A student of length r at angle Theta - phi to f* has this squared distance to it.",
            equal(
                (1 - length * cos(THETA - angle)) ** 2 + (length * sin(THETA - angle)) ** 2, squared_distance
            ),
            Rule.IDENTITY,
        ),
        Step(
            "So every chain's loss is at least the least such distance that n turns allow.",
            at_least(L_ST, CHAIN_LIMIT(STEPS, L_TE)),
            Rule.CHAIN,
            given=(
                equal(L_ST, squared_distance),
                at_least(squared_distance, CHAIN_LIMIT(STEPS, L_TE)),
            ),
        ),
        Step(
            "Seen from the direction turned by psi more: the second square vanishes exactly where the loss is "
            "stationary on the curve r = cos(Theta) cos(psi)^n, phi = n psi, and the first is then the least loss.",
            equal(
                squared_distance,
                (cos(THETA - angle - PSI) - length * cos(PSI)) ** 2
                + (sin(THETA - angle - PSI) + length * sin(PSI)) ** 2,
            ),
            Rule.IDENTITY,
        ),
        Step(
            "On that curve r' = -n r tan(psi): the derivative of the loss has the second square's root as a factor.",
            equal(
                -2 * STEPS * length * tan(PSI) * (length - cos(THETA - angle))
                - 2 * STEPS * length * sin(THETA - angle),
                -2 * STEPS * length / cos(PSI) * (sin(THETA - angle - PSI) + length * sin(PSI)),
            ),
            Rule.IDENTITY,
        ),
        Step(
            "The loss is at least the squared sine of the angle left: order L_TE^2 allows a detour of order Theta^2 only.",
            equal(squared_distance, sin(THETA - angle) ** 2 + (length - cos(THETA - angle)) ** 2),
            Rule.IDENTITY,
        ),
        Step(
            "A chain that stops y Theta^2 short of the target's direction has this ratio to L_TE^2; y = 0 is the best.",
            equal(Limit(detour_ratio, THETA, 0), SMALL_LOSS_RATIO + detour**2),
            Rule.LIMIT,
        ),
    ),
    remarks=(
        "n = 1 is Theorem 4.1; n -> infinity is Theorem 4.2.",
        "The derivation is given that chains obey the minimum that defines L*, and that the chain described attains it; the "
        "formal proof derives both.",
    ),
)

CLAIMS = (BOOTSTRAPPING,)
