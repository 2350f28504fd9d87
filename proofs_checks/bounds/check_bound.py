"""Bring your own bound: decide a user's inequality on a model, by the strongest method that applies."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from proofs_checks.bounds import witness
from proofs_checks.bounds.models import Model, build_model
from proofs_checks.bounds.problem import Found
from proofs_checks.bounds.question import Question, questions
from proofs_checks.bounds.rulings import Ruling, rule
from proofs_checks.html_table import html_table
from w2s_theory.errors import InvalidInput
from w2s_theory.notation.syntax import short
from w2s_theory.terms import tree
from w2s_theory.terms.reading import UnknownName, read_formula
from w2s_theory.terms.tree import TRUE, Formula, Term
from w2s_theory.terms.typed_forms import is_read_as_typed
from w2s_theory.terms.writing import formula_as_text
from w2s_theory.verdict import Verdict

WEAKEST_FIRST = (Verdict.REFUTED, Verdict.UNDECIDED, Verdict.CERTIFIED, Verdict.PROVED)

_CONSTANT = re.compile(
    r"[A-Za-z]\d?|const(ant)?|alpha|beta|gamma|delta|eta|kappa|lam(bda)?|mu|tau", re.IGNORECASE
)
"""Unknown names that look like a constant to be found."""


@dataclass(frozen=True)
class BoundResult:
    """The verdict on a bound, the method that gave it, and for a refutation the state that breaks it.

    `domain` names the states that the bound was decided for, with the conditions under which both sides are defined.
    `witness` is the state in the model's own terms; `values` are the two sides and the observables there.
    """

    verdict: Verdict
    method: str
    domain: str
    witness: Mapping[str, str] | None
    values: Mapping[str, str] | None
    seconds: float
    rulings: tuple[Ruling, ...] = ()
    seen: Mapping[str, Any] | None = None

    def _repr_html_(self) -> str:
        rows = {"verdict": str(self.verdict), "method": self.method, "domain": self.domain}
        return html_table({**rows, **(self.witness or {}), **(self.values or {})})

    def __bool__(self) -> NoReturn:
        raise TypeError(
            f"a result is neither true nor false (this one is {self.verdict}); "
            'ask result.verdict, or result.require("proved")'
        )

    def require(self, *verdicts: Verdict | str) -> BoundResult:
        """Return the result if its verdict is one of these, "proved" or "certified" if none is given.

        Raises AssertionError with the verdict, the method and the witness if it is another.
        """
        allowed = verdicts or (Verdict.PROVED, Verdict.CERTIFIED)
        if self.verdict not in allowed:
            state = "".join(f"; {name} = {value}" for name, value in (self.witness or {}).items())
            raise AssertionError(f"{self.verdict} by {self.method}{state}; required: {' or '.join(allowed)}")
        return self

    @property
    def is_shown(self) -> bool:
        """Return whether the bound is proved or certified."""
        return self.verdict in (Verdict.PROVED, Verdict.CERTIFIED)

    @property
    def is_refuted(self) -> bool:
        """Return whether a state breaks the bound."""
        return self.verdict is Verdict.REFUTED

    def plain(self) -> BoundResult:
        """Return the result without its rulings, whose charts hold functions: what may travel between processes."""
        return replace(self, rulings=(), seen=self.adversary)

    def as_json(self) -> dict[str, Any]:
        """Return the result as plain data."""
        return {
            "verdict": str(self.verdict),
            "method": self.method,
            "domain": self.domain,
            "witness": dict(self.witness) if self.witness else None,
            "values": dict(self.values) if self.values else None,
            "adversary": dict(self.adversary) if self.adversary else None,
            "seconds": round(self.seconds, 4),
        }

    @property
    def adversary(self) -> Mapping[str, Any] | None:
        """Return how many states the adversary tried, how many of them seem to break the bound, and the closest one."""
        attacks = [ruling.attack for ruling in self.rulings if ruling.attack is not None]
        if not attacks:
            return self.seen
        closest = [found.closest for found in attacks if found.closest is not None]
        return {
            "tried": sum(found.tried for found in attacks),
            "closest": min(closest, default=None),
            "suspects": sum(found.suspects for found in attacks),
        }


class _Mentioned(dict[str, Term]):
    """Names with their terms, which remembers those that were asked for."""

    def __init__(self, names: Mapping[str, Term]) -> None:
        super().__init__(names)
        self.asked: dict[str, None] = {}

    def __getitem__(self, name: str) -> Term:
        self.asked[name] = None
        return super().__getitem__(name)


def check_bound(
    bound: str,
    model: str = "shrinkage",
    where: str = "",
    *,
    seconds: float = 20.0,
    **parameters: int,
) -> BoundResult:
    """Decide whether `bound` holds for every state of `model` that satisfies `where`.

    A bound is claimed for every state of the model that satisfies the conditions and at which every expression in the
    bound and in the conditions is defined. Each conjunct of a bound is a bound of its own. Raises InvalidInput for an
    unknown model, name or function, and for conditions that no state satisfies.
    """
    chosen = _given(parameters)
    asked, mentioned = read_bound(bound, model, where, chosen)
    return _ruled(asked, mentioned, seconds)


def read_bound(
    bound: str, model: str, where: str, parameters: Mapping[str, int]
) -> tuple[list[Question], list[str]]:
    """Return the questions that a bound asks, one a conjunct, and the observables that it mentions.

    Raises InvalidInput as `check_bound` does.
    """
    chosen = build_model(model, parameters)
    names = _Mentioned(chosen.names)
    try:
        claim = read_formula(bound, names)
        conditions = read_formula(where, names) if where.strip() else TRUE
    except UnknownName as error:
        if _CONSTANT.fullmatch(error.name):
            raise InvalidInput(f'{error}; for the best constant ask: w2s best "{short(bound)}"') from error
        raise
    mentioned = list(names.asked)
    return questions(chosen, claim, conditions, mentioned), mentioned


def reading(bound: str, model: str, where: str, parameters: Mapping[str, int]) -> str:
    """Return how a bound and its conditions were read, empty where that is as they were typed."""
    names = build_model(model, parameters).names
    texts = [text for text in (bound, where) if text.strip()]
    if all(is_read_as_typed(text, names) for text in texts):
        return ""
    return ", where ".join(formula_as_text(read_formula(text, names)) for text in texts)


def _given(parameters: Mapping[str, int | None]) -> dict[str, int]:
    return {name: value for name, value in parameters.items() if value is not None}


def decide(
    model: Model,
    claim: Formula,
    conditions: Formula = TRUE,
    *,
    seconds: float = 20.0,
    mentioned: Sequence[str] | None = None,
) -> BoundResult:
    """Decide a claim already in terms of the model's observables; see `check_bound`.

    `mentioned` are the observables that the claim's author wrote, which must exist and whose values are shown.
    """
    asked = sorted(tree.variables(claim) | tree.variables(conditions)) if mentioned is None else mentioned
    return _ruled(questions(model, claim, conditions, asked), asked, seconds)


def _ruled(asked: Sequence[Question], mentioned: Sequence[str], seconds: float) -> BoundResult:
    begin = time.monotonic()
    rulings: list[Ruling] = []
    for question in asked:
        rulings.append(rule(question, begin + seconds))
        if rulings[-1].verdict is Verdict.REFUTED:
            break
    if not rulings:
        raise InvalidInput("the bound compares nothing")
    worst = min(rulings, key=lambda item: WEAKEST_FIRST.index(item.verdict))
    return _result(worst, rulings, mentioned, time.monotonic() - begin)


def _result(
    ruling: Ruling, rulings: Sequence[Ruling], mentioned: Sequence[str], seconds: float
) -> BoundResult:
    domain = _domain(ruling.question, mentioned)
    state = values = None
    if ruling.verdict is Verdict.REFUTED and ruling.posed is not None and isinstance(ruling.answer, Found):
        chart, point, question = ruling.posed.chart, ruling.answer.point, ruling.question
        state = witness.describe(chart, point)
        values = witness.values(question.model, question.claim, mentioned, chart.terms, point)
    elif (
        ruling.verdict is Verdict.REFUTED
        and ruling.attack is not None
        and ruling.attack.violation is not None
    ):
        drawn, question = ruling.attack.violation, ruling.question
        state = drawn.description
        values = witness.values(question.model, question.claim, mentioned, drawn.observables, {})
    return BoundResult(ruling.verdict, ruling.method, domain, state, values, seconds, tuple(rulings))


def _domain(question: Question, mentioned: Sequence[str]) -> str:
    """Return the states that a question is about, in words, with the conditions under which its sides are defined."""
    named = {item.symbol.name: item.domain for item in question.model.observables}
    ranges = [f"{name} in {named[name]}" for name in sorted(mentioned) if name in named]
    premises = [formula_as_text(part) for part in tree.conjuncts(question.premises)]
    return "; ".join([question.model.summary, *ranges, *dict.fromkeys(premises)])
