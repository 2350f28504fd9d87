"""Exact values: the sign of a term at a point, decided by rational numbers, separation bounds, or balls of Arb.

An algebraic number is 0 or at least as large as its separation bound says (`algebraic_numbers`), so one evaluation that
is precise enough tells whether it is 0. Other numbers have a sign once a ball leaves 0 out, and are 0 only where algebra
shows it (`simple_values`, `cancelling`): a sum of rational multiples of powers of pi, of exponentials and of
logarithms of primes that cancels term by term.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache, reduce

from flint import arb, ctx, fmpq

from w2s_theory.terms.algebraic_numbers import root_ball, size
from w2s_theory.terms.cancelling import cancels
from w2s_theory.terms.simple_values import settled_by
from w2s_theory.terms.tree import All, Atom, Formula, Head, Root, Term, rational, substitute, variables

Point = Mapping[str, Term]

MOST_BITS = 60_000
_LADDER = (64, 192, 768, 3072)


def sign(item: Term, point: Point | None = None, *, bits: int = MOST_BITS) -> int | None:
    """Return the sign of a term at a point of constant terms: -1, 0, 1, or None where it is not decided.

    None also where the term is not defined there. `bits` limits the precision. Raises ValueError where a variable of
    the term has no value.
    """
    constant = substitute(item, point) if point else item
    missing = variables(constant)
    if missing:
        raise ValueError(f"no value for {', '.join(sorted(missing))}")
    return _sign(constant, bits)


def holds(formula: Formula, point: Point, *, bits: int = MOST_BITS) -> bool | None:
    """Return whether a formula holds at a point of constant terms, None where that is not decided."""
    if isinstance(formula, Atom):
        found = sign(formula.difference, point, bits=bits)
        return None if found is None else found in formula.sign.signs
    parts = [holds(part, point, bits=bits) for part in formula.parts]
    settles = not isinstance(formula, All)
    if any(value is settles for value in parts):
        return settles
    return (not settles) if all(value is (not settles) for value in parts) else None


def ball(item: Term, bits: int) -> arb:
    """Return a ball that holds a constant term's value; not finite where it is not defined, or not seen to be."""
    with ctx.workprec(bits):
        return _ball(item, {})


@lru_cache(maxsize=20_000)
def _sign(item: Term, bits: int) -> int | None:
    value = rational(item)
    if value is not None:
        return (value > 0) - (value < 0)
    for precision in _LADDER:
        if precision > bits:
            break
        enclosure = ball(item, precision)
        if enclosure.is_finite() and not enclosure.contains(0):
            return 1 if enclosure > 0 else -1
    simpler = settled(item)
    if simpler != item:
        return _sign(simpler, bits)
    found = size(item)
    if found is None:
        return 0 if cancels(item) else None
    needed = int(found.separation) + 32
    if needed > bits:
        return None
    enclosure = ball(item, needed)
    if not enclosure.is_finite():
        return None
    if enclosure.contains(0):
        return 0 if enclosure.abs_upper() < arb(2) ** -int(found.separation) else None
    return 1 if enclosure > 0 else -1


def settled(item: Term) -> Term:
    """Return an equal constant term in which what has an exactly known value is that value."""
    return settled_by(item, lambda part: _sign(part, 4096))


_FUNCTIONS: dict[str, Callable[[arb], arb]] = {
    "sqrt": arb.sqrt,
    "exp": arb.exp,
    "log": arb.log,
    "sin": arb.sin,
    "cos": arb.cos,
    "tan": arb.tan,
}


def _ball(item: Term, known: dict[Term, arb]) -> arb:
    found = known.get(item)
    if found is None:
        found = _evaluate(item, known)
        known[item] = found
    return found


def _evaluate(item: Term, known: dict[Term, arb]) -> arb:
    match item.head:
        case Head.NUMBER:
            if not isinstance(item.value, Fraction):
                raise TypeError(f"not a rational number: {item.value!r}")
            return arb(fmpq(item.value.numerator, item.value.denominator))
        case Head.CONSTANT:
            return arb.pi() if item.value == "pi" else arb(1).exp()
        case Head.ALGEBRAIC:
            if not isinstance(item.value, Root):
                raise TypeError(f"not an algebraic number: {item.value!r}")
            return root_ball(item.value)
        case Head.VARIABLE:
            raise ValueError(f"no value for {item.value}")
    values = [_ball(argument, known) for argument in item.args]
    match item.head:
        case Head.SUM:
            return values[0] + values[1]
        case Head.PRODUCT:
            return values[0] * values[1]
        case Head.QUOTIENT:
            return values[0] / values[1]
        case Head.POWER:
            return _ball_power(item.args[1], *values)
        case "min":
            return reduce(arb.min, values)
        case "max":
            return reduce(arb.max, values)
        case "abs":
            return abs(values[0])
        case function:
            return _FUNCTIONS[function](values[0])


def _ball_power(exponent: Term, base: arb, power: arb) -> arb:
    value = rational(exponent)
    if value is not None and value.denominator == 1:
        return base ** int(value)
    if base > 0:
        return base**power
    if base == 0 and power > 0:
        return arb(0)
    return arb.nan()
