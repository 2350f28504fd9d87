"""From Gram matrices in floating point to exact ones: free entries are rounded, the others follow, and all is checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np
from flint import fmpq, fmpq_mat

from proofs_checks.bounds.certificates.squares import Multiple, Polynomial, Square
from proofs_checks.bounds.squares.gram import Block, Identity, entries
from proofs_checks.bounds.squares.semidefinite import Matrix

BITS = (2, 4, 7, 11, 16, 24)
Exact = list[list[fmpq]]


def rounded(identity: Identity, matrices: Sequence[Matrix]) -> list[Multiple] | None:
    """Return multiples that make the identity true exactly, close to the given matrices; None if no rounding does.

    The linear system is brought to echelon form with the diagonals last, so that these are free where they can be: free
    entries are rounded to few bits, which keeps certificates short, and the others are computed from them.
    """
    system = _Echelon(identity)
    if not system.is_consistent:
        return None
    values = [matrix[i, j] for matrix in matrices for i, j in entries(len(matrix))]
    for bits in BITS:
        exact = list(_split(system.completed(values, bits), identity.blocks))
        squares = [_squares(block, matrix) for block, matrix in zip(identity.blocks, exact, strict=True)]
        if None not in squares:
            return [
                Multiple(block.factors, tuple(found))
                for block, found in zip(identity.blocks, squares, strict=True)
                if found
            ]
    return None


class _Echelon:
    def __init__(self, identity: Identity) -> None:
        columns, target = identity.columns, identity.target
        places = [place for block in identity.blocks for place in entries(len(block.basis))]
        self._order = sorted(range(len(columns)), key=lambda x: places[x][0] == places[x][1])
        rows = sorted({powers for column in (*columns, target) for powers in column})
        number = {powers: row for row, powers in enumerate(rows)}
        self._count = len(columns)
        matrix = fmpq_mat(len(rows), self._count + 1)
        for place, x in enumerate(self._order):
            for powers, c in columns[x].items():
                matrix[number[powers], place] = c
        for powers, c in target.items():
            matrix[number[powers], self._count] = c
        echelon, rank = matrix.rref()
        # Each row: its pivot, the right side, and the other entries in it.
        self._rows: list[tuple[int, fmpq, list[tuple[int, fmpq]]]] = []
        for row in range(rank):
            line = [(place, c) for place in range(self._count + 1) if (c := echelon[row, place]) != 0]
            right = line.pop()[1] if line[-1][0] == self._count else fmpq(0)
            self._rows.append((line[0][0] if line else self._count, right, line[1:]))
        self.is_consistent = all(pivot < self._count for pivot, *_ in self._rows)

    def completed(self, values: Sequence[float], bits: int) -> list[fmpq]:
        """Return entries of which the free ones are the given ones, rounded."""
        scale = 1 << bits
        found = [fmpq(round(values[x] * scale), scale) for x in self._order]
        for pivot, right, others in self._rows:
            found[pivot] = right
            for place, c in others:
                found[pivot] -= c * found[place]
        exact = [fmpq(0)] * self._count
        for place, x in enumerate(self._order):
            exact[x] = found[place]
        return exact


def _split(values: Sequence[fmpq], blocks: Sequence[Block]) -> Iterator[Exact]:
    start = 0
    for block in blocks:
        size = len(block.basis)
        matrix = [[fmpq(0)] * size for _ in range(size)]
        for (i, j), value in zip(entries(size), values[start:], strict=False):
            matrix[i][j] = matrix[j][i] = value
        start += block.size
        yield matrix


def _squares(block: Block, matrix: Exact) -> list[Square] | None:
    """Return the squares of a positive semidefinite matrix by exact L D L^T; None where it is not one."""
    size = len(matrix)
    rest = [row[:] for row in matrix]
    found = []
    for k in range(size):
        pivot = rest[k][k]
        if pivot < 0 or (pivot == 0 and any(rest[k][j] != 0 for j in range(k, size))):
            return None
        if pivot == 0:
            continue
        line = [rest[k][j] / pivot for j in range(size)]
        for i in range(k + 1, size):
            if rest[i][k] != 0:
                factor = rest[i][k]
                for j in range(k + 1, size):
                    rest[i][j] -= factor * line[j]
        root = sum((line[j] * block.basis[j] for j in range(k + 1, size)), block.basis[k])
        found.append(Square(_fraction(pivot), _terms(root)))
    return found


def _terms(polynomial: object) -> Polynomial:
    return tuple(
        (tuple(map(int, powers)), _fraction(c))
        for powers, c in polynomial.to_dict().items()  # type: ignore[attr-defined]
    )


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def narrowed(block: Block, matrix: Matrix, tolerance: float, largest: float) -> Block | None:
    """Return the block without the directions in which its matrix is all but 0; the same one if there are none.

    These null vectors, in echelon form, are rounded to small denominators. None where all directions are null.
    """
    eigenvalues, vectors = np.linalg.eigh(matrix)
    null = vectors[:, eigenvalues < tolerance * largest].T
    if len(null) == 0:
        return block
    if len(null) == len(block.basis):
        return None
    echelon, pivots = _numeric_echelon(null)
    basis = []
    for j, polynomial in enumerate(block.basis):
        if j in pivots:
            continue
        for row, pivot in zip(echelon, pivots, strict=True):
            value = Fraction(float(row[j])).limit_denominator(64)
            polynomial = polynomial - fmpq(value.numerator, value.denominator) * block.basis[pivot]  # noqa: PLW2901
        basis.append(polynomial)
    return Block(block.factors, block.product, tuple(basis))


def _numeric_echelon(rows: Matrix) -> tuple[Matrix, list[int]]:
    rows = rows.copy()
    pivots: list[int] = []
    for k in range(len(rows)):
        row, column = divmod(int(np.abs(rows[k:]).argmax()), rows.shape[1])
        rows[[k, k + row]] = rows[[k + row, k]]
        rows[k] /= rows[k, column]
        for other in range(len(rows)):
            if other != k:
                rows[other] -= rows[other, column] * rows[k]
        pivots.append(column)
    return rows, pivots
