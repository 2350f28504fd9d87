"""All ties of claims to theorems, by the claim's id."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from proofs_checks.formal.ties import Tie

MODULES = (
    "shrinkage_ties",
    "learning_rule_ties",
    "limitation_ties",
    "chain_ties",
    "published_exponent_ties",
    "subspace_ties",
    "subspace_risk_ties",
    "subspace_monotonicity_ties",
    "subspace_bound_ties",
    "bregman_ties",
    "entropy_ties",
    "reverse_cross_entropy_ties",
)


@cache
def all_ties() -> dict[str, Tie]:
    """Return every tie, by the id of its claim."""
    found = [tie for name in MODULES for tie in import_module(f"{__package__}.{name}").TIES]
    return {tie.claim.id: tie for tie in found}
