"""The figure of weak-to-strong classification: what is drawn, what is written, what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from numeric.classification.data import load_data
from numeric.classification.experiment import Setting, Student, experiment
from numeric.classification.figure import draw_classification, save_classification
from numeric.classification.summary import summarize
from numeric.classification.teachers import TeacherSetting
from w2s_theory.errors import InvalidInput

STUDENTS = [
    *(Student(loss, "single", keep) for keep in (0.5, 1.0) for loss in ("ce", "rce")),
    Student("ce", "geometric"),
]


@pytest.fixture(scope="module")
def runs() -> xr.Dataset:
    setting = Setting(STUDENTS, TeacherSetting("relu", 4, 20), teachers=2, student_width=50, horizon=100)
    return experiment(load_data(["breast-cancer"]), setting, 3, seed=0)


def test_panels_show_the_means_of_the_runs(runs: xr.Dataset) -> None:
    figure = draw_classification(runs, summarize(runs), "title")
    accuracy, risk, recovered, identity, *curves = figure.axes
    assert len(curves) == 2
    stopped = runs["stopped"].sel(measure="accuracy", rule="validation_accuracy").mean("run").values
    (line,) = (one for one in accuracy.get_lines() if one.get_label() == "reverse cross-entropy")
    assert line.get_xdata() == pytest.approx([0.5, 0.0])
    assert line.get_ydata() == pytest.approx(stopped[[1, 3]])
    assert {one.get_label() for one in accuracy.get_lines()} >= {"teacher", "ceiling"}
    assert "teacher" not in {one.get_label() for one in recovered.get_lines()}
    # One point with two error bars a student; the ceiling has no teacher to be compared with.
    assert len(identity.containers) == len(STUDENTS)
    path = runs["path"].sel(measure="risk", student="ce, single").mean("run").values
    assert any(np.array_equal(one.get_ydata(), path) for one in curves[1].get_lines())
    assert risk.get_ylabel() == "test CE risk (nats)"


def test_files_are_written_with_every_run(runs: xr.Dataset, tmp_path: Path) -> None:
    summary = summarize(runs)

    def save(name: str, format: str) -> list[str]:
        figure = draw_classification(runs, summary, "title")
        return save_classification(figure, runs, summary, str(tmp_path / name), [format])

    assert len(save("figure", "svg")) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["figure.csv", "figure.nc", "figure.svg"]
    assert xr.load_dataset(tmp_path / "figure.nc", engine="scipy").sizes == runs.sizes
    save("again", "svg")
    for suffix in ("svg", "csv"):
        assert (tmp_path / f"again.{suffix}").read_bytes() == (tmp_path / f"figure.{suffix}").read_bytes()
    with pytest.raises(InvalidInput, match="gif"):
        save("other", "gif")
