"""The statements on kappa_S at values known by hand."""

from __future__ import annotations

from sympy import Rational, true

from w2s_theory.claims.random_features.feature_alignment import (
    KAPPA_S_FORMULAS,
    LEAST_EIGENVALUE,
    TARGET_ERROR_SIZE,
)
from w2s_theory.notation.symbols import EIGENVALUE, KAPPA, KAPPA_S, L_TE


def test_a_target_that_spans_s_misses_the_squared_teacher_loss_there() -> None:
    # f_TE = P f* has overlap 1 - L_TE with f*, so that the error's part along f* has size L_TE; kappa_S = L_TE.
    bound = KAPPA_S_FORMULAS.relation("projection")
    assert bound.subs({KAPPA_S: L_TE, TARGET_ERROR_SIZE: L_TE**2}) == true


def test_universal_misalignment_is_what_the_slowest_mode_misses() -> None:
    largest = KAPPA_S_FORMULAS.relation("universal")
    at = {LEAST_EIGENVALUE: Rational(1, 4), KAPPA: Rational(1, 12)}
    assert largest.lhs.subs(at) == Rational(1, 4)
    assert largest.rhs.subs(at).subs(EIGENVALUE, Rational(1, 4)) == Rational(1, 4)
