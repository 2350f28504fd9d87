"""Bounds in one variable with exponentials, logarithms, sines, roots and real powers, tight at points and not."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs_checks.bounds.certificates.line_cover import LineCover, Way, check
from proofs_checks.bounds.line.cover import decide
from proofs_checks.bounds.problem import End, Found, Problem
from w2s_theory.geometry.shrinkage import tight_chain
from w2s_theory.terms import exact
from w2s_theory.terms.conversion import term_of
from w2s_theory.terms.reading import read_formula
from w2s_theory.terms.tree import (
    PI,
    All,
    Atom,
    Formula,
    Sign,
    Term,
    apply,
    atoms,
    definedness,
    negated,
    number,
    substitute,
    variable,
)

t = variable("t")
CURVE = tight_chain(1)
TEACHER, STUDENT = (
    substitute(term_of(loss), {str(CURVE.tau): t}) for loss in (CURVE.teacher_loss, CURVE.student_loss)
)
NAMES = {"t": t, "L_TE": TEACHER, "L_ST": STUDENT, "PGR": (TEACHER - STUDENT) / TEACHER}
UNIT = (Fraction(0), Fraction(1))


def question(*parts: Formula, box: tuple[End, End] = UNIT) -> Problem:
    needed: dict[Atom, None] = {}
    waiting = [side for part in parts for atom in atoms(part) for side in (atom.left, atom.right)]
    for item in waiting:
        needed |= dict.fromkeys(definedness(item))
    return Problem({"t": box}, All((*needed, *parts)))


def violated(text: str, box: tuple[End, End] = UNIT) -> Term | None:
    """Return a point at which a bound fails, None if a certificate, which must be accepted, shows that there is none."""
    asked = question(negated(read_formula(text, NAMES)), box=box)
    answer = decide(asked)
    assert answer is not None
    if isinstance(answer, Found):
        assert exact.holds(asked.formula, answer.point)
        return answer.point["t"]
    assert isinstance(answer.certificate, LineCover)
    assert check(asked, answer.certificate)
    assert LineCover.from_json(answer.certificate.as_json()) == answer.certificate
    return None


TRUE = [
    "sin(pi*t) >= 0",
    "exp(-t) >= 1-t",
    "2**t <= 1+t",
    "t**t >= 0.69",
    "t*log(t) > -37/100",
    "t*log(t) >= -exp(-1)",
    "L_ST >= 1/2*L_TE*log(1+L_TE)",
    "PGR <= 1 - 3/4*sin(L_TE)",
    "L_ST >= 3/4*L_TE**(sqrt(2)+1)",
    "L_ST >= L_TE**2*exp(-L_TE)/2",
    "L_ST >= L_TE**2*cos(L_TE)/2",
    "sqrt(abs(t-1/2)) <= sqrt(2)/2",
    "sqrt(t) >= t",
    "exp(log(t)) > 0",
    "L_TE**L_TE >= 0.69",
    "sqrt(2*t**2+1/2) >= t+1/2",
    "sqrt(L_ST) >= sqrt(3)/2*L_TE",
    "sqrt(L_ST)*exp(L_TE) >= sqrt(3)/2*L_TE*exp(L_TE)",
]


@pytest.mark.parametrize("text", TRUE)
def test_true_bounds_are_certified(text: str) -> None:
    assert violated(text) is None


ENDLESS = {
    "exp(t) >= 1 + t": (None, None),
    "log(t) <= t - 1": (Fraction(0), None),
    "sqrt(1+t) <= 1 + t/2": (Fraction(-1), None),
    "t*exp(-t) <= exp(-1)": (Fraction(0), None),
    "t**3*exp(-t) < 5": (Fraction(0), None),
    "exp(-t**2) <= 1/(1+t**2)": (None, None),
    "sqrt(t**2+1) > abs(t)": (None, None),
}


@pytest.mark.parametrize("text", ENDLESS)
def test_true_bounds_on_endless_sides_are_certified(text: str) -> None:
    assert violated(text, ENDLESS[text]) is None


FALSE = {
    "L_ST > L_TE**2*exp(-L_TE)/2": number(0),
    "sqrt(abs(t-1/2)) < sqrt(2)/2": number(0),
    "sin(pi*t) > 0": number(0),
    "2**t < 1+t": number(0),
    "t*log(t) > -exp(-1)": apply("exp", number(-1)),
    "sin(t)+cos(t) < sqrt(2)": number(1, 4) * PI,
    "exp(t) <= 1+3/2*t": number(1),
}


@pytest.mark.parametrize("text", FALSE)
def test_false_bounds_are_refuted_at_the_point_of_equality(text: str) -> None:
    assert violated(text, (Fraction(0), Fraction(1))) == FALSE[text]


@pytest.mark.parametrize("text", ["t*log(t) > -0.3678", "L_ST >= 2*L_TE*sin(L_TE)", "t**t >= 0.6923"])
def test_false_bounds_are_refuted_at_a_rational_point(text: str) -> None:
    point = violated(text)
    assert point is not None
    assert isinstance(point.value, Fraction)


def test_equality_at_an_irrational_root_of_a_rational_part() -> None:
    assert violated("sqrt((2*t**2-1)**2*exp(t)) >= 0") is None
    assert violated("abs(2*t**2-1)*exp(t) >= (2*t**2-1)**2") is None


def test_a_point_that_none_of_the_candidates_is_stays_undecided() -> None:
    asked = question(
        read_formula("t*exp(t) == 1", NAMES), negated(read_formula("t <= 1/2", NAMES))
    )  # t = W(1), a transcendental number
    assert decide(asked) is None
    assert decide(question(read_formula("(t*exp(t) - 1)**2 <= 0", NAMES))) is None


def test_what_is_no_question_in_one_real_variable_is_declined() -> None:
    formula = Atom(apply("exp", t), Sign.LT, variable("u"))
    assert decide(Problem({"t": UNIT, "u": UNIT}, formula)) is None
    assert decide(Problem({"t": UNIT}, formula)) is None
    assert decide(Problem({"t": UNIT}, Atom(t, Sign.LT, number(0)), frozenset({"t"}))) is None


def test_boxes_of_one_point_and_of_none() -> None:
    assert violated("exp(t) < 2", (Fraction(1), Fraction(1))) == number(1)
    assert violated("exp(t) > 2", (Fraction(1), Fraction(1))) is None
    assert violated("exp(t) > 2", (Fraction(1), Fraction(0))) is None


def test_the_budget_and_the_deadline_end_the_search() -> None:
    asked = question(negated(read_formula("t**t >= 0.69", NAMES)))
    assert decide(asked, pieces=3) is None
    assert decide(asked, deadline=time.monotonic() - 1) is None


def test_a_germ_serves_where_enclosures_never_would() -> None:
    asked = question(negated(read_formula("L_ST >= L_TE**2*exp(-L_TE)/2", NAMES)))
    answer = decide(asked)
    assert answer is not None
    assert not isinstance(answer, Found)
    assert isinstance(answer.certificate, LineCover)
    assert answer.certificate.pieces[0].way == Way.LOWER


leaves = st.one_of(st.just(t), st.just(t), st.fractions(-2, 2, max_denominator=3).map(number))
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Term.__add__, inner, inner),
        st.builds(Term.__mul__, inner, inner),
        st.builds(Term.__truediv__, inner, inner),
        st.builds(
            lambda x, p: x ** number(p), inner, st.sampled_from([Fraction(2), Fraction(3), Fraction(1, 2)])
        ),
        st.builds(apply, st.sampled_from(["sqrt", "exp", "log", "sin", "cos", "abs"]), inner),
    ),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None)
@given(trees, st.sampled_from([Sign.GE, Sign.GT, Sign.EQ]), trees)
def test_a_verdict_agrees_with_every_point_tried(left: Term, sign: Sign, right: Term) -> None:
    asked = question(Atom(left, sign, right))
    answer = decide(asked, pieces=150)
    if answer is None:
        return
    if isinstance(answer, Found):
        assert exact.holds(asked.formula, answer.point)
        return
    assert isinstance(answer.certificate, LineCover)
    assert check(asked, answer.certificate)
    tried = [Fraction(k, 60) for k in range(61)] + [Fraction(1, 10**k) for k in (3, 6)]
    assert not [at for at in tried if exact.holds(asked.formula, {"t": number(at)}, bits=1000)]
