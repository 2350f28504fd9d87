"""Checks and falsifiers for the odd degrees that ReLU features do not see.

Claim: rf.odd-degrees.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd

import numpy as np
from flint import arb, fmpq
from hypothesis import strategies as st
from scipy.stats import norm

from proofs_checks.claims.shared_checks import register_derivation
from proofs_checks.drawn.sphere_moments import Vector, best_loss, legendre_polynomial, relu_coefficient
from proofs_checks.drawn.strategies import vectors
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.reading import least_of, what_is
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context, check, wrong
from w2s_theory.balls import ball, precision
from w2s_theory.claim import Claim
from w2s_theory.claims.random_features.odd_degrees import ODD_DEGREES, odd_mass
from w2s_theory.claims.random_features.sphere_spectrum import odd_coefficient
from w2s_theory.notation.symbols import L_ST, L_TE
from w2s_theory.sphere.funk_hecke import D, M
from w2s_theory.sphere.harmonics import multiplicity_integer
from w2s_theory.sphere.integrals import ReluCoefficient

SEARCH_BITS, CONFIRMING_BITS = 128, 256
POINTS_PER_EXAMPLE = 20
FALSE_ALARM_RATE = 1e-6

EVEN_DEGREES = wrong(
    ODD_DEGREES,
    "even degrees from 2 on instead of odd ones",
    part="coefficient",
    replacing={odd_coefficient: ReluCoefficient(D, 2 * M + 2)},
)
DEGREE_1_TOO = wrong(
    ODD_DEGREES,
    "degree 1 invisible too",
    part="coefficient",
    replacing={odd_coefficient: ReluCoefficient(D, 2 * M + 1)},
)
TWICE_THE_MASS = wrong(
    ODD_DEGREES,
    "the loss is at least twice the hidden mass",
    part=("teacher", "student"),
    replacing={odd_mass: 2 * odd_mass},
)

register_derivation(ODD_DEGREES, rejects=(EVEN_DEGREES,))


@check(ODD_DEGREES, Tier.ENCLOSURE, "exact rational moments", rejects=(EVEN_DEGREES, DEGREE_1_TOO))
def odd_coefficients_exactly(claim: Claim, _context: Context) -> Finding:
    """Integrate P_k term by term in rationals: the coefficient is exactly 0."""
    stated = what_is(claim, "coefficient", 0)
    domain = "d = 2, ..., 40 and the first 15 degrees"
    for d in range(2, 41):
        for m in range(15):
            degree = int(stated.args[1].subs(M, m))
            value = relu_coefficient(d, degree)
            if value != 0:
                witness = {"d": str(d), "k": str(degree), "s_k": value.str(10, radius=False)}
                return Finding(Verdict.REFUTED, "not zero", domain, witness)
    return Finding(
        Verdict.CERTIFIED,
        "585 coefficients are exactly 0",
        domain,
        covers="the coefficient",
        parts=claim.ids("coefficient"),
    )


@dataclass(frozen=True)
class Fit:
    """A target of one seen and one hidden degree around an axis, and the features that may fit it."""

    axis: Vector
    features: tuple[Vector, ...]
    seen: int
    index: int
    hidden_mass: fmpq

    def loss(self, hidden: int) -> arb:
        """Return the least loss of a combination of the features."""
        return best_loss(
            self.features, self.axis, ((self.seen, 1 - self.hidden_mass), (hidden, self.hidden_mass))
        )


@st.composite
def fits(draw: st.DrawFn) -> Fit:
    """Draw a target and up to 8 features in 2 to 4 dimensions, no two in one direction."""
    dimension = draw(st.integers(2, 4))
    nonzero = vectors(dimension).filter(any)
    features = draw(st.lists(nonzero, min_size=1, max_size=8, unique_by=_direction))
    return Fit(
        draw(nonzero),
        tuple(features),
        draw(st.sampled_from((0, 1))),
        draw(st.integers(0, 3)),
        fmpq(draw(st.integers(1, 15)), 16),
    )


def _direction(vector: Vector) -> Vector:
    divisor = gcd(*vector)
    return tuple(value // divisor for value in vector)


@check(
    ODD_DEGREES,
    Tier.PROPERTY,
    "Hypothesis over targets and features, in ball arithmetic",
    rejects=(EVEN_DEGREES, TWICE_THE_MASS),
)
def fits_of_drawn_targets(claim: Claim, context: Context) -> Finding:
    """Fit drawn targets by drawn features as well as possible: the loss keeps the hidden component's mass."""
    coefficient = what_is(claim, "coefficient", 0)
    floors = [least_of(claim, "teacher", L_TE), least_of(claim, "student", L_ST)]

    def hidden(fit: Fit) -> int:
        return int(coefficient.args[1].subs(M, fit.index))

    def gap(fit: Fit) -> arb:
        mass = arb(fit.hidden_mass)
        loss = fit.loss(hidden(fit))
        return min((loss - ball(floor, {odd_mass: mass}) for floor in floors), key=lambda x: float(x.mid()))

    def examine(fit: Fit) -> Trial:
        try:
            value = gap(fit)
        except ZeroDivisionError:
            return Trial(())
        return Trial((-float(value.mid()),), bool(value < 0))

    def confirm(fit: Fit) -> bool:
        with precision(CONFIRMING_BITS):
            return bool(gap(fit) < 0)

    with precision(SEARCH_BITS):
        found = find_counterexample(
            fits(), examine, confirm, examples=context.examples // 4, seed=context.seed
        )
    domain = "2 to 4 dimensions, up to 8 features; zonal targets of a degree 0 or 1 and a hidden one"
    if found.counterexample is None:
        summary = f"{found.cases} best fits, none with a loss below the hidden mass"
        covers = "least-squares fits of zonal targets, which no other combination beats"
        return Finding(
            Verdict.SUPPORTED, summary, domain, covers=covers, parts=claim.ids("teacher", "student")
        )
    fit = found.counterexample
    with precision(CONFIRMING_BITS):
        loss = fit.loss(hidden(fit))
    witness = {
        "features": str(fit.features),
        "axis": str(fit.axis),
        "degrees": f"{fit.seen}, {hidden(fit)}",
        "hidden mass": str(fit.hidden_mass),
        "loss": loss.str(12, radius=False),
    }
    return Finding(Verdict.REFUTED, "the hidden component is partly learned", domain, witness)


