"""Checks and falsifiers for the sharp results: chains of students, and learning rules."""

from __future__ import annotations

from dataclasses import replace

import sympy
from flint import arb
from hypothesis import strategies as st
from scipy.optimize import brentq
from sympy import Expr, Ge, Rational, Symbol
from sympy.logic.boolalg import Boolean

from proofs_checks.claims.shared_checks import decide_in_coordinates, derivation, register_derivations
from proofs_checks.drawn.strategies import Chain, chains
from proofs_checks.drawn.student_chains import CHAIN_DOMAIN, ROUNDING_ALLOWANCE, SMALLEST_BOUND, report
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.algebra import conjuncts
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context, check, falsify
from w2s_theory.balls import ball, precision
from w2s_theory.claim import Claim
from w2s_theory.claims.ours.bootstrapping import (
    BOOTSTRAPPING,
    CHAIN_LIMIT,
    CLAIMS,
    LEARNING_RULES,
    SMALL_LOSS_RATIO,
    detour,
)
from w2s_theory.geometry.shrinkage import HEAVY_BALL, ITERATIONS, RIDGE, STEP_TIMES_EIGENVALUE, tight_chain
from w2s_theory.notation.symbols import EIGENVALUE, L_TE, STEPS, TIME

SMALLEST_TAU = Rational(1, 50)
LIMIT_TOLERANCE = Rational(1, 50)
CHAIN_LENGTHS = (2, 3)

register_derivations(CLAIMS)


@check(BOOTSTRAPPING, Tier.DECISION, "z3 on the rational tight curve")
def small_loss_ratio(claim: Claim, context: Context) -> Finding:
    """Decide that L*/L_TE^2 is within 1/50 of the claimed limit for all tau up to 1/50, for chains of 1 to 4."""
    (limit,) = (part.rhs.subs(detour, 0) for part in conjuncts(claim.statement) if isinstance(part, sympy.Eq))
    tau = tight_chain(1).tau
    parts = []
    for steps in range(1, 5):
        curve = tight_chain(steps)
        gap = sympy.cancel(curve.student_loss / curve.teacher_loss**2) - limit.subs(STEPS, steps)
        parts += [Ge(LIMIT_TOLERANCE, gap), Ge(gap, -LIMIT_TOLERANCE)]
    domain = f"n = 1, ..., 4; 0 < tau <= {SMALLEST_TAU}, where L_TE is about n^2 tau^2"
    found = decide_in_coordinates(parts, {}, (tau > 0, tau <= SMALLEST_TAU), domain, context.seconds)
    return replace(found, covers="the small-loss limit to within 1/50, for n = 1, ..., 4")


@check(BOOTSTRAPPING, Tier.PROPERTY, "Hypothesis over chains of students")
def chains_against_their_limit(claim: Claim, context: Context) -> Finding:
    """Search chains of 2 and of 3 students in the plane, where the best ones live, for one below the exact limit."""
    (bound,) = (part.rhs for part in conjuncts(claim.statement) if part.has(CHAIN_LIMIT))
    claimed_steps = bound.args[0]
    findings = []
    for steps in CHAIN_LENGTHS:
        curve = ChainLimit(int(claimed_steps.subs(STEPS, steps)))
        found = find_counterexample(
            chains(steps, largest_dimension=2),
            curve.examine,
            curve.confirm,
            examples=context.examples // 2,
            seed=context.seed + steps,
        )
        findings.append(report(found, f"L_ST / L*({curve.steps}, L_TE)", Chain.describe, CHAIN_DOMAIN))
    refuted = [finding for finding in findings if finding.verdict is Verdict.REFUTED]
    summary = "; ".join(finding.summary for finding in findings)
    return (
        refuted[0] if refuted else replace(findings[0], summary=summary, covers="chains of 2 and 3 students")
    )


class ChainLimit:
    """The exact limit L*(n, L) as a function of the teacher's loss L in (0, 1), by inverting the tight curve."""

    def __init__(self, steps: int) -> None:
        self.steps = steps
        self.curve = tight_chain(steps)
        self._teacher_loss = sympy.lambdify(self.curve.tau, self.curve.teacher_loss, "math")
        self._student_loss = sympy.lambdify(self.curve.tau, self.curve.student_loss, "math")

    def tau(self, teacher_loss: float) -> float:
        """Return the curve's parameter at a teacher's loss."""
        end = float(self.curve.end)
        return float(brentq(lambda tau: self._teacher_loss(tau) - teacher_loss, 0.0, end, xtol=1e-15))

    def examine(self, chain: Chain) -> Trial:
        """Compare a chain's loss with the limit in floating point."""
        teacher_loss, student_loss = chain.losses()
        if not 1e-9 < teacher_loss < 1 - 1e-9:
            return Trial(())
        limit = self._student_loss(self.tau(teacher_loss))
        if limit < SMALLEST_BOUND:
            return Trial(())
        return Trial((-student_loss / limit,), student_loss < limit - ROUNDING_ALLOWANCE)

    def confirm(self, chain: Chain) -> bool:
        """Return whether the loss is below the curve at a rational tau whose teacher is provably better."""
        tau = Rational(sympy.floor(self.tau(chain.losses()[0]) * 10**12) - 1, 10**12)
        with precision(200):
            teacher_loss, student_loss = chain.ball_losses()
            better, limit = (
                ball(side.subs(self.curve.tau, tau), {})
                for side in (self.curve.teacher_loss, self.curve.student_loss)
            )
            return bool(better <= teacher_loss) and bool(student_loss < limit)


