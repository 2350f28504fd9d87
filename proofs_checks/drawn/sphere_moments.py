"""Sphere integrals from their definitions, exactly: ReLU coefficients, harmonics counted, losses of best teachers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from math import factorial

from flint import arb, arb_mat, fmpq, fmpq_poly, fmpz_mat

from w2s_theory.sphere.harmonics import multiplicity_integer

HALF = fmpq(1, 2)
Vector = tuple[int, ...]


@cache
def legendre_polynomial(dimension: int, degree: int) -> fmpq_poly:
    """Return P_k in dimension d with exact coefficients, by its three-term recursion."""
    if degree <= 1:
        return fmpq_poly([0, 1]) ** degree
    n = degree - 1
    below, here = legendre_polynomial(dimension, n - 1), legendre_polynomial(dimension, n)
    return ((2 * n + dimension - 2) * fmpq_poly([0, 1]) * here - n * below) / (n + dimension - 2)


def relu_coefficient(dimension: int, degree: int) -> arb:
    """Return E max(<u,x>, 0) P_k(<u,x>), term by term: a rational number, times the weight's normalizer if k is even.

    Exact for odd k; for even k the normalizer Gamma(d/2) / (sqrt(pi) Gamma((d-1)/2)) is a ball.
    """
    polynomial = legendre_polynomial(dimension, degree)
    if degree % 2:
        return arb(
            sum((polynomial[j] * _even_moment(dimension, j + 1) for j in range(1, degree + 1, 2)), fmpq(0))
        )
    rational = sum((polynomial[j] * _odd_moment(dimension, j + 1) for j in range(0, degree + 1, 2)), fmpq(0))
    d = arb(dimension)
    return arb(rational) * (d / 2).gamma() / (arb.pi().sqrt() * ((d - 1) / 2).gamma())


@cache
def _even_moment(dimension: int, power: int) -> fmpq:
    """Return the integral of t^j over [0, 1], j even, against the normalized weight."""
    value = HALF
    for i in range(power // 2):
        value *= fmpq(2 * i + 1, dimension + 2 * i)
    return value


@cache
def _odd_moment(dimension: int, power: int) -> fmpq:
    """Return the integral of x^j over [0, 1], j odd, against the weight (1-x^2)^((d-3)/2)."""
    half = power // 2
    value = fmpq(factorial(half), 2)
    for i in range(half + 1):
        value /= fmpq(dimension - 1, 2) + i
    return value


def harmonic_forms(dimension: int, degree: int) -> int:
    """Return the dimension of the kernel of the Laplacian on forms of degree k in d variables, by exact rank."""
    forms = list(_exponents(dimension, degree))
    position = {form: row for row, form in enumerate(_exponents(dimension, degree - 2))}
    if not position:
        return len(forms)
    laplacian = fmpz_mat(len(position), len(forms))
    for column, form in enumerate(forms):
        for axis, power in enumerate(form):
            if power >= 2:
                image = (*form[:axis], power - 2, *form[axis + 1 :])
                laplacian[position[image], column] = power * (power - 1)
    return len(forms) - int(laplacian.rank())


def _exponents(dimension: int, degree: int) -> Iterator[Vector]:
    return (powers for powers in product(range(degree + 1), repeat=dimension) if sum(powers) == degree)


def best_loss(features: Sequence[Vector], axis: Vector, masses: Sequence[tuple[int, fmpq]]) -> arb:
    """Return the least E (f - f*)^2 over combinations f of the features max(<u,x>, 0), u along the given vectors.

    f* is the sum of the zonal harmonics around `axis` with the given degrees and masses, which add up to 1.
    No two features may point the same way. Raises ZeroDivisionError if the Gram matrix is not certainly regular.
    """
    d = len(axis)
    gram = arb_mat([[_relu_kernel(_cosine(u, v), d, u == v) for v in features] for u in features])
    overlaps = arb_mat([[sum((_overlap(u, axis, *part) for part in masses), arb(0))] for u in features])
    explained = overlaps.transpose() * gram.solve(overlaps)
    return 1 - explained[0, 0]


def _overlap(feature: Vector, axis: Vector, degree: int, mass: fmpq) -> arb:
    """Return E f*(x) max(<u,x>, 0) for one zonal harmonic, by the Funk-Hecke formula."""
    d = len(axis)
    size = (arb(mass) * multiplicity_integer(d, degree)).sqrt()
    polynomial = legendre_polynomial(d, degree)
    value = sum((arb(polynomial[j]) * _cosine(feature, axis) ** j for j in range(degree + 1)), arb(0))
    return size * relu_coefficient(d, degree) * value


def _relu_kernel(rho: arb, dimension: int, same: bool) -> arb:
    if same:
        return arb(1) / (2 * dimension)
    return ((1 - rho * rho).sqrt() + rho * (arb.pi() - rho.acos())) / (2 * arb.pi() * dimension)


def _cosine(left: Vector, right: Vector) -> arb:
    product_of_norms = arb(sum(x * x for x in left) * sum(y * y for y in right)).sqrt()
    return arb(sum(x * y for x, y in zip(left, right, strict=True))) / product_of_norms
