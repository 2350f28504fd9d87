"""Medvedev et al. 2025, section 3: how weak-to-strong learning improves on its teacher as the teacher widens.

rf.thm3.1  ReLU features: the whole gap is recovered, and L_ST = O~(L_TE^1.49)
rf.thm3.2  linear features: L_ST of the order of L_TE^2
rf.thm3.3  linear features: a teacher whose error does not vanish
"""

from __future__ import annotations

from sympy import Expr, Integer, Integral, Limit, Rational, exp, oo, sqrt

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.early_stopping import (
    BEST_TIME,
    LEAST_EIGENVALUE,
    RECOVERED_GAP,
    STOPPED,
    STOPPING_STEPS,
    STUDENT_LOSS,
    TEACHER_LOSS,
    UNIVERSALITY,
    leak,
)
from w2s_theory.claims.papers import RF
from w2s_theory.claims.random_features.published_exponent import EXPONENT, THRESHOLD_EXPONENT
from w2s_theory.claims.random_features.sphere_spectrum import UNIFORM
from w2s_theory.claims.teacher_and_student import UNIT_TARGET
from w2s_theory.notation.symbols import (
    DIMENSION,
    FREE_CONSTANT,
    KAPPA,
    L_ST,
    PSI,
    TIME,
    TOP_MULTIPLICITY,
    M,
    Topic,
)
from w2s_theory.relations import at_least, equal
from w2s_theory.spectra.universality import Level, captured, degrees_of_freedom, missed

letters = Topic(__name__)

LARGEST_EIGENVALUE = letters.symbol("lambda_high", positive=True)
"""The largest eigenvalue that carries some of the target."""
excess = letters.symbol("epsilon", nonnegative=True)
least, some, largest = (
    Level(value, 1) for value in (LEAST_EIGENVALUE, LEAST_EIGENVALUE + excess, LARGEST_EIGENVALUE)
)
TEACHER_FLOOR = missed(largest, KAPPA)
STUDENT_CEILING = (missed(least, KAPPA) + KAPPA**2) ** 2 + leak(1 / LEAST_EIGENVALUE)


def vanishes(power: Expr, text: str) -> Step:
    """Return the step by which the bounds of L_ST and L_TE keep L_ST/L_TE^power below a vanishing quantity."""
    return Step(text, equal(Limit(STUDENT_CEILING / TEACHER_FLOOR**power, KAPPA, 0), 0), Rule.LIMIT)


RELU_THEOREM = Claim(
    id="rf.thm3.1",
    title="ReLU features: weak-to-strong learning recovers the whole gap",
    source=Source(RF, "Theorem 3.1"),
    provenance=Provenance.PUBLISHED,
    assumptions=(
        UNIT_TARGET,
        UNIFORM,
        UNIVERSALITY,
        BEST_TIME,
        STOPPED,
        Assumption(
            "ReLU, d fixed, M -> infinity; f* an even polynomial, or the sum of a linear function and one"
        ),
    ),
    states=(
        Part("ratio", equal(Limit(STUDENT_LOSS(M) / TEACHER_LOSS(M), M, oo), 0)),
        Part("gap", equal(Limit(RECOVERED_GAP(M), M, oo), 1)),
        Part("exponent", equal(Limit(STUDENT_LOSS(M) / TEACHER_LOSS(M) ** THRESHOLD_EXPONENT, M, oo), 0)),
    ),
    derivation=(
        *STOPPING_STEPS,
        Step(
            "Of the target's modes the student misses most of the slowest; so L_ST is at most "
            "(q + kappa^2)^2 + leak with q and 1/lambda those of lambda_low.",
            at_least(missed(least, KAPPA), missed(some, KAPPA)),
            Rule.NONNEGATIVE,
            certificate=(missed(least, KAPPA) * excess / (some.eigenvalue + KAPPA),),
        ),
        vanishes(
            Integer(1),
            "And L_TE is at least the q of lambda_high, the fastest: L_ST/L_TE tends to 0, and PGR = 1 - L_ST/L_TE to 1.",
        ),
        vanishes(THRESHOLD_EXPONENT, "So does L_ST/L_TE^1.49, without a logarithm."),
        Step(
            "The exponent that a factor M^(-1/2) explains falls short of the exact one, 2, in every dimension.",
            at_least(2, EXPONENT),
            Rule.NONNEGATIVE,
            certificate=((DIMENSION + 5) / (2 * (DIMENSION + 2)),),
        ),
    ),
    remarks=(
        "Published: the two limits, and L_ST = O~(L_TE^1.49) under Gaussian universality. Here universality and an "
        "infinitely wide student are assumed throughout, and the third limit, 0, implies the published bound.",
        "Reconstructed: where 1.49 comes from (rf.rate-1.49), the exponent 1 + (d-1)/(2(d+2)). Any exponent below 2 "
        "holds, and 1.49 is not tight: sharp.relu-rate.",
    ),
)

