"""Checks and falsifiers of the conditions and bounds in two subspaces, and of the bridge to early stopping."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import numpy as np
import sympy
from hypothesis import strategies as st
from scipy import stats
from sympy import Limit, Symbol
from sympy.core.relational import Relational

from numeric.ridgeless import simulate_ridgeless
from numeric.subspace_pairs import aligned_pair
from proofs_checks.algebra import conjuncts
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.papers.common import decide_in_coordinates, derivation, register_derivations
from proofs_checks.registry import Context, check, falsify
from proofs_checks.search import Trial, find_counterexample
from w2s_theory.claims import Claim
from w2s_theory.papers.subspace_bounds import (
    BEST_LABELS,
    CLAIMS,
    CONDITION,
    OPR_BOUND,
    OPTIMAL_LABELS,
    PGR_BOUND,
    POPULATION_EXCESS,
    VARIANCE_REMOVAL,
    inherited_share,
    published_risk,
    to_student,
)
from w2s_theory.subspaces import (
    D_S,
    D_SW,
    D_W,
    LABELLED,
    NOISE,
    RHO_S,
    RHO_W,
    UNLABELLED,
)
from w2s_theory.symbols import ER_C, ER_S, ER_W, ER_W2S

Values = Mapping[Symbol, Fraction]

FALSE_ALARMS = 1e-6
ENDLESS = 10**6

register_derivations(CLAIMS)


@check(CONDITION, Tier.DECISION, "z3 over the numbers of points and dimensions")
def signs_of_the_advantages(claim: Claim, context: Context) -> Finding:
    """Decide each identity over all real numbers of points and dimensions for which the risks are finite."""
    given = (LABELLED > D_W + 1, LABELLED > D_S + 1, UNLABELLED > D_S + 1, D_W >= D_SW, D_S >= D_SW)
    domain = "real n > max(d_s, d_w) + 1, N > d_s + 1, 0 <= d_sw <= min(d_s, d_w), sigma^2 > 0"
    return decide_in_coordinates(conjuncts(claim.statement), {}, given, domain, context.seconds)


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


@check(VARIANCE_REMOVAL, Tier.SIMULATION, "least squares by exact sufficient statistics")
def variance_left_with_endless_points(claim: Claim, context: Context) -> Finding:
    """Compare the ratio of student's to teacher's mean risk at N = 1000000 with the claimed limit."""
    (limit,) = (part.rhs for part in conjuncts(claim.statement) if part.has(Limit))
    trials = int(np.clip(20 * context.examples, 2_000, 100_000))
    dimensions = ((6, 10, 3.0), (8, 5, 2.5), (4, 4, 1.0))
    width = float(stats.norm.ppf(1 - FALSE_ALARMS / (2 * len(dimensions))))
    domain = (
        f"(d_s, d_w, d_sw) = {dimensions}, n = 40, N = {ENDLESS}, beside the share d_s/(N - d_s - 1) off V_s; "
        f"{trials} trials; joint false-alarm rate {FALSE_ALARMS:g} by the normal approximation"
    )
    for d_s, d_w, d_sw in dimensions:
        runs = simulate_ridgeless(aligned_pair(d_s, d_w, d_sw), 40, ENDLESS, 1.0, trials, context.seed)
        teacher, student = runs["ER_w"].values, runs["ER_w2s"].values
        claimed = float(limit.subs({D_W: d_w, D_SW: sympy.Rational(d_sw)}))
        # The ratio of means is the claimed one where this mean is zero.
        residue = student - claimed * teacher
        interval = width * residue.std(ddof=1) / np.sqrt(trials) + d_s / (ENDLESS - d_s - 1) * teacher.mean()
        if abs(residue.mean()) > interval:
            witness = {
                "d_s, d_w, d_sw": f"{d_s}, {d_w}, {d_sw}",
                "simulated ratio": f"{student.mean() / teacher.mean():.6g} +- {interval / teacher.mean():.2g}",
                "claimed ratio": f"{claimed:.6g}",
            }
            return Finding(Verdict.REFUTED, "another share of the variance is left", domain, witness)
    found = f"the share left is as claimed in {len(dimensions)} settings"
    return Finding(Verdict.SUPPORTED, found, domain, covers="the limit of many points")


falsify(
    CONDITION,
    "N > d_s is enough for the population risk",
    (signs_of_the_advantages,),
    replacing={POPULATION_EXCESS: UNLABELLED - D_S},
)
falsify(
    CONDITION,
    "N > d_s + 2 is enough for the population risk",
    (derivation, signs_of_the_advantages),
    replacing={POPULATION_EXCESS: UNLABELLED - D_S - 2},
)
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
    (derivation,),
    replacing={BEST_LABELS: BEST_LABELS + 1},
)
falsify(
    VARIANCE_REMOVAL,
    "the cosines' share sqrt(d_sw/d_w) in place of d_sw/d_w",
    (derivation, variance_left_with_endless_points),
    replacing={inherited_share: sympy.sqrt(inherited_share)},
)
