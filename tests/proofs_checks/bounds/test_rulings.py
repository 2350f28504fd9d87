"""A fault in one wall is caught by another: each test puts one into the program, and sees no false verdict come out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from flint import arb
from sympy import Integer

from proofs_checks.bounds import check_bound as check_bound_module
from proofs_checks.bounds import engines, question, rulings
from proofs_checks.bounds.certificates.cover import Cover
from proofs_checks.bounds.certificates.sign_table import SignTable
from proofs_checks.bounds.check_bound import BoundResult, check_bound, decide
from proofs_checks.bounds.documents import document, recheck
from proofs_checks.bounds.engines import WrongAnswer
from proofs_checks.bounds.models import FAMILIES, Chart, Model, build_model
from proofs_checks.bounds.problem import Empty, Found, Problem
from proofs_checks.bounds.solvers.solve import solve
from proofs_checks.bounds.solvers.translation import Translation
from proofs_checks.bounds.solvers.translation_check import translation_check
from w2s_theory.terms import intervals
from w2s_theory.terms.interval import Interval
from w2s_theory.terms.reading import read_formula
from w2s_theory.terms.tree import All, Atom, Formula, Sign, Term, conjuncts, number, variable

FALSE_BOUND = "L_ST >= 0.76*L_TE**2"
MANY_COORDINATES = ("abs(gap - misfit) <= sqrt(projection_error*risk_s)", "squared")


def verdict_of(bound: str, model: str = "shrinkage", where: str = "") -> str:
    """Return the verdict, or that the program found itself to be wrong."""
    try:
        return str(check_bound(bound, model, where, seconds=20).verdict)
    except WrongAnswer:
        return "wrong answer noticed"


def says_empty(problem: Problem, effort: int, deadline: float) -> Empty:
    return Empty(SignTable("x", (), (), ()))


def test_without_a_fault_the_bounds_are_refuted() -> None:
    assert verdict_of(FALSE_BOUND) == "refuted"
    assert verdict_of(*MANY_COORDINATES) == "refuted"


@pytest.mark.parametrize(
    "certificate", [Cover((".",)), Cover(()), SignTable("x", (), (), (Fraction(0), Fraction(1)))]
)
def test_a_bad_certificate_from_an_engine_is_caught_by_its_checker(
    monkeypatch: pytest.MonkeyPatch, certificate: Cover | SignTable
) -> None:
    monkeypatch.setattr(
        engines, "_engines", lambda problem, effort: [lambda problem, deadline: Empty(certificate)]
    )
    with pytest.raises(WrongAnswer, match="does not check"):
        check_bound(FALSE_BOUND)


def test_a_point_that_solves_nothing_is_caught_by_exact_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    def anywhere(problem: Problem, deadline: float) -> Found:
        return Found({name: number(1, 3) for name in problem.box})

    monkeypatch.setattr(engines, "_engines", lambda problem, effort: [anywhere])
    assert verdict_of("L_ST >= 3/4*L_TE**2") == "undecided"


def test_checkers_that_accept_everything_are_caught_by_the_adversary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rulings, "settle", says_empty)
    with pytest.raises(WrongAnswer, match="a state drawn from the model's definition breaks it"):
        check_bound(FALSE_BOUND)


def test_a_condition_added_to_the_problem_is_caught_by_the_adversary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Conditions that are too strong prove a false bound on the charts, not on drawn states."""
    whole = question._problem

    def harder(chart: object, formula: All) -> Problem:
        found = whole(chart, formula)  # type: ignore[arg-type]
        never = Atom(variable(next(iter(found.box))), Sign.GT, number(10**6))
        return replace(found, formula=All((*conjuncts(found.formula), never)))

    monkeypatch.setattr(question, "_problem", harder)
    with pytest.raises(WrongAnswer, match="a state drawn from the model's definition breaks it"):
        check_bound(FALSE_BOUND)


