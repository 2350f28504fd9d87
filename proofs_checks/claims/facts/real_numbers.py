"""Checks and falsifiers of the facts about real numbers.

Claims: fact.power-order, fact.logarithm.
"""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from sympy import Expr, Rational, Symbol, sqrt

from proofs_checks.claims.shared_checks import register_derivation
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context, check, wrong
from w2s_theory.balls import holds
from w2s_theory.claim import Claim
from w2s_theory.claims.facts.real_numbers import (
    EXPONENT,
    LARGER,
    LOGARITHM,
    POINT,
    POWER_ORDER,
    SMALLER,
    above,
    below,
)
from w2s_theory.relations import at_least, margin

Point = Mapping[Symbol, Expr]

ROOTS_TOO_SMALL = wrong(
    POWER_ORDER,
    "99/100 of the root",
    part="roots",
    replacing={sqrt(LARGER): Rational(99, 100) * sqrt(LARGER)},
)
POWERS_TOO_SMALL = wrong(
    POWER_ORDER,
    "99/100 of the power",
    part="powers",
    replacing={LARGER**EXPONENT: Rational(99, 100) * LARGER**EXPONENT},
)
ABOVE_TOO_HIGH = wrong(
    LOGARITHM,
    "above 1.01 times 2z/(2 + z)",
    part="above",
    replacing={above: at_least(above.lhs - POINT / 50 / (2 + POINT), 0)},
)
BELOW_TOO_LOW = wrong(
    LOGARITHM, "below 99/100 of z", part="below", replacing={below: at_least(below.lhs - POINT / 100, 0)}
)

register_derivation(POWER_ORDER, rejects=(ROOTS_TOO_SMALL, POWERS_TOO_SMALL))
register_derivation(LOGARITHM, rejects=(ABOVE_TOO_HIGH, BELOW_TOO_LOW))


def rationals(largest: int) -> SearchStrategy[Expr]:
    """Return fractions in (0, largest], small ones too."""
    return st.builds(Rational, st.integers(1, 1000 * largest), st.just(1000))


def search_points(claim: Claim, points: SearchStrategy[Point], domain: str, context: Context) -> Finding:
    """Search values at which ball arithmetic shows a part to be false."""

    def broken(point: Point) -> bool:
        return any(holds(relation, point) is False for relation in claim.relations)

    def examine(point: Point) -> Trial:
        margins = [float(margin(relation).subs(point)) for relation in claim.relations]
        return Trial(tuple(-value for value in margins), suspect=min(margins) <= 1e-9)

    found = find_counterexample(points, examine, broken, examples=context.examples, seed=context.seed)
    if found.counterexample is not None:
        witness = {str(symbol): str(value) for symbol, value in found.counterexample.items()}
        return Finding(Verdict.REFUTED, f"false after {found.cases} cases", domain, witness)
    return Finding(Verdict.SUPPORTED, f"no counterexample in {found.cases} cases", domain)


@check(
    POWER_ORDER,
    Tier.PROPERTY,
    "Hypothesis over rational numbers, re-checked in ball arithmetic",
    rejects=(ROOTS_TOO_SMALL, POWERS_TOO_SMALL),
)
def order_of_drawn_powers(claim: Claim, context: Context) -> Finding:
    """Search pairs x >= y and exponents for powers in the other order."""
    points = st.builds(
        lambda smaller, more, exponent: {LARGER: smaller + more, SMALLER: smaller, EXPONENT: exponent},
        rationals(100),
        st.just(Rational(0)) | rationals(100),
        rationals(10),
    )
    return search_points(claim, points, "rational 0 < y <= x <= 200 and 0 < a <= 10", context)


@check(
    LOGARITHM,
    Tier.PROPERTY,
    "Hypothesis over rational numbers, re-checked in ball arithmetic",
    rejects=(ABOVE_TOO_HIGH, BELOW_TOO_LOW),
)
def bounds_of_drawn_logarithms(claim: Claim, context: Context) -> Finding:
    """Search numbers at which the logarithm leaves its bounds."""
    points = st.builds(lambda value: {POINT: value}, rationals(1000))
    return search_points(claim, points, "rational 0 < z <= 1000", context)
