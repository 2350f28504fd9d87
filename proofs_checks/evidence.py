"""What a check reports, and what a claim's evidence adds up to. A verdict never says more than its method does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from w2s_theory.claim import Claim
from w2s_theory.verdict import SUPPORTING, Verdict

__all__ = ["SUPPORTING", "ClaimResult", "Evidence", "Finding", "Rejection", "Tier", "Verdict", "settle"]

NOT_RUN = "a falsifier did not run"


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
    """The result of one check: `covers` says what of the statement it speaks of, empty for the whole.

    `parts` are the ids of the parts of the statement that it speaks of, where these are not all. `witness` holds the
    values that a refutation rests on, re-checked exactly or in ball arithmetic.
    """

    verdict: Verdict
    summary: str
    domain: str
    witness: Mapping[str, str] | None = None
    covers: str = ""
    parts: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return the summary, with the part of the statement that it covers if not the whole."""
        return f"{self.summary} (covers {self.covers})" if self.covers else self.summary


@dataclass(frozen=True)
class Evidence:
    """A finding with the method that gave it and the time it took in seconds."""

    tier: Tier
    method: str
    finding: Finding
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """Return the evidence as plain data."""
        return {
            "tier": str(self.tier),
            "method": self.method,
            "verdict": str(self.finding.verdict),
            "summary": self.finding.summary,
            "covers": self.finding.covers,
            "parts": list(self.finding.parts),
            "domain": self.finding.domain,
            "witness": dict(self.finding.witness) if self.finding.witness else None,
            "seconds": round(self.seconds, 3),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Evidence:
        """Return the evidence that `as_json` wrote; raises KeyError, TypeError or ValueError for anything else."""
        finding = Finding(
            Verdict(data["verdict"]),
            str(data["summary"]),
            str(data["domain"]),
            _witness(data),
            str(data["covers"]),
            tuple(map(str, data["parts"])),
        )
        return cls(Tier(data["tier"]), str(data["method"]), finding, float(data["seconds"]))


@dataclass(frozen=True)
class Rejection:
    """Whether a claim's checks rejected a deliberately wrong twin of it; `rejected` is None if none could answer."""

    name: str
    rejected: bool | None
    witness: Mapping[str, str] | None

    def as_json(self) -> dict[str, Any]:
        """Return the rejection as plain data."""
        witness = dict(self.witness) if self.witness else None
        return {"name": self.name, "rejected": self.rejected, "witness": witness}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Rejection:
        """Return the rejection that `as_json` wrote; raises KeyError, TypeError or ValueError for anything else."""
        if data["rejected"] not in (True, False, None):
            raise ValueError(f"'rejected' is {data['rejected']!r}")
        return cls(str(data["name"]), data["rejected"], _witness(data))


@dataclass(frozen=True)
class ClaimResult:
    """What identifies a claim and the parts of its statement, its evidence by method, and the fate of its falsifiers.

    It is data of its own, so that a report can show results on a claim that the installed version does not know.
    """

    id: str
    title: str
    source: str
    provenance: str
    expects_refutation: bool
    parts: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    falsifiers: tuple[Rejection, ...]

    @classmethod
    def of(
        cls, claim: Claim, evidence: Sequence[Evidence], falsifiers: Sequence[Rejection] = ()
    ) -> ClaimResult:
        """Return the result on a claim."""
        return cls(
            claim.id,
            claim.title,
            str(claim.source),
            str(claim.provenance),
            claim.expects_refutation,
            claim.ids(),
            tuple(evidence),
            tuple(falsifiers),
        )

    @property
    def verdict(self) -> Verdict:
        """Return the strongest verdict that covers the whole statement; a refutation overrides all others."""
        return settle([item.finding for item in self.evidence])

    @property
    def strongest(self) -> Evidence | None:
        """Return the evidence that the verdict rests on, None where nothing settled the claim."""
        if self.verdict is Verdict.UNDECIDED:
            return None
        found = [item for item in self.evidence if item.finding.verdict is self.verdict]
        return next(item for item in found if self.verdict is Verdict.REFUTED or not item.finding.covers)

    @property
    def rejected(self) -> int:
        """Return how many of the falsifiers were rejected."""
        return sum(bool(item.rejected) for item in self.falsifiers)

    @property
    def seconds(self) -> float:
        """Return the time that the checks of the claim took, without its falsifiers."""
        return sum(item.seconds for item in self.evidence)

    @property
    def problem(self) -> str:
        """Return why the claim does not hold, in a few words; empty if it does."""
        if any(item.finding.verdict is Verdict.CRASHED for item in self.evidence):
            return "a check crashed"
        if any(item.rejected is False for item in self.falsifiers):
            return "a falsifier was not rejected"
        expected = (Verdict.REFUTED,) if self.expects_refutation else SUPPORTING
        if self.verdict in expected:
            return "" if self.rejected == len(self.falsifiers) else NOT_RUN
        return str(self.verdict) if self.verdict is Verdict.UNDECIDED else f"came out {self.verdict}"

    @property
    def holds(self) -> bool:
        """Return whether the claim came out as expected, without a crash, and every falsifier was rejected."""
        return not self.problem

    @property
    def failed(self) -> bool:
        """Return whether something went wrong: the opposite verdict, a crash, or a falsifier let through."""
        return self.problem not in ("", Verdict.UNDECIDED, NOT_RUN)

    def as_json(self) -> dict[str, Any]:
        """Return the result as plain data."""
        return {
            "id": self.id,
            "title": self.title,
            "source": self.source,
            "provenance": self.provenance,
            "expects_refutation": self.expects_refutation,
            "parts": list(self.parts),
            "verdict": str(self.verdict),
            "evidence": [item.as_json() for item in self.evidence],
            "falsifiers": [item.as_json() for item in self.falsifiers],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ClaimResult:
        """Return the result that `as_json` wrote; raises KeyError, TypeError or ValueError for anything else.

        The verdict is that of the evidence, and the one written down must agree with it.
        """
        result = cls(
            str(data["id"]),
            str(data["title"]),
            str(data["source"]),
            str(data["provenance"]),
            bool(data["expects_refutation"]),
            tuple(map(str, data["parts"])),
            tuple(map(Evidence.from_json, data["evidence"])),
            tuple(map(Rejection.from_json, data["falsifiers"])),
        )
        if data["verdict"] != result.verdict:
            raise ValueError(
                f"verdict {data['verdict']!r} of {result.id}: its evidence says {result.verdict}"
            )
        return result


def settle(findings: Sequence[Finding]) -> Verdict:
    """Return what findings about one statement add up to."""
    verdicts = {finding.verdict for finding in findings}
    if Verdict.REFUTED in verdicts:
        return Verdict.REFUTED
    whole = {finding.verdict for finding in findings if not finding.covers}
    return next((verdict for verdict in SUPPORTING if verdict in whole), Verdict.UNDECIDED)


def _witness(data: Mapping[str, Any]) -> dict[str, str] | None:
    witness = data["witness"]
    return {str(name): str(value) for name, value in witness.items()} if witness else None
