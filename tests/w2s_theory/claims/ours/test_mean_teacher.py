"""The posterior-mean teacher's risk against the deterministic equivalents."""

from __future__ import annotations

from sympy import Expr, Rational, Sum, sqrt

from w2s_theory.claims.ours.mean_teacher import (
    COEFFICIENT,
    EQUIVALENT_MEAN_RISK,
    MEAN_LOSS,
    MEAN_RISK,
    MODE_EIGENVALUE,
    VARIANCE,
)
from w2s_theory.notation.symbols import KAPPA
from w2s_theory.spectra.fixed_point import exact_kappa
from w2s_theory.spectra.universality import Level, mean_teacher_loss, teacher_loss

MODES = ((Rational(1), sqrt(Rational(2, 3))), (Rational(1, 4), sqrt(Rational(1, 3))))
LEVELS = [Level(eigenvalue, 1, coefficient**2) for eigenvalue, coefficient in MODES]
FIXED_POINT = exact_kappa(LEVELS, Rational(1))


def explicit(total: Sum) -> Expr:
    terms = (
        total.function.xreplace({MODE_EIGENVALUE: eigenvalue, COEFFICIENT: coefficient, KAPPA: FIXED_POINT})
        for eigenvalue, coefficient in MODES
    )
    return sum(terms)


def test_fixed_point_of_two_modes_and_one_feature_is_the_geometric_mean() -> None:
    assert FIXED_POINT == Rational(1, 2)


def test_sums_over_modes_are_the_equivalents_of_the_levels() -> None:
    assert explicit(MEAN_RISK) == explicit(EQUIVALENT_MEAN_RISK) == mean_teacher_loss(LEVELS, FIXED_POINT)
    assert explicit(MEAN_LOSS) == teacher_loss(LEVELS, FIXED_POINT) == Rational(4, 9)


def test_a_target_in_two_eigenspaces_is_above_the_square_by_the_spread_of_q() -> None:
    # q = 1/3 with mass 2/3 and q = 2/3 with mass 1/3: mean 4/9, variance 2/81.
    assert explicit(MEAN_RISK) - explicit(MEAN_LOSS) ** 2 == Rational(2, 81)
    assert explicit(VARIANCE) == Rational(2, 9)
