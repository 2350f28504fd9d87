"""A state weighed by the model's definition: observables and legality worked out from the state alone.

An engine's state is a point of a chart, and a chart that is wrong would refute what is true. So the state's vectors, laws or
numbers are evaluated again as the states of the adversary are, in exact arithmetic, and no chart is asked. What cannot
be decided at the precision allowed contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from proofs_checks.bounds.adversary import laws, predictions, vectors
from proofs_checks.bounds.adversary.arithmetic import Array, exact, exact_root, inner
from proofs_checks.bounds.adversary.families import Built
from proofs_checks.bounds.adversary.legal_numbers import legal_numbers, risks
from proofs_checks.bounds.states import Functions, Law, Numbers, Predictions, State
from w2s_theory.terms import tree
from w2s_theory.terms.exact import holds, settled, sign
from w2s_theory.terms.tree import ONE, ZERO, All, Atom, Formula, Head, Sign, Term, definedness, number

BITS = 3072
"""Precision at which a sign is given up."""
LEAST, MOST = number(1, 1000), number(999, 1000)
"""Between these lie the probabilities of the model of binary predictions."""
SHRINKING = ("shrinkage", "chain")


@dataclass(frozen=True)
class Weighed:
    """What the definition makes of a state: its observables, and the formula that says that it is legal."""

    observables: Mapping[str, Term]
    legal: Formula


def contradiction(
    model: str, parameters: Mapping[str, int], state: State, told: Mapping[str, Term], expected: Formula
) -> str:
    """Return what the definition certainly says against a state, in words; empty where it says nothing.

    `told` are the observables that a chart gives it, and `expected` is what they should fulfil, in the observables.
    """
    needed = dict.fromkeys(need for entry in state.entries for need in definedness(entry))
    if holds(All(tuple(needed)), {}, bits=BITS) is False:
        return "a number of the state is not defined"
    weighed = weigh(model, parameters, state)
    if weighed is None:
        return ""
    if holds(weighed.legal, {}, bits=BITS) is False:
        return "the state is not legal"
    for name in sorted(set(told) & set(weighed.observables)):
        if sign(told[name] - weighed.observables[name], bits=BITS) not in (0, None):
            return f"{name} of the state is another number"
    missing = tree.variables(expected) - set(weighed.observables)
    if missing:
        return f"the state has no {sorted(missing)[0]}"
    if holds(expected, weighed.observables, bits=BITS) is False:
        return "the state is none for which that holds"
    return ""


def weigh(model: str, parameters: Mapping[str, int], state: State) -> Weighed | None:
    """Return what the model's definition makes of a state, None where that takes an equality that is not decided.

    Raises TypeError where a state of this kind is none of the model's.
    """
    match model, state:
        case "shrinkage" | "bounded" | "chain" | "eigenfunction", Functions():
            steps = parameters.get("steps", 2) if model == "chain" else 1
            return _functions(model, steps, state)
        case "squared", Law():
            return _law(state)
        case "bregman-binary", Predictions():
            return _predictions(state)
        case "subspace", Numbers():
            legal = legal_numbers(state.values)
            return Weighed({} if holds(legal, {}, bits=BITS) is False else risks(state.values), legal)
    raise TypeError(f"a state of the model {model!r} is not told by {type(state).__name__}")


def _row(values: Sequence[Term]) -> Array:
    """Return constant terms as the only row of an exact array."""
    row = np.empty((1, len(values)), dtype=object)
    row[0] = [value if (simple := tree.rational(value)) is None else simple for value in values]
    return row


def _observables(built: Built) -> dict[str, Term]:
    return {name: settled(exact(value)) for name, value in built.observables.items()}


def _compared(left: Term, relation: Sign, right: Term) -> Atom:
    return Atom(settled(left), relation, settled(right))


def _functions(model: str, steps: int, state: Functions) -> Weighed:
    masses, target, teacher = map(_row, (state.weights, state.target, state.teacher))
    students = [_row(student) for student in state.students]

    def mean(left: Array, right: Array) -> Term:
        return exact(inner(masses, left, right))

    legal = [Atom(mass, Sign.GE, ZERO) for mass in state.weights]
    legal.append(_compared(mean(target, target), Sign.EQ, ONE))
    legal.append(_compared(mean(teacher, target), Sign.EQ, mean(teacher, teacher)))
    legal.append(Atom(number(len(students)), Sign.EQ, number(steps)))
    if model in SHRINKING:
        for label, student in pairwise([teacher, *students]):
            legal.append(_compared(mean(student, student), Sign.LE, mean(student, label)))
    elif model == "bounded":
        legal.append(_compared(mean(students[-1], students[-1]), Sign.LE, mean(teacher, teacher)))
    else:
        legal += _filter(state)
    return Weighed(_observables(vectors.built(masses, target, teacher, students)), All(tuple(legal)))


def _filter(state: Functions) -> Iterator[Atom]:
    """Yield what makes the student a filter of the teacher, and the target one of the filter's eigenvectors."""
    values = state.filter_values or ()
    yield Atom(number(len(values)), Sign.EQ, number(len(state.teacher)))
    for value, label, student in zip(values, state.teacher, state.students[-1], strict=False):
        yield from (Atom(value, Sign.GE, ZERO), Atom(value, Sign.LE, ONE))
        yield _compared(value * label, Sign.EQ, student)
    yield from (Atom(entry, Sign.EQ, ZERO) for entry in state.target[1:])


def _law(state: Law) -> Weighed | None:
    g, w, s = (_row(values) for values in zip(*state.atoms, strict=True))
    alike = [[_same(one, other) for other in state.atoms] for one in state.atoms]
    if any(item is None for row in alike for item in row):
        return None
    probability = _row(state.probabilities)
    legal = [Atom(p, Sign.GT, ZERO) for p in state.probabilities]
    legal.append(_compared(exact(probability.sum(axis=1)), Sign.EQ, ONE))
    one = np.array([Fraction(1)], dtype=object)
    built = laws.built(one, probability, g, w, s, np.array([alike], dtype=bool))
    return Weighed(_observables(built), All(tuple(legal)))


def _same(one: Sequence[Term], other: Sequence[Term]) -> bool | None:
    """Return whether two atoms have the same g and s, None where that is not decided."""
    signs = [
        0 if one[place] == other[place] else sign(one[place] - other[place], bits=BITS) for place in (0, 2)
    ]
    if any(found not in (0, None) for found in signs):
        return False
    return True if signs == [0, 0] else None


def _predictions(state: Predictions) -> Weighed:
    count = len(state.teacher)
    target, student, teacher = map(_row, ((state.target,), (state.student,), state.teacher))
    # The dual mean has the mean of the logits: its odds are the geometric mean of the odds.
    odds = ONE
    for says in state.teacher:
        odds = settled(odds * (says / (1 - says)))
    if count == 2:
        odds = exact_root(odds)
    elif count > 2:
        odds = Term(Head.POWER, (odds, number(1, count)))
    mean = settled(odds / (1 + odds))
    inside = [(value, LEAST, MOST) for value in (state.target, state.student, mean)]
    legal = [
        *(Atom(value, Sign.GE, low) for value, low, _ in inside),
        *(Atom(value, Sign.LE, high) for value, _, high in inside),
        *(Atom(says, Sign.GT, ZERO) for says in state.teacher),
        *(Atom(says, Sign.LT, ONE) for says in state.teacher),
    ]
    both = [(values, 1 - values) for values in (target, student, _row((mean,)), teacher)]
    weights = _row((number(1, count),) * count)
    built = predictions.built(both[0], both[1], both[2], both[3], weights)
    return Weighed(_observables(built), All(tuple(legal)))
