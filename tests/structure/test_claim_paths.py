"""What is said of a claim lies at one path in both packages."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import PurePath

import proofs_checks.claims
import w2s_theory.claims
from proofs_checks.registry import checks_of
from proofs_checks.rocq.catalogue import all_ties
from w2s_theory.claims import topics

STATEMENTS, EVIDENCE = (
    {
        PurePath(module.name.removeprefix(f"{package.__name__}.").replace(".", "/")): import_module(
            module.name
        )
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if module.name.count(".") == 3
    }
    for package in (w2s_theory.claims, proofs_checks.claims)
)
"""The modules of the folders, by their path below the package."""


def beside(statement: PurePath, evidence: PurePath) -> bool:
    """Return whether the evidence is at the statement's path, or adds a word to its name."""
    same_folder = statement.parent == evidence.parent
    return same_folder and (evidence == statement or evidence.name.startswith(f"{statement.name}_"))


def test_every_module_in_the_folders_of_claims_defines_claims() -> None:
    assert [path for path, module in STATEMENTS.items() if not getattr(module, "CLAIMS", ())] == []
    assert set(STATEMENTS.values()) == set(topics())


def test_every_piece_of_evidence_is_beside_a_statement() -> None:
    assert [one for one in EVIDENCE if not any(beside(path, one) for path in STATEMENTS)] == []


def test_no_claim_is_checked_or_tied_in_the_file_of_another() -> None:
    """What several claims share is no file of a claim: `shared_checks.py`, and the rooms beside this one."""
    homes = {claim.id: path for path, module in STATEMENTS.items() for claim in module.CLAIMS}
    tied = [(tie.claim.id, path) for path, module in EVIDENCE.items() for tie in getattr(module, "TIES", ())]
    assert {name for name, _ in tied} == set(all_ties())
    paths = {module.__name__: path for path, module in EVIDENCE.items()}
    checked = [
        (name, paths[check.function.__module__])
        for name in homes
        for check in checks_of(name)
        if check.function.__module__ in paths
    ]
    assert [(name, path) for name, path in (*tied, *checked) if not beside(homes[name], path)] == []
