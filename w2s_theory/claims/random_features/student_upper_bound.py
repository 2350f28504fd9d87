"""Medvedev et al. 2025: what the feature alignment kappa_S says about the student.

rf.kappa-upper  an upper bound on the student's loss at every stopping time
"""

from __future__ import annotations

from sympy import Integral, exp, sqrt

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step, cited
from w2s_theory.claims.facts.inner_products import CAUCHY_SCHWARZ, FIRST_LENGTH, SECOND_LENGTH, U, V
from w2s_theory.claims.facts.real_numbers import LARGER, POWER_ORDER, SMALLER
from w2s_theory.claims.papers import RF
from w2s_theory.claims.random_features.feature_alignment import (
    ALIGNMENT,
    LEAST_EIGENVALUE,
    PROJECTION_STEP,
    PROJECTIONS,
    TARGET_ERROR_SIZE,
)
from w2s_theory.claims.teacher_and_student import (
    INNER_PRODUCT_SPACE,
    LEAST_SQUARES_TEACHER,
    UNIT_TARGET,
)
from w2s_theory.geometry.inner_products import SquaredNorm, inner
from w2s_theory.notation.symbols import KAPPA_S, L_ST, L_TE, TIME, Topic
from w2s_theory.relations import at_least, equal

letters = Topic(__name__)

TARGET_IN_S = Assumption("f* in S")

REST_EIGENVALUE = letters.symbol("lambda_R", nonnegative=True)
"""The largest eigenvalue of the student's kernel off S."""

UNLEARNED = exp(-TIME * LEAST_EIGENVALUE)
LEARNED = 1 - exp(-TIME * REST_EIGENVALUE)
TARGET_LOSS_BOUND = (sqrt(KAPPA_S * L_TE) + UNLEARNED) ** 2
REST_LOSS_BOUND = LEARNED**2 * L_TE
target_loss, rest_loss = letters.symbols("L_S", "L_R", nonnegative=True)
missed_norm, remaining_norm = letters.symbols("U", "V", nonnegative=True)
overlap = inner(U, V)
rate, excess, between = letters.symbols("x", "epsilon", "s", nonnegative=True)
kept = exp(-TIME * rate)
target_mode, teacher_mode = letters.symbols("beta", "g", real=True)
unfitted_norm = letters.symbol("W", nonnegative=True)
lengths = (equal(SquaredNorm.of(U), missed_norm**2), equal(SquaredNorm.of(V), remaining_norm**2))
shrunk = at_least(TARGET_ERROR_SIZE, missed_norm**2)
shrunk_bound = at_least(KAPPA_S * L_TE, missed_norm**2)
slowest = at_least(UNLEARNED, remaining_norm)
loss_on_s = equal(target_loss, SquaredNorm.of(U + V))
loss_by_lengths = equal(target_loss, missed_norm**2 + 2 * overlap + remaining_norm**2)
unfitted = at_least(L_TE, unfitted_norm**2)
learned_off_s = at_least(LEARNED**2 * unfitted_norm**2, rest_loss)
pythagoras = equal(target_loss + rest_loss, L_ST)

