"""The theorems of section 3 at finite widths."""

from __future__ import annotations

import pytest
from flint import arb
from sympy import Expr, N, Rational, log

from w2s_theory.balls import precision
from w2s_theory.claims.random_features.published_exponent import EXPONENT
from w2s_theory.claims.random_features.section_3_theorems import (
    CONSTANT_ERROR,
    GAP,
    KAPPA_LOWER,
    KAPPA_UPPER,
    LIMIT_ERROR,
    LINEAR_THEOREM,
    RELU_THEOREM,
    SQUARE_ROOT,
    missed_share,
    student_ceiling,
)
from w2s_theory.notation.symbols import DIMENSION, FREE_CONSTANT, PSI, TOP_MULTIPLICITY, M
from w2s_theory.spectra.fixed_point import kappa_ball
from w2s_theory.spectra.universality import Level, gradient_flow, student_loss

WIDTH, TOP = 400, 3
SCALINGS = {
    "a vanishing error": SQUARE_ROOT,
    "an error of order 1": tuple(
        part.subs({GAP: Rational(1, 2), FREE_CONSTANT: 2}) for part in CONSTANT_ERROR
    ),
}


def losses(dimension: float, psi: float) -> tuple[float, float, float]:
    """Return kappa, L_TE and L_ST at t = log M, for two levels with the target on the first."""
    with precision(100):
        levels = [Level(arb(1), arb(TOP), arb(1)), Level(arb(psi), arb(dimension) - TOP, arb(0))]
        kappa = kappa_ball(levels, arb(WIDTH), 60)
        student = gradient_flow(arb(WIDTH).log(), arb.exp, arb.expm1)
        loss = student_loss(levels, kappa, student)
        return float(kappa.mid()), float(missed_share(kappa).mid()), float(loss.mid())


@pytest.mark.parametrize("name", SCALINGS)
def test_bounds_hold_and_are_near_at_a_finite_width(name: str) -> None:
    width, dimension, psi = (float(part.subs(M, WIDTH)) for part in SCALINGS[name])
    kappa, teacher, student = losses(dimension, psi)

    def at(expression: Expr) -> float:
        return float(N(expression.subs({M: width, DIMENSION: dimension, PSI: psi, TOP_MULTIPLICITY: TOP})))

    assert at(KAPPA_LOWER) <= kappa <= at(KAPPA_UPPER) <= 1.02 * at(KAPPA_LOWER)
    assert teacher**2 < student < at(student_ceiling(KAPPA_UPPER, log(M)))
    assert student < 1.5 * teacher**2


def test_psi_is_the_published_power_of_the_dimension() -> None:
    assert SQUARE_ROOT[2] == SQUARE_ROOT[1] ** Rational(-2, 3)


def test_the_constant_error_is_that_of_its_kappa() -> None:
    assert LIMIT_ERROR == missed_share(FREE_CONSTANT)


@pytest.mark.parametrize("dimension", [2, 32, 148, 10**6])
def test_the_reconstructed_exponent_is_below_the_exact_one(dimension: int) -> None:
    assert EXPONENT.subs(DIMENSION, dimension) < 2


def test_what_is_published_and_what_is_not_is_said() -> None:
    for theorem in (RELU_THEOREM, LINEAR_THEOREM):
        assert any(remark.startswith("Published") for remark in theorem.remarks)
        assert any("Reconstructed" in remark for remark in theorem.remarks)
