"""From a suspicious state in floats to a certain violation: exact knobs, an exact state, exact signs."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
from flint import arb, arb_poly, fmpq, fmpq_poly

from proofs_checks.bounds.adversary.arithmetic import exact_root
from proofs_checks.bounds.adversary.families import ExactState, Family, Floats, Turning, rounded
from w2s_theory.terms.conversion import expression_of
from w2s_theory.terms.exact import holds
from w2s_theory.terms.tree import (
    FUNCTIONS,
    All,
    Atom,
    Formula,
    Head,
    Root,
    Sign,
    Term,
    algebraic,
    atoms,
    conjuncts,
    definedness,
    negated,
    number,
    subterms,
    term,
    variable,
    variables,
)
from w2s_theory.terms.tree import substitute as substituted_in

TOLERANCES = (3e-2, 1e-3, 1e-5, 1e-8, 1e-12, 0)
"""How far knobs may be rounded, the largest first: a simple state says more than one with many digits."""
SOLVING = (1e-3, 1e-8)
"""How far they are rounded before an equation is solved for one of them."""
BITS = 4000
"""Precision at which a sign is given up."""
MOST_DEGREE = 24
MOST_UNKNOWNS = 6
"""Knobs that equations are solved for, one after another."""
EXACT_SLACK = 1e-11


def violated(claim: Formula, conditions: Formula) -> Formula:
    """Return what a state must fulfil to refute a claim under conditions, definedness included."""
    sides = [
        side for formula in (claim, conditions) for atom in atoms(formula) for side in (atom.left, atom.right)
    ]
    needed = dict.fromkeys(need for side in sides for need in definedness(side))
    return All((*needed, conditions, negated(claim)))


def confirm(family: Family, knobs: Floats, refuted: Formula, conditions: Formula) -> ExactState | None:
    """Return an exact state near these knobs, shape (knobs,), at which `refuted` certainly holds, or None.

    Where rounding spoils an equation among the conditions, the equation is solved for one knob after another.
    """
    equations = [part for part in conjuncts(conditions) if isinstance(part, Atom) and part.sign is Sign.EQ]
    tried: set[tuple[Fraction, ...]] = set()
    for tolerance in TOLERANCES:
        row = [rounded(x, knob, tolerance) for x, knob in zip(knobs.tolist(), family.knobs, strict=True)]
        if tuple(row) in tried:
            continue
        tried.add(tuple(row))
        for candidate in _candidates(family, row, refuted, equations if tolerance in SOLVING else []):
            if variables(refuted) <= set(candidate.observables) and holds(
                refuted, candidate.observables, bits=BITS
            ):
                return candidate
    return None


def _candidates(
    family: Family, row: list[Fraction], refuted: Formula, equations: list[Atom]
) -> Iterator[ExactState]:
    points = family.observables(np.array([[float(x) for x in row]]))
    if points.truth(refuted, EXACT_SLACK).all():
        state = family.exact(list(row))
        if state is not None:
            yield state
    algebraic_ones = _algebraic(family, row, equations) if equations else []
    if algebraic_ones:
        # One equation can be solved for one knob; any others must hold by themselves.
        places = [
            place
            for place, knob in enumerate(family.knobs)
            if knob.solvable and knob.turning in (Turning.SHARE, Turning.SCALE)
        ]
        for place in places[:MOST_UNKNOWNS]:
            yield from _solved(family, row, place, algebraic_ones)


def _algebraic(family: Family, row: list[Fraction], equations: list[Atom]) -> list[Atom]:
    """Return the equations between numbers that this family makes without logarithms."""
    state = family.exact(list(row))
    if state is None:
        return []
    made = [substituted_in(equation.difference, state.observables) for equation in equations]
    return [
        equation
        for equation, term in zip(equations, made, strict=True)
        if all(node.head == "sqrt" or node.head not in FUNCTIONS for node in subterms(term))
    ]


def _solved(family: Family, row: list[Fraction], place: int, equations: list[Atom]) -> Iterator[ExactState]:
    unknown = variable("unknown")
    try:
        state = family.exact([*row[:place], unknown, *row[place + 1 :]])
    except TypeError:
        return
    if state is None:
        return
    knob = family.knobs[place]
    for equation in equations:
        difference = _fraction(substituted_in(equation.difference, state.observables))
        if difference is None or difference[0].degree() < 1:
            continue
        for factor, _ in difference[0].factor()[1]:
            if factor.degree() > MOST_DEGREE:
                continue
            root = _root_near(factor, row[place], Fraction(str(knob.low)), Fraction(str(knob.high)))
            if root is not None:
                found = {name: _reduced(value, root, factor) for name, value in state.observables.items()}
                text = {key: _named(value, root) for key, value in state.description.items()}
                knobs = (*map(term, row[:place]), root, *map(term, row[place + 1 :]))
                yield ExactState(text, found, family.name, knobs)


def _named(text: str, root: Term) -> str:
    """Return a description of a state with the unknown replaced by its exact value."""
    value = str(expression_of(root))
    for unknown in (repr(variable("unknown")), "unknown"):
        text = value if text == unknown else text.replace(unknown, f"({value})")
    return text


Quotient = tuple[fmpq_poly, fmpq_poly]


def _fraction(item: Term) -> Quotient | None:
    """Return a term in one unknown as a quotient of polynomials, None if it is not one."""
    done: dict[Term, Quotient | None] = {}
    one = fmpq_poly([1])
    for node in subterms(item):
        arguments = [done[argument] for argument in node.args]
        value: Quotient | None = None
        if node.head == Head.VARIABLE:
            value = fmpq_poly([0, 1]), one
        elif node.head == Head.NUMBER and isinstance(node.value, Fraction):
            value = fmpq_poly([fmpq(node.value.numerator, node.value.denominator)]), one
        elif None not in arguments:
            value = _combined(node, [argument for argument in arguments if argument is not None])
        done[node] = value
    return done[item]


def _combined(node: Term, arguments: list[Quotient]) -> Quotient | None:
    match node.head:
        case Head.SUM:
            (a, b), (c, d) = arguments
            return (a + c, b) if b == d else _lowest(a * d + c * b, b * d)
        case Head.PRODUCT:
            (a, b), (c, d) = arguments
            return _lowest(a * c, b * d)
        case Head.QUOTIENT:
            (a, b), (c, d) = arguments
            return None if c == 0 else _lowest(a * d, b * c)
        case Head.POWER:
            (a, b), exponent = arguments[0], node.args[1].value
            if isinstance(exponent, Fraction) and exponent.denominator == 1 and 0 <= exponent <= MOST_DEGREE:
                return a ** int(exponent), b ** int(exponent)
    return None


def _lowest(above: fmpq_poly, below: fmpq_poly) -> Quotient:
    common = above.gcd(below)
    return (above, below) if common.degree() == 0 else (above // common, below // common)


def _root_near(factor: fmpq_poly, near: Fraction, low: Fraction, high: Fraction) -> Term | None:
    """Return the root of an irreducible polynomial nearest to a number, if it is alone there and in its interval."""
    if factor.degree() == 1:
        value = -factor[0] / factor[1]
        exact = Fraction(int(value.p), int(value.q))
        return number(exact) if low <= exact <= high else None
    slope = factor.derivative()
    for power in (2, 4, 8, 16, 32):
        width = max(abs(near), Fraction(1, 10**6)) * Fraction(1, 2**power)
        left, right = max(near - width, low), min(near + width, high)
        ends = [factor(fmpq(end.numerator, end.denominator)) for end in (left, right)]
        if left >= right or ends[0] * ends[1] >= 0:
            continue
        middle, radius = (left + right) / 2, (right - left) / 2
        center, around = (arb(fmpq(x.numerator, x.denominator)) for x in (middle, radius))
        if not arb_poly(slope)(center + arb(0, 1) * around).contains(0):
            coefficients = tuple(int(c) for c in factor.numer())
            return algebraic(Root(coefficients, left, right))
    return None


def _reduced(item: Term, root: Term, factor: fmpq_poly) -> Term:
    """Return the term at a root of an irreducible polynomial, as a polynomial in it of less than its degree."""
    if item.head == "sqrt":
        return exact_root(_reduced(item.args[0], root, factor))
    quotient = _fraction(item)
    if quotient is None:
        return substituted_in(item, {"unknown": root})
    above, below = quotient
    common, inverse, _ = below.xgcd(factor)
    if common.degree() != 0:
        return substituted_in(item, {"unknown": root})
    reduced = (above * inverse / common[0]) % factor
    total = number(0)
    for power in range(reduced.degree(), -1, -1):
        c = reduced[power]
        coefficient = number(Fraction(int(c.p), int(c.q)))
        total = coefficient if power == reduced.degree() else total * root + coefficient
    return total
