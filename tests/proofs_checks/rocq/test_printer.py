"""The printed term means what the expression means: read by a small evaluator here, and by Rocq itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import mpmath
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf
from sympy import Expr, IndexedBase, Rational, Symbol, cos, exp, log, pi, sin, sqrt

from proofs_checks.rocq.compiler import compile_lemmas
from proofs_checks.rocq.printer import Printer, Unprintable
from w2s_theory.geometry.inner_products import SquaredNorm, Vector, inner, norm_squared

X, Y = Symbol("x", positive=True), Symbol("y", real=True)
K = Symbol("k", integer=True, nonnegative=True)
PRINTER = Printer({X: "x", Y: "y"}, {K: "k"})
FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "sqrt": mpmath.sqrt,
    "exp": mpmath.exp,
    "logarithm": mpmath.log,
    "cos": mpmath.cos,
    "sin": mpmath.sin,
    "Rabs": abs,
    "Rmin": min,
    "Rmax": max,
    "INR": lambda n: n,
}


class Reader:
    """Evaluates a Rocq term over R by Rocq's precedences: application, ^, unary minus, * and /, + and -."""

    def __init__(self, text: str, values: Mapping[str, Any]) -> None:
        plain = re.sub(r"%nat|%R|\b\w+\.(?=[a-z])", "", text)
        self.tokens = re.findall(r"[A-Za-z_]\w*|\d+|[()+*/^-]", plain)
        self.values = values

    def whole(self) -> Any:
        value = self.sum()
        assert not self.tokens
        return value

    def take(self, *wanted: str) -> str:
        return self.tokens.pop(0) if self.tokens and self.tokens[0] in wanted else ""

    def sum(self) -> Any:
        value = self.product()
        while sign := self.take("+", "-"):
            value = value + self.product() if sign == "+" else value - self.product()
        return value

    def product(self) -> Any:
        value = self.negation()
        while sign := self.take("*", "/"):
            value = value * self.negation() if sign == "*" else value / self.negation()
        return value

    def negation(self) -> Any:
        return -self.negation() if self.take("-") else self.power()

    def power(self) -> Any:
        base = self.application()
        return base ** self.power() if self.take("^") else base

    def application(self) -> Any:
        function = FUNCTIONS.get(self.tokens[0])
        if function is None:
            return self.atom()
        self.tokens.pop(0)
        arguments = []
        while self.tokens and self.tokens[0] not in ")+-*/^":
            arguments.append(self.atom())
        return function(*arguments)

    def atom(self) -> Any:
        token = self.tokens.pop(0)
        if token == "(":
            value = self.sum()
            assert self.take(")")
            return value
        if token == "PI":
            return mpmath.pi()
        return mpf(token) if token.isdigit() else self.values[token]


FRACTIONS = st.fractions(-5, 5, max_denominator=7).filter(bool).map(Rational)
LEAVES = st.one_of(FRACTIONS, st.sampled_from([X, Y, K, pi, sympy.E]))


