"""Checks and falsifiers for the coefficients of ReLU on the sphere and for its kernel.

Claims: rf.spectrum, rf.kernel.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import flint
import sympy
from flint import arb
from hypothesis import strategies as st
from sympy import Expr, Integer, Rational, acos
from sympy.core.relational import Relational

from proofs_checks.claims.shared_checks import register_derivation
from proofs_checks.drawn.sphere_moments import harmonic_forms, relu_coefficient
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context, check, wrong
from w2s_theory.balls import ball, precision
from w2s_theory.claim import Claim
from w2s_theory.claims.random_features.sphere_spectrum import (
    DEGREE,
    HARMONICS,
    KERNEL,
    SPECTRUM,
    angular_kernel,
    even_coefficient,
    even_value,
    odd_coefficient,
)
from w2s_theory.sphere.activations import RELU
from w2s_theory.sphere.dual_kernels import THETA
from w2s_theory.sphere.funk_hecke import D, M
from w2s_theory.sphere.harmonics import legendre
from w2s_theory.sphere.integrals import HarmonicCount, ReluCoefficient
from w2s_theory.sphere.kernel_balls import dual_kernel_series
from w2s_theory.sphere.quadrature import analytic_function, quadrature_coefficients

BITS = 160
QUADRATURE_DIGITS = 15
LARGEST_RADIUS = 1e-14
SERIES_TERMS = 40
CONFIRMING_TERMS = 160

PARITY_SWAPPED = wrong(
    SPECTRUM,
    "parity of the degree swapped",
    part=("even", "odd"),
    replacing={even_coefficient: odd_coefficient, odd_coefficient: even_coefficient},
)
TWICE_EVEN = wrong(
    SPECTRUM,
    "even coefficients twice as large",
    part="even",
    replacing={even_value: 2 * even_value},
)
WRONG_GAMMA = wrong(
    SPECTRUM,
    "Gamma((k + d)/2) for Gamma((k + d + 1)/2)",
    part="even",
    replacing={
        even_value: even_value.subs(sympy.gamma(D / 2 + M + Rational(3, 2)), sympy.gamma(D / 2 + M + 1))
    },
)
A_HARMONIC_TOO_MANY = wrong(
    SPECTRUM,
    "one harmonic too many",
    part="harmonics",
    replacing={HARMONICS: HARMONICS + 1},
)
TWICE_THE_KERNEL = wrong(
    KERNEL,
    "1/(pi d) for 1/(2 pi d)",
    part="closed-form",
    replacing={angular_kernel: 2 * angular_kernel},
)
ANGLE_REFLECTED = wrong(
    KERNEL,
    "theta for pi - theta",
    part="closed-form",
    replacing={angular_kernel: angular_kernel.subs(sympy.pi - THETA, THETA)},
)
EIGENVALUE_NOT_SQUARED = wrong(
    KERNEL,
    "eigenvalue |s_k| instead of s_k^2",
    part="even",
    replacing={even_coefficient**2: (-1) ** M * even_coefficient},
)

register_derivation(SPECTRUM, rejects=(TWICE_EVEN, A_HARMONIC_TOO_MANY))
register_derivation(KERNEL, rejects=(TWICE_THE_KERNEL, EIGENVALUE_NOT_SQUARED))


@dataclass(frozen=True)
class Case:
    """One coefficient: the dimension, its place in the statement, and the integer m of its degree."""

    dimension: int
    part: int
    index: int


COEFFICIENTS = ("degree-1", "odd", "degree-0", "even")
"""The parts of rf.spectrum that give coefficients, in the order that drawn cases count them in."""
EIGENVALUES = ("degree-0", "degree-1", "even", "odd")
"""The parts of rf.kernel that give eigenvalues."""


def degree_of(part: Relational, index: int) -> int:
    """Return the degree at an m of the coefficient or eigenvalue that a part states, a multiple of it included.

    Raises ValueError where the left-hand side is another one.
    """
    stated = part.lhs.as_coeff_Mul()[1]
    if not (isinstance(stated, sympy.Function) and len(stated.args) == 2 and stated.args[0] == D):
        raise ValueError(f"no coefficient in dimension d: {part.lhs}")
    return int(stated.args[1].subs(M, index))


def compare(part: Relational, case: Case, true_value: arb, claimed: arb) -> dict[str, str] | None:
    """Return the finding that refutes the part if the two balls are disjoint or one is endless, None if they overlap."""
    true_value = ball(part.lhs.as_coeff_Mul()[0]) * true_value
    if claimed.is_finite() and true_value.overlaps(claimed):
        return None
    return {
        "d": str(case.dimension),
        "k": str(degree_of(part, case.index)),
        "integral": true_value.str(15, radius=False),
        "claimed": claimed.str(15, radius=False),
    }


def claimed_value(expression: Expr, case: Case) -> arb:
    """Return the right-hand side in balls; a coefficient s_k in it is taken from its defining integral.

    Raises ValueError for a coefficient in no whole dimension from 2 on.
    """
    values = {D: arb(case.dimension), M: arb(case.index)}
    for coefficient in expression.atoms(ReluCoefficient):
        symbol = sympy.Dummy()
        dimension, degree = (part.subs({D: case.dimension, M: case.index}) for part in coefficient.args)
        if not (dimension.is_integer and degree.is_integer and dimension >= 2 and degree >= 0):
            raise ValueError(f"no coefficient of degree {degree} in {dimension} dimensions: {coefficient}")
        values[symbol] = relu_coefficient(int(dimension), int(degree))
        expression = expression.xreplace({coefficient: symbol})
    return ball(expression, values)


def _certify(
    claim: Claim, enclosures: Iterable[tuple[Relational, Case, arb]], domain: str, covers: str
) -> Finding:
    """Compare each claimed value with a ball around the truth, whose radius must be below LARGEST_RADIUS."""
    count = 0
    for part, case, truth in enclosures:
        if not truth.rad() < LARGEST_RADIUS:
            return Finding(Verdict.UNDECIDED, f"the quadrature gave no better than {truth.str(5)}", domain)
        witness = compare(part, case, truth, claimed_value(part.rhs, case))
        if witness is not None:
            return Finding(Verdict.REFUTED, "the claimed value lies outside the ball", domain, witness)
        count += 1
    summary = f"{count} balls of radius below {LARGEST_RADIUS:g} contain what is claimed"
    return Finding(Verdict.CERTIFIED, summary, domain, covers=covers, parts=claim.ids(*COEFFICIENTS))


@check(
    SPECTRUM,
    Tier.ENCLOSURE,
    "Arb quadrature with error bounds",
    rejects=(PARITY_SWAPPED, TWICE_EVEN, WRONG_GAMMA),
)
def coefficients_by_quadrature(claim: Claim, _context: Context) -> Finding:
    """Enclose the defining integrals by rigorous quadrature and compare with the closed forms."""
    parts = [claim.relation(name) for name in COEFFICIENTS]

    def relu(t: Any, analytic: bool) -> Any:
        return t.real_max(flint.acb(0), analytic=analytic)

    def enclosures() -> Iterator[tuple[Relational, Case, arb]]:
        for d in (2, 3, 4, 32):
            cases = [(part, Case(d, i, m)) for i, part in enumerate(parts) for m in range(5)]
            degrees = [degree_of(part, case.index) for part, case in cases]
            balls = quadrature_coefficients(relu, d, degrees, QUADRATURE_DIGITS)
            yield from ((part, case, truth) for (part, case), truth in zip(cases, balls, strict=True))

    with precision(BITS):
        domain = "d = 2, 3, 4, 32; degrees 0 to 11"
        return _certify(claim, enclosures(), domain, "the coefficients in four dimensions up to degree 11")


@check(SPECTRUM, Tier.ENCLOSURE, "exact rank of the Laplacian", rejects=(A_HARMONIC_TOO_MANY,))
def harmonics_by_rank(claim: Claim, _context: Context) -> Finding:
    """Count harmonic forms as the kernel of an integer matrix."""
    part = claim.relation("harmonics")
    domain = "d = 2, ..., 6 and k = 1, ..., 5"
    for d in range(2, 7):
        for k in range(1, 6):
            counted, at = harmonic_forms(d, k), {D: d, DEGREE: k}
            stated = part.xreplace({HarmonicCount(D, DEGREE): Integer(counted)}).subs(at)
            if stated != sympy.true:
                witness = {"d": str(d), "k": str(k), "harmonic forms": str(counted), "claimed": str(stated)}
                return Finding(Verdict.REFUTED, "the count differs", domain, witness)
    return Finding(
        Verdict.CERTIFIED,
        "25 counts agree, exact integers",
        domain,
        covers="N(d, k) up to d = 6",
        parts=claim.ids("harmonics"),
    )


@check(
    SPECTRUM,
    Tier.PROPERTY,
    "Hypothesis over dimensions and degrees, exact moments",
    rejects=(PARITY_SWAPPED, TWICE_EVEN, WRONG_GAMMA),
)
def coefficients_by_moments(claim: Claim, context: Context) -> Finding:
    """Integrate P_k term by term in exact rationals and compare with the closed forms at 160 bits."""
    parts = [claim.relation(name) for name in COEFFICIENTS]

    def witness(case: Case) -> dict[str, str] | None:
        part = parts[case.part]
        degree = degree_of(part, case.index)
        with precision(BITS):
            truth = relu_coefficient(case.dimension, degree)
            return compare(part, case, truth, claimed_value(part.rhs, case))

    drawn = st.builds(
        Case, dimension=st.integers(2, 1000), part=st.integers(0, len(parts) - 1), index=st.integers(0, 18)
    )
    found = find_counterexample(
        drawn,
        lambda case: Trial((0.0,), witness(case) is not None),
        lambda case: witness(case) is not None,
        examples=context.examples // 2,
        seed=context.seed,
    )
    domain = "d up to 1000, degrees up to 39; exact rational moments of P_k, 160 bits"
    if found.counterexample is not None:
        return Finding(Verdict.REFUTED, "not the integral", domain, witness(found.counterexample))
    covers = "the coefficients; the harmonics are counted elsewhere"
    return Finding(
        Verdict.SUPPORTED,
        f"{found.cases} coefficients agree",
        domain,
        covers=covers,
        parts=claim.ids(*COEFFICIENTS),
    )


def stated_kernel(claim: Claim) -> Expr:
    """Return the kernel of the statement as a function of theta and d."""
    return claim.relation("closed-form").rhs


@check(
    KERNEL,
    Tier.ENCLOSURE,
    "Arb quadrature with error bounds",
    rejects=(TWICE_THE_KERNEL, ANGLE_REFLECTED, EIGENVALUE_NOT_SQUARED),
)
def eigenvalues_by_quadrature(claim: Claim, _context: Context) -> Finding:
    """Integrate the stated kernel against P_k in balls and compare with the stated eigenvalues."""
    parts = [claim.relation(name) for name in EIGENVALUES]
    kernel = stated_kernel(claim)

    def enclosures() -> Iterator[tuple[Relational, Case, arb]]:
        for d in (2, 3, 4, 8):
            for i, part in enumerate(parts):
                for m in range(4):
                    degree = degree_of(part, m)
                    yield part, Case(d, i, m), _legendre_coefficient(kernel, d, degree)

    with precision(BITS):
        domain = "d = 2, 3, 4, 8; degrees 0 to 9"
        return _certify(
            claim, enclosures(), domain, "the kernel's eigenvalues in four dimensions up to degree 9"
        )


def _legendre_coefficient(kernel: Expr, dimension: int, degree: int) -> arb:
    polynomial = legendre(dimension, degree, sympy.cos(THETA))
    integrand = analytic_function(
        kernel.subs(D, dimension) * polynomial * sympy.sin(THETA) ** (dimension - 2), THETA
    )
    integral = flint.acb.integral(integrand, 0, arb.pi(), rel_tol=arb(2) ** -60, abs_tol=arb(2) ** -60)
    d = arb(dimension)
    return integral.real * (d / 2).gamma() / (arb.pi().sqrt() * ((d - 1) / 2).gamma())


@check(
    KERNEL,
    Tier.PROPERTY,
    "Hypothesis over dimensions and angles, series with exact tail",
    rejects=(TWICE_THE_KERNEL, ANGLE_REFLECTED),
)
def kernel_by_its_series(claim: Claim, context: Context) -> Finding:
    """Sum s_k^2 N(d, k) P_k(rho) in balls, the tail bounded by what is left of the trace, against the kernel."""
    kernel = stated_kernel(claim)

    def sides(drawn: tuple[int, int], terms: int) -> tuple[arb, arb]:
        d, numerator = drawn
        rho = Rational(numerator, 64)
        with precision(BITS):
            return dual_kernel_series(RELU, d, rho, terms), ball(kernel.subs(THETA, acos(rho)), {D: arb(d)})

    def examine(drawn: tuple[int, int]) -> Trial:
        series, claimed = sides(drawn, SERIES_TERMS)
        return Trial((float(abs(series.mid() - claimed.mid()) / series.mid()),), not series.overlaps(claimed))

    def confirm(drawn: tuple[int, int]) -> bool:
        series, claimed = sides(drawn, CONFIRMING_TERMS)
        return not series.overlaps(claimed)

    found = find_counterexample(
        st.tuples(st.integers(2, 60), st.integers(-63, 63)),
        examine,
        confirm,
        examples=context.examples // 2,
        seed=context.seed,
    )
    domain = "d up to 60, rho = i/64; the series' tail at most that of the trace, known exactly"
    if found.counterexample is not None:
        d, numerator = found.counterexample
        series, claimed = sides(found.counterexample, CONFIRMING_TERMS)
        witness = {"d": str(d), "rho": str(Rational(numerator, 64))}
        witness |= {"series": series.str(6), "claimed": claimed.str(15, radius=False)}
        return Finding(Verdict.REFUTED, "the series is not the kernel", domain, witness)
    summary = f"{found.cases} values of the kernel inside the balls of its series"
    return Finding(
        Verdict.SUPPORTED,
        summary,
        domain,
        covers="the closed form of the kernel",
        parts=claim.ids("closed-form"),
    )
