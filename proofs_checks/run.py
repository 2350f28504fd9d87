"""The results of a verification with all that reproduces it, as JSON and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from proofs_checks.budgets import BUDGETS
from proofs_checks.evidence import Tier, Verdict
from proofs_checks.fields import Fields
from proofs_checks.grounds import grounded
from proofs_checks.html_table import html_table
from proofs_checks.results import ClaimResult
from w2s_theory.claims import all_claims
from w2s_theory.errors import InvalidInput

SCHEMA = 4
"""The version of the JSON form: 3 had no `given`, 2 no `broken`, 1 no `covers`, parts, budget and tiers."""
INTERRUPTED = 130


@dataclass(frozen=True)
class Run:
    """The results of a verification, complete or interrupted, with all that reproduces it."""

    results: tuple[ClaimResult, ...]
    seed: int
    budget: str
    tiers: tuple[Tier, ...]
    versions: Mapping[str, str]
    interrupted: bool = False

    @property
    def exit_code(self) -> int:
        """Return 0 if all holds, 1 if anything failed, 3 if something stayed undecided, 130 if interrupted."""
        if self.interrupted:
            return INTERRUPTED
        if any(result.failed for result in self.results):
            return 1
        return 0 if all(result.holds for result in self.results) else 3

    @property
    def summary(self) -> str:
        """Return how many claims hold and how many falsifiers were rejected, as one line."""
        held = sum(result.holds for result in self.results)
        falsifiers = sum(len(result.falsifiers) for result in self.results)
        rejected = sum(result.rejected for result in self.results)
        text = f"{held} of {len(self.results)} claims hold; {rejected} of {falsifiers} falsifiers rejected"
        return f"interrupted, partial results: {text}" if self.interrupted else text

    def _repr_html_(self) -> str:
        rows = {
            result.id: f"{result.verdict}; {result.rejected} of {len(result.falsifiers)} falsifiers rejected"
            for result in self.results
        }
        return html_table(rows)

    def as_json(self) -> dict[str, Any]:
        """Return the run as plain data, in the order of the claims."""
        return {
            "schema": SCHEMA,
            "versions": dict(self.versions),
            "seed": self.seed,
            "budget": self.budget,
            "tiers": [str(tier) for tier in self.tiers],
            "interrupted": self.interrupted,
            "claims": [result.as_json() for result in self.results],
        }

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return the ids of the results on claims that this installation does not have, or states in other parts."""
        known = {claim.id: claim for claim in all_claims()}
        return tuple(
            result.id
            for result in self.results
            if result.id not in known or not result.is_about(known[result.id])
        )

    @property
    def cannot_repeat(self) -> str:
        """Return which results this installation cannot repeat, as a sentence; empty if it can repeat all."""
        if not self.unknown:
            return ""
        names = ", ".join(self.unknown)
        return (
            f"This version does not have these claims as they were verified, and cannot repeat them: {names}"
        )

    @classmethod
    def from_json(cls, data: Any) -> Run:
        """Return the run that `as_json` wrote.

        Raises InvalidInput, naming claim, row and field, for anything else, and for what contradicts itself.
        """
        fields = Fields.of(data, "the run")
        if fields.data.get("schema") != SCHEMA or not isinstance(fields.data["schema"], int):
            raise fields.wrong("schema", f"{SCHEMA}; write the file anew with w2s verify --json")
        budget, words, interrupted = (
            fields.text("budget"),
            fields.texts("tiers"),
            fields.flag("interrupted"),
        )
        if budget not in BUDGETS:
            raise fields.wrong("budget", ", ".join(BUDGETS))
        if not words or not set(words) <= set(Tier):
            raise fields.wrong("tiers", f"some of {', '.join(Tier)}")
        results = tuple(ClaimResult.read(item) for item in fields.rows("claims", "claim"))
        if not results and not interrupted:
            raise fields.wrong("claims", "at least one, where the run was not interrupted")
        _each_once(results)
        _interrupted_in(results, fields, interrupted)
        _in_tiers(results, words)
        _on_their_grounds(results)
        return cls(
            results,
            fields.whole("seed"),
            budget,
            tuple(map(Tier, words)),
            fields.named_texts("versions"),
            interrupted,
        )

    @classmethod
    def read(cls, path: str) -> Run:
        """Return the run in a file that `w2s verify --json` wrote.

        Raises InvalidInput where it cannot be read or holds anything else, such as the form of another version.
        """
        try:
            text = Path(path).read_text(encoding="utf-8")
            data = json.loads(text, parse_constant=_refuse, object_pairs_hook=_named_once)
        except OSError as error:
            raise InvalidInput(
                f"cannot read {path!r}: {error.strerror}; give a file of w2s verify --json"
            ) from error
        except (ValueError, RecursionError) as error:
            raise InvalidInput(
                f"{path!r} is not JSON ({error}); give a file that w2s verify --json wrote"
            ) from error
        try:
            return cls.from_json(data)
        except InvalidInput as error:
            raise InvalidInput(f"{path!r} is no result of w2s verify --json: {error}") from error


def _each_once(results: Sequence[ClaimResult]) -> None:
    ids = [result.id for result in results]
    for name in ids:
        if ids.count(name) > 1:
            raise InvalidInput(f"claim {name!r} is in the results {ids.count(name)} times; allowed: once")


def _interrupted_in(results: Sequence[ClaimResult], fields: Fields, interrupted: bool) -> None:
    found = [item.finding.verdict for result in results for item in result.evidence]
    if Verdict.INTERRUPTED in found and not interrupted:
        raise fields.wrong("interrupted", "true, where a check was interrupted")


def _on_their_grounds(results: Sequence[ClaimResult]) -> None:
    """Refuse a file that says of a ground what the results on it do not."""
    for written, found in zip(results, grounded(results), strict=True):
        for number, (row, other) in enumerate(zip(written.evidence, found.evidence, strict=True), start=1):
            for ground, worked_out in zip(row.given, other.given, strict=True):
                if ground != worked_out:
                    raise InvalidInput(
                        f"claim {written.id!r}, evidence row {number}: it is given {ground.text}; "
                        f"allowed: what the file's results add up to, {worked_out.text}"
                    )


def _in_tiers(results: Sequence[ClaimResult], tiers: Sequence[str]) -> None:
    for result in results:
        for number, item in enumerate(result.evidence, start=1):
            # A broken derivation has its row whatever the tiers are.
            if item.tier not in tiers and item.finding.broken is None:
                raise InvalidInput(
                    f"claim {result.id!r}, evidence row {number}: 'tier' is {item.tier}; "
                    f"allowed: the tiers of the run, {', '.join(tiers)}"
                )


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)!r} is there twice")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
