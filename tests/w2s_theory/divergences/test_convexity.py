from __future__ import annotations

import re

import pytest
import sympy
from sympy import Expr, Rational, Symbol, oo, sqrt

from w2s_theory.divergences.convexity import check_strictly_convex
from w2s_theory.errors import InvalidInput
from w2s_theory.notation.expressions import parse

X = Symbol("x", real=True)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("x**2", -oo, oo),
        ("x**4", -oo, oo),
        ("x**4 - 2*x**3 + 3/2*x**2", -oo, oo),
        ("x**3", 0, oo),
        ("-x**3", -oo, 0),
        ("x*log(x)", 0, oo),
        ("-log(1 - x**2)", -1, 1),
        ("-sqrt(x)", 0, oo),
        ("-(1 - x)**(1/3)", -oo, 1),
        ("exp(x)", -oo, oo),
        ("log(1 + exp(x))", -oo, oo),
        ("sqrt(1 + x**2)", -oo, oo),
        ("x**2*(x**2 - 2)", sqrt(3) / 3, oo),
    ],
)
def test_strictly_convex_functions_pass(text: str, low: Expr, high: Expr) -> None:
    check_strictly_convex(parse(text, {"x": X}), X, sympy.sympify(low), sympy.sympify(high))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("x**3", -oo, oo),
        ("x**4 - x**2", -oo, oo),
        ("x**2*(x**2 - 2)", Rational(57, 100), oo),
        ("x**3/6 - x**2/200", 0, 100),
        ("sin(x)", 0, 3),
        ("x**2/4 + cos(x)", -oo, oo),
        ("-exp(-x**2)", -oo, oo),
        ("x*log(x) - 2*x**2", 0, 1),
    ],
)
def test_the_point_named_is_one_where_it_fails(text: str, low: Expr, high: Expr) -> None:
    function = parse(text, {"x": X})
    with pytest.raises(InvalidInput, match="is not strictly convex") as error:
        check_strictly_convex(function, X, sympy.sympify(low), sympy.sympify(high))
    point = Rational(re.search(r"at x = (\S+);", str(error.value))[1])
    assert low < point < high
    assert sympy.diff(function, X, 2).subs(X, point) < 0


@pytest.mark.parametrize(
    ("text", "low", "high", "message"),
    [
        ("2*x + 1", -oo, oo, "second derivative is 0 everywhere"),
        ("abs(x)", -oo, oo, "has an edge"),
        ("x**2 + max(x, 0)", -oo, oo, "has an edge"),
        ("-log(x)", -2, -1, "not twice differentiable with real values at x = -3/2"),
        ("-sqrt(x)", -oo, oo, "not twice differentiable with real values at x = -1"),
        ("1/(x - 1/7)**2", -1, 2, "a pole or an edge inside its domain, at x = 1/7"),
        ("x**2 + cos(x)", -oo, oo, "could not be shown to be strictly convex"),
    ],
)
def test_other_functions_are_refused_with_the_reason(text: str, low: Expr, high: Expr, message: str) -> None:
    with pytest.raises(InvalidInput, match=message) as error:
        check_strictly_convex(parse(text, {"x": X}), X, sympy.sympify(low), sympy.sympify(high))
    assert "\n" not in str(error.value)
