"""The constants in front of L_TE^2 at known values."""

from __future__ import annotations

import pytest
from sympy import N, Rational, limit, simplify

from w2s_theory.claims.early_stopping import LEAST_EIGENVALUE, SURPLUS_CONSTANT, SURPLUS_POWER, TRACE
from w2s_theory.claims.ours.quadratic_constant import (
    CEILING,
    EIGENVALUE_RATIO,
    FIRST_EIGENVALUE,
    FIRST_MASS,
    FLOOR,
    LINEAR_MASS,
    QUADRATIC_CONSTANT,
    SECOND_EIGENVALUE,
    SECOND_MASS,
    SPLIT_CONSTANT,
    TEACHER,
)
from w2s_theory.notation.rate_symbols import DIMENSION, KAPPA


@pytest.mark.parametrize(("dimension", "known"), [(6, 1.712056), (12, 1.828085)])
def test_a_target_split_evenly_between_degrees_one_and_two(dimension: int, known: float) -> None:
    constant = N(SPLIT_CONSTANT.subs({DIMENSION: dimension, LINEAR_MASS: Rational(1, 2)}))
    assert float(constant) == pytest.approx(known, abs=1e-6)


@pytest.mark.parametrize("mass", [0, 1])
def test_one_degree_has_constant_one_in_every_dimension(mass: int) -> None:
    assert simplify(SPLIT_CONSTANT.subs(LINEAR_MASS, mass)) == 1


def test_degree_one_has_the_larger_eigenvalue() -> None:
    """s_1 = 1/6 and s_2 = 1/16 at d = 3."""
    assert simplify(EIGENVALUE_RATIO.subs(DIMENSION, 3)) == Rational(64, 9)


def test_equal_eigenvalues_have_constant_one_over_the_mass() -> None:
    equal = QUADRATIC_CONSTANT.subs(SECOND_EIGENVALUE, FIRST_EIGENVALUE)
    assert simplify(equal * (FIRST_MASS + SECOND_MASS)) == 1


def test_the_ceiling_is_above_the_floor_and_meets_it() -> None:
    at = {
        FIRST_MASS: Rational(1, 4),
        SECOND_MASS: Rational(3, 4),
        FIRST_EIGENVALUE: 1,
        SECOND_EIGENVALUE: Rational(1, 8),
        LEAST_EIGENVALUE: Rational(1, 8),
        TRACE: 2,
        SURPLUS_POWER: Rational(1, 3),
        SURPLUS_CONSTANT: 1,
    }
    gap = ((CEILING - FLOOR) / TEACHER**2).subs(at)
    assert gap.subs(KAPPA, Rational(1, 100)) > 0
    assert limit(gap, KAPPA, 0) == 0
