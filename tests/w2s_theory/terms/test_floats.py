from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2s_theory.terms.exact import ball, holds
from w2s_theory.terms.floats import Evaluation, evaluate, root_as_float
from w2s_theory.terms.reading import read_formula, read_term
from w2s_theory.terms.tree import (
    All,
    Head,
    Root,
    Term,
    algebraic,
    apply,
    definedness,
    number,
    substitute,
    variable,
)

NAMES = {name: variable(name) for name in ("x", "y")}
SMALL = st.builds(Fraction, st.integers(-4, 4), st.integers(1, 3))


def value_of(text: str, **at: float) -> float:
    return float(evaluate(read_term(text, NAMES), {k: np.array([v]) for k, v in at.items()})[0])


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [
        ("x/x", 0, np.nan),
        ("x/x", 3, 1),
        ("sqrt(x)", -1, np.nan),
        ("sqrt(x)", 4, 2),
        ("sqrt(x)**2", -4, np.nan),
        ("sqrt(0.3 - x - 0.2)", 0.1, 0),
        ("1/(0.3 - x - 0.2)", 0.1, np.nan),
        ("log(x)", 0, np.nan),
        ("exp(log(x))", 2, 2),
        ("x**0", 0, 1),
        ("x**(-1)", 0, np.nan),
        ("x**(1/3)", -8, np.nan),
        ("x**(2/3)", 8, 4),
        ("x**(2/3)", 0, 0),
        ("x**(-2/3)", 0, np.nan),
        ("x**sqrt(2)", 0, 0),
        ("x**(sqrt(2) - 2)", 0, np.nan),
        ("x**x", 0, np.nan),
        ("x**x", 2, 4),
        ("(-x)**x", 2, np.nan),
        ("min(x, 1) + max(x, 1, 5) + abs(-x)", 2, 8),
        ("sin(pi*x) + cos(pi*x) + tan(x)", 0, 1),
        ("tan(pi*x)", 0.5, np.nan),
        ("E**x", 1, np.e),
        ("exp(x)", 1000, np.nan),
        ("10**60*10**60*10**60*10**60*10**60*10**60", 0, np.nan),
    ],
)
def test_values_and_where_they_are_undefined(text: str, x: float, expected: float) -> None:
    assert value_of(text, x=x) == pytest.approx(expected, rel=1e-14, abs=0, nan_ok=True)


def terms() -> st.SearchStrategy[Term]:
    leaves = st.one_of(st.sampled_from([*NAMES.values()]), SMALL.map(number))

    def grown(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
        functions = st.sampled_from(["sqrt", "exp", "log", "sin", "cos", "abs"])
        heads = st.sampled_from([Head.SUM, Head.PRODUCT, Head.QUOTIENT])
        exponents = st.sampled_from([number(2), number(-1), number(1, 2), number(0), number(-3, 2)])
        return st.one_of(
            st.builds(lambda head, a, b: Term(head, (a, b)), heads, inner, inner),
            st.builds(apply, functions, inner),
            st.builds(lambda a, b: apply("min", a, b), inner, inner),
            st.builds(lambda a, b: a**b, inner, exponents),
        )

    return st.recursive(leaves, grown, max_leaves=6)


@given(terms(), SMALL, SMALL)
def test_agrees_with_exact_values_and_definedness(term: Term, x: Fraction, y: Fraction) -> None:
    point = {"x": number(x), "y": number(y)}
    found = evaluate(term, {"x": np.array([float(x)]), "y": np.array([float(y)])})[0]
    defined = holds(All(definedness(term)), point, bits=400)
    if defined is False:
        assert np.isnan(found)
    elif defined:
        exact = ball(substitute(term, point), 400)
        if not exact.is_finite() or not abs(exact) < 1e100:
            return
        measured = Evaluation({"x": np.array([float(x)]), "y": np.array([float(y)])}).measure(term)
        assert np.isnan(found) or abs(found - float(exact.mid())) <= 1e-12 * float(measured.sizes[1][0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x >= y", [-1 / 3, 0, 1 / 3]),
        ("x < y", [1 / 3, 0, -1 / 3]),
        ("x == y", [-1 / 3, 0, -1 / 3]),
        ("x != y", [1 / 3, 0, 1 / 3]),
        ("x >= y and x <= y", [-1 / 3, 0, -1 / 3]),
        ("x > y or x < y", [1 / 3, 0, 1 / 3]),
        ("x >= y or sqrt(x - 1) >= 0", [0, 1 / 3, 1 / 3]),
        ("x >= y and sqrt(x - 3/2) >= 0", [np.nan, 0, 1 / 7]),
    ],
)
def test_margins(text: str, expected: list[float]) -> None:
    points = {"x": np.array([1.0, 2.0, 2.0]), "y": np.array([2.0, 2.0, 1.0])}
    assert Evaluation(points).margin(read_formula(text, NAMES)) == pytest.approx(expected, nan_ok=True)


def test_truth_needs_more_than_the_slack_and_the_noise() -> None:
    x, y = np.array([1.0, 1.0, 1.0]), np.array([1 + 1e-6, 1 + 1e-12, 1.0])
    below, at_most = (read_formula(text, NAMES) for text in ("x < y", "x <= y"))
    quiet = Evaluation({"x": x, "y": y})
    assert quiet.truth(below, 1e-9).tolist() == [True, False, False]
    assert quiet.truth(at_most, 1e-9).tolist() == [True, True, True]
    noisy = Evaluation({"x": x, "y": y}, {"y": np.full(3, 1e10)})
    assert noisy.truth(below, 0).tolist() == [False, False, False]


def test_a_margin_of_nothing_says_nothing() -> None:
    points = Evaluation({"x": np.array([0.0, 0.0]), "y": np.array([0.0, 1.0])})
    assert points.is_trivial(read_formula("x >= y**2", NAMES)).tolist() == [True, False]


def test_an_unknown_variable_is_named() -> None:
    with pytest.raises(KeyError, match="y"):
        evaluate(NAMES["y"], {"x": np.array([1.0])})


@pytest.mark.parametrize(
    ("root", "expected"),
    [
        (Root((-2, 0, 1), Fraction(1), Fraction(2)), 2**0.5),
        (Root((0, -2, 0, 1), Fraction(0), Fraction(2)), 2**0.5),
        (Root((4, 0, -4, 0, 1), Fraction(1), Fraction(2)), 2**0.5),
        (Root((-1, 3), Fraction(1, 3), Fraction(1, 3)), 1 / 3),
        (Root((-1, 1, 0, 1), Fraction(0), Fraction(1)), 0.6823278038280193),
    ],
)
def test_algebraic_numbers(root: Root, expected: float) -> None:
    assert root_as_float(root) == pytest.approx(expected, rel=1e-15)
    assert evaluate(algebraic(root), {"x": np.zeros(2)}) == pytest.approx([expected] * 2)
