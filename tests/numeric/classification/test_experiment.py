"""Runs of weak-to-strong classification: what they hold, what they do not depend on, and what they find."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import xarray as xr

from numeric.classification.data import LabelledData, load_data
from numeric.classification.experiment import Setting, Student, experiment, run_once
from numeric.classification.summary import as_data, identity_error, summarize
from numeric.classification.teachers import TeacherSetting
from w2s_theory.errors import InvalidInput

STUDENTS = [
    *(Student(loss, "single", keep) for keep in (1.0, 0.1) for loss in ("ce", "rce")),
    *(Student("ce", mean) for mean in ("arithmetic", "geometric")),
]


def setting(students: Any = STUDENTS, **changes: Any) -> Setting:
    small = {"teacher": TeacherSetting("relu", 4, 20), "student_width": 200, "teachers": 4, "horizon": 1000.0}
    return Setting(students, **{**small, **changes})


@pytest.fixture(scope="module")
def data() -> LabelledData:
    return load_data(["breast-cancer"])


@pytest.fixture(scope="module")
def runs(data: LabelledData) -> xr.Dataset:
    return experiment(data, setting(), 6, seed=1)


def test_runs_have_their_dimensions_and_no_number_is_missing(runs: xr.Dataset) -> None:
    assert dict(runs.sizes) == {
        "run": 6,
        "measure": 5,
        "student": 7,
        "time": 49,
        "rule": 4,
        "teacher_measure": 3,
    }
    assert runs["student"].values[3] == "rce, single, 0.1 kept"
    assert runs["student"].values[-1] == "ce, truth"
    for name in runs.data_vars:
        assert np.all(np.isfinite(runs[name].values))


def test_the_identity_holds_to_rounding_and_its_parts_do_not_vanish(runs: xr.Dataset) -> None:
    assert identity_error(runs) < 1e-12
    cross = runs["stopped"].sel(measure="cross_term", rule="validation_risk").mean("run")
    assert float(abs(cross).max()) > 0.02
    # The student of the geometric mean has the teachers' dual mean as its label, the other has not.
    along = runs["path"].sel(measure="cross_term").isel(time=-1).mean("run")
    assert abs(float(along.sel(student="ce, geometric"))) < 0.5 * abs(
        float(along.sel(student="ce, arithmetic"))
    )


def test_students_end_up_between_teacher_and_ceiling(runs: xr.Dataset) -> None:
    stopped = runs["stopped"].sel(rule="validation_risk", measure="risk").mean("run")
    teachers = runs["teacher"].sel(teacher_measure="risk").mean("run")
    assert bool((stopped < teachers).all())
    assert bool((stopped.isel(student=-1) < stopped.isel(student=slice(0, -1))).all())


def test_mixing_changes_the_risk_of_teachers_but_not_their_accuracy(runs: xr.Dataset) -> None:
    teachers = runs["teacher"].sel(student=["ce, single", "ce, single, 0.1 kept"])
    whole, mixed = (teachers.isel(student=i) for i in (0, 1))
    assert bool((whole == mixed).sel(teacher_measure="accuracy").all())
    assert bool((whole < mixed).sel(teacher_measure="entropy").all())


def test_other_students_change_nothing(data: LabelledData) -> None:
    alone = run_once(data, setting([Student("rce", "single", 0.1)]), 1, 0)
    among = run_once(data, setting(), 1, 0)
    assert alone.paths[:, 0] == pytest.approx(among.paths[:, 3], abs=1e-4)
    assert np.array_equal(alone.teachers[:, 0], among.teachers[:, 3])


@pytest.mark.slow
def test_processes_do_not_change_the_numbers(data: LabelledData) -> None:
    alone, shared = (experiment(data, setting(STUDENTS[:1]), 2, 3, jobs) for jobs in (1, 2))
    assert alone.identical(shared)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"students": []}, "none or repeated"),
        ({"students": [Student("ce"), Student("ce")]}, "none or repeated"),
        ({"teachers": 1}, "teachers = 1"),
        ({"student_width": 0}, "student width"),
        ({"student_bias": -1.0}, "student bias"),
        ({"fraction": 1.5}, "fraction"),
        ({"horizon": 0.1}, "horizon"),
        ({"horizon": 1e9}, "horizon"),
        ({"horizon": float("nan")}, "horizon"),
    ],
)
def test_settings_out_of_range_are_named(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        setting(**changes)


@pytest.mark.parametrize(
    ("student", "words"),
    [
        (Student("mse"), "unknown loss 'mse'"),
        (Student("ce", "oracle"), "unknown labeller 'oracle'"),
        (Student("ce", "single", 0.0), "keep is 0"),
    ],
)
def test_students_that_cannot_be_are_named(data: LabelledData, student: Student, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        run_once(data, setting([student]), 0, 0)


def test_one_run_has_no_interval(data: LabelledData) -> None:
    with pytest.raises(InvalidInput, match="runs = 1"):
        experiment(data, setting(), 1, 0)
    with pytest.raises(InvalidInput, match="seed is -1"):
        experiment(data, setting(), 2, -1)


def test_the_summary_of_runs_names_everything(runs: xr.Dataset) -> None:
    result = as_data(runs, summarize(runs))
    assert len(result["students"]) == 7
    row = result["students"][1]["stopped"]["validation_risk"]
    assert row["gap"]["mean"] == pytest.approx(row["misfit"]["mean"] + row["cross_term"]["mean"])
    assert row["gap"]["low"] < row["gap"]["mean"] < row["gap"]["high"]
    assert result["settings"]["data"] == "breast-cancer"
    assert result["settings"]["teacher_labels"] == 20
    assert result["settings"]["horizon"] == 1000
