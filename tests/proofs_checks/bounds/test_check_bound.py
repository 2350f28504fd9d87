from __future__ import annotations

import ast
from itertools import pairwise

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy import Rational

import proofs_checks
from proofs_checks.bounds.check_bound import check_bound
from w2s_theory.errors import InvalidInput

PROVED = [
    ("L_ST <= 2", "shrinkage", ""),
    ("L_ST >= 5*L_TE**2.5", "shrinkage", "L_TE <= 1/50"),
    ("L_ST >= 3/4*L_TE**2", "shrinkage", ""),
    ("L_ST >= 1/4*L_TE**2", "bounded", ""),
    ("PGR <= 1 - 3/4*L_TE", "shrinkage", ""),
    ("L_ST >= ((sqrt(1+3*L_TE)-sqrt(1-L_TE))/2)**2", "shrinkage", ""),
    ("L_ST >= L_TE**2", "eigenfunction", ""),
    ("norm_ST**2 <= inner_ST_TE and inner_ST_TE <= norm_TE**2", "shrinkage", ""),
    ("norm_TE**2 == 1 - L_TE", "shrinkage", ""),
]

REFUTED = [
    ("L_ST >= 0.76*L_TE**2", "shrinkage", ""),
    ("L_ST >= L_TE**2", "shrinkage", ""),
    ("L_ST >= 0.26*L_TE**2", "bounded", ""),
    ("L_ST >= 5*L_TE**2.5", "shrinkage", ""),
    ("L_ST >= 3/4*L_TE**1.9", "shrinkage", ""),
    ("L_ST > 3/4*L_TE**2", "shrinkage", "L_TE > 0"),
    ("L_ST <= L_TE", "shrinkage", ""),
    ("inner_ST_target >= 0", "shrinkage", ""),
    ("L_ST >= L_TE**sqrt(5)", "shrinkage", ""),
    ("L_ST >= L_TE**2*log(1/L_TE)", "shrinkage", ""),
    ("norm_ST == norm_TE", "shrinkage", ""),
]

CERTIFIED = [
    ("norm_ST <= norm_TE", "shrinkage", ""),
    ("L_ST >= 1/2*L_TE**2*exp(-L_TE)", "shrinkage", ""),
    ("L_ST >= 0.2*L_TE**2*exp(-L_TE)", "chain", ""),
    ("norm_ST <= exp(norm_TE)", "shrinkage", ""),
    ("L_ST > L_TE**pi/10", "shrinkage", "L_TE > 1/100"),
]


def vector(text: str) -> sympy.Matrix:
    return sympy.Matrix(sympy.sympify(text))


def assert_exact_witness(witness: dict[str, str], bound_is: str) -> None:
    """Recompute the losses from the vectors, and the relation between student and teacher."""
    target, teacher, student = (vector(witness[name]) for name in ("f*", "f_TE", "f_ST"))
    assert sympy.simplify(target.dot(teacher) - teacher.dot(teacher)) == 0
    slack = {
        "shrinkage": student.dot(teacher) - student.dot(student),
        "bounded": teacher.dot(teacher) - student.dot(student),
    }[bound_is]
    assert sympy.simplify(slack) == 0 or slack > 0


@pytest.mark.parametrize(("bound", "model", "where"), PROVED)
def test_proved(bound: str, model: str, where: str) -> None:
    result = check_bound(bound, model, where)
    assert result.verdict == "proved", result
    assert result.witness is None
    assert "re-checked" in result.method


@pytest.mark.parametrize(("bound", "model", "where"), CERTIFIED)
def test_certified_by_balls(bound: str, model: str, where: str) -> None:
    result = check_bound(bound, model, where)
    assert result.verdict == "certified", result
    assert "balls" in result.method or "ball arithmetic" in result.method


