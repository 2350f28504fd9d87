from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from proofs_checks.evidence import Evidence, Finding, Tier, Verdict
from proofs_checks.export.document import write_document
from proofs_checks.results import ClaimResult, Rejection
from w2s_theory.claim import Source
from w2s_theory.claims import all_claims, find_claim
from w2s_theory.claims.papers import BV
from w2s_theory.errors import InvalidInput


def test_every_claim_and_every_formula_has_its_place(tmp_path: Path) -> None:
    text = write_document(all_claims(), str(tmp_path)).read_text()
    inputs = re.findall(r"\\input\{(formulas/.+?)\}", text)
    assert len(inputs) == len(set(inputs)) == sum(1 + len(claim.derivation) for claim in all_claims())
    assert all((tmp_path / name).is_file() for name in inputs)
    for claim in all_claims():
        assert rf"\label{{thm:{claim.id}}}" in text
        assert rf"\label{{eq:{claim.id}}}" in (tmp_path / "formulas" / f"{claim.id}.tex").read_text()
        assert f"{{{claim.source.paper.key}," in (tmp_path / "w2s.bib").read_text()
    assert r"\newcommand{\wLTE}{\mathcal{L}_{\mathrm{TE}}}" in (tmp_path / "w2s-macros.tex").read_text()
    assert "Evidence" not in text


def test_the_evidence_line_says_what_was_found(tmp_path: Path) -> None:
    claim = find_claim("rf.thm4.1")
    found = Evidence(Tier.SYMBOLIC, "algebra", Finding(Verdict.PROVED, "11 steps re-checked", ""), 0.1)
    other = Evidence(Tier.DECISION, "z3", Finding(Verdict.UNDECIDED, "no answer", ""), 0.1)
    twins = (Rejection("one", True, None), Rejection("two", False, None))
    result = ClaimResult.of(claim, (other, found), twins)
    text = write_document([claim], str(tmp_path), {claim.id: result}).read_text()
    assert (
        r"\textbf{proved} (symbolic: $11$ steps re-checked); also decision undecided; 1 of 2 falsifiers rejected."
    ) in text


def test_papers_are_cited_by_where_they_appeared(tmp_path: Path) -> None:
    claim = find_claim("rf.cor1")
    write_document([claim, replace(claim, id="bv.x", source=Source(BV, "Theorem 1"))], str(tmp_path))
    conference, preprint = (tmp_path / "w2s.bib").read_text().split("\n\n")
    assert conference.startswith("@inproceedings{rf,")
    assert "  author = {Medvedev and Lyu and Yu and Arora and Li and Srebro}," in conference
    assert "  booktitle = {ICML}," in conference
    assert preprint.startswith("@misc{bv,")
    assert "booktitle" not in preprint


def test_a_file_in_the_way_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidInput, match="cannot write into"):
        write_document([find_claim("rf.cor1")], str(tmp_path / "file"))
