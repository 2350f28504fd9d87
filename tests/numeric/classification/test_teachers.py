"""Weak teachers: probabilities above the floor, their means, and labels that cannot serve."""

from __future__ import annotations

import numpy as np
import pytest

from numeric.classification.data import divide, load_data, standardized
from numeric.classification.losses import Floats, check_probabilities
from numeric.classification.teachers import TeacherSetting, arithmetic_mean, fit_teacher, geometric_mean
from w2s_theory.errors import InvalidInput


def fit(setting: TeacherSetting, seed: int = 0) -> Floats:
    data = load_data(["breast-cancer"])
    division = divide(data, np.random.default_rng(5))
    seen = np.concatenate([division.labelled, division.unlabelled])
    inputs = standardized(data.inputs, seen)
    return fit_teacher(data, inputs, division.labelled, seen, setting, np.random.default_rng(seed))


@pytest.mark.parametrize("features", ["relu", "pca"])
def test_a_teacher_gives_probabilities_off_the_edge_and_better_than_chance(features: str) -> None:
    found = fit(TeacherSetting(features, 4, 20, floor=0.01))
    check_probabilities(found)
    assert found.shape == (569, 2)
    assert found.min() >= 0.01 / 1.01
    assert np.mean(found.argmax(axis=1) == load_data(["breast-cancer"]).classes) > 0.7
    assert np.array_equal(found, fit(TeacherSetting(features, 4, 20, floor=0.01)))
    assert not np.array_equal(found, fit(TeacherSetting(features, 4, 20, floor=0.01), seed=1))


def test_means_of_teachers() -> None:
    teachers = np.array([[[0.8, 0.2]], [[0.2, 0.8]], [[0.5, 0.5]]])
    assert arithmetic_mean(teachers) == pytest.approx(np.array([[0.5, 0.5]]))
    assert geometric_mean(teachers) == pytest.approx(np.array([[0.5, 0.5]]))
    odds = geometric_mean(np.array([[[0.9, 0.1]], [[0.6, 0.4]]]))[0]
    assert odds[0] / odds[1] == pytest.approx(np.sqrt(9 * 1.5))
    with pytest.raises(InvalidInput, match="exactly 0"):
        geometric_mean(np.array([[[1.0, 0.0]], [[0.5, 0.5]]]))


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        (("relu", 4, 1), "miss class number"),
        (("relu", 4, 115), "at most 114"),
        (("pca", 31, 20), "at most 30 principal"),
        (("fourier", 4, 20), "unknown teacher features"),
        (("relu", 0, 20), "width is 0"),
        (("relu", 4, 0), "labels are 0"),
        (("relu", 4, 20, 0.5), "floor"),
    ],
)
def test_teachers_that_cannot_be_fitted_are_named(setting: tuple[str, int, int], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        fit(TeacherSetting(*setting))
