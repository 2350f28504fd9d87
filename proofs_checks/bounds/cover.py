"""Branch and bound: cut a box until enclosures show that the formula fails on every part, or a point satisfies it."""

from __future__ import annotations

import heapq
import time
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count, product

from proofs_checks.bounds.certificates.boxes import Box, halved, rounded
from proofs_checks.bounds.certificates.cover import LEAF, Cover
from proofs_checks.bounds.problem import Answer, Empty, Found, Problem
from w2s_theory.terms import tree
from w2s_theory.terms.tree import Formula, Term, conjuncts
from w2s_theory.terms.truth import truth


@dataclass
class _Node:
    box: Box
    cut: str = LEAF
    parts: list[_Node] = field(default_factory=list)

    def cuts(self) -> list[str]:
        written, stack = [], [self]
        while stack:
            node = stack.pop()
            written.append(node.cut)
            stack += reversed(node.parts)
        return written


def cover(problem: Problem, most_boxes: int, deadline: float) -> Answer:
    """Cut the widest box first, up to `most_boxes`; say nothing where that, or the time, does not suffice.

    Corners and the middle of a box are tried as points that satisfy the formula.
    """
    start = rounded(problem.box, problem.integers)
    if start is None:
        return Empty(Cover(()))
    names = sorted(tree.variables(problem.formula) & set(start))
    root = _Node(start)
    number = count()
    queue = [(0.0, next(number), root, conjuncts(problem.formula))]
    examined = 0
    while queue:
        if examined >= most_boxes or time.monotonic() > deadline:
            return None
        _, _, node, open_parts = heapq.heappop(queue)
        examined += 1
        remaining = _undecided(open_parts, node.box)
        if remaining is None:
            continue
        point = satisfying(problem.formula, node.box, names, corners=examined == 1)
        if point is not None:
            return Found(point)
        cut = _widest(node.box, start, names, problem.integers)
        if cut is None:
            return None
        parts = halved(node.box, cut, problem.integers)
        if parts is None:
            return None
        node.cut, node.parts = cut, [_Node(part) for part in parts]
        for part in node.parts:
            heapq.heappush(queue, (-_width(part.box, start, names), next(number), part, remaining))
    return Empty(Cover(tuple(root.cuts())))


def _undecided(open_parts: tuple[Formula, ...], box: Box) -> tuple[Formula, ...] | None:
    """Return the conjuncts that the box does not settle, as others hold on all of its parts; None where one fails."""
    remaining = []
    for part in open_parts:
        found = truth(part, box)
        if found is False:
            return None
        if found is None:
            remaining.append(part)
    return tuple(remaining)


def satisfying(formula: Formula, box: Box, names: list[str], *, corners: bool) -> dict[str, Term] | None:
    """Return the middle of a box, or one of its corners, if the formula holds there for certain."""
    centre = {name: middle(*ends) for name, ends in box.items()}
    points = [centre]
    if corners and len(names) <= 6:
        sides = [
            dict.fromkeys(end for end in (*box[name], centre[name]) if end is not None) for name in names
        ]
        points += [{**centre, **dict(zip(names, ends, strict=True))} for ends in product(*sides)]
    for values in points:
        if truth(formula, {name: (value, value) for name, value in values.items()}):
            return {name: tree.number(value) for name, value in values.items()}
    return None


def middle(low: Fraction | None, high: Fraction | None) -> Fraction:
    """Return the middle of a side, or a number near the only end that it has."""
    if low is not None and high is not None:
        return (low + high) / 2
    if low is not None:
        return low + 1
    return Fraction(0) if high is None else high - 1


def _width(box: Box, start: Box, names: list[str]) -> float:
    return max((_share(box[name], start[name]) for name in names), default=0.0)


def _share(
    ends: tuple[Fraction | None, Fraction | None], whole: tuple[Fraction | None, Fraction | None]
) -> float:
    """Return the width of a side, as a share of the whole side's where that is finite."""
    low, high = ends
    if low is None or high is None:
        return 2.0
    if whole[0] is None or whole[1] is None:
        return float((high - low) / (1 + min(abs(low), abs(high))))
    return float((high - low) / (whole[1] - whole[0])) if whole[1] > whole[0] else 0.0


def _widest(box: Box, start: Box, names: list[str], integers: frozenset[str]) -> str | None:
    open_names = [name for name in names if box[name][0] is None or box[name][0] != box[name][1]]
    # A whole coordinate is cut before the others: its single values make everything else simpler.
    return max(open_names, key=lambda name: (_share(box[name], start[name]), name in integers), default=None)
