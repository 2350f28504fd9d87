from __future__ import annotations

from dataclasses import replace

import pytest

from proofs_checks.evidence import Tier
from proofs_checks.report.collect import collect, reproducing
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
    every = tuple(replace(outcome.results[0], id=claim.id) for claim in all_claims())
    assert reproducing(replace(outcome, results=every)) == "w2s verify --budget full --seed 7"
