import pytest
from sympy import I, Rational, S, Symbol, nan, oo, pi

from w2s_theory.errors import InvalidInput
from w2s_theory.notation.parameters import finite_real, number, positive


def test_floats_become_the_decimal_they_print():
    assert finite_real(0.1, "x") == Rational(1, 10)
    assert positive(pi, "x") == pi


def test_symbols_pass():
    symbol = Symbol("a")
    assert finite_real(symbol, "a") == positive(symbol, "a") == symbol


@pytest.mark.parametrize("value", [oo, -oo, nan, I, float("inf"), float("nan")])
def test_what_is_not_a_finite_real_is_refused(value):
    with pytest.raises(InvalidInput, match="finite real"):
        finite_real(value, "the width")


@pytest.mark.parametrize("value", [0, -1, -0.5, Symbol("n", negative=True)])
def test_what_is_not_positive_is_refused(value):
    with pytest.raises(InvalidInput, match="> 0"):
        positive(value, "the width")


def test_text_is_never_evaluated():
    with pytest.raises(InvalidInput, match="a number or"):
        finite_real("1 + 1", "x")


def test_number_needs_a_number():
    assert number(S.Half) == 0.5
    with pytest.raises(InvalidInput, match="symbolic"):
        number(Symbol("a"))
