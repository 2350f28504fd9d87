from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from proofs_checks.report.collect import collect, read_results
from w2s_theory.claims import all_claims
from w2s_theory.errors import InvalidInput


def test_claims_are_grouped_by_paper_and_unknown_ones_come_last(results: dict[str, Any]) -> None:
    known, unknown = collect(results).sections
    assert [entry.id for entry in known.entries] == [
        "rf.thm4.1",
        "rf.thm4.2",
        "rf.summary-eta",
        "sharp.bootstrap",
    ]
    assert known.link == "https://arxiv.org/abs/2503.02877"
    assert [entry.id for entry in unknown.entries] == ["gone.claim"]
    assert unknown.link == ""


def test_the_strongest_evidence_settles_the_whole_statement(results: dict[str, Any]) -> None:
    found = {entry.id: entry.strongest for entry in collect(results).entries}
    tiers = {name: item.tier if item else None for name, item in found.items()}
    assert tiers == {
        "rf.thm4.1": "symbolic",
        "rf.thm4.2": "property",
        "rf.summary-eta": "decision",
        "sharp.bootstrap": None,
        "gone.claim": "property",
    }


def test_what_does_not_hold_says_why(results: dict[str, Any]) -> None:
    assert {entry.id: entry.problem for entry in collect(results).entries} == {
        "rf.thm4.1": "",
        "rf.thm4.2": "",
        "rf.summary-eta": "",
        "sharp.bootstrap": "undecided",
        "gone.claim": "a falsifier was not rejected",
    }


@pytest.mark.parametrize(("kept", "code"), [(3, 0), (4, 3), (5, 1)])
def test_exit_codes_are_those_of_verify(results: dict[str, Any], kept: int, code: int) -> None:
    assert collect({**results, "claims": results["claims"][:kept]}).exit_code == code


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [("verdict", "refuted", "came out refuted"), ("evidence", "crash", "a check crashed")],
)
def test_a_refuted_or_crashed_claim_fails(
    results: dict[str, Any], field: str, value: str, problem: str
) -> None:
    first = results["claims"][0]
    first[field] = value if field == "verdict" else [{**first["evidence"][0], "verdict": "crashed"}]
    report = collect(results)
    assert report.entries[0].problem == problem
    assert report.exit_code == 1


def test_the_command_reproduces_the_results(results: dict[str, Any]) -> None:
    assert collect({**results, "claims": results["claims"][:2], "budget": "full"}).command == (
        "w2s verify rf.thm4.1 rf.thm4.2 --budget full --seed 7"
    )
    every = [{**results["claims"][0], "id": claim.id} for claim in all_claims()]
    assert collect({**results, "claims": every}).command == "w2s verify --seed 7"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("not json", "is not JSON"),
        ('{"schema": 1, "seed": NaN}', "is not JSON"),
        ("[]", "no result of w2s verify"),
        ('{"schema": 0}', "no result of w2s verify"),
        (None, "cannot read"),
    ],
)
def test_files_that_are_no_results_are_named(content: str | None, message: str, tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(InvalidInput, match=message):
        read_results(str(path))


@pytest.mark.parametrize("field", ["id", "evidence", "falsifiers", "verdict"])
def test_a_missing_field_is_named(results: dict[str, Any], field: str) -> None:
    del results["claims"][0][field]
    with pytest.raises(InvalidInput, match=field):
        collect(results)


def test_a_file_of_verify_is_read_back(results_file: Path, results: dict[str, Any]) -> None:
    assert read_results(str(results_file)) == json.loads(json.dumps(results))
