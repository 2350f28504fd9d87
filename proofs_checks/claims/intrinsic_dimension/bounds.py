"""Checks and falsifiers of the published bounds in two subspaces."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import sympy
from hypothesis import strategies as st
from sympy import Symbol
from sympy.core.relational import Relational

from proofs_checks.claims.shared_checks import decide_in_coordinates, derivation, register_derivations
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context, check, falsify
from w2s_theory.claim import Claim
from w2s_theory.claims.intrinsic_dimension.bounds import (
    BEST_LABELS,
    CLAIMS,
    OPR_BOUND,
    OPTIMAL_LABELS,
    PGR_BOUND,
    effective,
    misfit,
    published_risk,
    to_student,
)
from w2s_theory.geometry.subspaces import D_S, D_SW, D_W, LABELLED, NOISE, RHO_S, RHO_W, UNLABELLED
from w2s_theory.notation.symbols import ER_C, ER_S, ER_W, ER_W2S
from w2s_theory.relations import at_least

Values = Mapping[Symbol, Fraction]

register_derivations(CLAIMS)


def settings() -> st.SearchStrategy[dict[Symbol, Fraction]]:
    """Draw points, dimensions, noise and misfits, and risks that meet the premises of the published bounds."""
    dimension, eighths = st.integers(1, 30), st.integers(0, 8)
    drawn = (dimension, dimension, st.integers(0, 200), st.integers(0, 200), st.integers(1, 40))
    return st.builds(_setting, *drawn, *[eighths] * 7)


def _setting(
    d_s: int, d_w: int, n: int, N: int, noise: int, d_sw: int, rho_s: int, rho_w: int, *risks: int
) -> dict[Symbol, Fraction]:
    """Return the values at n and N points beyond the fewest; what follows is counted in eighths of its range."""
    values = {
        D_S: Fraction(d_s),
        D_W: Fraction(d_w),
        D_SW: Fraction(min(d_s, d_w) * d_sw, 8),
        LABELLED: Fraction(d_w + 2 + n),
        UNLABELLED: Fraction(d_s + N),
        NOISE: Fraction(noise, 8),
        RHO_S: Fraction(rho_s, 40),
        RHO_W: Fraction(rho_w, 40),
    }
    labels = values[NOISE] / values[LABELLED]
    teacher, baseline, student, ceiling = (Fraction(risk, 9) for risk in risks)
    values[ER_W] = d_w * labels * (1 + teacher)
    values[ER_S] = d_s * labels * (1 + baseline)
    values[ER_W2S] = min(_PUBLISHED_RISK(values), values[ER_W]) * (1 - student)
    values[ER_C] = values[ER_W2S] * ceiling
    return values


def exactly(expression: sympy.Expr) -> Callable[[Values], Fraction]:
    """Return a rational expression with integer coefficients as a function of exact values."""
    symbols = sorted(expression.free_symbols, key=str)
    function = sympy.lambdify(symbols, expression, modules=[{}])

    def value(values: Values) -> Fraction:
        return Fraction(function(*(values[symbol] for symbol in symbols)))

    return value


_PUBLISHED_RISK = exactly(published_risk)


def bound_at_drawn_risks(claim: Claim, context: Context) -> Finding:
    """Draw risks that meet the premises, down to equality, and compare exactly with the bound."""
    relation: Relational = claim.statement
    margin = exactly(relation.lhs - relation.rhs)

    found = find_counterexample(
        settings(),
        lambda values: Trial((0.0,), margin(values) < 0),
        lambda values: margin(values) < 0,
        examples=context.examples,
        seed=context.seed,
    )
    domain = "d_s, d_w up to 30, up to 200 points beyond; risks that meet the premises; exact rationals"
    if found.counterexample is None:
        return Finding(Verdict.SUPPORTED, f"{found.cases} settings, all within the bound", domain)
    values = found.counterexample
    witness = {str(symbol): str(values[symbol]) for symbol in sorted(relation.free_symbols, key=str)}
    return Finding(Verdict.REFUTED, "below the bound", domain, {**witness, "margin": str(margin(values))})


for _claim in (PGR_BOUND, OPR_BOUND):
    check(_claim, Tier.PROPERTY, "Hypothesis over risks, in exact arithmetic")(bound_at_drawn_risks)


@check(OPTIMAL_LABELS, Tier.DECISION, "z3 over the real numbers of labels")
def no_number_of_labels_does_better(claim: Claim, context: Context) -> Finding:
    """Decide what the bound loses at n against n*, and that the loss is never negative.

    D_N is written by r = sqrt((d_w + 1) D_N sigma^2/rho), so that n* = d_w + 1 + r needs no root.
    """
    beyond = Symbol("r", positive=True)
    coordinates = {effective: beyond**2 * misfit / ((D_W + 1) * NOISE)}
    parts = (claim.statement, at_least(claim.statement.lhs, 0))
    domain = "real n > d_w + 1; d_w, D_N, rho, sigma^2 > 0"
    return decide_in_coordinates(parts, coordinates, (LABELLED > D_W + 1,), domain, context.seconds)


falsify(
    PGR_BOUND,
    "the gap measured against the sum of the risks",
    (derivation, bound_at_drawn_risks),
    replacing={ER_W - ER_C: ER_W + ER_C},
)
falsify(
    PGR_BOUND,
    "no inherited variance: d_sw dropped",
    (bound_at_drawn_risks,),
    statement=PGR_BOUND.statement.subs(D_SW, 0),
)
falsify(
    OPR_BOUND,
    "the ratio upside down",
    (derivation, bound_at_drawn_risks),
    replacing={to_student: 1 / to_student},
)
falsify(
    OPR_BOUND,
    "d_s/(2N) in place of d_s/N",
    (bound_at_drawn_risks,),
    statement=OPR_BOUND.statement.subs(UNLABELLED, 2 * UNLABELLED),
)
falsify(
    OPTIMAL_LABELS,
    "n* one label later",
    (derivation, no_number_of_labels_does_better),
    replacing={BEST_LABELS: BEST_LABELS + 1},
)
falsify(
    OPTIMAL_LABELS,
    "the root of d_w D_N sigma^2/rho, without the 1",
    (no_number_of_labels_does_better,),
    replacing={BEST_LABELS: D_W + 1 + sympy.sqrt(D_W * effective * NOISE / misfit)},
)
