"""The charts of a model describe the states that are drawn from its definition: coordinates exist for each of them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from proofs_checks.bounds.adversary import ExactState, Family, families_of
from proofs_checks.bounds.adversary.families import rounded
from proofs_checks.bounds.models import Chart, build_model
from w2s_theory.terms.exact import holds
from w2s_theory.terms.floats import Evaluation
from w2s_theory.terms.tree import Term, atoms, number, rational, substitute, variable

Floats = NDArray[np.float64]
DRAWN = 300
ALLOWED = 1e-6
"""Coordinates are roots and quotients of observables, so a rounding error may have grown to its root."""


def drawn(model: str, parameters: Mapping[str, int]) -> dict[str, Floats]:
    """Return the observables of states of every family, those without some observable left out."""
    generator = np.random.default_rng(5)
    columns: list[dict[str, Floats]] = []
    for family in families_of(model, parameters):
        knobs = family.draw(generator, DRAWN)
        found = family.observables(knobs)
        columns.append({name: found.value(variable(name)) for name in family.construct(knobs).observables})
    values = {name: np.concatenate([column[name] for column in columns]) for name in columns[0]}
    exists = ~np.isnan(np.stack(list(values.values()))).any(axis=0)
    return {name: column[exists] for name, column in values.items()}


def check(chart: Chart, coordinates: Mapping[str, Floats], observed: Mapping[str, Floats]) -> None:
    """Assert that the coordinates are points of the chart, and that it gives the observables there."""
    assert set(coordinates) == set(chart.box)
    usable = np.isfinite(np.stack(list(coordinates.values()))).all(axis=0)
    assert usable.sum() > DRAWN
    points = {name: values[usable] for name, values in coordinates.items()}
    for name, (low, high) in chart.box.items():
        if low is not None:
            assert points[name].min() >= float(low) - ALLOWED
        if high is not None:
            assert points[name].max() <= float(high) + ALLOWED
    at = Evaluation(points)
    for atom in atoms(chart.constraint):
        left, right = at.value(atom.left), at.value(atom.right)
        off = (left - right) / (1 + np.abs(left) + np.abs(right))
        assert off.min() >= -ALLOWED or not {0, 1} >= atom.sign.signs, atom
        assert off.max() <= ALLOWED or not {0, -1} >= atom.sign.signs, atom
    for name, term in chart.terms.items():
        value, wanted = at.value(term), observed[name][usable]
        assert np.all(np.abs(value - wanted) <= ALLOWED * (1 + np.abs(wanted))), name


def by_teacher(at: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return the student in the frame of the teacher's direction, over the teacher's norm b; q is the teacher's sine."""
    b, q = at["norm_TE"], np.sqrt(at["L_TE"])
    x = at["inner_ST_TE"] / b**2
    y = (at["inner_ST_target"] / b - b * x) / q
    return {"b": b, "q": q, "x": x, "y": y, "r": at["norm_ST"] / b}


@pytest.mark.parametrize(
    ("model", "parameters"), [("shrinkage", {}), ("bounded", {}), ("chain", {"steps": 1})]
)
def test_students(model: str, parameters: dict[str, int]) -> None:
    at = drawn(model, parameters)
    away = (at["norm_TE"] > 1e-2) & (at["L_TE"] > 1e-4)
    at = {name: values[away] for name, values in at.items()}
    student, distance = by_teacher(at), np.sqrt(at["L_ST"])
    b, a = at["norm_TE"], np.sqrt(1 + 3 * at["L_TE"])
    # By coordinates: each chart must have its own here. The ball of students has the diameter b, or 2 b if bounded.
    known: dict[frozenset[str], dict[str, Floats]] = {
        frozenset("L"): {"L": at["L_TE"]},
        frozenset("bqxyr"): student,
        frozenset("mxyr"): student | {"m": np.sqrt((1 - b) / (1 + b))},
        frozenset({"m", "share"}): {
            "m": np.sqrt((2 - a) / (3 * (2 + a))),
            "share": (distance - (a - b) / 2) / b,
        },
        frozenset({"b", "share"}): {"b": b, "share": (distance - 1 + b) / (2 * b)},
    }
    for chart in build_model(model, parameters).charts:
        if set(chart.terms) == {"L_ST"}:
            check(chart, {"L": at["L_ST"]}, at)
            continue
        if chart.outer:
            lengths = {**student, "D": distance}
            check(chart, shadow(chart, lengths, at), at)
            continue
        point = known[frozenset(chart.box)]
        check(chart, {name: point[name] for name in chart.box}, at)


