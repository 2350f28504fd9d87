"""Bring your own bound: decide a user's inequality on a model, by the strongest method that applies."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import sympy
from sympy import Expr, Rational, Symbol
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from proofs_checks.algebra import conjuncts
from proofs_checks.balls import holds
from proofs_checks.decision import Answer, NotAlgebraic, solve
from proofs_checks.enclosure import cover
from proofs_checks.evidence import Verdict
from proofs_checks.models import Chart, Model, build_model, substitute
from proofs_checks.questions import (
    NEGATION,
    Question,
    describe_domain,
    margin,
    margin_on_curve,
    on_chart,
    on_charts,
    required_conditions,
    values_at,
)
from w2s_theory.errors import InvalidInput
from w2s_theory.expressions import parse_relation

SIMPLE_WITNESSES = 150


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

    def _repr_html_(self) -> str:
        from proofs_checks.notebook import bound_html

        return bound_html(self)

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
        needed = (*conditions, *required_conditions(part, conditions))
        basic = tuple(substitute(item, model.derived) for item in needed)
        question = Question(model, part, basic, begin + seconds)
        _require_a_state(question, conditions)
        results.append(_answer(question))
    order = (Verdict.REFUTED, Verdict.UNDECIDED, Verdict.CERTIFIED, Verdict.PROVED)
    worst = min(results, key=lambda item: order.index(item.verdict))
    return replace(worst, seconds=time.monotonic() - begin)


def _answer(question: Question) -> BoundResult:
    for method in (_by_decision, _by_enclosure, _by_search):
        outcome = method(question)
        if outcome.verdict is not Verdict.UNDECIDED:
            break
    domain = describe_domain(question)
    if outcome.point is None or outcome.chart is None:
        return BoundResult(outcome.verdict, outcome.method, domain, None, None, 0.0)
    chart, point = outcome.chart, dict(outcome.point)
    return BoundResult(
        outcome.verdict, outcome.method, domain, chart.witness(point), values_at(question, chart, point), 0.0
    )


def _require_a_state(question: Question, conditions: Sequence[Boolean]) -> None:
    """Raise InvalidInput if no state of the model satisfies the conditions."""
    if not question.conditions:
        return
    for chart in question.model.charts:
        if not all(chart.expresses(item) for item in question.conditions):
            continue
        pulled = [substitute(item, chart.observables) for item in question.conditions]
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
    for chart, relation, conditions in on_charts(question):
        negation = NEGATION[relation.func](*relation.args, evaluate=False)
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
            inside = all(holds(item, point) is not False for item in chart.relations())
            if inside and _refutes(relation, conditions, point):
                return Outcome(Verdict.REFUTED, method, chart, point)
    return Outcome(Verdict.UNDECIDED, method)


def _refutes(relation: Relational, conditions: Sequence[Relational], point: Mapping[Symbol, Expr]) -> bool:
    """Return whether the point provably satisfies the conditions and breaks the relation."""
    return holds(relation, point) is False and all(holds(item, point) for item in conditions)


def _simple_refutation(question: Question) -> Outcome | None:
    """Look for a refutation with small rational coordinates on the model's curve.

    Every point of the curve is a state, also past its constraints, which say where it is the least one.
    """
    curve = question.model.curve
    asked = (question.basic_relation, *question.conditions)
    if curve is None or not all(curve.expresses(item) for item in asked):
        return None
    chart, pulled, conditions = on_chart(curve, question)
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
    for chart, relation, conditions in on_charts(question):
        if not chart.is_box:
            continue
        quantity = margin_on_curve(chart, question) if len(chart.intervals) == 1 else margin(relation)
        strict = isinstance(relation, sympy.Gt | sympy.Lt)
        constraints = [*chart.constraints, *conditions]
        try:
            found = cover(quantity, chart.intervals, constraints, strict=strict, seconds=question.seconds / 2)
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


def _by_search(question: Question) -> Outcome:
    # Few bounds come this far, and scipy takes as long to load as most of them to decide.
    from proofs_checks.minimize import lowest_points

    method = "search for a counterexample"
    for chart, relation, conditions in on_charts(question):
        if not chart.is_box:
            continue
        restrictions = [*chart.constraints, *conditions]
        for point in lowest_points(margin(relation), chart.intervals, restrictions, question.seconds / 2):
            if _refutes(relation, restrictions, point):
                return Outcome(Verdict.REFUTED, method, chart, point)
    return Outcome(Verdict.UNDECIDED, f"{method}: none found")