STUDENT_UPPER_BOUND = Claim(
    id="rf.kappa-upper",
    title="An upper bound on the student's loss at every stopping time",
    source=Source(RF, "from the feature alignment kappa_S"),
    provenance=Provenance.NEW,
    assumptions=(
        INNER_PRODUCT_SPACE,
        UNIT_TARGET,
        LEAST_SQUARES_TEACHER,
        ALIGNMENT,
        PROJECTIONS,
        TARGET_IN_S,
        Assumption(
            "f_ST = (I - exp(-t K)) f_TE, lambda_S the least eigenvalue of K on S, lambda_R the largest off S"
        ),
        Assumption(
            "on S the student's error is u + v, L_S its squared norm: u is h = Pi_S (f* - f_TE) shrunk mode by mode, v what "
            "is left of the target, at most exp(-t lambda_S) of each mode; U and V are their lengths",
            (loss_on_s, *lengths, shrunk, slowest),
        ),
        Assumption(
            "off S the target is 0 and the teacher's error, of length W, is what it learned there; the student learns at "
            "most the share of lambda_R, and L_R is its loss there",
            (unfitted, learned_off_s),
        ),
        Assumption("S is spanned by eigenfunctions, so that the losses add up", (pythagoras,)),
    ),
    states=(Part("bound", at_least(TARGET_LOSS_BOUND + REST_LOSS_BOUND, L_ST)),),
    derivation=(
        Step(
            "In each eigenfunction the student's error is the teacher's, shrunk by the flow, plus the target's remainder.",
            equal(
                target_mode - (1 - kept) * teacher_mode,
                (1 - kept) * (target_mode - teacher_mode) + kept * target_mode,
            ),
            Rule.IDENTITY,
        ),
        Step(
            "Faster modes keep less: with lambda = x + epsilon, the difference is an integral.",
            at_least(kept, exp(-TIME * (rate + excess))),
            Rule.NONNEGATIVE,
            certificate=(Integral(TIME * exp(-TIME * between), (between, rate, rate + excess)),),
        ),
        Step(
            "On S, with u and v of lengths U and V.",
            loss_by_lengths,
            Rule.IDENTITY,
            given=(loss_on_s, *lengths),
        ),
        Step(
            "By Cauchy-Schwarz.",
            at_least((missed_norm + remaining_norm) ** 2, missed_norm**2 + 2 * overlap + remaining_norm**2),
            Rule.NONNEGATIVE,
            given=(
                cited(CAUCHY_SCHWARZ, "lengths", {FIRST_LENGTH: missed_norm, SECOND_LENGTH: remaining_norm}),
            ),
            certificate=(2 * (missed_norm * remaining_norm - overlap),),
        ),
        PROJECTION_STEP,
        Step("Shrinking makes it no longer.", shrunk_bound, Rule.CHAIN, given=(shrunk,)),
        Step(
            "The projection bound (rf.kappa) is for U, and the slowest mode for V.",
            at_least(TARGET_LOSS_BOUND, (missed_norm + remaining_norm) ** 2),
            Rule.NONNEGATIVE,
            given=(
                cited(POWER_ORDER, "roots", {LARGER: KAPPA_S * L_TE, SMALLER: missed_norm**2}),
                slowest,
            ),
            certificate=(
                (sqrt(KAPPA_S * L_TE) - missed_norm)
                * (sqrt(KAPPA_S * L_TE) + missed_norm + UNLEARNED + remaining_norm),
                (UNLEARNED - remaining_norm)
                * (sqrt(KAPPA_S * L_TE) + missed_norm + UNLEARNED + remaining_norm),
            ),
        ),
        Step(
            "So much for S.",
            at_least(TARGET_LOSS_BOUND, target_loss),
            Rule.CHAIN,
        ),
        Step(
            "Off S the target is 0: the student has what it learned of an error of norm W, W^2 <= L_TE.",
            at_least(REST_LOSS_BOUND, LEARNED**2 * unfitted_norm**2),
            Rule.NONNEGATIVE,
            given=(unfitted,),
            certificate=(LEARNED**2 * (L_TE - unfitted_norm**2),),
        ),
        Step(
            "So much for the rest.",
            at_least(REST_LOSS_BOUND, rest_loss),
            Rule.CHAIN,
            given=(learned_off_s,),
        ),
        Step(
            "The two parts add up to the loss.",
            at_least(TARGET_LOSS_BOUND + REST_LOSS_BOUND, target_loss + rest_loss),
            Rule.NONNEGATIVE,
            given=(at_least(TARGET_LOSS_BOUND, target_loss), at_least(REST_LOSS_BOUND, rest_loss)),
            certificate=(TARGET_LOSS_BOUND - target_loss, REST_LOSS_BOUND - rest_loss),
        ),
        Step(
            "By Pythagoras, S being spanned by eigenfunctions.",
            at_least(TARGET_LOSS_BOUND + REST_LOSS_BOUND, L_ST),
            Rule.CHAIN,
            given=(pythagoras,),
        ),
    ),
)

CLAIMS = (STUDENT_UPPER_BOUND,)
