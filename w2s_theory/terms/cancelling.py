"""Cancellation: a constant term is 0 if, multiplied out over named numbers, every coefficient is 0.

A term with variables may lose some of them in the same way. The named numbers are pi, variables, the logarithms of primes,
exponentials, and whatever else is not a sum, product or power. A coefficient other than 0 proves nothing: the numbers
may depend on each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import reduce

from flint import fmpz

from w2s_theory.terms.tree import (
    ONE,
    ZERO,
    Atom,
    Formula,
    Head,
    Sign,
    Term,
    rational,
    subterms,
    variables,
    with_atoms,
)

_MOST_TERMS = 400
_FACTORED_BITS = 128

Monomial = tuple[tuple[Term, Fraction], ...]
Polynomial = dict[Monomial, Fraction]


def cancels(item: Term) -> bool:
    """Return whether a constant term, multiplied out, has no term left."""
    found = _expanded(item)
    return found is not None and not found


def without_cancelled(formula: Formula) -> Formula:
    """Return a formula whose atoms are freed of what cancels when both sides are multiplied out, if they get shorter.

    It means the same where every term of the given one is defined, and may be defined at more points. What is not 0
    stays as it is unless all variables cancel: it may be the denominator of another atom.
    """
    return with_atoms(formula, _without_cancelled)


def _without_cancelled(atom: Atom) -> Atom:
    difference = atom.difference
    found = _expanded(difference)
    if found is None:
        return atom
    left = _rebuilt(found) if found else ZERO
    is_shorter = variables(left) < variables(atom) or len(subterms(left)) < len(subterms(difference))
    if not is_shorter or (atom.sign is Sign.NE and variables(left)):
        return atom
    return Atom(left, atom.sign, ZERO)


def _rebuilt(polynomial: Polynomial) -> Term:
    parts = []
    for monomial, coefficient in polynomial.items():
        factors = [atom if power == 1 else atom ** Term(Head.NUMBER, (), power) for atom, power in monomial]
        product = reduce(lambda x, y: x * y, factors) if factors else Term(Head.NUMBER, (), Fraction(1))
        parts.append(product if coefficient == 1 else coefficient * product)
    return reduce(lambda x, y: x + y, parts)


def _expanded(item: Term) -> Polynomial | None:
    value = rational(item)
    if value is not None:
        return {(): value} if value else {}
    match item.head:
        case Head.SUM:
            return _sum(_expanded(part) for part in item.args)
        case Head.PRODUCT:
            return _product(*(_expanded(part) for part in item.args))
        case Head.QUOTIENT:
            return _product(_expanded(item.args[0]), _power(_expanded(item.args[1]), Fraction(-1)))
        case Head.CONSTANT if item.value == "E":
            return _exponential(Term("exp", (ONE,)))
        case Head.POWER if _is_exponential(item.args[0]) and rational(item.args[1]) is None:
            base, exponent = item.args
            return _exponential(Term("exp", (exponent if base.value == "E" else base.args[0] * exponent,)))
        case Head.POWER:
            power = rational(item.args[1])
            found = None if power is None else _power(_expanded(item.args[0]), power)
            return {((item, Fraction(1)),): Fraction(1)} if found is None else found
        case "sqrt":
            found = _power(_expanded(item.args[0]), Fraction(1, 2))
            return {((item, Fraction(1)),): Fraction(1)} if found is None else found
        case "log":
            return _logarithm(item)
        case "exp":
            return _exponential(item)
        case _:
            return {((item, Fraction(1)),): Fraction(1)}


def _is_exponential(item: Term) -> bool:
    return item.head == "exp" or (item.head == Head.CONSTANT and item.value == "E")


def _sum(parts: Iterable[Polynomial | None]) -> Polynomial | None:
    total: Polynomial = {}
    for part in parts:
        if part is None:
            return None
        for monomial, coefficient in part.items():
            total[monomial] = total.get(monomial, Fraction(0)) + coefficient
    found = {monomial: coefficient for monomial, coefficient in total.items() if coefficient}
    return found if len(found) <= _MOST_TERMS else None


def _product(left: Polynomial | None, right: Polynomial | None) -> Polynomial | None:
    if left is None or right is None:
        return None
    return _sum({_joined(m, n): a * b} for m, a in left.items() for n, b in right.items())


def _joined(left: Monomial, right: Monomial) -> Monomial:
    powers = dict(left)
    for atom, power in right:
        powers[atom] = powers.get(atom, Fraction(0)) + power
    return tuple(sorted(((x, p) for x, p in powers.items() if p), key=lambda item: (repr(item[0]), item[1])))


def _power(base: Polynomial | None, power: Fraction) -> Polynomial | None:
    """Return a power of a sum: a whole one multiplied out, any other where the sum is one term, and that positive."""
    if base is None:
        return None
    if power.denominator == 1 and 0 <= power <= 8:
        found: Polynomial | None = {(): Fraction(1)}
        for _ in range(int(power)):
            found = _product(found, base)
        return found
    if len(base) != 1:
        return None
    ((monomial, coefficient),) = base.items()
    if power.denominator == 1:
        return {tuple((atom, p * power) for atom, p in monomial): coefficient ** int(power)}
    # A root may be taken apart where every factor is positive: of those named here, only exponentials surely are.
    if coefficient != 1 or not all(atom.head == "exp" for atom, _ in monomial):
        return None
    return {tuple((atom, p * power) for atom, p in monomial): Fraction(1)}


def _logarithm(item: Term) -> Polynomial | None:
    """Return the logarithm of a rational number by those of primes, and log(exp(x) ...) by what is in the exponents."""
    inside = _expanded(item.args[0])
    if inside is None or len(inside) != 1:
        return {((item, Fraction(1)),): Fraction(1)}
    ((monomial, coefficient),) = inside.items()
    if coefficient <= 0 or not all(atom.head == "exp" for atom, _ in monomial):
        return {((item, Fraction(1)),): Fraction(1)}
    parts: list[Polynomial | None] = [
        _product({(): power}, _expanded(atom.args[0])) for atom, power in monomial
    ]
    for whole, side in ((coefficient.numerator, 1), (coefficient.denominator, -1)):
        if whole.bit_length() > _FACTORED_BITS:
            return {((item, Fraction(1)),): Fraction(1)}
        for prime, times in fmpz(whole).factor() if whole > 1 else ():
            atom = Term("log", (Term(Head.NUMBER, (), Fraction(int(prime))),))
            parts.append({((atom, Fraction(1)),): Fraction(side * int(times))})
    return _sum(parts)


def _exponential(item: Term) -> Polynomial | None:
    """Return the exponential of a sum as a product of exponentials; exp(n log x) is x^n for a whole number n.

    There x is a rational number, or a variable: above 0, as its logarithm is defined.
    """
    inside = _expanded(item.args[0])
    if inside is None:
        return {((item, Fraction(1)),): Fraction(1)}
    found: Polynomial | None = {(): Fraction(1)}
    for monomial, coefficient in inside.items():
        match monomial:
            case ((Term(head="log", args=(base,)), Fraction(numerator=1, denominator=1)),) if (
                coefficient.denominator == 1 and (number := rational(base)) is not None
            ):
                factor: Polynomial = {(): number ** int(coefficient)}
            case ((Term(head="log", args=(base,)), Fraction(numerator=1, denominator=1)),) if (
                coefficient.denominator == 1 and base.head == Head.VARIABLE
            ):
                factor = {((base, coefficient),): Fraction(1)}
            case _:
                factor = {((_exponential_of(monomial), coefficient),): Fraction(1)}
        found = _product(found, factor)
    return found


def _exponential_of(monomial: Monomial) -> Term:
    inner = Term(Head.NUMBER, (), Fraction(1))
    for atom, power in monomial:
        inner = inner * atom ** Term(Head.NUMBER, (), power)
    return Term("exp", (inner,))
