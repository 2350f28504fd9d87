"""Bounds decided in processes of their own, so that a time limit holds whatever an engine is doing."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pebble import ProcessExpired, ProcessPool

from proofs_checks.bounds.check_bound import BoundResult, check_bound, reading
from proofs_checks.bounds.documents import document
from proofs_checks.bounds.engines import WrongAnswer
from w2s_theory.errors import InvalidInput
from w2s_theory.verdict import Verdict

GRACE = 1.0
"""Seconds beyond its limit after which a process is stopped from outside."""
MOST_BOUNDS = 100_000


@dataclass(frozen=True)
class Asked:
    """A bound to decide, as it was typed, with its limits."""

    bound: str
    model: str = "shrinkage"
    where: str = ""
    seconds: float = 20.0
    parameters: dict[str, int] = field(default_factory=dict)
    rocq: bool = False


@dataclass(frozen=True)
class Answered:
    """A decided bound: the result, its certificate file, how it was read if not as typed, a Rocq file if asked for."""

    result: BoundResult
    document: dict[str, Any]
    read_as: str
    rocq: str | None = None


@dataclass(frozen=True)
class Row:
    """One line of a file of bounds, decided: plain data, also where it could not be read (verdict: not run)."""

    bound: str
    verdict: Verdict
    method: str
    witness: dict[str, str] | None
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """Return the row as plain data."""
        return {**vars(self), "verdict": str(self.verdict)}


def answer(asked: Asked) -> Answered:
    """Decide a bound in a process of its own.

    Raises InvalidInput for what cannot be read, and WrongAnswer where the program found itself to be wrong.
    """
    with ProcessPool(max_workers=1, context=_context()) as pool:
        future = pool.schedule(_decided, args=(asked,), timeout=asked.seconds + GRACE)
        try:
            found: Answered = future.result()
        except (TimeoutError, ProcessExpired) as error:
            return _stopped(asked, error)
        return found


def _stopped(asked: Asked, error: Exception) -> Answered:
    method = f"stopped after {asked.seconds:g} s" if isinstance(error, TimeoutError) else "its process died"
    result = BoundResult(Verdict.UNDECIDED, method, asked.model, None, None, asked.seconds)
    data = document(result, asked.bound, asked.model, asked.where, asked.parameters)
    return Answered(result, data, "")


def _decided(asked: Asked) -> Answered:
    """Decide a bound, and keep of the result what is plain data: charts do not travel between processes."""
    result = check_bound(asked.bound, asked.model, asked.where, seconds=asked.seconds, **asked.parameters)
    data = document(result, asked.bound, asked.model, asked.where, asked.parameters)
    written = None
    if asked.rocq:
        from proofs_checks.bounds.rocq_files import rocq_file

        written = rocq_file(result)
    read_as = reading(asked.bound, asked.model, asked.where, asked.parameters)
    return Answered(result.plain(), data, read_as, written)


def answer_all(asked: Sequence[Asked], jobs: int | None = None) -> list[Row]:
    """Decide bounds side by side, and return a row for each, in order."""
    with ProcessPool(max_workers=jobs or os.cpu_count() or 1, context=_context()) as pool:
        futures = [pool.schedule(_row, args=(item,), timeout=item.seconds + GRACE) for item in asked]
        rows = []
        for item, future in zip(asked, futures, strict=True):
            try:
                rows.append(future.result())
            except (TimeoutError, ProcessExpired) as error:
                found = _stopped(item, error).result
                rows.append(Row(item.bound, found.verdict, found.method, None, found.seconds))
    return rows


def _row(asked: Asked) -> Row:
    try:
        result = check_bound(asked.bound, asked.model, asked.where, seconds=asked.seconds, **asked.parameters)
    except InvalidInput as error:
        return Row(asked.bound, Verdict.NOT_RUN, str(error), None, 0.0)
    except WrongAnswer as error:
        return Row(asked.bound, Verdict.CRASHED, str(error), None, 0.0)
    state = None if result.witness is None else dict(result.witness)
    return Row(asked.bound, result.verdict, result.method, state, result.seconds)


def bounds_in(path: str) -> list[str]:
    """Return the bounds of a file, one a line, without comments and empty lines. Raises InvalidInput if there are none."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"cannot read {path!r}: {error}") from error
    found = [stripped for line in text.splitlines() if (stripped := line.split("#")[0].strip())]
    if not 0 < len(found) <= MOST_BOUNDS:
        raise InvalidInput(f"{path!r} has {len(found)} bounds; allowed: 1 to {MOST_BOUNDS}, one a line")
    return found


def _context() -> Any:
    """Return how processes start: as copies where the system can, which costs nothing, else afresh."""
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if "fork" in methods else "spawn")
