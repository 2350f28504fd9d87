"""Gradient flow in coefficients: curvature against eigenvalues, paths against many small steps."""

from __future__ import annotations

import numpy as np
import pytest

from numeric.classification.losses import (
    LOSSES,
    Floats,
    LogitLoss,
    floored,
    log_softmax,
    logit_loss,
    side_by_side,
)
from numeric.classification.paths import gradient_flow, path_curvature

POINTS, CLASSES = 30, 3


@pytest.fixture
def features() -> Floats:
    return np.random.default_rng(0).standard_normal((POINTS, 40)) / 6


@pytest.fixture
def loss() -> LogitLoss:
    labels = floored(np.random.default_rng(1).dirichlet(np.full(CLASSES, 0.5), size=POINTS), 1e-3)
    return side_by_side([logit_loss(name, labels) for name in LOSSES])


def probabilities(kernel: Floats, coefficients: Floats) -> Floats:
    logits = kernel @ coefficients.reshape(POINTS, -1)
    return np.exp(log_softmax(logits.reshape(coefficients.shape)))


def test_curvature_bounds_the_largest_eigenvalue_closely(features: Floats, loss: LogitLoss) -> None:
    found = path_curvature(features @ features.T, loss)
    for i in range(len(LOSSES)):
        weighted = features.T @ (loss.curvature[:, i, None] * features) / POINTS
        largest = np.linalg.eigvalsh(weighted)[-1]
        assert largest < found[i] < 1.06 * largest


def small_steps(kernel: Floats, loss: LogitLoss, times: Floats, step: float) -> list[Floats]:
    rate = 1 / (POINTS * path_curvature(kernel, loss))[:, None]
    state, states, taken = np.zeros_like(loss.labels), [], 0
    for time in times:
        while taken < round(time / step):
            logits = (kernel @ state.reshape(POINTS, -1)).reshape(state.shape)
            state = state - step * rate * loss.gradient(logits)
            taken += 1
        states.append(probabilities(kernel, state))
    return states


def test_few_stages_follow_the_path_of_many_small_steps(features: Floats, loss: LogitLoss) -> None:
    kernel = features @ features.T
    ends = np.array([1.0, 10.0, 100.0])
    reference = small_steps(kernel, loss, ends, 0.05)
    errors = []
    for a_decade in (6, 24):
        times = np.unique(np.r_[np.geomspace(0.1, 100.0, 3 * a_decade + 1), ends])
        path = list(gradient_flow(kernel, loss, times))
        at_ends = [probabilities(kernel, path[int(np.argmin(abs(times - end)))]) for end in ends]
        errors.append([abs(found - true).mean() for found, true in zip(at_ends, reference, strict=True)])
    assert np.max(errors[0]) < 0.02
    # First order: a quarter of the step leaves about a quarter of the error.
    assert np.all(np.array(errors[1]) < 0.5 * np.array(errors[0]))


def test_every_loss_falls_along_its_path(features: Floats, loss: LogitLoss) -> None:
    kernel = features @ features.T
    values = []
    for coefficients in gradient_flow(kernel, loss, np.geomspace(0.1, 1e4, 61)):
        logits = (kernel @ coefficients.reshape(POINTS, -1)).reshape(coefficients.shape)
        values.append(loss.value(logits).mean(axis=0))
    assert np.all(np.diff(values, axis=0) < 1e-6)
    assert np.all(np.isfinite(values))


def test_uncertainty_changes_only_the_speed_of_reverse_cross_entropy_on_one_example() -> None:
    kernel, times = np.ones((1, 1)), np.geomspace(0.1, 50, 30)

    def path(name: str, keep: float) -> Floats:
        first = keep * 0.9 + (1 - keep) / 2
        loss = side_by_side([logit_loss(name, np.array([[first, 1 - first]]))])
        return np.array([state[0, 0] for state in gradient_flow(kernel, loss, times)])

    # The speed is in the curvature, which the times are counted in: the paths coincide.
    for keep in (0.5, 0.05):
        assert path("rce", keep) == pytest.approx(path("rce", 1.0), abs=1e-4)
        assert abs(path("ce", keep) - path("ce", 1.0)).max() > 0.3
