from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from typing import Any

import pytest

import proofs_checks.claims  # noqa: F401  (registers the checks)
from proofs_checks import verify as runner
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.registry import checks_of
from proofs_checks.verify import rejects, verify
from w2s_theory.claims import find_claim
from w2s_theory.errors import InvalidInput

FAST = [find_claim("rf.thm4.2"), find_claim("sharp.learning-rules")]

MISBEHAVING = """
import os, sys, time
from dataclasses import replace
import proofs_checks.claims
from proofs_checks import budgets, registry, verify
from proofs_checks.evidence import Finding, Tier, Verdict
from w2s_theory.claims import find_claim

claim = find_claim("rf.cor2")
registry._checks[claim.id].clear()
registry._falsifiers[claim.id].clear()

@registry.check(claim, Tier.SYMBOLIC, "raises")
def raises(claim, context):
    raise RuntimeError("no such lemma")

@registry.check(claim, Tier.DECISION, "dies")
def dies(claim, context):
    os._exit(9)

@registry.check(claim, Tier.ENCLOSURE, "sleeps")
def sleeps(claim, context):
    time.sleep(60)

@registry.check(claim, Tier.PROPERTY, "works")
def works(claim, context):
    return Finding(Verdict.SUPPORTED, "fine", "here")

@registry.check(claim, Tier.SIMULATION, "boasts")
def boasts(claim, context):
    return Finding(Verdict.PROVED, "a sample", "here")

if __name__ == "__main__":
    budgets.BUDGETS["quick"] = budgets.Budget(seconds=6, examples=10)
    run = verify.verify([claim], jobs=1)
    for item in run.results[0].evidence:
        print(item.method, "|", item.finding.verdict, "|", item.finding.summary)
    print(run.results[0].verdict, run.exit_code)
"""


def without_seconds(data: Any) -> Any:
    for claim in data["claims"]:
        for evidence in claim["evidence"]:
            evidence["seconds"] = None
    return data


def test_the_json_form_is_the_same_for_one_and_for_two_processes() -> None:
    one, two = (verify(FAST, seed=7, jobs=jobs) for jobs in (1, 2))
    assert one.exit_code == two.exit_code == 0
    data = one.as_json()
    assert without_seconds(json.loads(json.dumps(data))) == without_seconds(two.as_json())
    assert list(data) == ["schema", "versions", "seed", "budget", "tiers", "interrupted", "claims"]
    assert data["seed"] == 7
    (first, _) = data["claims"]
    assert list(first) == [
        "id",
        "title",
        "source",
        "provenance",
        "expects_refutation",
        "parts",
        "verdict",
        "evidence",
        "falsifiers",
    ]
    assert list(first["evidence"][0]) == [
        "tier",
        "method",
        "verdict",
        "summary",
        "covers",
        "parts",
        "domain",
        "witness",
        "seconds",
    ]
    assert list(first["falsifiers"][0]) == ["name", "rejected", "witness"]
    assert [claim["id"] for claim in data["claims"]] == [claim.id for claim in FAST]


def test_tiers_select_checks() -> None:
    run = verify(FAST, tiers=[Tier.DECISION], jobs=1)
    assert {item.tier for result in run.results for item in result.evidence} == {Tier.DECISION}
    assert (run.tiers, run.budget) == ((Tier.DECISION,), "quick")
    with pytest.raises(InvalidInput, match="no claim given has a check in tier simulation"):
        verify(FAST, tiers=[Tier.SIMULATION])


def test_a_check_that_fails_to_run_is_reported_on_its_row_and_counts_for_nothing(tmp_path) -> None:
    script = tmp_path / "misbehaving.py"
    script.write_text(MISBEHAVING)
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        cwd=os.getcwd(),
    )
    lines = done.stdout.splitlines()
    assert lines[0] == "raises | crashed | RuntimeError: no such lemma"
    assert lines[1].startswith("dies | crashed | the worker process died")
    assert lines[2].startswith("sleeps | timed out |")
    assert lines[3] == "works | supported | fine"
    assert lines[4] == "boasts | crashed | ValueError: a check of the tier simulation says proved: a sample"
    assert lines[5] == "supported 1"


def test_an_outcome_never_raises() -> None:
    future: Future[Any] = Future()
    future.set_exception(ValueError("two\nlines"))
    finding, _ = runner._outcome(future)
    assert finding == Finding(Verdict.CRASHED, "ValueError: two lines", "")


def test_rejection_is_a_refutation_with_a_witness() -> None:
    claim, garbled = find_claim("rf.thm4.1"), find_claim("rf.summary-eta")
    refuted = Finding(Verdict.REFUTED, "", "", {"L_TE": "1/2"})
    assert rejects(claim, refuted)
    assert not rejects(claim, Finding(Verdict.UNDECIDED, "", ""))
    assert not rejects(garbled, refuted)
    assert rejects(garbled, Finding(Verdict.PROVED, "", ""))


def test_checks_come_strongest_first() -> None:
    tiers = [check.tier for check in checks_of("rf.thm4.1")]
    assert tiers == sorted(tiers, key=list(Tier).index)


@pytest.mark.slow
def test_interrupting_prints_what_finished_and_exits_130() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "proofs_checks.command_line.cli", "verify", "--jobs", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    time.sleep(20)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "interrupted, partial results:" in out
    assert "rf.cor1" in out
    assert "Traceback" not in err
