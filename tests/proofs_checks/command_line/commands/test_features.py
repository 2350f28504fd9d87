"""`w2s features` predicts from files, and names what is wrong with them in one line."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from numeric.subspaces.pairs import aligned_pair
from numeric.subspaces.risks import exact_risks
from proofs_checks.command_line.cli import main

PAIR = aligned_pair(6, 10, 2.5, rho_s=0.3, rho_w=0.2)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder, generator = tmp_path_factory.mktemp("features"), np.random.default_rng(0)
    z = generator.standard_normal((5000, len(PAIR.target)))
    arrays = {
        "weak": z @ PAIR.weak,
        "strong": z @ PAIR.strong,
        "labels": z @ PAIR.target + generator.standard_normal(5000),
        "short": z[:4000] @ PAIR.strong,
        "infinite": np.full((5000, 6), np.inf),
        "dependent": np.ones((5000, 6)),
        "flat": np.ones(5000),
        "words": np.array(["a", "b"]),
    }
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
    return {name: str(folder / f"{name}.npy") for name in arrays}


def test_predictions_are_those_of_the_spans_drawn_from(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    weak, strong, labels = (files[name] for name in ("weak", "strong", "labels"))
    points = ("--n", "60", "--N", "90", "--threshold", "1")
    assert main(["features", weak, strong, "--labels", labels, *points, "--json", "-"]) == 0
    result = json.loads(capsys.readouterr().out)
    expected = exact_risks(PAIR.numbers(60, 90, 1.0))
    assert {name: result["prediction"][name] for name in expected} == pytest.approx(expected, rel=0.1)
    assert set(result["prediction"]) == {*expected, "PGR", "OPR"}
    assert result["label_budget"]["student_beats_teacher"]["first"] == 12
    assert result["settings"]["examples"] == 5000
    assert result["notes"] == []


def test_tables_say_what_is_assumed_and_defaults_are_finite(
    files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    destination = tmp_path / "result.json"
    assert main(["features", files["weak"], files["strong"], "--json", str(destination)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "predicted at n = 1000, N = 4000" in shown
    assert "student beats teacher: for every n >= 12" in shown
    assert "assumes: features jointly Gaussian" in shown
    assert "no labels" in shown
    assert json.loads(destination.read_text())["sigma2"] == 1


def test_few_pseudo_labels_are_noted(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["features", files["weak"], files["strong"], "--N", "13"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "adds more variance than it removes" in shown
    assert "student beats teacher: for no number of labels" in shown


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["weak", "short"], "5000 rows and strong features 4000"),
        (["infinite", "strong"], "weak features are not all finite"),
        (["weak", "dependent"], "strong features are rank-deficient: 1 of 6"),
        (["weak", "flat"], "strong features have shape (5000,)"),
        (["words", "strong"], "use real numbers"),
        (["missing", "strong"], "cannot read"),
        (["weak", "strong", "--labels", "short"], "labels have shape"),
        (["weak", "strong", "--N", "7"], "use N >= d_s + 2 = 8"),
        (["weak", "strong", "--n", "11"], "use n >= max(d_w, d_s) + 2 = 12"),
        (["weak", "strong", "--threshold", "0"], "it must be in (0, 1]"),
        (["weak", "strong", "--sigma2", "nan"], "sigma2 is nan"),
        (["weak", "strong", "--json", "/nowhere/x.json"], "cannot write"),
    ],
)
def test_files_and_numbers_that_do_not_fit_are_one_line(
    files: dict[str, str], words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["features", *(files.get(word, word) for word in words)]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
