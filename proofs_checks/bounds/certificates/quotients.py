"""Quotients of polynomials in one variable, with rational coefficients."""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq, fmpq_poly

MAX_DEGREE = 400


class NotRationalError(ValueError):
    """A term is no function of the kind that is read, piece by piece, or is one of too high a degree."""


@dataclass(frozen=True)
class Quotient:
    """`top`/`bottom`, undefined where `bottom` is 0; nothing is cancelled but where a quotient is divided by.

    Raises NotRationalError where the degrees are too high.
    """

    top: fmpq_poly
    bottom: fmpq_poly

    def __post_init__(self) -> None:
        if self.top.degree() + self.bottom.degree() > MAX_DEGREE:
            raise NotRationalError(f"degree above {MAX_DEGREE}")

    @classmethod
    def of(cls, *coefficients: int | fmpq) -> Quotient:
        """Return the polynomial with these coefficients, the constant one first."""
        return cls(fmpq_poly(list(coefficients)), fmpq_poly([1]))

    @property
    def is_zero(self) -> bool:
        """Return whether the quotient is 0 wherever it is defined."""
        return not self.top

    def __add__(self, other: Quotient) -> Quotient:
        shared = self.bottom.gcd(other.bottom)
        if not shared:
            return Quotient(self.top, fmpq_poly([0]))
        mine, yours = self.bottom // shared, other.bottom // shared
        return Quotient(self.top * yours + other.top * mine, mine * other.bottom)

    def __neg__(self) -> Quotient:
        return Quotient(-self.top, self.bottom)

    def __mul__(self, other: Quotient) -> Quotient:
        return Quotient(self.top * other.top, self.bottom * other.bottom)

    def __pow__(self, exponent: int) -> Quotient:
        if max(self.top.degree(), self.bottom.degree()) * exponent > MAX_DEGREE:
            raise NotRationalError(f"degree above {MAX_DEGREE}")
        return Quotient(self.top**exponent, self.bottom**exponent)

    def inverse(self) -> Quotient:
        """Return 1/self, undefined where self is 0; where self is undefined, it is 0, as a formula says elsewhere."""
        return Quotient(self.bottom, self.top)
