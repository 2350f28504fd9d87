"""States for people: a point of a chart as a state in the model's own terms, and the numbers of a bound there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy

from proofs_checks.bounds.models import Chart, Model
from proofs_checks.bounds.simple_numbers import simple_rational
from w2s_theory.terms import exact, tree
from w2s_theory.terms.conversion import expression_of
from w2s_theory.terms.tree import Atom, Formula, Root, Term, substitute

DIGITS = 12
LONGEST, MOST_NODES = 120, 40
"""What is longer is shown as a decimal only."""
QUADRATIC = 3
"""The number of coefficients of a quadratic polynomial, whose roots have simple forms."""


def describe(chart: Chart, point: Mapping[str, Term]) -> dict[str, str]:
    """Return a state of the chart in the model's own terms, exactly; a root of a polynomial has a name of its own."""
    at: dict[sympy.Symbol, sympy.Expr] = {}
    roots: dict[str, str] = {}
    for name, value in point.items():
        root = value.value
        if isinstance(root, Root) and len(root.coefficients) > QUADRATIC:
            called = f"r{len(roots) + 1}"
            roots[called] = f"the root of {_polynomial(root)} near {decimal_of(value)}"
            at[chart.coordinates[name]] = sympy.Symbol(called, real=True)
        else:
            at[chart.coordinates[name]] = expression_of(value)
    return {**chart.witness(at), **roots}


def _polynomial(root: Root) -> str:
    x = sympy.Symbol("x")
    return str(sympy.Poly(list(map(sympy.Integer, reversed(root.coefficients))), x).as_expr())


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
    number = simple_rational(simple) if number is None else number
    if number is not None and number.denominator == 1:
        return str(number)
    decimal = decimal_of(simple)
    if number is not None:
        return f"{number} = {decimal}"
    text = str(sympy.radsimp(expression_of(simple))) if _is_short(simple) else ""
    return f"{text} = {decimal}" if 0 < len(text) <= LONGEST else decimal


def decimal_of(value: Term, digits: int = DIGITS) -> str:
    """Return a constant term to this many digits."""
    enclosure = exact.ball(value, 4 * digits + 64)
    if not enclosure.is_finite():
        return "undefined"
    return str(sympy.Float(enclosure.mid().str(digits + 5, radius=False), digits))


def _is_short(value: Term) -> bool:
    nodes = tree.subterms(value)
    degrees = [len(node.value.coefficients) - 1 for node in nodes if isinstance(node.value, Root)]
    return len(nodes) <= MOST_NODES and all(degree <= QUADRATIC - 1 for degree in degrees)
