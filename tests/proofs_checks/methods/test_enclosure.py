from __future__ import annotations

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy import Rational, Symbol, cos, exp, log

from proofs_checks.methods.enclosure import cover, without_common_power
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


def test_dividing_by_the_common_power() -> None:
    t = Symbol("t", nonnegative=True)
    reduced = without_common_power(t**4 / (1 + t) - 2 * t**5 * exp(-t), t)
    assert sympy.simplify(reduced - (1 / (1 + t) - 2 * t * exp(-t))) == 0
    assert without_common_power(t ** Rational(5, 2) + t**2, t).subs(t, 0) == 1
    assert without_common_power(log(t) * t + t, t) == log(t) + 1


@pytest.mark.parametrize("limit", [{"max_boxes": 3}, {"seconds": 0.0}])
def test_limits_end_the_search(limit: dict[str, float]) -> None:
    found = cover((X - Rational(1, 3)) ** 2, {X: UNIT}, **limit)  # type: ignore[arg-type]
    assert not found.certified
    assert found.boxes <= 3
