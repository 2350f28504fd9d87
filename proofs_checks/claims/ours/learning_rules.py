"""Checks, falsifiers and tie for learning rules whose filter stays in [0, 1]."""

from __future__ import annotations

from dataclasses import replace

import sympy
from flint import arb
from hypothesis import strategies as st
from sympy import Expr, Ge, Rational, Symbol
from sympy.logic.boolalg import Boolean

from proofs_checks.claims.shared_checks import decide_in_coordinates, derivation, register_derivations
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.algebra import conjuncts
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context, check, falsify
from proofs_checks.rocq.ties import Part, Refutation, Tie
from w2s_theory.balls import ball, precision
from w2s_theory.claim import Claim
from w2s_theory.claims.ours.learning_rules import CLAIMS, LEARNING_RULES
from w2s_theory.geometry.shrinkage import (
    GRADIENT_DESCENT,
    GRADIENT_FLOW,
    HEAVY_BALL,
    ITERATIONS,
    RIDGE,
    RIDGE_REGRESSION,
    SPECTRAL_CUTOFF,
    STEP_TIMES_EIGENVALUE,
)
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

# Tie of sharp.learning-rules to theories/claims/ours/learning_rules.v.
FLOW = "(t lambda : R) (forward : 0 <= t) (psd : 0 <= lambda)"
DESCENT = "(x : R) (k : nat) (range : 0 <= x <= 1)"
RIDGED = "(alpha lambda : R) (positive : 0 < alpha) (psd : 0 <= lambda)"
CUTOFF = "(alpha lambda : R)"


def half(side: Expr, falsifier: str, theorem: str, **values: str) -> tuple[Refutation]:
    """Return the refutation of the twin that `side`, what a rule learns or leaves of a mode, is at least 1/2."""
    twin = {at_least(side, 0): at_least(side, Rational(1, 2))}
    return (Refutation(falsifier, theorem, values, replacing=twin),)


FLOW_PARTS = (
    Part(
        "ours.learning_rules.sharp_learning_rules_flow_learns_at_least_nothing",
        FLOW,
        half(
            GRADIENT_FLOW.filter,
            "gradient flow learns half at least",
            "ours.learning_rules.not_sharp_learning_rules_flow_learns_half",
            **{"t": "0", "lambda": "0"},
        ),
    ),
    Part(
        "ours.learning_rules.sharp_learning_rules_flow_learns_at_most_all",
        FLOW,
        half(
            1 - GRADIENT_FLOW.filter,
            "gradient flow leaves half at least",
            "ours.learning_rules.not_sharp_learning_rules_flow_leaves_half",
            **{"t": "2", "lambda": "1"},
        ),
    ),
)

RULES_TIE = Tie(
    LEARNING_RULES,
    context="",
    theories=("learning_rules",),
    naturals={ITERATIONS: "k"},
    names={
        STEP_TIMES_EIGENVALUE: "x",
        RIDGE: "alpha",
        TIME: "t",
        EIGENVALUE: "lambda",
        SPECTRAL_CUTOFF.filter: "cutoff_filter alpha lambda",
    },
    parts=(
        *FLOW_PARTS,
        Part(
            "ours.learning_rules.sharp_learning_rules_descent_learns_at_least_nothing",
            DESCENT,
            half(
                GRADIENT_DESCENT.filter,
                "gradient descent learns half at least",
                "ours.learning_rules.not_sharp_learning_rules_descent_learns_half",
                **{"x": "0", "k": "1"},
            ),
        ),
        Part(
            "ours.learning_rules.sharp_learning_rules_descent_learns_at_most_all",
            DESCENT,
            half(
                1 - GRADIENT_DESCENT.filter,
                "gradient descent leaves half at least",
                "ours.learning_rules.not_sharp_learning_rules_descent_leaves_half",
                **{"x": "1", "k": "1"},
            ),
        ),
        Part(
            "ours.learning_rules.sharp_learning_rules_ridge_learns_at_least_nothing",
            RIDGED,
            (
                Refutation(
                    "ridge regression with a negative penalty",
                    "ours.learning_rules.not_sharp_learning_rules_ridge_with_negative_penalty",
                    {"alpha": "2", "lambda": "1"},
                ),
            ),
        ),
        Part(
            "ours.learning_rules.sharp_learning_rules_ridge_learns_at_most_all",
            RIDGED,
            half(
                1 - RIDGE_REGRESSION.filter,
                "ridge regression leaves half at least",
                "ours.learning_rules.not_sharp_learning_rules_ridge_leaves_half",
                **{"alpha": "1", "lambda": "3"},
            ),
        ),
        Part(
            "ours.learning_rules.sharp_learning_rules_cutoff_learns_at_least_nothing",
            CUTOFF,
            half(
                SPECTRAL_CUTOFF.filter,
                "spectral cut-off learns half at least",
                "ours.learning_rules.not_sharp_learning_rules_cutoff_learns_half",
                **{"alpha": "2", "lambda": "1"},
            ),
        ),
        Part(
            "ours.learning_rules.sharp_learning_rules_cutoff_learns_at_most_all",
            CUTOFF,
            half(
                1 - SPECTRAL_CUTOFF.filter,
                "spectral cut-off leaves half at least",
                "ours.learning_rules.not_sharp_learning_rules_cutoff_leaves_half",
                **{"alpha": "1", "lambda": "1"},
            ),
        ),
    ),
)

TIES = (RULES_TIE,)
