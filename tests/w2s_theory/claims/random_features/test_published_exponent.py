"""The exponent behind 1.49, dimension by dimension."""

from __future__ import annotations

from sympy import Rational

from w2s_theory.claims.random_features.published_exponent import EXPONENT, EXPONENT_EXCESS, THRESHOLD_EXPONENT
from w2s_theory.notation.symbols import DIMENSION


def test_dimension_148_is_exactly_at_the_threshold() -> None:
    assert EXPONENT.subs(DIMENSION, 148) == THRESHOLD_EXPONENT == Rational(149, 100)


def test_dimension_147_falls_short() -> None:
    assert EXPONENT.subs(DIMENSION, 147) == Rational(149, 100) - Rational(1, 14900)
    assert EXPONENT_EXCESS.subs(DIMENSION, 147) == -Rational(1, 14900)


def test_in_the_dimension_of_the_figures_the_exponent_is_below_three_halves() -> None:
    assert EXPONENT.subs(DIMENSION, 32) == 1 + Rational(31, 68)
