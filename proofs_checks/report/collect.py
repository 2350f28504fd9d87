"""From the JSON of `w2s verify` to a report."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from proofs_checks.report.model import Entry, Observation, Report, Section, Twin
from proofs_checks.verify import SCHEMA
from w2s_theory.claim import Claim
from w2s_theory.claims import all_claims
from w2s_theory.errors import InvalidInput

# `proofs_checks.verify.summarize` ends the summary of a partial finding this way.
_PARTIAL = re.compile(r" \(covers .+\)$", re.DOTALL)


def read_results(path: str) -> dict[str, Any]:
    """Return the results in a file that `w2s verify --json` wrote.

    Raises InvalidInput where it cannot be read or holds anything else.
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
    return data


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def collect(results: Mapping[str, Any]) -> Report:
    """Return the report of a verification's results (`Run.as_json`), grouped by paper.

    Raises InvalidInput where a field is missing or of the wrong kind.
    """
    known = {claim.id: claim for claim in all_claims()}
    try:
        entries = [_entry(item, known.get(item["id"])) for item in results["claims"]]
        versions = {str(name): str(version) for name, version in results["versions"].items()}
        seed = int(results["seed"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidInput(
            f"the results lack a field or have a wrong one ({error}); write them with w2s verify --json"
        ) from error
    return Report(_sections(entries), versions, seed, _command(results, entries, seed))


def _entry(item: Mapping[str, Any], claim: Claim | None) -> Entry:
    return Entry(
        id=str(item["id"]),
        title=str(item["title"]),
        source=str(item["source"]),
        provenance=str(item["provenance"]),
        verdict=str(item["verdict"]),
        evidence=tuple(map(_observation, item["evidence"])),
        twins=tuple(
            Twin(
                str(twin["name"]),
                None if twin["rejected"] is None else bool(twin["rejected"]),
                _witness(twin),
            )
            for twin in item["falsifiers"]
        ),
        claim=claim,
    )


def _observation(item: Mapping[str, Any]) -> Observation:
    return Observation(
        tier=str(item["tier"]),
        method=str(item["method"]),
        verdict=str(item["verdict"]),
        summary=str(item["summary"]),
        domain=str(item["domain"]),
        witness=_witness(item),
        seconds=float(item["seconds"]),
        partial=bool(_PARTIAL.search(str(item["summary"]))),
    )


def _witness(item: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in (item["witness"] or {}).items()}


def _sections(entries: list[Entry]) -> tuple[Section, ...]:
    """Group by paper, papers in the order of their first claim; claims that are not known any more come last."""
    papers = {entry.claim.source.paper: None for entry in entries if entry.claim}
    sections = [
        Section(
            paper.key,
            paper.title,
            f"{paper.authors}, {paper.venue} {paper.year}, arXiv {paper.arxiv}",
            f"https://arxiv.org/abs/{paper.arxiv}",
            tuple(entry for entry in entries if entry.claim and entry.claim.source.paper == paper),
        )
        for paper in papers
    ]
    if unknown := tuple(entry for entry in entries if entry.claim is None):
        reference = "These ids are in the results, but not among the claims of the installed version."
        sections.append(Section("unknown", "Claims this version does not know", reference, "", unknown))
    return tuple(sections)


def _command(results: Mapping[str, Any], entries: list[Entry], seed: int) -> str:
    """Return the command line that reproduces the results; claims are named unless they are all there are."""
    ids = [entry.id for entry in entries]
    named = [] if ids == [claim.id for claim in all_claims()] else ids
    budget = ["--budget", str(results["budget"])] if "budget" in results else []
    return shlex.join(["w2s", "verify", *named, *budget, "--seed", str(seed)])
