from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from proofs_checks.bounds import check_bound
from proofs_checks.evidence import ClaimResult, Evidence, Finding, Rejection, Tier, Verdict
from proofs_checks.notebook import (
    answer_html,
    bound_html,
    claim_html,
    load_ipython_extension,
    rates_html,
    run_html,
)
from proofs_checks.rate_questions import read_problem
from proofs_checks.verify import Run
from w2s_theory.papers import find_claim
from w2s_theory.symbols import L_TE


def test_a_claim_shows_its_statement_as_mathematics() -> None:
    html = claim_html(find_claim("rf.thm4.1"))
    assert r"<div>\[\mathcal{L}_{\mathrm{ST}} \geq \frac{3 \mathcal{L}_{\mathrm{TE}}^{2}}{4}\]</div>" in html
    assert html.count("<li>") == len(find_claim("rf.thm4.1").derivation) + 4


def test_text_is_escaped() -> None:
    claim = replace(find_claim("rf.cor1"), title="<script>alert(1)</script>", assumptions=("<b>",))
    assert "<script>" not in claim_html(claim)
    assert "<li>&lt;b&gt;</li>" in claim_html(claim)
    assert "E f_ST^2 &lt;= E f_ST f_TE" in bound_html(check_bound("L_ST >= L_TE**2/2"))


def test_a_refuted_bound_shows_its_counterexample() -> None:
    html = bound_html(check_bound("L_ST >= 4/5*L_TE**2"))
    assert ">refuted</td>" in html
    assert ">f_ST</th>" in html


def test_a_run_is_a_table_of_verdicts() -> None:
    evidence = Evidence(Tier.SYMBOLIC, "algebra", Finding(Verdict.PROVED, "", ""), 0.1)
    falsifiers = (Rejection("wrong", True, True, None), Rejection("wrong too", False, True, None))
    html = run_html(Run((ClaimResult(find_claim("rf.cor1"), (evidence,), falsifiers),), 0, interrupted=False))
    assert ">rf.cor1</th>" in html
    assert ">proved; 1 of 2 falsifiers rejected</td>" in html


def test_rates_and_answers_show_orders_and_steps() -> None:
    answer = read_problem("power:2", None, None, None).answer(L_TE)
    assert r"\mathcal{L}_{\mathrm{TE}} \sim " in rates_html(answer.rates)
    html = answer_html(answer)
    assert r"\[\sim \frac{\pi^{2}}{4 X^{2}}\]" in html
    assert "supported by a ladder of widths" in html
    assert html.count("<li>") == len(answer.rates.steps)


def test_the_extension_registers_the_displays() -> None:
    registered: dict[Any, Any] = {}
    formatter = SimpleNamespace(for_type=registered.__setitem__)
    load_ipython_extension(
        SimpleNamespace(display_formatter=SimpleNamespace(formatters={"text/html": formatter}))
    )
    assert registered[type(find_claim("rf.cor1"))] is claim_html
    assert registered[Run] is run_html
