"""The signs of functions with one root, read off polynomials, against exact numbers at rational points."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from flint import fmpq, fmpq_poly
from hypothesis import assume, given
from hypothesis import strategies as st

from proofs_checks.bounds.certificates.quotients import NotRationalError, Quotient
from proofs_checks.bounds.certificates.rational_functions import Question, cases
from proofs_checks.bounds.certificates.surds import Surd, rooted
from w2s_theory.terms import exact
from w2s_theory.terms.tree import All, Any, Atom, Formula, Sign, Term, apply, definedness, number, variable

t = variable("t")
RATIONAL = st.builds(Fraction, st.integers(-12, 12), st.integers(1, 6))
# Products with squares of them have the same root, or none.
RADICANDS = [t * t - t + 1, t, 1 - t, (t + 1) / (t * t + 1), number(2), t * (t - 1) ** 2]


def polynomials() -> st.SearchStrategy[Term]:
    return st.lists(st.integers(-3, 3), min_size=1, max_size=3).map(
        lambda entries: sum((number(c) * t**place for place, c in enumerate(entries)), number(0))
    )


@st.composite
def functions(draw: st.DrawFn) -> Term:
    radicand = draw(st.sampled_from(RADICANDS))

    def root() -> Term:
        square = draw(polynomials())
        inside = radicand * square * square if draw(st.booleans()) else radicand / square**2
        return draw(polynomials()) * apply(
            "sqrt", inside * number(draw(st.sampled_from([1, 4, Fraction(9, 4)])))
        )

    found = draw(polynomials()) + root()
    for _ in range(draw(st.integers(0, 2))):
        other = draw(st.sampled_from(["plain", "root"]))
        operand = root() if other == "root" else draw(polynomials())
        match draw(st.sampled_from(["+", "*", "/", "abs", "min", "^", "1/"])):
            case "+":
                found = found + operand
            case "*":
                found = found * operand
            case "/":
                found = operand / found
            case "abs":
                found = apply("abs", found)
            case "min":
                found = apply("min", found, operand)
            case "^":
                found = found**2
            case _:
                found = found ** number(-1)
    return found


def truth_at(formula: Formula, point: Fraction) -> bool:
    question = Question()
    holds = question.read(formula, "t")
    at = fmpq(point.numerator, point.denominator)
    values = [polynomial(at) for polynomial in question.polynomials]
    return holds([int(value > 0) - int(value < 0) for value in values])


@given(functions(), RATIONAL, st.sampled_from(list(Sign)), RATIONAL)
def test_signs_agree_with_exact_numbers(item: Term, bound: Fraction, sign: Sign, point: Fraction) -> None:
    atom = Atom(item, sign, number(bound))
    at = {"t": number(point)}
    defined = exact.holds(All(tuple(definedness(item))), at)
    assume(defined is True)
    truth = exact.holds(atom, at)
    assume(truth is not None)
    try:
        found = truth_at(atom, point)
    except NotRationalError:
        assume(False)
    assert found is truth


@pytest.mark.parametrize(
    ("item", "zeros"),
    [
        (apply("sqrt", t * t) - t, [0, 1, 5]),
        (apply("sqrt", t * t) + t, [0, -1, -5]),
        (t ** number(3, 2) - 8, [4]),
        (t ** number(-1, 2) - number(1, 3), [9]),
        # At t = 1/4 the conjugate of the denominator is 0, and the function is not: 1/(sqrt(t) + 1/2) = 1.
        (1 / (apply("sqrt", t) + number(1, 2)) - 1, [Fraction(1, 4)]),
        ((apply("sqrt", 12 * t) - apply("sqrt", 3 * t)) / apply("sqrt", 3 * t) - 1, [1, 2, 7]),
    ],
)
def test_zeros(item: Term, zeros: Sequence[Fraction]) -> None:
    equation = Atom(item, Sign.EQ, number(0))
    defined: Formula = All((equation, *definedness(item)))
    for zero in zeros:
        assert truth_at(defined, Fraction(zero))
        assert not truth_at(All((Atom(item, Sign.NE, number(0)), *definedness(item))), Fraction(zero))
    elsewhere = Fraction(-1, 7) if Fraction(5) in map(Fraction, zeros) else Fraction(100, 3)
    is_zero_there = exact.holds(defined, {"t": number(elsewhere)})
    assert truth_at(defined, elsewhere) is bool(is_zero_there)


def test_undefined_points_satisfy_nothing() -> None:
    item = 1 / (apply("sqrt", t) - number(1, 2))
    for sign in Sign:
        formula: Formula = All((Atom(item, sign, number(0)), *definedness(item)))
        assert not truth_at(formula, Fraction(1, 4))
        assert not truth_at(formula, Fraction(-1))
    assert truth_at(Any((Atom(item, Sign.LT, number(0)),)), Fraction(1, 9))


def test_what_has_two_roots_or_a_root_of_a_root_is_declined() -> None:
    root = Surd(Quotient.of(0), Quotient.of(1), Quotient.of(0, 1))
    for wrong in (
        lambda: root * Surd(Quotient.of(0), Quotient.of(1), Quotient.of(1, 1)),
        lambda: list(rooted(root)),
        lambda: cases(apply("exp", t), "t"),
    ):
        with pytest.raises(NotRationalError):
            wrong()


def test_the_square_part_comes_out_of_a_root() -> None:
    found = [surd for _, surd in rooted(Surd(Quotient(fmpq_poly([0, 0, 18]), fmpq_poly([25]))))]
    assert all(surd.radicand.top == 2 for surd in found)
    assert {surd.factor.top.degree() for surd in found} == {1}
