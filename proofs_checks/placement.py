"""Where the evidence for a claim has to be: at the path of its statement, or beside it with a word added to the name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import ModuleType

from proofs_checks.registry import checked_claims, checks_of
from w2s_theory.claim import Claim
from w2s_theory.claims import topics
from w2s_theory.discovery import path_of
from w2s_theory.errors import InvalidInput

STATEMENTS, EVIDENCE = "w2s_theory.claims.", "proofs_checks.claims."


def homes_of(topics: Iterable[ModuleType]) -> dict[str, str]:
    """Return the name of the module that states each claim, by the claim's id."""
    return {claim.id: topic.__name__ for topic in topics for claim in topic.CLAIMS}


def without_checks(claim: Claim) -> str:
    """Return the line on a claim that has no checks, with the path where they are expected."""
    home = homes_of(topics()).get(claim.id, "")
    expected = (
        _file(home.replace(STATEMENTS, EVIDENCE)) if home else "proofs_checks/claims/<paper>/<topic>.py"
    )
    return f"{claim.id} has no checks; expected in {expected}"


def refuse_beside_nothing(module: ModuleType, homes: Mapping[str, str]) -> None:
    """Raise InvalidInput where a module of evidence is at no statement's path, nor beside one."""
    if not any(_beside(module.__name__, home) for home in homes.values()):
        expected = _file(module.__name__.replace(EVIDENCE, STATEMENTS))
        raise InvalidInput(f"{path_of(module)} is at the path of no statement; expected: {expected}")


def refuse_checks_elsewhere(homes: Mapping[str, str]) -> None:
    """Raise InvalidInput where a check of a claim was registered at another path than the claim's."""
    for claim_id in checked_claims():
        for check in checks_of(claim_id):
            if check.module:
                refuse_elsewhere(claim_id, check.module, homes)


def refuse_elsewhere(claim_id: str, module: str, homes: Mapping[str, str]) -> None:
    """Raise InvalidInput where a module with evidence for a claim is at another path than the claim's."""
    if claim_id not in homes:
        raise InvalidInput(f"{_file(module)} has evidence for {claim_id!r}, which is no claim that is stated")
    home = homes[claim_id]
    if not _beside(module, home):
        raise InvalidInput(
            f"{_file(module)} has evidence for {claim_id!r}, which is stated in {_file(home)}; "
            f"allowed: {_file(home.replace(STATEMENTS, EVIDENCE))}, or a file beside it with a word added to its name"
        )


def _beside(module: str, home: str) -> bool:
    path, expected = module.removeprefix(EVIDENCE), home.removeprefix(STATEMENTS)
    return path == expected or path.startswith(f"{expected}_")


def _file(module: str) -> str:
    return f"{module.replace('.', '/')}.py"
