from __future__ import annotations

from proofs_checks.bounds.check_bound import check_bound
from proofs_checks.evidence import ClaimResult, Evidence, Finding, Rejection, Tier, Verdict
from proofs_checks.html_table import bound_html, run_html
from proofs_checks.verify import Run
from w2s_theory.claims import find_claim
from w2s_theory.latex.html import claim_html


def test_a_refuted_bound_shows_its_counterexample() -> None:
    html = bound_html(check_bound("L_ST >= 4/5*L_TE**2"))
    assert ">refuted</td>" in html
    assert ">f_ST</th>" in html


def test_text_is_escaped() -> None:
    assert "E f_ST^2 &lt;= E f_ST f_TE" in bound_html(check_bound("L_ST >= L_TE**2/2"))


def test_a_run_is_a_table_of_verdicts() -> None:
    evidence = Evidence(Tier.SYMBOLIC, "algebra", Finding(Verdict.PROVED, "", ""), 0.1)
    falsifiers = (Rejection("wrong", True, True, None), Rejection("wrong too", False, True, None))
    html = run_html(Run((ClaimResult(find_claim("rf.cor1"), (evidence,), falsifiers),), 0, interrupted=False))
    assert ">rf.cor1</th>" in html
    assert ">proved; 1 of 2 falsifiers rejected</td>" in html


def test_objects_show_themselves() -> None:
    claim, bound = find_claim("rf.cor1"), check_bound("L_ST >= L_TE**2/2")
    assert claim._repr_html_() == claim_html(claim)
    assert bound._repr_html_() == bound_html(bound)
    run = Run((), 0, interrupted=False)
    assert run._repr_html_() == run_html(run)
