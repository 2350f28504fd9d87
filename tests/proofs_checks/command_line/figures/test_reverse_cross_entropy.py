"""`w2s figure reverse-cross-entropy` draws the experiment and writes what it shows."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from proofs_checks.command_line.figures import reverse_cross_entropy
from w2s_theory.errors import InvalidInput

SMALL = ("--data", "breast-cancer", "--teacher-width", "4", "--student-width", "100")


def run(*words: str, json_to: str | None = None) -> int:
    parser = argparse.ArgumentParser()
    reverse_cross_entropy.configure(parser)
    arguments = parser.parse_args(words)
    arguments.json = json_to
    return reverse_cross_entropy.run(arguments)


def test_a_quick_figure_is_drawn_with_its_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prefix = str(tmp_path / "figure")
    assert run("--quick", *SMALL, "--out", prefix, "--format", "png", json_to="-") == 0
    result = json.loads(capsys.readouterr().out)
    kept = [row["keep"] for row in result["students"] if row["labeller"] == "single"]
    assert kept == [1.0] * 4 + [0.5] * 4 + [0.1] * 4
    assert result["settings"]["runs"] == 3
    assert result["settings"]["horizon"] == 1000
    assert {Path(name).name for name in result["files"]} == {"figure.png", "figure.csv", "figure.nc"}
    assert all(Path(name).stat().st_size > 0 for name in result["files"])


def test_bad_formats_are_refused_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="png, svg, pdf"):
        run("--format", "gif", "--out", str(tmp_path / "figure"))


def test_one_run_has_no_interval(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="2 or more"):
        run("--seeds", "1", *SMALL, "--out", str(tmp_path / "figure"))
