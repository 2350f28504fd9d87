"""Functions u + v sqrt(R) of one variable, with quotients u, v of polynomials and one polynomial R: their signs.

Several roots in one term often share one R, as on a model's tight curve, where all lengths are rational multiples of one
root. Two different ones are not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import isqrt

from flint import fmpq, fmpq_poly, fmpz, fmpz_poly

from proofs_checks.bounds.certificates.quotients import NotRationalError, Quotient
from w2s_theory.terms.tree import Sign

MOST_FACTORED_BITS = 96
"""Whole numbers with more are not split into primes: a root of one stays what it is."""

_ZERO, _ONE = Quotient.of(0), Quotient.of(1)


@dataclass(frozen=True)
class Surd:
    """`plain` + `factor` sqrt(`radicand`); it means nothing where the radicand is below 0.

    Sums and products raise NotRationalError where two radicands differ.
    """

    plain: Quotient
    factor: Quotient = _ZERO
    radicand: Quotient = _ONE

    @property
    def is_plain(self) -> bool:
        """Return whether there is no root in it."""
        return self.factor.is_zero

    def __add__(self, other: Surd) -> Surd:
        radicand = self._shared(other)
        if self.is_plain or other.is_plain:
            factor = other.factor if self.is_plain else self.factor
        else:
            factor = self.factor + other.factor
        return Surd(self.plain + other.plain, factor, radicand)

    def __neg__(self) -> Surd:
        return Surd(-self.plain, -self.factor, self.radicand)

    def __mul__(self, other: Surd) -> Surd:
        radicand = self._shared(other)
        if self.is_plain or other.is_plain:
            factor = self.plain * other.factor if self.is_plain else self.factor * other.plain
            return Surd(self.plain * other.plain, factor, radicand)
        plain = self.plain * other.plain + self.factor * other.factor * radicand
        return Surd(plain, self.plain * other.factor + self.factor * other.plain, radicand)

    def power(self, exponent: int) -> Surd:
        """Return a power with a whole exponent >= 0."""
        if self.is_plain:
            return Surd(self.plain**exponent)
        found = Surd(_ONE)
        for _ in range(exponent):
            found = found * self
        return found

    @property
    def conjugate(self) -> Surd:
        """Return plain - factor sqrt(radicand)."""
        return Surd(self.plain, -self.factor, self.radicand)

    @property
    def norm(self) -> Quotient:
        """Return the product with the conjugate, which has no root."""
        return self.plain * self.plain + -(self.factor * self.factor * self.radicand)

    def _shared(self, other: Surd) -> Quotient:
        if self.is_plain:
            return other.radicand
        if other.is_plain or self.radicand == other.radicand:
            return self.radicand
        raise NotRationalError("two different roots")


@dataclass(frozen=True)
class Guard:
    """That a function is defined and has one of these signs."""

    value: Surd
    signs: frozenset[int]


Cases = Iterator[tuple[tuple[Guard, ...], Surd]]
"""Guards, and what something equals where they all hold."""


def inverted(value: Surd) -> Cases:
    """Yield the inverse, by its conjugate where that is not 0, and by the plain part where it is.

    It is undefined where the value is 0; where the value is undefined, the inverse means nothing.
    """
    if value.is_plain:
        yield (), Surd(value.plain.inverse())
        return
    by_norm = value.norm.inverse()
    yield (
        (Guard(value.conjugate, Sign.NE.signs),),
        Surd(value.plain * by_norm, -(value.factor * by_norm), value.radicand),
    )
    twice = value.plain + value.plain
    yield (Guard(value.conjugate, Sign.EQ.signs),), Surd(twice.inverse())


def rooted(value: Surd) -> Cases:
    """Yield the square root of a quotient: the part that is a square comes out of the root, with either sign.

    Raises NotRationalError for a root inside of a root.
    """
    if not value.is_plain:
        raise NotRationalError("a root of a root")
    top, bottom = value.plain.top, value.plain.bottom
    if not top or not bottom:
        yield (), Surd(value.plain)
        return
    # sqrt(top/bottom) = sqrt(top bottom)/|bottom|, and top bottom = square^2 radicand/scale^2.
    square, radicand, scale = _split(top * bottom)
    size = Quotient(square, bottom * scale)
    has_root = radicand != 1
    oriented = square * bottom
    for signs, side in ((Sign.GE.signs, size), (Sign.LT.signs, -size)):
        found = Surd(_ZERO, side, _polynomial(radicand)) if has_root else Surd(side)
        if oriented.degree() > 0:
            yield (Guard(Surd(_polynomial(oriented)), signs),), found
        elif (1 if oriented[0] > 0 else -1) in signs:
            yield (), found


def _split(polynomial: fmpq_poly) -> tuple[fmpq_poly, fmpq_poly, fmpq]:
    """Return (s, r, c), c > 0 a number, with polynomial = s^2 r/c^2, where no square divides r."""
    below = fmpz(polynomial.denom())
    content, factors = fmpz_poly(polynomial.numer()).factor()
    # a/b = a b/b^2 for the number in front.
    number = fmpz(content) * below
    outside, inside = _split_number(abs(int(number)))
    square, radicand = fmpq_poly([outside]), fmpq_poly([inside if number > 0 else -inside])
    for factor, exponent in factors:
        square *= fmpq_poly(factor) ** (int(exponent) // 2)
        radicand *= fmpq_poly(factor) ** (int(exponent) % 2)
    return square, radicand, fmpq(below)


def _split_number(value: int) -> tuple[int, int]:
    """Return (s, r) with value = s^2 r; no square divides r, unless the number is too long to be split."""
    root = isqrt(value)
    if root * root == value:
        return root, 1
    if value.bit_length() > MOST_FACTORED_BITS:
        return 1, value
    outside, inside = 1, 1
    for prime, exponent in fmpz(value).factor():
        outside *= int(prime) ** (int(exponent) // 2)
        inside *= int(prime) ** (int(exponent) % 2)
    return outside, inside


def sign_test(
    guard: Guard, sign_of: Callable[[fmpq_poly], Callable[[Sequence[int]], int]]
) -> Callable[[Sequence[int]], bool]:
    """Return whether a guard holds, as a function of the signs of polynomials.

    `sign_of` makes a polynomial one of those whose signs are asked for, and returns how its sign is read.
    """
    plain = _sign_of(guard.value.plain, sign_of)
    if guard.value.is_plain:
        return lambda signs: plain(signs) in guard.signs
    factor, norm = _sign_of(guard.value.factor, sign_of), _sign_of(guard.value.norm, sign_of)
    radicand = sign_of(guard.value.radicand.top)

    def holds(signs: Sequence[int]) -> bool:
        u, v, larger = plain(signs), factor(signs), norm(signs)
        if u is None or v is None or larger is None:
            return False
        v *= radicand(signs)
        # Of two summands with opposite signs, the one with the larger square has the sum's sign.
        by_squares = u if larger > 0 else v if larger < 0 else 0
        return (by_squares if u * v < 0 else u or v) in guard.signs

    return holds


def _sign_of(
    value: Quotient, sign_of: Callable[[fmpq_poly], Callable[[Sequence[int]], int]]
) -> Callable[[Sequence[int]], int | None]:
    top, bottom = sign_of(value.top), sign_of(value.bottom)

    def sign(signs: Sequence[int]) -> int | None:
        below = bottom(signs)
        return top(signs) * below if below else None

    return sign


def _polynomial(polynomial: fmpq_poly) -> Quotient:
    return Quotient(polynomial, fmpq_poly([1]))
