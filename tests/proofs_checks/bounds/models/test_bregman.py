from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pytest
import sympy
from numpy.typing import NDArray
from sympy import Expr, Rational, log

from proofs_checks.bounds.check_bound import check_bound
from proofs_checks.bounds.models import bregman as model
from proofs_checks.bounds.models import build_model
from w2s_theory.errors import InvalidInput
from w2s_theory.notation.expressions import parse_relation

Floats = NDArray[np.float64]

SQUARED_PROVED = [
    ("abs(gap - misfit) <= 2*sqrt(projection_error*risk_s)", ""),
    ("gap == misfit", "projection_error == 0"),
    ("gap == misfit + cross_term", ""),
    ("misfit == projection_error + variance", ""),
    ("risk_w == risk_mean + variance", ""),
    ("risk_s <= risk_w", "projection_error == 0"),
    ("risk_s <= risk_w", "4*risk_s <= misfit"),
    ("gap >= variance - risk_s", ""),
]
SQUARED_REFUTED = [
    ("abs(gap - misfit) <= 1.9*sqrt(projection_error*risk_s)", ""),
    ("gap == misfit", ""),
    ("gap >= misfit", ""),
    ("gap <= misfit", ""),
    ("risk_s <= risk_w", ""),
    ("risk_s <= risk_w", "risk_s <= misfit"),
    ("risk_w <= 2*risk_s + 1.9*misfit", ""),
    ("misfit == variance", ""),
    ("risk_w <= log(1 + risk_s)", ""),
]
BINARY_PROVED = [
    ("gap == misfit", "projection_error == 0"),
    ("gap == misfit", "student == mean_teacher"),
    ("gap == misfit + cross_term", ""),
    ("misfit == RCE - entropy_s", ""),
    ("risk_w == risk_mean + variance", ""),
    ("misfit == projection_error + variance", ""),
    ("CE_w - CE_s == gap", ""),
    ("risk_s <= risk_w", "projection_error == 0"),
    ("gap >= misfit", "target >= student and student >= mean_teacher"),
    ("entropy_s <= log(2)", ""),
    ("misfit >= 2*(student - mean_teacher)**2", ""),
    ("risk_s*student*(1 - student) <= (target - student)**2", ""),
]
BINARY_REFUTED = [
    ("gap == misfit", ""),
    ("gap >= misfit", ""),
    ("gap <= misfit", ""),
    ("misfit == RCE + entropy_s", ""),
    ("risk_s <= risk_w", ""),
    ("misfit >= 2.1*(student - mean_teacher)**2", ""),
    ("abs(gap - misfit) <= 2*sqrt(projection_error*risk_s)", ""),
    ("risk_s <= 6", ""),
    ("entropy_s < 69/100", ""),
    ("variance <= 3", ""),
]
BINARY_CERTIFIED = [("risk_s <= 7", ""), ("RCE >= exp(-5)", "")]


@dataclass(frozen=True)
class Law:
    """Atoms of (target, teacher, student), with their probabilities."""

    probabilities: Floats
    target: Floats
    teacher: Floats
    student: Floats


def drawn_laws(count: int, seed: int) -> Iterator[Law]:
    """Yield laws with few values, so that several atoms share target and student."""
    draw = np.random.default_rng(seed)
    for _ in range(count):
        size = int(draw.integers(1, 7))
        target, student = (draw.integers(-2, 3, size).astype(float) for _ in range(2))
        if draw.integers(2):
            student = np.zeros(size)
        yield Law(draw.dirichlet(np.ones(size)), target, 2 * draw.standard_normal(size), student)


def squared_observables(law: Law) -> dict[str, float]:
    """Return the observables by direct sums over the atoms."""
    p, g, w, s = law.probabilities, law.target, law.teacher, law.student
    mean = np.empty(len(p))
    for i in range(len(p)):
        alike = (g == g[i]) & (s == s[i])
        mean[i] = p[alike] @ w[alike] / p[alike].sum()
    risk_w, risk_s = p @ (w - g) ** 2, p @ (s - g) ** 2
    return {
        "risk_w": risk_w,
        "risk_s": risk_s,
        "gap": risk_w - risk_s,
        "misfit": p @ (s - w) ** 2,
        "projection_error": p @ (s - mean) ** 2,
        "variance": p @ (w - mean) ** 2,
        "risk_mean": p @ (mean - g) ** 2,
        "cross_term": 2 * p @ ((s - mean) * (g - s)),
    }


