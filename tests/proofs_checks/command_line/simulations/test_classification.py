"""`w2s simulate classification` tables and JSON, on shipped data and one's own, and one line for what is wrong."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from proofs_checks.command_line.simulations import classification
from w2s_theory.errors import InvalidInput

SMALL = "--data breast-cancer --teacher-width 4 --teachers 2 --student-width 100 --horizon 100 --seeds 3"


def run(words: str, json_to: str | None = None) -> int:
    parser = argparse.ArgumentParser()
    classification.configure(parser)
    arguments = parser.parse_args(words.split())
    arguments.json = json_to
    return classification.run(arguments)


def numbers(data: Any) -> list[float]:
    """Return every number in nested lists and dictionaries."""
    if isinstance(data, dict | list):
        return [n for one in (data.values() if isinstance(data, dict) else data) for n in numbers(one)]
    return [data] if isinstance(data, float) else []


def test_json_has_every_student_at_every_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved = tmp_path / "runs.nc"
    assert run(f"{SMALL} --loss ce rce --keep 1 0.5 --save {saved}", "-") == 0
    result = json.loads(capsys.readouterr().out)
    described = [(row["loss"], row["labeller"], row["keep"]) for row in result["students"]]
    assert described == [
        *((loss, "single", keep) for keep in (1.0, 0.5) for loss in ("ce", "rce")),
        *((loss, mean, 1.0) for mean in ("arithmetic", "geometric") for loss in ("ce", "rce")),
        ("ce", "truth", 1.0),
    ]
    rules = result["students"][0]["stopped"]
    assert set(rules) == {"validation_risk", "validation_accuracy", "teacher_labels", "end"}
    for row in rules.values():
        assert {"accuracy", "risk", "entropy", "misfit", "cross_term", "gap", "PGR_accuracy"} <= set(row)
    assert np.all(np.isfinite(numbers(result)))
    assert result["identity_error"] < 1e-12
    assert result["settings"]["seed"] == 0
    assert xr.load_dataset(saved, engine="scipy").sizes["run"] == 3


def test_the_tables_name_what_they_show(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(f"{SMALL} --loss ce cace") == 0
    shown = capsys.readouterr().out
    for words in ("3 runs", "over CE", "no labels", "cross term", "geometric", "gap = misfit"):
        assert words in shown


def test_one_s_own_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    generator = np.random.default_rng(0)
    labels = np.repeat(["cat", "dog", "owl"], 60)
    centres = {"cat": -2.0, "dog": 0.0, "owl": 2.0}
    np.save(tmp_path / "X.npy", generator.standard_normal((180, 2)) + [[centres[one], 0] for one in labels])
    np.save(tmp_path / "Y.npy", labels)
    words = SMALL.replace("breast-cancer", f"{tmp_path / 'X.npy'} {tmp_path / 'Y.npy'}")
    assert run(f"{words} --loss ce --teacher pca --teacher-width 1 --teacher-labels 9", "-") == 0
    result = json.loads(capsys.readouterr().out)
    assert result["settings"]["classes"] == 3
    assert result["students"][-1]["stopped"]["validation_risk"]["accuracy"]["mean"] > 0.7


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("--data iris", "unknown data"),
        ("--seeds 1", "runs = 1"),
        ("--seed -1", "seed"),
        ("--jobs 0", "0 jobs"),
        ("--loss ce mse", "unknown loss"),
        ("--loss ce ce", "repeated"),
        ("--keep 0", "keep"),
        ("--fraction 2", "fraction"),
        ("--floor 0", "floor"),
        ("--threshold 1.5", "threshold"),
        ("--symmetric-weight nan", "symmetric weight"),
        ("--teacher fourier", "teacher features"),
        ("--teacher-labels 500", "at most 114"),
        ("--teacher-labels 1", "miss class"),
    ],
)
def test_values_out_of_range_are_named(change: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as raised:
        run(f"{SMALL} {change}")
    assert "\n" not in str(raised.value)