top, rest = Level(Integer(1), TOP_MULTIPLICITY), Level(PSI, DIMENSION - TOP_MULTIPLICITY)
WIDTH = degrees_of_freedom((top, rest), KAPPA)
"""df1, which equals M."""
rest_trace = (DIMENSION - TOP_MULTIPLICITY) * PSI
top_weight, rest_weight = (
    each.multiplicity * each.eigenvalue / (each.eigenvalue + KAPPA) ** 2 for each in (top, rest)
)
unlearned, learned_rest = letters.symbols("e", "A", nonnegative=True)
best_variance = letters.symbol("V_best", nonnegative=True)
earlier, later = letters.symbols("r", "s", nonnegative=True)
KAPPA_UPPER = rest_trace / (M - TOP_MULTIPLICITY) - PSI
KAPPA_LOWER = rest_trace / M - PSI


def missed_share(kappa: Expr) -> Expr:
    """Return q = kappa/(1 + kappa), the loss of a teacher whose target is on the upper level."""
    return missed(top, kappa)


def target_share(kappa: Expr) -> Expr:
    """Return k/w, with w the lower level's weight: an upper bound of the target level's share of the variance."""
    return TOP_MULTIPLICITY * (PSI + kappa) ** 2 / rest_trace


def ceiling(q: Expr, unlearned: Expr, share: Expr, learned_rest: Expr) -> Expr:
    """Return a bound of the loss that grows with q and with what the other three are: squared bias, and q rho(t)."""
    return (q + unlearned) ** 2 + q * (share + learned_rest**2)


def student_ceiling(kappa: Expr, time: Expr) -> Expr:
    """Return a bound of the loss at this time, which grows with kappa."""
    return ceiling(missed_share(kappa), exp(-time), target_share(kappa), time * PSI)


q, kept = missed(top, KAPPA), captured(top, KAPPA)
stopped = letters.symbol("e_t", nonnegative=True)
variance_share = (top_weight * (1 - stopped) ** 2 + rest_weight * learned_rest**2) / (
    top_weight + rest_weight
)
"""rho(t)."""
loss_at_time = (q + kept * stopped) ** 2 + q * kept * variance_share
best_loss = equal(L_ST, (q + kept * unlearned) ** 2 + best_variance)
TWO_LEVEL_LOSS = Assumption(
    "at time t the target keeps e_t = exp(-t), and A = 1 - exp(-t psi) of the lower level is learned; the loss is (q + "
    "(1 - q) e_t)^2 + q (1 - q) rho(t), rho(t) the mean over the variance of both levels of what is learned, squared; L_ST "
    "the least, at a time at which the target keeps e and the variance is V_best",
    (
        at_least(loss_at_time, L_ST),
        best_loss,
        equal(stopped, exp(-TIME)),
        equal(learned_rest, 1 - exp(-TIME * PSI)),
    ),
)
any_time, _, is_stopped, is_learned = TWO_LEVEL_LOSS.says
rho_bound = at_least(target_share(KAPPA) + learned_rest**2, variance_share)
ceiling_at_time = ceiling(q, stopped, target_share(KAPPA), TIME * PSI)
STUDENT_FLOOR = at_least(L_ST, q**2)
STUDENT_BELOW = at_least(student_ceiling(KAPPA, TIME), L_ST)
"""The bounds whose limits are taken."""


