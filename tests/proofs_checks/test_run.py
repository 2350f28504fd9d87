"""The results of a verification: exit codes, and the JSON form in both directions."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from proofs_checks.evidence import ClaimResult, Evidence, Finding, Rejection, Tier, Verdict
from proofs_checks.run import SCHEMA, Run
from w2s_theory.claims import find_claim
from w2s_theory.errors import InvalidInput


def result(claim_id: str, *findings: Finding, rejected: bool | None = True) -> ClaimResult:
    evidence = [Evidence(Tier.DECISION, "z3", finding, 0.125) for finding in findings]
    return ClaimResult.of(find_claim(claim_id), evidence, [Rejection("a twin", rejected, {"L_TE": "1/2"})])


PROVED = result("rf.thm4.1", Finding(Verdict.PROVED, "no solution", "all states"))
PARTIAL = result(
    "rf.thm4.2",
    Finding(
        Verdict.PROVED, "two steps", "all states", covers="the first inequality", parts=("rf.thm4.2#curve",)
    ),
)
REFUTED = result("rf.cor1", Finding(Verdict.REFUTED, "false", "all states", {"L_TE": "1/3"}), rejected=None)
RUN = Run((PROVED, PARTIAL, REFUTED), 7, "full", (Tier.SYMBOLIC, Tier.DECISION), {"python": "3.11"})


def test_the_json_form_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "results.json").write_text(json.dumps(RUN.as_json()))
    assert Run.read(str(tmp_path / "results.json")) == RUN


def test_what_a_finding_covers_is_data_and_no_part_of_its_summary() -> None:
    claim = RUN.as_json()["claims"][1]
    (found,) = claim["evidence"]
    assert (found["summary"], found["covers"]) == ("two steps", "the first inequality")
    assert found["parts"] == ["rf.thm4.2#curve"]
    assert claim["parts"] == ["rf.thm4.2#curve", "rf.thm4.2#quadratic", "rf.thm4.2#small-losses"]


@pytest.mark.parametrize(
    ("results", "code"), [((PROVED,), 0), ((PROVED, PARTIAL), 3), ((PARTIAL, REFUTED), 1)]
)
def test_exit_codes_say_whether_all_holds(results: tuple[ClaimResult, ...], code: int) -> None:
    assert replace(RUN, results=results).exit_code == code
    assert replace(RUN, results=results, interrupted=True).exit_code == 130


@pytest.mark.parametrize("field", ["seed", "budget", "tiers", "versions", "interrupted", "claims"])
def test_a_missing_field_of_the_run_is_named(field: str) -> None:
    data = {name: value for name, value in RUN.as_json().items() if name != field}
    with pytest.raises(InvalidInput, match=field):
        Run.from_json(data)


@pytest.mark.parametrize("field", ["id", "evidence", "falsifiers", "verdict", "expects_refutation"])
def test_a_missing_field_of_a_claim_is_named(field: str) -> None:
    data = RUN.as_json()
    del data["claims"][0][field]
    with pytest.raises(InvalidInput, match=field):
        Run.from_json(data)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"verdict": "refuted"}, "its evidence says proved"),
        ({"falsifiers": [{"name": "a twin", "rejected": "yes", "witness": None}]}, "'rejected' is 'yes'"),
        ({"evidence": [{"tier": "guess"}]}, "verdict"),
        ({"evidence": [{**PROVED.as_json()["evidence"][0], "tier": "guess"}]}, "'guess' is not a valid Tier"),
    ],
)
def test_fields_that_cannot_be_are_refused(change: dict[str, Any], message: str) -> None:
    data = RUN.as_json()
    data["claims"][0] |= change
    with pytest.raises(InvalidInput, match=message):
        Run.from_json(data)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("not json", "is not JSON"),
        (f'{{"schema": {SCHEMA}, "seed": NaN}}', "is not JSON"),
        ("[]", "no result of w2s verify"),
        ('{"schema": 1, "versions": {}, "seed": 0, "claims": []}', "no result of w2s verify"),
        (None, "cannot read"),
    ],
)
def test_files_that_are_no_results_are_named(content: str | None, message: str, tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(InvalidInput, match=message):
        Run.read(str(path))