@check(LEARNING_RULES, Tier.DECISION, "z3 over the filter's ingredients")
def filters_in_the_unit_interval(claim: Claim, context: Context) -> Finding:
    """Decide every inequality with exp(-t lambda) an unknown in (0, 1], and gradient descent for up to 8 iterations."""
    decay, left = Symbol("e", positive=True), Symbol("left", nonnegative=True)
    ingredients = {sympy.exp(-TIME * EIGENVALUE): decay, 1 - STEP_TIMES_EIGENVALUE: left}
    parts: list[Boolean] = []
    for part in conjuncts(claim.statement):
        folded = sympy.piecewise_fold(part.lhs)
        pieces = folded.args if isinstance(folded, sympy.Piecewise) else ((part.lhs, True),)
        counts = range(9) if part.has(ITERATIONS) else (0,)
        parts += [
            Ge(value.subs(ITERATIONS, count).subs(ingredients), part.rhs)
            for value, _condition in pieces
            for count in counts
        ]
    transcendental = [part for part in parts if part.has(sympy.exp)]
    if transcendental:
        return Finding(Verdict.UNDECIDED, f"not algebraic: {transcendental[0]}", "")
    given = (decay <= 1, left <= 1, STEP_TIMES_EIGENVALUE <= 1)
    domain = "; ".join(claim.assumptions) + "; at most 8 iterations of gradient descent"
    found = decide_in_coordinates(
        [part for part in parts if part is not sympy.true], {}, given, domain, context.seconds
    )
    return replace(found, covers="all rules, gradient descent for up to 8 iterations")


@check(LEARNING_RULES, Tier.PROPERTY, "Hypothesis over filters, in ball arithmetic")
def filters_at_drawn_parameters(claim: Claim, context: Context) -> Finding:
    """Draw eigenvalues and parameters, and evaluate every filter in balls: none may leave [0, 1]."""
    parts = [part for part in conjuncts(claim.statement) if not part.has(sympy.Piecewise)]
    symbols = sorted(set().union(*(part.free_symbols for part in parts)), key=str)

    def lowest(values: tuple[int, ...]) -> tuple[float, Expr | None]:
        at = {symbol: _parameter(symbol, value) for symbol, value in zip(symbols, values, strict=True)}
        sides = [(ball(part.lhs - part.rhs, at), part) for part in parts]
        broken = [part for value, part in sides if value < 0]
        return min(float(value.mid()) for value, _ in sides), (broken[0] if broken else None)

    def confirm(values: tuple[int, ...]) -> bool:
        with precision(200):
            return lowest(values)[1] is not None

    def examine(values: tuple[int, ...]) -> Trial:
        least, broken = lowest(values)
        return Trial((-least,), broken is not None)

    drawn = st.tuples(*(st.integers(1, 40) for _ in symbols))
    found = find_counterexample(drawn, examine, confirm, examples=context.examples, seed=context.seed)
    domain = "eigenvalues, times and parameters k/8 for k = 1, ..., 40; x = k/40; k iterations; Arb balls"
    if found.counterexample is None:
        return Finding(Verdict.SUPPORTED, f"{found.cases} parameter choices, every filter in [0, 1]", domain)
    with precision(200):
        broken = lowest(found.counterexample)[1]
        assert broken is not None
        at = {x: _parameter(x, n) for x, n in zip(symbols, found.counterexample, strict=True)}
        value = ball(broken.lhs, at).str(15, radius=False)
    used = {str(x): at[x].str(15, radius=False) for x in sorted(broken.free_symbols, key=str)}
    return Finding(Verdict.REFUTED, f"false: {broken}", domain, {**used, str(broken.lhs): value})


def _parameter(symbol: Symbol, value: int) -> arb:
    if symbol is ITERATIONS:
        return arb(value)
    return arb(value) / (40 if symbol is STEP_TIMES_EIGENVALUE else 8)


falsify(
    BOOTSTRAPPING,
    "limit ((1 + 1/n)/2)^2 with n + 1 in place of n",
    (derivation, small_loss_ratio),
    replacing={SMALL_LOSS_RATIO: SMALL_LOSS_RATIO.subs(STEPS, STEPS + 1)},
)
falsify(
    BOOTSTRAPPING,
    "a chain of n students obeys the limit of n - 1",
    (chains_against_their_limit,),
    replacing={CHAIN_LIMIT(STEPS, L_TE): CHAIN_LIMIT(STEPS - 1, L_TE)},
)
falsify(
    LEARNING_RULES,
    "heavy-ball momentum is shrinkage optimal",
    (filters_at_drawn_parameters,),
    statement=sympy.And(LEARNING_RULES.statement, Ge(1 - HEAVY_BALL.filter, 0, evaluate=False)),
)
falsify(
    LEARNING_RULES,
    "ridge regression with a negative penalty",
    (derivation, filters_in_the_unit_interval, filters_at_drawn_parameters),
    replacing={EIGENVALUE / (EIGENVALUE + RIDGE): EIGENVALUE / (EIGENVALUE - RIDGE)},
)
