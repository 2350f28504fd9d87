"""Every claim comes out as expected, every falsifier is rejected, and every check can fail."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

import pytest
from sympy import Eq
from sympy.core.relational import Relational

import proofs_checks.claims  # noqa: F401  (registers the checks)
from proofs_checks.budgets import BUDGETS
from proofs_checks.claims.shared_checks import derivation
from proofs_checks.evidence import SUPPORTING, Finding, Tier, Verdict
from proofs_checks.registry import Context, checks_of, falsifiers_of, find_falsifier
from proofs_checks.results import settle
from proofs_checks.verify import rejects
from w2s_theory.claim import Claim
from w2s_theory.claims import all_claims, find_claim
from w2s_theory.relations import with_sides

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


OF_NO_PART = {
    ("rf.thm3.1", "relu_bounds"): "the bounds by kappa that its limits are taken of",
    ("sharp.relu-rate", "relu_squeeze"): "the bounds by kappa that its limits are taken of",
    ("sharp.relu-rate", "exponent_of_figure_2"): "the exponent, which is not the limit's value",
}
"""Checks of what stands beside the statement, as the words after "covers" tell."""


def denied(relation: Relational) -> Relational:
    """Return a relation that is false where this one holds: an inequality turned round, an equation off by 1."""
    if isinstance(relation, Eq):
        return with_sides(relation, relation.lhs, relation.rhs + 1)
    return with_sides(relation.negated, relation.lhs, relation.rhs)


@pytest.mark.parametrize("claim", all_claims(), ids=lambda claim: claim.id)
def test_a_check_reads_the_parts_that_it_reports_on(claim: Claim) -> None:
    """With a part denied it does not support the statement: it refutes it, or finds a form that it is not written for.

    Derivations and ties conclude the parts as they are written, and cannot conclude others.
    """
    unread = []
    for check in checks_of(claim.id):
        found = findings(claim.id)[check.name]
        by_conclusion = check.tier is Tier.FORMAL or check.function is derivation
        if by_conclusion or found.verdict not in SUPPORTING or (claim.id, check.name) in OF_NO_PART:
            continue
        for part in claim.states:
            if found.parts and claim.part_id(part.name) not in found.parts:
                continue
            states = tuple(
                replace(each, relation=denied(each.relation)) if each is part else each
                for each in claim.states
            )
            small = Context(seed=zlib.crc32(check.name.encode()), examples=200, seconds=60)
            try:
                verdict = check.function(replace(claim, states=states), small).verdict
            except (ValueError, TypeError, AttributeError):
                continue
            if verdict in SUPPORTING:
                unread.append(f"{check.name}: {part.name}")
    assert unread == []


@pytest.mark.parametrize("claim", all_claims(), ids=lambda claim: claim.id)
def test_the_same_seed_gives_the_same_finding(claim: Claim) -> None:
    for check in checks_of(claim.id):
        if check.tier in (Tier.PROPERTY, Tier.SIMULATION):
            small = Context(seed=5, examples=60, seconds=60)
            assert check.function(claim, small) == check.function(claim, small)
