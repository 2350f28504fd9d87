"""No derivation proves anything from nothing: what it is given and what it concludes cannot be falsified alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sympy import Eq, Le
from sympy.core.relational import Relational

import proofs_checks.claims  # noqa: F401  (registers the checks)
from proofs_checks.evidence import Tier, Verdict
from proofs_checks.methods.algebra import broken_derivation, check_derivation
from proofs_checks.registry import Context, checks_of
from w2s_theory.claim import Cited, Claim, Part, Rule, Step
from w2s_theory.claims import all_claims, find_claim
from w2s_theory.relations import at_least, with_sides


def falsified(relation: Relational) -> Relational:
    """Return the relation with 7 more on its right, which asks for more; less where it says "at most"."""
    left, right = relation.args
    return with_sides(relation, left, right - 7 if isinstance(relation, Le) else right + 7)


def falsified_alike(claim: Claim) -> Iterator[tuple[int, Claim]]:
    """Yield the claim with one given of one step, the conclusions of its statement and their steps false, and the step."""
    concluded = {relation: falsified(relation) for relation in claim.relations}
    states = tuple(Part(part.name, concluded[part.relation]) for part in claim.states)
    steps = [replace(step, relation=concluded.get(step.relation, step.relation)) for step in claim.derivation]
    for number, step in enumerate(claim.derivation):
        for place, item in enumerate(step.given):
            given = list(step.given)
            given[place] = falsified(item.relation if isinstance(item, Cited) else item)
            changed = [*steps]
            changed[number] = replace(changed[number], given=tuple(given))
            yield number + 1, replace(claim, states=states, derivation=tuple(changed))


@pytest.mark.parametrize("claim", all_claims(), ids=lambda claim: claim.id)
def test_a_given_and_the_conclusion_falsified_alike_prove_nothing(claim: Claim) -> None:
    for number, twin in falsified_alike(claim):
        finding = broken_derivation(twin)
        assert finding is not None
        assert finding.broken is not None
        assert finding.broken <= number
        assert "has no origin" in finding.summary or finding.broken < number
        assert check_derivation(twin) == finding


@pytest.mark.parametrize("claim", all_claims(), ids=lambda claim: claim.id)
def test_no_symbolic_check_proves_anything_by_a_derivation_with_a_given_from_nowhere(claim: Claim) -> None:
    """Whatever function a claim has for it; those that read no derivation may support, and prove nothing."""
    steps = list(claim.derivation)
    nowhere = falsified(at_least(claim.relations[0].args[0], claim.relations[0].args[1]))
    steps[-1] = replace(steps[-1], given=(*steps[-1].given, nowhere))
    twin = replace(claim, derivation=tuple(steps))
    context = Context(seed=1, examples=20, seconds=20)
    found = [
        check.function(twin, context)
        for check in checks_of(claim.id)
        if check.tier is Tier.SYMBOLIC and not check.name.endswith("_orders")
    ]
    assert found or not any(check.tier is Tier.SYMBOLIC for check in checks_of(claim.id))
    assert all(finding.broken == len(steps) for finding in found)
    assert all(finding.verdict is Verdict.UNDECIDED for finding in found)


def test_a_false_step_is_named_with_values_and_refutes_nothing() -> None:
    claim = find_claim("rf.thm4.1")
    wrong = claim.derivation[6]
    left, right = wrong.relation.args
    twin = replace(
        claim, derivation=(replace(wrong, relation=Eq(left, right + 1, evaluate=False)), *claim.derivation)
    )
    finding = check_derivation(twin)
    assert finding.verdict is Verdict.UNDECIDED
    assert finding.broken == 1


def test_a_false_unused_step_refutes_nothing_and_is_shown() -> None:
    claim = find_claim("rf.thm4.2")
    false = Step("Nonsense.", at_least(claim.relations[0].args[0], 5), Rule.NONNEGATIVE)
    finding = check_derivation(replace(claim, derivation=(*claim.derivation, false)))
    assert finding.verdict is Verdict.UNDECIDED
    assert finding.broken == len(claim.derivation) + 1
    assert finding.summary == f"step {finding.broken} is false: Nonsense."
    assert finding.witness == {"L_ST": "1/2"}
