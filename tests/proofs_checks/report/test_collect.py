from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from proofs_checks.evidence import Tier
from proofs_checks.report.collect import collect, reproducing
from proofs_checks.results import ClaimResult
from proofs_checks.run import Run
from w2s_theory.claims import all_claims


def test_claims_are_grouped_by_paper_and_unknown_ones_come_last(outcome: Run) -> None:
    known, unknown = collect(outcome).sections
    assert [entry.result.id for entry in known.entries] == [
        "rf.thm4.1",
        "rf.thm4.2",
        "rf.summary-eta",
        "sharp.bootstrap",
    ]
    assert known.link == "https://arxiv.org/abs/2503.02877"
    assert [entry.result.id for entry in unknown.entries] == ["gone.claim"]
    assert unknown.link == ""


@pytest.mark.parametrize(
    ("budget", "tiers", "options"),
    [
        ("quick", tuple(Tier), "--budget quick"),
        ("full", tuple(Tier), "--budget full"),
        ("quick", (Tier.SYMBOLIC, Tier.DECISION), "--budget quick --tier symbolic --tier decision"),
    ],
)
def test_the_command_repeats_the_verification(
    outcome: Run, budget: str, tiers: tuple[Tier, ...], options: str
) -> None:
    run = replace(outcome, results=outcome.results[:2], budget=budget, tiers=tiers)
    assert reproducing(run) == f"w2s verify rf.thm4.1 rf.thm4.2 {options} --seed 7"


def test_the_command_names_no_claim_where_it_verifies_all(outcome: Run) -> None:
    every = tuple(ClaimResult.of(claim, outcome.results[0].evidence) for claim in all_claims())
    assert reproducing(replace(outcome, results=every)) == "w2s verify --budget full --seed 7"


def test_the_command_leaves_out_what_this_installation_does_not_have(outcome: Run) -> None:
    report = collect(outcome)
    assert "gone.claim" not in report.command
    assert report.command.startswith("w2s verify rf.thm4.1 ")
    assert outcome.cannot_repeat.endswith(": gone.claim")
    alone = collect(replace(outcome, results=outcome.results[-1:]))
    assert alone.command == ""
    assert replace(outcome, results=outcome.results[:-1]).cannot_repeat == ""


@pytest.mark.parametrize("change", [{"parts": ("rf.thm4.1#other",)}, {"expects_refutation": True}])
def test_results_on_a_claim_stated_otherwise_are_not_shown_beside_its_statement(
    outcome: Run, change: dict[str, Any]
) -> None:
    run = replace(outcome, results=(replace(outcome.results[0], **change),))
    (section,) = collect(run).sections
    assert (section.key, section.entries[0].claim) == ("unknown", None)
