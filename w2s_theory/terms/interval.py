"""Intervals of real numbers and their arithmetic, rounded outwards.

Ends are exact binary numbers of Arb; None is an endless side. What lies outside a function's domain is left out: the square
root of [-1, 4] is [0, 2].
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flint import arb


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers from `low` to `high`; None is endless. `total` says that the term is defined on the whole box."""

    low: arb | None
    high: arb | None
    total: bool = True

    @property
    def signs(self) -> frozenset[int]:
        """Return the signs (-1, 0, 1) that numbers of the interval may have."""
        below = self.low is None or bool(self.low < 0)
        above = self.high is None or bool(self.high > 0)
        zero = (self.low is None or bool(self.low <= 0)) and (self.high is None or bool(self.high >= 0))
        return frozenset(sign for sign, may in ((-1, below), (0, zero), (1, above)) if may)

    @property
    def is_finite(self) -> bool:
        """Return whether both ends are numbers."""
        return self.low is not None and self.high is not None


LINE = Interval(None, None, total=False)


def add(x: Interval, y: Interval) -> Interval:
    """Return the interval of all sums."""
    low = None if x.low is None or y.low is None else (x.low + y.low).lower()
    high = None if x.high is None or y.high is None else (x.high + y.high).upper()
    return Interval(low, high, x.total and y.total)


def negative(x: Interval) -> Interval:
    """Return the interval of all negatives."""
    return Interval(None if x.high is None else -x.high, None if x.low is None else -x.low, x.total)


def multiply(x: Interval, y: Interval) -> Interval:
    """Return the interval of all products."""
    total = x.total and y.total
    for factor, other in ((x, y), (y, x)):
        if factor.is_finite and factor.low == 0 and factor.high == 0:
            return Interval(arb(0), arb(0), total)
        if factor.high is not None and factor.high <= 0 and (factor.low is None or factor.low < 0):
            return negative(multiply(negative(factor), other))
    if x.low is not None and x.low >= 0:
        return _times_nonnegative(x, y, total)
    if y.low is not None and y.low >= 0:
        return _times_nonnegative(y, x, total)
    if x.low is None or x.high is None or y.low is None or y.high is None:
        return Interval(None, None, total)
    corners = [a * b for a in (x.low, x.high) for b in (y.low, y.high)]
    low, high = corners[0].lower(), corners[0].upper()
    for corner in corners[1:]:
        low = corner.lower() if corner.lower() < low else low
        high = corner.upper() if corner.upper() > high else high
    return Interval(low, high, total)


def _times_nonnegative(x: Interval, y: Interval, total: bool) -> Interval:
    """Return the products of x >= 0 with y."""
    if y.low is None:
        low = None
    elif y.low >= 0:
        low = (x.low * y.low).lower()
    else:
        low = None if x.high is None else (x.high * y.low).lower()
    if y.high is None:
        high = None
    elif y.high <= 0:
        high = (x.low * y.high).upper()
    else:
        high = None if x.high is None else (x.high * y.high).upper()
    return Interval(low, high, total)


def divide(x: Interval, y: Interval) -> Interval:
    """Return the interval of all quotients by numbers of y other than 0."""
    return multiply(x, inverse(y))


def inverse(y: Interval) -> Interval:
    """Return the interval of 1/y for the numbers of y other than 0."""
    if y.high is not None and y.high <= 0 and (y.low is None or y.low < 0):
        return negative(inverse(negative(y)))
    if y.low is None or y.low < 0:
        return Interval(None, None, total=False)
    low = arb(0) if y.high is None else None if y.high == 0 else (1 / y.high).lower()
    if y.low == 0:
        return Interval(low, None, total=False)
    return Interval(low, (1 / y.low).upper(), y.total)


def raised(x: Interval, power: int) -> Interval:
    """Return the interval of integer powers."""
    if power < 0:
        return inverse(raised(x, -power))
    if power == 0:
        return Interval(arb(1), arb(1), x.total)
    if power % 2 == 0:
        x = absolute(x)
    low = None if x.low is None else (x.low**power).lower()
    high = None if x.high is None else (x.high**power).upper()
    return Interval(low, high, x.total)


