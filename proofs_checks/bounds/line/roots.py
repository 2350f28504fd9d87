"""The real roots of polynomials: isolated by bisection, and as constants."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq, fmpq_poly

from proofs_checks.bounds.certificates.sign_table import (
    has_integer,
    intervals,
    sign_changes,
    signs_at,
)
from proofs_checks.bounds.line.simplest import halfway, integer_inside
from proofs_checks.bounds.problem import End
from w2s_theory.terms import exact
from w2s_theory.terms.tree import Root, Term, algebraic, number

_NEAR = Fraction(1, 2**30)


@dataclass(frozen=True)
class Irrational:
    """The only root of a factor in an open interval, whose ends may be endless."""

    factor: fmpq_poly
    low: End
    high: End

    def narrowed(self) -> tuple[Fraction, Fraction]:
        """Return rational numbers around the root, near it and strictly inside the interval."""
        low, high = self.low, self.high
        before = sign_changes(self.factor, low, high)[0]
        while True:
            is_inside = low != self.low and high != self.high
            if (
                is_inside
                and low is not None
                and high is not None
                and high - low <= _NEAR * max(Fraction(1), abs(low))
            ):
                return low, high
            middle = halfway(low, high)
            if signs_at([self.factor], middle)[0] == before:
                low = middle
            else:
                high = middle

    def as_term(self) -> Term:
        """Return the root as a constant."""
        low, high = self.narrowed()
        return algebraic(Root(tuple(int(c) for c in self.factor.numer().coeffs()), low, high))


class GaveUpError(Exception):
    """The budget of pieces or of time is spent."""


def isolate(
    factors: Sequence[fmpq_poly], low: End, high: End, whole: bool, pieces: int, deadline: float | None
) -> tuple[Fraction, ...]:
    """Return cuts between which at most one factor has a root, and only one; of integers only, none has."""
    cuts = {end for end in (low, high) if end is not None} or {Fraction(0)}
    waiting = [(start, stop, tuple(factors)) for start, stop in intervals(low, high, sorted(cuts)) or []]
    while waiting:
        start, stop, present = waiting.pop()
        if whole and not has_integer(start, stop):
            continue
        changes = [(factor, len(sign_changes(factor, start, stop)) - 1) for factor in present]
        present = tuple(factor for factor, count in changes if count)
        total = sum(count for _, count in changes)
        if total == 0 or (total == 1 and not whole):
            continue
        if len(cuts) > pieces or (deadline is not None and time.monotonic() > deadline):
            raise GaveUpError
        middle = integer_inside(start, stop) if whole else halfway(start, stop)
        assert middle is not None
        cuts.add(middle)
        waiting += [(start, middle, present), (middle, stop, present)]
    return tuple(sorted(cuts))


def root(factor: fmpq_poly, low: End, high: End) -> Fraction | Irrational:
    """Return an irreducible factor's only root in an open interval: a rational number if the factor is linear."""
    if factor.degree() > 1:
        return Irrational(factor, low, high)
    value: fmpq = -factor[0] / factor[1]
    return Fraction(int(value.p), int(value.q))


def real_roots(factor: fmpq_poly, pieces: int = 200) -> Iterator[Term]:
    """Yield the real roots of an irreducible polynomial. Raises GaveUpError where `pieces` do not suffice."""
    cuts = isolate([factor], None, None, False, pieces, None)
    for low, high in intervals(None, None, cuts) or []:
        if len(sign_changes(factor, low, high)) > 1:
            found = root(factor, low, high)
            yield number(found) if isinstance(found, Fraction) else found.as_term()


def roots_between(polynomial: fmpq_poly, low: End, high: End) -> list[Term]:
    """Return the distinct real roots in [low, high], rational ones as numbers, each other as the root of its factor."""
    if polynomial.degree() < 1:
        return []
    factors = [fmpq_poly(factor) for factor, _ in polynomial.numer().factor()[1]]
    found = [root for factor in factors for root in real_roots(factor)]
    return [
        root
        for root in found
        if (low is None or exact.sign(root - low) in (0, 1))
        and (high is None or exact.sign(high - root) in (0, 1))
    ]
