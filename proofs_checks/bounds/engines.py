"""The methods that may settle a question about a model, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

import sympy
from sympy import Expr, Rational, Symbol
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from proofs_checks.bounds.models import Chart, substitute
from proofs_checks.bounds.question import Question, margin_on_curve, on_chart, on_charts
from proofs_checks.bounds.reductions import Posed, bounded, cleared, solved, tightened
from proofs_checks.evidence import Verdict
from proofs_checks.methods.decision import Answer, NotAlgebraic, Solution, solve
from proofs_checks.methods.enclosure import cover
from w2s_theory.balls import holds
from w2s_theory.relations import STRICT, margin

SIMPLE_WITNESSES = 150
SECONDS_NEARBY = 0.5


@dataclass(frozen=True)
class Outcome:
    """What one method says about a question."""

    verdict: Verdict
    method: str
    chart: Chart | None = None
    point: Mapping[Symbol, Expr] | None = None


def by_simple_states(question: Question) -> Outcome:
    """Refute by a state with simple numbers."""
    method = "a state with simple numbers"
    # A model with a curve has its own simple witnesses, and answers sooner than numpy loads.
    if question.model.curve is not None:
        return Outcome(Verdict.UNDECIDED, method)
    from proofs_checks.bounds.simple_states import simple_points

    for chart, relation, conditions in map(_solved, on_charts(question)):
        if chart.outer:
            continue
        for point in simple_points(chart, relation, conditions):
            if _is_state(chart, point) and _refutes(relation, conditions, point):
                return Outcome(Verdict.REFUTED, method, chart, point)
    return Outcome(Verdict.UNDECIDED, method)


def _solved(posed: Posed) -> Posed:
    return solved(*posed)


def by_decision(question: Question) -> Outcome:
    """Prove or refute by a decision procedure on each chart."""
    method = "decision procedure (z3)"
    for chart, relation, conditions in on_charts(question):
        negation = tightened(relation.negated, chart.integers)
        formulas = [*chart.relations(), *conditions, negation]
        try:
            solution = _solve_either_way(formulas, question)
        except NotAlgebraic:
            return Outcome(Verdict.UNDECIDED, method)
        if solution.answer is Answer.NONE:
            on_curve = " on the tight curve" if chart is question.model.curve else ""
            premises = f" from {chart.premises}" if chart.premises else ""
            return Outcome(Verdict.PROVED, method + on_curve + premises)
        if solution.answer is Answer.EXISTS and not chart.outer:
            simple = _simple_refutation(question)
            if simple is not None:
                return replace(simple, method=method)
            for found in _states(chart, formulas, solution, question):
                point = {x: found.get(x, low) for x, (low, _) in chart.intervals.items()}
                if _is_state(chart, point) and _refutes(relation, conditions, point):
                    return Outcome(Verdict.REFUTED, method, chart, point)
    return Outcome(Verdict.UNDECIDED, method)


def _solve_either_way(formulas: Sequence[Boolean], question: Question) -> Solution:
    """Try the formulas as they are and with their denominators cleared: either may be much faster."""
    solution = solve(formulas, question.seconds * 0.1)
    if solution.answer is Answer.UNKNOWN:
        polynomial = [part for item in formulas for part in cleared(item)]
        solution = solve(polynomial, question.seconds * 0.1)
    return solve(formulas, question.seconds * 0.4) if solution.answer is Answer.UNKNOWN else solution


def _states(
    chart: Chart, formulas: Sequence[Boolean], solution: Solution, question: Question
) -> Iterator[Mapping[Symbol, Expr]]:
    """Yield the point of a solution, or where some coordinates are integers points with these made so."""
    if not chart.integers:
        yield solution.point
        return
    for whole in _integers_near(chart, solution.point):
        if question.is_out_of_time:
            return
        nearby = [substitute(item, whole) for item in formulas]
        found = solve(nearby, min(question.seconds * 0.1, SECONDS_NEARBY))
        if found.answer is Answer.EXISTS:
            yield {**found.point, **whole}
    found = solve(formulas, question.seconds / 4, chart.integers)
    if found.answer is Answer.EXISTS:
        yield found.point


def _integers_near(chart: Chart, point: Mapping[Symbol, Expr]) -> Iterator[dict[Symbol, Expr]]:
    names = sorted(chart.integers, key=str)
    for scale in (1, 2, 10):
        around = [(sympy.floor(scale * point[x]), sympy.ceiling(scale * point[x])) for x in names]
        for whole in product(*map(dict.fromkeys, around)):
            yield dict(zip(names, whole, strict=True))


def _is_state(chart: Chart, point: Mapping[Symbol, Expr]) -> bool:
    """Return whether a point lies on the chart, as far as its coordinates allow to tell."""
    whole = all(point[x].is_Integer for x in chart.integers)
    return whole and all(holds(item, point) is not False for item in chart.relations())


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


def by_enclosure(question: Question) -> Outcome:
    """Certify or refute by ball arithmetic on each chart that is a box."""
    method = "ball arithmetic, branch and bound (Arb)"
    if isinstance(question.relation, sympy.Eq):
        return Outcome(Verdict.UNDECIDED, method)
    for posed in on_charts(question):
        on_curve = posed[0] is question.model.curve
        chart, relation, conditions = posed if on_curve else solved(*posed)
        box = bounded(
            chart,
            margin_on_curve(chart, question) if on_curve else margin(relation),
            [*chart.constraints, *conditions],
        )
        if not chart.is_box or box is None:
            continue
        try:
            found = cover(*box, strict=isinstance(relation, STRICT), seconds=question.seconds / 2)
        except TypeError:
            return Outcome(Verdict.UNDECIDED, method)
        if found.certified:
            return Outcome(Verdict.CERTIFIED, f"{method}, {found.boxes} boxes")
        simple = _simple_refutation(question)
        if simple is not None:
            return replace(simple, method=method)
        if chart.outer or not chart.is_bounded or found.point is None:
            continue
        if _is_state(chart, found.point) and _refutes(relation, conditions, found.point):
            return Outcome(Verdict.REFUTED, method, chart, found.point)
    return Outcome(Verdict.UNDECIDED, method)


def by_search(question: Question) -> Outcome:
    """Refute by the lowest margin found on each chart that is a box."""
    # Few bounds come this far, and scipy takes as long to load as most of them to decide.
    from proofs_checks.methods.minimize import lowest_points

    method = "search for a counterexample"
    for chart, relation, conditions in map(_solved, on_charts(question)):
        if not chart.is_box or chart.outer:
            continue
        restrictions = [*chart.constraints, *conditions]
        for point in lowest_points(
            margin(relation), chart.intervals, restrictions, question.seconds / 2, chart.integers
        ):
            if _is_state(chart, point) and _refutes(relation, restrictions, point):
                return Outcome(Verdict.REFUTED, method, chart, point)
    return Outcome(Verdict.UNDECIDED, f"{method}: none found")


METHODS: tuple[Callable[[Question], Outcome], ...] = (by_simple_states, by_decision, by_enclosure, by_search)