def real_power(x: Interval, y: Interval) -> Interval:
    """Return the interval of powers of what is at least 0 in x, with exponents y > 0."""
    base = _from_zero(x)
    if base.high is not None and base.high == 0:
        return Interval(arb(0), arb(0), base.total)
    if base.low is not None and base.low > 0:
        return exponential(multiply(y, logarithm(base)))
    if base.high is None or y.high is None or y.low is None:
        return Interval(arb(0), None, base.total)
    ends = [(base.high**exponent).upper() for exponent in (y.low, y.high)]
    return Interval(arb(0), ends[0] if ends[0] > ends[1] else ends[1], base.total)


def absolute(x: Interval) -> Interval:
    """Return the interval of absolute values."""
    if x.low is not None and x.low >= 0:
        return x
    if x.high is not None and x.high <= 0:
        return negative(x)
    if x.low is None or x.high is None:
        return Interval(arb(0), None, x.total)
    return Interval(arb(0), x.high if x.high > -x.low else -x.low, x.total)


def least(*items: Interval) -> Interval:
    """Return the interval of the least of numbers, one of each interval."""
    return negative(greatest(*map(negative, items)))


def greatest(*items: Interval) -> Interval:
    """Return the interval of the greatest of numbers, one of each interval."""
    found = items[0]
    for item in items[1:]:
        low = _larger(found.low, item.low)
        high = None if found.high is None or item.high is None else _larger(found.high, item.high)
        found = Interval(low, high, found.total and item.total)
    return found


def _larger(x: arb | None, y: arb | None) -> arb | None:
    if x is None or y is None:
        return y if x is None else x
    return x if x > y else y


def _from_zero(x: Interval) -> Interval:
    """Return the part of an interval that is at least 0."""
    if x.low is not None and x.low >= 0:
        return x
    high = x.high if x.high is None or x.high >= 0 else arb(0)
    return Interval(arb(0), high, total=False)


def square_root(x: Interval) -> Interval:
    """Return the interval of square roots of what is at least 0."""
    base = _from_zero(x)
    low = arb(0) if base.low is None else base.low.sqrt().lower()
    high = None if base.high is None else base.high.sqrt().upper()
    return Interval(low, high, base.total)


def exponential(x: Interval) -> Interval:
    """Return the interval of exponentials."""
    low = arb(0) if x.low is None else x.low.exp().lower()
    high = None if x.high is None else x.high.exp().upper()
    return Interval(low, high, x.total)


def logarithm(x: Interval) -> Interval:
    """Return the interval of logarithms of what is above 0."""
    low = x.low.log().lower() if x.low is not None and x.low > 0 else None
    high = None if x.high is None else x.high.log().upper() if x.high > 0 else low
    return Interval(low, high, x.total and low is not None)


def _wave(function: Callable[[arb], arb], slope: Callable[[arb], arb]) -> Callable[[Interval], Interval]:
    """Return the enclosure of a wave by a ball, and by the values at both ends where its slope has one sign."""

    def enclosed(x: Interval) -> Interval:
        if x.low is None or x.high is None:
            return Interval(arb(-1), arb(1), x.total)
        whole = x.low if x.low == x.high else x.low.union(x.high)
        ends = function(x.low), function(x.high)
        along = slope(whole)
        if along > 0 or along < 0:
            first, last = ends if along > 0 else ends[::-1]
            low, high = first.lower(), last.upper()
        else:
            value = function(whole)
            low, high = value.lower(), value.upper()
        return Interval(low if low > -1 else arb(-1), high if high < 1 else arb(1), x.total)

    return enclosed


sine, cosine = _wave(arb.sin, arb.cos), _wave(arb.cos, lambda x: -x.sin())


def tangent(x: Interval) -> Interval:
    """Return the interval of tangents, where no pole lies between the ends; else the line."""
    if x.low is None or x.high is None:
        return LINE
    value = x.low.union(x.high).tan()
    return Interval(value.lower(), value.upper(), x.total) if value.is_finite() else LINE