def test_a_condition_dropped_from_the_problem_is_caught_by_exact_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = question.violations

    def without_conditions(asked: question.Question) -> object:
        yield from whole(replace(asked, conditions=All(())))

    monkeypatch.setattr(rulings, "violations", without_conditions)
    # On these conditions the bound is true; without them it is false.
    assert verdict_of("L_ST >= L_TE**2/1.3", where="L_TE >= 0.99") == "wrong answer noticed"


ONLY_AT_ONE = Problem(
    dict.fromkeys("xy", (Fraction(0), Fraction(2))),
    read_formula("x*y >= 1 and x + y <= 2", {name: variable(name) for name in "xy"}),
)


def test_a_wrong_translation_to_z3_is_caught_by_cvc5_and_by_the_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(solve(ONLY_AT_ONE, time.monotonic() + 20), Found)
    assert translation_check(ONLY_AT_ONE, Random(0)).agrees
    formula = Translation.formula

    def stricter(self: Translation, item: Formula) -> Any:
        is_weak = isinstance(item, Atom) and item.sign is Sign.GE
        return formula(self, Atom(item.left, Sign.GT, item.right) if is_weak else item)  # type: ignore[union-attr]

    monkeypatch.setattr(Translation, "formula", stricter)
    assert not isinstance(solve(ONLY_AT_ONE, time.monotonic() + 20), Empty)
    assert not translation_check(replace(ONLY_AT_ONE, formula=AT_THE_EDGE), Random(0)).agrees


AT_THE_EDGE = read_formula("x - x >= 0", {"x": variable("x")})


def flipped(model: Model) -> Model:
    """Return the model with the student's loss too large on every chart and the curve."""
    from w2s_theory.notation.symbols import L_ST

    def larger(chart: object) -> object:
        seen = dict(chart.observables)  # type: ignore[attr-defined]
        return replace(chart, observables={**seen, L_ST: seen[L_ST] + 1} if L_ST in seen else seen)  # type: ignore[type-var]

    return replace(model, charts=tuple(map(larger, model.charts)), curve=larger(model.curve))  # type: ignore[arg-type]


