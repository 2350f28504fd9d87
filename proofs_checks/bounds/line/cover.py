"""The search for a cover of an interval by pieces on which a formula fails, or for a point at which it holds."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from proofs_checks.bounds.certificates.constants import fails_at
from proofs_checks.bounds.certificates.line_cover import (
    LineCover,
    Piece,
    Way,
    above,
    below,
    covered,
    fails,
)
from proofs_checks.bounds.line.candidates import Candidates
from proofs_checks.bounds.line.simplest import halfway
from proofs_checks.bounds.problem import Answer, Empty, Found, Problem
from w2s_theory.terms import exact
from w2s_theory.terms.tree import All, Formula, Term, atoms, conjuncts, number, variables
from w2s_theory.terms.truth import truth

MAX_PIECES = 4000
_DEEPEST, _DEPTH_OF_ROOTS, _DEPTH_OF_NUMBERS = 26, 4, 10
_ORDERS = {1: 4, 3: 4, 5: 8, 8: 12, 11: 12, 12: 16, 16: 16, 20: 16}
"""The depths at which germs are tried, and how many terms they take there."""
_DEPTH_OF_TIGHT = 8
"""The depth from which on germs are tried only at ends at which some atom is an equality, or undefined."""

_BITS = 1024


@dataclass
class _Part:
    """A part of the interval, how often it was cut out of a larger one, and what is not known to hold on all of it."""

    low: Term | None
    high: Term | None
    depth: int
    formula: Formula


@dataclass
class _Search:
    problem: Problem
    variable: str
    pieces: dict[Term | None, tuple[Term | None, Piece]] = field(default_factory=dict)

    @cached_property
    def candidates(self) -> Candidates:
        return Candidates(self.problem.formula, self.variable)

    def holds(self, point: Term) -> bool | None:
        at = {self.variable: point}
        found = exact.holds(self.problem.formula, at, bits=_BITS)
        return False if found is None and fails_at(self.problem.formula, at, bits=_BITS) else found

    def settle(self, part: _Part) -> tuple[Piece | None, Formula]:
        """Return the way in which a part is shown to hold no point, if any, and what is not known to hold on it."""
        box = {self.variable: (below(part.low), above(part.high))}
        left = []
        for item in conjuncts(part.formula):
            found = truth(item, box)
            if found is False:
                return Piece(Way.ENCLOSURE), item
            if found is None:
                left.append(item)
        formula = All(tuple(left))
        order = _ORDERS.get(part.depth)
        if order is not None and left:
            for way, end in ((Way.LOWER, part.low), (Way.UPPER, part.high)):
                piece = Piece(way, order)
                if part.depth > _DEPTH_OF_TIGHT and not self.tight(formula, end):
                    continue
                if fails(formula, self.variable, part.low, part.high, piece):
                    return piece, formula
        return None, formula

    def tight(self, formula: Formula, end: Term | None) -> bool:
        """Return whether an atom is an equality at an end, or undefined, or not known."""
        if end is None:
            return True
        at = {self.variable: end}
        return any(not exact.sign(atom.difference, at, bits=_BITS) for atom in atoms(formula))

    def certificate(self, low: Term | None, high: Term | None) -> Answer:
        """Return the cover from all pieces found, unless the formula is not known to fail at a cut that none covers."""
        cuts: list[Term | None] = [low]
        pieces: list[Piece] = []
        while cuts[-1] != high or (high is None and not pieces):
            end, piece = self.pieces[cuts[-1]]
            cuts.append(end)
            pieces.append(piece)
        for place, cut in enumerate(cuts):
            inside = covered(pieces[place - 1 : place] if place else (), pieces[place : place + 1])
            if cut is not None and not inside and self.holds(cut) is not False:
                return None
        return Empty(LineCover(self.variable, tuple(cuts), tuple(pieces)))

    def cut(self, part: _Part) -> Term | None:
        """Return a constant inside a part, at which the formula is known to fail or to hold; None if none is found."""
        for point in self._cuts(part):
            if self.holds(point) is not None:
                return point
        return None

    def _cuts(self, part: _Part) -> Iterator[Term]:
        low, high = below(part.low), above(part.high)
        if low is not None and high is not None and part.depth >= _DEPTH_OF_ROOTS:
            margin = (high - low) / 1000
            inside = self.candidates.within(
                low + margin, high - margin, roots_only=part.depth < _DEPTH_OF_NUMBERS
            )
            yield from inside[:2]
        middle = halfway(low, high)
        yield number(middle)
        for start, stop in ((low, middle), (middle, high)):
            yield number(halfway(start, stop))


def decide(problem: Problem, deadline: float | None = None, pieces: int = MAX_PIECES) -> Answer:
    """Return whether a problem in one real variable has a point, with a cover or the point.

    None where `pieces` pieces do not suffice, at a point that none of the candidates is, or past the deadline (of
    `time.monotonic`).
    """
    if len(problem.box) != 1 or problem.integers or not variables(problem.formula) <= set(problem.box):
        return None
    ((name, (low, high)),) = problem.box.items()
    if low is not None and high is not None and low > high:
        return Empty(LineCover(name, (), ()))
    search = _Search(problem, name)
    ends = [None if end is None else number(end) for end in (low, high)]
    for end in ends:
        if end is not None and search.holds(end):
            return Found({name: end})
    waiting = deque([_Part(ends[0], ends[1], 0, problem.formula)] if low is None or low != high else [])
    for _ in range(pieces):
        if not waiting:
            return search.certificate(*ends)
        if deadline is not None and time.monotonic() > deadline:
            return None
        part = waiting.popleft()
        piece, left = search.settle(part)
        if piece is not None:
            search.pieces[part.low] = (part.high, piece)
            continue
        point = search.cut(part) if part.depth < _DEEPEST else None
        if point is None:
            return None
        if search.holds(point):
            return Found({name: point})
        waiting.append(_Part(part.low, point, part.depth + 1, left))
        waiting.append(_Part(point, part.high, part.depth + 1, left))
    return None
