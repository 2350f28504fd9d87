"""Rational functions as series: long division next to a rational or algebraic point, with the exact remainder."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import arb, arb_poly, fmpq, fmpq_poly, fmpz_poly

from proofs_checks.bounds.certificates.constants import (
    Constant,
    NoSeriesError,
    constant_of,
    plus,
    ratio,
    times,
)
from proofs_checks.bounds.certificates.series import Monomial, Series
from w2s_theory.terms.tree import Head, Root, Term, number, rational


class Field:
    """The numbers p(c), p a polynomial with rational coefficients, for a constant c with a known minimal polynomial."""

    def __init__(self, centre: Term, minimal: fmpq_poly) -> None:
        self._minimal = minimal
        self._centre = constant_of(centre)

    def reduced(self, element: fmpq_poly) -> fmpq_poly:
        """Return the element's only polynomial of a degree below the minimal one's; it is 0 exactly if the number is."""
        return element % self._minimal

    def quotient(self, top: fmpq_poly, bottom: fmpq_poly) -> fmpq_poly:
        """Return top/bottom, bottom not 0."""
        divisor, _, inverse = self._minimal.xgcd(bottom)
        return (top * inverse * (1 / divisor[0])) % self._minimal

    def constant(self, element: fmpq_poly) -> Constant:
        """Return an element as a constant."""
        found = ratio(0)
        for coefficient in reversed(element.coeffs()):
            found = plus(times(found, self._centre), Constant(coefficient))
        return found

    def moved(self, polynomial: fmpq_poly, side: int) -> list[fmpq_poly]:
        """Return the coefficients of p(c + side h) as a polynomial in h."""
        found, scale, derivative = [], fmpq(1), polynomial
        for k in range(polynomial.degree() + 1):
            found.append(self.reduced(derivative * scale))
            derivative, scale = derivative.derivative(), scale * side / (k + 1)
        return found


RATIONALS = Field(number(0), fmpq_poly([0, 1]))


def field_of(centre: Term) -> Field | None:
    """Return the field of a constant that is rational, a root of a rational number, or an algebraic number as such."""
    minimal: fmpq_poly | None = None
    value = rational(centre)
    if value is not None:
        return Field(centre, fmpq_poly([fmpq(-value.numerator, value.denominator), 1]))
    if isinstance(centre.value, Root):
        minimal = fmpq_poly(list(centre.value.coefficients))
    elif centre.head in ("sqrt", Head.POWER):
        inside = rational(centre.args[0])
        power = Fraction(1, 2) if centre.head == "sqrt" else rational(centre.args[1])
        if inside is not None and power is not None and power.numerator == 1 and 1 < power.denominator < 20:
            degree = power.denominator
            minimal = fmpq_poly([fmpq(-inside.numerator, inside.denominator), *[0] * (degree - 1), 1])
    if minimal is None or [power for _, power in fmpz_poly(minimal.numer()).factor()[1]] != [1]:
        return None
    return Field(centre, minimal)


def inverted(polynomial: fmpq_poly, side: int) -> list[fmpq_poly]:
    """Return the coefficients of h^n p(side/h), n the degree, as a polynomial in h."""
    return [fmpq_poly([value]) for value in reversed(polynomial(fmpq_poly([0, side])).coeffs())]


def divided(
    top: Sequence[fmpq_poly], bottom: Sequence[fmpq_poly], field: Field, reach: arb, order: int
) -> Series:
    """Return `order` terms of top(h)/bottom(h) on (0, reach], and the rest of the division, over its denominator.

    Coefficients are elements of the field, the constant one first. Raises NoSeriesError where the denominator is not
    seen to be other than 0, but for powers of h.
    """
    if not any(bottom):
        raise NoSeriesError("a denominator that is 0")
    (remainder, m), (denominator, n) = _without_powers(top), _without_powers(bottom)
    quotient: list[fmpq_poly] = []
    while any(remainder) and len(quotient) < order:
        digit = field.quotient(remainder[0], denominator[0])
        size = max(len(remainder), len(denominator))
        padded = [[*side, *[fmpq_poly([0])] * (size - len(side))] for side in (remainder, denominator)]
        remainder = [field.reduced(x - digit * y) for x, y in zip(*padded, strict=True)][1:]
        quotient.append(digit)
    terms = tuple(
        (_power(m - n + k), field.constant(value)) for k, value in enumerate(quotient) if value != 0
    )
    if not any(remainder):
        return Series(terms)
    over, under = (arb_poly([field.constant(c).ball for c in side]) for side in (remainder, denominator))
    everywhere = arb(0).union(reach.upper())
    ball = over(everywhere) / under(everywhere)
    if not ball.is_finite():
        raise NoSeriesError("a denominator that may be 0")
    return Series(terms, (_power(m - n + len(quotient)), ball))


def _power(exponent: int) -> Monomial:
    return Monomial(ratio(exponent))


def _without_powers(coefficients: Sequence[fmpq_poly]) -> tuple[list[fmpq_poly], int]:
    power = next((k for k, value in enumerate(coefficients) if value != 0), 0)
    return list(coefficients[power:]), power
