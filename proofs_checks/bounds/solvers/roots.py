"""Real roots of polynomials over the rationals, counted exactly by Sturm's theorem."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import lcm

from flint import fmpq, fmpq_poly

from w2s_theory.terms.tree import Root, Term, algebraic, number


def root_between(coefficients: Sequence[Fraction], low: Fraction, high: Fraction) -> Term | None:
    """Return the only root of a polynomial in the open interval from low to high; None unless there is exactly one.

    The constant coefficient comes first. The polynomial of the root that is returned has no double root and does not
    vanish at the ends.
    """
    given = fmpq_poly([fmpq(c.numerator, c.denominator) for c in coefficients])
    if given.degree() < 1 or low >= high:
        return None
    polynomial = given / given.gcd(given.derivative())
    for end in (low, high):
        # An end that is a root is not inside.
        factor = fmpq_poly([_fmpq(-end), 1])
        if polynomial(_fmpq(end)) == 0:
            polynomial = polynomial / factor
    if roots_inside(polynomial, low, high) != 1:
        return None
    if polynomial.degree() == 1:
        root = -polynomial[0] / polynomial[1]
        return number(Fraction(int(root.p), int(root.q)))
    scale = lcm(*(int(c.q) for c in polynomial.coeffs()))
    whole = [int((c * scale).p) for c in polynomial.coeffs()]
    return algebraic(Root(tuple(whole), low, high))


def roots_inside(polynomial: fmpq_poly, low: Fraction, high: Fraction) -> int:
    """Return how many roots a polynomial without double roots has between two numbers that are no roots."""
    chain = [polynomial, polynomial.derivative()]
    while chain[-1].degree() > 0:
        chain.append(-(chain[-2] % chain[-1]))
    return _variations(chain, low) - _variations(chain, high)


def _variations(chain: Sequence[fmpq_poly], at: Fraction) -> int:
    signs = [value > 0 for item in chain if (value := item(_fmpq(at))) != 0]
    return sum(a != b for a, b in pairwise(signs))


def _fmpq(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)