def test_a_wrong_chart_is_caught_by_states_that_come_from_no_chart(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = replace(flipped(FAMILIES["shrinkage"]()), is_named=True)
    monkeypatch.setattr(check_bound_module, "build_model", lambda name, parameters: wrong)
    with pytest.raises(WrongAnswer, match="a state drawn from the model's definition breaks it"):
        check_bound(FALSE_BOUND)


Change = Callable[[Chart], Chart]


def halved(name: str) -> Change:
    """Return what makes an observable half as large on a chart that gives it."""

    def change(chart: Chart) -> Chart:
        seen = {
            symbol: value / 2 if symbol.name == name else value for symbol, value in chart.observables.items()
        }
        return replace(chart, observables=seen)

    return change


def without(dropped: str) -> Change:
    """Return what drops the constraint that is written so."""

    def change(chart: Chart) -> Chart:
        return replace(chart, constraints=tuple(item for item in chart.constraints if str(item) != dropped))

    return change


def wider(name: str) -> Change:
    """Return what lets a coordinate go up to 2."""

    def change(chart: Chart) -> Chart:
        ends = {
            x: (low, Integer(2) if x.name == name else high) for x, (low, high) in chart.intervals.items()
        }
        return replace(chart, intervals=ends)

    return change


WRONG_CHARTS = [
    ("L_ST >= 3/4*L_TE**2", "shrinkage", halved("L_ST"), "L_ST of the state is another number"),
    ("L_ST >= 1/4*L_TE**2", "bounded", halved("L_ST"), "L_ST of the state is another number"),
    ("L_ST >= 9/16*L_TE**2", "chain", halved("L_ST"), "L_ST of the state is another number"),
    ("misfit >= variance", "squared", halved("misfit"), "misfit of the state is another number"),
    ("misfit >= variance", "bregman-binary", halved("misfit"), "misfit of the state is another number"),
    ("ER_w >= rho_w", "subspace", halved("ER_w"), "ER_w of the state is another number"),
    ("norm_ST**2 <= inner_ST_TE", "shrinkage", without("r**2 <= x"), "the state is not legal"),
    (
        "norm_ST <= norm_TE",
        "bounded",
        lambda chart: wider("r")(without("r <= 1")(chart)),
        "the state is not legal",
    ),
    ("norm_ST <= norm_TE", "chain", wider("k"), "the state is not legal"),
    ("norm_ST <= norm_TE", "eigenfunction", wider("h"), "the state is not legal"),
    ("student <= 999/1000", "bregman-binary", wider("student"), "the state is not legal"),
    ("d_sw <= d_w", "subspace", without("d_sw <= d_w"), "the state is not legal"),
]


@pytest.mark.parametrize(("bound", "model", "change", "said"), WRONG_CHARTS)
def test_a_chart_that_refutes_what_is_true_is_caught_by_the_definition(
    monkeypatch: pytest.MonkeyPatch, bound: str, model: str, change: Change, said: str
) -> None:
    right = FAMILIES[model]()
    curve, upper = (chart and change(chart) for chart in (right.curve, right.upper_curve))
    # Outer charts refute nothing, and may prove the bound before a wrong chart is asked.
    charts = tuple(change(chart) for chart in right.charts if not chart.outer)
    wrong = replace(right, charts=charts, curve=curve, upper_curve=upper, is_named=True)
    monkeypatch.setattr(check_bound_module, "build_model", lambda name, parameters: wrong)
    with monkeypatch.context() as unguarded:
        unguarded.setattr(rulings, "contradiction", lambda *told: "")
        result = check_bound(bound, model)
        assert result.verdict == "refuted"
        assert result.method == rulings.BROKEN
        file = document(result, bound, model, "", {})
        assert recheck(file).stands
    with pytest.raises(WrongAnswer, match=f"by the model's definition {said}"):
        check_bound(bound, model)
    found = recheck(file)
    assert not found.stands
    assert said in found.lines[0]


def test_a_state_for_a_proof_that_is_none_is_caught_by_the_definition(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No student has so small a loss: a chart on which one has would make a proof of nothing look like one."""
    right = FAMILIES["shrinkage"]()
    charts = tuple(map(halved("L_ST"), right.charts))
    wrong = replace(right, charts=charts, curve=None, upper_curve=None, is_named=True)
    monkeypatch.setattr(check_bound_module, "build_model", lambda name, parameters: wrong)
    with pytest.raises(
        WrongAnswer, match="a state should satisfy the conditions, yet by the model's definition"
    ):
        check_bound("L_TE <= 1", where="L_ST < 0.7*L_TE**2")


def test_enclosures_that_are_too_small_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    enclose = intervals._enclose

    def middle(item: Term, box: intervals.Box, known: dict[Term, Interval]) -> Interval:
        found = enclose(item, box, known)
        if found.low is None or found.high is None or not item.args:
            return found
        centre = arb((found.low + found.high) / 2).mid()
        return Interval(centre, centre, found.total)

    monkeypatch.setattr(intervals, "_enclose", middle)
    for bound in (
        "L_ST >= 2*L_TE**2*exp(-L_TE)",
        "L_ST >= L_TE*exp(-L_TE)/2",
        "norm_ST**2 <= inner_ST_TE*exp(-L_TE)",
    ):
        assert verdict_of(bound) != "certified"


def test_a_proof_of_nothing_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rulings, "_a_state", lambda question, seed, deadline: None)
    result: BoundResult = check_bound("L_ST >= 3/4*L_TE**2")
    assert result.verdict == "undecided"
    assert result.method == rulings.OF_NOTHING


def test_a_chain_is_attacked_and_weighed_with_its_own_number_of_students() -> None:
    four = build_model("chain", {"steps": 4})
    claim = read_formula("L_ST >= 25/64*L_TE**2", four.names)
    assert decide(four, claim).is_shown
    # True of two students, false of four: only states with all four break it.
    result = decide(four, read_formula("L_ST >= 0.55*L_TE**2", four.names))
    assert result.is_refuted
    assert "f_3" in (result.witness or {})
