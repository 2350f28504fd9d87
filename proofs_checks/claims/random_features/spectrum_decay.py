"""Checks and falsifiers for the decay of the ReLU eigenvalues.

Claim: rf.spectrum-decay.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy
from flint import arb
from hypothesis import strategies as st
from sympy import Expr, Poly
from sympy.core.relational import Relational

from proofs_checks.claims.shared_checks import register_derivation
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context, check, wrong
from w2s_theory.balls import ball, precision
from w2s_theory.claim import Claim
from w2s_theory.claims.random_features.spectrum_decay import (
    EVEN_DEGREE,
    INDEX,
    LEADING_CONSTANT,
    RANK,
    SPECTRUM_DECAY,
    centre,
    eigenvalue,
    law,
    lower,
    upper,
)
from w2s_theory.relations import as_text, at_least, equal, ordered_sides
from w2s_theory.sphere.funk_hecke import D

BITS = 256
EVEN_DIMENSIONS = range(2, 17, 2)
BOUNDS, RANKS, LIMITS = ("upper", "lower"), ("rank-upper", "rank-lower"), ("upper-limit", "lower-limit")
"""Parts of the statement."""

LOWER_EXPONENT = wrong(
    SPECTRUM_DECAY,
    "exponent d + 1 for d + 2 in the lower bound",
    part="lower",
    replacing={lower: lower * centre},
)
UPPER_EXPONENT = wrong(
    SPECTRUM_DECAY,
    "exponent d + 3 for d + 2 in the upper bound",
    part="upper",
    replacing={upper: upper / INDEX},
)
TWICE_THE_CONSTANT = wrong(
    SPECTRUM_DECAY,
    "leading constant twice as large",
    part=("upper-limit", "lower-limit", "rank-limit"),
    replacing={LEADING_CONSTANT: 2 * LEADING_CONSTANT},
)
SORTED_EXPONENT = wrong(
    SPECTRUM_DECAY,
    "exponent (d + 1)/(d - 1) of the sorted eigenvalues",
    part=("rank-upper", "rank-lower"),
    replacing={law: law * RANK ** (1 / (D - 1))},
)

register_derivation(SPECTRUM_DECAY, rejects=(LOWER_EXPONENT, TWICE_THE_CONSTANT))


def bounds(claim: Claim) -> list[Relational]:
    """Return the two bounds of the eigenvalue."""
    return [claim.relation(name) for name in BOUNDS]


@check(
    SPECTRUM_DECAY,
    Tier.DECISION,
    "Sturm sequences in even dimensions",
    rejects=(LOWER_EXPONENT, UPPER_EXPONENT),
)
def bounds_by_sturm(claim: Claim, _context: Context) -> Finding:
    """Decide the bounds for all n >= 1 at once: in even dimensions their quotients are rational in n."""
    domain = f"even d from {EVEN_DIMENSIONS[0]} to {EVEN_DIMENSIONS[-1]}, all degrees 2n + 2 with n >= 1"
    for dimension in EVEN_DIMENSIONS:
        for part in bounds(claim):
            numerator, denominator = _quotient(part, dimension).as_numer_denom()
            excess = Poly(numerator - denominator, INDEX)
            if excess.count_roots(1, None) == 0 and excess.LC() > 0:
                continue
            failing = next((n for n in range(1, 200) if excess.eval(n) < 0), None)
            if failing is None:
                return Finding(
                    Verdict.UNDECIDED, f"a sign change for real n at d = {dimension}: {as_text(part)}", domain
                )
            quotient = numerator.subs(INDEX, failing) / denominator.subs(INDEX, failing)
            witness = {"d": str(dimension), "n": str(failing), "quotient of the sides": str(quotient)}
            return Finding(Verdict.REFUTED, f"false: {as_text(part)}", domain, witness)
    covers = "the two bounds in even dimensions"
    return Finding(Verdict.PROVED, "no roots from n = 1 on", domain, covers=covers, parts=claim.ids(*BOUNDS))


def _quotient(part: Relational, dimension: int) -> Expr:
    """Return the quotient of a bound's sides, positive and in lowest terms, Gamma's recursion carried out."""
    greater, lesser = ordered_sides(part)
    sides = sympy.expand_func((greater / lesser).subs(D, dimension))
    return sympy.cancel(sympy.gammasimp(sides))


@dataclass(frozen=True)
class Place:
    """An eigenvalue, by its dimension and the n of its degree 2n + 2."""

    dimension: int
    index: int

    def describe(self) -> dict[str, str]:
        """Return dimension and degree as text, for a witness."""
        return {"d": str(self.dimension), "k": str(2 * self.index + 2)}

    def margin(self, part: Relational) -> arb:
        """Return a ball around the relative excess of a bound's greater side over its lesser one."""
        values = {D: arb(self.dimension), INDEX: arb(self.index)}
        greater, lesser = (ball(side, values) for side in ordered_sides(part))
        return (greater - lesser) / lesser


