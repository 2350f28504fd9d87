"""Data for classification: shipped, one's own, divided by class, and refused where they cannot serve."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from numeric.classification.data import divide, labelled_data, load_data, standardized, stratified_order
from w2s_theory.errors import InvalidInput


@pytest.mark.parametrize(
    ("name", "shape", "classes"), [("digits", (1797, 64), 10), ("breast-cancer", (569, 30), 2)]
)
def test_shipped_data_have_their_sizes(name: str, shape: tuple[int, int], classes: int) -> None:
    data = load_data([name])
    assert data.inputs.shape == shape
    assert data.class_count == classes


def test_a_division_takes_every_class_in_proportion_and_no_point_twice() -> None:
    data = load_data(["digits"])
    division = divide(data, np.random.default_rng(0))
    parts = [division.labelled, division.unlabelled, division.validation, division.test]
    assert [len(part) for part in parts] == [359, 809, 180, 449]
    together = np.concatenate(parts)
    assert len(np.unique(together)) == len(together) == 1797
    shares = np.bincount(data.classes) / 1797
    for part in parts:
        counts = np.bincount(data.classes[part], minlength=10)
        assert np.all(abs(counts - shares * len(part)) < 3)
    again = divide(data, np.random.default_rng(0))
    assert np.array_equal(again.test, division.test)
    assert not np.array_equal(divide(data, np.random.default_rng(1)).test, division.test)


def test_every_beginning_of_a_stratified_order_is_balanced() -> None:
    classes = np.repeat([0, 1, 2], [60, 30, 10])
    order = stratified_order(classes, np.random.default_rng(2))
    assert sorted(order) == list(range(100))
    assert np.all(abs(np.bincount(classes[order[:50]], minlength=3) - [30, 15, 5]) <= 1)


def test_one_s_own_arrays_keep_their_classes_by_sorted_value(tmp_path: Path) -> None:
    np.save(tmp_path / "X.npy", np.arange(8.0).reshape(4, 2))
    np.save(tmp_path / "Y.npy", np.array(["b", "a", "b", "c"]))
    data = load_data([str(tmp_path / "X.npy"), str(tmp_path / "Y.npy")])
    assert data.classes.tolist() == [1, 0, 1, 2]
    assert data.inputs.dtype == np.float64


@pytest.mark.parametrize(
    ("inputs", "labels", "words"),
    [
        (np.ones(4), np.ones(4, dtype=int), "shape"),
        (np.ones((4, 2)), np.ones(3, dtype=int), "shape"),
        (np.ones((0, 2)), np.ones(0, dtype=int), "shape"),
        (np.full((4, 2), np.nan), np.arange(4), "finite"),
        (np.ones((4, 2), dtype=complex), np.arange(4), "finite real"),
        (np.full((4, 2), 1e200), np.arange(4), "overflow"),
        (np.ones((4, 2)), np.arange(4.0), "float64"),
        (np.ones((4, 2)), np.ones(4, dtype=int), "only the class 1"),
    ],
)
def test_arrays_that_do_not_fit_are_named(inputs: Any, labels: Any, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        labelled_data("mine", inputs, labels)


def test_names_and_files_that_are_not_there_are_named(tmp_path: Path) -> None:
    (tmp_path / "words.npy").write_text("no array")
    np.save(tmp_path / "pickled.npy", np.array([{}], dtype=object), allow_pickle=True)
    for source, words in (
        (["iris"], "unknown data 'iris'"),
        (["X.npy"], "two files"),
        ([str(tmp_path / "words.npy"), str(tmp_path / "words.npy")], "cannot read"),
        ([str(tmp_path / "pickled.npy"), str(tmp_path / "pickled.npy")], "cannot read"),
        ([str(tmp_path / "X.npy"), str(tmp_path / "Y.npy")], "cannot read"),
    ):
        with pytest.raises(InvalidInput, match=words):
            load_data(source)


def test_a_rare_class_is_named() -> None:
    data = labelled_data("mine", np.ones((100, 2)), np.repeat([0, 1], [97, 3]))
    with pytest.raises(InvalidInput, match="class number 1 has 3 examples"):
        divide(data, np.random.default_rng(0))


def test_a_constant_column_says_nothing() -> None:
    inputs = np.column_stack([np.full(20, 1e6), np.arange(20.0)])
    scaled = standardized(inputs, np.arange(10))
    assert np.all(scaled[:, 0] == 0)
    assert scaled[:10, 1].std() == pytest.approx(1 / np.sqrt(2))
