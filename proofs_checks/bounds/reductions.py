"""Simpler forms of a question: equations solved, denominators cleared, integer inequalities tightened."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd, lcm

import sympy
from sympy import Dummy, Eq, Expr, Integer, Poly, Symbol
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from proofs_checks.bounds.models import Chart, substitute
from w2s_theory.relations import WEAK, at_least, at_most, equal, margin, unequal, with_sides

Posed = tuple[Chart, Relational, tuple[Boolean, ...]]
Bounded = tuple[Expr, dict[Symbol, tuple[Expr, Expr]], list[Boolean]]


def solved(chart: Chart, relation: Relational, conditions: Sequence[Boolean]) -> Posed:
    """Return the question with fewer coordinates: those that a linear equation gives in terms of the others.

    Equations come from the conditions and from the chart's constraints. A nonnegative coordinate that is at most its
    lower end is that end.
    """
    while True:
        found = next(filter(None, (_given(chart, item) for item in (*conditions, *chart.constraints))), None)
        if found is None:
            return chart, relation, tuple(conditions)
        chart = chart.without(*found)
        values = dict([found])
        relation = substitute(relation, values)
        conditions = [substitute(item, values) for item in conditions]


def _given(chart: Chart, relation: Boolean) -> tuple[Symbol, Expr] | None:
    if not isinstance(relation, Relational) or not relation.free_symbols:
        return None
    difference = sympy.expand(relation.lhs - relation.rhs)
    if not isinstance(relation, Eq):
        return _pinned(chart, relation)
    for coordinate in sorted(difference.free_symbols & set(chart.intervals), key=str):
        slope = difference.coeff(coordinate)
        rest = sympy.expand(difference - slope * coordinate)
        if not slope.is_Rational or slope == 0 or rest.has(coordinate):
            continue
        value = -rest / slope
        if coordinate not in chart.integers or _is_integer(value, chart):
            return coordinate, value
    return None


def _pinned(chart: Chart, relation: Relational) -> tuple[Symbol, Expr] | None:
    """Return the coordinate whose only value under an inequality is its lower end."""
    above = sympy.expand(-margin(relation))
    if not isinstance(relation, WEAK) or len(above.free_symbols) != 1:
        return None
    (coordinate,) = above.free_symbols
    if coordinate not in chart.intervals:
        return None
    low, _ = chart.intervals[coordinate]
    return (coordinate, low) if low.is_finite and sympy.expand(above - coordinate + low) == 0 else None


def _is_integer(value: Expr, chart: Chart) -> bool:
    terms = value.as_coefficients_dict()
    return all(factor.is_Integer and (x == 1 or x in chart.integers) for x, factor in terms.items())


def cleared(relation: Boolean) -> list[Boolean]:
    """Return an equivalent of the relation without symbols in denominators, which must not vanish.

    A relation between other than rational functions is returned as it is.
    """
    if not (relation.lhs - relation.rhs).is_rational_function(*relation.free_symbols):
        return [relation]
    numerator, denominator = (
        sympy.factor(part) for part in sympy.fraction(sympy.together(relation.lhs - relation.rhs))
    )
    if not denominator.free_symbols:
        return [relation]
    if isinstance(relation, Eq | sympy.Ne):
        polynomial = numerator
    else:
        # An even power of the denominator has no say in the sign.
        odd = sympy.Mul(*(base for base, power in sympy.factor_list(denominator)[1] if power % 2))
        sign = sympy.sign(sympy.factor_list(denominator)[0])
        polynomial = sign * odd * numerator
    return [with_sides(relation, polynomial, 0), unequal(denominator, 0)]


def bounded(chart: Chart, margin: Expr, conditions: Sequence[Boolean]) -> Bounded | None:
    """Return a bounded box, a margin and conditions of the same signs; None where a side has no such form.

    An endless side x >= low becomes x = low + share/(1 - share) with a share in [0, 1], and a polynomial of degree d in x
    is multiplied by (1 - share)^d. At share = 1 it is the leading coefficient. Sides that nothing depends on are left out.
    """
    box: dict[Symbol, tuple[Expr, Expr]] = {}
    parts = [margin, *(item.lhs - item.rhs for item in conditions)]
    for x, ends in chart.intervals.items():
        if not any(part.has(x) for part in parts):
            continue
        if all(end.is_finite for end in ends):
            box[x] = ends
            continue
        if not ends[0].is_finite or not all(part.is_polynomial(x) for part in parts):
            return None
        shifted = [_taylor(part, x, ends[0]) for part in parts]
        share = Dummy(x.name, nonnegative=True)
        if any(len(coefficients) > 1 for coefficients in shifted):
            box[share] = (Integer(0), Integer(1))
        parts = [_compactified(coefficients, share) for coefficients in shifted]
    quantity, *sides = parts
    relations = [with_sides(item, side, 0) for item, side in zip(conditions, sides, strict=True)]
    return quantity, box, relations


def _taylor(polynomial: Expr, x: Symbol, centre: Expr) -> list[Expr]:
    """Return the coefficients of the powers of x - centre, constant first, as they come: expanding widens balls."""
    degree = Poly(polynomial, x).degree() if polynomial.has(x) else 0
    return [polynomial.diff(x, k).subs(x, centre) / sympy.factorial(k) for k in range(max(degree, 0) + 1)]


def _compactified(coefficients: Sequence[Expr], share: Symbol) -> Expr:
    degree = len(coefficients) - 1
    return sympy.Add(*(c * share**k * (1 - share) ** (degree - k) for k, c in enumerate(coefficients)))


def tightened(relation: Boolean, integers: frozenset[Symbol]) -> Boolean:
    """Return what a linear relation between integers says, as one that is as strong as it can be over the reals."""
    free = sorted(relation.free_symbols, key=str)
    if not free or not set(free) <= integers or isinstance(relation, sympy.Ne):
        return relation
    difference = relation.lhs - relation.rhs
    if not difference.is_polynomial(*free) or (polynomial := Poly(difference, *free)).total_degree() != 1:
        return relation
    slopes = [polynomial.coeff_monomial(x) for x in free]
    if not all(slope.is_Rational for slope in slopes) or not polynomial.TC().is_Rational:
        return relation
    scale = lcm(*(int(slope.q) for slope in slopes))
    common = gcd(*(int(slope * scale) for slope in slopes))
    left = sympy.Add(*(slope * scale / common * x for slope, x in zip(slopes, free, strict=True)))
    right = -polynomial.TC() * scale / common
    match relation:
        case sympy.Ge():
            return at_least(left, sympy.ceiling(right))
        case sympy.Gt():
            return at_least(left, sympy.floor(right) + 1)
        case sympy.Le():
            return at_most(left, sympy.floor(right))
        case sympy.Lt():
            return at_most(left, sympy.ceiling(right) - 1)
        case _:
            return equal(left, right) if right.is_Integer else equal(Integer(0), 1)
