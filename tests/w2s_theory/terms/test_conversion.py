from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from w2s_theory.terms import exact, tree
from w2s_theory.terms.conversion import expression_of, formula_of, term_of
from w2s_theory.terms.tree import Root, Term, algebraic, definedness, number, variable
from w2s_theory.terms.writing import formula_as_text

X, Y = sympy.symbols("x y", positive=True)
EXPRESSIONS = [
    X + Y * 3 - sympy.Rational(1, 2),
    (X - Y) / (X + Y) ** 2,
    X ** sympy.Rational(3, 2) / sympy.sqrt(Y),
    1 / (1 + 1 / X),
    sympy.exp(-X) * sympy.log(1 + Y),
    sympy.Min(X, Y, 1) + sympy.Max(X, 2 * Y) - abs(X - Y),
    sympy.sin(X) ** 2 + sympy.cos(sympy.pi * Y) + sympy.tan(X / 3),
    X**Y + sympy.E**X + 2 ** sympy.sqrt(2),
    -X / Y,
    sympy.sqrt(X**2 + sympy.sqrt(Y)),
    X**-2 * Y**-1,
]


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=str)
@given(
    st.fractions(Fraction(1, 8), 3, max_denominator=16), st.fractions(Fraction(1, 8), 3, max_denominator=16)
)
def test_a_term_has_the_value_of_its_expression(expression: sympy.Expr, x: Fraction, y: Fraction) -> None:
    item = tree.substitute(term_of(expression), {"x": number(x), "y": number(y)})
    found = exact.ball(item, 160)
    at = {X: sympy.Rational(str(x)), Y: sympy.Rational(str(y))}
    assert abs(sympy.Float(found.mid().str(40, radius=False), 40) - expression.subs(at).evalf(40)) < 1e-30


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=str)
def test_a_term_can_be_shown_as_an_expression_again(expression: sympy.Expr) -> None:
    plain = expression.subs({X: sympy.Symbol("x"), Y: sympy.Symbol("y")})
    at = {sympy.Symbol("x"): sympy.Rational(2, 3), sympy.Symbol("y"): sympy.Rational(5, 4)}
    assert abs((expression_of(term_of(plain)) - plain).subs(at).evalf(40)) < 1e-30


def test_a_negative_power_is_a_quotient_and_defined_as_one() -> None:
    needs = [formula_as_text(need) for need in definedness(term_of(1 / (X - Y) + Y ** sympy.Rational(-1, 2)))]
    assert "x - y != 0" in needs or "-y + x != 0" in needs
    assert "sqrt(y) != 0" in needs
    assert "y >= 0" in needs


def test_names_may_be_given() -> None:
    assert term_of(X, {X: "risk"}) == variable("risk")


@pytest.mark.parametrize(
    ("relation", "text"),
    [
        (sympy.Ge(X, Y, evaluate=False), "x >= y"),
        (sympy.Ne(X, Y), "x != y"),
        (sympy.And(X > 1, Y > 2), "x > 1 and y > 2"),
        (sympy.Not(sympy.Eq(X, Y), evaluate=False), "x != y"),
        (sympy.Or(X < 1, X > 2), "x < 1 or x > 2"),
        (sympy.true, "true"),
        (sympy.false, "false"),
    ],
)
def test_relations(relation: sympy.Basic, text: str) -> None:
    found = formula_as_text(formula_of(relation))
    assert sorted(found.replace("(", "").replace(")", "").split(" ")) == sorted(text.split(" "))


def test_what_a_term_cannot_say_is_refused() -> None:
    with pytest.raises(ValueError, match="has no meaning here; allowed: sqrt"):
        term_of(sympy.sinh(X))
    with pytest.raises(ValueError, match="not a relation"):
        formula_of(X)


@pytest.mark.parametrize(
    ("root", "value"),
    [
        (Root((-2, 0, 1), Fraction(1), Fraction(2)), sympy.sqrt(2)),
        (Root((-2, 0, 1), Fraction(-2), Fraction(-1)), -sympy.sqrt(2)),
        (Root((-2, 0, 0, 1), Fraction(1), Fraction(2)), sympy.cbrt(2)),
        (
            Root((-1, 1, 0, 1), Fraction(0), Fraction(1)),
            sympy.CRootOf(sympy.Symbol("x") ** 3 + sympy.Symbol("x") - 1, 0),
        ),
    ],
)
def test_roots_are_shown(root: Root, value: sympy.Expr) -> None:
    shown: sympy.Expr = expression_of(algebraic(root))
    assert abs(sympy.N(shown - value, 40)) < 1e-35


def test_every_head_is_shown() -> None:
    for item in (tree.PI, tree.E, *(tree.apply(name, number(1, 2)) for name in tree.FUNCTIONS)):
        assert isinstance(item, Term)
        assert expression_of(item).is_number
