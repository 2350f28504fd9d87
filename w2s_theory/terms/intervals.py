"""Enclosures: an interval that holds a term's value at every point of a box where the term is defined.

What lies outside a function's domain is left out, because every question carries the definedness of its terms as
conditions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from flint import arb, fmpq

from w2s_theory.terms.algebraic_numbers import root_ball
from w2s_theory.terms.interval import (
    LINE,
    Interval,
    absolute,
    add,
    cosine,
    divide,
    exponential,
    greatest,
    least,
    logarithm,
    multiply,
    raised,
    real_power,
    sine,
    square_root,
    tangent,
)
from w2s_theory.terms.tree import Head, Root, Term, rational, variables

BITS = 96

End = Fraction | None
Box = Mapping[str, tuple[End, End]]


def enclose(item: Term, box: Box, known: dict[Term, Interval] | None = None) -> Interval:
    """Return an interval that holds the term's values on the box; `known` remembers those of subterms."""
    known = {} if known is None else known
    found = known.get(item)
    if found is None:
        found = _enclose(item, box, known)
        known[item] = found
    return found


def _enclose(item: Term, box: Box, known: dict[Term, Interval]) -> Interval:
    match item.head:
        case Head.NUMBER:
            return _number(item.value)
        case Head.CONSTANT:
            return _ball(arb.pi() if item.value == "pi" else arb(1).exp())
        case Head.ALGEBRAIC:
            return _ball(root_ball(item.value)) if isinstance(item.value, Root) else LINE
        case Head.VARIABLE:
            return between(*box[str(item.value)])
        case Head.POWER:
            return _power(item, box, known)
    values = [enclose(argument, box, known) for argument in item.args]
    found = _OPERATIONS[item.head](*values)
    return found if all(value.total for value in values) else Interval(found.low, found.high, total=False)


def _power(item: Term, box: Box, known: dict[Term, Interval]) -> Interval:
    base, exponent = item.args
    inside = enclose(base, box, known)
    power = rational(exponent)
    if power is not None and power.denominator == 1:
        return raised(inside, int(power))
    if power is not None:
        found = real_power(inside, _number(abs(power)))
        return found if power > 0 else divide(Interval(arb(1), arb(1)), found)
    above = enclose(exponent, box, known)
    if exponent_is_positive(exponent, above):
        found = real_power(inside, above)
    else:
        found = exponential(multiply(above, logarithm(inside)))
    return found if above.total else Interval(found.low, found.high, total=False)


def exponent_is_positive(exponent: Term, enclosure: Interval) -> bool:
    """Return whether an exponent is a positive constant."""
    return not variables(exponent) and enclosure.low is not None and bool(enclosure.low > 0)


_OPERATIONS: dict[str, Callable[..., Interval]] = {
    Head.SUM: add,
    Head.PRODUCT: multiply,
    Head.QUOTIENT: divide,
    "sqrt": square_root,
    "exp": exponential,
    "log": logarithm,
    "sin": sine,
    "cos": cosine,
    "tan": tangent,
    "abs": absolute,
    "min": least,
    "max": greatest,
}


def _number(value: object) -> Interval:
    if not isinstance(value, Fraction):
        raise TypeError(f"not a rational number: {value!r}")
    return _ball(arb(fmpq(value.numerator, value.denominator)))


def _ball(value: arb) -> Interval:
    return Interval(value.lower(), value.upper()) if value.is_finite() else LINE


def between(low: End, high: End) -> Interval:
    """Return the interval with these rational ends."""
    start = None if low is None else arb(fmpq(low.numerator, low.denominator)).lower()
    end = None if high is None else arb(fmpq(high.numerator, high.denominator)).upper()
    return Interval(start, end)
