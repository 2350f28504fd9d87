"""Checks and falsifiers for the constant in front of the teacher's squared loss.

Claim: sharp.quadratic-constant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from flint import arb
from hypothesis import strategies as st
from sympy import Expr, Integer, Rational, S, Symbol
from sympy.core.relational import Relational

from proofs_checks.claims.shared_checks import register_derivation
from proofs_checks.drawn.strategies import fractions
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.rate_limits import Case, RateLimit, climb_limits
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context, check, wrong
from w2s_theory.balls import ball, exact, precision
from w2s_theory.claim import Claim
from w2s_theory.claims.early_stopping import (
    LEAST_EIGENVALUE,
    STOPPING_TIME,
    SURPLUS_CONSTANT,
    SURPLUS_POWER,
    TRACE,
)
from w2s_theory.claims.ours.quadratic_constant import (
    CEILING,
    FIRST_EIGENVALUE,
    FIRST_MASS,
    FLOOR,
    QUADRATIC,
    QUADRATIC_CONSTANT,
    SECOND_EIGENVALUE,
    SECOND_MASS,
    TEACHER,
)
from w2s_theory.notation.symbols import KAPPA, L_ST, L_TE
from w2s_theory.rates.width_scaling import teacher_on_fixed_spectrum
from w2s_theory.relations import as_text, ordered_sides
from w2s_theory.spectra.families import PowerLaw, Spectrum, Sphere
from w2s_theory.spectra.fixed_point import kappa_ball
from w2s_theory.spectra.universality import Level, gradient_flow, student_loss, width_surplus
from w2s_theory.sphere.activations import RELU

BITS = 128

TWICE_THE_CONSTANT = wrong(
    QUADRATIC,
    "constant twice as large",
    part=("floor-limit", "ceiling-limit"),
    replacing={QUADRATIC_CONSTANT: 2 * QUADRATIC_CONSTANT},
)
CONSTANT_1 = wrong(
    QUADRATIC,
    "constant 1 for every target",
    part=("floor-limit", "ceiling-limit"),
    replacing={QUADRATIC_CONSTANT: S.One},
)
FLOOR_NOT_SQUARED = wrong(
    QUADRATIC,
    "sum of b_i q_i as the floor",
    part=("floor", "floor-limit"),
    replacing={FLOOR: TEACHER},
)
NO_LEAK = wrong(
    QUADRATIC,
    "no leak in the ceiling",
    part=("ceiling", "ceiling-limit"),
    replacing={CEILING: FLOOR},
)

register_derivation(QUADRATIC, rejects=(TWICE_THE_CONSTANT, CONSTANT_1))


@dataclass(frozen=True)
class DrawnSpectrum:
    """A spectrum of finite rank with multiplicities, the target on its first two levels, and a width below the rank.

    `time` is any stopping time, in units of 1/lambda_1.
    """

    eigenvalues: tuple[Fraction, ...]
    multiplicities: tuple[int, ...]
    first_mass: Fraction
    width: int
    time: Fraction

    @cached_property
    def levels(self) -> list[Level]:
        """The levels in Arb numbers."""
        masses = [self.first_mass, 1 - self.first_mass] + [Fraction(0)] * len(self.eigenvalues)
        triples = zip(self.eigenvalues, self.multiplicities, masses, strict=False)
        return [Level(exact(value), arb(count), exact(mass)) for value, count, mass in triples]

    @cached_property
    def values(self) -> dict[Symbol, arb]:
        """Every symbol of the statement but the student's loss; theta = 1/2 and c_theta give M - df2 itself."""
        kappa = kappa_ball(self.levels, arb(self.width), BITS // 2)
        first, second = (level.eigenvalue for level in self.levels[:2])
        half = arb(1) / 2
        return {
            KAPPA: kappa,
            FIRST_EIGENVALUE: first,
            SECOND_EIGENVALUE: second,
            LEAST_EIGENVALUE: arb.min(first, second),
            FIRST_MASS: exact(self.first_mass),
            SECOND_MASS: exact(1 - self.first_mass),
            TRACE: sum((level.multiplicity * level.eigenvalue for level in self.levels), arb(0)),
            SURPLUS_POWER: half,
            SURPLUS_CONSTANT: width_surplus(self.levels, kappa) * kappa**half,
        }

    def student_loss(self, time: arb) -> arb:
        """Return L_ST of gradient flow stopped at this time."""
        student = gradient_flow(time, arb.exp, arb.expm1)
        return student_loss(self.levels, self.values[KAPPA], student)

    def margins(self, bounds: Sequence[Relational]) -> list[arb]:
        """Return greater over lesser, less 1, of each bound: L_ST at `time` if greater, at STOPPING_TIME if lesser."""
        drawn = self.student_loss(exact(self.time) / self.levels[0].eigenvalue)
        best = self.student_loss(ball(STOPPING_TIME, self.values))
        return [
            ball(greater, {**self.values, L_ST: drawn}) / ball(lesser, {**self.values, L_ST: best}) - 1
            for greater, lesser in map(ordered_sides, bounds)
        ]

    @property
    def is_admissible(self) -> bool:
        """Whether kappa < 1, as the claim assumes."""
        return bool(self.values[KAPPA] < 1)

    def describe(self) -> dict[str, str]:
        """Return the case as text, for a witness."""
        pairs = zip(self.eigenvalues, self.multiplicities, strict=True)
        return {
            "eigenvalues": ", ".join(f"{value} [{count} times]" for value, count in pairs),
            "b_1": str(self.first_mass),
            "M": str(self.width),
            "t lambda_1": str(self.time),
        }


@st.composite
def drawn_spectra(draw: st.DrawFn) -> DrawnSpectrum:
    """Draw three to five levels whose eigenvalues span up to twelve octaves, and a width below the rank."""
    count = draw(st.integers(3, 5))
    octaves = draw(st.lists(st.integers(0, 12), min_size=count, max_size=count))
    eigenvalues = tuple(Fraction(1, 2**octave) for octave in sorted(octaves))
    multiplicities = tuple(draw(st.lists(st.integers(1, 2000), min_size=count, max_size=count)))
    return DrawnSpectrum(
        eigenvalues,
        multiplicities,
        draw(fractions(16).filter(lambda mass: mass <= 1)),
        draw(st.integers(1, sum(multiplicities) - 1)),
        draw(fractions(64)),
    )


BOUNDS = ("floor", "ceiling")
"""The parts of the statement that bound L_ST."""


@check(
    QUADRATIC,
    Tier.PROPERTY,
    "Hypothesis over spectra, targets, widths and times, in ball arithmetic",
    rejects=(FLOOR_NOT_SQUARED, NO_LEAK),
)
def bounds_on_drawn_spectra(claim: Claim, context: Context) -> Finding:
    """Search for a student below the floor at some time, or above the ceiling at the stopping time."""
    bounds = [claim.relation(name) for name in BOUNDS]

    def examine(spectrum: DrawnSpectrum) -> Trial:
        with precision(BITS):
            if not spectrum.is_admissible:
                return Trial(())
            margins = spectrum.margins(bounds)
        return Trial(tuple(-min(float(margin.mid()), 1e6) for margin in margins), any(m < 0 for m in margins))

    def confirm(spectrum: DrawnSpectrum) -> bool:
        with precision(BITS):
            return any(margin < 0 for margin in spectrum.margins(bounds))

    found = find_counterexample(
        drawn_spectra(), examine, confirm, examples=context.examples // 2, seed=context.seed
    )
    domain = "3 to 5 levels of ranks up to 10^4, eigenvalues from 2^-12 to 1, kappa < 1; L_ST at any time and at t*"
    if found.counterexample is None:
        summary = f"{found.cases} spectra within both bounds; closest relative margin {-found.closest:.1e}"
        return Finding(
            Verdict.SUPPORTED,
            summary,
            domain,
            covers="both bounds of L_ST at finite width",
            parts=claim.ids(*BOUNDS),
        )
    with precision(BITS):
        margins = found.counterexample.margins(bounds)
    number = next(n for n, margin in enumerate(margins) if margin < 0)
    witness = {**found.counterexample.describe(), "relative margin": margins[number].str(8, radius=False)}
    return Finding(Verdict.REFUTED, f"false: {as_text(bounds[number])}", domain, witness)


SPECTRA: Mapping[str, tuple[Spectrum, int, int]] = {
    "eigenvalues j^-3": (PowerLaw(Integer(3)), 1, 2),
    "eigenvalues j^(-3/2)": (PowerLaw(Rational(3, 2)), 2, 5),
    "ReLU, d = 6": (Sphere(RELU, Integer(6)), 1, 4),
}
"""Spectra, each with two levels for the target."""
SHARES = (Rational(1, 2), Rational(1, 50))


def constant_case(name: str, share: Expr) -> Case:
    """Return a spectrum whose target has this share on its first level, the statement's symbols as numbers."""
    spectrum, first, second = SPECTRA[name]
    values = {
        FIRST_MASS: share,
        SECOND_MASS: 1 - share,
        FIRST_EIGENVALUE: spectrum.eigenvalue(Integer(first)),
        SECOND_EIGENVALUE: spectrum.eigenvalue(Integer(second)),
    }
    teacher = teacher_on_fixed_spectrum(spectrum, {first: share, second: 1 - share})
    return Case(f"{name}, levels {first} and {second}, b_1 = {share}", values, teacher)


@check(
    QUADRATIC, Tier.PROPERTY, "ladder of widths, 160-bit arithmetic", rejects=(TWICE_THE_CONSTANT, CONSTANT_1)
)
def constant_on_ladder(claim: Claim, _context: Context) -> Finding:
    """Compare the claimed limits with L_ST/L_TE^p on a ladder of widths, p the power that the statement divides by."""
    limits = {
        RateLimit(L_ST / L_TE ** _teacher_power(part.lhs.args[0]), part.rhs, ())
        for part in map(claim.relation, ("floor-limit", "ceiling-limit"))
    }
    ordered = sorted(limits, key=str)
    found = climb_limits(ordered, [constant_case(name, share) for name in SPECTRA for share in SHARES])
    covers = "the limits as those of L_ST itself"
    return replace(found, covers=covers, parts=claim.ids("floor-limit", "ceiling-limit"))


def _teacher_power(quotient: Expr) -> Expr:
    """Return p where the quotient has the denominator TEACHER^p."""
    return -quotient.as_powers_dict()[TEACHER]
