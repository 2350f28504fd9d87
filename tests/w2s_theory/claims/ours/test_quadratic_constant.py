"""The constants in front of L_TE^2 at known values."""

from __future__ import annotations

from sympy import Rational, limit, simplify

from w2s_theory.claims.early_stopping import LEAST_EIGENVALUE, SURPLUS_CONSTANT, SURPLUS_POWER, TRACE
from w2s_theory.claims.ours.quadratic_constant import (
    CEILING,
    FIRST_EIGENVALUE,
    FIRST_MASS,
    FLOOR,
    QUADRATIC_CONSTANT,
    SECOND_EIGENVALUE,
    SECOND_MASS,
    TEACHER,
)
from w2s_theory.notation.symbols import KAPPA


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
