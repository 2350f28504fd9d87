"""The ties of claims to theorems, by the claim's id: each module of `proofs_checks.claims` adds its own."""

from __future__ import annotations

from collections.abc import Mapping

from proofs_checks.rocq.ties import Tie

_ties: dict[str, Tie] = {}


def add(tie: Tie) -> None:
    """Add a tie; raises ValueError where its claim has one already."""
    if tie.claim.id in _ties:
        raise ValueError(f"{tie.claim.id} has two ties")
    _ties[tie.claim.id] = tie


def all_ties() -> Mapping[str, Tie]:
    """Return every tie that was added, by the id of its claim; `proofs_checks.claims` adds them when imported."""
    return _ties
