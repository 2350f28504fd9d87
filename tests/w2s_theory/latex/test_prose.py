from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2s_theory.latex import escape, prose


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E f_ST^2 <= E f*", r"$\mathbb{E} f_{\mathrm{ST}}^{2} \le \mathbb{E} f^{*}$"),
        ("the sum of a kernel's <u, v>", r"the sum of a kernel's $\langle u, v\rangle$"),
        ("a in [0, 1], shrunk to a f_ST", r"$a$ in [$0$, $1$], shrunk to $a f_{\mathrm{ST}}$"),
        ("||P f||^2", r"$\| P f \| ^{2}$"),
        ("order O~(L_TE^1.49)", r"order $\tilde{O}(\mathcal{L}_{\mathrm{TE}}^{1.49}$)"),
        ("x^alpha, c_theta, x^-alpha", r"$x^{\alpha}$, $c_{\theta}$, $x^{-\alpha}$"),
        ("J_(p-1) = (1-t^2)^((d-3)/2) P", r"$J_{p-1} = (1-t^{2})^{(d-3)/2} P$"),
        ("Theorem 4.1 of 50%", r"Theorem 4.1 of $50$\%"),
        ("f_{i+1}, Phi_S^T and f_odd", r"$f_{i+1}$, $\Phi_{S}^{T}$ and $f_{\mathrm{odd}}$"),
    ],
)
def test_sentences(text: str, expected: str) -> None:
    assert prose(text) == expected


def test_claims_are_referred_to_if_they_are_there() -> None:
    assert prose("see rf.lem1.", {"rf.lem1": "thm:rf.lem1"}) == r"see \cref{thm:rf.lem1}."
    assert prose("see rf.lem1.") == "see rf.lem1."


def test_escaping_leaves_no_command() -> None:
    assert escape(r"\input{a} 50% _x_ #1 ~ ^ <|>") == (
        r"\textbackslash{}input\{a\} 50\% \_x\_ \#1 \textasciitilde{} \textasciicircum{} "
        r"\textless{}\textbar{}\textgreater{}"
    )
    assert escape('say "so" λ é \n \x00') == "say ``so'' [U+03BB] é   [U+0000]"


@given(st.text(alphabet=st.sampled_from("\\inputwre18{}$^_%#&~<>|*. /fE()a1-λ\n"), max_size=40))
def test_no_text_becomes_a_command_or_leaves_its_group(text: str) -> None:
    written = prose(text)
    for command in ("input", "write", "def", "cref"):
        assert not re.search(rf"\\{command}(?![a-z])", written)
    bare = re.sub(r"\\[^A-Za-z]", "", written)
    assert bare.count("$") % 2 == 0
    assert bare.count("{") == bare.count("}")
    assert "%" not in bare
    assert "#" not in bare
    assert "&" not in bare
    assert "\n" not in written
