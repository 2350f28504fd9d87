from __future__ import annotations

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy import Eq, Rational, Symbol, sqrt

from proofs_checks.methods.decision import Answer, NotAlgebraic, solve
from w2s_theory.balls import holds

X, Y = sympy.symbols("x y", real=True)


@given(st.integers(-20, 20), st.integers(-20, 20), st.integers(-20, 20))
def test_agrees_with_the_discriminant(a: int, b: int, c: int) -> None:
    answer = solve([a * X**2 + b * X + c < 0]).answer
    negative_somewhere = a < 0 or (a == 0 and (b != 0 or c < 0)) or (a > 0 and b * b - 4 * a * c > 0)
    assert answer is (Answer.EXISTS if negative_somewhere else Answer.NONE)


def test_a_point_is_exact() -> None:
    found = solve([Eq(X**2, 2), X > 0, Eq(Y**3, X)])
    assert found.answer is Answer.EXISTS
    assert found.point[X] == sqrt(2)
    assert holds(Eq(Y**3, X), found.point) is not False


def test_roots_quotients_and_cases() -> None:
    assert solve([X >= 0, sqrt(X) + 1 < sqrt(X + 1)]).answer is Answer.NONE
    assert solve([X > 0, X ** Rational(5, 2) > X**2, X < 1]).answer is Answer.NONE
    assert solve([X > 1, 1 / X > 1]).answer is Answer.NONE
    assert solve([sympy.Abs(X) < -1]).answer is Answer.NONE
    assert solve([sympy.Min(X, Y) > sympy.Max(X, Y)]).answer is Answer.NONE
    assert solve([sympy.Or(X > 1, X < -1), X**2 < 1]).answer is Answer.NONE


def test_assumptions_of_symbols_count() -> None:
    assert solve([Symbol("p", nonnegative=True) < 0]).answer is Answer.NONE
    assert solve([Symbol("p", positive=True) <= 0]).answer is Answer.NONE
    assert solve([Symbol("p", real=True) < 0]).answer is Answer.EXISTS


def test_refuses_what_is_not_algebraic() -> None:
    with pytest.raises(NotAlgebraic):
        solve([sympy.exp(X) < Y])
    with pytest.raises(NotAlgebraic):
        solve([Symbol("p", positive=True) ** sqrt(2) < Y])


def test_numbers_that_are_not_algebraic_lie_between_rationals() -> None:
    assert solve([X > sympy.pi, X < 3]).answer is Answer.NONE
    assert solve([X >= sympy.log(2), X <= Rational(69314718, 10**8)]).answer is Answer.NONE
    assert solve([X > sympy.log(2), X < Rational(69314719, 10**8)]).answer is Answer.EXISTS


def test_whole_numbers() -> None:
    conditions = [2 * X > 1, 2 * X < 3, Eq(Y, X * X)]
    assert solve(conditions, integers=[X]).point == {X: 1, Y: 1}
    assert solve([2 * X > 3, 2 * X < 4], integers=[X]).answer is Answer.NONE
    assert solve([2 * X > 3, 2 * X < 4]).answer is Answer.EXISTS


def test_a_root_of_a_root_is_another_number() -> None:
    assert solve([sqrt(1 + sqrt(X)) >= 1, X >= 0]).answer is Answer.EXISTS
    assert solve([X >= 5 * Y * sqrt(1 + sqrt(Y)), Y >= 0, X <= 1]).answer is Answer.EXISTS
