from __future__ import annotations

import json
from pathlib import Path

import pytest

from proofs_checks.command_line.cli import main
from proofs_checks.report.render import RENDERERS

TWIN = {"name": "a wrong twin", "rejected": True, "witness": {"L_TE": "1/2"}}


@pytest.fixture
def results_file(tmp_path: Path) -> Path:
    claim = {"id": "rf.cor1", "title": "t", "source": "s", "provenance": "new", "verdict": "proved"}
    found = {
        "schema": 1,
        "versions": {},
        "seed": 0,
        "claims": [{**claim, "evidence": [], "falsifiers": [TWIN]}],
    }
    path = tmp_path / "results.json"
    path.write_text(json.dumps(found))
    return path


@pytest.mark.parametrize("name", RENDERERS)
def test_every_format_is_written(name: str, results_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["report", "--from", str(results_file), "--format", name, "--out", str(out)]) == 0
    assert "rf" in out.read_text()


def test_without_results_it_verifies_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "report.json"
    arguments = ["report", "rf.def1", "--format", "json", "--out", str(out), "--seed", "5"]
    assert main(arguments) == 0
    assert capsys.readouterr().out == ""
    data = json.loads(out.read_text())
    assert data["command"] == "w2s verify rf.def1 --budget quick --seed 5"
    assert data["papers"][0]["claims"][0]["verdict"] == "proved"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--from", "nowhere.json"], "cannot read 'nowhere.json'"),
        (["rf.cor1", "--from", "results.json"], "claims are given with --from"),
        (["--out", "/nowhere/at/all.html"], "cannot write '/nowhere/at/all.html'"),
        (["rf.nothing"], "unknown claim 'rf.nothing'"),
        (["--format", "pdf"], "invalid choice: 'pdf'"),
    ],
)
def test_bad_usage_is_one_line(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = main(["report", *arguments])
    except SystemExit as stop:
        code = int(stop.code or 0)
    assert code == 2
    err = capsys.readouterr().err
    assert message in err
    assert err.count("\n") == 1


def test_missing_figures_are_named(
    results_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", "--from", str(results_file), "--figures", str(tmp_path)]) == 2
    assert "no SVG files" in capsys.readouterr().err
