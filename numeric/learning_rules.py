"""Teachers and students in finitely many dimensions: least squares, spectral filters, lasso, norm balls.

Source: Medvedev et al. 2025, section 4, for the teacher and gradient flow; each other rule is solved from its own
optimality condition.
"""

from __future__ import annotations

import warnings

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


def lasso_student(teacher: Array, dictionary: Array, penalty: float) -> Array:
    """Return the f = D w that minimizes ||f - teacher||^2 + penalty ||w||_1, by scikit-learn's coordinate descent.

    `dictionary` D is (d, m) with nonzero columns; `penalty` is positive.
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import Lasso

    # Lasso halves the squares and divides them by the number of rows.
    model = Lasso(alpha=penalty / (2 * len(teacher)), fit_intercept=False, tol=1e-12, max_iter=100_000)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        weights = model.fit(dictionary, teacher).coef_
    return np.asarray(dictionary @ _solved_on_support(teacher, dictionary, penalty, weights))


def _solved_on_support(teacher: Array, dictionary: Array, penalty: float, weights: Array) -> Array:
    """Return the lasso's weights from the signs that the sweeps found: there it is a linear equation.

    Sweeps between nearly parallel atoms crawl, but their signs settle early. Weights whose signs would change are kept.
    """
    signs = np.sign(weights)
    atoms = dictionary[:, signs != 0]
    solved = np.zeros_like(weights)
    solved[signs != 0], *_ = np.linalg.lstsq(
        atoms.T @ atoms, atoms.T @ teacher - penalty / 2 * signs[signs != 0], rcond=None
    )
    return solved if np.array_equal(np.sign(solved), signs) else weights


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
