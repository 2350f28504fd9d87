from __future__ import annotations

import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st
from sympy import Eq, Rational

from proofs_checks.bounds.check_bound import decide
from proofs_checks.bounds.models import FAMILIES, Chart, build_model
from w2s_theory.balls import holds
from w2s_theory.errors import InvalidInput
from w2s_theory.notation.symbols import INNER_ST_TARGET, INNER_ST_TE, L_ST, L_TE, NORM_ST, NORM_TE
from w2s_theory.terms.conversion import formula_of

BOXES = [
    (name, number)
    for name in FAMILIES
    for number, chart in enumerate(FAMILIES[name]().charts)
    if {INNER_ST_TARGET, L_ST} <= set(chart.observables)
    and not chart.outer
    and not any(isinstance(item, Eq) for item in chart.constraints)
]


def point_of(chart: Chart, shares: list[int]) -> dict[sympy.Symbol, sympy.Expr]:
    return {
        x: low + (high - low) * Rational(share, 16)
        for (x, (low, high)), share in zip(chart.intervals.items(), shares, strict=False)
    }


@given(st.sampled_from(BOXES), st.lists(st.integers(0, 16), min_size=6, max_size=6))
def test_every_state_of_a_box_is_a_state_of_the_model(box: tuple[str, int], shares: list[int]) -> None:
    name, number = box
    chart = FAMILIES[name]().charts[number]
    at = point_of(chart, shares)
    assume(all(holds(item, at) for item in chart.constraints))
    seen = {symbol: value.subs(at) for symbol, value in chart.observables.items()}
    gap = seen[L_ST] - (1 - 2 * seen[INNER_ST_TARGET] + seen[NORM_ST] ** 2)
    assert sympy.simplify(gap) == 0
    assert sympy.simplify(seen[NORM_TE] ** 2 - (1 - seen[L_TE])) == 0
    if name == "bounded":
        assert holds(seen[NORM_ST] <= seen[NORM_TE], {})
    elif name in ("shrinkage", "eigenfunction"):
        assert float(seen[INNER_ST_TE] - seen[NORM_ST] ** 2) >= -1e-12
    if name == "eigenfunction":
        assert float(seen[L_ST] - seen[L_TE] ** 2) >= -1e-12


@pytest.mark.parametrize("name", ["shrinkage", "bounded"])
@given(
    theta=st.integers(0, 16),
    length=st.integers(1, 16),
    radial=st.integers(0, 16),
    sideways=st.integers(-16, 16),
)
def test_shadows_contain_every_state(name: str, theta: int, length: int, radial: int, sideways: int) -> None:
    charts = FAMILIES[name]().charts
    with_target, norms = (
        chart for chart in charts if chart.outer and not chart.premises and len(chart.box) > 1
    )
    whole = next(chart for chart in charts if len(chart.intervals) == 4 and not chart.outer)
    angle, size, along, across = (Rational(share, 16) for share in (theta, length, radial, sideways))
    least = size**2 if name == "shrinkage" else -size
    x = least + along * (size - least)
    point = {"m": angle, "r": size, "x": x, "y": across * (size**2 - x**2) / size}
    at = {coordinate: point[coordinate.name] for coordinate in whole.intervals}
    assert all(holds(item, at) for item in whole.constraints)
    seen = {symbol: value.subs(at) for symbol, value in whole.observables.items()}
    b, share, r = (sympy.Symbol(letter, real=True) for letter in ("b", "share", "r"))
    for chart, inner, where in (
        (with_target, INNER_ST_TARGET, {b: seen[NORM_TE]}),
        (norms, INNER_ST_TE, {b: seen[NORM_TE], r: size}),
    ):
        low, high = (chart.observables[inner].subs({**where, share: end}) for end in (0, 1))
        assert low <= seen[inner] <= high
        for same in (L_TE, NORM_TE, NORM_ST):
            if same in chart.observables:
                assert sympy.simplify(chart.observables[same].subs(where) - seen[same]) == 0


@pytest.mark.parametrize("name", ["shrinkage", "bounded", "eigenfunction"])
@given(share=st.integers(1, 15))
def test_the_upper_curve_is_the_edge_of_the_model(name: str, share: int) -> None:
    model = FAMILIES[name]()
    curve = model.upper_curve
    assert curve is not None
    ((x, (low, high)),) = curve.intervals.items()
    at = {x: low + (high - low) * Rational(share, 16)}
    teacher_loss, greatest = (curve.observables[symbol].subs(at) for symbol in (L_TE, L_ST))
    at_that_teacher = formula_of(Eq(L_TE, teacher_loss, evaluate=False))
    assert decide(model, formula_of(L_ST <= greatest), at_that_teacher).is_shown
    below = decide(model, formula_of(L_ST <= greatest - Rational(1, 1000)), at_that_teacher)
    assert below.verdict == "refuted"


@pytest.mark.parametrize("name", [name for name in FAMILIES if FAMILIES[name]().curve])
@given(share=st.integers(1, 15))
def test_the_curve_is_the_edge_of_the_model(name: str, share: int) -> None:
    model = FAMILIES[name]()
    curve = model.curve
    assert curve is not None
    ((x, (low, high)),) = curve.intervals.items()
    at = {x: low + (high - low) * Rational(share, 16)}
    assume(all(holds(item, at) for item in curve.constraints))
    teacher_loss, least = (curve.observables[symbol].subs(at) for symbol in (L_TE, L_ST))
    at_that_teacher = formula_of(Eq(L_TE, teacher_loss, evaluate=False))
    below = decide(model, formula_of(L_ST >= least), at_that_teacher)
    assert below.is_shown
    above = decide(model, formula_of(L_ST >= least + Rational(1, 1000)), at_that_teacher)
    assert above.verdict == "refuted"


def test_chains_of_one_are_the_shrinkage_model() -> None:
    one, shrinkage = build_model("chain", {"steps": 1}), build_model("shrinkage")
    assert one.curve is not None
    assert shrinkage.curve is not None
    assert one.curve.observables == shrinkage.curve.observables


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("nothing", {}, "unknown model 'nothing'; allowed: shrinkage, bounded, chain, eigenfunction"),
        ("bounded", {"steps": 3}, "has no parameter 'steps'; allowed: none"),
        ("chain", {"steps": 0}, "a chain of 0 students; allowed: 1 to 12"),
    ],
)
def test_bad_choices(name: str, parameters: dict[str, int], message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        build_model(name, parameters)
    assert message in str(caught.value)
