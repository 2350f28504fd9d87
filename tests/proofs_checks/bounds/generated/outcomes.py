"""What the program says of a bound, and whether the second route contradicts it."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from proofs_checks.bounds import witness
from proofs_checks.bounds.adversary.attack import attack
from proofs_checks.bounds.certificates.recheck import check
from proofs_checks.bounds.check_bound import BoundResult, decide
from proofs_checks.bounds.engines import EFFORTS, WrongAnswer, settle
from proofs_checks.bounds.models import Model, build_model
from proofs_checks.bounds.problem import Empty, Found
from proofs_checks.bounds.question import Question, questions, states, violations
from w2s_theory.errors import InvalidInput
from w2s_theory.terms import tree
from w2s_theory.terms.reading import read_formula
from w2s_theory.terms.tree import TRUE, Atom, Sign

from . import second_route
from .evaluation import names_in
from .grammar import Bound
from .second_route import Illegal

NEVER = Atom(tree.ZERO, Sign.GE, tree.ONE)


@dataclass(frozen=True)
class Outcome:
    """A verdict in one word, how it was reached, the seconds that it took, and what speaks against it, empty if nothing."""

    bound: Bound
    verdict: str
    method: str = ""
    seconds: float = 0.0
    against: str = ""

    def __str__(self) -> str:
        return f"{self.bound.command}: {self.verdict} ({self.method}); {self.against or 'nothing against it'}"


@cache
def model_of(name: str, steps: int) -> Model:
    return build_model(name, {"steps": steps} if name == "chain" else {})


def asked(bound: Bound) -> tuple[Model, tree.Formula, tree.Formula, list[str]]:
    model = model_of(bound.model, bound.steps)
    claim = read_formula(bound.text, model.names)
    conditions = read_formula(bound.where, model.names) if bound.where else TRUE
    mentioned = [
        item.symbol.name
        for item in model.observables
        if item.symbol.name in names_in(f"({bound.text})") | names_in(bound.where)
    ]
    return model, claim, conditions, mentioned


def guarded(bound: Bound, function: Callable[[Bound], Outcome]) -> Outcome:
    """Return the outcome; anything raised but InvalidInput is a crash."""
    begin = time.perf_counter()
    try:
        return function(bound)
    except InvalidInput as error:
        seconds = time.perf_counter() - begin
        if str(error).startswith("no state"):
            return Outcome(bound, "no state", str(error), seconds, against_emptiness(bound))
        return Outcome(bound, "refused", str(error), seconds)
    except WrongAnswer as error:
        return Outcome(
            bound, "wrong answer", str(error), time.perf_counter() - begin, f"WrongAnswer: {error}"
        )
    except Exception as error:  # the fuzz reports every crash
        where = traceback.extract_tb(error.__traceback__)[-1]
        told = f"{type(error).__name__}: {error} ({where.filename.rpartition('/')[2]}:{where.lineno})"
        return Outcome(bound, "crashed", told, time.perf_counter() - begin, told)


def quick(bound: Bound) -> Outcome:
    """Return what the quick engines say of a bound, without the adversary: some milliseconds."""
    return guarded(bound, _quick)


def _quick(bound: Bound) -> Outcome:
    model, claim, conditions, mentioned = asked(bound)
    begin = time.perf_counter()
    verdict, method = "proved", ""
    for question in questions(model, claim, conditions, mentioned):
        found = _quick_question(question, begin + 20)
        if found is None:
            verdict = "undecided"
            continue
        method, state = found
        if state is not None:
            return Outcome(
                bound, "refuted", method, time.perf_counter() - begin, against_witness(bound, state)
            )
    seconds = time.perf_counter() - begin
    return Outcome(bound, verdict, method, seconds, against_proof(bound) if verdict == "proved" else "")


def _quick_question(question: Question, deadline: float) -> tuple[str, dict[str, str] | None] | None:
    for posed in violations(question):
        answer = settle(posed.problem, EFFORTS[0], deadline)
        if isinstance(answer, Empty):
            assert check(posed.problem, answer.certificate)
            return answer.certificate.kind, None
        if isinstance(answer, Found) and not posed.proves_only:
            return "found", witness.describe(posed.chart, answer.point)
    return None


def full(bound: Bound, seconds: float = 20.0, attacked: bool = True) -> Outcome:
    """Return what the whole program says of a bound; what is shown is attacked again with another seed and more states."""

    def function(bound: Bound) -> Outcome:
        model, claim, conditions, mentioned = asked(bound)
        begin = time.perf_counter()
        result = decide(model, claim, conditions, seconds=seconds, mentioned=mentioned)
        spent = time.perf_counter() - begin
        return Outcome(bound, str(result.verdict), result.method, spent, _against(bound, result, attacked))

    return guarded(bound, function)


def _against(bound: Bound, result: BoundResult, attacked: bool) -> str:
    if result.is_refuted and result.witness is not None:
        return against_witness(bound, dict(result.witness))
    if result.is_refuted:
        return "refuted without a state"
    if not result.is_shown:
        return ""
    if found := against_proof(bound):
        return found
    for ruling in result.rulings if attacked else ():
        seen = attack(
            bound.model, bound.parameters, ruling.question.claim, ruling.question.premises, 1234, 20_000
        )
        if seen.violation is not None:
            return f"shown, but attacked: {seen.violation.description}"
    return ""


def against_witness(bound: Bound, state: dict[str, str]) -> str:
    """Return what is wrong with a witness: no state of the model, or one that does not break the bound."""
    try:
        at = second_route.witness_state(bound.model, state, bound.steps)
    except Illegal as error:
        return f"illegal witness: {error}"
    verdict = second_route.refutes(bound.text, bound.where, bound.model, at)
    return "" if verdict else f"the witness does not break it ({verdict}): {state}"


def against_proof(bound: Bound) -> str:
    at = second_route.violation(bound.text, bound.where, bound.model, bound.steps)
    return f"shown, but drawn: { {name: str(value)[:20] for name, value in at.items()} }" if at else ""


def against_emptiness(bound: Bound) -> str:
    """Return a state of which the bound speaks, if one is found, though the program says that there is none."""
    at = second_route.met(bound.text, bound.where, bound.model, bound.steps)
    if at is not None:
        return f"no state, but drawn: { {name: str(value)[:20] for name, value in at.items()} }"
    model, claim, conditions, mentioned = asked(bound)
    for question in questions(model, claim, conditions, mentioned):
        seen = attack(bound.model, bound.parameters, NEVER, question.premises, 99)
        if seen.violation is None:
            return ""
    return f"no state, but attacked: {seen.violation.description if seen.violation else ''}"


__all__ = ["Outcome", "full", "quick", "states"]