def sums(atoms: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    """Draw sums of multiples of products of powers, simplified by sympy or as they are written."""
    exponents = st.sampled_from([1, 1, 2, 3, -1, -2])
    powers = st.tuples(atoms, exponents).map(lambda t: t[0] ** t[1] if t[1] > 0 else (2 + cos(t[0])) ** t[1])
    products = st.tuples(st.booleans(), st.lists(st.one_of(FRACTIONS, powers), min_size=1, max_size=3)).map(
        lambda t: sympy.Mul(*t[1], evaluate=t[0])
    )
    return st.tuples(st.booleans(), st.lists(products, min_size=1, max_size=3)).map(
        lambda t: sympy.Add(*t[1], evaluate=t[0])
    )


def functions(inside: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    """Draw values of functions that the printer knows, defined for all real arguments."""
    positive = inside.map(lambda e: 2 + cos(e))
    exponents = st.sampled_from(
        [Rational(1, 2), Rational(-1, 2), Rational(3, 2), Rational(-3, 2), K, K + 3, -2 * K]
    )
    return st.one_of(
        st.tuples(st.sampled_from([cos, sin, sympy.Abs]), inside).map(lambda t: t[0](t[1])),
        st.tuples(st.sampled_from([sympy.Min, sympy.Max]), inside, inside).map(lambda t: t[0](*t[1:])),
        st.tuples(positive, exponents).map(lambda t: t[0] ** t[1]),
        positive.map(lambda e: exp(-e)),
        positive.map(log),
    )


def expressions() -> st.SearchStrategy[Expr]:
    """Draw expressions that are defined for x > 0, all real y and natural k."""
    return sums(st.one_of(LEAVES, functions(sums(LEAVES))))


@settings(max_examples=300, deadline=None)
@given(expressions(), st.integers(1, 40), st.integers(-40, 40), st.integers(0, 3))
def test_the_term_has_the_expressions_value(expression: Expr, x: int, y: int, k: int) -> None:
    point = {X: Rational(x, 8), Y: Rational(y, 8), K: sympy.Integer(k)}
    with mp.workdps(60):
        values = {"x": mpf(x) / 8, "y": mpf(y) / 8, "k": mpf(k)}
        read = Reader(PRINTER.real(expression), values).whole()
        # Substituting may round a cancellation away from 0, so sympy evaluates with digits to spare.
        expected = sympy.N(expression.subs(point), 50, maxn=400)
        if expected.is_finite:
            scale = max(1, abs(mpf(expected)))
            assert abs(read - mpf(expected)) <= mpf(10) ** -30 * scale


def test_rocq_reads_the_term_as_the_same_rational(need_rocq: None) -> None:
    unevaluated = sympy.Add(X, sympy.Mul(-1, Y, evaluate=False), evaluate=False)
    cases = [
        X - Y,
        -X - Y,
        -(X**2) * Y,
        (-Y) ** 3,
        X / (2 * Y) / 3,
        -3 / (4 * X) + Y**2 / 5,
        (X + 1) ** -2 - Rational(7, 3) * Y * (X - 2),
        unevaluated * 2,
        sympy.Mul(-2, X + Y, evaluate=False),
        sympy.Max(X, Y) if X == Y else X * Y - 1,
    ]
    numbers = Printer({X: "3 / 4", Y: "- 5 / 2"})
    lemmas = []
    for number, case in enumerate(cases):
        value = case.subs({X: Rational(3, 4), Y: Rational(-5, 2)})
        stated = numbers.relation(sympy.Eq(case, value, evaluate=False))
        lemmas.append(f"Lemma case_{number} : {stated}. Proof. field. Qed. Print Assumptions case_{number}.")
    header = "From Coq Require Import Reals Lra. Open Scope R_scope.\n"
    found = compile_lemmas("printer", header + "\n".join(lemmas), 60)
    assert found.accepted, found.message
    wrong = f"Lemma wrong : {numbers.relation(sympy.Eq(X - Y, Rational(1, 7), evaluate=False))}. Proof. field. Qed."
    assert not compile_lemmas("printer", header + wrong, 60).accepted


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        (Rational(3, 4), "(3 / 4)"),
        (Rational(-3, 4), "(- (3 / 4))"),
        (3 * X**2 / 4, "((3 / 4) * (x ^ 2))"),
        (Y - X - 1, "(y - x - 1)"),
        (1 / sqrt(X), "(1 / (sqrt x))"),
        (X ** (2 * K), "(x ^ (2 * k))"),
        (K * X, "((INR k) * x)"),
        (exp(-X * Y), "(exp (- (y * x)))"),
    ],
)
def test_terms_read_as_one_would_write_them(expression: Expr, printed: str) -> None:
    assert PRINTER.real(expression) == printed


def test_relations_of_vectors() -> None:
    printer = Printer({X: "x"}, vectors={"f": "student", "g": "teacher"})
    f, g = Vector.named("f"), Vector.named("g")
    assert printer.relation(sympy.Ge(norm_squared(f), inner(f, g))) == (
        "((inner_product.norm2 student)\n     >= (inner_product.inner student teacher))%R"
    )
    assert printer.real(SquaredNorm.of(X * f - g)) == (
        "(inner_product.norm2 (inner_product.plus (inner_product.scale x student) "
        "(inner_product.scale (- 1) teacher)))"
    )


def test_limits_and_sums_bind_their_variable() -> None:
    theta, i = IndexedBase("theta"), Symbol("i", integer=True)
    printer = Printer({theta: "angle", X: "loss target student"}, {K: "k"})
    limit = sympy.Eq(sympy.Limit(sqrt(X), X, 0), 0, evaluate=False)
    assert printer.relation(limit) == "(right_limit.right_limit (fun x : R => (sqrt x)) 0 0)%R"
    total = sympy.Sum(cos(theta[i]) ** 2, (i, 1, K))
    assert (
        printer.real(total) == "(finite_sums.sum_from_one (fun i : nat => ((cos (angle i%nat)) ^ 2)) k%nat)"
    )
    captured = sympy.Eq(sympy.Limit(X * Y, X, 0), 0, evaluate=False)
    with pytest.raises(Unprintable, match="needs another name"):
        Printer({X: "x", Y: "f x"}).relation(captured)


@pytest.mark.parametrize(
    "expression",
    [Symbol("z"), sympy.gamma(X), sympy.Integral(X, X), X**Y, X ** (K - 1), sympy.I, sympy.oo, sympy.true],
)
def test_what_is_not_listed_is_refused(expression: Expr) -> None:
    with pytest.raises(Unprintable):
        PRINTER.real(expression)
    with pytest.raises(Unprintable):
        PRINTER.relation(expression)


def test_limits_elsewhere_are_refused() -> None:
    for limit in (sympy.Limit(1 / X, X, sympy.oo), sympy.Limit(X, X, 0, dir="-")):
        with pytest.raises(Unprintable, match="from above at a finite point"):
            PRINTER.relation(sympy.Eq(limit, 0, evaluate=False))
