"""Where a claim is at home: the lines that state it, check it, tie it to theorems and prove these."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import proofs_checks.claims
import w2s_theory.claims
from proofs_checks.registry import checks_of
from proofs_checks.rocq.catalogue import all_ties
from proofs_checks.rocq.sources import theory_file
from proofs_checks.rocq.ties import theory_of
from w2s_theory.claim import Claim
from w2s_theory.claims import topics

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Home:
    """A line of a file below the folder of the packages, and what is there: `statement`, a check's name, a theorem's."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {self.what}"


def homes(claim: Claim) -> tuple[Home, ...]:
    """Return where a claim is stated, its evidence is, its checks are defined and its theorems, in this order."""
    return (_statement(claim), *_evidence(claim), *_checks(claim), *_theorems(claim))


def statement_module(claim: Claim) -> ModuleType:
    """Return the module that states a claim."""
    return next(topic for topic in topics() if claim in topic.CLAIMS)


def evidence_modules(claim: Claim) -> tuple[ModuleType, ...]:
    """Return the modules with a claim's evidence: at the path of its statement, or a word added to its name."""
    path = statement_module(claim).__name__.removeprefix(w2s_theory.claims.__name__)
    beside = re.compile(re.escape(f"{proofs_checks.claims.__name__}{path}") + r"(_\w+)?")
    loaded = [module for name, module in sorted(sys.modules.items()) if beside.fullmatch(name)]
    return tuple(module for module in loaded if claim.id in (module.__doc__ or ""))


def _statement(claim: Claim) -> Home:
    path = Path(str(statement_module(claim).__file__))
    return Home(_relative(path), _line(path, re.escape(f'"{claim.id}"')), "statement")


def _evidence(claim: Claim) -> Iterator[Home]:
    for module in evidence_modules(claim):
        path = Path(str(module.__file__))
        tied = any(tie.claim.id == claim.id for tie in getattr(module, "TIES", ()))
        words = "evidence, with its tie to theorems" if tied else "evidence"
        yield Home(_relative(path), _line(path, re.escape(claim.id)), words)


def _checks(claim: Claim) -> Iterator[Home]:
    for check in checks_of(claim.id):
        code = check.function.__code__
        yield Home(_relative(Path(code.co_filename)), code.co_firstlineno, f"{check.name}, {check.tier}")


def _theorems(claim: Claim) -> Iterator[Home]:
    tie = all_ties().get(claim.id)
    proved = tie.proved.values() if tie else ()
    for name in dict.fromkeys(part.theorem for part in proved):
        path = theory_file(theory_of(name))
        theorem = name.rpartition(".")[2]
        yield Home(_relative(path), _line(path, rf"^Theorem {theorem}\b"), f"theorem {theorem}")


def _relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _line(path: Path, pattern: str) -> int:
    """Return the number of the first line that has the pattern, 1 where none has."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, start=1) if re.search(pattern, line)), 1)
