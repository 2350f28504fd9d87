"""Rulings: what the engines come to on one conjunct of a bound, with all that its re-checking needs."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from proofs_checks.bounds.adversary.attack import Attack, attack
from proofs_checks.bounds.adversary.by_definition import contradiction
from proofs_checks.bounds.adversary.families import ExactState
from proofs_checks.bounds.certificates.reduced import Reduced
from proofs_checks.bounds.engines import EFFORTS, WrongAnswer, settle
from proofs_checks.bounds.problem import Certificate, Empty, Found
from proofs_checks.bounds.question import Posed, Question, broken, states, violations
from w2s_theory.errors import InvalidInput
from w2s_theory.terms import exact, tree
from w2s_theory.terms.tree import Atom, Formula, Sign, Term
from w2s_theory.terms.writing import formula_as_text
from w2s_theory.verdict import Verdict

_METHODS = {
    "numbers": "exact numbers, after everything else cancels (re-checked)",
    "sign table": "signs of polynomials between all their roots (certificate re-checked)",
    "line cover": "balls and series along one variable (certificate of {boxes} pieces re-checked)",
    "cover": "ball arithmetic (certificate of {boxes} boxes re-checked)",
    "coefficients": "coefficients of one sign (certificate re-checked)",
    "squares": "a sum of squares (certificate re-checked)",
    "solvers": "the word of z3 and cvc5, no certificate",
}
BROKEN = "a state that breaks it, re-checked in exact numbers"
DRAWN = "a state drawn from the model's definition that breaks it, rebuilt in exact numbers"
OF_NOTHING = "no state breaks it, but none was found that satisfies the conditions"
FOR_ENGINES = 0.75
_BY_BALLS = ("cover", "line cover")


Example = tuple[Posed, Mapping[str, Term]] | ExactState
"""A state that satisfies the premises: a point of a chart, or drawn from the model's definition."""
NEVER = Atom(tree.ZERO, Sign.GT, tree.ZERO)
"""A claim that every state breaks."""


@dataclass(frozen=True)
class Ruling:
    """A verdict on one conjunct of a bound: the chart and the answer that it rests on.

    `state` satisfies the premises, so that a proof is not of nothing. `attack` is what the
    adversary saw.
    """

    question: Question
    verdict: Verdict
    method: str
    posed: Posed | None = None
    answer: Empty | Found | None = None
    state: Example | None = None
    attack: Attack | None = field(default=None, compare=False)


def rule(question: Question, deadline: float, seed: int = 0) -> Ruling:
    """Decide one conjunct: refuted by an exact state, proved or certified with a certificate, or undecided.

    After the quick engines, states drawn from the model's definition are steered to the bound: one that breaks it
    refutes it. What is proved has been attacked in this way too. Raises InvalidInput where no state satisfies the
    premises, and WrongAnswer where an engine, or a proof, turns out to be wrong.
    """
    # What was proved must not be of nothing: a part of the time is kept for finding a state that it speaks of.
    engines_until = deadline - (1 - FOR_ENGINES) * max(0.0, deadline - time.monotonic())
    problems = list(violations(question))
    posed, answer = _first_settled(problems, EFFORTS[:1], engines_until)
    seen = None if isinstance(answer, Found) else _attacked(question, seed, deadline)
    if answer is None and (seen is None or seen.violation is None):
        posed, answer = _first_settled(problems, EFFORTS[1:], engines_until)
    if isinstance(answer, Found):
        if posed is None or not _is_broken(question, posed, answer.point):
            raise WrongAnswer("a state solves the problem that was posed, yet does not break the bound")
        against = against_state(question, posed, answer.point, broken(question))
        if against:
            raise WrongAnswer(f"refuted, yet by the model's definition {against}")
        return Ruling(question, Verdict.REFUTED, BROKEN, posed, answer)
    if seen is not None and seen.violation is not None:
        if answer is not None:
            shown = "; ".join(f"{name} = {value}" for name, value in seen.violation.description.items())
            raise WrongAnswer(f"proved, yet a state drawn from the model's definition breaks it: {shown}")
        return Ruling(question, Verdict.REFUTED, DRAWN, attack=seen)
    if posed is None or not isinstance(answer, Empty):
        late = time.monotonic() > engines_until
        _a_state(question, seed, deadline)
        method = "stopped at the time limit" if late else "no engine settled it"
        return Ruling(question, Verdict.UNDECIDED, method, attack=seen)
    state = _a_state(question, seed, deadline)
    if state is None:
        return Ruling(question, Verdict.UNDECIDED, OF_NOTHING, posed, answer, attack=seen)
    if not isinstance(state, ExactState) and (against := against_state(question, *state, question.premises)):
        raise WrongAnswer(f"a state should satisfy the conditions, yet by the model's definition {against}")
    certificate = essential(answer.certificate)
    count = getattr(certificate, "boxes", len(getattr(certificate, "pieces", ())))
    method = _METHODS[certificate.kind].format(boxes=count)
    method += ", on the tight curve" if posed.on_curve else ""
    method += f", from {posed.chart.premises}" if posed.chart.premises else ""
    verdict = Verdict.CERTIFIED if certificate.kind in _BY_BALLS else Verdict.PROVED
    return Ruling(question, verdict, method, posed, answer, state, seen)


