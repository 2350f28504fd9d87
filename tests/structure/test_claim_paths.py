"""What is said of a claim lies at one path in both packages, and every home of a claim names it."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from pathlib import Path, PurePath

import proofs_checks.claims
import w2s_theory.claims
from proofs_checks.homes import homes
from proofs_checks.registry import checks_of
from proofs_checks.rocq.catalogue import all_ties
from proofs_checks.rocq.sources import THEORIES
from w2s_theory.claims import all_claims, topics

ROOT = Path(__file__).parents[2]

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
    paths_of = {claim.id: path for path, module in STATEMENTS.items() for claim in module.CLAIMS}
    tied = [(tie.claim.id, path) for path, module in EVIDENCE.items() for tie in getattr(module, "TIES", ())]
    assert {name for name, _ in tied} == set(all_ties())
    paths = {module.__name__: path for path, module in EVIDENCE.items()}
    checked = [
        (name, paths[check.function.__module__])
        for name in paths_of
        for check in checks_of(name)
        if check.function.__module__ in paths
    ]
    assert [(name, path) for name, path in (*tied, *checked) if not beside(paths_of[name], path)] == []


def text_of(path: PurePath | Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def names(text: str, claim_id: str) -> bool:
    """Return whether the text has this id, and not only as the start of another."""
    return bool(re.search(rf"(?<![\w.]){re.escape(claim_id)}(?![\w-])(?!\.\w)", text))


def test_an_id_is_not_found_in_a_longer_one() -> None:
    assert names("Claims: rf.kappa, rf.thm4.1.", "rf.kappa")
    assert names("Claims: rf.kappa, rf.thm4.1.", "rf.thm4.1")
    assert not names("Claims: rf.kappa-upper, rf.thm4.12.", "rf.kappa")
    assert not names("Claims: rf.kappa-upper, rf.thm4.12.", "rf.thm4.1")


def test_the_statement_the_evidence_the_tie_and_the_theory_of_every_claim_name_its_id() -> None:
    """So that a search for the id finds them all: docstrings of modules, and comments of theories."""
    paths_of = {claim.id: path for path, module in STATEMENTS.items() for claim in module.CLAIMS}
    stated = [
        (name, module.__doc__)
        for path, module in STATEMENTS.items()
        for name in paths_of
        if paths_of[name] == path
    ]
    checked = [
        (name, module.__doc__)
        for path, module in EVIDENCE.items()
        for name in paths_of
        if paths_of[name] == path
    ]
    tied = [
        (tie.claim.id, module.__doc__) for module in EVIDENCE.values() for tie in getattr(module, "TIES", ())
    ]
    proved = [
        (tie.claim.id, text_of(THEORIES / f"claims/{paths_of[tie.claim.id]}.v"))
        for tie in all_ties().values()
    ]
    assert {name for name, _ in checked} == set(paths_of)
    assert [
        (name, text[:80]) for name, text in (*stated, *checked, *tied, *proved) if not names(text, name)
    ] == []


def test_a_claims_homes_are_files_and_lines_that_speak_of_it() -> None:
    wanting = []
    for claim in all_claims():
        found = homes(claim)
        lines = {home: text_of(home.path).splitlines()[home.line - 1] for home in found}
        expected = {"statement": claim.id, "evidence": claim.id, "theorem": "Theorem "}
        wanting += [
            (claim.id, home)
            for home, line in lines.items()
            if expected.get(home.what.split(",")[0].split()[0], "") not in line
        ]
        wanting += (
            [(claim.id, found)]
            if not {"statement", "evidence"} <= {home.what.split(",")[0] for home in found}
            else []
        )
    assert wanting == []


FOLDERS = ("w2s_theory/claims", "proofs_checks/claims", "proofs_checks/rocq/theories/claims")
"""Where only claims are at home."""


def heads() -> dict[str, str]:
    """Return the words with which each file of these folders begins, a docstring or a comment."""
    files = [
        path for folder in FOLDERS for path in (ROOT / folder).rglob("*.*") if path.suffix in (".py", ".v")
    ]
    return {path.relative_to(ROOT).as_posix(): re.split(r'"""\n|\*\)', text_of(path))[0] for path in files}


def test_a_search_for_an_id_finds_the_homes_that_are_shown_and_no_others() -> None:
    """Files that begin with the id; the body of a file may refer to the claims of another."""
    begins = heads()
    wanting = []
    for claim in all_claims():
        found = {path for path, head in begins.items() if names(head, claim.id)}
        shown = {home.path for home in homes(claim) if home.path.startswith(FOLDERS)}
        if found != shown - {"proofs_checks/claims/shared_checks.py"}:
            wanting.append((claim.id, found ^ shown))
    assert wanting == []
    assert len(begins) > 60
