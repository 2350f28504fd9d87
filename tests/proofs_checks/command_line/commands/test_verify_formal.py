"""The formal tier on the command line, with coqc and without."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from proofs_checks.command_line import verification
from proofs_checks.command_line.cli import main
from proofs_checks.evidence import Tier, Verdict
from proofs_checks.verify import verify
from w2s_theory.claims import find_claim

INSTALL = "coqc not found; apt-get install coq libcoq-coquelicot"


def test_without_coqc_the_tier_is_left_out_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert main(["verify", "id.condition", "--jobs", "1", "--json", "-"]) == 0
    printed = capsys.readouterr()
    assert printed.err == f"formal tier not run: {INSTALL}\n"
    (claim,) = json.loads(printed.out)["claims"]
    assert claim["verdict"] == "proved"
    assert "formal" not in {item["tier"] for item in claim["evidence"]}


def test_without_coqc_the_tier_asked_for_is_not_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert main(["verify", "id.condition", "--tier", "formal", "--jobs", "1", "--json", "-"]) == 3
    data = json.loads(capsys.readouterr().out)
    (claim,) = data["claims"]
    assert claim["verdict"] == "undecided"
    assert claim["falsifiers"] == []
    (row,) = claim["evidence"]
    assert (row["verdict"], row["summary"]) == ("not run", f"not run: {INSTALL}")
    assert "coq" not in data["versions"]


@pytest.mark.parametrize(
    ("script", "cache", "reason"),
    [
        (
            "exit 1",
            "",
            r"\S+coqc --print-version fails \(exit code 1\); apt-get install coq libcoq-coquelicot",
        ),
        ("exit 0", "", r"\S+coqc --print-version prints nothing; apt-get install coq libcoq-coquelicot"),
        (
            "echo 8.16.1",
            "/proc/foo",
            r"cannot write the cache '/proc/foo/.*' \(.*\); set XDG_CACHE_HOME to .*",
        ),
    ],
)
def test_what_is_broken_leaves_the_tier_out_in_one_line(
    script: str,
    cache: str,
    reason: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    coqc = tmp_path / "coqc"
    coqc.write_text(f"#!/bin/sh\n{script}\n")
    coqc.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", cache or str(tmp_path / "cache"))
    assert verification.tiers_with_tools() == [tier for tier in Tier if tier is not Tier.FORMAL]
    assert re.fullmatch(f"formal tier not run: {reason}\n", capsys.readouterr().err)
    run = verify([find_claim("id.condition")], tiers=[Tier.FORMAL], jobs=1)
    (row,) = run.results[0].evidence
    assert (run.exit_code, row.finding.verdict) == (3, Verdict.NOT_RUN)
    assert re.fullmatch(f"not run: {reason}", row.finding.summary)


def test_with_coqc_the_row_names_theorem_and_axioms(
    need_rocq: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", "id.condition", "--tier", "formal", "--jobs", "1", "--json", "-"]) == 0
    data = json.loads(capsys.readouterr().out)
    (row,) = data["claims"][0]["evidence"]
    assert row["verdict"] == "proved"
    assert row["method"] == "Rocq kernel"
    assert row["summary"].startswith(
        "proved by intrinsic_dimension.conditions.id_condition_advantage_over_teacher, "
    )
    assert "; axioms: ClassicalDedekindReals.sig_forall_dec" in row["summary"]
    assert data["versions"]["coq"]