@pytest.mark.parametrize(("bound", "model", "where"), REFUTED)
def test_refuted_with_a_witness_that_stands_by_itself(bound: str, model: str, where: str) -> None:
    result = check_bound(bound, model, where)
    assert result.verdict == "refuted", result
    assert result.witness is not None
    assert result.values is not None
    assert_exact_witness(dict(result.witness), model)
    left, right = (sympy.sympify(result.values[side].split(" = ")[0]) for side in ("left", "right"))
    operator = next(name for name in (">=", "<=", "==", ">") if name in bound)
    satisfied = {">=": left >= right, "<=": left <= right, "==": sympy.Eq(left, right), ">": left > right}[
        operator
    ]
    assert satisfied == False  # noqa: E712  (a sympy boolean)
    student, target = vector(result.witness["f_ST"]), vector(result.witness["f*"])
    loss = (student - target).dot(student - target)
    if "L_ST" in result.values:
        assert sympy.simplify(loss - sympy.sympify(result.values["L_ST"].split(" = ")[0])) == 0


@given(st.fractions(0, 2, max_denominator=64))
def test_the_constant_of_theorem_4_1_is_three_quarters(constant) -> None:
    result = check_bound(f"L_ST >= ({constant})*L_TE**2")
    assert result.verdict == ("proved" if constant <= Rational(3, 4) else "refuted")


@pytest.mark.parametrize(("steps", "constant"), [(1, "3/4"), (2, "1/2"), (3, "2/5"), (5, "1/3"), (12, "1/4")])
def test_chains(steps: int, constant: str) -> None:
    assert check_bound(f"L_ST >= {constant}*L_TE**2", "chain", steps=steps).verdict == "proved"
    limit = Rational((steps + 1) ** 2, (2 * steps) ** 2)
    refuted = check_bound(f"L_ST >= {limit + Rational(1, 50)}*L_TE**2", "chain", steps=steps)
    assert refuted.verdict == "refuted"
    assert refuted.witness is not None
    links = [vector(value) for name, value in refuted.witness.items() if name != "f*"]
    assert len(links) == steps + 1
    assert all(after.dot(after) <= before.dot(after) for before, after in pairwise(links))


def test_undecided_is_said_so() -> None:
    result = check_bound("sin(1)**2 + cos(1)**2 >= 1", seconds=3)
    assert result.verdict == "undecided"
    assert result.witness is None


@pytest.mark.parametrize(
    ("bound", "model", "where", "message"),
    [
        ("L_ST >= L_T**2", "shrinkage", "", "unknown name 'L_T'; allowed names: L_ST, L_TE, PGR"),
        ("L_ST >= L_TE", "shrunk", "", "unknown model 'shrunk'"),
        (
            "L_ST >= L_TE",
            "shrinkage",
            "L_TE > 1/2 and L_TE < 1/3",
            "no state of the model 'shrinkage' satisfies",
        ),
        ("L_ST >= L_TE", "shrinkage", "exp(L_TE) < 0.9", "no state of the model 'shrinkage' satisfies"),
        ("L_ST >= sqrt(-1 - L_TE)", "shrinkage", "", "no state of the model"),
        ("L_ST >= sqrt(L_TE - 2)", "shrinkage", "", "no state of the model"),
        ("L_ST", "shrinkage", "", "allowed: a relation"),
        ("L_ST >= 1e400", "shrinkage", "", "numbers of at most"),
        ("__import__('os').system('true') >= 1", "shrinkage", "", "is not allowed here"),
    ],
)
def test_bad_input_is_one_line(bound: str, model: str, where: str, message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_bound(bound, model, where)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_domain_names_what_makes_the_sides_real() -> None:
    result = check_bound("L_ST >= sqrt(1 - 2*L_TE) - 1")
    assert result.is_shown
    assert "1 - 2*L_TE >= 0" in result.domain
    assert "L_TE" in check_bound("PGR <= 1").domain


def test_public_name_and_plain_data() -> None:
    data = proofs_checks.check_bound("L_ST >= 3/4*L_TE**2", model="shrinkage").as_json()
    assert list(data) == ["verdict", "method", "domain", "witness", "values", "adversary", "seconds"]
    assert ast.literal_eval(repr(data)) == data
    with pytest.raises(AttributeError):
        _ = proofs_checks.nothing
