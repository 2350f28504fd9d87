from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import defaultdict
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import proofs_checks.claims  # noqa: F401  (registers the checks)
from proofs_checks import registry
from proofs_checks import verify as runner
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.grounds import with_dependencies
from proofs_checks.registry import checks_of
from proofs_checks.run import Run
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
from proofs_checks.grounds import with_dependencies
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
    first, *_ = data["claims"]
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
        "broken",
        "given",
        "seconds",
    ]
    assert list(first["falsifiers"][0]) == ["name", "rejected", "witness"]
    assert [claim["id"] for claim in data["claims"]] == [claim.id for claim in with_dependencies(FAST)]


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
    finding, _ = runner.outcome_of(future)
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
    assert "the run was interrupted before this was done" in " ".join(out.split())
    assert "Traceback" not in err


SIDE_BY_SIDE = """
import sys
import pebble
from proofs_checks import claims, verify
from proofs_checks.evidence import Tier
from w2s_theory.claims import find_claim

started = []

class Pool(pebble.ProcessPool):
    def __init__(self, max_workers, **settings):
        started.append(max_workers)
        super().__init__(max_workers=max_workers, **settings)

verify.ProcessPool = Pool
if __name__ == "__main__":
    verify.verify([find_claim("rf.thm4.2")], tiers=[Tier.DECISION], jobs=100_000)
    print(started)
"""


def test_no_more_processes_start_than_there_are_claims(tmp_path) -> None:
    script = tmp_path / "side_by_side.py"
    script.write_text(SIDE_BY_SIDE)
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[1]"


def interrupting(after: int) -> Any:
    """Return a progress function that presses Ctrl-C when so many tasks are done."""

    def on_progress(_label: str, done: int, _total: int) -> None:
        if done == after:
            raise KeyboardInterrupt

    return on_progress


def test_what_an_interruption_cut_off_counts_for_nothing() -> None:
    """The first claim is proved by its first check, and its falsifier and other check wait; the second has not begun."""
    tiers = [Tier.SYMBOLIC, Tier.DECISION]
    run = verify(FAST, tiers=tiers, jobs=1, on_progress=interrupting(1))
    assert run.interrupted
    assert run.exit_code == 130
    assert [result.id for result in run.results] == [claim.id for claim in with_dependencies(FAST)]
    assert run.summary.startswith("interrupted, partial results: 0 of 4 claims hold; 0 of ")
    for result in run.results:
        assert len(result.evidence) == len([item for item in checks_of(result.id) if item.tier in tiers])
        assert result.verdict is Verdict.UNDECIDED
        assert not result.failed
        assert result.problem == "interrupted before all its checks ran"
        assert {item.rejected for item in result.falsifiers} == {None}
    verdicts = [item.finding.verdict for item in run.results[0].evidence]
    assert verdicts == [Verdict.PROVED, Verdict.INTERRUPTED]
    assert Run.from_json(run.as_json()).as_json() == run.as_json()


def test_a_run_that_fails_stops_its_workers() -> None:
    def broken(_label: str, _done: int, _total: int) -> None:
        raise RuntimeError("no terminal")

    with pytest.raises(RuntimeError, match="no terminal"):
        verify(FAST[:1], tiers=[Tier.DECISION], jobs=1, on_progress=broken)


def test_what_a_claim_cites_is_verified_too_where_derivations_are() -> None:
    claim = find_claim("rf.kappa-upper")
    run = verify([claim], tiers=[Tier.SYMBOLIC], jobs=2)
    assert [result.id for result in run.results] == [
        "rf.kappa-upper",
        "fact.cauchy-schwarz",
        "fact.power-order",
    ]
    (row,) = run.results[0].evidence
    assert row.text.endswith(
        "proved, given: the Cauchy-Schwarz inequality (fact, proved); roots and powers keep the order (fact, proved)"
    )
    assert [result.id for result in verify([claim], tiers=[Tier.SIMULATION], jobs=1).results] == [claim.id]


BROKEN = """
import sys
from dataclasses import replace
import proofs_checks.claims
from proofs_checks import verify
from proofs_checks.evidence import Tier
from w2s_theory import claims
from w2s_theory.claims import find_claim
from w2s_theory.relations import at_least

claim = find_claim("fact.power-order")
*earlier, last = claim.derivation
wrong = replace(earlier[0], relation=at_least(earlier[0].relation.rhs, earlier[0].relation.lhs + 1))
broken = replace(claim, derivation=(wrong, *earlier[1:], last))
verify.find_claim = lambda claim_id: broken

if __name__ == "__main__":
    run = verify.verify([broken], tiers=[Tier.PROPERTY], jobs=1)
    for item in run.results[0].evidence:
        print(item.tier, item.finding.verdict, item.finding.broken)
    print("exit", run.exit_code)
"""


def test_a_broken_derivation_fails_under_any_tier(tmp_path: Path) -> None:
    script = tmp_path / "broken.py"
    script.write_text(BROKEN)
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["property supported None", "symbolic undecided 2", "exit 1"]


def test_a_claim_without_checks_in_the_tiers_has_a_result() -> None:
    other = find_claim("rf.spectrum")
    run = verify([find_claim("id.condition"), other], tiers=[Tier.DECISION], jobs=2)
    assert [result.id for result in run.results] == ["id.condition", other.id]
    assert run.results[0].holds
    assert run.summary.startswith("1 of 2 claims hold; ")
    assert (run.exit_code, run.results[1].verdict) == (3, Verdict.UNDECIDED)
    assert run.results[1].problem == "no check in these tiers"
    assert Run.from_json(run.as_json()).as_json() == run.as_json()


def test_a_claim_without_any_checks_names_the_file_they_are_expected_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(registry, "_checks", defaultdict(list))
    with pytest.raises(InvalidInput) as caught:
        verify([find_claim("rf.thm4.2")])
    assert str(caught.value) == (
        "rf.thm4.2 has no checks; expected in proofs_checks/claims/random_features/limits.py"
    )


def test_a_falsifier_that_no_check_rejects_did_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = FAST[0]
    careless = [replace(item, rejects=()) for item in checks_of(claim.id)]
    monkeypatch.setitem(registry._checks, claim.id, careless)
    done = [(runner.Task(claim.id, careless[0]), Finding(Verdict.PROVED, "three steps", "everywhere"), 0.1)]
    assert {falsifier.rejected for falsifier in runner._collect(claim, done).falsifiers} == {None}
