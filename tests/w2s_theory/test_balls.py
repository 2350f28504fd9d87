from __future__ import annotations

from fractions import Fraction

import flint
import mpmath
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy import Rational, Symbol, cos, exp, log, pi, sqrt

from w2s_theory.balls import ball, exact, holds, precision, sign
from w2s_theory.errors import InvalidInput

X = Symbol("x", positive=True)
EXPRESSIONS = (
    X / 3 + Rational(1, 3),
    sqrt(1 + 3 * X) - X ** Rational(5, 2),
    exp(-X) * cos(pi * X) + log(1 + X),
    X**-2 + sympy.Abs(X - 2),
    X ** sqrt(2),
    sympy.Max(X, 1) - sympy.Min(X, 1),
    sympy.gamma(X + 1) + sympy.atan(X) + sympy.E,
)


@given(st.sampled_from(EXPRESSIONS), st.integers(1, 300), st.sampled_from((53, 128)))
def test_a_ball_contains_the_value(expression: sympy.Expr, numerator: int, bits: int) -> None:
    value = Rational(numerator, 100)
    with precision(bits):
        enclosure = ball(expression, {X: flint.arb(flint.fmpq(numerator, 100))})
    with precision(256), mpmath.workdps(60):
        truth = mpmath.mpf(sympy.N(expression.subs(X, value), 55))
        low, high = (
            mpmath.mpf(side.str(50, radius=False)) for side in (enclosure.lower(), enclosure.upper())
        )
        slack = abs(truth) * mpmath.mpf(10) ** -45
        assert low - slack <= truth <= high + slack
        assert high - low < mpmath.mpf(2) ** (-bits + 12) * (1 + abs(truth))


def test_rationals_are_converted_exactly() -> None:
    with precision(200):
        assert (ball(Rational(1, 3), {}) * 3).contains(1)
        assert not ball(Rational(1, 3), {}).contains(flint.arb(1 / 3))


@pytest.mark.parametrize("value", [Rational(-2, 7), Fraction(-2, 7), flint.fmpq(-2, 7)])
def test_every_kind_of_rational_number_becomes_its_ball(value: Rational | Fraction | flint.fmpq) -> None:
    with precision(200):
        enclosure = exact(value)
        assert (enclosure * 7).contains(-2)
        assert enclosure.rel_accuracy_bits() >= 198


def test_what_is_not_rational_has_no_exact_ball() -> None:
    with pytest.raises(InvalidInput, match="not rational"):
        exact(sympy.pi)


def test_precision_is_restored_also_after_an_error() -> None:
    before = flint.ctx.prec
    with precision(999):
        assert flint.ctx.prec == 999
    assert flint.ctx.prec == before
    with pytest.raises(InvalidInput), precision(999):
        exact(sympy.pi)
    assert flint.ctx.prec == before


def test_sign_separates_what_floats_cannot() -> None:
    tiny = sqrt(2) - Rational(str(sympy.N(sqrt(2), 60)))
    assert sign(tiny) in (-1, 1)
    assert sign(sqrt(8) - 2 * sqrt(2)) == 0
    assert sign(sqrt(6) - sqrt(2) * sqrt(3)) == 0
    assert sign(X - 1, {X: Rational(1, 2)}) == -1
    assert sign(log(Rational(0) + X), {X: sympy.Integer(0)}) is None


def test_an_unknown_function_is_no_ball() -> None:
    with pytest.raises(TypeError, match="no ball evaluation"):
        ball(sympy.zeta(X), {X: flint.arb(2)})


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (X >= 1, True),
        (X > 1, False),
        (X <= 1, True),
        (X < 1, False),
        (sympy.Eq(X, 1), True),
        (sympy.Ne(X, 1), False),
    ],
)
def test_relations_at_a_point(relation: sympy.core.relational.Relational, expected: bool) -> None:
    assert holds(relation, {X: sympy.Integer(1)}) is expected
