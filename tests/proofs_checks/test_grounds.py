"""What verdicts rest on: a weak, failed or missing ground shows on all that rests on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from proofs_checks.evidence import Evidence, Finding, Tier, Verdict
from proofs_checks.grounds import grounded, with_dependencies
from proofs_checks.results import ClaimResult, Rejection
from w2s_theory.claims import all_claims, find_claim
from w2s_theory.errors import InvalidInput

COROLLARY, THEOREM = find_claim("rf.cor1"), find_claim("rf.thm4.1")
LENGTHS, ROOTS = find_claim("fact.cauchy-schwarz"), find_claim("fact.power-order")
CHAIN = (COROLLARY, THEOREM, LENGTHS, ROOTS)


def results(**verdicts: Verdict) -> list[ClaimResult]:
    """Return results on a corollary, its theorem and two facts: proved, but for those of these verdicts."""
    found = []
    for name, claim in zip(("corollary", "theorem", "lengths", "roots"), CHAIN, strict=True):
        verdict = verdicts.get(name, Verdict.PROVED)
        rests_on = tuple(dict.fromkeys(citation.id for citation in claim.cites))
        witness = {"x": "1"} if verdict is Verdict.REFUTED else None
        finding = Finding(verdict, "summary", "domain", witness, rests_on=rests_on)
        found.append(ClaimResult.of(claim, [Evidence(Tier.SYMBOLIC, "algebra", finding, 0.1)]))
    return found


def verdicts(found: list[ClaimResult]) -> list[Verdict]:
    return [result.verdict for result in grounded(found)]


def test_dependencies_come_after_what_was_asked_for_each_once() -> None:
    assert with_dependencies([COROLLARY]) == CHAIN
    assert with_dependencies([ROOTS, COROLLARY]) == (ROOTS, COROLLARY, THEOREM, LENGTHS)
    assert with_dependencies(all_claims()) == all_claims()


def test_all_is_proved_where_all_grounds_are() -> None:
    assert verdicts(results()) == [Verdict.PROVED] * 4


@pytest.mark.parametrize("weaker", [Verdict.CERTIFIED, Verdict.SUPPORTED])
def test_a_weaker_ground_weakens_all_that_rests_on_it(weaker: Verdict) -> None:
    assert verdicts(results(roots=weaker)) == [weaker, weaker, weaker, weaker]
    assert verdicts(results(theorem=weaker)) == [weaker, weaker, Verdict.PROVED, Verdict.PROVED]


@pytest.mark.parametrize("lost", [Verdict.UNDECIDED, Verdict.CRASHED, Verdict.TIMED_OUT, Verdict.NOT_RUN])
def test_a_lost_ground_leaves_all_that_rests_on_it_undecided(lost: Verdict) -> None:
    corollary, theorem, lengths, roots = grounded(results(roots=lost))
    assert (corollary.verdict, theorem.verdict) == (Verdict.UNDECIDED, Verdict.UNDECIDED)
    why = ": a check crashed" if lost is Verdict.CRASHED else ", which is undecided"
    assert theorem.problem == "it rests on fact.cauchy-schwarz#lengths, which is undecided"
    assert lengths.problem == f"it rests on fact.power-order#roots{why}"
    assert corollary.problem == "it rests on rf.thm4.1#quadratic, which is undecided"
    assert not theorem.failed
    assert not theorem.holds
    assert roots.failed is (lost is Verdict.CRASHED)


def test_a_refuted_ground_and_one_whose_twin_was_let_through_carry_nothing() -> None:
    assert verdicts(results(lengths=Verdict.REFUTED))[:2] == [Verdict.UNDECIDED] * 2
    *others, roots = results()
    let_through = replace(roots, falsifiers=(Rejection("a twin", False, None),))
    corollary, theorem, lengths, _ = grounded([*others, let_through])
    assert lengths.problem == "it rests on fact.power-order#roots: a falsifier was not rejected"
    assert (corollary.verdict, theorem.verdict) == (Verdict.UNDECIDED, Verdict.UNDECIDED)


def test_evidence_that_rests_on_nothing_keeps_its_verdict() -> None:
    corollary, theorem, lengths, roots = results(roots=Verdict.UNDECIDED)
    formal = Evidence(Tier.FORMAL, "kernel", Finding(Verdict.PROVED, "a theorem", "domain"), 0.1)
    both = replace(theorem, evidence=(formal, *theorem.evidence))
    assert verdicts([corollary, both, lengths, roots])[:2] == [Verdict.PROVED, Verdict.PROVED]


def test_a_ground_is_a_part_and_not_its_whole_claim() -> None:
    corollary, theorem, lengths, roots = results()
    found = theorem.evidence[0].finding
    some = replace(found, covers="the bound", parts=("rf.thm4.1#quadratic",))
    other = replace(found, covers="the curve", parts=("rf.thm4.1#curve",))
    for finding, expected in ((some, Verdict.PROVED), (other, Verdict.UNDECIDED)):
        partial = replace(theorem, evidence=(replace(theorem.evidence[0], finding=finding),))
        assert verdicts([corollary, partial, lengths, roots])[0] is expected


def test_what_has_no_result_was_not_run() -> None:
    corollary, *_ = grounded(results()[:1])
    assert corollary.verdict is Verdict.UNDECIDED
    assert corollary.problem == "it rests on rf.thm4.1#quadratic, which is not run"


def test_a_circle_is_refused() -> None:
    corollary, theorem, *_ = results()
    back = replace(theorem.evidence[0].finding, rests_on=(COROLLARY.ids()[0],))
    turned = replace(theorem, evidence=(replace(theorem.evidence[0], finding=back),))
    with pytest.raises(InvalidInput, match=r"in a circle, rf.*allowed: none"):
        grounded([corollary, turned])
