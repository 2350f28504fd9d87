"""Means, intervals, recovered gaps and comparisons, on runs made by hand."""

from __future__ import annotations

import json

import numpy as np
import pytest
import xarray as xr

from numeric.classification.losses import Floats
from numeric.classification.measures import MEASURES, RULES, TEACHER_MEASURES
from numeric.classification.summary import as_data, summarize

STUDENTS = [("ce", "single", 1.0), ("rce", "single", 1.0), ("rce", "single", 0.5), ("ce", "truth", 1.0)]


def runs_of(accuracy: Floats, teacher: Floats) -> xr.Dataset:
    """Return runs with accuracies (run, student) at every rule, a teacher's (run,), and risk = 1 - accuracy."""
    count, students = accuracy.shape
    stopped = np.zeros((count, len(MEASURES), students, len(RULES)))
    stopped[:, 0], stopped[:, 1] = accuracy[..., None], 1 - accuracy[..., None]
    teachers = np.zeros((count, len(TEACHER_MEASURES), students))
    teachers[:, 0], teachers[:, 1] = teacher[:, None], 1 - teacher[:, None]
    return xr.Dataset(
        {
            "path": (("run", "measure", "student", "time"), stopped[..., :1]),
            "stopped": (("run", "measure", "student", "rule"), stopped),
            "stopping_time": (("run", "student", "rule"), np.ones((count, students, len(RULES)))),
            "teacher": (("run", "teacher_measure", "student"), teachers),
        },
        coords={
            "measure": list(MEASURES),
            "teacher_measure": list(TEACHER_MEASURES),
            "rule": list(RULES),
            "time": [1.0],
            "student": [str(number) for number in range(students)],
            **{
                name: ("student", list(column))
                for name, column in zip(
                    ("loss", "labeller", "keep"), zip(*STUDENTS, strict=True), strict=True
                )
            },
        },
        attrs={"runs": count},
    )


@pytest.fixture
def noise() -> Floats:
    return 0.1 * np.random.default_rng(0).standard_normal(30)


def test_a_recovered_gap_is_of_means_and_alike_for_accuracy_and_risk(noise: Floats) -> None:
    accuracy = np.array([0.7, 0.75, 0.6, 0.9]) + noise[:, None]
    students = summarize(runs_of(accuracy, 0.5 + noise))["students"].sel(rule="end")
    for quantity in ("PGR_accuracy", "PGR_risk"):
        one = students.sel(quantity=quantity)
        # Teacher, students and ceiling move together, so that the ratio is the same in every run.
        for name in ("mean", "low", "high"):
            assert one[name].values == pytest.approx([0.5, 0.625, 0.25, 1.0])


def test_comparisons_are_made_run_by_run(noise: Floats) -> None:
    accuracy = np.array([0.7, 0.75, 0.6, 0.9]) + noise[:, None]
    students = summarize(runs_of(accuracy, 0.5 + noise))["students"].sel(rule="end")
    over = students.sel(quantity="accuracy_over_ce")
    assert over["low"].values[1] == pytest.approx(0.05)
    assert over["high"].values[1] == pytest.approx(0.05)
    # Nobody is compared with oneself, nor with one who is not there.
    assert np.isnan(over["mean"].values).tolist() == [True, False, True, True]
    unmixed = students.sel(quantity="risk_over_unmixed")["mean"].values
    assert unmixed[2] == pytest.approx(0.15)
    assert np.isnan(unmixed).tolist() == [True, True, False, True]


def test_means_lie_in_intervals_of_the_size_of_their_error(noise: Floats) -> None:
    accuracy = np.array([0.7, 0.75, 0.6, 0.9]) + noise[:, None]
    students = summarize(runs_of(accuracy, 0.5 + noise))["students"].sel(rule="end", quantity="accuracy")
    width = float((students["high"] - students["low"]).isel(student=0))
    assert bool((students["low"] < students["mean"]).all())
    assert width == pytest.approx(3.9 * noise.std(ddof=1) / 30**0.5, rel=0.2)


@pytest.mark.parametrize("ceiling", [0.5, 0.4])
def test_without_a_better_ceiling_nothing_is_recovered(ceiling: float, noise: Floats) -> None:
    accuracy = np.array([0.7, 0.75, 0.6, ceiling]) + noise[:, None]
    runs = runs_of(accuracy, 0.5 + noise)
    result = as_data(runs, summarize(runs))
    for row in result["students"]:
        assert row["stopped"]["end"]["PGR_accuracy"] == {"mean": None, "low": None, "high": None}
    json.dumps(result, allow_nan=False)


def test_a_ceiling_of_uncertain_sign_gives_no_interval(noise: Floats) -> None:
    accuracy = np.full((30, 4), 0.6)
    accuracy[:, 3] = 0.5 + 0.01 + noise - noise.mean()
    students = summarize(runs_of(accuracy, np.full(30, 0.5)))["students"].sel(rule="end", quantity="PGR_risk")
    assert students["mean"].values[0] == pytest.approx(10)
    assert np.all(np.isnan(students["low"].values))
