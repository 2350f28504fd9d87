from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from proofs_checks.bounds.problem import Problem, satisfies
from proofs_checks.bounds.reductions import completed, reduced
from w2s_theory.terms import tree
from w2s_theory.terms.reading import read_formula
from w2s_theory.terms.tree import All, number, variable

NAMES = {name: variable(name) for name in ("x", "y", "n", "m")}
BOX = {
    "x": (Fraction(-2), Fraction(2)),
    "y": (None, Fraction(4)),
    "n": (Fraction(0), None),
    "m": (Fraction(1), Fraction(9)),
}
PARTS = [
    "x + 2*y == 1",
    "x == y/3 - n",
    "n == 2*m + 1",
    "3*n == 2*m",
    "x*y == 1",
    "x - y >= m",
    "2*x == 2*x",
    "x == pi*y",
]


def problem_of(chosen: list[str]) -> Problem:
    return Problem(BOX, All(tuple(read_formula(text, NAMES) for text in chosen)), frozenset({"n", "m"}))


@given(st.lists(st.sampled_from(PARTS), max_size=4), st.lists(st.integers(-8, 20), min_size=4, max_size=4))
def test_a_reduced_problem_has_the_same_solutions(chosen: list[str], values: list[int]) -> None:
    problem = problem_of(chosen)
    steps, rest = reduced(problem)
    assert set(rest.box) | {name for name, _ in steps} == set(BOX)
    point = {name: number(value, 2) for name, value in zip(NAMES, values, strict=True) if name in rest.box}
    whole = completed(steps, point)
    assert set(whole) == set(BOX)
    assert satisfies(problem, whole) == satisfies(rest, point)


@given(st.integers(-4, 12), st.integers(1, 9))
def test_no_solution_is_lost(y: int, m: int) -> None:
    problem = problem_of(["x + 2*y == 1", "n == 2*m + 1"])
    at = {"x": number(4 - y, 4), "y": number(y, 8), "n": number(2 * m + 1), "m": number(m)}
    assert satisfies(problem, at)
    _, rest = reduced(problem)
    assert satisfies(rest, {name: at[name] for name in rest.box})


def test_a_whole_coordinate_is_replaced_only_by_what_is_whole() -> None:
    steps, rest = reduced(problem_of(["3*n == 2*m"]))
    assert steps == ()
    assert tree.variables(rest.formula) == {"n", "m"}
    steps, rest = reduced(problem_of(["n == 2*m + 1"]))
    assert [name for name, _ in steps] == ["n"]
    assert rest.integers == {"m"}
