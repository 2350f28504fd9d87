from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from proofs_checks.bounds.certificates.boxes import halved, rounded

ENDS = st.one_of(st.none(), st.fractions(-9, 9, max_denominator=5))
NUMBERS = st.fractions(-40, 40, max_denominator=5)


def inside(x: Fraction, low: Fraction | None, high: Fraction | None) -> bool:
    return (low is None or low <= x) and (high is None or x <= high)


@given(ENDS, ENDS, NUMBERS)
def test_two_halves_hold_what_the_whole_does(
    low: Fraction | None, high: Fraction | None, x: Fraction
) -> None:
    if low is not None and high is not None and low > high:
        low, high = high, low
    parts = halved({"x": (low, high), "y": (None, None)}, "x", frozenset())
    if parts is None:
        assert low is not None
        assert low == high
        return
    assert any(inside(x, *part["x"]) for part in parts) == inside(x, low, high)
    assert all(part["y"] == (None, None) for part in parts)


@given(ENDS, ENDS, st.integers(-40, 40))
def test_whole_numbers_are_in_exactly_one_half(low: Fraction | None, high: Fraction | None, x: int) -> None:
    whole = frozenset({"n"})
    box = rounded({"n": (low, high)}, whole)
    if box is None:
        assert not inside(Fraction(x), low, high)
        return
    assert inside(Fraction(x), *box["n"]) == inside(Fraction(x), low, high)
    parts = halved(box, "n", whole)
    if parts is not None:
        assert sum(inside(Fraction(x), *part["n"]) for part in parts) == inside(Fraction(x), low, high)


def test_halving_ends() -> None:
    box, steps = {"n": (Fraction(0), Fraction(1000))}, 0
    while (parts := halved(box, "n", frozenset({"n"}))) is not None:
        box, steps = parts[1], steps + 1
    assert steps <= 11
