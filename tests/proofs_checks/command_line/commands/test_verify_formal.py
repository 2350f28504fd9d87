"""The formal tier on the command line, with coqc and without."""

from __future__ import annotations

import json

import pytest

from proofs_checks.command_line.cli import main

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
