"""The simplest rational number or integer of an interval."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from proofs_checks.bounds.problem import End


def simplest(low: End, high: End) -> Fraction:
    """Return the rational number of least denominator in a nonempty open interval, nearest 0 among integers.

    Source: the Stern-Brocot tree, by continued fractions.
    """
    if (low is None or low < 0) and (high is None or high > 0):
        return Fraction(0)
    if high is not None and high <= 0:
        return -simplest(-high, None if low is None else -low)
    assert low is not None
    whole = floor(low)
    if high is None or whole + 1 < high:
        return Fraction(whole + 1)
    return whole + 1 / simplest(1 / (high - whole), None if low == whole else 1 / (low - whole))


def halfway(low: End, high: End) -> Fraction:
    """Return a simple rational number well inside an open interval; on an endless side, far enough out to get on."""
    if low is not None and high is not None:
        return simplest((3 * low + high) / 4, (low + 3 * high) / 4)
    if high is not None:
        return -halfway(-high, None)
    return Fraction(0) if low is None else Fraction(1) if low < 1 else 2 * Fraction(ceil(low))


def integer_inside(low: End, high: End) -> Fraction | None:
    """Return an integer of an open interval, about halfway where it is finite; None if there is none."""
    if low is None or high is None:
        return Fraction(floor(halfway(low, high)))
    first, last = floor(low) + 1, ceil(high) - 1
    return Fraction((first + last) // 2) if first <= last else None
