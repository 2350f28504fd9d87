"""A certificate for part of a problem, after its linear equations were solved.

Each step replaces a coordinate by what a linear equation among the conjuncts says it is; its box becomes two more
conjuncts. Of the conjuncts that remain, some suffice: the inner certificate is about those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from proofs_checks.bounds.certificates.terms_as_data import term_from, term_to
from proofs_checks.bounds.problem import Certificate, End, Problem
from w2s_theory.terms import tree
from w2s_theory.terms.tree import All, Atom, Formula, Head, Sign, Term, conjuncts

Step = tuple[str, Term]
Affine = dict[str, Fraction]
CONSTANT = ""
"""The key of an affine form's constant."""


@dataclass(frozen=True)
class Reduced:
    """The steps, the places of the conjuncts that suffice after them, and the certificate about those."""

    steps: tuple[Step, ...]
    places: tuple[int, ...]
    inner: Certificate
    kind: ClassVar[str] = "reduced"

    def as_json(self) -> dict[str, Any]:
        """Return the certificate as plain data."""
        return {
            "kind": self.kind,
            "steps": [[name, term_to(value)] for name, value in self.steps],
            "places": list(self.places),
            "inner": self.inner.as_json(),
        }


def remaining(problem: Problem, certificate: Reduced) -> Problem | None:
    """Return the problem that the inner certificate is about; None where a step or a place is none of the problem's."""
    for name, value in certificate.steps:
        if name not in problem.box:
            return None
        low, high = problem.box[name]
        if not any(
            _says(part, name, value) or pins(part, name, value, low, high)
            for part in conjuncts(problem.formula)
        ):
            return None
        problem = replaced(problem, name, value)
    everything = conjuncts(problem.formula)
    if not all(0 <= place < len(everything) for place in certificate.places):
        return None
    return restricted(problem, [everything[place] for place in certificate.places])


def restricted(problem: Problem, formulas: Sequence[Formula]) -> Problem:
    """Return a problem with only these conjuncts, and the coordinates that are in them."""
    names = frozenset().union(*map(tree.variables, formulas))
    box = {name: ends for name, ends in problem.box.items() if name in names}
    return Problem(box, All(tuple(formulas)), problem.integers & names)


def replaced(problem: Problem, name: str, value: Term) -> Problem:
    """Return the problem with a coordinate replaced by a term in the others, and its box as conjuncts.

    Conjuncts that are plainly true, such as 0 == 0, are left out.
    """
    low, high = problem.box[name]
    ends = [
        Atom(value, sign, tree.term(end))
        for end, sign in ((low, Sign.GE), (high, Sign.LE))
        if end is not None
    ]
    parts = [*conjuncts(tree.substituted(problem.formula, {name: value})), *ends]
    box = {other: sides for other, sides in problem.box.items() if other != name}
    kept = tuple(part for part in dict.fromkeys(parts) if not _is_plainly_true(part))
    return Problem(box, All(kept), problem.integers - {name})


def _is_plainly_true(part: Formula) -> bool:
    if not isinstance(part, Atom):
        return False
    form = affine(part.difference)
    if form is None or any(name != CONSTANT for name in form):
        return False
    value = form.get(CONSTANT, Fraction(0))
    return ((value > 0) - (value < 0)) in part.sign.signs


def _says(part: Formula, name: str, value: Term) -> bool:
    """Return whether a conjunct is a linear equation whose only solution for a coordinate is this value."""
    if not isinstance(part, Atom) or part.sign is not Sign.EQ:
        return False
    form, claimed = affine(part.difference), affine(tree.variable(name) - value)
    if form is None or claimed is None or name not in form or claimed.get(name) != 1:
        return False
    return {key: factor / form[name] for key, factor in form.items()} == claimed


def pins(part: Formula, name: str, value: Term, low: End, high: End) -> bool:
    """Return whether a conjunct leaves a coordinate only one end of its interval, which is this value."""
    if not isinstance(part, Atom) or part.sign not in (Sign.GE, Sign.LE):
        return False
    form, number = affine(part.difference), tree.rational(value)
    if form is None or number is None or set(form) - {CONSTANT} != {name}:
        return False
    end = -form.get(CONSTANT, Fraction(0)) / form[name]
    from_above = (form[name] < 0) == (part.sign is Sign.GE)
    return end == number == (low if from_above else high)


def affine(item: Term) -> Affine | None:
    """Return a term as a constant plus rational multiples of variables, zeros left out; None where it is not one."""
    constant = tree.rational(item)
    if constant is not None:
        return {CONSTANT: constant} if constant else {}
    match item.head:
        case Head.VARIABLE:
            return {str(item.value): Fraction(1)}
        case Head.SUM:
            parts = [affine(argument) for argument in item.args]
            if parts[0] is None or parts[1] is None:
                return None
            total = dict(parts[0])
            for name, factor in parts[1].items():
                total[name] = total.get(name, Fraction(0)) + factor
            return {name: factor for name, factor in total.items() if factor}
        case Head.PRODUCT:
            for scale, rest in (item.args, item.args[::-1]):
                by, form = tree.rational(scale), affine(rest)
                if by is not None and form is not None:
                    return {name: by * share for name, share in form.items()} if by else {}
            return None
        case Head.QUOTIENT:
            below, form = tree.rational(item.args[1]), affine(item.args[0])
            return (
                {name: share / below for name, share in form.items()} if below and form is not None else None
            )
        case _:
            return None


def steps_from(data: Sequence[Sequence[Any]]) -> tuple[Step, ...]:
    """Return the steps that `as_json` wrote."""
    return tuple((str(name), term_from(value)) for name, value in data)
