from __future__ import annotations

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


@pytest.mark.parametrize("claim", all_claims(), ids=lambda claim: claim.id)
def test_every_claim_names_its_source_its_assumptions_and_its_reasons(claim: Claim) -> None:
    assert claim.source.paper in PAPERS
    assert isinstance(claim.provenance, Provenance)
    assert claim.assumptions
    assert all(text.strip() for text in claim.assumptions)
    assert claim.derivation
    for step in claim.derivation:
        assert isinstance(step, Step)
        assert step.text.endswith((".", ":"))


@pytest.mark.parametrize("claim", all_claims(), ids=lambda claim: claim.id)
def test_no_step_says_that_a_thing_is_itself(claim: Claim) -> None:
    for step in claim.derivation:
        left, right = step.relation.args
        assert left != right, step.text
