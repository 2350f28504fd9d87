"""Covers of an interval: on each piece, enclosures or a germ at one of its ends show that the formula fails.

A germ covers its piece without the end that it belongs to. Where no piece covers a cut, the formula is evaluated there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Any as Anything
from typing import ClassVar

from flint import arb

from proofs_checks.bounds.certificates.constants import BITS, NoSeriesError, fails_at
from proofs_checks.bounds.certificates.germs import Germs, Neighbourhood
from proofs_checks.bounds.certificates.terms_as_data import term_from, term_to
from proofs_checks.bounds.problem import End, Problem
from w2s_theory.terms import exact
from w2s_theory.terms.tree import ONE, ZERO, All, Atom, Formula, Term, number, variables
from w2s_theory.terms.truth import truth

MAX_ORDER = 40


class Way(StrEnum):
    """How a piece is shown to hold no point: by enclosures, or by a germ at its lower or its upper end."""

    ENCLOSURE = "enclosure"
    LOWER = "germ at the lower end"
    UPPER = "germ at the upper end"


@dataclass(frozen=True)
class Piece:
    """The way for one piece, and how many terms of the series it takes."""

    way: Way
    order: int = 0


@dataclass(frozen=True)
class LineCover:
    """That no point satisfies a formula in one variable.

    `cuts` are constants in increasing order, None for an endless side, the first and the last the ends of the box;
    `pieces` has one item for each two neighbours.
    """

    variable: str
    cuts: tuple[Term | None, ...]
    pieces: tuple[Piece, ...]
    kind: ClassVar[str] = "line cover"

    def as_json(self) -> dict[str, Anything]:
        """Return the certificate as data that JSON can hold."""
        return {
            "kind": self.kind,
            "variable": self.variable,
            "cuts": [None if cut is None else term_to(cut) for cut in self.cuts],
            "pieces": [[piece.way.value, piece.order] for piece in self.pieces],
        }

    @classmethod
    def from_json(cls, data: dict[str, Anything]) -> LineCover:
        """Return the certificate that `as_json` wrote. Raises KeyError, TypeError or ValueError for other data."""
        return cls(
            variable=str(data["variable"]),
            cuts=tuple(None if cut is None else term_from(cut) for cut in data["cuts"]),
            pieces=tuple(Piece(Way(way), int(order)) for way, order in data["pieces"]),
        )


def check(problem: Problem, certificate: LineCover) -> bool:
    """Return whether the certificate shows that the problem has no point."""
    name, cuts, pieces = certificate.variable, certificate.cuts, certificate.pieces
    if set(problem.box) != {name} or problem.integers or not variables(problem.formula) <= {name}:
        return False
    low, high = problem.box[name]
    if low is not None and high is not None and low > high:
        return True
    if (
        len(cuts) != len(pieces) + 1
        or not _in_order(cuts)
        or not (_same(low, cuts[0]) and _same(high, cuts[-1]))
    ):
        return False
    for place, cut in enumerate(cuts):
        if cut is None or covered(pieces[place - 1 : place] if place else (), pieces[place : place + 1]):
            continue
        if not fails_at(problem.formula, {name: cut}):
            return False
    return all(
        fails(problem.formula, name, start, stop, piece)
        for (start, stop), piece in zip(pairwise(cuts), pieces, strict=True)
    )


def covered(before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """Return whether a cut is covered by the piece before it or the piece after it, of which there is one or none."""
    return any(piece.way != Way.UPPER for piece in before) or any(piece.way != Way.LOWER for piece in after)


def fails(formula: Formula, name: str, low: Term | None, high: Term | None, piece: Piece) -> bool:
    """Return whether a formula is shown to fail on a piece, without the end of a germ."""
    hull = (below(low), above(high))
    if piece.way == Way.ENCLOSURE:
        return truth(formula, {name: hull}) is False
    near = neighbourhood(low, high, piece.way)
    if near is None or not 1 <= piece.order <= MAX_ORDER:
        return False
    try:
        return truth_by_germs(formula, Germs(name, near, piece.order)) is False
    except NoSeriesError:
        return False


def neighbourhood(low: Term | None, high: Term | None, way: Way) -> Neighbourhood | None:
    """Return the neighbourhood that a germ's piece is; None if it is too wide for one, or has two endless sides."""
    end, other = (low, high) if way == Way.LOWER else (high, low)
    if other is None:
        return None
    side = 1 if way == Way.LOWER else -1
    if end is not None:
        reach = (other - end) if side == 1 else (end - other)
    else:
        # An endless side is approached by 1/h from below, or by -1/h from above.
        side = -side
        reach = ONE / other if side == 1 else ONE / -other
    if exact.sign(reach) != 1 or exact.sign(ONE - reach) != 1:
        return None
    return Neighbourhood(end, side, reach, (below(low), above(high)))


def truth_by_germs(formula: Formula, germs: Germs) -> bool | None:
    """Return whether a formula holds at every point of a neighbourhood where its terms are defined, or at none."""
    if isinstance(formula, Atom):
        possible = germs.signs(formula.difference)
        if possible <= formula.sign.signs:
            return True
        return False if possible.isdisjoint(formula.sign.signs) else None
    settles = not isinstance(formula, All)
    undecided = False
    for part in formula.parts:
        found = truth_by_germs(part, germs)
        if found is settles:
            return settles
        undecided = undecided or found is None
    return None if undecided else not settles


def below(end: Term | None) -> End:
    """Return a rational number at most a constant, itself if it is one."""
    return _rational(end, lambda ball: ball.lower())


def above(end: Term | None) -> End:
    """Return a rational number at least a constant, itself if it is one."""
    return _rational(end, lambda ball: ball.upper())


def _rational(end: Term | None, rounded: Anything) -> End:
    if end is None or isinstance(end.value, Fraction):
        return end.value if end is not None and isinstance(end.value, Fraction) else None
    ball: arb = exact.ball(end, BITS)
    if not ball.is_finite():
        raise ValueError(f"not a number: {end}")
    value = rounded(ball).fmpq()
    return Fraction(int(value.p), int(value.q))


def _same(end: End, cut: Term | None) -> bool:
    return cut == (None if end is None else number(end))


def _in_order(cuts: Sequence[Term | None]) -> bool:
    if not cuts or any(cut is None for cut in cuts[1:-1]) or any(variables(cut or ZERO) for cut in cuts):
        return False
    finite = [cut for cut in cuts if cut is not None]
    return all(exact.sign(y - x) == 1 for x, y in pairwise(finite))
