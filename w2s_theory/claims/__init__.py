"""The claims, paper by paper, as data."""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from types import ModuleType

from w2s_theory.claim import Claim, Part
from w2s_theory.discovery import found_in, loaded, path_of
from w2s_theory.errors import InvalidInput
from w2s_theory.origins import refuse_groundless

FOLDERS = ("random_features", "intrinsic_dimension", "bias_variance", "ours", "facts")
"""The folders of claims, one a paper, in the order in which they are listed; the last holds facts that others cite."""


def topics() -> Iterator[ModuleType]:
    """Yield every module that states claims: those of the folders, in the order of their names.

    Raises InvalidInput, naming the file, for a folder that is not listed, for a module that cannot be loaded, and for one
    whose CLAIMS would not be found or is no tuple of claims.
    """
    package = sys.modules[__name__]
    for found in pkgutil.iter_modules(package.__path__, f"{__name__}."):
        if not found.ispkg and hasattr(module := loaded(found.name), "CLAIMS"):
            raise InvalidInput(f"{path_of(module)} states claims outside the folders {', '.join(FOLDERS)}")
    for module in found_in(package, FOLDERS):
        claims = getattr(module, "CLAIMS", None)
        if not isinstance(claims, tuple) or not claims or not all(isinstance(each, Claim) for each in claims):
            raise InvalidInput(
                f"{path_of(module)} states no claims; allowed in its folder: files that define CLAIMS, a tuple of Claim"
            )
        yield module


@cache
def all_claims() -> tuple[Claim, ...]:
    """Return every claim: paper by paper, those of a paper by their ids.

    Raises InvalidInput as `topics` and `listed` do, and where a derivation rests on what has no origin.
    """
    every = listed(topics())
    refuse_groundless(every)
    return every


def listed(modules: Iterable[ModuleType]) -> tuple[Claim, ...]:
    """Return the claims of these modules: folder by folder, those of a folder by their ids.

    Raises InvalidInput, naming the files, where two claims have one id, and where one is made and not in CLAIMS.
    """
    stated: dict[str, ModuleType] = {}
    modules = list(modules)
    for module in modules:
        for claim in module.CLAIMS:
            if claim.id in stated:
                places = " and ".join(dict.fromkeys(map(path_of, (stated[claim.id], module))))
                raise InvalidInput(
                    f"two claims have the id {claim.id!r}, in {places}; allowed: an id of its own"
                )
            stated[claim.id] = module
    for module in modules:
        for made in vars(module).values():
            if isinstance(made, Claim) and made.id not in stated:
                raise InvalidInput(
                    f"{path_of(module)} makes the claim {made.id!r}, which is not in its CLAIMS"
                )
    claims = [(_place(module), claim.id, claim) for module in modules for claim in module.CLAIMS]
    return tuple(claim for _, _, claim in sorted(claims, key=lambda item: item[:2]))


def _place(module: ModuleType) -> int:
    return FOLDERS.index(module.__name__.split(".")[-2])


def claims_in(folder: str) -> tuple[Claim, ...]:
    """Return the claims that are stated in a folder."""
    return tuple(
        claim for topic in topics() if topic.__name__.split(".")[-2] == folder for claim in topic.CLAIMS
    )


def find_claim(claim_id: str) -> Claim:
    """Return the claim with this id.

    Raises InvalidInput, listing the ids, where there is none, and where it is the id of a part.
    """
    whole, _, part = claim_id.partition("#")
    for claim in all_claims():
        if claim.id == claim_id:
            return claim
        if claim.id == whole and part:
            raise InvalidInput(f"{claim_id!r} is no whole claim; allowed: {whole}")
    raise InvalidInput(
        f"unknown claim {claim_id!r}; allowed: {', '.join(claim.id for claim in all_claims())}"
    )


def resting_on(claim: Claim) -> tuple[Claim, ...]:
    """Return the claims whose derivations cite a part of this one."""
    return tuple(other for other in all_claims() if claim.id in {each.claim.id for each in other.cites})


def find_part(part_id: str) -> tuple[Claim, Part]:
    """Return the part with this id, such as `rf.thm4.1#quadratic`, and its claim.

    Raises InvalidInput, listing what there is, where there is no such claim or it has no such part.
    """
    whole, _, name = part_id.partition("#")
    claim = find_claim(whole)
    for part in claim.states:
        if part.name == name:
            return claim, part
    raise InvalidInput(f"{claim.id} has no part {name!r}; allowed: {', '.join(claim.ids())}")
