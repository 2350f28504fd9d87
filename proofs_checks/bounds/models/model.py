"""What a model is: observables, and charts that give them as functions of coordinates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from sympy import Eq, Expr, Symbol, oo
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from w2s_theory.relations import at_least, at_most, with_sides

Point = Mapping[Symbol, Expr]


def substitute(relation: Relational, values: Mapping[Symbol, Expr]) -> Relational:
    """Return the relation with its symbols replaced, unevaluated: sympy may not settle what a check is to settle."""
    sides = (side.subs(dict(values), simultaneous=True) for side in relation.args)
    return with_sides(relation, *sides)


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

    `witness` describes a state in the model's own terms, exactly. A chart whose constraints are all
    inequalities can also be covered by boxes and searched; intervals may be endless. The coordinates in `integers`
    take integer values only, between integer ends. An `outer` chart has more points than the model has states: what
    holds on it is proved, what fails on it is not refuted. `premises` names the known facts that its constraints state.
    """

    intervals: Mapping[Symbol, tuple[Expr, Expr]]
    observables: Mapping[Symbol, Expr]
    witness: Callable[[Point], dict[str, str]]
    constraints: tuple[Boolean, ...] = ()
    integers: frozenset[Symbol] = frozenset()
    outer: bool = False
    premises: str = ""

    @property
    def is_box(self) -> bool:
        """Return whether the chart is free of equations between its coordinates."""
        return not any(isinstance(item, Eq) for item in self.constraints)

    @property
    def is_bounded(self) -> bool:
        """Return whether every interval has two ends."""
        return all(end.is_finite for ends in self.intervals.values() for end in ends)

    def relations(self) -> list[Boolean]:
        """Return the intervals and constraints as relations."""
        ends = [part for x in self.intervals for part in self._ends(x, x)]
        return [*ends, *self.constraints]

    def without(self, coordinate: Symbol, value: Expr) -> Chart:
        """Return the part of the chart on which `coordinate` has this value, an expression in the others."""

        def complete(at: Point) -> Point:
            return {**at, coordinate: value.subs(dict(at))}

        moved = (*self._ends(coordinate, value), *self.constraints)
        return replace(
            self,
            intervals={x: ends for x, ends in self.intervals.items() if x != coordinate},
            observables={symbol: given.subs(coordinate, value) for symbol, given in self.observables.items()},
            witness=lambda at: self.witness(complete(at)),
            constraints=tuple(substitute(item, {coordinate: value}) for item in moved),
            integers=self.integers - {coordinate},
        )

    def _ends(self, coordinate: Symbol, value: Expr) -> list[Boolean]:
        low, high = self.intervals[coordinate]
        below = [] if low == -oo else [at_least(value, low)]
        return below if high == oo else [*below, at_most(value, high)]

    def expresses(self, relation: Boolean) -> bool:
        """Return whether every observable in `relation` is a function on this chart."""
        return bool(relation.free_symbols <= set(self.observables))


@dataclass(frozen=True)
class Model:
    """A class of teachers and students, and what may be said about them.

    `charts` come in the order in which a decision procedure should try them. `curve` is a chart with one
    coordinate on which `extremal` is least among all states with the same values of the other observables it
    gives; a claim that gets harder to satisfy as `extremal` falls need only be examined there.
    """

    name: str
    summary: str
    source: str
    observables: tuple[Observable, ...]
    charts: tuple[Chart, ...]
    parameters: tuple[Parameter, ...] = ()
    curve: Chart | None = None
    extremal: Symbol | None = None
    derived: Mapping[Symbol, Expr] = field(default_factory=dict)

    @property
    def names(self) -> dict[str, Symbol]:
        """Return the observables by the names that users write."""
        return {item.symbol.name: item.symbol for item in self.observables}
