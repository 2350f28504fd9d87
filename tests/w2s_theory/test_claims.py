from __future__ import annotations

from dataclasses import replace

import pytest

from w2s_theory.claim import Claim, Provenance, Step
from w2s_theory.claims import all_claims, find_claim
from w2s_theory.claims.papers import PAPERS
from w2s_theory.errors import InvalidInput


def test_ids_are_unique_and_found() -> None:
    ids = [claim.id for claim in all_claims()]
    assert len(ids) == len(set(ids))
    assert all(find_claim(name).id == name for name in ids)
    with pytest.raises(InvalidInput, match=r"unknown claim 'rf\.nothing'; allowed: rf\.cor1"):
        find_claim("rf.nothing")


def is_complete(claim: Claim) -> bool:
    """Return whether the claim names its source, its assumptions and a reason for each step."""
    return (
        claim.source.paper in PAPERS
        and isinstance(claim.provenance, Provenance)
        and bool(claim.assumptions and claim.derivation)
        and all(text.strip() for text in claim.assumptions)
        and all(isinstance(step, Step) and step.text.endswith((".", ":")) for step in claim.derivation)
    )


def test_every_claim_names_its_source_its_assumptions_and_its_reasons() -> None:
    assert [claim.id for claim in all_claims() if not is_complete(claim)] == []
    assert not is_complete(replace(find_claim("rf.lem1"), assumptions=(" ",)))
    assert not is_complete(replace(find_claim("rf.lem1"), derivation=()))


def test_no_step_says_that_a_thing_is_itself() -> None:
    steps = [(claim.id, step) for claim in all_claims() for step in claim.derivation]
    assert [(name, step.text) for name, step in steps if step.relation.args[0] == step.relation.args[1]] == []
