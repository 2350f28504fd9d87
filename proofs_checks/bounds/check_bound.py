"""Bring your own bound: decide a user's inequality on a model, by the strongest method that applies."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sympy
from sympy.logic.boolalg import Boolean

from proofs_checks.bounds.engines import METHODS
from proofs_checks.bounds.models import Model, build_model, substitute
from proofs_checks.bounds.question import (
    Question,
    conditions_on,
    describe_domain,
    needed_to_exist,
    required_conditions,
    values_at,
)
from proofs_checks.evidence import Verdict
from proofs_checks.html_table import html_table
from proofs_checks.methods.decision import Answer, NotAlgebraic, solve
from proofs_checks.methods.enclosure import cover
from w2s_theory.errors import InvalidInput
from w2s_theory.notation.expressions import conjuncts, parse_relation
from w2s_theory.relations import as_text


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
        rows = {"verdict": str(self.verdict), "method": self.method, "domain": self.domain}
        return html_table({**rows, **(self.witness or {}), **(self.values or {})})

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
    statement = conjuncts(parse_relation(bound, chosen.names))
    conditions = conjuncts(parse_relation(where, chosen.names)) if where.strip() else ()
    return decide(chosen, statement, conditions, seconds=seconds)


def decide(
    model: Model, statement: Sequence[Boolean], conditions: Sequence[Boolean] = (), *, seconds: float = 20.0
) -> BoundResult:
    """Decide whether all parts of a statement, in the model's symbols already, hold; see `check_bound`."""
    begin = time.monotonic()
    results = []
    for part in statement:
        stated = (*conditions, *needed_to_exist(part, conditions, model))
        needed = (*stated, *required_conditions(part, stated))
        basic = tuple(substitute(item, model.derived) for item in needed)
        question = Question(model, part, basic, begin + seconds)
        _require_a_state(question, conditions)
        results.append(_answer(question))
    order = (Verdict.REFUTED, Verdict.UNDECIDED, Verdict.CERTIFIED, Verdict.PROVED)
    worst = min(results, key=lambda item: order.index(item.verdict))
    return replace(worst, seconds=time.monotonic() - begin)


def _answer(question: Question) -> BoundResult:
    for method in METHODS:
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
    is_answered = False
    for chart in question.model.charts:
        if not all(chart.expresses(item) for item in question.conditions):
            continue
        pulled = conditions_on(chart, question)
        try:
            empty = solve([*chart.relations(), *pulled], question.seconds / 4).answer is Answer.NONE
        except NotAlgebraic:
            if is_answered or not (chart.is_box and chart.is_bounded):
                continue
            never = cover(
                sympy.Integer(-1),
                chart.intervals,
                [*chart.constraints, *pulled],
                seconds=question.seconds / 4,
            )
            empty = never.certified
        if empty:
            stated = (
                " and ".join(map(as_text, conditions)) or "the claim's own roots, quotients and logarithms"
            )
            raise InvalidInput(
                f"no state of the model {question.model.name!r} satisfies {stated}; give conditions that can hold"
            )
        if not chart.outer:
            return
        is_answered = True
