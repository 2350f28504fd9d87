from __future__ import annotations

from xml.etree import ElementTree

import pytest
from sympy import Eq, Ge, Rational, Symbol, sqrt

from proofs_checks.report.mathml import mathml, sentence
from w2s_theory.claims import all_claims
from w2s_theory.geometry.inner_products import SquaredNorm, Vector, inner
from w2s_theory.notation.symbols import L_ST, L_TE

STUDENT, TEACHER = Vector.named("f_ST"), Vector.named("f_TE")


def text_of(markup: str) -> str:
    return "".join(ElementTree.fromstring(markup).itertext())


def test_losses_have_the_papers_names() -> None:
    markup = mathml(Ge(L_ST, Rational(3, 4) * L_TE**2))
    assert text_of(markup) == "ℒST≥3ℒTE24"
    assert '<mi mathvariant="normal">ST</mi>' in markup


def test_norms_and_inner_products_are_typeset() -> None:
    assert text_of(mathml(SquaredNorm.of(STUDENT - TEACHER))) == "‖fST−fTE‖2"
    assert text_of(mathml(inner(STUDENT, TEACHER))) == "⟨fST,fTE⟩"
    assert "<msqrt>" in mathml(sqrt(1 - L_TE))


def test_a_formula_is_a_block_or_inline() -> None:
    assert 'display="block"' in mathml(L_ST)
    assert 'display="inline"' in mathml(L_ST, display=False)


def test_a_wide_formula_is_broken_into_lines() -> None:
    terms = [Symbol(f"x_{number}") ** number for number in range(2, 42)]
    markup = mathml(Eq(sum(terms), 0, evaluate=False))
    assert markup.count("<mtr>") > 1
    assert "&amp;" not in markup


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "a & b < c",
        "<img src=x onerror=alert(1)>",
        "<mi onclick='alert(1)'>x</mi>",
    ],
)
def test_names_that_are_markup_are_only_printed(name: str) -> None:
    markup = mathml(Symbol(name) + 1)
    root = ElementTree.fromstring(markup)
    assert not [element.tag for element in root.iter() if element.tag in ("script", "img")]
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]


def test_every_formula_of_a_claim_becomes_mathematics() -> None:
    formulas = [
        (claim.id, mathml(part))
        for claim in all_claims()
        for part in (*claim.relations, *claim.premises, *(step.relation for step in claim.derivation))
    ]
    assert [item for item in formulas if not item[1].startswith("<math ") or "\\" in text_of(item[1])] == []


def test_a_sentence_keeps_its_words_and_typesets_its_mathematics() -> None:
    markup = sentence('If E f_ST^2 <= 1 - L_TE, "both" a_b & 100% hold.')
    assert "<mo>≤</mo>" in markup
    assert text_of(f"<p>{markup}</p>") == 'If 𝔼fST2≤1−ℒTE, "both" ab & 100% hold.'


@pytest.mark.parametrize(
    "text", [r"\input{/etc/passwd} $x$ ~ ^ `code` | \write18", "<script>alert(1)</script>", "<b>&amp;"]
)
def test_a_hostile_sentence_is_only_printed(text: str) -> None:
    root = ElementTree.fromstring(f"<p>{sentence(text)}</p>")
    assert not [element.tag for element in root.iter() if element.tag in ("script", "b")]
    assert "".join("".join(root.itertext()).split()) == "".join(text.split())


def test_no_sentence_of_a_claim_shows_its_latex() -> None:
    sentences = [
        (claim.id, text)
        for claim in all_claims()
        for text in (
            *(assumption.text for assumption in claim.assumptions),
            *(step.text for step in claim.derivation),
            *claim.remarks,
        )
    ]
    assert [item for item in sentences if {"\\", "$"} & set(text_of(f"<p>{sentence(item[1])}</p>"))] == []
