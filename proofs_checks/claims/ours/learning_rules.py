"""Checks and falsifiers for learning rules whose filter stays in [0, 1]."""

from __future__ import annotations

from dataclasses import replace

import sympy
from flint import arb
from hypothesis import strategies as st
from sympy import Expr, Ge, Symbol
from sympy.logic.boolalg import Boolean

from proofs_checks.claims.shared_checks import decide_in_coordinates, derivation, register_derivations
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.algebra import conjuncts
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context, check, falsify
from w2s_theory.balls import ball, precision
from w2s_theory.claim import Claim
from w2s_theory.claims.ours.learning_rules import CLAIMS, LEARNING_RULES
from w2s_theory.geometry.shrinkage import HEAVY_BALL, ITERATIONS, RIDGE, STEP_TIMES_EIGENVALUE
from w2s_theory.notation.symbols import EIGENVALUE, TIME
from w2s_theory.relations import at_least

register_derivations(CLAIMS)


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
    LEARNING_RULES,
    "heavy-ball momentum is shrinkage optimal",
    (filters_at_drawn_parameters,),
    statement=sympy.And(LEARNING_RULES.statement, at_least(1 - HEAVY_BALL.filter, 0)),
)
falsify(
    LEARNING_RULES,
    "ridge regression with a negative penalty",
    (derivation, filters_in_the_unit_interval, filters_at_drawn_parameters),
    replacing={EIGENVALUE / (EIGENVALUE + RIDGE): EIGENVALUE / (EIGENVALUE - RIDGE)},
)
