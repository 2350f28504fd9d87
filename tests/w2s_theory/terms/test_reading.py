from __future__ import annotations

from fractions import Fraction

import pytest

from w2s_theory.errors import InvalidInput
from w2s_theory.terms import tree
from w2s_theory.terms.reading import read_formula, read_term
from w2s_theory.terms.tree import All, Any, Atom, Sign, Term, apply, number, variable
from w2s_theory.terms.writing import formula_as_text

L_ST, L_TE = variable("L_ST"), variable("L_TE")
NAMES = {"L_ST": L_ST, "L_TE": L_TE, "PGR": (L_TE - L_ST) / L_TE}


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("2.5", number(5, 2)),
        ("1e-9", number(1, 10**9)),
        ("1_000", number(1000)),
        (".5", number(1, 2)),
        ("3/4*L_TE**2", number(3) / 4 * L_TE**2),
        ("-L_TE", number(-1) * L_TE),
        ("-2", number(-2)),
        ("L_ST - L_TE", L_ST + number(-1) * L_TE),
        ("+L_TE", L_TE),
        ("PGR", (L_TE - L_ST) / L_TE),
        ("L_TE/L_TE", L_TE / L_TE),
        ("pi*E", tree.PI * tree.E),
        ("min(L_ST, 1, L_TE)", apply("min", L_ST, 1, L_TE)),
        ("sqrt(L_TE)**2", apply("sqrt", L_TE) ** 2),
        ("L_TE**sqrt(2)", L_TE ** apply("sqrt", 2)),
        ("2**L_TE", number(2) ** L_TE),
        ("L_TE**L_TE", L_TE**L_TE),
    ],
)
def test_terms_are_read_as_written(text: str, item: Term) -> None:
    assert read_term(text, NAMES) == item


def test_decimals_are_exact() -> None:
    assert tree.rational(read_term("0.1 + 0.2", {})) == Fraction(3, 10)


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("L_ST >= L_TE", Atom(L_ST, Sign.GE, L_TE)),
        ("L_ST != 0", Atom(L_ST, Sign.NE, tree.ZERO)),
        ("0 <= L_ST < 1", All((Atom(tree.ZERO, Sign.LE, L_ST), Atom(L_ST, Sign.LT, tree.ONE)))),
        ("L_ST > 0 and L_TE > 0", All((Atom(L_ST, Sign.GT, tree.ZERO), Atom(L_TE, Sign.GT, tree.ZERO)))),
        ("L_ST > 0, L_TE > 0", All((Atom(L_ST, Sign.GT, tree.ZERO), Atom(L_TE, Sign.GT, tree.ZERO)))),
        ("L_ST > 0 or L_TE == 1", Any((Atom(L_ST, Sign.GT, tree.ZERO), Atom(L_TE, Sign.EQ, tree.ONE)))),
        ("not L_ST > L_TE", Atom(L_ST, Sign.LE, L_TE)),
        (
            "not (L_ST > 0 and L_TE == 1)",
            Any((Atom(L_ST, Sign.LE, tree.ZERO), Atom(L_TE, Sign.NE, tree.ONE))),
        ),
        ("L_ST >= L_TE and L_ST < L_TE", All((Atom(L_ST, Sign.GE, L_TE), Atom(L_ST, Sign.LT, L_TE)))),
    ],
)
def test_relations_are_read_as_written(text: str, formula: tree.Formula) -> None:
    assert read_formula(text, NAMES) == formula


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("L_ST", "allowed: a relation"),
        ("L_ST >= L_T", "unknown name 'L_T'; allowed names: L_ST, L_TE, PGR; functions: sqrt"),
        ("L_ST >=", "cannot read 'L_ST >='"),
        ("L_ST >= (L_TE", "cannot read"),
        ("L_ST in L_TE", "cannot read"),
        ("L_ST is L_TE", "cannot read"),
        ("(L_ST >= 1) >= L_TE", "is not allowed here"),
        ("L_ST >= True", "real numbers"),
        ("L_ST >= 'a'", "real numbers"),
        ("L_ST >= 2j", "unknown name 'j'"),
        ("L_ST >= 0x1f", "unknown name 'x1f'"),
        ("L_ST >= 1e400", "numbers of at most 60 digits"),
        ("L_ST >= " + "9" * 61, "numbers of at most 60 digits"),
        ("L_ST >= L_TE % 2", "+ - * / **"),
        ("L_ST >= L_TE // 2", "+ - * / **"),
        ("L_ST >= ~L_TE", "+ - * / **"),
        ("L_ST >= [L_TE]", "+ - * / **"),
        ("L_ST >= L_TE[0]", "+ - * / **"),
        ("L_ST >= L_TE.real", "+ - * / **"),
        ("L_ST >= (lambda: 1)()", "is not allowed here"),
        ("__import__('os').system('true') >= 1", "is not allowed here"),
        ("L_ST >= sinh(L_TE)", "is not allowed here"),
        ("L_ST >= sqrt(L_TE, 2)", "sqrt of 1 argument"),
        ("L_ST >= min()", "min of one or more argument"),
        ("L_ST >= sqrt(x=L_TE)", "is not allowed here"),
        ("L_ST >= 1/0", "quotients by what is not 0"),
        ("L_ST >= L_TE/(1 - 1)", "quotients by what is not 0"),
        ("L_ST >= 0**(-1)", "negative powers of what is not 0"),
        ("L_ST >= L_TE**65", "exponents between -64 and 64"),
        ("L_ST >= L_TE**(1/65)", "exponents whose denominator is at most 64"),
        ("L_ST >= L_TE**exp(5)", "exponents between -64 and 64"),
        ("L_ST >= " + "sqrt(" * 70 + "1" + ")" * 70, "nested more than 60 deep"),
        ("not " * 61 + "L_ST >= 1", "nested more than 60 deep"),
        ("L_ST >= " + "-" * 61 + "L_TE", "nested more than 60 deep"),
        ("L_ST >= " + "L_TE + " * 400 + "1", "at most 2000 are read|nested"),
        ("", "cannot read"),
        ("L_ST >= 1; L_TE", "cannot read"),
        ("L_ST := 1", "cannot read"),
    ],
)
def test_everything_else_is_refused_in_one_line(text: str, message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_formula(text, NAMES)
    assert any(part in str(caught.value) for part in message.split("|"))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    ["3/4 L_TE <= L_ST", "L_ST >= L_TE^2 or not L_TE > 1/2", "1 >= L_ST >= sqrt(L_TE) - exp(1), L_TE != 0"],
)
def test_what_was_read_can_be_written_and_read_again(text: str) -> None:
    formula = read_formula(text, NAMES)
    assert read_formula(formula_as_text(formula), NAMES) == formula
