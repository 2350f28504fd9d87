"""`w2s figure intrinsic-dimension` draws the scans and writes what they show."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from proofs_checks.command_line.figures import intrinsic_dimension
from w2s_theory.errors import InvalidInput


def run(*words: str, json_to: str | None = None) -> int:
    parser = argparse.ArgumentParser()
    intrinsic_dimension.configure(parser)
    arguments = parser.parse_args(words)
    arguments.json = json_to
    return intrinsic_dimension.run(arguments)


@pytest.mark.slow
def test_a_quick_figure_is_drawn_with_its_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prefix = str(tmp_path / "scans")
    assert run("--quick", "--out", prefix, "--format", "png", json_to="-") == 0
    result = json.loads(capsys.readouterr().out)
    assert [(one["d_sw"], one["sigma2"], one["varied"]) for one in result["scans"]] == [
        (d_sw, noise, varied)
        for d_sw, noise in ((10, 0.01), (50, 0.01), (90, 0.01), (90, 0.0004))
        for varied in ("n", "N")
    ]
    assert set(result["scans"][0]["bound"]) == {"PGR", "OPR"}
    assert result["scans"][0]["exact"]["PGR"][0] == pytest.approx(0.923, abs=5e-4)
    assert {Path(name).name for name in result["files"]} == {"scans.png", "scans.csv", "scans.nc"}


def test_one_trial_has_no_deviation(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="at least 2"):
        run("--trials", "1", "--out", str(tmp_path / "scans"))
