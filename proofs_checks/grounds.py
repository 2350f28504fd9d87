"""What verdicts rest on: the claims that others cite, and results with the fate of all that they take as stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from proofs_checks.evidence import Evidence, Ground
from proofs_checks.results import ClaimResult
from w2s_theory.claim import Claim, Provenance
from w2s_theory.errors import InvalidInput
from w2s_theory.verdict import Verdict


def with_dependencies(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims, and after them those that they cite, and that these cite, each once."""
    found = {claim.id: claim for claim in claims}
    waiting = list(claims)
    for claim in waiting:  # grows while it is read
        waiting += [each.claim for each in claim.cites if each.claim.id not in found]
        found |= {each.claim.id: each.claim for each in claim.cites if each.claim.id not in found}
    return tuple(found.values())


def grounded(results: Sequence[ClaimResult]) -> tuple[ClaimResult, ...]:
    """Return the results, in their order, with what came of each part of another claim that a finding rests on.

    What has no result here was not run. Raises InvalidInput where results rest on each other in a circle.
    """
    done: dict[str, ClaimResult] = {}
    for claim_id in _foundations_first(results):
        result = next(each for each in results if each.id == claim_id)
        done[claim_id] = replace(
            result, evidence=tuple(_with_grounds(item, done) for item in result.evidence)
        )
    return tuple(done[result.id] for result in results)


def _foundations_first(results: Sequence[ClaimResult]) -> list[str]:
    ids = {result.id for result in results}
    rests_on = {
        result.id: {part.partition("#")[0] for item in result.evidence for part in item.finding.rests_on}
        & ids
        for result in results
    }
    try:
        return list(TopologicalSorter(rests_on).static_order())
    except CycleError as error:
        circle = " -> ".join(reversed(error.args[1]))
        raise InvalidInput(f"claims rest on each other in a circle, {circle}; allowed: none") from error


def _with_grounds(item: Evidence, done: dict[str, ClaimResult]) -> Evidence:
    return replace(item, given=tuple(_ground(part, done) for part in item.finding.rests_on))


def _ground(part: str, done: dict[str, ClaimResult]) -> Ground:
    claim_id = part.partition("#")[0]
    result = done.get(claim_id)
    if result is None or part not in result.parts:
        return Ground(part, claim_id, False, Verdict.NOT_RUN)
    problem = result.problem if result.failed else ""
    is_fact = result.provenance == Provenance.TEXTBOOK
    return Ground(part, result.title, is_fact, result.verdict_on(part), problem)
