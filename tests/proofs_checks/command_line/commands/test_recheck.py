from __future__ import annotations

import json
from pathlib import Path

import pytest

from proofs_checks.command_line.cli import main


def written(bound: str, folder: Path) -> Path:
    file = folder / "bound.json"
    main(["check", bound, "--certificate", str(file)])
    return file


@pytest.mark.parametrize(
    ("bound", "code", "line"),
    [
        ("L_ST >= 3/4*L_TE**2", 0, "conjunct 1: the certificate (sign table) stands"),
        ("L_ST >= L_TE**2", 0, "conjunct 1: the state breaks it"),
    ],
)
def test_a_line_a_part(
    bound: str, code: int, line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(bound, tmp_path)
    capsys.readouterr()
    assert main(["recheck", str(file)]) == code
    assert capsys.readouterr().out.splitlines()[0] == line


def test_the_word_of_solvers_is_not_rechecked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written("L_ST >= 3/4*L_TE**2", tmp_path)
    data = json.loads(file.read_text())
    data["parts"][0]["certificate"]["inner"] = {"kind": "solvers"}
    file.write_text(json.dumps(data))
    capsys.readouterr()
    assert main(["recheck", str(file)]) == 3
    assert capsys.readouterr().out.splitlines() == [
        "conjunct 1: rests on the word of z3 and cvc5, no certificate to re-check",
        "not re-checked: the file says that two solvers said so",
    ]


def test_another_bound_does_not_stand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written("L_ST >= 3/4*L_TE**2", tmp_path)
    data = json.loads(file.read_text())
    data["bound"] = "L_ST >= 0.7500001*L_TE**2"
    file.write_text(json.dumps(data))
    capsys.readouterr()
    assert main(["recheck", str(file)]) == 1
    assert "does NOT stand" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": 99}', "{"])
def test_other_files_are_bad_input(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "other.json"
    file.write_text(text)
    assert main(["recheck", str(file)]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert main(["recheck", str(tmp_path / "nothing.json")]) == 2