def assert_holds(name: str, bound: str, observed: dict[str, float]) -> None:
    """Assert a bound at observables computed in floating point, up to rounding."""
    relation = parse_relation(bound, symbols(name))
    values = {
        symbol: max(value, 0.0) if symbol.is_nonnegative else value for symbol, value in named(name, observed)
    }
    left, right = (float(side.subs(values)) for side in relation.args)
    slack = 1e-9 * (1 + abs(left) + abs(right))
    holds = {
        sympy.Ge: left >= right - slack,
        sympy.Le: left <= right + slack,
        sympy.Eq: abs(left - right) <= slack,
    }
    assert holds[relation.func], (bound, observed)


def symbols(name: str) -> dict[str, sympy.Symbol]:
    return {item.symbol.name: item.symbol for item in build_model(name).observables}


def named(name: str, observed: dict[str, float]) -> list[tuple[sympy.Symbol, float]]:
    return [(symbol, observed[key]) for key, symbol in symbols(name).items()]


@pytest.mark.parametrize(("bound", "where"), SQUARED_PROVED)
def test_squared_proved_and_true_of_drawn_laws(bound: str, where: str) -> None:
    result = check_bound(bound, "squared", where)
    assert result.is_shown, result
    for law in drawn_laws(60, 0):
        observed = squared_observables(law)
        if not where:
            assert_holds("squared", bound, observed)


@pytest.mark.parametrize(("bound", "where"), SQUARED_REFUTED)
def test_squared_refuted_by_a_law_that_stands_by_itself(bound: str, where: str) -> None:
    result = check_bound(bound, "squared", where)
    assert result.verdict == "refuted", result
    values = exact_squared(result.witness)
    names = symbols("squared")
    at = {names[name]: value for name, value in values.items()}
    for text, expected in ((bound, False), *(((where, True),) if where else ())):
        assert bool(parse_relation(text, names).subs(at)) is expected


def exact_squared(witness: object) -> dict[str, Expr]:
    """Return the observables of a witness by direct sums in exact arithmetic."""
    assert isinstance(witness, dict)
    (told,) = witness.values()
    law, _, scale = told.partition("; all values times ")
    if " with " in law:
        shown = re.findall(r"\(([^()]*)\) with ([^,]+)", law)
        atoms = [(*map(Rational, values.split(", ")), Rational(weight)) for values, weight in shown]
    else:
        equal = sympy.sympify(f"[{law}]")
        atoms = [(*row, Rational(1, len(equal))) for row in equal]
    factor = sympy.sympify(scale or "1")
    atoms = sorted(
        ((g * factor, w * factor, s * factor, p) for g, w, s, p in atoms), key=lambda atom: (atom[0], atom[2])
    )
    rows = []
    for _, group in groupby(atoms, key=lambda atom: (atom[0], atom[2])):
        alike = list(group)
        mean = sum(w * p for _, w, _, p in alike) / sum(p for *_, p in alike)
        rows += [(*atom, mean) for atom in alike]

    def expected(function: object) -> Expr:
        return sum(p * function(g, w, s, m) for g, w, s, p, m in rows)  # type: ignore[operator]

    risk_w, risk_s = expected(lambda g, w, s, m: (w - g) ** 2), expected(lambda g, w, s, m: (s - g) ** 2)
    return {
        "risk_w": risk_w,
        "risk_s": risk_s,
        "gap": risk_w - risk_s,
        "misfit": expected(lambda g, w, s, m: (s - w) ** 2),
        "projection_error": expected(lambda g, w, s, m: (s - m) ** 2),
        "variance": expected(lambda g, w, s, m: (w - m) ** 2),
        "risk_mean": expected(lambda g, w, s, m: (m - g) ** 2),
        "cross_term": 2 * expected(lambda g, w, s, m: (s - m) * (g - s)),
    }


