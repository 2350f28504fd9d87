"""Sums of squares as unknown Gram matrices, and the linear equations that make an identity of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations_with_replacement

from flint import fmpq, fmpq_mpoly

from proofs_checks.bounds.certificates.constraints import Constraints
from proofs_checks.bounds.certificates.squares import Reduction

Powers = tuple[int, ...]


@dataclass(frozen=True)
class Block:
    """A sum of squares of combinations of `basis`, times a product of constraints, whose numbers are `factors`."""

    factors: tuple[int, ...]
    product: fmpq_mpoly
    basis: tuple[fmpq_mpoly, ...]

    @property
    def size(self) -> int:
        """Return how many entries the Gram matrix has on and above its diagonal."""
        return len(self.basis) * (len(self.basis) + 1) // 2


@dataclass(frozen=True)
class Identity:
    """`start` plus all blocks is 0 by the rules: a linear system for the entries of the Gram matrices.

    Entries are numbered block by block, (0, 0), (0, 1), (1, 1), (0, 2) and so on, as solvers of semidefinite programs
    number the upper triangle.
    """

    reduction: Reduction
    start: fmpq_mpoly
    blocks: tuple[Block, ...]

    @cached_property
    def columns(self) -> list[dict[Powers, fmpq]]:
        """Return for each entry what it adds to the coefficients of the sum."""
        return [
            self._normal(block.product * block.basis[i] * block.basis[j] * (1 if i == j else 2))
            for block in self.blocks
            for i, j in entries(len(block.basis))
        ]

    @property
    def labels(self) -> list[tuple[int, int, int]]:
        """Return for each entry the number of its block, and its place."""
        return [
            (number, i, j) for number, block in enumerate(self.blocks) for i, j in entries(len(block.basis))
        ]

    @cached_property
    def target(self) -> dict[Powers, fmpq]:
        """Return the coefficients that the entries must add up to."""
        return self._normal(-self.start)

    def _normal(self, polynomial: fmpq_mpoly) -> dict[Powers, fmpq]:
        rest = self.reduction.remainder(polynomial)
        if rest is None:
            raise ValueError("the rules do not end")
        return dict(rest.to_dict())

    def without_vanishing_diagonals(self) -> Identity:
        """Return the identity without the basis polynomials whose diagonal entries must be 0.

        They are those of a coefficient that must be 0, to which only diagonal entries contribute, with one sign.
        """
        kept = list(zip(self.labels, self.columns, strict=True))
        gone: set[tuple[int, int]] = set()
        while vanishing := _vanishing(kept, self.target):
            gone |= vanishing
            kept = [
                (label, column)
                for label, column in kept
                if (label[0], label[1]) not in gone and (label[0], label[2]) not in gone
            ]
        blocks = (
            replace(block, basis=tuple(b for i, b in enumerate(block.basis) if (number, i) not in gone))
            for number, block in enumerate(self.blocks)
        )
        found = replace(self, blocks=tuple(block for block in blocks if block.basis))
        # The columns that are left are known.
        found.__dict__["columns"] = [column for _, column in kept]
        found.__dict__["target"] = self.target
        return found


def _vanishing(
    columns: Sequence[tuple[tuple[int, int, int], dict[Powers, fmpq]]], target: dict[Powers, fmpq]
) -> set[tuple[int, int]]:
    signs: dict[Powers, set[int]] = {}
    diagonals: dict[Powers, set[tuple[int, int]]] = {}
    for (number, i, j), column in columns:
        for powers, c in column.items():
            # 0 stands for an entry that may have either sign.
            signs.setdefault(powers, set()).add((1 if c > 0 else -1) if i == j else 0)
            if i == j:
                diagonals.setdefault(powers, set()).add((number, i))
    return {
        entry
        for powers, found in signs.items()
        if powers not in target and found in ({1}, {-1})
        for entry in diagonals[powers]
    }


def entries(size: int) -> list[tuple[int, int]]:
    """Return the places of an upper triangle, column by column."""
    return [(i, j) for j in range(size) for i in range(j + 1)]


def monomials(
    constraints: Constraints, variables: Sequence[int], degree: int, highest: dict[int, int]
) -> tuple[fmpq_mpoly, ...]:
    """Return the monomials up to a degree in some variables, with powers below those that rules replace."""
    context = constraints.context
    found = []
    for total in range(degree + 1):
        for chosen in combinations_with_replacement(variables, total):
            powers = [0] * context.nvars()
            for x in chosen:
                powers[x] += 1
            if all(powers[x] < power for x, power in highest.items()):
                found.append(context.from_dict({tuple(powers): 1}))
    return tuple(found)
