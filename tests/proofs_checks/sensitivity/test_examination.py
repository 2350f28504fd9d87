from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sympy import Rational

import proofs_checks.claims  # noqa: F401  (registers the checks)
from proofs_checks import registry
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.registry import Context, check
from proofs_checks.sensitivity import examination
from proofs_checks.sensitivity.examination import accepts, examine, rejects
from proofs_checks.sensitivity.fates import Fate, Sensitivity, counts
from proofs_checks.sensitivity.twins import Change
from w2s_theory.claim import Claim, Part
from w2s_theory.claims import find_claim
from w2s_theory.notation.symbols import L_TE
from w2s_theory.relations import at_least

WHOLE = Finding(Verdict.PROVED, "fine", "here")
REFUTED = Finding(Verdict.REFUTED, "false", "here", {"L_TE": "1"})


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Claim]:
    """A claim of its own, 1 >= L_TE, that workers would not find: questions are answered here."""
    claim = replace(
        find_claim("rf.thm4.2"),
        id="rf.planted",
        states=(Part("bound", at_least(1, L_TE)),),
        derivation=(),
        assumptions=(),
    )
    monkeypatch.setattr(examination, "find_claim", lambda claim_id: claim)
    yield claim
    registry._checks.pop(claim.id, None)


def fates_of(claim: Claim) -> list[Fate]:
    found = []
    for _, rungs in examination._ladders(claim, tuple(Change), None):
        asking = examination._examination(claim, rungs, tuple(Tier))
        try:
            question = next(asking)
            while True:
                question = asking.send(examination._answer(question, 10, 0)[0])
        except StopIteration as ended:
            found += ended.value
    return found


def test_a_check_that_reads_nothing_is_reported_by_its_survivors(planted: Claim) -> None:
    @check(planted, Tier.PROPERTY, "reads nothing")
    def careless(claim: Claim, context: Context) -> Finding:
        return Finding(Verdict.SUPPORTED, "fine", "here")

    fates = fates_of(planted)
    wrong = [fate for fate in fates if not fate.excused]
    assert wrong
    assert all(fate.survives for fate in wrong)
    assert Sensitivity(tuple(fates), 0).exit_code == 1


def test_a_check_that_proves_a_wrong_twin_is_not_made_up_for_by_one_that_refutes_it(planted: Claim) -> None:
    @check(planted, Tier.DECISION, "proves everything")
    def generous(claim: Claim, context: Context) -> Finding:
        return WHOLE

    @check(planted, Tier.PROPERTY, "refutes everything")
    def strict(claim: Claim, context: Context) -> Finding:
        return REFUTED

    wrong = [fate for fate in fates_of(planted) if not fate.excused and fate.sent]
    assert all(fate.rejected_by == (Tier.PROPERTY,) for fate in wrong)
    assert all(fate.survives for fate in wrong)
    assert any(fate.accepted_by == (Tier.DECISION,) for fate in wrong)


def test_a_check_that_reads_the_constant_sees_5_percent_and_not_1(planted: Claim) -> None:
    @check(planted, Tier.PROPERTY, "sees a constant of 0.97 or less")
    def coarse(claim: Claim, context: Context) -> Finding:
        constant = claim.relation("bound").lhs
        return REFUTED if constant <= Rational(97, 100) else Finding(Verdict.SUPPORTED, "fine", "here")

    @check(planted, Tier.SIMULATION, "crashes, which rejects nothing")
    def crashing(claim: Claim, context: Context) -> Finding:
        raise RuntimeError("no such draw")

    smaller = [fate for fate in fates_of(planted) if "constant 1 smaller" in fate.twin.ladder]
    by_change = {fate.twin.change: fate for fate in smaller}
    assert by_change[Change.ONE_PERCENT].survives
    assert by_change[Change.FIVE_PERCENT].rejected_by == (Tier.PROPERTY,)
    assert by_change[Change.UNIT].rejected_by == (Tier.PROPERTY,)


def test_what_is_refuted_twice_is_not_sent_again(planted: Claim) -> None:
    for tier in (Tier.DECISION, Tier.PROPERTY):

        def refuting(claim: Claim, context: Context) -> Finding:
            return REFUTED

        refuting.__name__ = f"refuting_by_{tier}"
        check(planted, tier, "refutes everything")(refuting)
    numbers = [fate for fate in fates_of(planted) if "constant 1 smaller" in fate.twin.ladder]
    assert [fate.sent for fate in numbers] == [True, False, False]
    assert all(fate.rejected_by == (Tier.DECISION, Tier.PROPERTY) for fate in numbers)
    assert counts(numbers, Change.FIVE_PERCENT) == {"true": 0, "none": 0, "one": 0, "two": 1}


def test_what_rejects_and_what_accepts() -> None:
    broken = Finding(Verdict.UNDECIDED, "step 1 does not re-check", "here", broken=1)
    undecided = Finding(Verdict.UNDECIDED, "no step concludes it", "here")
    assert rejects(Tier.SYMBOLIC, broken)
    assert not rejects(Tier.DECISION, broken)
    assert not rejects(Tier.SYMBOLIC, undecided)
    assert rejects(Tier.PROPERTY, REFUTED)
    other = Finding(Verdict.PROVED, "fine", "here", covers="another part", parts=("rf.planted#other",))
    assert accepts(WHOLE, "rf.planted#bound")
    assert not accepts(other, "rf.planted#bound")
    assert not accepts(Finding(Verdict.SUPPORTED, "fine", "here"), "rf.planted#bound")


def test_claims_known_to_be_false_have_no_wrong_twins() -> None:
    assert not list(examination._ladders(find_claim("rf.summary-eta"), tuple(Change), None))


@pytest.mark.parametrize(("claim_id", "tiers"), [("rf.thm4.2", 1), ("fact.inverse-wishart", 2)])
def test_changes_of_5_percent_are_rejected(claim_id: str, tiers: int) -> None:
    found = examine([find_claim(claim_id)], tiers=tuple(Tier), changes=(Change.FIVE_PERCENT,), most=4, jobs=1)
    assert found.fates
    assert not found.survivors
    assert all(fate.excused or len(fate.rejected_by) >= tiers for fate in found.fates)
