"""Semidefinite programs in floating point, by clarabel: what they find is a guess, to be rounded and checked."""

from __future__ import annotations

from math import sqrt

import clarabel
import numpy as np
from flint import fmpq
from numpy.typing import NDArray
from scipy import sparse

from proofs_checks.bounds.squares.gram import Identity, entries

Matrix = NDArray[np.float64]
MOST_ITERATIONS = 80


def most_positive(identity: Identity) -> tuple[list[Matrix], float] | None:
    """Return Gram matrices that make the identity true, with their least eigenvalue, at most 1, as large as can be.

    None where clarabel finds none.
    """
    columns, target = identity.columns, identity.target
    rows = {
        powers: number
        for number, powers in enumerate(
            sorted({powers for column in (*columns, target) for powers in column})
        )
    }
    count, sizes = len(columns), [len(block.basis) for block in identity.blocks]
    scale = [
        1.0 if i == j else 1 / sqrt(2) for size in sizes for i, j in entries(size)
    ]  # clarabel's entries off the diagonal are those of the matrix times sqrt(2)
    places = [
        (rows[powers], x, c, scale[x]) for x, column in enumerate(columns) for powers, c in column.items()
    ]
    equations = sparse.csc_matrix(
        ([_float(c) * s for *_, c, s in places], ([row for row, *_ in places], [x for _, x, *_ in places])),
        shape=(len(rows), count + 1),
    )
    sought = np.zeros(len(rows))
    for powers, c in target.items():
        sought[rows[powers]] = _float(c)
    diagonal = [1.0 if i == j else 0.0 for size in sizes for i, j in entries(size)]
    # Each matrix less t times the identity is positive semidefinite; t is the last unknown, and at most 1.
    shifted = sparse.hstack([-sparse.identity(count), sparse.csc_matrix(np.array(diagonal)[:, None])])
    limit = sparse.csc_matrix(([1.0], ([0], [count])), shape=(1, count + 1))
    cones = [
        clarabel.ZeroConeT(len(rows)),
        clarabel.NonnegativeConeT(1),
        *map(clarabel.PSDTriangleConeT, sizes),
    ]
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.max_iter = MOST_ITERATIONS
    objective = np.zeros(count + 1)
    objective[count] = -1.0
    solution = clarabel.DefaultSolver(
        sparse.csc_matrix((count + 1, count + 1)),
        objective,
        sparse.csc_matrix(sparse.vstack([equations, limit, shifted])),
        np.concatenate([sought, [1.0], np.zeros(count)]),
        cones,
        settings,
    ).solve()
    found = np.array(solution.x)
    if "Infeasible" in str(solution.status) or found.shape != (count + 1,) or not np.isfinite(found).all():
        return None
    return _matrices(found[:count] * np.array(scale), sizes), float(found[count])


def _matrices(values: Matrix, sizes: list[int]) -> list[Matrix]:
    found, start = [], 0
    for size in sizes:
        matrix = np.zeros((size, size))
        for (i, j), value in zip(entries(size), values[start:], strict=False):
            matrix[i, j] = matrix[j, i] = value
        found.append(matrix)
        start += size * (size + 1) // 2
    return found


def _float(value: fmpq) -> float:
    return int(value.p) / int(value.q)
