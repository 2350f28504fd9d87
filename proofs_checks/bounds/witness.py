"""States for people: a point of a chart as a state in the model's own terms, and the numbers of a bound there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy

from proofs_checks.bounds.models import Chart, Model
from proofs_checks.bounds.simple_numbers import simple_rational
from proofs_checks.bounds.states import Functions, Law, Numbers, Predictions, State
from w2s_theory.terms import exact, tree
from w2s_theory.terms.conversion import UNKNOWN, expression_of
from w2s_theory.terms.tree import Atom, Formula, Root, Term, substitute

DIGITS = 12
LONGEST, MOST_NODES = 120, 40
"""What is longer is shown as a decimal only."""
QUADRATIC = 3
"""The number of coefficients of a quadratic polynomial, whose roots have simple forms."""


def describe(chart: Chart, point: Mapping[str, Term]) -> dict[str, str]:
    """Return a state of the chart in the model's own terms, exactly; a root of a polynomial has a name of its own."""
    return described(chart.state(point))


def described(state: State) -> dict[str, str]:
    """Return a state as text, exactly: its vectors, law, predictions or numbers, and the roots that they mention."""
    roots: dict[Term, str] = {}
    for entry in state.entries:
        for node in tree.subterms(entry):
            if isinstance(node.value, Root) and len(node.value.coefficients) > QUADRATIC:
                roots.setdefault(node, f"r{len(roots) + 1}")
    told = {
        called: f"the root of {_polynomial(node)} near {decimal_of(node)}" for node, called in roots.items()
    }
    match state:
        case Functions():
            return _functions(state, roots) | told
        case Law(probabilities, atoms):
            shown = [_tuple(atom, roots) for atom in atoms]
            if len(set(probabilities)) == 1:
                return {"(g, w, s), equally likely": ", ".join(shown)} | told
            pairs = zip(shown, probabilities, strict=True)
            return {"(g, w, s)": ", ".join(f"{atom} with {_text(p, roots)}" for atom, p in pairs)} | told
        case Predictions(target, student, teacher):
            said = ", ".join(_text(value, roots) for value in teacher)
            numbers = {"target": _text(target, roots), "student": _text(student, roots)}
            return {**numbers, "teacher, equally likely": said} | told
        case Numbers(numbers):
            return {name: _text(value, roots) for name, value in numbers.items()} | told


def _functions(state: Functions, roots: Mapping[Term, str]) -> dict[str, str]:
    names = ["f_TE", *(f"f_{i}" for i in range(1, len(state.students))), "f_ST"]
    vectors = {"f*": state.target, **dict(zip(names, (state.teacher, *state.students), strict=True))}
    if state.masses:
        vectors = {"masses of inputs": state.masses, **vectors}
    if state.filter_values is not None:
        vectors["filter"] = state.filter_values
    return {name: _tuple(values, roots) for name, values in vectors.items()}


def _tuple(values: Sequence[Term], roots: Mapping[Term, str]) -> str:
    return f"({', '.join(_text(value, roots) for value in values)})"


def _text(value: Term, roots: Mapping[Term, str]) -> str:
    """Return a constant term as text, its roots by their names."""
    number = tree.rational(value)
    if number is not None:
        return str(number)
    symbols = {sympy.Symbol(name): sympy.Symbol(name, real=True) for name in roots.values()}
    expression = expression_of(_with_names(value, roots)).xreplace(symbols)
    return str(sympy.radsimp(sympy.simplify(expression)))


def _with_names(value: Term, roots: Mapping[Term, str]) -> Term:
    if value in roots:
        return tree.variable(roots[value])
    arguments = tuple(_with_names(argument, roots) for argument in value.args)
    return Term(value.head, arguments, value.value)


def _polynomial(item: Term) -> str:
    if not isinstance(item.value, Root):
        raise TypeError(f"not an algebraic number: {item!r}")
    x = sympy.Symbol(UNKNOWN)
    coefficients = list(map(sympy.Integer, reversed(item.value.coefficients)))
    return str(sympy.Poly(coefficients, x).as_expr())


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
