from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from w2s_theory.terms import exact
from w2s_theory.terms.reading import read_formula, read_term
from w2s_theory.terms.tree import Head, Root, Term, algebraic, apply, number, variable

X = variable("x")
NAMES = {"x": X}
CUBE_ROOT_OF_TWO = algebraic(Root((-2, 0, 0, 1), Fraction(1), Fraction(2)))
WHOLE = st.integers(-12, 12)


def term(text: str) -> Term:
    return read_term(text, NAMES)


@st.composite
def radicals(draw: st.DrawFn, depth: int = 2) -> tuple[Term, mpmath.mpf]:
    """Draw a sum of nested square roots with its value to 60 digits."""
    with mpmath.workdps(60):
        total, value = number(draw(WHOLE)), None
        value = mpmath.mpf(int(total.value))  # type: ignore[arg-type]
        for _ in range(draw(st.integers(1, 3))):
            if depth > 0:
                inner, size = draw(radicals(depth - 1))
            else:
                whole = draw(st.integers(0, 30))
                inner, size = number(whole), mpmath.mpf(whole)
            if size < mpmath.mpf(10) ** -40:
                inner, size = number(3), mpmath.mpf(3)
            factor = draw(WHOLE)
            total, value = total + factor * apply("sqrt", inner), value + factor * mpmath.sqrt(size)
        return total, value


@settings(max_examples=200)
@given(radicals())
def test_sums_of_nested_roots_have_the_sign_of_their_value(drawn: tuple[Term, mpmath.mpf]) -> None:
    item, value = drawn
    tiny = mpmath.mpf(10) ** -45
    assert exact.sign(item) == (0 if abs(value) < tiny else 1 if value > 0 else -1)


ZEROS = [
    "sqrt(2)*sqrt(3) - sqrt(6)",
    "sqrt(5 + 2*sqrt(6)) - sqrt(2) - sqrt(3)",
    "sqrt(2 + sqrt(3)) - (sqrt(6) + sqrt(2))/2",
    "(2 + sqrt(5))**(1/3) - (1 + sqrt(5))/2",
    "sqrt(1 + 1e-30)**2 - 1 - 1e-30",
    "2**(1/3)*4**(1/3) - 2",
    "abs(1 - sqrt(2)) - sqrt(2) + 1",
    "max(sqrt(2), 7/5) - sqrt(2)",
    "min(sqrt(2), sqrt(3), 3/2) - sqrt(2)",
    "log(6) - log(2) - log(3)",
    "log(8)/log(2) - 3",
    "log(9/4) - 2*log(3/2)",
    "exp(log(3)) - 3",
    "log(exp(sqrt(2))) - sqrt(2)",
    "exp(1) - E",
    "exp(2)*exp(-2) - 1",
    "exp(1/2)**2 - E",
    "sin(pi)",
    "cos(pi/3) - 1/2",
    "sin(pi/4)**2 - 1/2",
    "tan(pi/3) - sqrt(3)",
    "pi*(1/pi) - 1",
    "(1 + pi)**2 - 1 - 2*pi - pi**2",
    "1**pi - 1",
    "0**sqrt(2)",
]


@pytest.mark.parametrize("text", ZEROS)
def test_zeros_are_seen_to_be_zero(text: str) -> None:
    assert exact.sign(term(text)) == 0


@pytest.mark.parametrize("text", ZEROS)
@pytest.mark.parametrize("side", [1, -1])
def test_what_is_off_by_1e_minus_40_is_not_zero(text: str, side: int) -> None:
    assert exact.sign(term(text) + side * Fraction(1, 10**40)) == side


def test_roots_of_polynomials() -> None:
    assert exact.sign(CUBE_ROOT_OF_TWO**3 - 2) == 0
    assert exact.sign(CUBE_ROOT_OF_TWO - number(2) ** number(1, 3)) == 0
    assert exact.sign(CUBE_ROOT_OF_TWO - Fraction(5, 4)) == 1
    assert exact.sign(apply("sqrt", CUBE_ROOT_OF_TWO) - number(2) ** number(1, 6)) == 0
    assert exact.sign(CUBE_ROOT_OF_TWO**3 - 2 - Fraction(1, 10**200)) == -1


def test_what_no_rule_decides_is_left_open() -> None:
    assert exact.sign(term("sin(1)**2 + cos(1)**2 - 1")) is None
    assert exact.sign(term("sin(1)**2 + cos(1)**2 - 2")) == -1
    assert exact.holds(read_formula("sin(1)**2 + cos(1)**2 == 1", NAMES), {}) is None
    assert exact.holds(read_formula("1 > 2 and sin(1)**2 + cos(1)**2 == 1", NAMES), {}) is False
    assert exact.holds(read_formula("1 < 2 or sin(1)**2 + cos(1)**2 == 1", NAMES), {}) is True


@pytest.mark.parametrize(
    "text", ["1/(x - x)", "sqrt(-1 - x)", "log(x - 1)", "x/(sqrt(2)*sqrt(3) - sqrt(6))", "(-2)**(1/3)"]
)
def test_what_is_not_defined_has_no_sign(text: str) -> None:
    assert exact.sign(term(text), {"x": number(1)}) is None


def test_a_variable_without_a_value_is_an_error() -> None:
    with pytest.raises(ValueError, match="no value for x"):
        exact.sign(term("x + 1"), {"y": number(1)})
    with pytest.raises(ValueError, match="no value for x"):
        exact.ball(X, 64)


def test_values_that_are_no_numbers_are_errors() -> None:
    for item in (Term(Head.NUMBER, (), "2"), Term(Head.ALGEBRAIC, (), Fraction(2))):
        with pytest.raises(TypeError, match="not a"):
            exact.ball(item, 64)


@given(st.integers(64, 4000))
def test_a_ball_is_as_narrow_as_asked(bits: int) -> None:
    found = exact.ball(term("sqrt(2 + sqrt(3)) + 1/3"), bits)
    assert found.is_finite()
    assert found.rel_accuracy_bits() >= bits - 8
