"""Checks, falsifiers and tie for learning rules whose filter stays in [0, 1].

Claim: sharp.learning-rules.
"""

from __future__ import annotations

from dataclasses import replace

import sympy
from flint import arb
from hypothesis import strategies as st
from sympy import Expr, Ge, Rational, Symbol
from sympy.logic.boolalg import Boolean

from proofs_checks.claims.shared_checks import decide_in_coordinates, register_derivation
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.reading import about
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context, check, wrong
from proofs_checks.rocq.ties import Proved, Refutation, Tie
from w2s_theory.balls import ball, precision
from w2s_theory.claim import Claim, Part
from w2s_theory.claims.ours.learning_rules import LEARNING_RULES
from w2s_theory.geometry.shrinkage import (
    HEAVY_BALL,
    ITERATIONS,
    RIDGE,
    SPECTRAL_CUTOFF,
    STEP_TIMES_EIGENVALUE,
)
from w2s_theory.notation.symbols import EIGENVALUE, TIME, Topic
from w2s_theory.relations import as_text, at_least, margin

letters = Topic(__name__)

MOMENTUM = wrong(
    LEARNING_RULES,
    "heavy-ball momentum is shrinkage optimal",
    adding=(Part("heavy-ball-left", at_least(1 - HEAVY_BALL.filter, 0)),),
)
NEGATIVE_PENALTY = wrong(
    LEARNING_RULES,
    "ridge regression with a negative penalty",
    part="ridge-regression-learned",
    replacing={EIGENVALUE / (EIGENVALUE + RIDGE): EIGENVALUE / (EIGENVALUE - RIDGE)},
)

register_derivation(LEARNING_RULES, rejects=(NEGATIVE_PENALTY,))


@check(LEARNING_RULES, Tier.DECISION, "z3 over the filter's ingredients", rejects=(NEGATIVE_PENALTY,))
def filters_in_the_unit_interval(claim: Claim, context: Context) -> Finding:
    """Decide every inequality with exp(-t lambda) an unknown in (0, 1], and gradient descent for up to 8 iterations."""
    decay, left = letters.symbol("e", positive=True), letters.symbol("left", nonnegative=True)
    ingredients = {sympy.exp(-TIME * EIGENVALUE): decay, 1 - STEP_TIMES_EIGENVALUE: left}
    parts: list[Boolean] = []
    for part in claim.relations:
        folded = sympy.piecewise_fold(margin(part))
        pieces = folded.args if isinstance(folded, sympy.Piecewise) else ((margin(part), True),)
        counts = range(9) if part.has(ITERATIONS) else (0,)
        parts += [
            Ge(value.subs(ITERATIONS, count).subs(ingredients), 0)
            for value, _condition in pieces
            for count in counts
        ]
    transcendental = [part for part in parts if part.has(sympy.exp)]
    if transcendental:
        return Finding(Verdict.UNDECIDED, f"not algebraic: {transcendental[0]}", "")
    given = (decay <= 1, left <= 1, STEP_TIMES_EIGENVALUE <= 1)
    domain = claim.domain + "; at most 8 iterations of gradient descent"
    found = decide_in_coordinates(
        [part for part in parts if part is not sympy.true], {}, given, domain, context.seconds
    )
    return replace(found, covers="all rules, gradient descent for up to 8 iterations")


@check(
    LEARNING_RULES,
    Tier.PROPERTY,
    "Hypothesis over filters, in ball arithmetic",
    rejects=(MOMENTUM, NEGATIVE_PENALTY),
)
def filters_at_drawn_parameters(claim: Claim, context: Context) -> Finding:
    """Draw eigenvalues and parameters, and evaluate every filter in balls: none may leave [0, 1]."""
    parts = [part for part in claim.relations if not part.has(sympy.Piecewise)]
    symbols = sorted(set().union(*(part.free_symbols for part in parts)), key=str)

    def lowest(values: tuple[int, ...]) -> tuple[float, Expr | None]:
        at = {symbol: _parameter(symbol, value) for symbol, value in zip(symbols, values, strict=True)}
        sides = [(ball(margin(part), at), part) for part in parts]
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
        supported = Finding(
            Verdict.SUPPORTED, f"{found.cases} parameter choices, every filter in [0, 1]", domain
        )
        names = [part.name for part in claim.states if part.relation in parts]
        return about(claim, names, supported, "all rules but the spectral cut-off")
    with precision(200):
        broken = lowest(found.counterexample)[1]
        assert broken is not None
        at = {x: _parameter(x, n) for x, n in zip(symbols, found.counterexample, strict=True)}
        value = ball(broken.lhs, at).str(15, radius=False)
    used = {str(x): at[x].str(15, radius=False) for x in sorted(broken.free_symbols, key=str)}
    return Finding(Verdict.REFUTED, f"false: {as_text(broken)}", domain, {**used, str(broken.lhs): value})


