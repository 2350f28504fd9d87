"""Every claim comes out as expected, every falsifier is rejected, and every check can fail."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from functools import cache

import pytest

import proofs_checks.claims  # noqa: F401  (registers the checks)
from proofs_checks.budgets import BUDGETS
from proofs_checks.evidence import SUPPORTING, Finding, Tier, Verdict
from proofs_checks.registry import Context, checks_of, falsifiers_of, find_falsifier
from proofs_checks.results import settle
from proofs_checks.verify import rejects
from w2s_theory.claim import Claim
from w2s_theory.claims import all_claims, find_claim

EXAMPLES = BUDGETS["quick"].examples
CASES = [(claim.id, falsifier.name) for claim in all_claims() for falsifier in falsifiers_of(claim.id)]


def context(label: str) -> Context:
    return Context(seed=zlib.crc32(label.encode()), examples=EXAMPLES, seconds=60)


@cache
def findings(claim_id: str) -> dict[str, Finding]:
    claim = find_claim(claim_id)
    return {check.name: check.function(claim, context(check.name)) for check in checks_of(claim_id)}


def need_tools(found: Iterable[Finding], stop_lacking: Callable[[str], None]) -> None:
    """Skip, or under CI fail, where a check's tool is missing; call it after the other checks have passed."""
    for finding in found:
        if finding.verdict is Verdict.NOT_RUN:
            stop_lacking(finding.summary)


@pytest.mark.parametrize("claim", all_claims(), ids=lambda claim: claim.id)
def test_the_claim_comes_out_as_expected(claim: Claim, stop_lacking: Callable[[str], None]) -> None:
    found = findings(claim.id)
    expected = (Verdict.REFUTED,) if claim.expects_refutation else SUPPORTING
    assert settle(list(found.values())) in expected, found
    for finding in found.values():
        assert finding.summary
        assert finding.domain
        assert (finding.verdict is not Verdict.REFUTED) or finding.witness
    need_tools(found.values(), stop_lacking)


@pytest.mark.parametrize(("claim_id", "name"), CASES, ids=[f"{claim_id}: {name}" for claim_id, name in CASES])
def test_the_falsifier_is_rejected_by_each_of_its_checks(
    claim_id: str, name: str, stop_lacking: Callable[[str], None]
) -> None:
    claim = find_claim(claim_id)
    falsifier = find_falsifier(claim_id, name)
    checks = [check for check in checks_of(claim_id) if falsifier in check.rejects]
    assert checks
    found = {check.name: check.function(falsifier.twin, context(f"{check.name} {name}")) for check in checks}
    for checked, finding in found.items():
        assert finding.verdict is Verdict.NOT_RUN or rejects(claim, finding), (
            f"{checked} accepts it: {finding}"
        )
    need_tools(found.values(), stop_lacking)


def test_every_check_rejects_some_falsifier() -> None:
    """But a sample cannot refute "some student", so that there is nothing it could fail to refute."""
    checks = [
        (claim.id, check.name)
        for claim in all_claims()
        for check in checks_of(claim.id)
        if not (claim.expects_refutation and check.tier is Tier.PROPERTY) and not check.rejects
    ]
    assert checks == []


@pytest.mark.parametrize("claim", all_claims(), ids=lambda claim: claim.id)
def test_the_same_seed_gives_the_same_finding(claim: Claim) -> None:
    for check in checks_of(claim.id):
        if check.tier in (Tier.PROPERTY, Tier.SIMULATION):
            small = Context(seed=5, examples=60, seconds=60)
            assert check.function(claim, small) == check.function(claim, small)
