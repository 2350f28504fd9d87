"""The constants of kappa at known values, and its bounds at a finite width."""

from __future__ import annotations

import flint
import pytest
from sympy import N, Rational, pi, sqrt

from w2s_theory.balls import precision
from w2s_theory.claims.ours.kappa_constants import (
    AMPLITUDE,
    EXCEPTIONS,
    LAW_ON_SPHERE,
    LOWER,
    POWER_CONSTANT,
    SPHERE_CONSTANT,
    SPREAD,
    UPPER,
)
from w2s_theory.notation.symbols import ALPHA, DIMENSION, M
from w2s_theory.spectra.fixed_point import kappa_ball
from w2s_theory.spectra.universality import Level


def test_the_inverse_squares_have_a_known_constant() -> None:
    assert POWER_CONSTANT.subs({ALPHA: 2, AMPLITUDE: 1}) == pi**2 / 4


def test_the_cubes_have_a_known_constant() -> None:
    assert N(POWER_CONSTANT.subs({ALPHA: 3, AMPLITUDE: 1}) - (2 * pi / (3 * sqrt(3))) ** 3, 30) == 0


def test_the_sphere_in_dimension_four_at_a_million_features() -> None:
    kappa = N(SPHERE_CONSTANT.subs(DIMENSION, 4)) * 10**-12
    assert float(kappa) == pytest.approx(2.778e-14, rel=2e-3)


@pytest.mark.parametrize("dimension", [2, 3, 5, 32, 200])
def test_the_law_of_ranks_gives_the_constant_on_the_sphere(dimension: int) -> None:
    ratio = N((LAW_ON_SPHERE / SPHERE_CONSTANT).subs(DIMENSION, dimension), 25)
    assert abs(ratio - 1) < 1e-20


def test_kappa_lies_between_its_bounds_and_outside_those_of_half_the_width() -> None:
    """Eigenvalues j^-4 cut at 4000, far beyond the transition at M = 12, whose tail is a millionth of one."""
    with precision(128):
        levels = [Level(flint.arb(j) ** -4, flint.arb(1)) for j in range(1, 4001)]
        kappa = float(kappa_ball(levels, flint.arb(12), 60).mid())
    at = {ALPHA: 4, AMPLITUDE: 1, SPREAD: 0, EXCEPTIONS: 0}
    lower, upper = (float(bound.subs(at).subs(M, 12)) for bound in (LOWER, UPPER))
    assert lower < kappa < upper
    assert kappa < float(LOWER.subs(at).subs(M, 6))


def test_a_spread_widens_the_bounds_by_its_share() -> None:
    assert UPPER.subs(SPREAD, Rational(1, 3)) / UPPER.subs(SPREAD, 0) == Rational(4, 3)
    assert LOWER.subs(SPREAD, Rational(1, 3)) / LOWER.subs(SPREAD, 0) == Rational(2, 3)
