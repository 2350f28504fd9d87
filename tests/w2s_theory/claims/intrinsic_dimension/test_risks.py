"""The claims about two subspaces give the values known for them."""

from __future__ import annotations

import pytest
import sympy
from sympy import Integer, Rational

from w2s_theory.claims.intrinsic_dimension.bounds import BEST_LABELS, CONDITION, PGR_BOUND, effective, misfit
from w2s_theory.claims.intrinsic_dimension.risks import (
    CORRELATION_DIMENSION,
    STUDENT_RISK,
    STUDENT_VARIANCE,
    TEACHER_RISK,
    angles,
    smaller,
    squared_cosines,
)
from w2s_theory.geometry.subspaces import (
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
    assert TEACHER_RISK.statement.rhs.subs({**EXAMPLE, **NO_BIAS}) == Rational(20, 59)
    assert STUDENT_RISK.statement.rhs.subs({**EXAMPLE, **NO_BIAS}) == (5 + Rational(12 * 15, 37)) / 59
    assert STUDENT_VARIANCE.statement.rhs.subs(EXAMPLE) == (5 + Rational(12 * 15, 50)) / 59


def test_the_sum_over_angles_is_the_trace_of_two_planes() -> None:
    total = squared_cosines.subs(smaller, 2).doit()
    assert total.subs({angles[1]: 0, angles[2]: sympy.pi / 3}) == Rational(5, 4)
    assert len(CORRELATION_DIMENSION.parts) == 3


def test_the_student_ties_with_its_teacher_at_twice_its_dimension() -> None:
    for part, points in zip(CONDITION.parts[:2], (2 * 12 + 1, 12), strict=True):
        at_the_threshold = {**EXAMPLE, UNLABELLED: Integer(points)}
        assert part.lhs.subs(at_the_threshold) == part.rhs.subs(at_the_threshold) == 0


def test_the_bound_of_the_recovered_gap_in_one_example() -> None:
    value = PGR_BOUND.statement.rhs.subs({**EXAMPLE, RHO_S: Rational(1, 100), RHO_W: 0})
    dimension = 5 + Rational(15 * 12, 50)
    assert value == 1 - Rational(80, 59) * dimension / 20 - 4 * Rational(1, 100)


@pytest.mark.parametrize(("noise", "labels"), [(Rational(1, 4), 20 + 1 + 105), (Rational(1), 20 + 1 + 210)])
def test_the_optimal_number_of_labels_grows_with_the_root_of_the_noise(noise: Rational, labels: int) -> None:
    found = BEST_LABELS.subs({D_W: 20, effective: 21, NOISE: noise, misfit: Rational(1, 100)})
    assert found == labels