FARTHEST, NEAR_LIMIT = 10**6, 2e-4
"""The largest n at which balls are compared, and how near the limits are there, relative to them, up to d = 25."""


@check(
    SPECTRUM_DECAY,
    Tier.ENCLOSURE,
    "Arb balls on a grid",
    rejects=(LOWER_EXPONENT, UPPER_EXPONENT, TWICE_THE_CONSTANT),
)
def bounds_and_constants_in_balls(claim: Claim, _context: Context) -> Finding:
    """Certify the bounds on a grid, and the limits between lambda n^(d+2) and lambda (n + 1 + d/4)^(d+2)."""
    limits = [claim.relation(name) for name in LIMITS]
    places = [Place(d, n) for d in range(2, 26) for n in (*range(1, 26), 100, 10_000, FARTHEST)]
    brackets = [
        relation
        for part in limits
        for relation in (
            at_least(part.rhs, eigenvalue * (2 * INDEX) ** (D + 2)),
            at_least(eigenvalue * (2 * centre) ** (D + 2), part.rhs),
        )
    ]
    domain = "d = 2, ..., 25; n = 1, ..., 25 and 100, 10^4, 10^6"
    with precision(BITS):
        for place in places:
            for part in (*bounds(claim), *brackets):
                margin = place.margin(part)
                if not margin >= 0:
                    verdict = Verdict.REFUTED if margin < 0 else Verdict.UNDECIDED
                    witness = {**place.describe(), "relative margin": margin.str(8, radius=False)}
                    return Finding(verdict, f"false: {as_text(part)}", domain, witness)
        for part in limits:
            for place in places:
                apart = abs(place.margin(equal(part.rhs, part.lhs.args[0])))
                if place.index == FARTHEST and not apart < NEAR_LIMIT:
                    return Finding(Verdict.UNDECIDED, f"not near its limit: {as_text(part)}", domain)
    summary = f"{len(places)} eigenvalues between their bounds; the limits bracketed ever more closely"
    covers = "both bounds on the grid; the limits to a relative 2e-4 (n = 10^6)"
    return Finding(Verdict.CERTIFIED, summary, domain, covers=covers, parts=claim.ids(*BOUNDS, *LIMITS))


@check(
    SPECTRUM_DECAY,
    Tier.PROPERTY,
    "Hypothesis over dimensions and degrees, in ball arithmetic",
    rejects=(LOWER_EXPONENT, UPPER_EXPONENT, SORTED_EXPONENT),
)
def bounds_at_drawn_degrees(claim: Claim, context: Context) -> Finding:
    """Search for an eigenvalue outside its bounds by degree, or by its rank r = binomial(k+d-1, d-1)."""
    parts = [*bounds(claim), *_ranked(claim)]

    def worst(place: Place) -> tuple[arb, Relational]:
        return min(((place.margin(part), part) for part in parts), key=lambda pair: float(pair[0].mid()))

    def examine(place: Place) -> Trial:
        with precision(BITS):
            margin, _part = worst(place)
        return Trial((-float(margin.mid()),), bool(margin < 0))

    def confirm(place: Place) -> bool:
        with precision(4 * BITS):
            return bool(worst(place)[0] < 0)

    drawn = st.builds(Place, dimension=st.integers(2, 40), index=st.integers(1, 10**6))
    found = find_counterexample(drawn, examine, confirm, examples=context.examples, seed=context.seed)
    domain = "d up to 40, degrees up to 2 10^6; at rank r = binomial(k + d - 1, d - 1), without degree 1"
    if found.counterexample is not None:
        with precision(4 * BITS):
            margin, part = worst(found.counterexample)
        witness = {**found.counterexample.describe(), "relative margin": margin.str(8, radius=False)}
        return Finding(Verdict.REFUTED, f"false: {as_text(part)}", domain, witness)
    summary = f"{found.cases} eigenvalues between their bounds, by degree and by rank"
    covers = "the two bounds by degree, and the two by rank"
    return Finding(Verdict.SUPPORTED, summary, domain, covers=covers, parts=claim.ids(*BOUNDS, *RANKS))


def _ranked(claim: Claim) -> list[Relational]:
    """Return the two bounds by rank, at the number of eigenvalues of even degree k or less."""
    rank = sympy.gamma(EVEN_DEGREE + D) / (sympy.gamma(D) * sympy.gamma(EVEN_DEGREE + 1))
    return [claim.relation(name).subs(RANK, rank) for name in RANKS]
