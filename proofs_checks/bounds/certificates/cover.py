"""A cover of a box by smaller ones, on each of which enclosures show that the formula fails.

The certificate is the tree of cuts, written in order: the place of the coordinate that is cut, or a dot for a box that
is not cut any more. The checker cuts the box again, and encloses the formula on every box that is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from proofs_checks.bounds.certificates.boxes import Box, halved, rounded
from proofs_checks.bounds.problem import Problem
from w2s_theory.terms.truth import truth

LEAF = "."


@dataclass(frozen=True)
class Cover:
    """The cuts of a cover in order: names of coordinates, and a dot for each box that is not cut."""

    cuts: tuple[str, ...]
    kind: ClassVar[str] = "cover"

    @property
    def boxes(self) -> int:
        """Return how many boxes the cover has."""
        return self.cuts.count(LEAF)

    def as_json(self) -> dict[str, Any]:
        """Return the certificate as plain data."""
        return {"kind": self.kind, "cuts": list(self.cuts)}


def check(problem: Problem, certificate: Cover) -> bool:
    """Return whether the cuts cover the problem's box, and its formula fails on every part."""
    cuts = iter(certificate.cuts)
    start = rounded(problem.box, problem.integers)
    stack: list[Box] = [] if start is None else [start]
    while stack:
        box = stack.pop()
        cut = next(cuts, None)
        if cut == LEAF:
            if truth(problem.formula, box) is not False:
                return False
            continue
        parts = halved(box, cut, problem.integers) if cut in box else None
        if parts is None:
            return False
        stack += reversed(parts)
    return next(cuts, None) is None


def from_json(data: dict[str, Any]) -> Cover:
    """Return the certificate that `as_json` wrote. Raises ValueError for other data."""
    cuts = data.get("cuts")
    if not isinstance(cuts, list) or not all(isinstance(cut, str) for cut in cuts):
        raise ValueError("a cover has a list of names and dots")
    return Cover(tuple(cuts))


def leaves(problem: Problem, certificate: Cover) -> Iterator[Box]:
    """Yield the boxes of a cover, in order."""
    cuts = iter(certificate.cuts)
    start = rounded(problem.box, problem.integers)
    stack: list[Box] = [] if start is None else [start]
    while stack:
        box = stack.pop()
        cut = next(cuts)
        parts = None if cut == LEAF else halved(box, cut, problem.integers)
        if parts is None:
            yield box
        else:
            stack += reversed(parts)
