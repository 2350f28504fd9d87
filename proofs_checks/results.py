"""What a claim's evidence adds up to: its verdict, whether that is as expected, and the fate of its wrong twins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from proofs_checks.evidence import Evidence, Finding, Ground, witness_in
from proofs_checks.fields import Fields
from w2s_theory.claim import Claim, Provenance
from w2s_theory.verdict import SUPPORTING, Verdict

NOT_RUN = "a falsifier did not run"
UNFINISHED = "interrupted before all its checks ran"
NO_CHECK = "no check in these tiers"
OPEN = ("", Verdict.UNDECIDED, NOT_RUN, UNFINISHED, NO_CHECK)
"""What `ClaimResult.problem` says where nothing went wrong with the claim itself, beside what it rests on."""


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
        witness = witness_in(fields)
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
        """Return the strongest verdict that covers the whole statement, at most as strong as what it rests on.

        A refutation overrides all others.
        """
        return settle([item.concluded for item in self.evidence])

    def verdict_on(self, part: str) -> Verdict:
        """Return the strongest verdict on one part of the statement, by its id."""
        found = [item.concluded for item in self.evidence]
        spoken = [replace(each, covers="", parts=()) if part in each.parts else each for each in found]
        return settle(spoken)

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """Return what the evidence rests on, each part of another claim once."""
        return tuple(dict.fromkeys(ground for item in self.evidence for ground in item.given))

    @property
    def strongest(self) -> Evidence | None:
        """Return the evidence that the verdict rests on, None where nothing settled the claim."""
        if self.verdict is Verdict.UNDECIDED:
            return None
        found = [item for item in self.evidence if item.concluded.verdict is self.verdict]
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
            return self.weak_ground or str(self.verdict)
        return f"it was expected to {'be refuted' if self.expects_refutation else 'hold'}"

    @property
    def weak_ground(self) -> str:
        """Return which ground keeps the claim undecided, in a few words; empty if none does."""
        by_itself = settle([item.finding for item in self.evidence])
        weak = [ground for ground in self.grounds if ground.carries is Verdict.UNDECIDED]
        if self.verdict is not Verdict.UNDECIDED or by_itself not in SUPPORTING or not weak:
            return ""
        ground = weak[0]
        return f"it rests on {ground.part}{f': {ground.problem}' if ground.problem else f', which is {ground.verdict}'}"

    @property
    def holds(self) -> bool:
        """Return whether the claim came out as expected, without a crash, and every falsifier was rejected."""
        return not self.problem

    @property
    def failed(self) -> bool:
        """Return whether something went wrong: the opposite verdict, a crash, a broken derivation, a twin let through.

        That what a claim rests on went wrong is that other claim's failure.
        """
        return self.problem not in (*OPEN, self.weak_ground)

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
