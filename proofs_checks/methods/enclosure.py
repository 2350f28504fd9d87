"""Branch and bound in ball arithmetic: an inequality certified on a whole box, or a point that refutes it."""

from __future__ import annotations

import heapq
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flint import arb, fmpq
from sympy import Expr, Rational, Symbol
from sympy.core.relational import Relational

from w2s_theory.balls import ball, excludes, implies, precision

BITS = 128

Cell = tuple[tuple[fmpq, fmpq], ...]


@dataclass(frozen=True)
class Cover:
    """The outcome on a box: certified, refuted at `point` (exact), or neither within the limits; boxes examined."""

    certified: bool
    point: dict[Symbol, Rational] | None
    boxes: int


def cover(
    margin: Expr,
    box: Mapping[Symbol, tuple[Expr, Expr]],
    conditions: Sequence[Relational] = (),
    *,
    strict: bool = False,
    seconds: float = 10.0,
    max_boxes: int = 200_000,
) -> Cover:
    """Certify that margin >= 0 (or > 0, if `strict`) on the part of the box where all `conditions` hold.

    The ends of the box are rational numbers.
    Boxes on which a condition fails everywhere are dropped, and boxes whose midpoint satisfies the
    conditions and has a negative margin refute. The widest box is halved first.
    """
    names = list(box)
    deadline = time.monotonic() + seconds
    with precision(BITS):
        ends = [(ball(low), ball(high)) for low, high in box.values()]
        unit = tuple((fmpq(0), fmpq(1)) for _ in names)
        queue: list[tuple[fmpq, int, Cell]] = [(fmpq(-1), 0, unit)]
        count = 0
        while queue:
            if count >= max_boxes or time.monotonic() > deadline:
                return Cover(False, None, count)
            _, _, cell = heapq.heappop(queue)
            count += 1
            values = {x: _spread(e, c) for x, e, c in zip(names, ends, cell, strict=True)}
            if any(excludes(item, _difference(item, values)) for item in conditions):
                continue
            if _certain(margin, values, strict):
                continue
            point = _refuting_midpoint(margin, conditions, names, list(box.values()), cell, strict)
            if point is not None:
                return Cover(False, point, count)
            for half in _halves(cell):
                width = max(high - low for low, high in half)
                heapq.heappush(queue, (-width, 2 * count + (half[0] == cell[0]), half))
    return Cover(True, None, count)


def _spread(ends: tuple[arb, arb], cell: tuple[fmpq, fmpq]) -> arb:
    """Return a ball that holds the points of [low, high] whose relative positions lie in the cell."""
    low, high = ends
    left, right = (low + (high - low) * arb(x) for x in cell)
    return left.union(right)


def _difference(condition: Relational, values: Mapping[Symbol, arb]) -> arb:
    return ball(condition.lhs - condition.rhs, values)


def _certain(margin: Expr, values: Mapping[Symbol, arb], strict: bool) -> bool:
    value = ball(margin, values)
    return bool(value > 0) if strict else bool(value >= 0)


def _refuting_midpoint(
    margin: Expr,
    conditions: Sequence[Relational],
    names: Sequence[Symbol],
    ends: Sequence[tuple[Expr, Expr]],
    cell: Cell,
    strict: bool,
) -> dict[Symbol, Rational] | None:
    centre = []
    for (low, high), (left, right) in zip(ends, cell, strict=True):
        start, end = (fmpq(int(side.p), int(side.q)) for side in (low, high))
        centre.append(start + (end - start) * (left + right) / 2)
    values = {x: arb(value) for x, value in zip(names, centre, strict=True)}
    if not all(implies(item, _difference(item, values)) for item in conditions):
        return None
    value = ball(margin, values)
    refuted = value <= 0 if strict else value < 0
    if not refuted:
        return None
    return {x: Rational(int(value.p), int(value.q)) for x, value in zip(names, centre, strict=True)}


def _halves(cell: Cell) -> list[Cell]:
    """Return the two halves of the cell along its widest side."""
    side = max(range(len(cell)), key=lambda i: cell[i][1] - cell[i][0])
    low, high = cell[side]
    middle = (low + high) / 2
    return [(*cell[:side], part, *cell[side + 1 :]) for part in ((low, middle), (middle, high))]
