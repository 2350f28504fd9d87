"""Linear equations solved before any engine starts: fewer coordinates, the same solutions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from proofs_checks.bounds.certificates.reduced import CONSTANT, Affine, Step, affine, pins, replaced
from proofs_checks.bounds.problem import Problem
from w2s_theory.terms import exact, tree
from w2s_theory.terms.tree import Atom, Sign, Term, conjuncts, substitute


def reduced(problem: Problem) -> tuple[tuple[Step, ...], Problem]:
    """Return the steps that solve the problem's linear equations, one after the other, and what remains."""
    steps: list[Step] = []
    while (step := _next_step(problem)) is not None:
        steps.append(step)
        problem = replaced(problem, *step)
    return tuple(steps), problem


def completed(steps: Sequence[Step], point: Mapping[str, Term]) -> dict[str, Term]:
    """Return a point of the reduced problem with the coordinates that the steps replaced."""
    found = dict(point)
    for name, value in reversed(steps):
        found[name] = exact.settled(substitute(value, found))
    return found


def _next_step(problem: Problem) -> Step | None:
    for part in conjuncts(problem.formula):
        form = affine(part.difference) if isinstance(part, Atom) else None
        if not isinstance(part, Atom) or form is None:
            continue
        if part.sign is not Sign.EQ:
            pinned = _pinned(part, form, problem)
            if pinned is not None:
                return pinned
            continue
        for name in sorted(form, key=lambda name: (name in problem.integers, name)):
            if name in problem.box and (name not in problem.integers or _stays_whole(form, name, problem)):
                return name, _solved(form, name)
    return None


def _pinned(part: Atom, form: Affine, problem: Problem) -> Step | None:
    """Return the only value that an inequality leaves a coordinate: an end of its interval."""
    names = set(form) - {CONSTANT}
    if len(names) != 1 or not names <= set(problem.box):
        return None
    (name,) = names
    low, high = problem.box[name]
    ends = [tree.number(end) for end in (low, high) if end is not None]
    return next(((name, end) for end in ends if pins(part, name, end, low, high)), None)


def _solved(form: Affine, name: str) -> Term:
    value: Term | None = None
    for other, factor in form.items():
        if other == name:
            continue
        share = -factor / form[name]
        part = tree.number(share) if other == CONSTANT else _scaled(share, other)
        value = part if value is None else value + part
    return tree.ZERO if value is None else value


def _scaled(share: Fraction, name: str) -> Term:
    return tree.variable(name) if share == 1 else share * tree.variable(name)


def _stays_whole(form: Affine, name: str, problem: Problem) -> bool:
    """Return whether the value of a whole coordinate is whole wherever the other coordinates are."""
    shares = {other: factor / form[name] for other, factor in form.items() if other != name}
    return all(
        share.denominator == 1 and (other == CONSTANT or other in problem.integers)
        for other, share in shares.items()
    )
