"""The variance of an early stopped student, over all modes of its kernel: at most the leak of `early_stopping.py`."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, Integral, Sum, exp

from w2s_theory.claim import Assumption, Rule, Step
from w2s_theory.claims.early_stopping import STOPPING_TIME, SURPLUS, TRACE, leak, variance
from w2s_theory.notation.symbols import KAPPA, TIME, Topic
from w2s_theory.relations import at_least, equal
from w2s_theory.spectra.universality import Level, Levels, captured, missed

letters = Topic(__name__)

MODE, MODES = letters.symbols("i", "m", integer=True, positive=True)
EIGENVALUE = letters.indexed("lambda", nonnegative=True)[MODE]
MULTIPLICITY = letters.indexed("n", nonnegative=True)[MODE]
SPREAD = letters.symbol("v", nonnegative=True)
"""sum mass q (1 - q) over the target's eigenspaces."""
WIDTH_SURPLUS = letters.symbol("S", positive=True)
"""M - df2."""
r, s = letters.symbols("r", "s", nonnegative=True)


def over_modes(term: Expr) -> Sum:
    """Return the sum of a function of the mode i over all m modes, each as often as it occurs."""
    return Sum(MULTIPLICITY * term, (MODE, 1, MODES))


trace = over_modes(EIGENVALUE)
learned = over_modes(EIGENVALUE * (1 - exp(-TIME * EIGENVALUE)) ** 2 / (EIGENVALUE + KAPPA) ** 2)
"""sum n lambda A^2/(lambda + kappa)^2, with A = 1 - exp(-t lambda)."""
speed = Integral(exp(-r), (r, 0, TIME * EIGENVALUE))
"""A, and below it what it lacks to t lambda."""
lacking = Integral(Integral(exp(-r), (r, 0, s)), (s, 0, TIME * EIGENVALUE))
few_learned = at_least(TIME**2 * trace, learned)
variance_formula = SPREAD * KAPPA * learned / WIDTH_SURPLUS
wide_enough = at_least(WIDTH_SURPLUS, SURPLUS)
is_trace, is_stopping_time, is_variance = (
    equal(TRACE, trace),
    equal(TIME, STOPPING_TIME),
    equal(variance, variance_formula),
)


def target_spread(levels: Levels) -> Expr:
    """Return sum mass q (1 - q) over the target's eigenspaces."""
    return sum(each.mass * missed(each, KAPPA) * captured(each, KAPPA) for each in levels)


def variance_assumption(levels: Levels) -> Assumption:
    """Return what the variance at the stopping time is, over all modes of the kernel."""
    return Assumption(
        "the kernel has eigenvalues lambda_i with multiplicities n_i, i up to m, and the trace T; at the stopping time t "
        "the variance V is v rho(t) = v kappa sum_i n_i lambda_i A_i^2/(lambda_i + kappa)^2/S, A_i = 1 - exp(-t lambda_i), "
        "v = sum mass q (1 - q) over the target's eigenspaces, and S = M - df2 >= c_theta kappa^-theta",
        (is_trace, is_stopping_time, is_variance, wide_enough, equal(SPREAD, target_spread(levels))),
    )


def small_variance_steps(levels: Levels, inverse_moment: Expr) -> tuple[Step, ...]:
    """Return the proof that the variance is at most the leak; `inverse_moment` is sum mass/lambda over the levels."""
    bound = KAPPA**2 * inverse_moment * TIME**2 * trace / SURPLUS
    small_spread = at_least(KAPPA * inverse_moment, SPREAD)
    return (
        Step(
            "Over all modes: A <= t lambda, and lambda^2 <= (lambda + kappa)^2.",
            few_learned,
            Rule.NONNEGATIVE,
            certificate=(
                over_modes(
                    TIME**2 * EIGENVALUE * KAPPA * (2 * EIGENVALUE + KAPPA) / (EIGENVALUE + KAPPA) ** 2
                ),
                over_modes(EIGENVALUE * lacking * (lacking + 2 * speed) / (EIGENVALUE + KAPPA) ** 2),
            ),
        ),
        Step(
            "Over the target's eigenspaces: q (1 - q) <= kappa/lambda.",
            small_spread,
            Rule.NONNEGATIVE,
            given=(equal(SPREAD, target_spread(levels)),),
            certificate=_spread_gaps(levels),
        ),
        Step(
            "Together.",
            at_least(bound, variance_formula),
            Rule.NONNEGATIVE,
            given=(few_learned, small_spread, wide_enough),
            certificate=(
                KAPPA * (KAPPA * inverse_moment - SPREAD) * TIME**2 * trace / SURPLUS,
                KAPPA * SPREAD * (TIME**2 * trace - learned) / SURPLUS,
                KAPPA * SPREAD * learned * (WIDTH_SURPLUS - SURPLUS) / (SURPLUS * WIDTH_SURPLUS),
            ),
        ),
        Step(
            "With the trace and the stopping time that is the leak.",
            equal(leak(inverse_moment), bound),
            Rule.IDENTITY,
            given=(is_trace, is_stopping_time),
        ),
        Step(
            "So the variance is at most the leak.",
            at_least(leak(inverse_moment), variance),
            Rule.CHAIN,
            given=(is_variance,),
        ),
    )


def _spread_gaps(levels: Sequence[Level]) -> tuple[Expr, ...]:
    return tuple(
        each.mass * KAPPA / each.eigenvalue * missed(each, KAPPA) * (1 + captured(each, KAPPA))
        for each in levels
    )
