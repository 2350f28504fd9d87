"""What a report says: the results of a verification, joined with the claims that they are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from proofs_checks.evidence import SUPPORTING, Verdict
from w2s_theory.claim import Claim


@dataclass(frozen=True)
class Observation:
    """What one check found. `partial` says that it speaks of a part of the statement only."""

    tier: str
    method: str
    verdict: str
    summary: str
    domain: str
    witness: Mapping[str, str]
    seconds: float
    partial: bool


NOT_RUN = "a falsifier did not run"


@dataclass(frozen=True)
class Twin:
    """A deliberately wrong twin of a claim, and whether the claim's checks rejected it, None if they did not run."""

    name: str
    rejected: bool | None
    witness: Mapping[str, str]


@dataclass(frozen=True)
class Entry:
    """One claim of the report; `claim` is None where this version of the toolkit does not know its id."""

    id: str
    title: str
    source: str
    provenance: str
    verdict: str
    evidence: tuple[Observation, ...]
    twins: tuple[Twin, ...]
    claim: Claim | None

    @property
    def expects_refutation(self) -> bool:
        """Return whether the claim records a statement known to be false."""
        return self.claim is not None and self.claim.expects_refutation

    @property
    def strongest(self) -> Observation | None:
        """Return the observation that the verdict rests on, None where nothing settled the claim."""
        for item in self.evidence:
            settles = item.verdict == Verdict.REFUTED or (item.verdict in SUPPORTING and not item.partial)
            if settles and item.verdict == self.verdict:
                return item
        return None

    @property
    def rejected(self) -> int:
        """Return how many of the wrong twins were rejected."""
        return sum(bool(twin.rejected) for twin in self.twins)

    @property
    def seconds(self) -> float:
        """Return the time that the checks of the claim took, without its twins."""
        return sum(item.seconds for item in self.evidence)

    @property
    def problem(self) -> str:
        """Return why the claim does not hold, in a few words; empty if it does."""
        expected = (Verdict.REFUTED,) if self.expects_refutation else SUPPORTING
        if any(item.verdict == Verdict.CRASHED for item in self.evidence):
            return "a check crashed"
        if any(twin.rejected is False for twin in self.twins):
            return "a falsifier was not rejected"
        if self.verdict in expected:
            return "" if self.rejected == len(self.twins) else NOT_RUN
        return str(Verdict.UNDECIDED) if self.verdict == Verdict.UNDECIDED else f"came out {self.verdict}"

    @property
    def holds(self) -> bool:
        """Return whether the claim came out as expected, without a crash, and every twin was rejected."""
        return not self.problem


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
    """Everything that a report shows, whatever its format."""

    sections: tuple[Section, ...]
    versions: Mapping[str, str]
    seed: int
    command: str
    figures: tuple[Figure, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return the claims of all papers, in order."""
        return tuple(entry for section in self.sections for entry in section.entries)

    @property
    def summary(self) -> str:
        """Return how many claims hold and how many falsifiers were rejected, as one line."""
        held = sum(entry.holds for entry in self.entries)
        twins = sum(len(entry.twins) for entry in self.entries)
        rejected = sum(entry.rejected for entry in self.entries)
        return f"{held} of {len(self.entries)} claims hold; {rejected} of {twins} falsifiers rejected"

    @property
    def exit_code(self) -> int:
        """Return 0 if every claim holds, 3 if some are only undecided, 1 otherwise."""
        lacking = [entry for entry in self.entries if not entry.holds]
        if any(entry.problem not in (Verdict.UNDECIDED, NOT_RUN) for entry in lacking):
            return 1
        return 3 if lacking else 0
