"""Bring your own bound: decide a user's inequality on a model, by the strongest method that applies."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import sympy
from sympy import Dummy, Expr, Rational, Symbol
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from proofs_checks.algebra import conjuncts
from proofs_checks.balls import holds
from proofs_checks.decision import Answer, NotAlgebraic, requirements, solve
from proofs_checks.enclosure import cover, without_common_power
from proofs_checks.evidence import Verdict
from proofs_checks.models import Chart, Model, build_model
from proofs_checks.search import lowest_points
from w2s_theory.errors import InvalidInput
from w2s_theory.expressions import parse_relation

SIMPLE_WITNESSES = 150
_NEGATION = {
    sympy.Ge: sympy.Lt,
    sympy.Le: sympy.Gt,
    sympy.Gt: sympy.Le,
    sympy.Lt: sympy.Ge,
    sympy.Eq: sympy.Ne,
}


@dataclass(frozen=True)
class BoundResult:
    """The verdict on a bound, the method that gave it, and for a refutation the state that breaks it.

    `witness` is the state in the model's own terms; `values` are the two sides and the observables there.
    """

    verdict: Verdict
    method: str
    domain: str
    witness: Mapping[str, str] | None
    values: Mapping[str, str] | None
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """Return the result as plain data."""
        return {
            "verdict": str(self.verdict),
            "method": self.method,
            "domain": self.domain,
            "witness": dict(self.witness) if self.witness else None,
            "values": dict(self.values) if self.values else None,
            "seconds": round(self.seconds, 4),
        }


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


@dataclass(frozen=True)
class Outcome:
    """What one method says about a question."""

    verdict: Verdict
    method: str
    chart: Chart | None = None
    point: Mapping[Symbol, Expr] | None = None


def check_bound(
    bound: str,
    model: str = "shrinkage",
    where: str = "",
    *,
    seconds: float = 20.0,
    **parameters: int,
) -> BoundResult:
    """Decide whether `bound` holds for every state of `model` that satisfies `where`.

    `bound` is an inequality (or a conjunction) between expressions in the model's observables. Both are read
    where their roots, quotients and logarithms are real numbers. Raises InvalidInput for an unknown model,
    name or function, and for conditions that no state satisfies.
    """
    chosen = build_model(model, parameters)
    statement = parse_relation(bound, chosen.names)
    conditions = conjuncts(parse_relation(where, chosen.names)) if where.strip() else ()
    return decide(chosen, statement, conditions, seconds=seconds)


def decide(
    model: Model, statement: Boolean, conditions: Sequence[Boolean] = (), *, seconds: float = 20.0
) -> BoundResult:
    """Decide a statement already in the model's symbols; see `check_bound`."""
    begin = time.monotonic()
    results = []
    for part in conjuncts(statement):
        relations = tuple(
            item.subs(dict(model.derived)) for item in (*conditions, *_defined(part, conditions))
        )
        question = Question(model, part, relations, begin + seconds)
        _require_a_state(question, conditions)
        results.append(_answer(question))
    order = (Verdict.REFUTED, Verdict.UNDECIDED, Verdict.CERTIFIED, Verdict.PROVED)
    worst = min(results, key=lambda item: order.index(item.verdict))
    return replace(worst, seconds=time.monotonic() - begin)


def _defined(part: Relational, conditions: Sequence[Relational]) -> list[Relational]:
    """Return what makes both sides of the bound and of the conditions real numbers."""
    sides = [side for item in (part, *conditions) for side in item.args]
    return [need for side in sides for need in requirements(side)]


def _answer(question: Question) -> BoundResult:
    for method in (_by_decision, _by_enclosure, _by_search):
        outcome = method(question)
        if outcome.verdict is not Verdict.UNDECIDED:
            break
    domain = _domain(question)
    if outcome.point is None or outcome.chart is None:
        return BoundResult(outcome.verdict, outcome.method, domain, None, None, 0.0)
    chart, point = outcome.chart, dict(outcome.point)
    return BoundResult(
        outcome.verdict, outcome.method, domain, chart.witness(point), _values(question, chart, point), 0.0
    )


