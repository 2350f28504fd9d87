"""The results of a verification with all that reproduces it, as JSON and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from proofs_checks.evidence import ClaimResult, Tier
from proofs_checks.html_table import html_table
from w2s_theory.errors import InvalidInput

SCHEMA = 2
"""The version of the JSON form. Version 1 had no `covers`, no parts, no budget and no tiers."""
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

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Run:
        """Return the run that `as_json` wrote; raises InvalidInput where a field is missing or of the wrong kind."""
        try:
            return cls(
                tuple(map(ClaimResult.from_json, data["claims"])),
                int(data["seed"]),
                str(data["budget"]),
                tuple(map(Tier, data["tiers"])),
                {str(name): str(version) for name, version in data["versions"].items()},
                bool(data["interrupted"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InvalidInput(
                f"the results lack a field or have a wrong one ({error}); write them with w2s verify --json"
            ) from error

    @classmethod
    def read(cls, path: str) -> Run:
        """Return the run in a file that `w2s verify --json` wrote.

        Raises InvalidInput where it cannot be read or holds anything else, such as the form of another version.
        """
        try:
            data = json.loads(Path(path).read_text(encoding="utf-8"), parse_constant=_refuse)
        except OSError as error:
            raise InvalidInput(
                f"cannot read {path!r}: {error.strerror}; give a file of w2s verify --json"
            ) from error
        except ValueError as error:
            raise InvalidInput(f"{path!r} is not JSON; give a file that w2s verify --json wrote") from error
        if not isinstance(data, dict) or data.get("schema") != SCHEMA:
            raise InvalidInput(f"{path!r} is no result of w2s verify --json (schema {SCHEMA}); write it anew")
        return cls.from_json(data)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
