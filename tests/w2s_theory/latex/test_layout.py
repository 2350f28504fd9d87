from __future__ import annotations

from sympy import Eq, Ge, Symbol, exp

from w2s_theory.latex.layout import LINE_WIDTH, display, width

X, Y = Symbol("x"), Symbol("y")


def wide_sum(count: int) -> object:
    return sum((Symbol(f"alpha_{number}") * X**number for number in range(count)), Y)


def test_width_sees_what_is_seen() -> None:
    assert width(r"\mathcal{L}_{\mathrm{TE}}") < width(r"x + y") < width(r"x + y + 1")
    assert width(r"\frac{x + y + 1}{2}") < width(r"x + y + 1") + 2
    assert width(r"x^{10}") < width("x10")


def test_what_fits_is_left_alone() -> None:
    assert display(Ge(X, Y, evaluate=False)) == r"x \geq y"


def test_long_relations_break_at_the_sign_and_at_terms() -> None:
    text = display(Eq(wide_sum(40), Y, evaluate=False))
    rows = text.splitlines()
    assert rows[0] == r"\begin{aligned}"
    assert rows[-1] == r"\end{aligned}"
    assert len(rows) > 5
    assert all(width(row.replace(r"\quad", "")) <= LINE_WIDTH for row in rows[1:-1])
    assert all(row.startswith(r"& \quad {}+") for row in rows[2:-2])
    assert rows[-2] == r"& \quad = y"


def test_a_long_sum_in_a_product_breaks_inside_its_brackets() -> None:
    text = display(Eq(exp(Y) * wide_sum(40), Y, evaluate=False))
    assert text.count(r"\biggl(") == text.count(r"\biggr)") == 1
    assert "wfit" not in text


def test_what_cannot_break_is_fitted() -> None:
    assert display(Eq(exp(wide_sum(60)), Y, evaluate=False)).startswith(r"\wfit{\begin{aligned}")
