"""Checks and falsifiers for the rate of the fixed point kappa and its constants.

Claim: sharp.kappa-constants.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy as np
from flint import arb
from hypothesis import strategies as st
from numpy.typing import NDArray
from sympy import Expr, Integer, S, pi, sin

from proofs_checks.claims.shared_checks import register_derivation
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.rate_limits import Case, RateLimit, climb_limits
from proofs_checks.methods.reading import least_of, most_of
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context, check, wrong
from w2s_theory.balls import ball, exact, precision
from w2s_theory.claim import Claim
from w2s_theory.claims.ours.kappa_constants import (
    AMPLITUDE,
    CAPTURE,
    EXCEPTIONS,
    KAPPA_CONSTANTS,
    POWER_CONSTANT,
    SPHERE_CONSTANT,
    SPREAD,
    states_with,
)
from w2s_theory.claims.random_features.spectrum_decay import SORTED_EXPONENT
from w2s_theory.notation.symbols import ALPHA, DIMENSION, KAPPA, M
from w2s_theory.rates.width_scaling import teacher_on_fixed_spectrum
from w2s_theory.spectra.families import Sphere
from w2s_theory.sphere.activations import RELU

BITS = 128
LISTED = 1500
"""Eigenvalues summed one by one; the others are exactly A j^-alpha, and bounded by integrals."""

TWICE_THE_CONSTANT = wrong(
    KAPPA_CONSTANTS,
    "power law's constant twice as large",
    part=("upper-limit", "lower-limit"),
    replacing={limit: 2 * limit for limit in ((1 + SPREAD) * POWER_CONSTANT, (1 - SPREAD) * POWER_CONSTANT)},
)
SECOND_DEGREES_OF_FREEDOM = wrong(
    KAPPA_CONSTANTS,
    "df2 instead of df1: the integral of 1/(1 + x^alpha)^2",
    states={
        part.name: part.relation for part in states_with(CAPTURE * (1 - 1 / ALPHA), SPHERE_CONSTANT)[:-1]
    },
)
NO_EXCEPTIONS = wrong(
    KAPPA_CONSTANTS,
    "exceptions not counted",
    part=("upper", "lower", "upper-limit", "lower-limit"),
    replacing={EXCEPTIONS: S.Zero},
    throughout=False,
)
TWICE_ON_SPHERE = wrong(
    KAPPA_CONSTANTS,
    "sphere's constant twice as large",
    part="sphere",
    replacing={SPHERE_CONSTANT: 2 * SPHERE_CONSTANT},
)
WRONG_SINE = wrong(
    KAPPA_CONSTANTS,
    "sin(2 pi/(d + 2)) instead of sin(3 pi/(d + 2))",
    part="sphere",
    replacing={
        SPHERE_CONSTANT: SPHERE_CONSTANT.subs(sin(3 * pi / (DIMENSION + 2)), sin(2 * pi / (DIMENSION + 2)))
    },
    throughout=False,
)

register_derivation(KAPPA_CONSTANTS, rejects=(TWICE_THE_CONSTANT, TWICE_ON_SPHERE))


@dataclass(frozen=True)
class PerturbedLaw:
    """Eigenvalues A j^-alpha, times 1 + delta w with weights w in [-1, 1] in turn, up to the last one listed.

    The first J are `exceptions` times the law instead, one number each.
    """

    alpha: Fraction
    amplitude: Fraction
    spread: Fraction
    weights: tuple[int, ...]
    exceptions: tuple[Fraction, ...]
    width: int

    @cached_property
    def factors(self) -> list[Fraction]:
        """The listed eigenvalues over A j^-alpha."""
        regular = [1 + self.spread * weight for weight in self.weights]
        after = range(len(self.exceptions), LISTED)
        return [*self.exceptions, *(regular[j % len(regular)] for j in after)]

    def value(self, expression: Expr) -> arb:
        """Return an expression of the statement at this spectrum and width."""
        numbers = {ALPHA: self.alpha, AMPLITUDE: self.amplitude, SPREAD: self.spread}
        at = {symbol: exact(number) for symbol, number in numbers.items()}
        return ball(expression, {**at, EXCEPTIONS: arb(len(self.exceptions)), M: arb(self.width)})

    def excess(self, kappa: arb) -> arb:
        """Return a ball that contains df1(kappa) - M: a sum, and a tail between two integrals.

        A tail term 1/(1 + c j^alpha) is at most 1/(c j^alpha), and at least that times 1/(1 + 1/(c n^alpha)), n the
        last one listed.
        """
        alpha, scale = exact(self.alpha), exact(self.amplitude) / kappa
        listed = arb(0)
        for j, factor in enumerate(self.factors, start=1):
            strength = exact(factor) * scale * arb(j) ** -alpha
            listed += strength / (1 + strength)
        last = arb(LISTED)
        integrals = [scale * start ** (1 - alpha) / (alpha - 1) for start in (last + 1, last)]
        lower = integrals[0] / (1 + scale * (last + 1) ** -alpha)
        return listed + lower.union(integrals[1]) - self.width

    def float_excess(self, kappa: float) -> tuple[float, float]:
        """Return the ends of the interval of `excess`, in floating point."""
        alpha, scale = float(self.alpha), float(self.amplitude) / kappa
        strength = _float_factors(self) * scale * _POSITIONS**-alpha
        listed = float(np.sum(strength / (1 + strength))) - self.width
        upper, least = (scale * (LISTED + shift) ** (1 - alpha) / (alpha - 1) for shift in (0, 1))
        return listed + least / (1 + scale * (LISTED + 1) ** -alpha), listed + upper

    def describe(self) -> dict[str, str]:
        """Return the spectrum for a witness."""
        return {
            "alpha": str(self.alpha),
            "A": str(self.amplitude),
            "delta": str(self.spread),
            "weights": str(self.weights),
            "exceptions": ", ".join(map(str, self.exceptions)) or "none",
            "M": str(self.width),
        }


_POSITIONS = np.arange(1, LISTED + 1, dtype=np.float64)


def _float_factors(law: PerturbedLaw) -> NDArray[np.float64]:
    count = len(law.exceptions)
    regular = 1 + float(law.spread) * np.array(law.weights, dtype=np.float64)
    factors = regular[np.arange(LISTED) % regular.size]
    factors[:count] = [float(value) for value in law.exceptions]
    return factors


@st.composite
def perturbed_laws(draw: st.DrawFn) -> PerturbedLaw:
    """Draw a law with 1 < alpha <= 4, its perturbations, up to 4 exceptions, and a width up to 30."""
    exceptions = draw(st.lists(st.fractions(0, 50, max_denominator=4), max_size=4))
    return PerturbedLaw(
        draw(st.fractions(Fraction(5, 4), 4, max_denominator=8)),
        draw(st.fractions(Fraction(1, 8), 8, max_denominator=8)),
        draw(st.fractions(0, Fraction(3, 4), max_denominator=8)),
        tuple(draw(st.lists(st.integers(-1, 1), min_size=1, max_size=4))),
        tuple(exceptions),
        draw(st.integers(len(exceptions) + 1, 30)),
    )


def upper_and_lower(claim: Claim) -> tuple[Expr, Expr]:
    """Return the claimed bounds of kappa."""
    return most_of(claim, "upper", KAPPA), least_of(claim, "lower", KAPPA)


@check(
    KAPPA_CONSTANTS,
    Tier.PROPERTY,
    "Hypothesis over perturbed power laws, confirmed in ball arithmetic",
    rejects=(SECOND_DEGREES_OF_FREEDOM, NO_EXCEPTIONS),
)
def bounds_on_drawn_laws(claim: Claim, context: Context) -> Finding:
    """Search for a spectrum whose kappa is outside its bounds: df1 decreases, so the sign of df1 - M tells."""
    upper, lower = upper_and_lower(claim)

    def examine(law: PerturbedLaw) -> Trial:
        with precision(53):
            above, below = (float(law.value(bound).mid()) for bound in (upper, lower))
        # df1 <= M at an upper bound, df1 >= M at a lower one.
        too_low, too_high = law.float_excess(above)[0], -law.float_excess(below)[1]
        return Trial((too_low, too_high), max(too_low, too_high) > 0)

    def confirm(law: PerturbedLaw) -> bool:
        with precision(BITS):
            return bool(law.excess(law.value(upper)) > 0 or law.excess(law.value(lower)) < 0)

    found = find_counterexample(
        perturbed_laws(), examine, confirm, examples=context.examples // 2, seed=context.seed
    )
    domain = "5/4 <= alpha <= 4, delta <= 3/4, up to 4 exceptions, M <= 30; eigenvalues exactly a power from 1500 on"
    if found.counterexample is None:
        summary = f"{found.cases} spectra, kappa within its bounds; df1 - M keeps {-found.closest:.1e} from a violation"
        return Finding(
            Verdict.SUPPORTED, summary, domain, covers="the two bounds", parts=claim.ids("upper", "lower")
        )
    law = found.counterexample
    with precision(BITS):
        values = {"upper bound": law.value(upper), "lower bound": law.value(lower)}
        shown = {f"df1 - M at the {name}": law.excess(value).str(8) for name, value in values.items()}
    return Finding(Verdict.REFUTED, "kappa is outside its bounds", domain, {**law.describe(), **shown})


LAWS = tuple(
    PerturbedLaw(alpha, amplitude, Fraction(0), (0,), (), width)
    for alpha in (Fraction(3, 2), Fraction(2), Fraction(7, 2))
    for amplitude in (Fraction(1), Fraction(2, 7))
    for width in (1, 10, 100)
)
CONSTANT_DIMENSIONS = range(2, 41)


@check(
    KAPPA_CONSTANTS,
    Tier.ENCLOSURE,
    "Arb balls at given widths and dimensions",
    rejects=(TWICE_THE_CONSTANT, SECOND_DEGREES_OF_FREEDOM, TWICE_ON_SPHERE, WRONG_SINE),
)
def constants_in_balls(claim: Claim, _context: Context) -> Finding:
    """Certify the bounds for exact power laws, that their limits lie between them, and the constant on the sphere.

    The limit K is between the bounds: df1 - M at K M^-alpha lies between -1 and 0, that is, K is exact to a factor
    (1 + 1/M)^alpha.
    """
    upper, lower = upper_and_lower(claim)
    limits = [claim.relation(name).rhs for name in ("upper-limit", "lower-limit")]
    sphere = claim.relation("sphere")
    domain = "alpha = 3/2, 2, 7/2, A = 1, 2/7, M = 1, 10, 100; d = 2, ..., 40"
    with precision(BITS):
        for law in LAWS:
            intervals = {upper: (-1, 0), lower: (0, 1)}
            intervals |= {limit * M**-ALPHA: (-1, 0) for limit in limits}
            for kappa, (low, high) in intervals.items():
                excess = law.excess(law.value(kappa))
                if not low <= excess <= high:
                    outside = excess < low or excess > high
                    witness = {**law.describe(), "kappa": str(kappa), "df1 - M": excess.str(8)}
                    verdict = Verdict.REFUTED if outside else Verdict.UNDECIDED
                    return Finding(verdict, f"df1 - M is not between {low} and {high}", domain, witness)
        for dimension in CONSTANT_DIMENSIONS:
            left, right = (ball(side, {DIMENSION: arb(dimension)}) for side in sphere.args)
            if not left.overlaps(right):
                witness = {"d": str(dimension), "law": left.str(12), "claimed": right.str(12)}
                return Finding(Verdict.REFUTED, f"false: {sphere}", domain, witness)
    summary = f"{len(LAWS)} power laws and {len(CONSTANT_DIMENSIONS)} dimensions; limits to a factor (1 + 1/M)^alpha"
    return Finding(
        Verdict.CERTIFIED, summary, domain, covers="exact power laws at given widths, spheres up to d = 40"
    )


@check(
    KAPPA_CONSTANTS,
    Tier.PROPERTY,
    "ladder of widths, 160-bit arithmetic",
    rejects=(TWICE_ON_SPHERE, WRONG_SINE),
)
def sphere_on_ladder(claim: Claim, _context: Context) -> Finding:
    """Compare the sphere's constant with kappa M^((d+2)/(d-1)), from its eigenvalues themselves, on a ladder."""
    sphere = claim.relation("sphere")
    limit = RateLimit(KAPPA * M**SORTED_EXPONENT, sphere.rhs, ())
    cases = [
        Case(
            f"d = {d}",
            {DIMENSION: Integer(d)},
            teacher_on_fixed_spectrum(Sphere(RELU, Integer(d)), {1: S.One}),
        )
        for d in (2, 3, 4, 8, 12)
    ]
    found = climb_limits((limit,), cases)
    return replace(found, covers="the constant on the sphere", parts=claim.ids("sphere"))
