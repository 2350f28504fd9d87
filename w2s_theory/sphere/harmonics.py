"""Spherical harmonics on S^{d-1}: how many there are, and the Legendre polynomials that carry them.

Source: DLMF, chapter 18: Gegenbauer polynomials (Chebyshev for d = 2), here scaled to P_k(1) = 1; N(d, k) is the
dimension of the harmonics of degree k.
"""

from __future__ import annotations

from math import comb

from sympy import Expr, Integer, S, expand, gamma, sympify

from w2s_theory.errors import InvalidInput
from w2s_theory.notation.parameters import exact


def check_dimension(dimension: Expr | int) -> Expr:
    """Return the dimension as a sympy object; a number must be an integer >= 2, a symbol is accepted.

    Raises InvalidInput for anything else.
    """
    d = exact(dimension, "dimension d")
    if d.is_integer is False or (d.is_number and not (d.is_Integer and d >= 2)):
        raise InvalidInput(f"dimension d is {d}; the sphere S^(d-1) needs an integer d >= 2")
    return d


def check_degree(degree: Expr | int) -> Expr:
    """Return the degree as a sympy object; a number must be an integer >= 0, a symbol is accepted.

    Raises InvalidInput for anything else.
    """
    k = exact(degree, "degree k")
    if k.is_integer is False or (k.is_number and not (k.is_Integer and k >= 0)):
        raise InvalidInput(f"degree k is {k}; spherical harmonics have integer degrees k >= 0")
    return k


def multiplicity(dimension: Expr | int, degree: Expr | int) -> Expr:
    """Return N(d, k), the dimension of the degree-k spherical harmonics on S^{d-1}.

    Exact for integers of any size. With symbols it is the Gamma form, which holds for d > 2, k >= 0 and
    for d = 2, k >= 1 (N(2, 0) = 1 is its limit d -> 2). Raises InvalidInput for d < 2 or k < 0.
    """
    d, k = check_dimension(dimension), check_degree(degree)
    if k.is_zero:
        return S.One
    if d.is_Integer and k.is_Integer:
        return Integer(multiplicity_integer(int(d), int(k)))
    return (2 * k + d - 2) * gamma(k + d - 2) / (gamma(k + 1) * gamma(d - 1))


def multiplicity_integer(dimension: int, degree: int) -> int:
    """Return N(d, k) for d >= 2, k >= 0 as a Python integer: forms of degree k that r^2 does not divide."""
    below = comb(degree + dimension - 3, dimension - 1) if degree >= 2 else 0
    return comb(degree + dimension - 1, dimension - 1) - below


def legendre(dimension: Expr | int, degree: int, argument: Expr) -> Expr:
    """Return the Legendre polynomial P_k in dimension d, expanded, normalized to P_k(1) = 1.

    It is Gegenbauer's C_k^{(d-2)/2} rescaled; d = 2 gives Chebyshev's T_k, d = 3 Legendre's own.
    The dimension may be a symbol. Raises InvalidInput for d < 2 or k < 0.
    """
    d, k = check_dimension(dimension), int(check_degree(degree))
    previous, current = S.One, sympify(argument)
    if k == 0:
        return previous
    for n in range(1, k):
        step = ((2 * n + d - 2) * argument * current - n * previous) / (n + d - 2)
        previous, current = current, expand(step) if d.is_number else step.expand().together()
    return current


def rodrigues_constant(dimension: Expr, degree: Expr) -> Expr:
    """Return c with P_k(x) (1-x^2)^{(d-3)/2} = (-1)^k c (d/dx)^k (1-x^2)^{k+(d-3)/2}."""
    d, k = sympify(dimension), sympify(degree)
    return gamma((d - 1) / 2) / (2**k * gamma(k + (d - 1) / 2))
