"""Every tie speaks of its claim, and something denied shows that its hypotheses can be met."""

from __future__ import annotations

import re

import proofs_checks.claims  # noqa: F401  (registers the checks)
from proofs_checks.registry import checks_of
from proofs_checks.rocq.catalogue import all_ties
from proofs_checks.rocq.checks import rocq
from proofs_checks.rocq.lemmas import statement_file, tied_parts
from proofs_checks.rocq.ties import Open, Tie
from w2s_theory.claim import Claim
from w2s_theory.claims import find_claim

TIES = list(all_ties().values())


def test_every_tie_has_the_parts_of_its_claim_in_the_catalogue() -> None:
    assert [tie.claim.id for tie in TIES if tie.claim != find_claim(tie.claim.id)] == []
    assert [tie.claim.id for tie in TIES if set(tie.parts) != set(tie.claim.names) or not tie.proved] == []
    said = [(tie.claim.id, part) for tie in TIES for part in tie.parts.values() if isinstance(part, Open)]
    assert [name for name, part in said if not part.says] == []


def test_every_statement_file_has_a_lemma_a_part_and_imports_the_library_only() -> None:
    """A theory of claims is never imported: nothing in it may change what a lemma says."""
    files = [(tie, statement_file(tie, tie.claim)) for tie in TIES]
    assert [tie.claim.id for tie, text in files if text.count("Lemma part_") != len(tie.proved)] == []
    imported = [(tie, set(re.findall(r"From (\S+) Require Import", text))) for tie, text in files]
    assert [tie.claim.id for tie, found in imported if not found <= {"Coq", "W2S.library"}] == []


def test_every_tie_is_a_registered_check_and_its_falsifiers_exist() -> None:
    assert [tie.claim.id for tie in TIES if checks_of(tie.claim.id)[0].function is not rocq] == []
    known = {(tie.claim.id, twin.name) for tie in TIES for twin in checks_of(tie.claim.id)[0].rejects}
    denials = [
        (tie.claim.id, item) for tie in TIES for part in tie.proved.values() for item in part.refutations
    ]
    assert [(name, item) for name, item in denials if (name, item.twin.name) not in known] == []
    assert [(name, item) for name, item in denials if not item.values] == []


def test_something_denied_under_the_same_hypotheses_shows_that_they_can_be_met() -> None:
    met = {(tie.claim.id, part.given) for tie in TIES for part in tie.proved.values() if part.refutations}
    parts = [(tie.claim.id, part) for tie in TIES for part in tie.proved.values()]
    assert [part.theorem for name, part in parts if (name, part.given) not in met] == []


def denied(tie: Tie, twin: Claim) -> set[str]:
    """Return the names of the twins that are denied on the parts which this one changes."""
    changed = [item.name for item in tied_parts(tie, twin) if item.changed]
    return {
        item.twin.name for name, part in tie.proved.items() if name in changed for item in part.refutations
    }


def test_every_twin_changes_a_part_that_a_theorem_denies() -> None:
    twins = [(tie, falsifier) for tie in TIES for falsifier in checks_of(tie.claim.id)[0].rejects]
    missing = [(tie.claim.id, item.name) for tie, item in twins if item.name not in denied(tie, item.twin)]
    assert missing == []