TWO_LEVEL_STEPS = (
    Step(
        "Of df1 = M, the lower level has at least M - k.",
        at_least(rest_trace, (M - TOP_MULTIPLICITY) * (PSI + KAPPA)),
        Rule.NONNEGATIVE,
        given=(equal(WIDTH, M),),
        certificate=(TOP_MULTIPLICITY * KAPPA * (PSI + KAPPA) / (1 + KAPPA),),
    ),
    Step(
        "That bounds kappa from above.",
        at_least(KAPPA_UPPER, KAPPA),
        Rule.NONNEGATIVE,
        given=(
            at_least(rest_trace, (M - TOP_MULTIPLICITY) * (PSI + KAPPA)),
            at_least(M, TOP_MULTIPLICITY),
        ),
        certificate=((rest_trace - (M - TOP_MULTIPLICITY) * (PSI + KAPPA)) / (M - TOP_MULTIPLICITY),),
    ),
    Step(
        "And the lower level has at most df1.",
        at_least(WIDTH * (PSI + KAPPA), rest_trace),
        Rule.NONNEGATIVE,
        certificate=(TOP_MULTIPLICITY * (PSI + KAPPA) / (1 + KAPPA),),
    ),
    Step(
        "Which is M.",
        at_least(M * (PSI + KAPPA), rest_trace),
        Rule.NONNEGATIVE,
        given=(equal(WIDTH, M),),
        certificate=(TOP_MULTIPLICITY * (PSI + KAPPA) / (1 + KAPPA),),
    ),
    Step(
        "That bounds it from below.",
        at_least(KAPPA, KAPPA_LOWER),
        Rule.NONNEGATIVE,
        given=(at_least(M * (PSI + KAPPA), rest_trace),),
        certificate=((M * (PSI + KAPPA) - rest_trace) / M,),
    ),
    Step(
        "The target's one level misses q = kappa/(1 + kappa) = L_TE, and L_ST is q^2 or more, at the best time too.",
        STUDENT_FLOOR,
        Rule.NONNEGATIVE,
        given=(best_loss,),
        certificate=(2 * q * kept * unlearned, kept**2 * unlearned**2, best_variance),
    ),
    Step(
        "By time t at most t psi of the lower level is learned.",
        at_least(TIME * PSI, learned_rest),
        Rule.NONNEGATIVE,
        given=(is_learned,),
        certificate=(Integral(Integral(exp(-earlier), (earlier, 0, later)), (later, 0, TIME * PSI)),),
    ),
    Step(
        "And at most all of the upper one.",
        at_least(1, stopped),
        Rule.NONNEGATIVE,
        given=(is_stopped,),
        certificate=(Integral(exp(-earlier), (earlier, 0, TIME)),),
    ),
    Step(
        "rho(t) is at most what the target's level has of the variance, plus the square of what is learned of the rest.",
        rho_bound,
        Rule.NONNEGATIVE,
        given=(at_least(DIMENSION, TOP_MULTIPLICITY), at_least(1, stopped)),
        certificate=(
            TOP_MULTIPLICITY * top_weight / rest_weight / (top_weight + rest_weight),
            top_weight * KAPPA * (2 + KAPPA) / (top_weight + rest_weight),
            top_weight * learned_rest**2 / (top_weight + rest_weight),
            top_weight * stopped * (1 - stopped) / (top_weight + rest_weight),
            top_weight * stopped / (top_weight + rest_weight),
        ),
    ),
    Step(
        "So the loss at time t is at most (q + e_t)^2 + q (k/w + (t psi)^2), w the lower level's weight.",
        at_least(ceiling_at_time, loss_at_time),
        Rule.NONNEGATIVE,
        given=(rho_bound, at_least(TIME * PSI, learned_rest), at_least(DIMENSION, TOP_MULTIPLICITY)),
        certificate=(
            q * stopped * (2 * q + stopped + kept * stopped),
            q * kept * (target_share(KAPPA) + learned_rest**2 - variance_share),
            q**2 * (target_share(KAPPA) + learned_rest**2),
            q * (TIME * PSI - learned_rest) * (TIME * PSI + learned_rest),
        ),
    ),
    Step(
        "With e_t = exp(-t).",
        equal(student_ceiling(KAPPA, TIME), ceiling_at_time),
        Rule.IDENTITY,
        given=(is_stopped,),
    ),
    Step(
        "The best time does no worse.",
        STUDENT_BELOW,
        Rule.CHAIN,
        given=(any_time, at_least(DIMENSION, TOP_MULTIPLICITY)),
    ),
    Step(
        "q grows with kappa, so that kappa's bounds bound L_TE and the floor.",
        at_least(missed(top, KAPPA + excess), missed(top, KAPPA)),
        Rule.NONNEGATIVE,
        certificate=(excess / ((1 + KAPPA) * (1 + KAPPA + excess)),),
    ),
    Step(
        "So does 1/w, and with both the ceiling: kappa's upper bound bounds it.",
        at_least(target_share(KAPPA + excess), target_share(KAPPA)),
        Rule.NONNEGATIVE,
        given=(at_least(DIMENSION, TOP_MULTIPLICITY),),
        certificate=(TOP_MULTIPLICITY * excess * (2 * PSI + 2 * KAPPA + excess) / rest_trace,),
    ),
)
TWO_LEVELS = Assumption(
    "linear features u ~ N(0, I_d), data x ~ N(0, Psi), Psi diagonal with 1 [k times] and psi [d - k times]; "
    "f* linear in the first k coordinates, k fixed; L(M, d, psi) the losses; df1(kappa) = M, k < M and k < d",
    (equal(WIDTH, M), at_least(M, TOP_MULTIPLICITY), at_least(DIMENSION, TOP_MULTIPLICITY)),
)
SQUARE_ROOT = (M, M ** Rational(3, 2), 1 / M)
"""M, d = M^(3/2) and psi = d^(-2/3)."""

