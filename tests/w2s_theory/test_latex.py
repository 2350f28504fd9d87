from __future__ import annotations

import pytest
from sympy import Rational, Symbol, sqrt

from w2s_theory.claims import Claim
from w2s_theory.inner_products import SquaredNorm, Vector, inner, norm_squared
from w2s_theory.latex import claim_lines, escape, latex
from w2s_theory.papers import all_claims
from w2s_theory.symbols import L_ST, L_TE


def test_names_follow_the_papers() -> None:
    assert latex(L_ST) == r"\mathcal{L}_{\mathrm{ST}}"
    assert r"\mathcal{L}_{\mathrm{TE}}^{2}" in latex(Rational(3, 4) * L_TE**2)
    assert r"\sqrt" in latex(sqrt(1 - L_TE))
    assert latex(Symbol("lambda")) == r"\lambda"


def test_inner_products_and_norms() -> None:
    target, student = Vector.named("f*"), Vector.named("f_ST")
    assert latex(inner(student, target)) == r"\langle f^{*}, f_{\mathrm{ST}}\rangle"
    assert latex(norm_squared(target)) == r"\| f^{*} \|^{2}"
    assert latex(norm_squared(target) ** 2) == r"\left(\| f^{*} \|^{2}\right)^{2}"
    assert "f_{\\mathrm{ST}}" in latex(SquaredNorm.of(student - target))


def test_escaping_leaves_no_command() -> None:
    assert escape(r"\input{a} 50% _x_ #1 ~ ^") == (
        r"\textbackslash{}input\{a\} 50\% \_x\_ \#1 \textasciitilde{} \textasciicircum{}"
    )


@pytest.mark.parametrize("claim", all_claims(), ids=lambda claim: claim.id)
def test_every_claim_prints_with_balanced_braces(claim: Claim) -> None:
    text = "\n".join(claim_lines(claim)).replace(r"\{", "").replace(r"\}", "")
    assert text.count("{") == text.count("}")
    assert rf"\label{{{claim.id}}}" in text
