"""Boxes by which a cover is made: how one is halved, the same for who finds a cover and who checks it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor

End = Fraction | None
Box = dict[str, tuple[End, End]]


def rounded(box: Mapping[str, tuple[End, End]], integers: frozenset[str]) -> Box | None:
    """Return the box with whole ends for whole coordinates; None where no whole number is left between them."""
    found: Box = {}
    for name, ends in box.items():
        low, high = _whole(*ends) if name in integers else ends
        if low is not None and high is not None and low > high:
            return None
        found[name] = (low, high)
    return found


def _whole(low: End, high: End) -> tuple[End, End]:
    return None if low is None else Fraction(ceil(low)), None if high is None else Fraction(floor(high))


def halved(box: Box, name: str, integers: frozenset[str]) -> tuple[Box, Box] | None:
    """Return the two parts of a box on either side of a cut of one coordinate; None where it has a single value.

    An endless side is cut ever farther out. A cut of a whole coordinate falls between two whole numbers.
    """
    low, high = box[name]
    if low is not None and low == high:
        return None
    cut = _cut(low, high)
    if name in integers:
        below = Fraction(cut.numerator // cut.denominator)
        return {**box, name: (low, below)}, {**box, name: (below + 1, high)}
    return {**box, name: (low, cut)}, {**box, name: (cut, high)}


def _cut(low: End, high: End) -> Fraction:
    if low is not None and high is not None:
        return (low + high) / 2
    if low is not None:
        return max(2 * low, low + 1)
    if high is not None:
        return min(2 * high, high - 1)
    return Fraction(0)
