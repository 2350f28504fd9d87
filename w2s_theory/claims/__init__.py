"""The claims, paper by paper, as data."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from types import ModuleType

from w2s_theory.claim import Claim
from w2s_theory.errors import InvalidInput

FOLDERS = ("random_features", "intrinsic_dimension", "bias_variance", "ours")
"""The folders of claims, one a paper, in the order in which they are listed."""


def topics() -> Iterator[ModuleType]:
    """Yield every module that states claims: those of the folders, in the order of their names."""
    for folder in FOLDERS:
        package = import_module(f"{__name__}.{folder}")
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            yield import_module(found.name)


@cache
def all_claims() -> tuple[Claim, ...]:
    """Return every claim: paper by paper, those of a paper by their ids."""
    found = [(FOLDERS.index(topic.__name__.split(".")[-2]), topic) for topic in topics()]
    claims = [(folder, claim.id, claim) for folder, topic in found for claim in topic.CLAIMS]
    return tuple(claim for _, _, claim in sorted(claims, key=lambda item: item[:2]))


def find_claim(claim_id: str) -> Claim:
    """Return the claim with this id; raises InvalidInput, listing the ids, where there is none."""
    for claim in all_claims():
        if claim.id == claim_id:
            return claim
    raise InvalidInput(
        f"unknown claim {claim_id!r}; allowed: {', '.join(claim.id for claim in all_claims())}"
    )
