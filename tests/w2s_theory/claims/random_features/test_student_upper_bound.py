"""The upper bound on the student's loss at values known by hand."""

from __future__ import annotations

from sympy import oo, simplify, sqrt

from w2s_theory.claims.random_features.feature_alignment import (
    LEAST_EIGENVALUE,
)
from w2s_theory.claims.random_features.student_upper_bound import REST_EIGENVALUE, STUDENT_UPPER_BOUND
from w2s_theory.notation.symbols import KAPPA_S, L_ST, L_TE, TIME


def test_upper_bound_before_training_allows_the_zero_student() -> None:
    bound = STUDENT_UPPER_BOUND.relation("bound").lhs.subs(TIME, 0)
    assert simplify(bound - (1 + sqrt(KAPPA_S * L_TE)) ** 2) == 0
    assert STUDENT_UPPER_BOUND.relation("bound").rhs == L_ST


def test_upper_bound_is_the_squared_teacher_loss_when_the_rest_is_never_learned() -> None:
    bound = STUDENT_UPPER_BOUND.relation("bound").lhs.subs(
        {REST_EIGENVALUE: 0, KAPPA_S: L_TE, LEAST_EIGENVALUE: 1}
    )
    assert bound.limit(TIME, oo) == L_TE**2
