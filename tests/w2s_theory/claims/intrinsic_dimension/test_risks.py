"""The risks in two subspaces take the values known for them."""

from __future__ import annotations

import sympy
from sympy import Rational

from w2s_theory.claims.intrinsic_dimension.risks import (
    CORRELATION_DIMENSION,
    STUDENT_RISK,
    STUDENT_VARIANCE,
    TEACHER_RISK,
    angles,
    smaller,
    squared_cosines,
)
from w2s_theory.notation.symbols import (
    D_S,
    D_SW,
    D_W,
    LABELLED,
    NOISE,
    OVERLAP,
    RHO_S,
    RHO_W,
    SEEN,
    UNLABELLED,
    UNSEEN,
)

EXAMPLE = {LABELLED: 80, UNLABELLED: 50, D_S: 12, D_W: 20, D_SW: 5, NOISE: 1}
NO_BIAS = {RHO_S: 0, RHO_W: 0, SEEN: 0, UNSEEN: 0, OVERLAP: 0}


def test_the_risks_of_one_example() -> None:
    assert TEACHER_RISK.relation("risk").rhs.subs({**EXAMPLE, **NO_BIAS}) == Rational(20, 59)
    assert STUDENT_RISK.relation("risk").rhs.subs({**EXAMPLE, **NO_BIAS}) == (5 + Rational(12 * 15, 37)) / 59
    assert STUDENT_VARIANCE.relation("variance").rhs.subs(EXAMPLE) == (5 + Rational(12 * 15, 50)) / 59


def test_the_sum_over_angles_is_the_trace_of_two_planes() -> None:
    total = squared_cosines.subs(smaller, 2).doit()
    assert total.subs({angles[1]: 0, angles[2]: sympy.pi / 3}) == Rational(5, 4)
    assert len(CORRELATION_DIMENSION.states) == 3
