"""Weak teachers: logistic regression on few features and few labels, alone or in ensembles.

Source: Xu et al. 2025 for the means of an ensemble, arithmetic and geometric; the regression is scikit-learn's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from numeric.classification.data import Integers, LabelledData, stratified_order
from numeric.classification.losses import Floats, check_probabilities, floored
from w2s_theory.errors import InvalidInput

FEATURES = ("relu", "pca")


@dataclass(frozen=True)
class TeacherSetting:
    """A weak teacher: `width` features of a kind in `FEATURES`, `labels` labelled points, labels kept >= `floor`.

    The features are random ReLU units, drawn for each teacher, or the first principal directions of the inputs that
    may be seen, the same for all. Raises InvalidInput for width < 1, labels < 1, or another kind.
    """

    features: str = "relu"
    width: int = 16
    labels: int = 100
    floor: float = 1e-4

    def __post_init__(self) -> None:
        if self.features not in FEATURES:
            raise InvalidInput(f"unknown teacher features {self.features!r}; use {' or '.join(FEATURES)}")
        if self.width < 1:
            raise InvalidInput(f"teacher width is {self.width}; it must be >= 1")
        if self.labels < 1:
            raise InvalidInput(f"teacher labels are {self.labels}; at least one a class is needed")


def relu_features(inputs: Floats, width: int, generator: np.random.Generator) -> Floats:
    """Return random ReLU features max(<u, x> + b, 0), u and b standard normal, shape (points, width)."""
    directions = generator.standard_normal((inputs.shape[1], width))
    return np.asarray(np.maximum(inputs @ directions + generator.standard_normal(width), 0.0))


def principal_features(inputs: Floats, seen: Integers, width: int) -> Floats:
    """Return the first principal components of the seen inputs, shape (points, width).

    Raises InvalidInput for more components than dimensions or points.
    """
    most = min(len(seen), inputs.shape[1])
    if width > most:
        raise InvalidInput(f"teacher width is {width}; these data have at most {most} principal directions")
    directions = np.linalg.svd(inputs[seen], full_matrices=False)[2][:width]
    return np.asarray(inputs @ directions.T)


def fit_teacher(
    data: LabelledData,
    inputs: Floats,
    labelled: Integers,
    seen: Integers,
    setting: TeacherSetting,
    generator: np.random.Generator,
) -> Floats:
    """Return a teacher's probabilities at all points, shape (points, classes), fitted on labels drawn from `labelled`.

    Multinomial logistic regression with scikit-learn's default ridge penalty, on standardized features. Raises
    InvalidInput where there are fewer labels than asked for, or those drawn miss a class.
    """
    from sklearn.linear_model import LogisticRegression

    if setting.labels > len(labelled):
        raise InvalidInput(f"teacher labels are {setting.labels}; these data leave at most {len(labelled)}")
    drawn = labelled[stratified_order(data.classes[labelled], generator)[: setting.labels]]
    missing = np.setdiff1d(np.arange(data.class_count), data.classes[drawn])
    if len(missing):
        raise InvalidInput(
            f"the teacher's {setting.labels} labels miss class number {missing[0]}; use more labels"
        )
    if setting.features == "relu":
        features = relu_features(inputs, setting.width, generator)
    else:
        features = principal_features(inputs, seen, setting.width)
    mean, deviation = features[seen].mean(axis=0), features[seen].std(axis=0)
    scaled = (features - mean) / np.where(deviation > 0, deviation, 1.0)
    model = LogisticRegression(max_iter=10_000).fit(scaled[drawn], data.classes[drawn])
    return floored(model.predict_proba(scaled), setting.floor)


def arithmetic_mean(labels: Floats) -> Floats:
    """Return the mean teacher of labels (teachers, points, classes): the posterior mean where KL(w, s) is the misfit."""
    check_probabilities(labels)
    return np.asarray(labels.mean(axis=0))


def geometric_mean(labels: Floats) -> Floats:
    """Return the normalized geometric mean of labels > 0: the posterior dual mean where KL(s, w) is the misfit.

    Raises InvalidInput for a label that is exactly 0, which would exclude its class whatever the others say.
    """
    check_probabilities(labels)
    if np.any(labels == 0):
        raise InvalidInput("a teacher's label is exactly 0 and excludes its class; raise labels with a floor")
    logs = np.log(labels).mean(axis=0)
    means = np.exp(logs - logs.max(axis=-1, keepdims=True))
    return np.asarray(means / means.sum(axis=-1, keepdims=True))