LINEAR_THEOREM = Claim(
    id="rf.thm3.2",
    title="Linear features: the student's loss is the square of the teacher's",
    source=Source(RF, "Theorem 3.2"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        UNIT_TARGET,
        UNIVERSALITY,
        BEST_TIME,
        TWO_LEVELS,
        TWO_LEVEL_LOSS,
        Assumption("d = M^(3/2), psi = d^(-2/3), M -> infinity"),
    ),
    states=(
        Part("teacher", equal(Limit(sqrt(M) * TEACHER_LOSS(*SQUARE_ROOT), M, oo), 1)),
        Part("ratio", equal(Limit(STUDENT_LOSS(*SQUARE_ROOT) / TEACHER_LOSS(*SQUARE_ROOT) ** 2, M, oo), 1)),
    ),
    derivation=TWO_LEVEL_STEPS,
    remarks=(
        "Published: d = M^(3/2) and L_ST = O~(L_TE^2). Reconstructed: the spectrum, and with it the constant 1 "
        "without a logarithm. A stopping time of order log M attains it.",
    ),
)

GAP = letters.symbol("g", positive=True)
"""How far d exceeds M: d = M^(1 + g)."""
CONSTANT_ERROR = (M, M ** (1 + GAP), FREE_CONSTANT * M**-GAP)
"""M, d and psi = c M/d."""
LIMIT_ERROR = FREE_CONSTANT / (1 + FREE_CONSTANT)

CONSTANT_ERROR_THEOREM = Claim(
    id="rf.thm3.3",
    title="Linear features: weak-to-strong learning from a teacher whose error does not vanish",
    source=Source(RF, "Theorem 3.3"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        UNIT_TARGET,
        UNIVERSALITY,
        BEST_TIME,
        TWO_LEVELS,
        TWO_LEVEL_LOSS,
        Assumption("c > 0 and g > 0 fixed; d = M^(1+g), psi = c M/d, M -> infinity"),
    ),
    states=(
        Part("teacher", equal(Limit(TEACHER_LOSS(*CONSTANT_ERROR), M, oo), LIMIT_ERROR)),
        Part("student", equal(Limit(STUDENT_LOSS(*CONSTANT_ERROR), M, oo), LIMIT_ERROR**2)),
        Part("gap", equal(Limit(RECOVERED_GAP(*CONSTANT_ERROR), M, oo), 1 / (1 + FREE_CONSTANT))),
    ),
    derivation=TWO_LEVEL_STEPS,
    remarks=(
        "Published: the title, weak-to-strong learning with an error of order 1. Reconstructed: all else.",
        "PGR tends to 1 - L_TE, the most that Theorem 4.1 leaves where f* lies in one eigenspace.",
    ),
)

CLAIMS = (RELU_THEOREM, LINEAR_THEOREM, CONSTANT_ERROR_THEOREM)
