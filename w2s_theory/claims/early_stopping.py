"""What early stopping does to a student's loss, at finite width: the steps that several rates share.

On an eigenspace of the kernel write q = kappa/(lambda + kappa), e = exp(-t lambda) and A = 1 - e. Under
Gaussian universality the loss is L_ST(t) = sum mass (q + (1 - q) e)^2 + v rho(t), with v = sum mass q (1 - q)
and rho(t) = sum w A^2 / sum w, w = N lambda/(lambda + kappa)^2, over all eigenspaces.
"""

from __future__ import annotations

from sympy import Expr, Function, Integral, exp, log

from w2s_theory.claim import Assumption, Rule, Step
from w2s_theory.notation.symbols import EIGENVALUE, KAPPA, TIME, Topic
from w2s_theory.relations import at_least, equal
from w2s_theory.spectra.universality import IDENTITIES, Level, captured, missed

letters = Topic(__name__)

UNIVERSALITY = Assumption(
    "Gaussian universality: kappa solves df1(kappa) = M, and losses are their deterministic equivalents"
)
BEST_TIME = Assumption("L_ST the least loss over all stopping times of an infinitely wide student")
POWER_SURPLUS = Assumption(
    "finite trace T; M - df2 >= c_theta kappa^-theta for some theta > 0, as where eigenvalues decay as a power"
)

TEACHER_LOSS, STUDENT_LOSS, RECOVERED_GAP = map(Function, ("L_TE", "L_ST", "PGR"))
"""The observables as functions of the teacher's width."""

TRACE = letters.symbol("T", positive=True)
"""The trace of the student's kernel, sum N lambda."""
SURPLUS_POWER = letters.symbol("theta", positive=True)
SURPLUS_CONSTANT = letters.symbol("c_theta", positive=True)
LEAST_EIGENVALUE = letters.symbol("lambda_low", positive=True)
"""The least eigenvalue that carries some of the target."""
SURPLUS = SURPLUS_CONSTANT * KAPPA**-SURPLUS_POWER
STOPPING_TIME = 2 * log(1 / KAPPA) / LEAST_EIGENVALUE

variance, best_variance = letters.symbols("V", "V_best", nonnegative=True)
"""The variance of the student's loss at STOPPING_TIME, and at the best time."""
unlearned, excess = letters.symbols("e", "epsilon", nonnegative=True)
learned, mass = letters.symbols("x", "mass", positive=True)
r, s = letters.symbols("r", "s", nonnegative=True)
level = Level(EIGENVALUE, 1)
q, kept = missed(level, KAPPA), captured(level, KAPPA)


at_stopping = exp(-TIME * (LEAST_EIGENVALUE + excess))
"""What a mode of the target keeps at time t."""
STOPPED = Assumption(
    "t the stopping time 2 log(1/kappa)/lambda_low, at which the slowest of the target's modes keeps kappa^2",
    (equal(exp(-TIME * LEAST_EIGENVALUE), KAPPA**2),),
)


def leak(inverse_eigenvalue: Expr) -> Expr:
    """Return a bound of v rho at STOPPING_TIME, with the mean of 1/lambda over the target's mass or more."""
    return KAPPA**2 * inverse_eigenvalue * TRACE * STOPPING_TIME**2 / SURPLUS


STOPPING_STEPS: tuple[Step, ...] = (
    Step(
        "At every time the student misses at least what the posterior-mean teacher misses.",
        at_least((q + kept * unlearned) ** 2, q**2),
        Rule.NONNEGATIVE,
        certificate=(2 * q * kept * unlearned, kept**2 * unlearned**2),
    ),
    IDENTITIES[0],
    Step(
        "By time t the student has learned at most t lambda =: x of a mode.",
        at_least(learned, 1 - exp(-learned)),
        Rule.NONNEGATIVE,
        certificate=(Integral(Integral(exp(-r), (r, 0, s)), (s, 0, learned)),),
    ),
    Step(
        "So rho(t) (M - df2)/kappa = sum N lambda A^2/(lambda + kappa)^2 is at most t^2 sum N lambda.",
        at_least(level.eigenvalue, level.eigenvalue * kept**2),
        Rule.NONNEGATIVE,
        certificate=(level.eigenvalue * q * (1 + kept),),
    ),
    Step(
        "And q (1 - q) is at most kappa/lambda: together v rho(t) <= kappa E[1/lambda] t^2 kappa T/(M - df2).",
        at_least(KAPPA / level.eigenvalue, q * kept),
        Rule.NONNEGATIVE,
        certificate=(KAPPA / level.eigenvalue * q * (1 + kept),),
    ),
    Step(
        "Faster modes keep less: with lambda = lambda_low + epsilon, the difference is an integral.",
        at_least(exp(-TIME * LEAST_EIGENVALUE), at_stopping),
        Rule.NONNEGATIVE,
        certificate=(Integral(TIME * exp(-TIME * s), (s, LEAST_EIGENVALUE, LEAST_EIGENVALUE + excess)),),
    ),
    Step(
        "At t = 2 log(1/kappa)/lambda_low the slowest of the target's modes keeps kappa^2: e <= kappa^2 on all of them.",
        at_least(KAPPA**2, at_stopping),
        Rule.CHAIN,
        given=STOPPED.says,
    ),
    Step(
        "And the mean student misses at most q + kappa^2.",
        at_least(q + KAPPA**2, q + kept * at_stopping),
        Rule.NONNEGATIVE,
        given=(at_least(KAPPA**2, at_stopping),),
        certificate=(KAPPA**2 - at_stopping, q * at_stopping),
    ),
)
"""They bound the loss between sum mass q^2, at every time, and sum mass (q + kappa^2)^2 + leak, at STOPPING_TIME."""
