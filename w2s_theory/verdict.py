"""Verdicts: what examining a statement comes to, and the exit code that a command gives it."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What was found: the first three support a claim, in this order of strength; the last four count for nothing."""

    PROVED = "proved"
    CERTIFIED = "certified"
    SUPPORTED = "supported"
    REFUTED = "refuted"
    UNDECIDED = "undecided"
    CRASHED = "crashed"
    TIMED_OUT = "timed out"
    NOT_RUN = "not run"
    INTERRUPTED = "interrupted"

    @property
    def exit_code(self) -> int:
        """Return 0 for what holds, 1 for what is refuted or crashed, and 3 for what stayed open."""
        if self in SUPPORTING:
            return 0
        return 1 if self in (Verdict.REFUTED, Verdict.CRASHED) else 3


SUPPORTING = (Verdict.PROVED, Verdict.CERTIFIED, Verdict.SUPPORTED)
