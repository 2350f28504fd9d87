"""The bounds of a student's distance to the mean teacher, in numbers."""

from __future__ import annotations

import pytest
from sympy import Expr, Integer, Rational

from w2s_theory.claims.bias_variance.large_student import (
    CEILING,
    DISTANCE_RATIO,
    EXCESS,
    LOSS_RATIO,
    teacher_loss,
)
from w2s_theory.claims.early_stopping import LEAST_EIGENVALUE, SURPLUS_CONSTANT, SURPLUS_POWER, TRACE
from w2s_theory.notation.symbols import KAPPA, L_TE

SPECTRUM = {
    LEAST_EIGENVALUE: Integer(1),
    TRACE: Integer(3),
    SURPLUS_POWER: Rational(1, 2),
    SURPLUS_CONSTANT: Integer(2),
}


def test_the_excess_is_what_the_ceiling_has_above_the_square() -> None:
    assert (CEILING - L_TE**2 - EXCESS).expand() == 0


@pytest.mark.parametrize("ratio", [DISTANCE_RATIO, LOSS_RATIO])
def test_the_ratios_fall_with_kappa(ratio: Expr) -> None:
    values = [float(ratio.subs(SPECTRUM).subs(KAPPA, Rational(1, 10**n))) for n in (4, 8, 12)]
    assert values[0] > 10 * values[1] > 100 * values[2] > 0


def test_the_distance_is_of_order_kappa_to_the_two_and_theta_up_to_logarithms() -> None:
    """With theta = 1/2 the leak over q^2 is 4 (3/2) kappa^(1/2) log(kappa)^2 to leading order."""
    kappa = Rational(1, 10**12)
    leading = 6 * kappa ** Rational(1, 2) * 763.5  # log(1e12)^2 = 763.5
    value = float(DISTANCE_RATIO.subs(SPECTRUM).subs(KAPPA, kappa))
    assert value == pytest.approx(float(leading), rel=1e-4)
    assert float(teacher_loss.subs(SPECTRUM).subs(KAPPA, kappa)) == pytest.approx(1e-12)