def test_conditioning_on_the_student_alone_is_not_enough() -> None:
    """Given s = 0 the teacher is right about g = -1 and g = 1: E[w | s] = s, yet gap and misfit differ."""
    p, g, w, s = np.array([0.5, 0.5]), np.array([-1.0, 1.0]), np.array([-1.0, 1.0]), np.zeros(2)
    assert p @ w == 0
    observed = squared_observables(Law(p, g, w, s))
    assert observed["gap"] == -1
    assert observed["misfit"] == 1
    assert observed["projection_error"] == 1
    assert_holds("squared", SQUARED_PROVED[0][0], observed)


def kl(p: Floats, q: Floats) -> Floats:
    return np.asarray(p * np.log(p / q) + (1 - p) * np.log((1 - p) / (1 - q)))


def entropy(p: Floats) -> Floats:
    return np.asarray(-p * np.log(p) - (1 - p) * np.log(1 - p))


def binary_observables(target: Floats, student: Floats, teacher: Floats, law: Floats) -> dict[str, float]:
    """Return the observables at one input by direct sums over the teacher's predictions."""
    logit = law @ np.log(teacher / (1 - teacher))
    mean = 1 / (1 + np.exp(-logit))
    risk_w, risk_s, misfit = law @ kl(target, teacher), kl(target, student), law @ kl(student, teacher)
    student_logit = np.log(student / (1 - student))
    return {
        "risk_w": risk_w,
        "risk_s": risk_s,
        "gap": risk_w - risk_s,
        "misfit": misfit,
        "projection_error": kl(student, mean),
        "variance": law @ kl(mean, teacher),
        "risk_mean": kl(target, mean),
        "cross_term": (student_logit - logit) * (target - student),
        "entropy_s": entropy(student),
        "RCE": -law @ (student * np.log(teacher) + (1 - student) * np.log(1 - teacher)),
        "CE_w": -law @ (target * np.log(teacher) + (1 - target) * np.log(1 - teacher)),
        "CE_s": -target * np.log(student) - (1 - target) * np.log(1 - student),
        "target": target,
        "student": student,
        "mean_teacher": mean,
    }


def drawn_inputs(count: int, seed: int) -> Iterator[dict[str, float]]:
    draw = np.random.default_rng(seed)
    for _ in range(count):
        size = int(draw.integers(1, 5))
        target, student, *teacher = draw.uniform(0.02, 0.98, size + 2)
        yield binary_observables(target, student, np.array(teacher), draw.dirichlet(np.ones(size)))


def test_binary_observables_are_direct_sums() -> None:
    cone, necessary, _, exact = build_model("bregman-binary").charts
    names = symbols("bregman-binary")
    for observed in drawn_inputs(10, 1):
        at = {model.P: observed["target"], model.S: observed["student"], model.M: observed["mean_teacher"]}
        for name, symbol in names.items():
            found = exact.observables[symbol].subs({**at, model.V: observed["variance"]})
            assert float(found) == pytest.approx(observed[name], rel=1e-9, abs=1e-9)
        unknown = {symbol.name: symbol for symbol in necessary.intervals}
        logit = observed["cross_term"] / (observed["target"] - observed["student"])
        divergences = {
            unknown["K_s"]: observed["risk_s"],
            unknown["K_m"]: observed["projection_error"],
            unknown["H_t"]: observed["CE_s"] - observed["risk_s"],
            unknown["H_s"]: observed["entropy_s"],
            unknown["z"]: logit,
        }
        to_mean = {sympy.Symbol("K_w", real=True): observed["risk_mean"]}
        for name, symbol in names.items():
            found = cone.observables[symbol].subs(
                {**at, **divergences, **to_mean, model.V: observed["variance"]}
            )
            assert float(found) == pytest.approx(observed[name], rel=1e-9, abs=1e-9)
        assert all(float(item.lhs.subs(divergences)) <= float(item.rhs) for item in cone.constraints)
        for item in necessary.constraints:
            left, right = (float(side.subs({**at, **divergences})) for side in item.args)
            assert left <= right + 1e-9 if isinstance(item, sympy.Le) else left >= right - 1e-9, item


