"""A question about a model: a claim under conditions, and the problems that it becomes on the model's charts.

A bound is claimed for every state of the model that satisfies the conditions and at which every expression in the bound
and in the conditions is defined. So it fails exactly where a state satisfies the conditions, the definedness and the
claim's negation: that is what a problem's formula says, in the coordinates of a chart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from proofs_checks.bounds.curves import moved
from proofs_checks.bounds.models import Chart, Model
from proofs_checks.bounds.problem import Problem
from w2s_theory.terms import exact, tree
from w2s_theory.terms.cancelling import without_cancelled
from w2s_theory.terms.tree import (
    All,
    Atom,
    Formula,
    Sign,
    conjuncts,
    definedness,
    negated,
    replaced,
    substituted,
    with_atoms,
    with_sides,
)


@dataclass(frozen=True)
class Question:
    """Does a claim hold for every state of a model that satisfies the conditions?

    Formulas are in the model's observables. `defined` says where every expression in them has a value.
    """

    model: Model
    claim: Formula
    conditions: Formula
    defined: Formula

    @property
    def premises(self) -> Formula:
        """Return what a state must satisfy to be spoken of."""
        return All((*conjuncts(self.conditions), *conjuncts(self.defined)))


def questions(
    model: Model, claim: Formula, conditions: Formula, mentioned: Iterable[str] = ()
) -> list[Question]:
    """Return one question for each conjunct of the claim. `mentioned` are observables that must exist."""
    needs = [part for name in mentioned for part in conjuncts(model.needs(name))]
    return [
        Question(
            model, part, conditions, All(tuple(dict.fromkeys((*needs, *_defined(part, conditions, *needs)))))
        )
        for part in (side for item in conjuncts(claim) for side in _two_sided(item))
    ]


def _two_sided(claim: Formula) -> tuple[Formula, ...]:
    """Return |u| <= v as u <= v and -u <= v, which are bounds of their own."""
    if not isinstance(claim, Atom):
        return (claim,)
    left, sign, right = claim.left, claim.sign, claim.right
    if sign in (Sign.GE, Sign.GT):
        left, right = right, left
    if left.head != "abs" or sign in (Sign.EQ, Sign.NE):
        return (claim,)
    below = Sign.LT if sign in (Sign.LT, Sign.GT) else Sign.LE
    return Atom(left.args[0], below, right), Atom(-left.args[0], below, right)


def _defined(*formulas: Formula) -> Iterator[Atom]:
    for formula in formulas:
        for atom in tree.atoms(formula):
            for side in (atom.left, atom.right):
                yield from (need for need in definedness(side) if not _is_plain(need))


def _is_plain(need: Atom) -> bool:
    """Return whether a need is a relation between numbers, and certainly true."""
    return not tree.variables(need) and exact.holds(need, {}) is True


@dataclass(frozen=True)
class Posed:
    """A question on one chart: the problem, and whether the chart is a curve of the model.

    A `partial` problem leaves conjuncts out: what is empty is proved, a point of it says nothing.
    """

    chart: Chart
    problem: Problem
    on_curve: bool = False
    partial: bool = False

    @property
    def proves_only(self) -> bool:
        """Return whether a point of the problem is not known to be a state that the question asks for."""
        return self.partial or self.chart.outer


def broken(question: Question) -> Formula:
    """Return what a state that breaks the claim satisfies."""
    return All((*conjuncts(question.premises), *conjuncts(negated(question.claim))))


def violations(question: Question) -> Iterator[Posed]:
    """Yield the problems whose points are states that break the claim, one a chart that expresses it."""
    return _posed(question.model, broken(question))


def states(question: Question) -> Iterator[Posed]:
    """Yield the problems whose points are states that the claim speaks of, one a chart that expresses them."""
    return _posed(question.model, question.premises)


def _posed(model: Model, formula: Formula) -> Iterator[Posed]:
    for each in moved(model, conjuncts(formula)):
        problem = _problem(each.curve, All(each.kept))
        yield Posed(each.curve, problem, on_curve=True, partial=not each.whole)
    for chart in model.charts:
        if tree.variables(formula) <= set(chart.terms):
            yield Posed(chart, _problem(chart, formula))


def _problem(chart: Chart, formula: Formula) -> Problem:
    pulled = substituted(formula, chart.terms)
    parts = (*conjuncts(chart.constraint), *conjuncts(pulled))
    # Charts have quotients and roots of their own, which must be defined too.
    needs = tuple(_defined(All(parts)))
    simpler = (without_cancelled(_without_squares(part, chart)) for part in (*parts, *needs))
    return Problem(chart.box, All(tuple(dict.fromkeys(simpler))), chart.whole)


def _without_squares(formula: Formula, chart: Chart) -> Formula:
    """Return a formula in which sqrt(x**2) is x, for the coordinates that are never below 0."""
    sides = (side for atom in tree.atoms(formula) for side in (atom.left, atom.right))
    if not any(node.head == "sqrt" for side in sides for node in tree.subterms(side)):
        return formula
    coordinates = (
        tree.variable(name) for name, (low, _) in chart.box.items() if low is not None and low >= 0
    )
    roots = {tree.apply("sqrt", x**2): x for x in coordinates}
    return with_atoms(formula, lambda atom: with_sides(atom, lambda side: replaced(side, roots)))
