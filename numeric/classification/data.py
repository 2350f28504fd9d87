"""Labelled points for classification, and how a seed divides them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numeric.classification.losses import Floats
from w2s_theory.errors import InvalidInput

Integers = NDArray[np.int64]
_LARGEST = 1e100
SHIPPED = ("digits", "breast-cancer")
_SHARES = {"labelled": 0.2, "unlabelled": 0.45, "validation": 0.1, "test": 0.25}
_MOST = {"labelled": 2000, "unlabelled": 2000, "validation": 1000, "test": 2000}
"""The most points used of each part: the time of a student's path grows with the square of its points."""


@dataclass(frozen=True)
class LabelledData:
    """Inputs (points, dimension) and classes (points,) numbered 0 ... K-1, with the data's name."""

    name: str
    inputs: Floats
    classes: Integers

    @property
    def class_count(self) -> int:
        """The number K of classes."""
        return int(self.classes.max()) + 1


@dataclass(frozen=True)
class Division:
    """Indices of the points: labelled ones for teachers, unlabelled ones for students, validation and test points."""

    labelled: Integers
    unlabelled: Integers
    validation: Integers
    test: Integers


def load_data(source: Sequence[str]) -> LabelledData:
    """Return a data set of scikit-learn, one of `SHIPPED`, or the user's X.npy (points, dimension) and Y.npy (points,).

    Y holds integers, booleans or strings; its distinct values, sorted, are the classes. Raises InvalidInput for another
    name, files that cannot be read, shapes that do not fit, inputs that are not finite, or fewer than two classes.
    """
    if len(source) == 1 and source[0] in SHIPPED:
        import sklearn.datasets

        loader = getattr(sklearn.datasets, f"load_{source[0].replace('-', '_')}")
        inputs, labels = loader(return_X_y=True)
        return LabelledData(
            source[0], np.asarray(inputs, dtype=np.float64), np.asarray(labels, dtype=np.int64)
        )
    if len(source) != 2:
        raise InvalidInput(
            f"unknown data {' '.join(source)!r}; use {' or '.join(SHIPPED)}, or two files X.npy Y.npy"
        )
    return labelled_data(" ".join(source), *(_read(path) for path in source))


def labelled_data(name: str, inputs: NDArray[Any], labels: NDArray[Any]) -> LabelledData:
    """Return the arrays as data; raises InvalidInput as `load_data` does."""
    if inputs.ndim != 2 or inputs.size == 0 or labels.shape != inputs.shape[:1]:
        raise InvalidInput(
            f"X has shape {inputs.shape} and Y {labels.shape}; use (points, dimension) and (points,)"
        )
    if inputs.dtype.kind not in "iufb" or not np.all(np.isfinite(inputs)):
        raise InvalidInput("X is not all finite real numbers; remove NaN, infinite entries and other types")
    if np.max(np.abs(inputs.astype(np.float64))) > _LARGEST:
        raise InvalidInput(f"X has entries beyond {_LARGEST:g}, whose squares overflow; scale it down")
    if labels.dtype.kind not in "iubU":
        raise InvalidInput(f"Y holds {labels.dtype}; use integers, booleans or strings, one value a class")
    values, classes = np.unique(labels, return_inverse=True)
    if len(values) < 2:
        raise InvalidInput(f"Y has only the class {values[0]}; two classes or more are needed")
    return LabelledData(name, inputs.astype(np.float64), classes.astype(np.int64))


def _read(path: str) -> NDArray[Any]:
    try:
        with open(path, "rb") as file:
            # Never unpickles: a file from elsewhere must not run code.
            return np.lib.format.read_array(file, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise InvalidInput(f"cannot read {path!r} as a .npy array; save one with numpy.save") from error


def stratified_order(classes: Integers, generator: np.random.Generator) -> Integers:
    """Return a random order of the points such that every first part holds each class in about its share."""
    places = np.empty(len(classes))
    for one in range(int(classes.max()) + 1):
        members = np.flatnonzero(classes == one)
        shifted = np.arange(len(members)) + generator.random()
        places[generator.permutation(members)] = shifted / max(len(members), 1)
    return np.argsort(places, kind="stable")


def divide(data: LabelledData, generator: np.random.Generator) -> Division:
    """Return a random stratified division: 20% labelled, 45% unlabelled, 10% validation, 25% test, each up to a cap.

    Raises InvalidInput where a class is too rare to occur in every part.
    """
    order = stratified_order(data.classes, generator)
    ends = np.rint(np.cumsum([0.0, *_SHARES.values()]) * len(order)).astype(int)
    parts = {
        name: order[first:end][: _MOST[name]]
        for name, first, end in zip(_SHARES, ends[:-1], ends[1:], strict=True)
    }
    for name, part in parts.items():
        missing = np.setdiff1d(np.arange(data.class_count), data.classes[part])
        if len(missing):
            count = int(np.sum(data.classes == missing[0]))
            raise InvalidInput(
                f"class number {missing[0]} has {count} examples and none in the {name} part; use 20 or more a class"
            )
    return Division(**parts)


def standardized(inputs: Floats, seen: Integers) -> Floats:
    """Return the inputs with mean 0 and deviation 1 over the seen points in every column, over sqrt(dimension).

    A column that is constant over the seen points becomes 0.
    """
    mean, deviation = inputs[seen].mean(axis=0), inputs[seen].std(axis=0)
    varies = deviation > 1e-12 * (1 + abs(mean))
    centred = (inputs - mean) / np.where(varies, deviation, 1.0)
    return np.asarray(np.where(varies, centred, 0.0) / np.sqrt(inputs.shape[1]))
