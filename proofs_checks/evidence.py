"""What a check reports, and what that rests on. A verdict never says more than its method does, or than its grounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from proofs_checks.fields import Fields
from w2s_theory.verdict import SUPPORTING, Verdict

__all__ = ["SUPPORTING", "Evidence", "Finding", "Ground", "Tier", "Verdict"]


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
    nothing of the statement, and the claim fails all the same. `rests_on` are the ids of other claims' parts that are taken
    as they are stated. Raises ValueError for a refutation without a witness, for
    parts of the statement that are said to be the whole, and for a broken derivation that supports anything.
    """

    verdict: Verdict
    summary: str
    domain: str
    witness: Mapping[str, str] | None = None
    covers: str = ""
    parts: tuple[str, ...] = ()
    broken: int | None = None
    rests_on: tuple[str, ...] = ()

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
class Ground:
    """A part of another claim that a finding rests on, and what examining that claim came to.

    `problem` says what went wrong with that claim, and is empty where nothing did.
    """

    part: str
    title: str
    is_fact: bool
    verdict: Verdict
    problem: str = ""

    @property
    def claim_id(self) -> str:
        """Return the id of the claim whose part it is."""
        return self.part.partition("#")[0]

    @property
    def carries(self) -> Verdict:
        """Return the strongest verdict that a finding which rests on this can have."""
        return self.verdict if self.verdict in SUPPORTING and not self.problem else Verdict.UNDECIDED

    @property
    def text(self) -> str:
        """Return the ground as the rows of a report name it: the mean of a matrix (fact, proved)."""
        name = self.title[:1].lower() + self.title[1:]
        kind = "fact" if self.is_fact else self.part
        return f"{name} ({kind}, {self.verdict}{f': {self.problem}' if self.problem else ''})"

    def as_json(self) -> dict[str, Any]:
        """Return the ground as plain data."""
        return {
            "part": self.part,
            "title": self.title,
            "fact": self.is_fact,
            "verdict": str(self.verdict),
            "problem": self.problem,
        }

    @classmethod
    def read(cls, fields: Fields) -> Ground:
        """Return the ground that `as_json` wrote; raises InvalidInput for anything else."""
        return cls(
            fields.text("part"),
            fields.text("title"),
            fields.flag("fact"),
            fields.word("verdict", Verdict),
            fields.text("problem"),
        )


@dataclass(frozen=True)
class Evidence:
    """A finding with the method that gave it, the time it took in seconds, and the grounds that it rests on."""

    tier: Tier
    method: str
    finding: Finding
    seconds: float
    given: tuple[Ground, ...] = ()

    @property
    def concluded(self) -> Finding:
        """Return the finding with a verdict that is at most as strong as what it rests on."""
        found = self.finding
        if found.verdict not in SUPPORTING or not found.rests_on:
            return found
        carried = {ground.part: ground.carries for ground in self.given}
        weakest = [found.verdict, *(carried.get(part, Verdict.UNDECIDED) for part in found.rests_on)]
        order = [*SUPPORTING, Verdict.UNDECIDED]
        return replace(found, verdict=max(weakest, key=order.index))

    @property
    def text(self) -> str:
        """Return method, summary, and what was found under which conditions."""
        told = f"{self.method}: {self.finding.text}"
        if self.given and self.finding.verdict in SUPPORTING:
            told += f"; {self.finding.verdict}, given: {'; '.join(ground.text for ground in self.given)}"
        return told

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
            "given": [ground.as_json() for ground in self.given],
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
        witness = witness_in(fields)
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
        if broken is not None and broken < 1:
            raise fields.wrong("broken", "the number of a step, from 1 on, or null")
        given = tuple(map(Ground.read, fields.rows("given", f"{fields.place}, given")))
        finding = Finding(
            verdict,
            fields.text("summary"),
            fields.text("domain"),
            witness,
            covers,
            parts,
            broken,
            tuple(ground.part for ground in given),
        )
        return cls(tier, fields.text("method"), finding, fields.seconds("seconds"), given)


def witness_in(fields: Fields) -> dict[str, str] | None:
    """Return the witness of a row, None where it has none."""
    return None if fields.data.get("witness", "") is None else fields.named_texts("witness")
