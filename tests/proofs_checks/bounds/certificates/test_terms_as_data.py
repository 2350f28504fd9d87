from __future__ import annotations

import json
from fractions import Fraction

import pytest

from proofs_checks.bounds.certificates.terms_as_data import term_from, term_to
from w2s_theory.terms.reading import read_term
from w2s_theory.terms.tree import FUNCTIONS, PI, E, Root, Term, algebraic, apply, number, variable

X = variable("x")
TERMS = [
    number(-3, 7),
    PI,
    E,
    X,
    algebraic(Root((-2, 0, 1), Fraction(1), Fraction(2))),
    read_term("x**2/(1 + x) - 3*x**(1/2)", {"x": X}),
    apply("min", X, 1, PI),
    *(apply(name, X) for name in FUNCTIONS),
]


@pytest.mark.parametrize("item", TERMS, ids=str)
def test_terms_survive_a_file(item: Term) -> None:
    assert term_from(json.loads(json.dumps(term_to(item)))) == item


@pytest.mark.parametrize(
    "data",
    [
        None,
        1,
        {},
        [],
        [1],
        ["sinh", "1"],
        ["sqrt"],
        ["sqrt", "1", "2"],
        ["+", "1"],
        ["+", "1", "2", "3"],
        "x",
        ["number", "1"],
        ["constant", "e"],
        ["variable", 1],
        ["variable", "x", "y"],
        ["algebraic", ["1"], "0"],
        ["min"],
        ["variable"],
        "1/0",
    ],
)
def test_other_data_is_refused(data: object) -> None:
    with pytest.raises((TypeError, ValueError, ZeroDivisionError)):
        term_from(data)