def _domain(question: Question) -> str:
    named = {item.symbol: item.domain for item in question.model.observables}
    free = sorted(question.relation.free_symbols, key=str)
    ranges = [f"{symbol} in {named[symbol]}" for symbol in free]
    return "; ".join([question.model.summary, *ranges, *map(str, dict.fromkeys(question.conditions))])


def _charts(question: Question) -> Iterator[tuple[Chart, Relational, tuple[Relational, ...]]]:
    """Yield the charts that can express the question, with the question in their coordinates."""
    relation = question.relation.subs(dict(question.model.derived))
    if _is_settled_on_curve(question):
        yield _on(question.model.curve, relation, question.conditions)
    for chart in question.model.charts:
        if all(chart.expresses(item) for item in (relation, *question.conditions)):
            yield _on(chart, relation, question.conditions)


def _on(
    chart: Chart | None, relation: Relational, conditions: Sequence[Relational]
) -> tuple[Chart, Relational, tuple[Relational, ...]]:
    assert chart is not None
    pulled = tuple(item for item in map(chart.pull_back, conditions) if item is not sympy.true)
    sides = [side.subs(dict(chart.observables), simultaneous=True) for side in relation.args]
    return chart, relation.func(*sides, evaluate=False), pulled


def _is_settled_on_curve(question: Question) -> bool:
    """Return whether the bound is hardest where the model's extremal observable is least."""
    curve, extremal = question.model.curve, question.model.extremal
    relation = question.relation.subs(dict(question.model.derived))
    if curve is None or extremal is None or not curve.expresses(relation) or isinstance(relation, sympy.Eq):
        return False
    if any(extremal in item.free_symbols or not curve.expresses(item) for item in question.conditions):
        return False
    positive = {symbol: Dummy(symbol.name, positive=True) for symbol in curve.observables}
    slope = sympy.diff(_margin(relation).subs(positive), positive[extremal])
    return bool(slope.is_nonnegative or sympy.factor(slope).is_nonnegative)


def _margin(relation: Relational) -> Expr:
    """Return the quantity that an inequality says to be nonnegative (or positive)."""
    greater = isinstance(relation, sympy.Ge | sympy.Gt)
    return relation.lhs - relation.rhs if greater else relation.rhs - relation.lhs


def _require_a_state(question: Question, conditions: Sequence[Boolean]) -> None:
    """Raise InvalidInput if no state of the model satisfies the conditions."""
    if not question.conditions:
        return
    for chart in question.model.charts:
        if not all(chart.expresses(item) for item in question.conditions):
            continue
        pulled = [chart.pull_back(item) for item in question.conditions]
        try:
            empty = solve([*chart.relations(), *pulled], question.seconds / 2).answer is Answer.NONE
        except NotAlgebraic:
            if not chart.is_box:
                continue
            never = cover(
                sympy.Integer(-1),
                chart.intervals,
                [*chart.constraints, *pulled],
                seconds=question.seconds / 2,
            )
            empty = never.certified
        if empty:
            stated = " and ".join(map(str, conditions)) or "the claim's own roots, quotients and logarithms"
            raise InvalidInput(
                f"no state of the model {question.model.name!r} satisfies {stated}; give conditions that can hold"
            )
        return


def _by_decision(question: Question) -> Outcome:
    method = "decision procedure (z3)"
    for chart, relation, conditions in _charts(question):
        negation = _NEGATION[relation.func](*relation.args, evaluate=False)
        try:
            solution = solve([*chart.relations(), *conditions, negation], question.seconds / 2)
        except NotAlgebraic:
            return Outcome(Verdict.UNDECIDED, method)
        if solution.answer is Answer.NONE:
            on_curve = " on the tight curve" if chart is question.model.curve else ""
            return Outcome(Verdict.PROVED, method + on_curve)
        if solution.answer is Answer.EXISTS:
            simple = _simple_refutation(question)
            if simple is not None:
                return replace(simple, method=method)
            point = {x: solution.point.get(x, low) for x, (low, _) in chart.intervals.items()}
            if _refutes(relation, conditions, point):
                return Outcome(Verdict.REFUTED, method, chart, point)
    return Outcome(Verdict.UNDECIDED, method)