def _is_broken(question: Question, posed: Posed, point: Mapping[str, Term]) -> bool:
    """Return whether a state certainly breaks the claim itself, however the problem was made of it."""
    return bool(exact.holds(broken(question), _observed(posed, point)))


def _observed(posed: Posed, point: Mapping[str, Term]) -> dict[str, Term]:
    return {name: tree.substitute(value, point) for name, value in posed.chart.terms.items()}


def against_state(
    question: Question,
    posed: Posed,
    point: Mapping[str, Term],
    expected: Formula,
) -> str:
    """Return what the model's definition says against a point of a chart that should fulfil a formula, or nothing.

    Of a model of the user's own, no definition is known but its charts.
    """
    if not question.model.is_named:
        return ""
    state = posed.chart.state(point)
    return contradiction(
        question.model.name, question.model.setting, state, _observed(posed, point), expected
    )


def essential(certificate: Certificate) -> Certificate:
    """Return the certificate inside of those that only say what it is about."""
    return essential(certificate.inner) if isinstance(certificate, Reduced) else certificate


def _attacked(question: Question, seed: int, deadline: float) -> Attack | None:
    """Return what the adversary sees; None for a model of the user's own, of which no states can be drawn."""
    if not question.model.is_named:
        return None
    return _attack(question, question.claim, seed, deadline)


def _attack(question: Question, claim: Formula, seed: int, deadline: float) -> Attack:
    model = question.model
    return attack(model.name, model.setting, claim, question.premises, seed, deadline=deadline)


def _first_settled(
    problems: Iterable[Posed], efforts: Iterable[int], deadline: float
) -> tuple[Posed | None, Empty | Found | None]:
    """Return the first problem that is settled in a way that its chart allows, with the answer."""
    still_open = list(problems)
    for effort in efforts:
        for posed in list(still_open):
            if time.monotonic() > deadline:
                return None, None
            answer = settle(posed.problem, effort, deadline)
            if answer is not None and posed.proves_only and isinstance(answer, Found):
                # It has a point, so that nothing will show it to be empty.
                still_open.remove(posed)
            elif answer is not None:
                return posed, answer
    return None, None


def _a_state(question: Question, seed: int, deadline: float) -> Example | None:
    """Return a state of the model that satisfies the premises, None if none was found.

    After the quick engines, one is drawn. Raises InvalidInput if there is none: of what no state satisfies, everything
    would be proved.
    """
    problems = list(states(question))
    posed, answer = _first_settled(problems, EFFORTS[:1], deadline)
    if answer is None and question.model.is_named:
        drawn = _attack(question, NEVER, seed, deadline).violation
        if drawn is not None:
            return drawn
    if answer is None:
        posed, answer = _first_settled(problems, EFFORTS[1:], deadline)
    if posed is None or answer is None:
        return None
    if isinstance(answer, Found):
        return posed, answer.point
    if not tree.conjuncts(question.premises):
        raise InvalidInput(
            f"the model {question.model.name!r} has no state: its charts contradict themselves"
        )
    stated = formula_as_text(question.premises)
    raise InvalidInput(
        f"no state of the model {question.model.name!r} satisfies {stated}; give conditions that can hold"
    )
