from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from proofs_checks.bounds.parts import cores, parts
from proofs_checks.bounds.problem import Problem
from w2s_theory.terms import tree
from w2s_theory.terms.exact import holds
from w2s_theory.terms.reading import read_formula
from w2s_theory.terms.tree import All, conjuncts, number, variable

NAMES = {name: variable(name) for name in ("a", "b", "c", "d")}
ATOMS = ["a >= 1", "a + b <= 3", "b == c or c > 1", "d != 0", "1 < 2", "c*d >= 0", "2 < 1"]


@given(st.lists(st.sampled_from(ATOMS), max_size=5), st.lists(st.integers(-1, 3), min_size=4, max_size=4))
def test_a_point_solves_a_problem_if_it_solves_every_part(chosen: list[str], values: list[int]) -> None:
    formula = All(tuple(read_formula(text, NAMES) for text in chosen))
    problem = Problem(dict.fromkeys(NAMES, (Fraction(-9), Fraction(9))), formula, frozenset({"d"}))
    found = parts(problem)
    at = {name: number(value) for name, value in zip(NAMES, values, strict=True)}
    assert holds(formula, at) == all(holds(part.formula, at) for part in found)
    names = [name for part in found for name in part.box]
    assert len(names) == len(set(names))
    assert all(part.box.keys() == tree.variables(part.formula) for part in found)
    assert all(part.integers == {"d"} & part.box.keys() for part in found)


@given(st.lists(st.sampled_from(ATOMS), max_size=5))
def test_a_core_says_no_more_than_the_problem(chosen: list[str]) -> None:
    formula = All(tuple(read_formula(text, NAMES) for text in chosen))
    problem = Problem(dict.fromkeys(NAMES, (None, None)), formula, frozenset({"c", "d"}))
    for core in cores(problem):
        assert set(conjuncts(core.formula)) <= set(conjuncts(formula))
        assert core.box.keys() == tree.variables(core.formula)
