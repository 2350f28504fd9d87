from __future__ import annotations

from dataclasses import replace

import pytest

from proofs_checks.evidence import Evidence, Finding, Tier, Verdict
from proofs_checks.results import ClaimResult, Rejection, settle
from w2s_theory.claims import find_claim

CLAIM = find_claim("rf.thm4.1")


def finding(verdict: Verdict, covers: str = "") -> Finding:
    witness = {"L_TE": "1/3"} if verdict is Verdict.REFUTED else None
    return Finding(verdict, "summary", "domain", witness, covers)


def result(*verdicts: Verdict, rejected: bool | None = True, refutable: bool = False) -> ClaimResult:
    evidence = tuple(Evidence(Tier.PROPERTY, "method", finding(verdict), 0.1) for verdict in verdicts)
    claim = replace(CLAIM, expects_refutation=refutable)
    return ClaimResult.of(claim, evidence, (Rejection("twin", rejected, None),))


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([Verdict.SUPPORTED, Verdict.PROVED, Verdict.CERTIFIED], Verdict.PROVED),
        ([Verdict.SUPPORTED, Verdict.CERTIFIED], Verdict.CERTIFIED),
        ([Verdict.PROVED, Verdict.REFUTED], Verdict.REFUTED),
        ([Verdict.CRASHED, Verdict.TIMED_OUT], Verdict.UNDECIDED),
        ([Verdict.CRASHED, Verdict.SUPPORTED], Verdict.SUPPORTED),
        ([], Verdict.UNDECIDED),
        ([Verdict.PROVED, Verdict.INTERRUPTED], Verdict.UNDECIDED),
        ([Verdict.REFUTED, Verdict.INTERRUPTED], Verdict.REFUTED),
    ],
)
def test_the_strongest_verdict_counts_and_a_refutation_overrides(
    verdicts: list[Verdict], expected: Verdict
) -> None:
    assert settle([finding(verdict) for verdict in verdicts]) is expected


def test_partial_cover_does_not_settle_the_whole() -> None:
    part = finding(Verdict.PROVED, covers="n = 2")
    assert settle([part]) is Verdict.UNDECIDED
    assert settle([part, finding(Verdict.SUPPORTED)]) is Verdict.SUPPORTED
    assert settle([finding(Verdict.REFUTED, covers="n = 2")]) is Verdict.REFUTED


def test_what_holds_and_what_fails() -> None:
    assert result(Verdict.PROVED).holds
    assert not result(Verdict.UNDECIDED).holds
    assert not result(Verdict.UNDECIDED).failed
    assert result(Verdict.REFUTED).failed
    assert result(Verdict.PROVED, Verdict.CRASHED).failed
    accepted = result(Verdict.PROVED, rejected=False)
    assert accepted.failed
    assert not accepted.holds
    unrun = result(Verdict.PROVED, rejected=None)
    assert not unrun.failed
    assert not unrun.holds
    assert result(Verdict.REFUTED, refutable=True).holds
    assert result(Verdict.PROVED, refutable=True).failed


def test_what_does_not_hold_says_why() -> None:
    assert result(Verdict.PROVED).problem == ""
    assert result(Verdict.REFUTED).problem == "it was expected to hold"
    assert result(Verdict.PROVED, refutable=True).problem == "it was expected to be refuted"
    assert result(Verdict.UNDECIDED).problem == "undecided"
    assert result(Verdict.PROVED, Verdict.CRASHED).problem == "a check crashed"
    assert result(Verdict.PROVED, rejected=False).problem == "a falsifier was not rejected"
    assert result(Verdict.PROVED, rejected=None).problem == "a falsifier did not run"


def test_what_was_interrupted_or_not_checked_is_open_and_no_failure() -> None:
    cut = result(Verdict.PROVED, Verdict.INTERRUPTED)
    assert (cut.problem, cut.failed) == ("interrupted before all its checks ran", False)
    cut = result(Verdict.REFUTED, Verdict.INTERRUPTED, refutable=True)
    assert (cut.problem, cut.failed) == ("interrupted before all its checks ran", False)
    assert result(Verdict.REFUTED, Verdict.INTERRUPTED).failed
    assert result(Verdict.INTERRUPTED, rejected=False).failed
    unchecked = ClaimResult.of(CLAIM, [])
    assert (unchecked.problem, unchecked.failed, unchecked.holds) == ("no check in these tiers", False, False)


def test_a_broken_derivation_fails_whatever_else_is_found() -> None:
    broken = Finding(Verdict.UNDECIDED, "step 2 is false: A step.", "domain", {"x": "1"}, broken=2)
    found = ClaimResult.of(
        CLAIM,
        [
            Evidence(Tier.FORMAL, "method", finding(Verdict.PROVED), 0.1),
            Evidence(Tier.SYMBOLIC, "method", broken, 0.1),
        ],
    )
    assert found.verdict is Verdict.PROVED
    assert found.problem == "a derivation is broken"
    assert found.failed
    with pytest.raises(ValueError, match="proved by a broken derivation"):
        replace(broken, verdict=Verdict.PROVED, witness=None)


def test_the_strongest_evidence_settles_the_whole_statement() -> None:
    part = Evidence(Tier.SYMBOLIC, "algebra", finding(Verdict.PROVED, covers="n = 2"), 0.1)
    whole = Evidence(Tier.PROPERTY, "search", finding(Verdict.SUPPORTED), 0.1)
    assert ClaimResult.of(CLAIM, [part, whole]).strongest is whole
    assert ClaimResult.of(CLAIM, [part]).strongest is None
    refutation = Evidence(Tier.DECISION, "z3", finding(Verdict.REFUTED, covers="n = 2"), 0.1)
    assert ClaimResult.of(CLAIM, [part, refutation, whole]).strongest is refutation
