from __future__ import annotations

from dataclasses import replace

from proofs_checks.export.claims import claim_lines, formulas, label
from w2s_theory.claim import Assumption, Claim
from w2s_theory.claims import all_claims, find_claim


def is_well_formed(claim: Claim) -> bool:
    """Return whether braces balance, theorem and equation have labels, and every formula is an equation."""
    text = "\n".join(claim_lines(claim)).replace(r"\{", "").replace(r"\}", "")
    labels = (rf"\label{{thm:{claim.id}}}", rf"\label{{eq:{claim.id}}}")
    return (
        text.count("{") == text.count("}")
        and all(label in text for label in labels)
        and text.count(r"\begin{equation}") == 1 + len(claim.derivation) == len(formulas(claim))
    )


def test_every_claim_prints_with_balanced_braces_and_stable_labels() -> None:
    assert [claim.id for claim in all_claims() if not is_well_formed(claim)] == []


def test_a_claim_shows_its_reasons() -> None:
    text = "\n".join(claim_lines(find_claim("rf.thm4.2"), evidence="proved"))
    assert r"\textit{(nonnegative)}" in text
    assert r"\par Given $" in text
    assert r"\par The difference of the sides is the sum of" in text
    assert r"\textit{Evidence.} proved" in text
    assert "reconstructed from the paper" in text


def test_a_refuted_statement_is_no_theorem() -> None:
    text = "\n".join(claim_lines(find_claim("rf.summary-eta")))
    assert r"\begin{falsehood}" in text
    assert r"\begin{theorem}" not in text


def test_ids_are_safe_as_labels_and_file_names() -> None:
    assert [claim.id for claim in all_claims() if label(claim.id) != claim.id] == []
    assert label("../../etc/passwd") == "etc-passwd"
    assert label(r"my_\input{x} claim") == "my-input-x-claim"


def test_text_of_a_user_prints() -> None:
    claim = replace(
        find_claim("rf.cor1"), title=r"50% of \input{x}", assumptions=(Assumption(r"\write18{ls}"),)
    )
    text = "\n".join(claim_lines(claim))
    assert r"\input" not in text
    assert r"\write" not in text
    assert r"\textbackslash{}write18\{ls\}" in text
