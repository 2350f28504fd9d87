"""From a verification to a report on it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from proofs_checks.evidence import Tier
from proofs_checks.report.model import Entry, Figure, Report, Section
from proofs_checks.run import Run
from w2s_theory.claims import all_claims


def collect(run: Run, figures: Sequence[Figure] = ()) -> Report:
    """Return the report on a verification, grouped by paper, with the figures given."""
    known = {claim.id: claim for claim in all_claims() if claim.id not in run.unknown}
    rests_on = {result.id: {ground.claim_id for ground in result.grounds} for result in run.results}
    entries = [
        Entry(
            result, known.get(result.id), tuple(other for other in rests_on if result.id in rests_on[other])
        )
        for result in run.results
    ]
    return Report(run, _sections(entries), reproducing(run), tuple(figures))


def reproducing(run: Run) -> str:
    """Return the command line that repeats a verification, as far as this installation has its claims; empty without any.

    Claims are named unless they are all there are, and tiers unless all were tried.
    """
    ids = [result.id for result in run.results if result.id not in run.unknown]
    if not ids:
        return ""
    words = [] if ids == [claim.id for claim in all_claims()] else ids
    words += ["--budget", run.budget]
    if set(run.tiers) != set(Tier):
        words += [word for tier in run.tiers for word in ("--tier", str(tier))]
    return shlex.join(["w2s", "verify", *words, "--seed", str(run.seed)])


def _sections(entries: Sequence[Entry]) -> tuple[Section, ...]:
    """Group by paper, papers in the order of their first claim; claims that this installation does not have come last."""
    papers = {entry.claim.source.paper: None for entry in entries if entry.claim}
    sections = [
        Section(
            paper.key,
            paper.title,
            f"{paper.reference}, arXiv {paper.arxiv}" if paper.arxiv else paper.reference,
            f"https://arxiv.org/abs/{paper.arxiv}" if paper.arxiv else "",
            tuple(entry for entry in entries if entry.claim and entry.claim.source.paper == paper),
        )
        for paper in papers
    ]
    if unknown := tuple(entry for entry in entries if entry.claim is None):
        reference = "The results have these ids; the installed version has no such claims, or states them in other parts."
        sections.append(Section("unknown", "Claims this version does not know", reference, "", unknown))
    return tuple(sections)