@check(ODD_DEGREES, Tier.SIMULATION, "Monte Carlo over the sphere", rejects=(EVEN_DEGREES, DEGREE_1_TOO))
def overlaps_by_simulation(claim: Claim, context: Context) -> Finding:
    """Average a zonal harmonic times a feature over points of the sphere, without the Funk-Hecke formula."""
    stated = what_is(claim, "coefficient", 0)
    count = POINTS_PER_EXAMPLE * context.examples
    generator = np.random.default_rng(context.seed)
    cases = [(d, int(stated.args[1].subs(M, m))) for d in range(2, 9) for m in (0, 1)]
    threshold = float(norm.isf(FALSE_ALARM_RATE / (2 * len(cases))))
    domain = f"d = 2, ..., 8, two degrees each; {count} points and a random feature per case"
    largest = 0.0
    for d, degree in cases:
        points = generator.standard_normal((count, d))
        points /= np.linalg.norm(points, axis=1, keepdims=True)
        axis = np.eye(d)[0]
        feature = axis + generator.standard_normal(d) / (3 * np.sqrt(d))
        zonal = np.polynomial.Polynomial([float(value) for value in legendre_polynomial(d, degree).coeffs()])
        harmonic = np.sqrt(multiplicity_integer(d, degree)) * zonal(points @ axis)
        products = harmonic * np.maximum(points @ feature, 0) / np.linalg.norm(feature)
        score = float(products.mean() / products.std(ddof=1) * np.sqrt(count))
        largest = max(largest, abs(score))
        if abs(score) > threshold:
            witness = {"d": str(d), "k": str(degree), "z": f"{score:.1f}", "threshold": f"{threshold:.2f}"}
            summary = f"the overlap is not 0, false-alarm rate {FALSE_ALARM_RATE:g}"
            return Finding(Verdict.REFUTED, summary, domain, witness)
    summary = f"{len(cases)} overlaps, |z| <= {largest:.2f}; false-alarm rate {FALSE_ALARM_RATE:g} at {threshold:.2f}"
    return Finding(
        Verdict.SUPPORTED, summary, domain, covers="E f_odd(x) act(<u,x>) = 0", parts=claim.ids("coefficient")
    )
