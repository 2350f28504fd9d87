from __future__ import annotations

import time
from dataclasses import replace
from fractions import Fraction

import pytest

from proofs_checks.bounds.certificates.recheck import check, from_json
from proofs_checks.bounds.certificates.reduced import Reduced, affine, remaining, replaced
from proofs_checks.bounds.engines import settle
from proofs_checks.bounds.problem import Empty, Problem
from w2s_theory.terms.reading import read_formula, read_term
from w2s_theory.terms.tree import conjuncts, number, variable

NAMES = {name: variable(name) for name in ("x", "y", "z")}
UNIT = (Fraction(0), Fraction(1))
FORMULA = "x + 2*y == 1 and z >= 0 and x*y > 1/8"
PROBLEM = Problem(dict.fromkeys(NAMES, UNIT), read_formula(FORMULA, NAMES))


def certificate() -> Reduced:
    answer = settle(PROBLEM, 0, time.monotonic() + 60)
    assert isinstance(answer, Empty)
    assert isinstance(answer.certificate, Reduced)
    return answer.certificate


def test_it_stands_and_survives_a_file() -> None:
    found = certificate()
    assert found.steps
    assert check(PROBLEM, found)
    assert from_json(found.as_json()) == found


def test_of_another_problem_it_is_refused() -> None:
    found = certificate()
    for formula in (
        "x + 2*y == 1.1 and z >= 0 and x*y > 1/8",
        "x + 2*y >= 1 and z >= 0 and x*y > 1/8",
        "x + 2*y == 1 and z >= 0 and x*y > 1/9",
        "z >= 0 and x*y > 1/8",
        "(x + 2*y == 1 or x == 1) and z >= 0 and x*y > 1/8",
    ):
        assert not check(replace(PROBLEM, formula=read_formula(formula, NAMES)), found), formula


def test_forged_steps_are_refused() -> None:
    found = certificate()
    ((name, value), *_) = found.steps
    other = "y" if name == "x" else "x"
    for step in [
        (name, value + Fraction(1, 10**30)),
        (name, number(0)),
        (name, variable(name)),
        (other, value),
        ("z", number(0)),
    ]:
        assert remaining(PROBLEM, replace(found, steps=(step,))) is None, step
    assert not check(PROBLEM, replace(found, steps=()))
    assert not check(PROBLEM, replace(found, steps=(*found.steps, *found.steps)))


def test_forged_places_are_refused() -> None:
    found = certificate()
    for places in ((), (99,), (-1,), tuple(place + 1 for place in found.places)):
        assert not check(PROBLEM, replace(found, places=places)), places


def test_the_box_of_a_coordinate_that_was_replaced_is_not_lost() -> None:
    rest = replaced(PROBLEM, "y", read_term("(1 - x)/2", NAMES))
    assert set(rest.box) == {"x", "z"}
    kept = conjuncts(rest.formula)
    assert read_formula("(1 - x)/2 >= 0", NAMES) in kept
    assert read_formula("(1 - x)/2 <= 1", NAMES) in kept


def test_a_step_that_depends_on_itself_is_none_of_the_problem() -> None:
    problem = replace(PROBLEM, formula=read_formula("x == x and x > 2", NAMES))
    assert remaining(problem, Reduced((("x", variable("x")),), (0,), certificate().inner)) is None


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2*(x - y)/4 + 1", {"x": Fraction(1, 2), "y": Fraction(-1, 2), "": Fraction(1)}),
        ("x - x", {}),
        ("0*x", {}),
        ("x*y", None),
        ("x/y", None),
        ("x**2", None),
        ("sqrt(x)", None),
        ("x + pi", None),
    ],
)
def test_what_is_affine(text: str, form: dict[str, Fraction] | None) -> None:
    assert affine(read_term(text, NAMES)) == form


def test_unknown_kinds_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown kind of certificate 'word'"):
        from_json({"kind": "word"})