@pytest.mark.parametrize(("bound", "where"), BINARY_PROVED)
def test_binary_proved_and_true_of_drawn_teachers(bound: str, where: str) -> None:
    result = check_bound(bound, "bregman-binary", where)
    assert result.is_shown, result
    for observed in drawn_inputs(20, 2):
        if not where:
            assert_holds("bregman-binary", bound, observed)


@pytest.mark.parametrize(("bound", "where"), BINARY_CERTIFIED)
def test_binary_certified(bound: str, where: str) -> None:
    assert check_bound(bound, "bregman-binary", where).is_shown


@pytest.mark.parametrize(("bound", "where"), BINARY_REFUTED)
def test_binary_refuted_by_a_teacher_that_stands_by_itself(bound: str, where: str) -> None:
    result = check_bound(bound, "bregman-binary", where)
    assert result.verdict == "refuted", result
    assert result.witness is not None
    target, student = (np.float64(Rational(result.witness[name])) for name in ("target", "student"))
    (told,) = (key for key in result.witness if key.startswith("teacher"))
    # "1/2, 2/3", or "1/2 with 1/3, 2/3 with 2/3".
    atoms = [text.split(" with ") for text in result.witness[told].split(", ")]
    teacher = np.array([float(Rational(atom[0])) for atom in atoms])
    weights = np.array([float(Rational(atom[1])) if len(atom) > 1 else 1 / len(atoms) for atom in atoms])
    observed = binary_observables(target, student, teacher, weights)
    relation = parse_relation(bound, symbols("bregman-binary"))
    left, right = (float(side.subs(dict(named("bregman-binary", observed)))) for side in relation.args)
    truth = {
        sympy.Ge: left >= right,
        sympy.Le: left <= right,
        sympy.Lt: left < right,
        sympy.Eq: abs(left - right) < 1e-12,
    }
    assert not truth[relation.func]


@pytest.mark.parametrize(
    "where", ["entropy_s > 7/10", "student <= 0", "target > 999/1000", "misfit < variance"]
)
def test_conditions_without_a_state(where: str) -> None:
    with pytest.raises(InvalidInput, match="no state of the model 'bregman-binary' satisfies"):
        check_bound("risk_s >= 0", "bregman-binary", where)


def test_a_hard_logarithmic_bound_is_certified_along_the_one_number_left() -> None:
    result = check_bound(
        "projection_error <= (student - mean_teacher)**2*3", "bregman-binary", "mean_teacher == 1/2"
    )
    assert result.verdict == "certified"
    assert float(log(2)) <= 3 / 4


def test_no_nan_at_the_ends_of_the_simplex() -> None:
    result = check_bound("risk_s <= 6", "bregman-binary", "target == 1/1000 and student == 999/1000")
    assert result.verdict == "refuted"
    assert "nan" not in str(result.as_json())
    assert "zoo" not in str(result.as_json())


def test_distances_of_squared_laws_are_sides_of_triangles() -> None:
    chart = next(chart for chart in build_model("squared").charts if chart.outer)
    draw = np.random.default_rng(3)
    for _ in range(20):
        target, teacher, student = draw.normal(size=(3, 4))
        sides = {
            "u": float(np.mean((teacher - target) ** 2)) ** 0.5,
            "v": float(np.mean((student - target) ** 2)) ** 0.5,
            "w": float(np.mean((student - teacher) ** 2)) ** 0.5,
        }
        at = {symbol: sides[symbol.name] for symbol in chart.intervals}
        for item in chart.constraints:
            left, right = (float(side.subs(at)) for side in item.args)
            assert left <= right + 1e-12
        seen = {symbol.name: float(value.subs(at)) for symbol, value in chart.observables.items()}
        risks = [float(np.mean((who - target) ** 2)) for who in (teacher, student)]
        assert [seen["risk_w"], seen["risk_s"], seen["gap"]] == pytest.approx([*risks, risks[0] - risks[1]])
        cross = 2 * float(np.mean((student - teacher) * (target - student)))
        assert seen["cross_term"] == pytest.approx(cross)
