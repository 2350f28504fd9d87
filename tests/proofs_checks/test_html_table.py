from __future__ import annotations

from proofs_checks.bounds.check_bound import check_bound
from proofs_checks.evidence import Evidence, Finding, Tier, Verdict
from proofs_checks.html_table import html_table
from proofs_checks.results import ClaimResult, Rejection
from proofs_checks.run import Run
from w2s_theory.claims import find_claim


def test_a_refuted_bound_shows_its_counterexample() -> None:
    html = check_bound("L_ST >= 4/5*L_TE**2")._repr_html_()
    assert ">refuted</td>" in html
    assert ">f_ST</th>" in html


def test_text_is_escaped() -> None:
    assert "E f_ST^2 &lt;= E f_ST f_TE" in check_bound("L_ST >= L_TE**2/2")._repr_html_()
    assert "<script>" not in html_table({"<script>": "<script>"})


def test_a_run_is_a_table_of_verdicts() -> None:
    evidence = Evidence(Tier.SYMBOLIC, "algebra", Finding(Verdict.PROVED, "", ""), 0.1)
    falsifiers = (Rejection("wrong", True, None), Rejection("wrong too", False, None))
    run = Run((ClaimResult.of(find_claim("rf.cor1"), (evidence,), falsifiers),), 0, "quick", tuple(Tier), {})
    html = run._repr_html_()
    assert ">rf.cor1</th>" in html
    assert ">proved; 1 of 2 falsifiers rejected</td>" in html
