"""What a model is: observables, and charts that give them as functions of coordinates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from sympy import Expr, Symbol
from sympy.logic.boolalg import Boolean

from proofs_checks.bounds.problem import End
from proofs_checks.bounds.states import Numbers, State
from w2s_theory.terms.algebraic_numbers import fraction_of
from w2s_theory.terms.conversion import formula_of, term_of
from w2s_theory.terms.interval import Interval
from w2s_theory.terms.intervals import enclose
from w2s_theory.terms.tree import All, Formula, Term, substitute

Coordinates = Mapping[str, Term]
"""Constant terms by the names of a chart's coordinates."""
PIECES = 64
"""Pieces of a curve on which an observable is enclosed, for its range."""


@dataclass(frozen=True)
class Observable:
    """A quantity that a bound may mention, with its meaning, its range, and the conditions under which it exists."""

    symbol: Symbol
    meaning: str
    domain: str
    needs: tuple[Boolean, ...] = ()


@dataclass(frozen=True)
class Parameter:
    """A number that selects a member of a family of models."""

    name: str
    meaning: str
    domain: str
    default: int


@dataclass(frozen=True)
class Chart:
    """Every state of a model by coordinates: their intervals, further constraints, and the observables.

    `state` gives the state at exact coordinates in the model's own terms; by default its coordinates tell it. Intervals
    are closed, with rational ends, and may be endless. The coordinates in `integers` take integer values only. An
    `outer` chart has more points than the model has states: what holds on it is proved, what fails on it is not refuted.
    `premises` names the known facts that its constraints state.
    """

    intervals: Mapping[Symbol, tuple[Expr, Expr]]
    observables: Mapping[Symbol, Expr]
    state: Callable[[Coordinates], State] = Numbers
    constraints: tuple[Boolean, ...] = ()
    integers: frozenset[Symbol] = frozenset()
    outer: bool = False
    premises: str = ""

    @cached_property
    def box(self) -> dict[str, tuple[End, End]]:
        """Return the closed ends of every coordinate, None for an endless side."""
        return {x.name: (_end(low), _end(high)) for x, (low, high) in self.intervals.items()}

    @cached_property
    def terms(self) -> dict[str, Term]:
        """Return the observables as terms in the coordinates."""
        return {symbol.name: term_of(value) for symbol, value in self.observables.items()}

    @cached_property
    def constraint(self) -> Formula:
        """Return all constraints as one formula in the coordinates."""
        return All(tuple(map(formula_of, self.constraints)))

    @cached_property
    def ranges(self) -> dict[str, tuple[End, End]]:
        """Return rational ends between which each observable lies on a curve, a chart of one bounded coordinate.

        Raises ValueError where the coordinate has an endless side.
        """
        ((coordinate, (low, high)),) = self.box.items()
        if low is None or high is None:
            raise ValueError("a curve has two ends")
        cuts = [low + (high - low) * Fraction(k, PIECES) for k in range(PIECES + 1)]
        boxes = [{coordinate: piece} for piece in pairwise(cuts)]
        return {name: _hull([enclose(term, box) for box in boxes]) for name, term in self.terms.items()}

    @property
    def whole(self) -> frozenset[str]:
        """Return the names of the coordinates that are whole numbers."""
        return frozenset(x.name for x in self.integers)


@dataclass(frozen=True)
class Model:
    """A class of teachers and students, and what may be said about them.

    `charts` come in the order in which they should be tried; each shows every state. `curve` is a chart with one
    coordinate on which `extremal` is least among all states with the same values of the other observables it
    gives; a claim that gets harder to satisfy as `extremal` falls need only be examined there. On `upper_curve` it is
    greatest in the same sense.
    """

    name: str
    summary: str
    source: str
    observables: tuple[Observable, ...]
    charts: tuple[Chart, ...]
    parameters: tuple[Parameter, ...] = ()
    curve: Chart | None = None
    upper_curve: Chart | None = None
    extremal: Symbol | None = None
    derived: Mapping[Symbol, Expr] = field(default_factory=dict)
    is_named: bool = False
    """Whether the model is one of those built by name, of which states can be drawn by definition."""
    setting: Mapping[str, int] = field(default_factory=dict)
    """The parameters that a named model was built with, where they are not the defaults."""

    @cached_property
    def names(self) -> dict[str, Term]:
        """Return the observables by the names that users write, derived ones in terms of the others."""
        derived = {symbol.name: term_of(value) for symbol, value in self.derived.items()}
        names = {item.symbol.name: term_of(item.symbol) for item in self.observables}
        return {name: substitute(term, derived) for name, term in names.items()}

    def needs(self, name: str) -> Formula:
        """Return the conditions under which an observable exists, in terms of the others."""
        (observable,) = (item for item in self.observables if item.symbol.name == name)
        return All(tuple(map(formula_of, observable.needs)))


def _hull(pieces: list[Interval]) -> tuple[End, End]:
    lows, highs = ([getattr(piece, side) for piece in pieces] for side in ("low", "high"))
    return (
        None if None in lows else min(map(fraction_of, lows)),
        None if None in highs else max(map(fraction_of, highs)),
    )


def _end(value: Expr) -> End:
    if value.is_infinite:
        return None
    if not value.is_Rational:
        raise ValueError(f"an interval's end is {value}; allowed: rational numbers and oo")
    return Fraction(int(value.p), int(value.q))
