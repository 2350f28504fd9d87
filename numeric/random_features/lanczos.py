"""Lanczos tridiagonalization from several starting vectors that share every product with the matrix.

Source: the Lanczos recursion with full reorthogonalization.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import array_api_extra as xpx
import numpy as np
from scipy.linalg import eigh_tridiagonal

from numeric.arrays.backends import Array, Backend

if TYPE_CHECKING:
    from numeric.random_features.family import Floats

_STEPS_BETWEEN_CHECKS = 8

# The bases grow by this many directions at a time: JAX compiles anew for every shape it meets.
_CHUNK = 64


@dataclass(frozen=True)
class Krylov:
    """A symmetric matrix seen from one starting vector.

    `diagonal` and `off_diagonal`, both shape (steps,), are the tridiagonal matrix T, the last off-diagonal
    entry being the coupling to the direction left out; `norm` is the length of the start.
    """

    diagonal: Floats
    off_diagonal: Floats
    norm: float

    def eigen(self) -> tuple[Floats, Floats]:
        """Return the eigenvalues of T and its eigenvectors, as columns."""
        values, vectors = eigh_tridiagonal(self.diagonal, self.off_diagonal[:-1])
        return np.asarray(values), np.asarray(vectors)


def lanczos(
    multiply: Callable[[Array], Array],
    starts: Array,
    backend: Backend,
    converged: Callable[[list[Krylov]], bool],
    most_steps: int,
) -> tuple[list[Krylov], Array]:
    """Return what each start sees of the matrix, and the bases, shape (starts, steps, n).

    `multiply` maps an (n, starts) array to the matrix times it; `starts` has shape (starts, n). Every new
    direction is orthogonalized twice against all earlier ones. Stops when `converged`, asked every few steps, says
    so, and after `most_steps` or n steps at the latest. A start whose Krylov space is exhausted goes on with zeros.
    """
    xp = backend.namespace
    norms = xp.linalg.vector_norm(starts, axis=1, keepdims=True)
    current = starts / xp.where(norms > 0, norms, 1.0)
    room = backend.zeros((starts.shape[0], _CHUNK, starts.shape[1]))
    bases = xpx.at(room)[:, 0, :].set(current, copy=True)
    diagonals: list[Floats] = []
    off_diagonals: list[Floats] = []

    def seen() -> list[Krylov]:
        lengths = backend.to_numpy(norms)[:, 0]
        columns = zip(np.transpose(diagonals), np.transpose(off_diagonals), lengths, strict=True)
        return [Krylov(diagonal, off, float(norm)) for diagonal, off, norm in columns]

    limit = min(most_steps, starts.shape[1])
    scale = np.zeros(starts.shape[0])
    for step in range(1, limit + 1):
        product = multiply(current.T).T
        diagonals.append(backend.to_numpy(xp.sum(current * product, axis=1)))
        for _ in range(2):
            along = xp.matmul(bases, product[:, :, None])
            product = product - xp.matmul(xp.matrix_transpose(along), bases)[:, 0, :]
        lengths = xp.linalg.vector_norm(product, axis=1, keepdims=True)
        length = backend.to_numpy(lengths)[:, 0]
        scale = np.maximum(scale, np.abs(diagonals[-1]) + length)
        exhausted = length <= starts.shape[1] * backend.epsilon * scale
        off_diagonals.append(np.where(exhausted, 0.0, length))
        if step == limit or bool(np.all(exhausted)):
            break
        if step % _STEPS_BETWEEN_CHECKS == 0 and converged(seen()):
            break
        keep = backend.asarray(np.where(exhausted, 0.0, 1.0))[:, None]
        current = keep * product / xp.where(lengths > 0, lengths, 1.0)
        if step == bases.shape[1]:
            bases = xp.concat([bases, room], axis=1)
        bases = xpx.at(bases)[:, step, :].set(current)
    return seen(), bases[:, : len(diagonals), :]