def _parameter(symbol: Symbol, value: int) -> arb:
    if symbol is ITERATIONS:
        return arb(value)
    return arb(value) / (40 if symbol is STEP_TIMES_EIGENVALUE else 8)


# Tie of sharp.learning-rules to theories/claims/ours/learning_rules.v.
FLOW = "(t lambda : R) (forward : 0 <= t) (psd : 0 <= lambda)"
DESCENT = "(x : R) (k : nat) (range : 0 <= x <= 1)"
RIDGED = "(alpha lambda : R) (positive : 0 < alpha) (psd : 0 <= lambda)"
CUTOFF = "(alpha lambda : R)"


def half(claim: Claim, part: str, falsifier: str, theorem: str, **values: str) -> tuple[Refutation]:
    """Return the refutation of the twin that what a rule learns or leaves of a mode is at least 1/2."""
    relation = claim.relation(part)
    twin = wrong(claim, falsifier, part=part, replacing={relation: at_least(relation.lhs, Rational(1, 2))})
    return (Refutation(twin, f"ours.learning_rules.{theorem}", values),)


def flow_parts(claim: Claim) -> dict[str, Proved]:
    """Return how the parts of a claim on gradient flow's filter are proved."""
    return {
        "gradient-flow-learned": Proved(
            "ours.learning_rules.sharp_learning_rules_flow_learns_at_least_nothing",
            FLOW,
            half(
                claim,
                "gradient-flow-learned",
                "gradient flow learns half at least",
                "not_sharp_learning_rules_flow_learns_half",
                **{"t": "0", "lambda": "0"},
            ),
        ),
        "gradient-flow-left": Proved(
            "ours.learning_rules.sharp_learning_rules_flow_learns_at_most_all",
            FLOW,
            half(
                claim,
                "gradient-flow-left",
                "gradient flow leaves half at least",
                "not_sharp_learning_rules_flow_leaves_half",
                **{"t": "2", "lambda": "1"},
            ),
        ),
    }


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
    parts={
        **flow_parts(LEARNING_RULES),
        "gradient-descent-learned": Proved(
            "ours.learning_rules.sharp_learning_rules_descent_learns_at_least_nothing",
            DESCENT,
            half(
                LEARNING_RULES,
                "gradient-descent-learned",
                "gradient descent learns half at least",
                "not_sharp_learning_rules_descent_learns_half",
                **{"x": "0", "k": "1"},
            ),
        ),
        "gradient-descent-left": Proved(
            "ours.learning_rules.sharp_learning_rules_descent_learns_at_most_all",
            DESCENT,
            half(
                LEARNING_RULES,
                "gradient-descent-left",
                "gradient descent leaves half at least",
                "not_sharp_learning_rules_descent_leaves_half",
                **{"x": "1", "k": "1"},
            ),
        ),
        "ridge-regression-learned": Proved(
            "ours.learning_rules.sharp_learning_rules_ridge_learns_at_least_nothing",
            RIDGED,
            (
                Refutation(
                    NEGATIVE_PENALTY,
                    "ours.learning_rules.not_sharp_learning_rules_ridge_with_negative_penalty",
                    {"alpha": "2", "lambda": "1"},
                ),
            ),
        ),
        "ridge-regression-left": Proved(
            "ours.learning_rules.sharp_learning_rules_ridge_learns_at_most_all",
            RIDGED,
            half(
                LEARNING_RULES,
                "ridge-regression-left",
                "ridge regression leaves half at least",
                "not_sharp_learning_rules_ridge_leaves_half",
                **{"alpha": "1", "lambda": "3"},
            ),
        ),
        "spectral-cut-off-learned": Proved(
            "ours.learning_rules.sharp_learning_rules_cutoff_learns_at_least_nothing",
            CUTOFF,
            half(
                LEARNING_RULES,
                "spectral-cut-off-learned",
                "spectral cut-off learns half at least",
                "not_sharp_learning_rules_cutoff_learns_half",
                **{"alpha": "2", "lambda": "1"},
            ),
        ),
        "spectral-cut-off-left": Proved(
            "ours.learning_rules.sharp_learning_rules_cutoff_learns_at_most_all",
            CUTOFF,
            half(
                LEARNING_RULES,
                "spectral-cut-off-left",
                "spectral cut-off leaves half at least",
                "not_sharp_learning_rules_cutoff_leaves_half",
                **{"alpha": "1", "lambda": "1"},
            ),
        ),
    },
)

TIES = (RULES_TIE,)
