from __future__ import annotations

from sympy import Derivative, Function, Mul, Rational, Symbol, acos, exp, factorial, gamma, loggamma, sqrt

from w2s_theory.geometry.inner_products import SquaredNorm, Vector, inner, norm_squared
from w2s_theory.latex import latex
from w2s_theory.notation.symbols import KAPPA_S, L_ST, L_TE, M

X = Symbol("x")


def test_names_follow_the_papers() -> None:
    assert latex(L_ST) == r"\mathcal{L}_{\mathrm{ST}}"
    assert latex(M) == r"M_{\mathrm{TE}}"
    assert latex(KAPPA_S) == r"\kappa_S"
    assert r"\mathcal{L}_{\mathrm{TE}}^{2}" in latex(Rational(3, 4) * L_TE**2)
    assert latex(sqrt(1 - L_TE)) == r"\sqrt{1 - \mathcal{L}_{\mathrm{TE}}}"
    assert latex(Symbol("lambda")) == r"\lambda"
    assert latex(Symbol("L_TE", positive=True)) == latex(L_TE)
    assert latex(Function("L_ST")(X)) == r"\mathcal{L}_{\mathrm{ST}}{\left(x \right)}"


def test_macros_replace_names_only() -> None:
    assert latex(Rational(3, 4) * L_TE**2 + X, macros=True) == r"\frac{3 \wLTE^{2}}{4} + x"


def test_inner_products_and_norms() -> None:
    target, student = Vector.named("f*"), Vector.named("f_ST")
    assert latex(inner(student, target)) == r"\langle f^{*}, f_{\mathrm{ST}}\rangle"
    assert latex(norm_squared(target)) == r"\| f^{*} \|^{2}"
    assert latex(norm_squared(target) ** 2) == r"\left(\| f^{*} \|^{2}\right)^{2}"
    assert latex(SquaredNorm.of(target - student)) == r"\left\| f^{*} - f_{\mathrm{ST}} \right\|^{2}"


def test_a_sum_does_not_start_with_a_minus_if_it_need_not() -> None:
    assert latex(-sqrt(X) + X**2 - 3) == r"x^{2} - \sqrt{x} - 3"
    assert latex(-X - 1) == "- x - 1"
    assert latex(Mul(-1, X + 1, evaluate=False) + L_TE).endswith(r"- \left(x + 1\right)")


def test_powers_and_derivatives_are_unambiguous() -> None:
    d = Symbol("d")
    assert latex(gamma(d) ** 2) == r"\Gamma\left(d\right)^{2}"
    assert latex(factorial(d) ** 2) == r"\left(d!\right)^{2}"
    assert latex(loggamma(d)) == r"\log\Gamma\left(d\right)"
    assert latex(acos(d)) == r"\arccos{\left(d \right)}"
    assert latex(Derivative(X * exp(X), X)) == r"\frac{d}{d x} \left(x e^{x}\right)"
    assert latex(Function("P")(d) ** 2) == r"P{\left(d \right)}^{2}"


def test_a_symbol_cannot_smuggle_in_a_command() -> None:
    text = latex(Symbol(r"\input{/etc/passwd}") + Symbol("x%y") + Symbol("}$"))
    assert r"\input" not in text
    assert r"\text{\textbackslash{}}" in text
    assert r"\%" in text
    assert r"\text{\}}\text{\$}" in text
