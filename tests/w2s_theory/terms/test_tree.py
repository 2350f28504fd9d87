from __future__ import annotations

import pickle

import pytest

from w2s_theory.terms import tree
from w2s_theory.terms.reading import read_formula, read_term
from w2s_theory.terms.tree import ZERO, All, Any, Atom, Sign, Term, apply, number, variable
from w2s_theory.terms.writing import formula_as_text

X, Y = variable("x"), variable("y")
NAMES = {"x": X, "y": Y}


def term(text: str) -> Term:
    return read_term(text, NAMES)


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("x + x**2*abs(x) - exp(x)*sin(x)*min(x, y)", []),
        ("x/y", ["y != 0"]),
        ("x/x", ["x != 0"]),
        ("sqrt(x)**2", ["x >= 0"]),
        ("exp(log(x))", ["x > 0"]),
        ("tan(x)", ["cos(x) != 0"]),
        ("x**3", []),
        ("x**0", []),
        ("x**(-2)", ["x != 0"]),
        ("x**(1/3)", ["3 != 0", "x >= 0"]),
        ("x**(-1/3)", ["3 != 0", "x > 0"]),
        ("x**y", ["x > 0"]),
        ("x**sqrt(2)", ["x >= 0", "2 >= 0", "max(x, sqrt(2)) > 0"]),
        ("sqrt(x*(2*x - 1))", ["x*(2*x - 1) >= 0"]),
        ("1/(1 - sqrt(x))", ["1 - sqrt(x) != 0", "x >= 0"]),
        ("x/y + y/x + x/y", ["y != 0", "x != 0"]),
        ("0*log(x)", ["x > 0"]),
    ],
)
def test_what_a_term_needs_to_be_defined(text: str, needs: list[str]) -> None:
    found = [formula_as_text(need) for need in tree.definedness(term(text))]
    assert sorted(found) == sorted(needs)


def test_nothing_is_rewritten() -> None:
    assert term("x/x") != tree.ONE
    assert term("sqrt(x)**2") != X
    assert term("x + y") != term("y + x")
    assert term("x + y") == term("x+y")


def test_negation_turns_every_atom_and_swaps_and_with_or() -> None:
    formula = read_formula("x >= 1 and (y < 2 or x == y)", NAMES)
    assert formula_as_text(tree.negated(formula)) == "x < 1 or (y >= 2 and x != y)"
    assert tree.negated(tree.TRUE) == tree.FALSE


@pytest.mark.parametrize("sign", Sign)
def test_a_sign_and_its_negation_share_no_case_and_leave_none_out(sign: Sign) -> None:
    assert sign.signs.isdisjoint(sign.negated.signs)
    assert sign.signs | sign.negated.signs == {-1, 0, 1}


@pytest.mark.parametrize(
    ("text", "value"),
    [("2**3 - 1/2", number(15, 2)), ("(1/3)**(-2)", number(9)), ("0**0", number(1)), ("-(2*3)", number(-6))],
)
def test_arithmetic_of_numbers_is_known(text: str, value: Term) -> None:
    assert tree.rational(term(text)) == value.value


def test_what_is_no_rational_number_is_not_taken_for_one() -> None:
    for item in (X, tree.PI, apply("sqrt", 4), number(1) / 0, number(0) ** -1, number(2) ** number(1, 2)):
        assert tree.rational(item) is None


def test_subterms_come_before_what_is_made_of_them_and_once() -> None:
    found = tree.subterms(term("(x + y)*(x + y)"))
    assert found == (X, Y, X + Y, (X + Y) * (X + Y))


def test_substitution_is_simultaneous_and_keeps_the_rest() -> None:
    assert tree.substitute(term("x - y"), {"x": Y, "y": X}) == term("y - x")
    formula = All((Atom(X, Sign.GE, ZERO), Any((Atom(X, Sign.EQ, Y),))))
    assert tree.substituted(formula, {"x": number(2)}) == All(
        (Atom(number(2), Sign.GE, ZERO), Any((Atom(number(2), Sign.EQ, Y),)))
    )


def test_names_and_counts_of_functions_are_checked() -> None:
    for function, args in (("sinh", (X,)), ("sqrt", (X, Y)), ("min", ())):
        with pytest.raises(ValueError, match="allowed: sqrt, exp, log"):
            apply(function, *args)


def test_terms_travel_between_processes() -> None:
    item = term("sqrt(x)/(1 + y**2)")
    assert pickle.loads(pickle.dumps(item)) == item