def _refutes(relation: Relational, conditions: Sequence[Relational], point: Mapping[Symbol, Expr]) -> bool:
    """Return whether the point provably satisfies the conditions and breaks the relation."""
    return holds(relation, point) is False and all(holds(item, point) for item in conditions)


def _simple_refutation(question: Question) -> Outcome | None:
    """Look for a refutation with small rational coordinates on the model's curve."""
    curve = question.model.curve
    relation = question.relation.subs(dict(question.model.derived))
    if curve is None or not all(curve.expresses(item) for item in (relation, *question.conditions)):
        return None
    chart, pulled, conditions = _on(curve, relation, question.conditions)
    ((coordinate, (low, high)),) = chart.intervals.items()
    for fraction in _simple_fractions(SIMPLE_WITNESSES):
        value = Rational(fraction.numerator, fraction.denominator)
        if bool(low < value) and bool(value < high) and _refutes(pulled, conditions, {coordinate: value}):
            return Outcome(Verdict.REFUTED, "", chart, {coordinate: value})
    return None


def _simple_fractions(count: int) -> list[Fraction]:
    """Return fractions in (0, 1): by denominator first, then ever smaller powers of ten."""
    found = [Fraction(k, n) for n in range(2, count) for k in range(1, n) if Fraction(k, n).denominator == n]
    return [*found[:count], *(Fraction(1, 10**k) for k in range(2, 30))]


def _by_enclosure(question: Question) -> Outcome:
    method = "ball arithmetic, branch and bound (Arb)"
    if isinstance(question.relation, sympy.Eq):
        return Outcome(Verdict.UNDECIDED, method)
    for chart, relation, conditions in _charts(question):
        if not chart.is_box:
            continue
        margin = _margin_on(chart, question) if len(chart.intervals) == 1 else _margin(relation)
        strict = isinstance(relation, sympy.Gt | sympy.Lt)
        constraints = [*chart.constraints, *conditions]
        try:
            found = cover(margin, chart.intervals, constraints, strict=strict, seconds=question.seconds / 2)
        except TypeError:
            return Outcome(Verdict.UNDECIDED, method)
        if found.certified:
            return Outcome(Verdict.CERTIFIED, f"{method}, {found.boxes} boxes")
        simple = _simple_refutation(question)
        if simple is not None:
            return replace(simple, method=method)
        if found.point is not None and _refutes(relation, conditions, found.point):
            return Outcome(Verdict.REFUTED, method, chart, found.point)
    return Outcome(Verdict.UNDECIDED, method)


def _margin_on(curve: Chart, question: Question) -> Expr:
    """Return the margin along a curve, divided by the power of the coordinate with which it vanishes at 0."""
    (coordinate,) = curve.intervals
    nonnegative = Dummy(coordinate.name, nonnegative=True)
    margin = sympy.expand(_margin(question.relation.subs(dict(question.model.derived))))
    along = margin.subs({x: value.subs(coordinate, nonnegative) for x, value in curve.observables.items()})
    return without_common_power(along, nonnegative).subs(nonnegative, coordinate)


def _by_search(question: Question) -> Outcome:
    method = "search for a counterexample"
    for chart, relation, conditions in _charts(question):
        if not chart.is_box:
            continue
        restrictions = [*chart.constraints, *conditions]
        for point in lowest_points(_margin(relation), chart.intervals, restrictions, question.seconds / 2):
            if _refutes(relation, restrictions, point):
                return Outcome(Verdict.REFUTED, method, chart, point)
    return Outcome(Verdict.UNDECIDED, f"{method}: none found")


def _values(question: Question, chart: Chart, point: Mapping[Symbol, Expr]) -> dict[str, str]:
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
    value = sympy.radsimp(sympy.simplify(value)) if not value.is_Rational else value
    return str(value) if value.is_Integer else f"{value} = {sympy.N(value, 12)}"
