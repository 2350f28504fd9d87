"""The claims, paper by paper, as data."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from w2s_theory.claims import Claim
from w2s_theory.errors import InvalidInput

MODULES = (
    "shrinkage_optimality",
    "limitation",
    "kernel_spectrum",
    "spectrum_decay",
    "odd_degrees",
    "universality",
    "feature_alignment",
    "alignment_law",
    "published_exponent",
    "rate_theorems",
    "fixed_point_rates",
    "sharp_rates",
    "sharp",
    "bridge",
    "bregman_divergences",
    "gap_and_misfit",
    "large_student",
    "reverse_cross_entropy",
    "predictive_uncertainty",
    "intrinsic_dimension",
    "subspace_bounds",
    "subspace_monotonicity",
)


@cache
def all_claims() -> tuple[Claim, ...]:
    """Return every claim, in the order of the papers and of their statements."""
    found: list[Claim] = []
    for name in MODULES:
        found += import_module(f"{__name__}.{name}").CLAIMS
    return tuple(found)


def find_claim(claim_id: str) -> Claim:
    """Return the claim with this id; raises InvalidInput, listing the ids, where there is none."""
    for claim in all_claims():
        if claim.id == claim_id:
            return claim
    raise InvalidInput(
        f"unknown claim {claim_id!r}; allowed: {', '.join(claim.id for claim in all_claims())}"
    )
