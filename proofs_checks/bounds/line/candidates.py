"""Constants at which a bound in one variable may well be tight: roots of what is rational in it, and simple numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from contextlib import suppress
from fractions import Fraction
from functools import cache
from math import exp, gcd, log, pi, sqrt

from flint import fmpq_poly, fmpz_poly

from proofs_checks.bounds.certificates.quotients import NotRationalError
from proofs_checks.bounds.certificates.rational_functions import cases
from proofs_checks.bounds.line.roots import GaveUpError, real_roots
from w2s_theory.terms.exact import ball
from w2s_theory.terms.tree import PI, Formula, Term, apply, atoms, number, subterms, variables
from w2s_theory.terms.writing import as_text

_MOST_BELOW, _LARGEST, _MOST_DEGREE, _FARTHEST = 12, 4, 60, 1000


class Candidates:
    """Constants in order of size, to be looked up by an interval."""

    def __init__(self, formula: Formula, variable: str) -> None:
        self._roots = _Table((float(ball(item, 64).mid()), item) for item in _roots(formula, variable))
        self._numbers = _simple_numbers()

    def within(self, low: Fraction, high: Fraction, *, roots_only: bool) -> list[Term]:
        """Return the constants strictly between two numbers, the shortest first."""
        if max(abs(low), abs(high)) > _FARTHEST:
            return []
        roots = self._roots.within(low, high)
        return roots if roots_only else sorted(roots + self._numbers.within(low, high), key=_length)


class _Table:
    def __init__(self, items: Iterable[tuple[float, Term]]) -> None:
        self._items = dict(items)
        self._values = sorted(self._items)

    def within(self, low: Fraction, high: Fraction) -> list[Term]:
        start, stop = bisect_right(self._values, low), bisect_left(self._values, high)
        return sorted((self._items[value] for value in self._values[start:stop]), key=_length)


def _length(item: Term) -> int:
    return len(as_text(item))


def _roots(formula: Formula, variable: str) -> Iterator[Term]:
    """Yield the irrational zeros, poles and critical points of the largest rational functions in a formula."""
    seen: set[tuple[int, ...]] = set()
    for item in dict.fromkeys(part for atom in atoms(formula) for part in subterms(atom.difference)):
        if not variables(item):
            continue
        try:
            found = [case.value for case in cases(item, variable)]
            values = [value.plain if value.is_plain else value.norm for value in found]
        except NotRationalError:
            continue
        for value in values:
            top, bottom = value.top, value.bottom
            slope = top.derivative() * bottom - top * bottom.derivative()
            for polynomial in (top, bottom, slope):
                if 1 < polynomial.degree() <= _MOST_DEGREE:
                    yield from _new_roots(polynomial, seen)


def _new_roots(polynomial: fmpq_poly, seen: set[tuple[int, ...]]) -> Iterator[Term]:
    for factor, _ in fmpz_poly(polynomial.numer()).factor()[1]:
        key = tuple(int(c) for c in factor.coeffs())
        if factor.degree() > 1 and key not in seen:
            seen.add(key)
            if len(key) == 3 and not key[1]:
                # c x^2 = -a; a square root is shorter than the root of a polynomial.
                yield from _square_roots(Fraction(-key[0], key[2]))
                continue
            with suppress(GaveUpError):
                yield from real_roots(fmpq_poly(factor))


def _square_roots(value: Fraction) -> Iterator[Term]:
    if value > 0:
        root = apply("sqrt", number(value))
        yield from (root, -root)


@cache
def _simple_numbers() -> _Table:
    return _Table(_simple())


def _simple() -> Iterator[tuple[float, Term]]:
    """Yield roots of simple rational numbers, multiples of pi, exponentials and logarithms, with their values."""
    for below in range(1, _MOST_BELOW + 1):
        for above in range(1, _LARGEST * below + 1):
            if gcd(above, below) > 1:
                continue
            ratio, value = number(above, below), above / below
            yield sqrt(value), apply("sqrt", ratio)
            yield value ** (1 / 3), ratio ** number(1, 3)
            yield value * pi, ratio * PI
            yield value / pi, ratio / PI
            yield log(value), apply("log", ratio)
            for sign in (1, -1):
                yield exp(sign * value), apply("exp", number(sign * above, below))
