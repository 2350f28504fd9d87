from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy import Rational, sqrt

from w2s_theory.errors import InvalidInput
from w2s_theory.geometry.shrinkage import HEAVY_BALL, MAX_STEPS, bounded_limit_curve, limit_curve, tight_chain
from w2s_theory.notation.symbols import L_TE


def least_loss(steps: int, teacher_loss: float) -> float:
    """Minimize over the total turn directly, on a fine grid."""
    total = math.acos(math.sqrt(1 - teacher_loss))
    turns = np.linspace(0, total, 400_001)
    length = np.minimum(math.cos(total) * np.cos(turns / steps) ** steps, np.cos(total - turns))
    return float(np.min(1 + length**2 - 2 * length * np.cos(total - turns)))


@given(st.integers(1, 6), st.floats(0.05, 0.95))
def test_the_rational_curve_is_the_minimum_over_turns(steps: int, position: float) -> None:
    curve = tight_chain(steps)
    tau = position * float(curve.end)
    teacher_loss, student_loss = (
        float(side.subs(curve.tau, tau)) for side in (curve.teacher_loss, curve.student_loss)
    )
    assert student_loss == pytest.approx(least_loss(steps, teacher_loss), rel=1e-6)


@given(st.integers(1, 5), st.fractions(0, 1, max_denominator=40))
def test_every_link_is_shrinkage_optimal_and_the_last_one_has_the_curve_s_loss(steps: int, position) -> None:
    curve = tight_chain(steps)
    tau = Rational(position.numerator, position.denominator) * Rational(sympy.floor(curve.end * 1000), 1000)
    links = curve.links(tau)
    (x, y), last = links[0], links[-1]
    assert x == x**2 + y**2  # least squares: <f*, f_TE> = ||f_TE||^2
    for (x0, y0), (x1, y1) in pairwise(links):
        assert x1**2 + y1**2 <= x0 * x1 + y0 * y1
    assert (1 - x) ** 2 + y**2 == curve.teacher_loss.subs(curve.tau, tau)
    assert (1 - last[0]) ** 2 + last[1] ** 2 == curve.student_loss.subs(curve.tau, tau)


def test_one_step_is_the_limit_curve_and_many_steps_approach_the_bounded_one() -> None:
    curve = tight_chain(1)
    tau = Rational(2, 5)
    teacher_loss = curve.teacher_loss.subs(curve.tau, tau)
    assert sympy.simplify(limit_curve(teacher_loss) - curve.student_loss.subs(curve.tau, tau)) == 0
    gaps = [least_loss(n, 0.5) - float(bounded_limit_curve(Rational(1, 2))) for n in (1, 4, 16, 64)]
    assert gaps == sorted(gaps, reverse=True)
    assert 0 < gaps[-1] < 0.005


@pytest.mark.parametrize(
    ("steps", "teacher_loss", "expected"),
    [(2, Rational(1, 5), 0.0223631104961520), (3, Rational(2, 3), 0.244251475179654)],
)
def test_known_values(steps: int, teacher_loss: Rational, expected: float) -> None:
    curve = tight_chain(steps)
    tau = sympy.nsolve(curve.teacher_loss - teacher_loss, curve.tau, (0.01, 0.5 / steps + 0.1))
    assert float(curve.student_loss.subs(curve.tau, tau)) == pytest.approx(expected, rel=1e-13)


def test_three_quarters_is_attained_at_two_thirds() -> None:
    loss = Rational(2, 3)
    assert sympy.radsimp(limit_curve(loss)) == Rational(3, 4) * loss**2
    assert limit_curve(sympy.Integer(1)) == 1
    assert sympy.limit(bounded_limit_curve(L_TE) / L_TE**2, L_TE, 0) == Rational(1, 4)


def test_heavy_ball_overshoots() -> None:
    from w2s_theory.geometry.shrinkage import FREQUENCY, FRICTION
    from w2s_theory.notation.symbols import TIME

    value = HEAVY_BALL.filter.subs({FRICTION: 1, FREQUENCY: sqrt(3), TIME: sympy.pi / sqrt(3)})
    assert float(value) == pytest.approx(1 + math.exp(-math.pi / (2 * math.sqrt(3))))


@pytest.mark.parametrize("steps", [0, -1, MAX_STEPS + 1])
def test_refuses_other_lengths(steps: int) -> None:
    with pytest.raises(InvalidInput, match=f"allowed: 1 to {MAX_STEPS}"):
        tight_chain(steps)
