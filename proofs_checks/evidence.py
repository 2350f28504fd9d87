"""What a check reports, and what a claim's evidence adds up to. A verdict never says more than its method does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from proofs_checks.fields import Fields
from w2s_theory.claim import Claim, Provenance
from w2s_theory.verdict import SUPPORTING, Verdict

__all__ = ["SUPPORTING", "ClaimResult", "Evidence", "Finding", "Rejection", "Tier", "Verdict", "settle"]

NOT_RUN = "a falsifier did not run"
UNFINISHED = "interrupted before all its checks ran"
NO_CHECK = "no check in these tiers"
OPEN = ("", Verdict.UNDECIDED, NOT_RUN, UNFINISHED, NO_CHECK)
"""What `ClaimResult.problem` says where nothing went wrong."""


class Tier(StrEnum):
    """The kind of method, strongest first."""

    FORMAL = "formal"
    SYMBOLIC = "symbolic"
    DECISION = "decision"
    ENCLOSURE = "enclosure"
    PROPERTY = "property"
    SIMULATION = "simulation"

    def may_say(self, verdict: Verdict) -> bool:
        """Return whether a method of this kind can come to a verdict: a sample supports, and proves nothing."""
        if verdict not in SUPPORTING:
            return True
        return SUPPORTING.index(verdict) >= SUPPORTING.index(_STRONGEST.get(self, Verdict.PROVED))


_STRONGEST = {
    Tier.ENCLOSURE: Verdict.CERTIFIED,
    Tier.PROPERTY: Verdict.SUPPORTED,
    Tier.SIMULATION: Verdict.SUPPORTED,
}
"""The strongest verdict of the methods that prove nothing."""


@dataclass(frozen=True)
class Finding:
    """The result of one check: `covers` says what of the statement it speaks of, empty for the whole.

    `parts` are the ids of the parts of the statement that it speaks of, where these are not all. `witness` holds the
    values that a refutation rests on, re-checked exactly or in ball arithmetic. `broken` is the number of a step of the
    derivation that does not re-check or rests on what has no origin; with a witness, of a step that is false. That says
    nothing of the statement, and the claim fails all the same. Raises ValueError for a refutation without a witness, for
    parts of the statement that are said to be the whole, and for a broken derivation that supports anything.
    """

    verdict: Verdict
    summary: str
    domain: str
    witness: Mapping[str, str] | None = None
    covers: str = ""
    parts: tuple[str, ...] = ()
    broken: int | None = None

    def __post_init__(self) -> None:
        if self.verdict is Verdict.REFUTED and not self.witness:
            raise ValueError(f"refuted without a witness: {self.summary}")
        if self.parts and not self.covers:
            raise ValueError(f"speaks of {', '.join(self.parts)} and covers the whole: {self.summary}")
        if self.broken is not None and self.verdict in SUPPORTING:
            raise ValueError(f"{self.verdict} by a broken derivation: {self.summary}")

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
            "broken": self.finding.broken,
            "seconds": round(self.seconds, 3),
        }

    @classmethod
    def read(cls, fields: Fields, of_parts: Sequence[str]) -> Evidence:
        """Return the evidence that `as_json` wrote, on a statement of these parts.

        Raises InvalidInput for anything else, and for what contradicts itself.
        """
        tier, verdict = fields.word("tier", Tier), fields.word("verdict", Verdict)
        if not tier.may_say(verdict):
            raise fields.wrong("verdict", f"what the tier {tier} can show, {_STRONGEST[tier]} at most")
        witness = _witness(fields)
        if verdict is Verdict.REFUTED and not witness:
            raise fields.wrong("witness", "the values that a refutation rests on")
        if verdict in SUPPORTING and witness:
            raise fields.wrong("witness", f"null where the verdict is {verdict}")
        covers, parts = fields.text("covers"), fields.texts("parts")
        if not set(parts) <= set(of_parts):
            raise fields.wrong("parts", f"parts of the statement: {', '.join(of_parts)}")
        if parts and not covers:
            raise fields.wrong("covers", "what the row covers, where it names parts of the statement")
        broken = None if fields.data.get("broken", 0) is None else fields.whole("broken")
        if broken is not None and verdict in SUPPORTING:
            raise fields.wrong("broken", f"null where the verdict is {verdict}")
        finding = Finding(
            verdict, fields.text("summary"), fields.text("domain"), witness, covers, parts, broken
        )
        return cls(tier, fields.text("method"), finding, fields.seconds("seconds"))


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
    def read(cls, fields: Fields, by_refutation: bool) -> Rejection:
        """Return the rejection that `as_json` wrote; one `by_refutation` has a witness.

        Raises InvalidInput for anything else, and for what contradicts itself.
        """
        rejected = None if fields.data.get("rejected", "") is None else fields.flag("rejected")
        witness = _witness(fields)
        if rejected and by_refutation and not witness:
            raise fields.wrong("witness", "the values at which the rejected twin is false")
        return cls(fields.text("name"), rejected, witness)


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

    def is_about(self, claim: Claim) -> bool:
        """Return whether the claim is the one that was verified: of this id, the same parts, and what is expected."""
        of_claim = (claim.id, claim.ids(), claim.expects_refutation)
        return of_claim == (self.id, self.parts, self.expects_refutation)

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
        if any(item.finding.broken is not None for item in self.evidence):
            return "a derivation is broken"
        if any(item.rejected is False for item in self.falsifiers):
            return "a falsifier was not rejected"
        expected = (Verdict.REFUTED,) if self.expects_refutation else SUPPORTING
        if not self.evidence:
            return NO_CHECK
        interrupted = any(item.finding.verdict is Verdict.INTERRUPTED for item in self.evidence)
        if interrupted and self.verdict in (*expected, Verdict.UNDECIDED):
            return UNFINISHED
        if self.verdict in expected:
            return "" if self.rejected == len(self.falsifiers) else NOT_RUN
        if self.verdict is Verdict.UNDECIDED:
            return str(self.verdict)
        return f"it was expected to {'be refuted' if self.expects_refutation else 'hold'}"

    @property
    def holds(self) -> bool:
        """Return whether the claim came out as expected, without a crash, and every falsifier was rejected."""
        return not self.problem

    @property
    def failed(self) -> bool:
        """Return whether something went wrong: the opposite verdict, a crash, a broken derivation, a twin let through."""
        return self.problem not in OPEN

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
    def read(cls, fields: Fields) -> ClaimResult:
        """Return the result that `as_json` wrote; raises InvalidInput for anything else, or what contradicts itself.

        The verdict is that of the evidence, and the one written down must agree with it.
        """
        name = fields.text("id")
        fields = Fields(fields.data, f"claim {name!r}")
        expects_refutation, parts = fields.flag("expects_refutation"), fields.texts("parts")
        if not parts or not all(part.startswith(f"{name}#") for part in parts):
            raise fields.wrong("parts", f"the ids of the statement's parts, such as {name}#bound")
        evidence = fields.rows("evidence", f"{fields.place}, evidence row")
        falsifiers = fields.rows("falsifiers", f"{fields.place}, falsifier row")
        result = cls(
            name,
            fields.text("title"),
            fields.text("source"),
            fields.word("provenance", Provenance),
            expects_refutation,
            parts,
            tuple(Evidence.read(row, parts) for row in evidence),
            tuple(Rejection.read(row, not expects_refutation) for row in falsifiers),
        )
        if fields.word("verdict", Verdict) is not result.verdict:
            raise fields.wrong("verdict", f"what its evidence adds up to, {result.verdict}")
        return result


def settle(findings: Sequence[Finding]) -> Verdict:
    """Return what findings about one statement add up to.

    Where a check was interrupted that is undecided, as it might have refuted the statement.
    """
    verdicts = {finding.verdict for finding in findings}
    if Verdict.REFUTED in verdicts:
        return Verdict.REFUTED
    if Verdict.INTERRUPTED in verdicts:
        return Verdict.UNDECIDED
    whole = {finding.verdict for finding in findings if not finding.covers}
    return next((verdict for verdict in SUPPORTING if verdict in whole), Verdict.UNDECIDED)


def _witness(fields: Fields) -> dict[str, str] | None:
    return None if fields.data.get("witness", "") is None else fields.named_texts("witness")
