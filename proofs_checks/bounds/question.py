"""A question about a model: a claim under conditions, and the problems that it becomes on the model's charts.

A bound is claimed for every state of the model that satisfies the conditions and at which every expression in the bound
and in the conditions is defined. So it fails exactly where a state satisfies the conditions, the definedness and the
claim's negation: that is what a problem's formula says, in the coordinates of a chart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from proofs_checks.bounds.models import Chart, Model
from proofs_checks.bounds.problem import End, Problem
from w2s_theory.terms import exact, intervals, tree
from w2s_theory.terms.slopes import slopes
from w2s_theory.terms.tree import All, Atom, Formula, Sign, conjuncts, definedness, negated, substituted
from w2s_theory.terms.truth import truth


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
        for part in conjuncts(claim)
    ]


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
    """A question on one chart: the problem, and whether the chart is the model's curve."""

    chart: Chart
    problem: Problem
    on_curve: bool = False


def violations(question: Question) -> Iterator[Posed]:
    """Yield the problems whose points are states that break the claim, one a chart that expresses it."""
    formula = All((*conjuncts(question.premises), negated(question.claim)))
    for curve, is_upper in ((question.model.curve, False), (question.model.upper_curve, True)):
        if curve is not None and is_settled_on_curve(question, curve, is_upper):
            yield Posed(curve, _problem(curve, formula), on_curve=True)
    for chart in question.model.charts:
        if tree.variables(formula) <= set(chart.terms):
            yield Posed(chart, _problem(chart, formula))


def states(question: Question) -> Iterator[Posed]:
    """Yield the problems whose points are states that the claim speaks of, one a chart that expresses them."""
    for chart in question.model.charts:
        if tree.variables(question.premises) <= set(chart.terms):
            yield Posed(chart, _problem(chart, question.premises))


def _problem(chart: Chart, formula: Formula) -> Problem:
    pulled = substituted(formula, chart.terms)
    parts = (*conjuncts(chart.constraint), *conjuncts(pulled))
    # Charts have quotients and roots of their own, which must be defined too.
    needs = _defined(All(parts))
    return Problem(chart.box, All(tuple(dict.fromkeys((*parts, *needs)))), chart.whole)


def is_settled_on_curve(question: Question, curve: Chart, is_upper: bool = False) -> bool:
    """Return whether the claim is hardest on the curve where the model's extremal observable is least, or greatest.

    So it is if every atom of the claim gets harder as the observable falls, or rises if the curve `is_upper`, whatever
    the others are, and neither the conditions nor where things are defined depend on it.
    """
    extremal = question.model.extremal
    if extremal is None or not tree.variables(question.claim) <= set(curve.terms):
        return False
    name = extremal.name
    if name not in tree.variables(question.claim):
        return False
    box = {other: _range(curve, other) for other in curve.terms}
    box[name] = (None, box[name][1]) if is_upper else (box[name][0], None)
    for part in conjuncts(question.premises):
        known = tree.variables(part) <= set(curve.terms)
        if not known or (name in tree.variables(part) and truth(part, box) is not True):
            return False
    return all(_is_harder(atom, name, box, is_upper) for atom in tree.atoms(question.claim))


def _is_harder(atom: Atom, name: str, box: intervals.Box, above: bool) -> bool:
    """Return whether an atom gets harder as an observable falls, or as it rises if `above`."""
    if name not in tree.variables(atom):
        return True
    if atom.sign in (Sign.EQ, Sign.NE):
        return False
    _, along = slopes(atom.difference, box)
    low, high = along[name].low, along[name].high
    rising = low is not None and bool(low >= 0)
    falling = high is not None and bool(high <= 0)
    return rising if (atom.sign in (Sign.GE, Sign.GT)) is not above else falling


def _range(curve: Chart, name: str) -> tuple[End, End]:
    """Return rational ends between which an observable lies on the curve."""
    found = intervals.enclose(curve.terms[name], curve.box)
    return _exact_end(found.low), _exact_end(found.high)


def _exact_end(end: arb | None) -> End:
    if end is None:
        return None
    mantissa, exponent = end.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
