"""Claims by the names that people type; a file's name is told from an unknown id."""

from __future__ import annotations

import os
from collections.abc import Sequence

from w2s_theory.claim import Claim
from w2s_theory.claims import all_claims, find_claim
from w2s_theory.errors import InvalidInput

_ENDINGS = (".json", ".html", ".md", ".xml", ".tex", ".txt")


def claim_named(name: str, instead: str) -> Claim:
    """Return the claim with this id.

    Raises InvalidInput where there is none; for the name of a file, with what takes it `instead`.
    """
    if name not in {claim.id for claim in all_claims()} and is_file(name):
        raise InvalidInput(f"{name!r} is a file, and the id of a claim was expected; {instead}")
    return find_claim(name)


def claims_named(names: Sequence[str], instead: str) -> list[Claim]:
    """Return the claims with these ids, each once, or all where none is given. Raises InvalidInput as `claim_named` does."""
    return [claim_named(name, instead) for name in dict.fromkeys(names)] or list(all_claims())


def is_file(name: str) -> bool:
    """Return whether a name is that of a file, there or not."""
    return name.endswith(_ENDINGS) or os.path.isfile(name)  # which takes names of any length
