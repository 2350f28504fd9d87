"""Gaussian designs without their points: a triangle has the law of all that least squares sees of a design.

With Z = Q R, Z^T Z is R^T R and Z^T eps is R^T (Q^T eps), so the triangle R and as many normal numbers replace the
points: entry (i, i) of R is the root of a chi-squared variable with (points - i) degrees of freedom, all entries
right of it are standard normal, and all are independent (Bartlett). The cost does not grow with the number of points.

Source: Bartlett's decomposition of a Wishart matrix.
"""

from __future__ import annotations

import numpy as np

from numeric.arrays.backends import NUMPY, Array, Backend
from numeric.subspaces.pairs import Floats


def compressed_design(points: int, coordinates: int, trials: int, generator: np.random.Generator) -> Floats:
    """Return triangles R, shape (trials, min(points, coordinates), coordinates), with R^T R distributed as Z^T Z.

    Z is a points x coordinates matrix of independent standard normal numbers.
    """
    rows = min(points, coordinates)
    triangles = np.zeros((trials, rows, coordinates))
    for row in range(rows):
        triangles[:, row, row + 1 :] = generator.standard_normal((trials, coordinates - row - 1))
        triangles[:, row, row] = np.sqrt(generator.chisquare(points - row, trials))
    return triangles


def solve_upper(triangles: Array, right: Array, backend: Backend = NUMPY) -> Array:
    """Return x with triangles x = right, for upper triangles (trials, d, d) and right-hand sides (trials, d).

    The standard has no triangular solve: NumPy substitutes over all trials at once, which takes d steps and writes in
    place; other libraries solve as for any matrix.
    """
    if backend.name != "numpy":
        return backend.namespace.linalg.solve(triangles, right[:, :, None])[:, :, 0]
    solution = np.zeros_like(right)
    for row in reversed(range(right.shape[1])):
        known = np.sum(triangles[:, row, row + 1 :] * solution[:, row + 1 :], axis=1)
        solution[:, row] = (right[:, row] - known) / triangles[:, row, row]
    return solution
