"""Sign tables: every root of every polynomial of a formula is isolated, and no row of signs satisfies the formula.

The rule behind it is Descartes': a polynomial p has at most as many roots in (a, b) as the coefficients of
(1 + s)^n p((a + b s)/(1 + s)) change sign, and none or one exactly if they change sign never or once; likewise for
p(a + s) on (a, oo). Collins and Akritas 1976; Basu, Pollack, Roy, Algorithms in Real Algebraic Geometry, 10.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Any, ClassVar

from flint import fmpq, fmpq_poly

from proofs_checks.bounds.certificates.quotients import NotRationalError
from proofs_checks.bounds.certificates.rational_functions import Question
from proofs_checks.bounds.problem import End, Problem


@dataclass(frozen=True)
class Product:
    """A polynomial as `unit` times powers of factors: (place in the list of factors, exponent)."""

    unit: Fraction
    powers: tuple[tuple[int, int], ...]

    def sign(self, signs: Sequence[int]) -> int:
        """Return the sign at a point where the factors have these signs."""
        sign = (self.unit > 0) - (self.unit < 0)
        for place, exponent in self.powers:
            sign *= signs[place] ** exponent
        return sign


@dataclass(frozen=True)
class SignTable:
    """That no point satisfies a formula in one variable.

    `factors` have integer coefficients, the constant one first; `products` are the formula's polynomials, in the order
    of `Question.polynomials`; between two neighbours of `cuts`, which begin and end with the box's finite ends, at most
    one factor has a root, and only one.
    """

    variable: str
    factors: tuple[tuple[int, ...], ...]
    products: tuple[Product, ...]
    cuts: tuple[Fraction, ...]
    kind: ClassVar[str] = "sign table"

    def as_json(self) -> dict[str, Any]:
        """Return the certificate as data that JSON can hold; integers and fractions are text."""
        return {
            "kind": self.kind,
            "variable": self.variable,
            "factors": [[str(c) for c in factor] for factor in self.factors],
            "products": [
                {"unit": str(product.unit), "powers": [list(power) for power in product.powers]}
                for product in self.products
            ],
            "cuts": [str(cut) for cut in self.cuts],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> SignTable:
        """Return the certificate that `as_json` wrote. Raises KeyError, TypeError or ValueError for other data."""
        return cls(
            variable=str(data["variable"]),
            factors=tuple(tuple(int(c) for c in factor) for factor in data["factors"]),
            products=tuple(
                Product(Fraction(item["unit"]), tuple((int(i), int(e)) for i, e in item["powers"]))
                for item in data["products"]
            ),
            cuts=tuple(Fraction(cut) for cut in data["cuts"]),
        )


def check(problem: Problem, certificate: SignTable) -> bool:
    """Return whether the certificate shows that the problem has no point."""
    name = certificate.variable
    if set(problem.box) != {name}:
        return False
    low, high = problem.box[name]
    if low is not None and high is not None and low > high:
        return True
    question = Question()
    try:
        holds = question.read(problem.formula, name)
    except NotRationalError:
        return False
    factors = [fmpq_poly(list(factor)) for factor in certificate.factors]
    if any(factor.degree() < 1 for factor in factors) or not _products_agree(
        question.polynomials, factors, certificate.products
    ):
        return False
    ends = intervals(low, high, certificate.cuts)
    if ends is None:
        return False
    whole = name in problem.integers
    rows: list[tuple[int, ...]] = []
    for cut in certificate.cuts:
        if not whole or cut.denominator == 1:
            rows.append(signs_at(factors, cut))
    for start, stop in ends:
        if whole and not has_integer(start, stop):
            continue
        found = signs_between(factors, start, stop)
        if found is None:
            return False
        rows += found
    return not any(holds([product.sign(row) for product in certificate.products]) for row in rows)


def _products_agree(
    polynomials: list[fmpq_poly], factors: list[fmpq_poly], products: Sequence[Product]
) -> bool:
    if len(polynomials) != len(products):
        return False
    for polynomial, product in zip(polynomials, products, strict=True):
        value = fmpq_poly([fmpq(product.unit.numerator, product.unit.denominator)])
        for place, exponent in product.powers:
            degree = value.degree() + exponent * factors[place].degree() if 0 <= place < len(factors) else -1
            if exponent < 1 or not 0 <= degree <= max(0, polynomial.degree()):
                return False
            value *= factors[place] ** exponent
        if value != polynomial:
            return False
    return True


def intervals(low: End, high: End, cuts: Sequence[Fraction]) -> list[tuple[End, End]] | None:
    """Return the open intervals between cuts, endless ones included; None if the cuts do not span [low, high]."""
    if not cuts or any(a >= b for a, b in pairwise(cuts)):
        return None
    if low not in (None, cuts[0]) or high not in (None, cuts[-1]):
        return None
    inner: list[tuple[End, End]] = list(pairwise(cuts))
    before: list[tuple[End, End]] = [(None, cuts[0])] if low is None else []
    after: list[tuple[End, End]] = [(cuts[-1], None)] if high is None else []
    return before + inner + after


def has_integer(low: End, high: End) -> bool:
    """Return whether an open interval contains an integer."""
    return low is None or high is None or floor(low) + 1 < high


def signs_at(factors: Sequence[fmpq_poly], point: Fraction) -> tuple[int, ...]:
    """Return the factors' signs at a rational point."""
    at = fmpq(point.numerator, point.denominator)
    return tuple(_sign(factor(at)) for factor in factors)


def signs_between(factors: Sequence[fmpq_poly], low: End, high: End) -> list[tuple[int, ...]] | None:
    """Return the rows of signs that the factors take on an open interval, from left to right.

    One row, or three where one factor has one root. None where more may happen.
    """
    changes = [sign_changes(factor, low, high) for factor in factors]
    if any(len(signs) > 2 for signs in changes) or sum(len(signs) == 2 for signs in changes) > 1:
        return None
    before, after = tuple(signs[0] for signs in changes), tuple(signs[-1] for signs in changes)
    if before == after:
        return [before]
    return [before, tuple(a if a == b else 0 for a, b in zip(before, after, strict=True)), after]


def sign_changes(polynomial: fmpq_poly, low: End, high: End) -> list[int]:
    """Return the signs of Descartes' coefficients on an open interval, without zeros and without repetitions.

    Its first and last are the polynomial's signs next to the two ends; one less than its length bounds the number of
    roots, exactly if that is 0 or 1. The polynomial must not be 0, and one end must be finite.
    """
    signs: list[int] = []
    for coefficient in _coefficients(polynomial, low, high):
        sign = _sign(coefficient)
        if sign and (not signs or signs[-1] != sign):
            signs.append(sign)
    return signs


def _coefficients(polynomial: fmpq_poly, low: End, high: End) -> list[fmpq]:
    coefficients: list[fmpq]
    if low is not None and high is not None:
        start, width = fmpq(low.numerator, low.denominator), high - low
        inner = polynomial(fmpq_poly([start, fmpq(width.numerator, width.denominator)])).coeffs()
        turned = fmpq_poly(inner[::-1])(fmpq_poly([1, 1])).coeffs()
        coefficients = [fmpq(0)] * (len(inner) - len(turned)) + turned[::-1]
    elif low is not None:
        coefficients = polynomial(fmpq_poly([fmpq(low.numerator, low.denominator), 1])).coeffs()
    elif high is not None:
        coefficients = polynomial(fmpq_poly([fmpq(high.numerator, high.denominator), -1])).coeffs()[::-1]
    else:
        raise ValueError("one end must be finite")
    return coefficients


def _sign(value: fmpq) -> int:
    return int(value > 0) - int(value < 0)
