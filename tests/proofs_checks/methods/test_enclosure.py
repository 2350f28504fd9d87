from __future__ import annotations

import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy import Rational, cos, exp

from proofs_checks.methods.enclosure import cover
from w2s_theory.balls import holds

X, Y = sympy.symbols("x y", real=True)
UNIT = (sympy.Integer(0), sympy.Integer(1))


@given(st.integers(-50, 150))
def test_certifies_exactly_when_the_minimum_is_positive(hundredths: int) -> None:
    shift = Rational(hundredths, 100) + Rational(1, 10**6)
    found = cover(exp(X) - 1 - X + shift, {X: (sympy.Integer(-1), sympy.Integer(1))})
    assert found.certified == (shift > 0)
    if not found.certified:
        assert found.point is not None
        assert holds(exp(X) - 1 - X + shift >= 0, found.point) is False


def test_two_dimensions_and_conditions() -> None:
    box = {X: UNIT, Y: UNIT}
    assert cover(exp(X * Y) - X * Y - Rational(99, 100), box).certified
    assert not cover(X - Y, box).certified
    assert cover(X - Y + Rational(1, 100), box, [X >= Y]).certified


def test_a_touching_minimum_stays_open() -> None:
    found = cover((X - Rational(1, 3)) ** 2 * exp(X), {X: UNIT}, max_boxes=500)
    assert not found.certified
    assert found.point is None


def test_strict_bounds_need_a_gap() -> None:
    assert cover(cos(X), {X: UNIT}, strict=True).certified
    assert not cover(X - X, {X: UNIT}, strict=True).certified
