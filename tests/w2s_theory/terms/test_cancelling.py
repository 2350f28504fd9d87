from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from w2s_theory.terms import exact
from w2s_theory.terms.cancelling import without_cancelled
from w2s_theory.terms.reading import read_formula
from w2s_theory.terms.tree import All, Sign, atoms, definedness, number, variable, variables

NAMES = {name: variable(name) for name in "xyz"}
PIECES = [
    "x",
    "y",
    "z",
    "2",
    "exp(log(y))",
    "exp(2*log(2 + x**2))",
    "exp(log(pi))",
    "exp(-log(3))",
    "log(exp(x)*2)",
    "exp(x - y)",
    "x*y",
    "1/x",
    "sqrt(y)",
    "log(z)",
    "exp(x)",
    "y**2",
    "(x + y)",
    "abs(z)",
    "x**(1/2)",
]


@st.composite
def atoms_with_cancelling_parts(draw: st.DrawFn) -> str:
    pieces = st.sampled_from(PIECES)
    products = st.lists(st.tuples(pieces, pieces), min_size=1, max_size=3)
    kept, lost = draw(products), draw(products)
    swapped = [(second, first) if draw(st.booleans()) else (first, second) for first, second in lost]
    left, right = (" + ".join(f"{a}*{b}" for a, b in sums) for sums in ([*lost, *kept], swapped))
    return f"{left} {draw(st.sampled_from(['>=', '>', '<=', '<', '==', '!=']))} {right}"


@given(atoms_with_cancelling_parts(), st.tuples(*(st.fractions(-3, 3, max_denominator=4),) * 3))
def test_the_meaning_stays_where_everything_is_defined(text: str, point: tuple[Fraction, ...]) -> None:
    formula = read_formula(text, NAMES)
    at = {name: number(value) for name, value in zip("xyz", point, strict=True)}
    needs = [
        need for atom in atoms(formula) for side in (atom.left, atom.right) for need in definedness(side)
    ]
    assume(exact.holds(All(tuple(needs)), at) is True)
    expected = exact.holds(formula, at)
    assume(expected is not None)
    simpler = without_cancelled(formula)
    assert variables(simpler) <= variables(formula)
    assert exact.holds(simpler, at) is expected


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("x + y >= 7 + y", {"x"}),
        ("(x + y)**2 >= x**2 + 2*x*y", {"y"}),
        ("1/x - 1/x >= 0", set()),
        ("x*log(y) + z >= log(y)*x", {"z"}),
        ("log(exp(x))*y >= y*x + z", {"z"}),
        ("x + y >= 2*y", {"x", "y"}),
        ("sqrt(x**2) >= x", {"x"}),
    ],
)
def test_variables_that_cancel_are_gone(text: str, left: set[str]) -> None:
    assert variables(without_cancelled(read_formula(text, NAMES))) == left


@pytest.mark.parametrize(
    "text",
    [
        "exp(log(pi)) == 1",
        "exp(2*log(1 + sqrt(2))) <= 1",
        "exp(log(2 + x)) <= 1",
        "exp(log(2 + x)) + y <= 1 + y",
        "exp(3*log(x + y)) == 1",
        "log(exp(x) + 1) == x",
    ],
)
def test_a_logarithm_of_what_has_no_name_of_its_own_is_not_taken_for_0(text: str) -> None:
    at = {name: number(3) for name in "xyz"}
    formula = read_formula(text, NAMES)
    assert exact.holds(formula, at) is False
    assert exact.holds(without_cancelled(formula), at) is False


def test_signs_stay() -> None:
    (atom,) = atoms(without_cancelled(read_formula("x + y < y", NAMES)))
    assert atom.sign is Sign.LT
