"""The correlation dimension by the principal angles."""

from __future__ import annotations

import sympy
from sympy import Rational

from w2s_theory.claims.intrinsic_dimension.correlation_dimension import (
    CORRELATION_DIMENSION,
    angles,
    smaller,
    squared_cosines,
)


def test_the_sum_over_angles_is_the_trace_of_two_planes() -> None:
    total = squared_cosines.subs(smaller, 2).doit()
    assert total.subs({angles[1]: 0, angles[2]: sympy.pi / 3}) == Rational(5, 4)
    assert len(CORRELATION_DIMENSION.states) == 3
