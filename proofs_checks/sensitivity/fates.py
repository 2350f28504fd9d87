"""What became of a claim's twins: the data that a sensitivity run comes to, as JSON and as counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from proofs_checks.evidence import Tier
from proofs_checks.sensitivity.twins import Change, Twin

WANTED = 2
"""By how many tiers a wrong twin is to be rejected."""


@dataclass(frozen=True)
class Fate:
    """What became of one twin.

    `excused` says why it is no wrong twin, where it is none. `rejected_by` are the tiers that reject it, or a smaller change
    of the same number; `accepted_by` are those that prove it, though it is wrong. It was not `sent` where enough tiers
    reject a smaller change.
    """

    part_id: str
    twin: Twin
    excused: str = ""
    rejected_by: tuple[Tier, ...] = ()
    accepted_by: tuple[Tier, ...] = ()
    sent: bool = True

    @property
    def survives(self) -> bool:
        """Return whether a wrong twin is not rejected by any tier, or is proved by one."""
        return not self.excused and (not self.rejected_by or bool(self.accepted_by))

    def as_json(self) -> dict[str, Any]:
        """Return the fate as plain data."""
        return {
            "part": self.part_id,
            "change": str(self.twin.change),
            "name": self.twin.name,
            "excused": self.excused,
            "rejected_by": list(map(str, self.rejected_by)),
            "accepted_by": list(map(str, self.accepted_by)),
            "sent": self.sent,
        }


@dataclass(frozen=True)
class Sensitivity:
    """The fates of all twins, in the order of claims and parts, and what could not be asked, a line each."""

    fates: tuple[Fate, ...]
    seed: int
    notes: tuple[str, ...] = ()

    @property
    def survivors(self) -> tuple[Fate, ...]:
        """Return the wrong twins that no tier rejects, or that one proves."""
        return tuple(fate for fate in self.fates if fate.survives)

    @property
    def parts(self) -> Iterator[tuple[str, tuple[Fate, ...]]]:
        """Yield each part's id with the fates of its twins."""
        for part_id, fates in groupby(self.fates, key=lambda fate: fate.part_id):
            yield part_id, tuple(fates)

    @property
    def exit_code(self) -> int:
        """Return 0 where no wrong twin of 5% or more survives, 1 otherwise."""
        return int(any(fate.twin.change is not Change.ONE_PERCENT for fate in self.survivors))

    def as_json(self) -> dict[str, Any]:
        """Return the run as plain data."""
        return {
            "seed": self.seed,
            "notes": list(self.notes),
            "rejected": {str(change): counts(self.fates, change) for change in Change},
            "twins": [fate.as_json() for fate in self.fates],
        }


def counts(fates: Sequence[Fate], change: Change) -> dict[str, int]:
    """Return how many twins of a kind are true, and how many wrong ones no tier, one, and two or more reject."""
    found = {"true": 0, "none": 0, "one": 0, "two": 0}
    for fate in fates:
        if fate.twin.change is change:
            tiers = 0 if fate.survives else len(fate.rejected_by)
            found["true" if fate.excused else ("none", "one", "two")[min(tiers, WANTED)]] += 1
    return found


def rejected_of(fates: Sequence[Fate], change: Change) -> tuple[int, int]:
    """Return how many wrong twins of a kind are rejected, and how many there are."""
    wrong = [fate for fate in fates if fate.twin.change is change and not fate.excused]
    return sum(not fate.survives for fate in wrong), len(wrong)


def smallest(fates: Sequence[Fate]) -> str:
    """Return the smallest kind of change of which every wrong twin is rejected, and the tiers that do it."""
    for change in Change:
        rejected, wrong = rejected_of(fates, change)
        if wrong and rejected == wrong:
            named = {tier for fate in fates if fate.twin.change is change for tier in fate.rejected_by}
            return f"{change}: {', '.join(tier for tier in Tier if tier in named)}"
    return "none"
