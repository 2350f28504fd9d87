"""States by their definition: every chart's states are legal, with the chart's observables; others are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from proofs_checks.bounds.adversary.by_definition import BITS, contradiction, weigh
from proofs_checks.bounds.models import Chart, build_model
from proofs_checks.bounds.problem import Problem, satisfies
from proofs_checks.bounds.states import Functions, Law, Numbers, Predictions, State, vector
from w2s_theory.terms.exact import holds, sign
from w2s_theory.terms.reading import read_formula
from w2s_theory.terms.tree import TRUE, Root, Term, algebraic, number, substitute, variable

MODELS: list[tuple[str, dict[str, int]]] = [
    ("shrinkage", {}),
    ("bounded", {}),
    ("chain", {"steps": 1}),
    ("chain", {}),
    ("chain", {"steps": 5}),
    ("eigenfunction", {}),
    ("squared", {}),
    ("bregman-binary", {}),
    ("subspace", {}),
]
POINTS, TRIES = 6, 20_000


def charts(model: str, parameters: Mapping[str, int]) -> list[Chart]:
    """Return the charts whose points are states, the curves included."""
    built = build_model(model, parameters)
    everything = (*built.charts, built.curve, built.upper_curve)
    return [chart for chart in everything if chart is not None and not chart.outer]


def points(chart: Chart, generator: Random) -> list[dict[str, Term]]:
    """Return points of a chart: rational ones, with b and q on the circle, and equations kept by being 0 = 0."""
    problem = Problem(chart.box, chart.constraint, chart.whole)
    found: list[dict[str, Term]] = []
    for _ in range(TRIES):
        point = {name: number(_drawn(name, chart, generator)) for name in chart.box}
        if {"b", "q"} <= set(point):
            m = point["b"]
            point |= {"b": (1 - m**2) / (1 + m**2), "q": 2 * m / (1 + m**2)}
        if "xi" in point:
            point |= {"xi": number(0), "b_w": point["beta"] * (point["d_w"] - point["d_sw"])}
            point["rho_s"] = point["b_w"] + point["rho_w"] - point["b_s"]
        if satisfies(problem, point):
            found.append(point)
        if len(found) == POINTS:
            break
    return found


def _drawn(name: str, chart: Chart, generator: Random) -> str:
    low, high = chart.box[name]
    if name in chart.whole:
        return str(generator.randint(int(low or 0), int(low or 0) + 3))
    share = Fraction(generator.choice((0, 8, generator.randint(0, 8))), 8)
    first = -3 if low is None else low
    last = first + 4 if high is None else high
    return str(first + (last - first) * share)


@pytest.mark.parametrize(("model", "parameters"), MODELS)
def test_every_point_of_a_chart_is_a_state_with_its_observables(
    model: str, parameters: dict[str, int]
) -> None:
    for place, chart in enumerate(charts(model, parameters)):
        found = points(chart, Random(place))
        assert len(found) == POINTS
        for point in found:
            told = {name: substitute(value, point) for name, value in chart.terms.items()}
            state = chart.state(point)
            assert contradiction(model, parameters, state, told, TRUE) == ""
            weighed = weigh(model, parameters, state)
            assert weighed is not None
            is_legal = holds(weighed.legal, {}, bits=BITS)
            # A dual mean at an end of its interval is a number that exact arithmetic cannot tell from the end.
            assert is_legal is True or (model == "bregman-binary" and is_legal is None)
            assert set(told) <= set(weighed.observables) | {"ER_w2s", "ER_s"}
            if model != "bregman-binary":
                for name in set(told) & set(weighed.observables):
                    assert sign(told[name] - weighed.observables[name]) == 0


HALF, ROOT = number(1, 2), algebraic(Root((-2, 0, 1), Fraction(1), Fraction(2)))
TEACHER = Functions(vector(1, 0), vector(HALF, HALF), (vector(HALF, HALF),))
FILTER = Functions(
    vector(1, 0), vector(HALF, 1), (vector(HALF, HALF),), vector(1, number(1, 4)), vector(1, HALF)
)
LAW = Law(vector(HALF, HALF), (vector(0, 1, 2), vector(0, 3, 2)))
NUMBERS = {
    **dict.fromkeys(("d_s", "d_w", "sigma2", "rho_w", "rho_s", "b_s"), number(1)),
    **dict.fromkeys(("d_sw", "b_w"), number(0)),
    **{"n": number(5), "N": number(4), "b_sw": number(0), "rho_s": number(0)},
}


def without_part(**changes: int) -> State:
    return Numbers({**NUMBERS, **{name: number(value) for name, value in changes.items()}})


LEGAL: list[tuple[str, State]] = [
    ("shrinkage", TEACHER),
    ("bounded", TEACHER),
    ("eigenfunction", FILTER),
    ("squared", LAW),
    ("bregman-binary", Predictions(HALF, HALF, vector(HALF))),
    ("subspace", without_part()),
]
ILLEGAL: list[tuple[str, State]] = [
    ("shrinkage", replace(TEACHER, target=vector(2, 0))),
    ("shrinkage", replace(TEACHER, teacher=vector(HALF, 1))),
    ("shrinkage", replace(TEACHER, students=(vector(1, 0),))),
    ("shrinkage", replace(TEACHER, students=TEACHER.students * 2)),
    ("shrinkage", replace(TEACHER, masses=vector(1, -1))),
    ("chain", TEACHER),
    ("chain", replace(TEACHER, students=(vector(1, 0), vector(0, 0)))),
    ("bounded", replace(TEACHER, students=(vector(ROOT / 2 + number(1, 100), 0),))),
    ("eigenfunction", replace(FILTER, filter_values=None)),
    ("eigenfunction", replace(FILTER, filter_values=vector(HALF, HALF))),
    ("eigenfunction", replace(FILTER, filter_values=vector(1, 2), students=(vector(HALF, 2),))),
    ("squared", replace(LAW, probabilities=vector(HALF, 1))),
    ("squared", replace(LAW, probabilities=vector(-1, 2))),
    ("bregman-binary", Predictions(number(1, 2000), HALF, vector(HALF))),
    ("bregman-binary", Predictions(HALF, number(1), vector(HALF))),
    ("bregman-binary", Predictions(HALF, HALF, vector(number(1, 2000)))),
    ("bregman-binary", Predictions(HALF, HALF, vector(3, number(1, 3)))),
    ("subspace", without_part(n=2)),
    ("subspace", without_part(N=0)),
    ("subspace", without_part(sigma2=0)),
    ("subspace", without_part(d_sw=2)),
    ("subspace", without_part(b_s=2)),
    ("subspace", without_part(b_w=1)),
    ("subspace", without_part(b_sw=1)),
    ("subspace", Numbers({**NUMBERS, "d_s": HALF})),
]


@pytest.mark.parametrize(("model", "state"), LEGAL)
def test_legal_states(model: str, state: State) -> None:
    assert contradiction(model, {}, state, {}, TRUE) == ""


@pytest.mark.parametrize(("model", "state"), ILLEGAL)
def test_illegal_states_are_refused(model: str, state: State) -> None:
    assert contradiction(model, {}, state, {}, TRUE) == "the state is not legal"


def test_what_is_told_and_expected_of_a_state_is_compared_with_it() -> None:
    names = {name: variable(name) for name in ("L_TE", "ER_w2s", "rho_w")}
    assert contradiction("shrinkage", {}, TEACHER, {"L_TE": HALF}, read_formula("L_TE == 1/2", names)) == ""
    assert "L_TE of the state is another number" in contradiction(
        "shrinkage", {}, TEACHER, {"L_TE": HALF + number(1, 10**30)}, TRUE
    )
    assert "none for which that holds" in contradiction(
        "shrinkage", {}, TEACHER, {}, read_formula("L_TE > 1/2", names)
    )
    few_points = without_part(N=2)
    assert "has no ER_w2s" in contradiction(
        "subspace", {}, few_points, {}, read_formula("ER_w2s > rho_w", names)
    )


def test_numbers_that_are_not_defined_are_refused() -> None:
    nothing = Predictions(HALF, number(1) / number(0), vector(HALF))
    assert "not defined" in contradiction("bregman-binary", {}, nothing, {}, TRUE)


def test_atoms_with_equal_values_in_other_forms_are_one_value() -> None:
    """The mean teacher is taken over all atoms with the same g and s, however their numbers are written."""
    law = Law(vector(HALF, HALF), ((number(0), number(1), ROOT * ROOT), (number(0), number(3), number(2))))
    weighed = weigh("squared", {}, law)
    assert weighed is not None
    assert sign(weighed.observables["variance"] - 1) == 0


def test_a_state_of_another_kind_is_an_error_of_the_model() -> None:
    with pytest.raises(TypeError, match="'squared' is not told by Functions"):
        weigh("squared", {}, TEACHER)
