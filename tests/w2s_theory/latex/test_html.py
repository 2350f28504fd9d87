"""How claims, rates and answers show in a notebook."""

from __future__ import annotations

from dataclasses import replace

from sympy import Integer

from w2s_theory.claim import Assumption
from w2s_theory.claims import find_claim
from w2s_theory.notation.symbols import L_TE
from w2s_theory.rates.width_scaling import teacher_on_fixed_spectrum
from w2s_theory.spectra.families import PowerLaw


def test_a_claim_shows_its_statement_as_mathematics() -> None:
    html = find_claim("rf.thm4.1")._repr_html_()
    assert r"<div>\[\mathcal{L}_{\mathrm{ST}} \geq \frac{3 \mathcal{L}_{\mathrm{TE}}^{2}}{4}\]</div>" in html
    assert html.count("<li>") == len(find_claim("rf.thm4.1").derivation) + len(
        find_claim("rf.thm4.1").assumptions
    )
    assert r"<li>E f*^2 = 1 <div>\[\| f^{*} \|^{2} = 1\]</div></li>" in html


def test_text_is_escaped() -> None:
    claim = replace(
        find_claim("rf.cor1"), title="<script>alert(1)</script>", assumptions=(Assumption("<b>"),)
    )
    assert "<script>" not in claim._repr_html_()
    assert "<li>&lt;b&gt;</li>" in claim._repr_html_()


def test_rates_and_answers_show_orders_and_steps() -> None:
    answer = teacher_on_fixed_spectrum(PowerLaw(Integer(2)), {1: Integer(1)}).answer(L_TE)
    assert r"\mathcal{L}_{\mathrm{TE}} \sim " in answer.rates._repr_html_()
    html = answer._repr_html_()
    assert r"\[\sim \frac{\pi^{2}}{4 X^{2}}\]" in html
    assert "supported by a ladder of widths" in html
    assert html.count("<li>") == len(answer.rates.steps)
