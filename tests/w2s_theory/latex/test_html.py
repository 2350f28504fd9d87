from __future__ import annotations

from dataclasses import replace

from sympy import Integer

from w2s_theory.claims import find_claim
from w2s_theory.latex.html import answer_html, claim_html, rates_html
from w2s_theory.notation.symbols import L_TE
from w2s_theory.rates.width_scaling import fixed_spectrum_problem
from w2s_theory.spectra.families import PowerLaw


def test_a_claim_shows_its_statement_as_mathematics() -> None:
    html = claim_html(find_claim("rf.thm4.1"))
    assert r"<div>\[\mathcal{L}_{\mathrm{ST}} \geq \frac{3 \mathcal{L}_{\mathrm{TE}}^{2}}{4}\]</div>" in html
    assert html.count("<li>") == len(find_claim("rf.thm4.1").derivation) + 4


def test_text_is_escaped() -> None:
    claim = replace(find_claim("rf.cor1"), title="<script>alert(1)</script>", assumptions=("<b>",))
    assert "<script>" not in claim_html(claim)
    assert "<li>&lt;b&gt;</li>" in claim_html(claim)


def test_rates_and_answers_show_orders_and_steps() -> None:
    answer = fixed_spectrum_problem(PowerLaw(Integer(2)), {1: Integer(1)}).answer(L_TE)
    assert r"\mathcal{L}_{\mathrm{TE}} \sim " in rates_html(answer.rates)
    html = answer_html(answer)
    assert r"\[\sim \frac{\pi^{2}}{4 X^{2}}\]" in html
    assert "supported by a ladder of widths" in html
    assert html.count("<li>") == len(answer.rates.steps)
