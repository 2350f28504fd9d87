"""The one question that every engine answers: is there a point of a box at which a formula holds?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from w2s_theory.terms import exact, tree
from w2s_theory.terms.tree import Formula, Term

End = Fraction | None


@dataclass(frozen=True)
class Problem:
    """Is there a point of a box at which a formula holds? Variables are a chart's coordinates.

    `box` gives each coordinate its closed ends, None for an endless side; those in `integers` are whole numbers.
    `formula` joins the chart's constraints, the conditions, the definedness of every term, and the claim's negation:
    where no point satisfies it, the claim holds.
    """

    box: Mapping[str, tuple[End, End]]
    formula: Formula
    integers: frozenset[str] = frozenset()


class Certificate(Protocol):
    """Why no point satisfies a problem's formula, as data that a checker re-checks."""

    @property
    def kind(self) -> str:
        """Return the name of the certificate's checker."""
        ...

    def as_json(self) -> dict[str, Any]:
        """Return the certificate as plain data."""
        ...


@dataclass(frozen=True)
class Empty:
    """No point satisfies the formula, for a reason that is checked."""

    certificate: Certificate


@dataclass(frozen=True)
class Found:
    """A point that satisfies the formula, its coordinates constant terms; whoever uses it re-checks it exactly."""

    point: Mapping[str, Term]


Answer = Empty | Found | None
"""What an engine says: None where it cannot tell."""


def satisfies(problem: Problem, point: Mapping[str, Term]) -> bool:
    """Return whether a point lies in the problem's box and satisfies its formula, for certain."""
    if set(point) != set(problem.box):
        return False
    for name, (low, high) in problem.box.items():
        above = low is None or exact.sign(point[name] - low, {}) in (0, 1)
        below = high is None or exact.sign(high - point[name], {}) in (0, 1)
        if not (above and below):
            return False
    for name in problem.integers:
        value = tree.rational(point[name])
        if value is None or value.denominator != 1:
            return False
    return bool(exact.holds(problem.formula, point))
