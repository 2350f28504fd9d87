"""What a check reports, and what a claim's evidence adds up to. A verdict never says more than its method does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from w2s_theory.claim import Claim
from w2s_theory.verdict import SUPPORTING, Verdict

__all__ = ["SUPPORTING", "ClaimResult", "Evidence", "Finding", "Rejection", "Tier", "Verdict", "settle"]


class Tier(StrEnum):
    """The kind of method, strongest first."""

    FORMAL = "formal"
    SYMBOLIC = "symbolic"
    DECISION = "decision"
    ENCLOSURE = "enclosure"
    PROPERTY = "property"
    SIMULATION = "simulation"


@dataclass(frozen=True)
class Finding:
    """The result of one check: `covers` names the part of the statement it speaks of, empty for the whole.

    `witness` holds the values that a refutation rests on, re-checked exactly or in ball arithmetic.
    """

    verdict: Verdict
    summary: str
    domain: str
    witness: Mapping[str, str] | None = None
    covers: str = ""


@dataclass(frozen=True)
class Evidence:
    """A finding with the method that gave it and the time it took in seconds."""

    tier: Tier
    method: str
    finding: Finding
    seconds: float


@dataclass(frozen=True)
class Rejection:
    """Whether a claim's checks rejected a deliberately wrong twin of it; `run` is False if none could answer."""

    name: str
    rejected: bool
    run: bool
    witness: Mapping[str, str] | None


@dataclass(frozen=True)
class ClaimResult:
    """A claim with its evidence and the fate of its falsifiers."""

    claim: Claim
    evidence: tuple[Evidence, ...]
    falsifiers: tuple[Rejection, ...]

    @property
    def verdict(self) -> Verdict:
        """Return the strongest verdict that covers the whole statement; a refutation overrides all others."""
        return settle([item.finding for item in self.evidence])

    @property
    def failed(self) -> bool:
        """Return whether something went wrong: the opposite verdict, a crash, or a falsifier let through."""
        if any(item.finding.verdict is Verdict.CRASHED for item in self.evidence):
            return True
        if any(item.run and not item.rejected for item in self.falsifiers):
            return True
        wrong = SUPPORTING if self.claim.expects_refutation else (Verdict.REFUTED,)
        return self.verdict in wrong

    @property
    def holds(self) -> bool:
        """Return whether the claim came out as expected and every falsifier was rejected."""
        expected = (Verdict.REFUTED,) if self.claim.expects_refutation else SUPPORTING
        return not self.failed and self.verdict in expected and all(item.rejected for item in self.falsifiers)


def settle(findings: Sequence[Finding]) -> Verdict:
    """Return what findings about one statement add up to."""
    verdicts = {finding.verdict for finding in findings}
    if Verdict.REFUTED in verdicts:
        return Verdict.REFUTED
    whole = {finding.verdict for finding in findings if not finding.covers}
    return next((verdict for verdict in SUPPORTING if verdict in whole), Verdict.UNDECIDED)
