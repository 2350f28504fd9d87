"""Every tie speaks of its claim, and something denied shows that its hypotheses can be met."""

from __future__ import annotations

import re

import pytest

import proofs_checks.claims  # noqa: F401  (registers the checks)
from proofs_checks.registry import checks_of, falsifiers_of
from proofs_checks.rocq.catalogue import all_ties
from proofs_checks.rocq.checks import rocq
from proofs_checks.rocq.lemmas import statement_file, tied_parts
from proofs_checks.rocq.ties import Open, Part, Tie
from w2s_theory.claims import find_claim

TIES = [pytest.param(tie, id=claim_id) for claim_id, tie in all_ties().items()]


@pytest.mark.parametrize("tie", TIES)
def test_the_tie_has_every_part_of_the_claim_in_the_catalogue(tie: Tie) -> None:
    assert tie.claim == find_claim(tie.claim.id)
    assert len(tie.parts) == len(tie.claim.parts)
    parts = [part for part in tie.parts if isinstance(part, Part)]
    text = statement_file(tie, tie.claim)
    assert text.count("Lemma part_") == len(parts) > 0
    assert all(part.says for part in tie.parts if isinstance(part, Open))
    # A theory of claims is never imported: nothing in it may change what a lemma says.
    assert set(re.findall(r"From (\S+) Require Import", text)) <= {"Coq", "W2S.library"}


@pytest.mark.parametrize("tie", TIES)
def test_the_check_is_registered_and_its_falsifiers_exist(tie: Tie) -> None:
    assert checks_of(tie.claim.id)[0].function is rocq
    known = {item.name: item for item in falsifiers_of(tie.claim.id)}
    parts = [part for part in tie.parts if isinstance(part, Part)]
    # Something denied under the same hypotheses shows that they can be met.
    met = {part.given for part in parts if part.refutations}
    assert [part.theorem for part in parts if part.given not in met] == []
    for refutation in (item for part in parts for item in part.refutations):
        assert rocq.__name__ in known[refutation.falsifier].by
        assert refutation.values


@pytest.mark.parametrize("tie", TIES)
def test_every_twin_changes_a_part_that_a_theorem_denies(tie: Tie) -> None:
    for falsifier in falsifiers_of(tie.claim.id):
        if rocq.__name__ in falsifier.by:
            changed = [item.part for item in tied_parts(tie, falsifier.twin) if item.changed]
            named = {r.falsifier for part in changed if isinstance(part, Part) for r in part.refutations}
            assert falsifier.name in named
