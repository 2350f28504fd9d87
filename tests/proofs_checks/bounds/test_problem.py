from __future__ import annotations

from fractions import Fraction

import pytest

from proofs_checks.bounds.problem import Problem, satisfies
from w2s_theory.terms.reading import read_formula
from w2s_theory.terms.tree import PI, Root, Term, algebraic, apply, number, variable

NAMES = {name: variable(name) for name in ("x", "n")}
PROBLEM = Problem(
    {"x": (Fraction(0), Fraction(2)), "n": (Fraction(1), None)},
    read_formula("x**2 >= 2 and n >= x", NAMES),
    frozenset({"n"}),
)
ROOT = algebraic(Root((-2, 0, 1), Fraction(1), Fraction(2)))


@pytest.mark.parametrize(
    ("x", "n", "satisfied"),
    [
        (apply("sqrt", 2), number(2), True),
        (ROOT, number(2), True),
        (number(2), number(10**30), True),
        (number(1), number(2), False),
        (number(3), number(3), False),
        (PI, number(4), False),
        (apply("sqrt", 2) - Fraction(1, 10**40), number(2), False),
        (ROOT, number(3, 2), False),
        (ROOT, ROOT, False),
        (ROOT, number(1), False),
    ],
)
def test_a_point_satisfies_a_problem_in_the_box_and_exactly(x: Term, n: Term, satisfied: bool) -> None:
    assert satisfies(PROBLEM, {"x": x, "n": n}) is satisfied


def test_a_point_has_all_coordinates_and_no_others() -> None:
    assert not satisfies(PROBLEM, {"x": ROOT})
    assert not satisfies(PROBLEM, {"x": ROOT, "n": number(2), "y": number(0)})


def test_what_is_not_decided_does_not_count() -> None:
    open_question = read_formula("sin(1)**2 + cos(1)**2 == 1 and x >= 0", NAMES)
    assert not satisfies(Problem({"x": (None, None)}, open_question), {"x": number(1)})
