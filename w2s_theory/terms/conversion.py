"""Terms from sympy's expressions, node by node: what a model or a claim states is read as sympy holds it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce

import sympy
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, Boolean, BooleanFalse, BooleanTrue, Not, Or

from w2s_theory.terms import tree
from w2s_theory.terms.tree import All, Any, Atom, Formula, Head, Root, Sign, Term

_FUNCTIONS: dict[type[sympy.Basic], str] = {
    sympy.exp: "exp",
    sympy.log: "log",
    sympy.sin: "sin",
    sympy.cos: "cos",
    sympy.tan: "tan",
    sympy.Abs: "abs",
    sympy.Min: "min",
    sympy.Max: "max",
}
_SIGNS: dict[type[Relational], Sign] = {
    sympy.Ge: Sign.GE,
    sympy.Gt: Sign.GT,
    sympy.Le: Sign.LE,
    sympy.Lt: Sign.LT,
    sympy.Eq: Sign.EQ,
    sympy.Ne: Sign.NE,
}


UNKNOWN = "x"
"""The name of the unknown in a polynomial whose root is shown."""

Names = Mapping[sympy.Symbol, str]


def term_of(expression: sympy.Basic, names: Names | None = None) -> Term:
    """Return a sympy expression as a term; symbols become variables of their names, or of those that `names` gives.

    A negative power becomes a quotient, so that 1/(x - y) is defined where x is not y. Raises ValueError for a
    function that a term cannot apply.
    """
    names = names or {}
    match expression:
        case sympy.Symbol():
            return tree.variable(names.get(expression, expression.name))
        case sympy.Rational():
            return tree.number(Fraction(int(expression.p), int(expression.q)))
        case sympy.Add():
            return reduce(
                lambda x, y: x + y, (term_of(part, names) for part in expression.as_ordered_terms())
            )
        case sympy.Mul():
            return _product(expression, names)
        case sympy.Pow():
            return _power(expression, names)
    if expression is sympy.pi:
        return tree.PI
    if expression is sympy.E:
        return tree.E
    name = _FUNCTIONS.get(expression.func)
    if name is None:
        raise ValueError(f"{expression.func} has no meaning here; allowed: {', '.join(tree.FUNCTIONS)}")
    return tree.apply(name, *(term_of(argument, names) for argument in expression.args))


def _product(expression: sympy.Mul, names: Names) -> Term:
    top, bottom = [], []
    for factor in expression.args:
        if isinstance(factor, sympy.Pow) and factor.exp.is_Rational and factor.exp < 0:
            bottom.append(term_of(1 / factor, names))
        else:
            top.append(term_of(factor, names))
    numerator = reduce(lambda x, y: x * y, top) if top else tree.ONE
    return numerator / reduce(lambda x, y: x * y, bottom) if bottom else numerator


def _power(expression: sympy.Pow, names: Names) -> Term:
    base, exponent = expression.args
    if exponent.is_Rational and exponent < 0:
        return tree.ONE / term_of(base**-exponent, names)
    if exponent == sympy.Rational(1, 2):
        return tree.apply("sqrt", term_of(base, names))
    if base is sympy.E:
        return tree.apply("exp", term_of(exponent, names))
    return Term(Head.POWER, (term_of(base, names), term_of(exponent, names)))


def formula_of(relation: Boolean, names: Names | None = None) -> Formula:
    """Return a sympy relation, or a Boolean combination of some, as a formula. Raises ValueError for any other."""
    match relation:
        case BooleanTrue():
            return tree.TRUE
        case BooleanFalse():
            return tree.FALSE
        case And():
            return All(tuple(formula_of(part, names) for part in relation.args))
        case Or():
            return Any(tuple(formula_of(part, names) for part in relation.args))
        case Not():
            return tree.negated(formula_of(relation.args[0], names))
        case Relational():
            left, right = (term_of(side, names) for side in relation.args)
            return Atom(left, _SIGNS[relation.func], right)
        case _:
            raise ValueError(f"not a relation: {relation}")


def expression_of(item: Term) -> sympy.Expr:
    """Return a constant term as a sympy expression, which may simplify it: for showing it, never for deciding."""
    match item.head:
        case Head.NUMBER:
            return sympy.Rational(str(item.value))
        case Head.CONSTANT:
            return sympy.pi if item.value == "pi" else sympy.E
        case Head.VARIABLE:
            return sympy.Symbol(str(item.value))
        case Head.ALGEBRAIC if isinstance(item.value, Root):
            return _root(item.value)
    args = [expression_of(argument) for argument in item.args]
    match item.head:
        case Head.SUM:
            return args[0] + args[1]
        case Head.PRODUCT:
            return args[0] * args[1]
        case Head.QUOTIENT:
            return args[0] / args[1]
        case Head.POWER:
            return args[0] ** args[1]
        case "sqrt":
            return sympy.sqrt(args[0])
        case _:
            function = next(kind for kind, name in _FUNCTIONS.items() if name == item.head)
            return function(*args)


def _root(root: Root) -> sympy.Expr:
    if len(root.coefficients) == 3:
        c, b, a = map(sympy.Integer, root.coefficients)
        both = [(-b + side * sympy.sqrt(b**2 - 4 * a * c)) / (2 * a) for side in (1, -1)]
        return next(value for value in both if root.low <= value <= root.high)
    x = sympy.Symbol(UNKNOWN)
    polynomial = sympy.Poly(list(map(sympy.Integer, reversed(root.coefficients))), x)
    index = polynomial.count_roots(None, sympy.Rational(str(root.low)))
    at_low = sum(c * root.low**k for k, c in enumerate(root.coefficients)) == 0
    return sympy.CRootOf(
        polynomial, int(index) - (1 if at_low and root.low == root.high else 0), radicals=False
    )
