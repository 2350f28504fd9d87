"""Relations, against sympy's own verdict on them at exact numbers."""

from __future__ import annotations

import operator

import flint
import pytest
import sympy
from flint import arb
from sympy import Eq, Ge, Gt, Integer, Le, Lt, Ne, Rational, Symbol
from sympy.core.relational import Relational

from w2s_theory.balls import excludes, implies, possible_signs
from w2s_theory.relations import (
    OPERATORS,
    SIGNS,
    STRICT,
    WEAK,
    as_text,
    at_least,
    at_most,
    equal,
    margin,
    more_than,
    ordered_sides,
    unequal,
    with_sides,
)

KINDS = (Ge, Le, Gt, Lt, Eq, Ne)
X, Y = Symbol("x", real=True), Symbol("y", real=True)
DIFFERENCES = (Rational(-3, 2), Integer(0), Rational(1, 3))
BALLS = {
    "negative": arb(-2, 1),
    "up to zero": -arb(0, 1).nonnegative_part(),
    "exact zero": arb(0),
    "around zero": arb(0, 1),
    "from zero": arb(0, 1).nonnegative_part(),
    "positive": arb(2, 1),
    "exact": arb(flint.fmpq(1, 2)),
    "no value": arb("nan"),
    "endless": arb(0, "inf"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("difference", DIFFERENCES)
def test_a_relation_is_true_for_its_signs_only(kind: type[Relational], difference: Rational) -> None:
    sign = int(sympy.sign(difference))
    truth = bool(kind(difference, 0))
    assert (sign in SIGNS[kind]) is truth
    assert OPERATORS[kind](float(difference), 0.0) is truth


@pytest.mark.parametrize("kind", KINDS)
def test_the_negated_relation_has_the_other_signs_and_the_same_sides(kind: type[Relational]) -> None:
    for left, right in ((X, Y), (X**2, Integer(-1)), (X, X)):
        negated = kind(left, right, evaluate=False).negated
        assert SIGNS[negated.func] == {-1, 0, 1} - SIGNS[kind]
        assert negated.args == (left, right)


@pytest.mark.parametrize("kind", [*WEAK, *STRICT])
@pytest.mark.parametrize("difference", DIFFERENCES)
def test_the_margin_of_a_true_inequality_is_not_negative(
    kind: type[Relational], difference: Rational
) -> None:
    relation = kind(X, Y, evaluate=False)
    value = margin(relation).subs({X: difference, Y: 0})
    assert bool(kind(difference, 0)) is bool(value >= 0 if kind in WEAK else value > 0)
    assert ordered_sides(relation) == ((X, Y) if kind in (Ge, Gt) else (Y, X))


@pytest.mark.parametrize("kind", [Eq, Ne])
def test_the_margin_of_an_equation_vanishes_where_it_holds(kind: type[Relational]) -> None:
    assert margin(kind(X, Y, evaluate=False)) == Y - X


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", BALLS)
def test_a_ball_settles_a_relation_as_comparisons_with_zero_do(kind: type[Relational], name: str) -> None:
    """The comparisons that python-flint calls certain: six that make a relation true, six that make it false."""
    difference = BALLS[name]
    relation = kind(X, Y, evaluate=False)
    opposite = {
        Ge: operator.lt,
        Le: operator.gt,
        Gt: operator.le,
        Lt: operator.ge,
        Eq: operator.ne,
        Ne: operator.eq,
    }
    assert implies(relation, difference) is bool(OPERATORS[kind](difference, 0))
    assert excludes(relation, difference) is bool(opposite[kind](difference, 0))


def test_a_ball_may_have_the_signs_of_its_numbers() -> None:
    signs = {name: set(possible_signs(enclosure)) for name, enclosure in BALLS.items()}
    assert signs == {
        "negative": {-1},
        "up to zero": {-1, 0},
        "exact zero": {0},
        "around zero": {-1, 0, 1},
        "from zero": {0, 1},
        "positive": {1},
        "exact": {1},
        "no value": {-1, 0, 1},
        "endless": {-1, 0, 1},
    }


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (at_least(1, 2), "1 >= 2"),
        (at_most(X, X), "x <= x"),
        (more_than(X, X - 1), "x > x - 1"),
        (equal(X, X), "x = x"),
        (unequal(X, Y), "x != y"),
        (equal(sympy.Limit(X, X, 0), X + Y), "Limit(x, x, 0, dir='+') = x + y"),
        (equal(sympy.Piecewise((X, equal(X, Y)), (Y, True)), Y), "Piecewise((x, x = y), (y, True)) = y"),
        (with_sides(X < Y, Integer(1), Integer(0)), "1 < 0"),
    ],
)
def test_relations_are_kept_as_they_are_written(written: Relational, text: str) -> None:
    assert isinstance(written, Relational)
    assert as_text(written) == text


def test_a_settled_relation_has_a_text_too() -> None:
    assert as_text(Integer(1) < 2) == "True"


def test_joined_relations_are_in_parentheses() -> None:
    assert as_text(sympy.Or(equal(X, Y), X > Y)) == "(x = y) | (x > y)"
