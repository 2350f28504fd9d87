"""What a report says: the results of a verification, joined with the claims that they are about."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_checks.results import ClaimResult
from proofs_checks.run import Run
from w2s_theory.claim import Claim


@dataclass(frozen=True)
class Entry:
    """A result with its claim, which is None where this installation does not have it as it was verified.

    `supports` are the ids of the claims in the report whose evidence rests on this one.
    """

    result: ClaimResult
    claim: Claim | None
    supports: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """The claims of one paper; `reference` says where it appeared, `link` is its address or empty."""

    key: str
    title: str
    reference: str
    link: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Figure:
    """A drawing as clean SVG, with its caption and the command that draws it (empty if unknown)."""

    name: str
    caption: str
    command: str
    svg: str


@dataclass(frozen=True)
class Report:
    """Everything that a report shows, whatever its format; `command` reproduces what of it can be reproduced here."""

    run: Run
    sections: tuple[Section, ...]
    command: str
    figures: tuple[Figure, ...] = ()

    @property
    def results(self) -> tuple[ClaimResult, ...]:
        """Return the results on the claims of all papers, in order."""
        return tuple(entry.result for section in self.sections for entry in section.entries)
