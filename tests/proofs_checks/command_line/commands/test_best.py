from __future__ import annotations

import json

import pytest

from proofs_checks.command_line.cli import main


def test_the_best_constant_is_printed_with_both_sides(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["best", "L_ST >= c*L_TE**2"]) == 0
    first, *lines = capsys.readouterr().out.splitlines()
    assert first == "the largest c is 3/4 = 0.750000000000000000000000000000"
    assert "attained at" in lines
    assert any(line.startswith("at c = 3/4 the bound is proved by") for line in lines)
    assert lines[-1].endswith("a state breaks it")


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["best", "L_ST >= c*L_TE**2", "--model", "bounded", "--json", "-"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["best"], data["attained"], data["which"]) == ("1/4", False, "largest")


@pytest.mark.parametrize(
    "arguments",
    [
        ["L_ST >= L_TE"],
        ["L_ST >= c*d"],
        ["L_ST >= c", "--limit", "0"],
        ["L_ST >= c", "--seconds", "-1"],
        ["L_ST >="],
    ],
)
def test_bad_input_is_one_line_and_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["best", *arguments]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