def shadow(chart: Chart, student: Mapping[str, Floats], at: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return coordinates on a chart where one inner product lies between two ends; nan where these are alike."""
    point = {name: student[name] for name in chart.box if name != "share"}
    inner = "inner_ST_TE" if "inner_ST_TE" in chart.terms else "inner_ST_target"
    ends = [
        Evaluation({**point, "share": np.full(len(at[inner]), end)}).value(chart.terms[inner])
        for end in (0.0, 1.0)
    ]
    width = np.where(ends[1] - ends[0] > 1e-4, ends[1] - ends[0], np.nan)
    return {**point, "share": (at[inner] - ends[0]) / width}


@pytest.mark.parametrize("steps", [2, 3, 5, 12])
def test_chains(steps: int) -> None:
    at = drawn("chain", {"steps": steps})
    away = (at["norm_TE"] > 1e-2) & (at["L_TE"] > 1e-4) & (at["norm_ST"] > 1e-3 * at["norm_TE"])
    at = {name: values[away] for name, values in at.items()}
    student = by_teacher(at)
    # All turns alike: no chain of so many students is longer in that direction.
    whole = np.arccos(np.clip(student["x"] / student["r"], -1, 1))
    turn = whole / steps
    sideways = student["r"] * np.sin(whole)
    point = {
        "L": at["L_TE"],
        "b": student["b"],
        "q": student["q"],
        "m": np.sqrt((1 - student["b"]) / (1 + student["b"])),
        "k": student["r"] / np.cos(turn) ** steps,
        "p": np.tan(turn / 2),
        "y": np.where(sideways > 1e-5, student["y"] / np.maximum(sideways, 1e-5), 0),
    }
    for chart in build_model("chain", {"steps": steps}).charts:
        if chart.outer:
            check(chart, shadow(chart, {**student, "D": np.sqrt(at["L_ST"])}, at), at)
        else:
            check(chart, {name: point[name] for name in chart.box}, at)


@pytest.mark.parametrize(
    ("model", "parameters"),
    [
        ("shrinkage", {}),
        ("bounded", {}),
        ("eigenfunction", {}),
        *(("chain", {"steps": n}) for n in range(1, 13)),
    ],
)
def test_no_student_is_below_the_curve(model: str, parameters: dict[str, int]) -> None:
    at = drawn(model, parameters)
    curve = build_model(model, parameters).curve
    assert curve is not None
    # From one end of the curve to the other the teacher's angle to the target rises from 0 to 90 degrees.
    end = np.tan(np.pi / (2 * parameters["steps"] + 2)) if "steps" in parameters else 1.0
    points = Evaluation({"tau": np.linspace(0, end, 10_001)})
    inside = points.truth(curve.constraint, 1e-12)
    assert inside[:-1].all()
    angle = np.arcsin(np.sqrt(np.clip(points.value(curve.terms["L_TE"]), 0, 1)))
    assert np.all(np.diff(angle) > 0)
    least = np.interp(np.arcsin(np.sqrt(np.clip(at["L_TE"], 0, 1))), angle, points.value(curve.terms["L_ST"]))
    assert np.all(at["L_ST"] >= least - 1e-6)


@pytest.mark.parametrize("model", ["shrinkage", "bounded", "eigenfunction"])
def test_no_student_is_above_the_upper_curve(model: str) -> None:
    at = drawn(model, {})
    curve = build_model(model, {}).upper_curve
    assert curve is not None
    ((coordinate, (low, high)),) = curve.box.items()
    assert low is not None
    assert high is not None
    points = Evaluation({coordinate: np.linspace(float(low), float(high), 10_001)})
    angle = np.arcsin(np.sqrt(np.clip(points.value(curve.terms["L_TE"]), 0, 1)))
    order = np.argsort(angle)
    own = np.arcsin(np.sqrt(np.clip(at["L_TE"], 0, 1)))
    greatest = np.interp(own, angle[order], points.value(curve.terms["L_ST"])[order])
    assert np.all(at["L_ST"] <= greatest + 1e-6)
    assert np.any(at["L_ST"] >= greatest - 1e-2)


def test_filters() -> None:
    at = drawn("eigenfunction", {})
    loss, along = at["L_TE"], 1 - at["L_TE"]
    away = (loss > 1e-3) & (along > 1e-3)
    at = {name: values[away] for name, values in at.items()}
    loss, along = loss[away], along[away]
    h, rest = at["inner_ST_target"] / along, loss * along
    s = (at["norm_ST"] ** 2 - (h * along) ** 2) / rest
    w = (at["inner_ST_TE"] - h * along**2) / rest
    alone, lengths, chart = build_model("eigenfunction").charts
    check(alone, {"L": at["L_ST"]}, at)
    check(lengths, shadow(lengths, {**by_teacher(at), "D": np.sqrt(at["L_ST"])}, at), at)
    check(chart, {"L": loss, "h": h, "s": s, "w": w}, at)


@pytest.mark.parametrize("family", families_of("subspace"), ids=lambda family: family.name)
def test_subspaces(family: Family) -> None:
    risks, necessary, states = build_model("subspace").charts
    names = ("d_s", "d_w", "d_sw", "sigma2", "rho_w", "rho_s", "b_s", "b_w")
    for row in family.draw(np.random.default_rng(5), 30):
        state = family.exact([rounded(x, k, 1e-2) for x, k in zip(row.tolist(), family.knobs, strict=True)])
        if state is None:
            continue
        at = {name: fraction(term) for name, term in state.observables.items()}
        point = {name: at[name] for name in names}
        point |= {"spare": at["n"] - at["d_w"] - 1, "surplus": at["N"] - at["d_s"]}
        check_exactly(necessary, point, state)
        if len(at) == len(risks.box):
            check_exactly(risks, at, state)
        product = (at["rho_s"] - at["b_w"] - at["rho_w"] + at["b_s"]) / 2
        room = at["rho_w"] * (at["d_s"] - at["d_sw"]) - at["b_s"]
        kept = at["b_w"] * (at["rho_w"] - at["b_s"]) - product**2
        inside = at["d_w"] - at["d_sw"]
        point["xi"] = product / at["b_s"] if at["b_s"] else Fraction(0)
        point["beta"] = at["b_w"] / inside if inside else Fraction(0)
        point["eta"] = kept / room if room else Fraction(0)
        check_exactly(states, point, state)


def fraction(term: Term) -> Fraction:
    assert isinstance(term.value, Fraction)
    return term.value


def check_exactly(chart: Chart, coordinates: Mapping[str, Fraction], state: ExactState) -> None:
    point = {name: number(value) for name, value in coordinates.items()}
    assert set(point) == set(chart.box)
    for name, (low, high) in chart.box.items():
        assert low is None or coordinates[name] >= low
        assert high is None or coordinates[name] <= high
    assert holds(chart.constraint, point), coordinates
    for name, value in state.observables.items():
        assert rational(substitute(chart.terms[name], point)) == value.value, name


def test_laws() -> None:
    at = drawn("squared", {})
    even = (at["risk_s"] > 1e-4) & (at["risk_w"] + at["risk_s"] < 1e3)
    at = {name: values[even] for name, values in at.items()}
    length = np.sqrt(at["risk_s"])
    along = at["cross_term"] / (2 * length)
    across = np.sqrt(np.maximum(at["projection_error"] - along**2, 0))
    triangle, chart = build_model("squared").charts
    sides = {"u": at["risk_w"], "v": at["risk_s"], "w": at["misfit"]}
    check(triangle, {name: np.sqrt(square) for name, square in sides.items()}, at)
    check(chart, {"a": length, "x": along, "y": across, "v": np.sqrt(at["variance"])}, at)


def test_predictions() -> None:
    at = drawn("bregman-binary", {})
    cone, inequalities, two_predictions, any_variance = build_model("bregman-binary").charts
    probabilities = {name: at[name] for name in ("target", "student", "mean_teacher")}
    check(any_variance, probabilities | {"variance": at["variance"]}, at)
    m = at["mean_teacher"]
    # exp(2 v) = (1 - m + m c)(m + (1 - m) c)/c, a quadratic equation for c >= 1.
    both, middle = m * (1 - m), m**2 + (1 - m) ** 2 - np.exp(2 * at["variance"])
    c = (-middle + np.sqrt(np.maximum(middle**2 - 4 * both**2, 0))) / (2 * both)
    check(two_predictions, probabilities | {"c": np.maximum(c, 1)}, at)

    def entropy(p: Floats) -> Floats:
        return -p * np.log(p) - (1 - p) * np.log(1 - p)

    s = at["student"]
    outer = {
        **probabilities,
        "variance": at["variance"],
        "K_s": at["risk_s"],
        "K_m": at["projection_error"],
        "H_t": entropy(at["target"]),
        "H_s": at["entropy_s"],
        "z": np.log(s / (1 - s)) - np.log(m / (1 - m)),
    }
    check(inequalities, outer, at)
    within = {name: outer[name] for name in outer if name != "z"}
    check(cone, within | {"K_w": at["risk_mean"]}, at)
