"""Teachers and students in finitely many dimensions: least squares, spectral filters, lasso, norm balls."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

Array = NDArray[np.float64]


def least_squares_teacher(features: Array, target: Array) -> Array:
    """Return the orthogonal projection of `target` (d,) onto the span of the columns of `features` (d, m)."""
    coefficients, *_ = np.linalg.lstsq(features, target, rcond=None)
    return np.asarray(features @ coefficients)


def spectral_student(teacher: Array, filter_values: Array) -> Array:
    """Return h(K) teacher in the kernel's eigenbasis: both arrays are (d,), the filter at each eigenvalue."""
    return filter_values * teacher


def projected_student(teacher: Array, direction: Array) -> Array:
    """Return the teacher's spectral cut-off onto one eigenvector, `direction` (d,), of any length but zero."""
    return np.asarray(direction * (direction @ teacher) / (direction @ direction))


def lasso_student(teacher: Array, dictionary: Array, penalty: float, sweeps: int = 200) -> Array:
    """Return the f = D w that minimizes ||f - teacher||^2 + penalty ||w||_1, by coordinate descent.

    `dictionary` D is (d, m) with nonzero columns; `penalty` is positive.
    """
    squares = np.sum(dictionary**2, axis=0)
    weights = np.zeros(dictionary.shape[1])
    residual = teacher.copy()
    for _ in range(sweeps):
        largest_move = 0.0
        for j, column in enumerate(dictionary.T):
            correlation = column @ residual + squares[j] * weights[j]
            moved = np.sign(correlation) * max(abs(correlation) - penalty / 2, 0.0) / squares[j]
            residual -= column * (moved - weights[j])
            largest_move = max(largest_move, abs(moved - weights[j]))
            weights[j] = moved
        if largest_move < 1e-15:
            break
    return np.asarray(dictionary @ weights)


def norm_ball_student(teacher: Array, eigenvalues: Array, radius: float) -> Array:
    """Return the point nearest to the teacher with sum_i f_i^2 / lambda_i <= radius^2, all lambda_i > 0."""

    def excess(multiplier: float) -> float:
        shrunk = teacher / (1 + multiplier / eigenvalues)
        return float(np.sum(shrunk**2 / eigenvalues) - radius**2)

    if excess(0.0) <= 0:
        return teacher.copy()
    largest = 1.0
    while excess(largest) > 0:
        largest *= 4
    multiplier = brentq(excess, 0.0, largest, xtol=1e-14)
    return np.asarray(teacher / (1 + multiplier / eigenvalues))


def loss(student: Array, target: Array) -> float:
    """Return the squared distance to the target in units of the target's squared norm."""
    return float(np.sum((student - target) ** 2) / np.sum(target**2))
