from __future__ import annotations

import json

import pytest

from proofs_checks.command_line.cli import main


def test_a_row_says_what_is_rejected_of_a_part_and_by_which_tiers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = main(["verify", "fact.inverse-wishart", "--sensitivity", "--jobs", "1"])
    printed = capsys.readouterr().out
    assert code == 0
    row = next(line for line in printed.splitlines() if "fact.inverse-wishart#mean" in line)
    assert "symbolic" in row
    assert "simulation" in row
    assert "survives" not in printed


def test_survivors_are_listed_and_fail(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["verify", "fact.inverse-wishart", "--sensitivity", "--tier", "decision", "--jobs", "1"]
    assert main([*arguments, "--json", "-"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["rejected"]["5%"]["none"] > 0
    assert data["rejected"]["5%"]["two"] == 0
    assert main(arguments) == 1
    assert "survives: fact.inverse-wishart#mean" in capsys.readouterr().out
