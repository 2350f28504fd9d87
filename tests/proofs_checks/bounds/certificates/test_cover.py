from __future__ import annotations

import time
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs_checks.bounds.certificates.cover import LEAF, Cover, check, from_json, leaves
from proofs_checks.bounds.cover import cover
from proofs_checks.bounds.problem import Empty, Found, Problem, satisfies
from w2s_theory.terms.reading import read_formula
from w2s_theory.terms.tree import variable

NAMES = {name: variable(name) for name in ("x", "y", "n")}
UNIT = (Fraction(0), Fraction(1))
HALF_PLANE = Problem({"x": UNIT, "y": UNIT}, read_formula("x*y > 1/2 and x + y < 1.4", NAMES))


def found(problem: Problem, boxes: int = 4000) -> Cover:
    answer = cover(problem, boxes, time.monotonic() + 60)
    assert isinstance(answer, Empty)
    assert isinstance(answer.certificate, Cover)
    return answer.certificate


def test_a_cover_stands_and_survives_a_file() -> None:
    certificate = found(HALF_PLANE)
    assert certificate.boxes > 3
    assert check(HALF_PLANE, certificate)
    assert from_json(certificate.as_json()) == certificate
    assert len(list(leaves(HALF_PLANE, certificate))) == certificate.boxes


def test_a_cover_of_another_problem_is_refused() -> None:
    certificate = found(HALF_PLANE)
    for formula in ("x*y > 1/2 and x + y < 1.42", "x*y > 0.48 and x + y < 1.4", "x*y > 1/2"):
        assert not check(replace(HALF_PLANE, formula=read_formula(formula, NAMES)), certificate)
    wider = replace(HALF_PLANE, box={"x": (Fraction(-2), Fraction(1)), "y": (Fraction(-2), Fraction(1))})
    assert not check(wider, certificate)


@settings(max_examples=60)
@given(st.data())
def test_a_forged_cover_is_refused(data: st.DataObject) -> None:
    certificate = found(HALF_PLANE)
    place = data.draw(st.integers(0, len(certificate.cuts) - 1))
    dropped = certificate.cuts[:place] + certificate.cuts[place + 1 :]
    doubled = certificate.cuts[:place] + certificate.cuts[place : place + 1] + certificate.cuts[place:]
    assert not check(HALF_PLANE, Cover(dropped))
    assert not check(HALF_PLANE, Cover((*certificate.cuts, LEAF)))
    if certificate.cuts[place] == LEAF:
        assert not check(HALF_PLANE, Cover(doubled))


@pytest.mark.parametrize(
    "cuts", [(), (LEAF,), ("z", LEAF, LEAF), ("x", LEAF), ("x", "x", LEAF, LEAF), ("", LEAF, LEAF)]
)
def test_too_short_or_wrong_covers_are_refused(cuts: tuple[str, ...]) -> None:
    assert not check(HALF_PLANE, Cover(cuts))


def test_what_has_a_solution_has_no_cover() -> None:
    problem = replace(HALF_PLANE, formula=read_formula("x*y > 1/2 and x + y < 1.5", NAMES))
    answer = cover(problem, 4000, time.monotonic() + 60)
    assert isinstance(answer, Found)
    assert satisfies(problem, answer.point)
    assert not check(problem, found(HALF_PLANE))


def test_whole_coordinates_are_cut_between_whole_numbers() -> None:
    problem = Problem(
        {"n": (Fraction(1, 2), Fraction(9))}, read_formula("n > 3 and n < 4", NAMES), frozenset({"n"})
    )
    certificate = found(problem)
    assert check(problem, certificate)
    assert not check(replace(problem, integers=frozenset()), certificate)
    assert check(replace(problem, box={"n": (Fraction(1, 3), Fraction(1, 2))}), Cover(()))


def test_an_endless_box_is_covered() -> None:
    problem = Problem({"x": (Fraction(0), None)}, read_formula("1/(1 + x) >= 1 + exp(-x)", NAMES))
    certificate = found(problem)
    assert check(problem, certificate)


@pytest.mark.parametrize("data", [{}, {"cuts": "x.."}, {"cuts": [1]}, {"cuts": None}])
def test_other_data_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="a cover has"):
        from_json(data)


def test_budgets_are_kept() -> None:
    assert cover(HALF_PLANE, 2, time.monotonic() + 60) is None
    assert cover(HALF_PLANE, 4000, time.monotonic() - 1) is None
