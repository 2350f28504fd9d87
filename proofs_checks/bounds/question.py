"""A question about a model: one inequality under conditions, and its form on each of the model's charts."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sympy
from sympy import Dummy, Expr, Symbol
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from proofs_checks.bounds.models import Chart, Model, substitute
from proofs_checks.bounds.reductions import tightened
from proofs_checks.methods.decision import requirements
from proofs_checks.methods.enclosure import without_common_power
from w2s_theory.relations import as_text, margin


@dataclass(frozen=True)
class Question:
    """One inequality to decide on one model, under conditions."""

    model: Model
    relation: Relational
    conditions: tuple[Relational, ...]
    deadline: float

    @property
    def seconds(self) -> float:
        """Return the time left."""
        return max(0.05, self.deadline - time.monotonic())

    @property
    def is_out_of_time(self) -> bool:
        """Return whether the deadline has passed."""
        return time.monotonic() > self.deadline

    @property
    def basic_relation(self) -> Relational:
        """Return the relation with derived observables, such as PGR, written in basic ones."""
        return substitute(self.relation, self.model.derived)


def required_conditions(part: Relational, conditions: Sequence[Relational]) -> list[Relational]:
    """Return what makes both sides of the bound and of the conditions real numbers."""
    sides = [side for item in (part, *conditions) for side in item.args]
    return [need for side in sides for need in requirements(side)]


def needed_to_exist(part: Relational, conditions: Sequence[Relational], model: Model) -> list[Relational]:
    """Return the conditions under which the observables in the bound and in the conditions exist."""
    mentioned = {symbol for item in (part, *conditions) for symbol in item.free_symbols}
    return [need for item in model.observables if item.symbol in mentioned for need in item.needs]


def describe_domain(question: Question) -> str:
    """Return the domain on which a question is decided, as text."""
    named = {item.symbol: item.domain for item in question.model.observables}
    free = sorted(question.relation.free_symbols, key=str)
    ranges = [f"{symbol} in {named[symbol]}" for symbol in free]
    return "; ".join([question.model.summary, *ranges, *map(as_text, dict.fromkeys(question.conditions))])


def on_charts(question: Question) -> Iterator[tuple[Chart, Relational, tuple[Relational, ...]]]:
    """Yield the charts that can express the question, with the question in their coordinates."""
    curve = question.model.curve
    if curve is not None and is_settled_on_curve(question):
        yield on_chart(curve, question)
    for chart in question.model.charts:
        if all(chart.expresses(item) for item in (question.basic_relation, *question.conditions)):
            yield on_chart(chart, question)


def on_chart(chart: Chart, question: Question) -> tuple[Chart, Relational, tuple[Relational, ...]]:
    """Return the chart with the question's relation and conditions in its coordinates."""
    return chart, substitute(question.basic_relation, chart.observables), conditions_on(chart, question)


def conditions_on(chart: Chart, question: Question) -> tuple[Boolean, ...]:
    """Return the question's conditions in the coordinates of a chart."""
    pulled = (substitute(item, chart.observables) for item in question.conditions)
    return tuple(tightened(item, chart.integers) for item in pulled)


def is_settled_on_curve(question: Question) -> bool:
    """Return whether the bound is hardest where the model's extremal observable is least."""
    curve, extremal = question.model.curve, question.model.extremal
    relation = question.basic_relation
    if curve is None or extremal is None or not curve.expresses(relation) or isinstance(relation, sympy.Eq):
        return False
    if any(extremal in item.free_symbols or not curve.expresses(item) for item in question.conditions):
        return False
    positive = {symbol: Dummy(symbol.name, positive=True) for symbol in curve.observables}
    slope = sympy.diff(margin(relation).subs(positive), positive[extremal])
    return bool(slope.is_nonnegative or sympy.factor(slope).is_nonnegative)


def margin_on_curve(curve: Chart, question: Question) -> Expr:
    """Return the margin along a curve, divided by the power of the coordinate with which it vanishes at 0."""
    (coordinate,) = curve.intervals
    nonnegative = Dummy(coordinate.name, nonnegative=True)
    expanded = sympy.expand(margin(question.basic_relation))
    along = expanded.subs({x: value.subs(coordinate, nonnegative) for x, value in curve.observables.items()})
    return without_common_power(along, nonnegative).subs(nonnegative, coordinate)


def values_at(question: Question, chart: Chart, point: Mapping[Symbol, Expr]) -> dict[str, str]:
    """Return both sides and the observables at a point, exact and to 12 digits."""
    known = {symbol: value.subs(dict(point)) for symbol, value in chart.observables.items()}
    derived = question.model.derived
    mentioned = question.relation.free_symbols
    inputs = [derived[symbol].free_symbols for symbol in mentioned if symbol in derived]
    known |= {symbol: derived[symbol].subs(known) for symbol in mentioned if symbol in derived}
    shown = {str(symbol): known[symbol] for symbol in sorted(mentioned.union(*inputs), key=str)}
    shown |= {"left": question.relation.lhs.subs(known), "right": question.relation.rhs.subs(known)}
    return {name: _exact_and_decimal(value) for name, value in shown.items()}


def _exact_and_decimal(value: Expr) -> str:
    if value.has(sympy.log):
        # Simplifying would gather the logarithms of small numbers into that of a huge one.
        value = sympy.expand(value)
    elif not value.is_Rational:
        value = sympy.radsimp(sympy.simplify(value))
    return str(value) if value.is_Integer else f"{value} = {sympy.N(value, 12)}"
