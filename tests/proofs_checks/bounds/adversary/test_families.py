"""Every drawn state is a legal state of its model, and its observables are what their definitions say.

States are rebuilt from their descriptions alone, by means that the constructions do not use.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import mpmath
import numpy as np
import pytest
import sympy

from proofs_checks.bounds.adversary import ExactState, Family, families_of
from proofs_checks.bounds.adversary.families import Knob, Turning, rounded, simplest
from w2s_theory.geometry.subspaces import TwoSubspaces
from w2s_theory.terms.exact import ball
from w2s_theory.terms.tree import Term, variable

MODELS = {
    "shrinkage": {},
    "bounded": {},
    "eigenfunction": {},
    "subspace": {},
    "squared": {},
    "bregman-binary": {},
    "chain": {"steps": 3},
}
CASES = [
    (model, family.name) for model, parameters in MODELS.items() for family in families_of(model, parameters)
]
DRAWN = 12


def family_of(model: str, name: str) -> Family:
    (family,) = (item for item in families_of(model, MODELS[model]) if item.name == name)
    return family


def exact_states(model: str, name: str) -> Iterator[ExactState]:
    family = family_of(model, name)
    for row in family.draw(np.random.default_rng(1), DRAWN):
        knobs = [rounded(x, knob, 1e-2) for x, knob in zip(row.tolist(), family.knobs, strict=True)]
        state = family.exact(list(knobs))
        if state is not None:
            yield state


def as_float(term: Term) -> float:
    return float(ball(term, 200).mid())


def vector(text: str) -> list[Fraction]:
    return [Fraction(part) for part in text.strip("()").split(", ")]


@pytest.mark.parametrize(("model", "name"), CASES)
def test_floats_and_exact_numbers_agree(model: str, name: str) -> None:
    family = family_of(model, name)
    compared = 0
    for row in family.within(family.draw(np.random.default_rng(2), 5)):
        found = family.observables(row[None])
        state = family.exact([Fraction(x) for x in row.tolist()])
        observables = family.construct(row[None]).observables
        if state is None:
            assert all(np.isnan(found.value(variable(observable))[0]) for observable in observables)
            continue
        compared += 1
        for observable in observables:
            value, sizes = found.measure(variable(observable))
            assert np.isnan(value[0]) == (observable not in state.observables)
            if observable in state.observables:
                assert abs(value[0] - as_float(state.observables[observable])) <= 1e-13 * sizes[1][0]
    assert compared


@pytest.mark.parametrize(
    ("model", "name"), [case for case in CASES if case[0] in ("shrinkage", "bounded", "chain")]
)
def test_students_are_legal(model: str, name: str) -> None:
    for state in exact_states(model, name):
        masses, target, *functions = map(vector, state.description.values())

        def mean(f: list[Fraction], g: list[Fraction], masses: list[Fraction] = masses) -> Fraction:
            return sum((m * x * y for m, x, y in zip(masses, f, g, strict=True)), Fraction(0))

        assert min(masses) >= 0
        teacher, student = functions[0], functions[-1]
        assert len(functions) == (4 if model == "chain" else 2)
        assert mean(target, target) == 1
        assert mean(target, teacher) == mean(teacher, teacher)
        if model == "bounded":
            assert mean(student, student) <= mean(teacher, teacher)
        else:
            assert all(mean(s, s) <= mean(s, g) for g, s in pairwise(functions))
        check_losses(state, mean, target, teacher, student)


def check_losses(state, mean, target, teacher, student) -> None:
    def distance(f: list[Fraction]) -> Fraction:
        gap = [x - y for x, y in zip(f, target, strict=True)]
        return mean(gap, gap)

    expected = {
        "L_TE": distance(teacher),
        "L_ST": distance(student),
        "inner_ST_TE": mean(student, teacher),
        "inner_ST_target": mean(student, target),
        "inner_TE_target": mean(teacher, target),
    }
    assert {name: state.observables[name].value for name in expected} == expected
    for name, function in (("norm_TE", teacher), ("norm_ST", student)):
        assert as_float(state.observables[name]) ** 2 == pytest.approx(float(mean(function, function)))


@pytest.mark.parametrize("name", [name for model, name in CASES if model == "eigenfunction"])
def test_filters_are_legal(name: str) -> None:
    for state in exact_states("eigenfunction", name):
        masses, target, teacher, student = map(vector, state.description.values())

        def mean(f: list[Fraction], g: list[Fraction], masses: list[Fraction] = masses) -> Fraction:
            return sum((m * x * y for m, x, y in zip(masses, f, g, strict=True)), Fraction(0))

        assert mean(target, target) == 1
        along, kept = mean(teacher, target), mean(student, target)
        assert mean(teacher, teacher) == along
        assert 0 <= kept <= along
        rest = [
            [x - part * y for x, y in zip(f, target, strict=True)]
            for f, part in ((teacher, along), (student, kept))
        ]
        # A filter with values in [0, 1] off the target: shrinkage optimal there.
        assert mean(rest[1], rest[1]) <= mean(rest[1], rest[0])
        check_losses(state, mean, target, teacher, student)


@pytest.mark.parametrize("name", [name for model, name in CASES if model == "subspace"])
def test_subspaces_have_the_exact_risks(name: str) -> None:
    for state in exact_states("subspace", name):
        told = state.description
        masses = sympy.diag(*map(sympy.Rational, vector(told["inner product"].split("m = ")[1])))
        scale, entries = re.fullmatch(r"sqrt\((.*)\) (\(.*\))", told["theta"]).groups()
        theta = sympy.sqrt(sympy.sympify(scale)) * sympy.Matrix(list(map(sympy.Rational, vector(entries))))
        size = masses.rows
        spans, copies = [], []
        for key in ("V_s", "V_w"):
            found = re.findall(r"\(([^)]*)\)(?: and (\d+) more like it)?", told[key])
            basis = sympy.Matrix([list(map(sympy.Rational, text.split(", "))) for text, _ in found]).T
            spans.append(basis * (basis.T * masses * basis).inv() * basis.T * masses)
            copies.append([1 + int(more or 0) for _, more in found])

        def squared(x: sympy.Matrix, masses: sympy.Matrix = masses) -> sympy.Expr:
            return (x.T * masses * x)[0]

        strong, weak = spans
        if {*copies[0], *copies[1]} == {1}:
            d_sw = (strong * weak).trace()
        else:
            d_sw = as_sympy(state.observables["d_sw"])
            assert 0 <= d_sw <= min(map(sum, copies))
        outside = sympy.eye(size) - strong
        numbers = TwoSubspaces(
            labelled=sympy.Integer(told["n"]),
            unlabelled=sympy.Integer(told["N"]),
            d_s=sympy.Integer(sum(copies[0])),
            d_w=sympy.Integer(sum(copies[1])),
            d_sw=d_sw,
            noise=sympy.Rational(told["sigma2"]),
            rho_s=squared(outside * theta),
            rho_w=squared(theta - weak * theta),
            seen=squared(strong * (theta - weak * theta)),
            unseen=squared(outside * weak * theta),
            overlap=((outside * theta).T * masses * weak * theta)[0],
        )
        expected = {
            "n": numbers.labelled,
            "N": numbers.unlabelled,
            "d_s": numbers.d_s,
            "d_w": numbers.d_w,
            "d_sw": numbers.d_sw,
            "sigma2": numbers.noise,
            "rho_s": numbers.rho_s,
            "rho_w": numbers.rho_w,
            "b_s": numbers.seen,
            "b_w": numbers.unseen,
            "b_sw": numbers.overlap,
            "ER_w": numbers.teacher,
            "ER_w2s_in_sample": numbers.student_in_sample,
            "ER_c": numbers.ceiling,
        }
        if numbers.unlabelled >= numbers.d_s + 2:
            expected["ER_w2s"] = numbers.student
        if numbers.labelled >= numbers.d_s + 2:
            expected["ER_s"] = numbers.baseline
        assert numbers.labelled >= numbers.d_w + 2
        assert numbers.unlabelled >= numbers.d_s >= 1
        assert set(state.observables) == set(expected)
        for observable, value in expected.items():
            assert sympy.expand(as_sympy(state.observables[observable]) - value) == 0, observable


def as_sympy(term: Term) -> sympy.Rational:
    assert isinstance(term.value, Fraction)
    return sympy.Rational(term.value.numerator, term.value.denominator)


@pytest.mark.parametrize("name", [name for model, name in CASES if model == "squared"])
def test_laws_have_the_observables_of_their_atoms(name: str) -> None:
    for state in exact_states("squared", name):
        text, scale = state.description["(g, w, s)"].split("; all values times sqrt")
        found = re.findall(r"\(([^)]*)\) with ([^,]*)", text)
        atoms = [(*map(Fraction, values.split(", ")), Fraction(weight)) for values, weight in found]
        assert sum(p for *_, p in atoms) == 1
        sums: dict[tuple[Fraction, Fraction], list[Fraction]] = defaultdict(
            lambda: [Fraction(0), Fraction(0)]
        )
        for g, w, s, p in atoms:
            sums[g, s][0] += p * w
            sums[g, s][1] += p
        mean = {key: above / below for key, (above, below) in sums.items()}
        squares = {
            "risk_w": sum(p * (w - g) ** 2 for g, w, s, p in atoms),
            "risk_s": sum(p * (s - g) ** 2 for g, w, s, p in atoms),
            "misfit": sum(p * (s - w) ** 2 for g, w, s, p in atoms),
            "projection_error": sum(p * (s - mean[g, s]) ** 2 for g, w, s, p in atoms),
            "variance": sum(p * (w - mean[g, s]) ** 2 for g, w, s, p in atoms),
            "risk_mean": sum(p * (mean[g, s] - g) ** 2 for g, w, s, p in atoms),
            "cross_term": sum(2 * p * (s - mean[g, s]) * (g - s) for g, w, s, p in atoms),
        }
        squares["gap"] = squares["risk_w"] - squares["risk_s"]
        factor = Fraction(scale.strip("()"))
        assert {key: item.value for key, item in state.observables.items()} == {
            key: factor * value for key, value in squares.items()
        }


def as_mpmath(text: str) -> mpmath.mpf:
    value = Fraction(text)
    return mpmath.mpf(value.numerator) / value.denominator


@pytest.mark.parametrize("name", [name for model, name in CASES if model == "bregman-binary"])
def test_predictions_have_the_observables_of_their_law(name: str) -> None:
    for state in exact_states("bregman-binary", name):
        found = [part.split(" with ") for part in state.description["teacher"].split(", ")]
        with mpmath.workdps(40):
            law = [tuple(map(as_mpmath, pair)) for pair in found]
            g, s = (as_mpmath(state.description[key]) for key in ("target", "student"))

            def entropy(p: mpmath.mpf, q: mpmath.mpf) -> mpmath.mpf:
                return -p * mpmath.log(q) - (1 - p) * mpmath.log(1 - q)

            def kl(p: mpmath.mpf, q: mpmath.mpf) -> mpmath.mpf:
                return entropy(p, q) - entropy(p, p)

            def mean(values: list[mpmath.mpf], law: list[tuple[mpmath.mpf, mpmath.mpf]] = law) -> mpmath.mpf:
                return sum(weight * value for value, (_, weight) in zip(values, law, strict=True))

            logit = mean([mpmath.log(w / (1 - w)) for w, _ in law])
            m = 1 / (1 + mpmath.exp(-logit))
            expected = {
                "target": g,
                "student": s,
                "mean_teacher": m,
                "risk_w": mean([kl(g, w) for w, _ in law]),
                "risk_s": kl(g, s),
                "gap": mean([kl(g, w) for w, _ in law]) - kl(g, s),
                "misfit": mean([kl(s, w) for w, _ in law]),
                "projection_error": kl(s, m),
                "variance": mean([kl(m, w) for w, _ in law]),
                "risk_mean": kl(g, m),
                "cross_term": (mpmath.log(s / (1 - s)) - logit) * (g - s),
                "entropy_s": entropy(s, s),
                "RCE": mean([entropy(s, w) for w, _ in law]),
                "CE_w": mean([entropy(g, w) for w, _ in law]),
                "CE_s": entropy(g, s),
            }
            assert mean([mpmath.mpf(1)] * len(law)) == pytest.approx(1)
            assert all(0.001 <= float(p) <= 0.999 for p in (g, s, m))
            assert set(expected) == set(state.observables)
            for observable, value in expected.items():
                assert as_float(state.observables[observable]) == pytest.approx(
                    float(value), rel=1e-12, abs=1e-25
                ), observable


def test_extreme_states_are_among_those_drawn_close() -> None:
    for steps, least in ((1, 0.75), (2, 0.5588046670), (3, 4 / 9)):
        ratios = []
        for family in families_of("chain", {"steps": steps}):
            points = family.observables(family.draw(np.random.default_rng(3), 2000))
            with np.errstate(all="ignore"):
                ratios.append(np.nanmin(points.value(variable("L_ST")) / points.value(variable("L_TE")) ** 2))
        assert least - 1e-9 <= min(ratios) <= least * 1.001


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("1/3", "1/2", "1/2"),
        ("-1/2", "1/9", "0"),
        ("3.1415", "3.1416", "333/106"),
        ("-0.7", "-0.6", "-2/3"),
        ("2", "2", "2"),
    ],
)
def test_the_simplest_fraction(low: str, high: str, expected: str) -> None:
    assert simplest(Fraction(low), Fraction(high)) == Fraction(expected)


def test_rounding_stays_in_the_interval() -> None:
    assert rounded(0.001, Knob(0.001, 0.999), 0.01) == Fraction(1, 91)
    assert rounded(0.999, Knob(0.001, 0.999), 1e-9) == Fraction(999, 1000)
    assert rounded(1e-5, Knob(1e-6, 1e6, Turning.SCALE), 0.1) == pytest.approx(1e-5, rel=0.1)
    assert rounded(3.0, Knob(1, 9, Turning.WHOLE), 0.5) == 3
