"""States for people: a point of a chart as a state in the model's own terms, and the numbers of a bound there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy

from proofs_checks.bounds.models import Chart, Model
from w2s_theory.terms import exact, tree
from w2s_theory.terms.conversion import expression_of
from w2s_theory.terms.tree import Atom, Formula, Term, substitute
from w2s_theory.terms.writing import as_text

DIGITS = 12


def describe(chart: Chart, point: Mapping[str, Term]) -> dict[str, str]:
    """Return a state of the chart in the model's own terms, exactly."""
    at = {chart.coordinates[name]: expression_of(value) for name, value in point.items()}
    return chart.witness(at)


def values(
    model: Model,
    claim: Formula,
    mentioned: Sequence[str],
    observables: Mapping[str, Term],
    point: Mapping[str, Term],
) -> dict[str, str]:
    """Return the observables that a bound mentions, and its sides, at a point: exact and to 12 digits.

    `observables` are terms in the coordinates of the point. The sides are those of the first atom of the claim.
    """
    at = {name: substitute(value, point) for name, value in observables.items()}
    basic = sorted({x for name in mentioned for x in tree.variables(model.names[name])} | set(mentioned))
    shown = {
        name: substitute(model.names[name], at)
        for name in basic
        if tree.variables(model.names[name]) <= set(at)
    }
    first: Atom = next(iter(tree.atoms(claim)))
    shown |= {"left": substitute(first.left, at), "right": substitute(first.right, at)}
    return {name: exact_and_decimal(value) for name, value in shown.items()}


def exact_and_decimal(value: Term) -> str:
    """Return a constant term exactly, with a decimal where it is not a whole number; only a decimal where it is long."""
    simple = exact.settled(value)
    number = tree.rational(simple)
    if number is not None and number.denominator == 1:
        return str(number)
    decimal = decimal_of(simple)
    if number is not None:
        return f"{number} = {decimal}"
    text = str(expression_of(simple)) if _is_short(simple) else as_text(simple)
    return f"{text} = {decimal}" if len(text) <= 200 else decimal


def decimal_of(value: Term, digits: int = DIGITS) -> str:
    """Return a constant term to this many digits."""
    enclosure = exact.ball(value, 4 * digits + 64)
    if not enclosure.is_finite():
        return "undefined"
    return str(sympy.Float(enclosure.mid().str(digits + 5, radius=False), digits))


def _is_short(value: Term) -> bool:
    nodes = list(tree.subterms(value))
    return len(nodes) <= 40 and not any(node.head == tree.Head.ALGEBRAIC for node in nodes)
