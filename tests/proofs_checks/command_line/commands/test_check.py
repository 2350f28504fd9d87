from __future__ import annotations

import json
from pathlib import Path

import pytest

from proofs_checks.command_line.cli import main
from proofs_checks.command_line.commands.check import MEANING

TRUE_BOUND, FALSE_BOUND = "L_ST >= 3/4*L_TE**2", "L_ST >= L_TE**2"


@pytest.mark.parametrize(
    ("bound", "where", "code", "first"),
    [
        (TRUE_BOUND, "", 0, "proved by"),
        ("exp(-L_TE) >= 1-L_TE", "", 0, "certified by"),
        (FALSE_BOUND, "", 1, "refuted by a state that breaks it"),
        ("0.75 L_TE² ≤ L_ST", "", 0, "read as: 3/4*L_TE**2 <= L_ST"),
    ],
)
def test_verdicts_and_exit_codes(
    bound: str, where: str, code: int, first: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", bound, "--where", where]) == code
    printed = capsys.readouterr().out
    assert printed.startswith(first)
    assert "domain: " in printed


def test_a_refutation_shows_the_state_and_a_proof_what_the_adversary_saw(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["check", FALSE_BOUND])
    assert "f_ST = (" in capsys.readouterr().out
    main(["check", TRUE_BOUND])
    assert "states drawn from the model's definition, the closest within" in capsys.readouterr().out


def test_time_is_limited(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "sin(1)**2 + cos(1)**2 >= 1", "--seconds", "1"]) == 3
    assert capsys.readouterr().out.startswith("undecided")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no bound given"),
        (["L_ST >= L_T"], "unknown name 'L_T'"),
        (["L_ST >= c*L_TE**2"], 'for the best constant ask: w2s best "L_ST >= c*L_TE**2"'),
        (["L_ST >= 1", "--model", "none"], "unknown model 'none'"),
        (["L_ST >= 1", "--where", "L_TE > 2"], "no state of the model"),
        (["L_ST >= 1", "--steps", "3"], "has no parameter 'steps'"),
        (["L_ST >= 1", "--seconds", "0"], "--seconds 0.0; allowed"),
        (["--all", "/nothing/here"], "cannot read"),
        (["L_ST >= "], "cannot read 'L_ST >='"),
    ],
)
def test_bad_input_is_one_line_and_code_2(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *arguments]) == 2
    shown = capsys.readouterr().err.strip()
    assert message in shown
    assert len(shown.splitlines()) == 1


def test_an_unknown_name_that_is_no_constant_points_nowhere(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "L_ST >= loss_TE"]) == 2
    assert "w2s best" not in capsys.readouterr().err


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", FALSE_BOUND, "--json", "-"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["verdict"] == "refuted"
    assert data["witness"]["f_TE"]
    file = tmp_path / "answer.json"
    assert main(["check", TRUE_BOUND, "--json", str(file)]) == 0
    assert json.loads(file.read_text())["verdict"] == "proved"


def test_a_certificate_is_written_for_recheck(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bound.json"
    assert main(["check", TRUE_BOUND, "--certificate", str(file)]) == 0
    capsys.readouterr()
    assert main(["recheck", str(file)]) == 0
    assert "it stands" in capsys.readouterr().out


def test_a_file_of_bounds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bounds.txt"
    file.write_text(f"{TRUE_BOUND}\n{FALSE_BOUND}  # false\nL_T >= 1\n")
    assert main(["check", "--all", str(file), "--jobs", "2", "--json", "-"]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert [row["verdict"] for row in rows] == ["proved", "refuted", "not run"]
    file.write_text(f"{TRUE_BOUND}\n")
    assert main(["check", "--all", str(file)]) == 0
    assert "proved" in capsys.readouterr().out
    file.write_text("L_T >= 1\n")
    assert main(["check", "--all", str(file)]) == 2


def test_help_says_what_a_bound_means(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check", "--help"])
    shown = " ".join(capsys.readouterr().out.split())
    assert MEANING in shown


def test_models_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--models"]) == 0
    assert "shrinkage" in capsys.readouterr().out
