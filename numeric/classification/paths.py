"""Gradient flow of linear logits on fixed features, from zero, for many students that share their features.

With features F (points x features) and weights W, W stays in the row space of F: W = F^T C, where the coefficients C
follow dC/dt = -gradient(K C) / points, K = F F^T. So the cost does not grow with the number of features.

Steps are stabilized explicit steps (first-order Runge-Kutta-Chebyshev; van der Houwen and Sommeijer 1980): s stages
are stable over a time of about 2 s^2 / curvature, where s gradient steps reach 2 s / curvature.

Source: van der Houwen and Sommeijer 1980 for the steps; the reduction to coefficients is derived here, as gradients
lie in F's rows.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numeric.classification.losses import Floats, LogitLoss

_DAMPING = 0.05
_REACH = 1.9
"""Stable time of s stages at this damping, in s^2 / curvature; the limit is 2 - 4/3 of the damping."""
_POWER_STEPS, _MARGIN = 50, 1.05


def path_curvature(kernel: Floats, loss: LogitLoss) -> Floats:
    """Return a bound on the curvature of every student's mean loss in its weights, shape (students,).

    `kernel` is F F^T (points, points), the loss is over (points, students, classes). It is the largest eigenvalue of
    F^T D F / points, D the examples' bounds, by power iteration.
    """
    bounds = loss.curvature
    vectors = np.ones_like(bounds)
    norms = np.ones(bounds.shape[1])
    for _ in range(_POWER_STEPS):
        vectors = kernel @ (bounds * (vectors / norms)) / len(kernel)
        norms = np.linalg.norm(vectors, axis=0)
    return np.asarray(_MARGIN * norms)


def gradient_flow(kernel: Floats, loss: LogitLoss, times: Floats) -> Iterator[Floats]:
    """Yield coefficients C (points, students, classes) at each of the increasing times > 0.

    Each student's time is in units of 1 / its curvature (`path_curvature`), which is the time of one step of gradient
    descent of that length. First-order accurate in the ratio of successive times. Steps are taken in single precision,
    which halves their cost and moves mean risks by about 1e-5.
    """
    points = len(kernel)
    rate = _single(1 / (points * path_curvature(kernel, loss)))[:, None]
    weights, labels = _single(kernel), _in_single_precision(loss)
    state = np.zeros_like(labels.labels)

    def drift(coefficients: NDArray[np.float32]) -> NDArray[np.float32]:
        logits = (weights @ coefficients.reshape(points, -1)).reshape(state.shape)
        return np.asarray(-rate * labels.gradient(logits))

    for span in np.diff(times, prepend=0.0):
        before = state
        for index, (keep, step) in enumerate(_stages(span)):
            change = step * drift(state)
            after = keep * state + (1 - keep) * before + change if index else state + change
            before, state = state, after
        yield state.astype(np.float64)


def _single(values: Any) -> NDArray[np.float32]:
    return np.asarray(values, dtype=np.float32)


def _in_single_precision(loss: LogitLoss) -> LogitLoss:
    return LogitLoss(*map(_single, (loss.labels, loss.log_labels, loss.forward, loss.reverse)))


def _stages(span: float) -> list[tuple[float, float]]:
    """Return for each stage the weight of the stage before it and the step, for a span in units of 1 / curvature."""
    count = max(1, math.ceil(math.sqrt(span / _REACH)))
    at = 1 + _DAMPING / count**2
    values, slopes = [1.0, at], [0.0, 1.0]
    for _ in range(1, count):
        slopes.append(2 * values[-1] + 2 * at * slopes[-1] - slopes[-2])
        values.append(2 * at * values[-1] - values[-2])
    scale = values[-1] / slopes[-1]
    first = [(1.0, scale / at * span)]
    return first + [
        (2 * at * values[j - 1] / values[j], 2 * scale * values[j - 1] / values[j] * span)
        for j in range(2, count + 1)
    ]
