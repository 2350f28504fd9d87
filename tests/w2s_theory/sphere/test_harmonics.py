import pytest
from sympy import (
    Integer,
    Rational,
    Symbol,
    chebyshevt,
    expand,
    gegenbauer,
    integrate,
    legendre,
    limit,
    simplify,
)
from sympy import symbols as make_symbols

from w2s_theory.errors import InvalidInput
from w2s_theory.sphere import harmonics
from w2s_theory.sphere.harmonics import multiplicity, multiplicity_integer

T = Symbol("t")


@pytest.mark.parametrize(
    ("dimension", "expected"),
    [(2, [1, 2, 2, 2]), (3, [1, 3, 5, 7]), (4, [1, 4, 9, 16]), (32, [1, 32, 527, 5952])],
)
def test_multiplicities_of_low_degrees(dimension, expected):
    assert [multiplicity(dimension, k) for k in range(4)] == expected


def test_symbolic_multiplicity_agrees_with_the_count_of_monomials():
    d, k = make_symbols("d k", integer=True, positive=True)
    formula = multiplicity(d, k)
    for dimension in (2, 3, 7, 40):
        for degree in (1, 2, 3, 9):
            assert formula.subs({d: dimension, k: degree}) == multiplicity_integer(dimension, degree)


def test_symbolic_multiplicity_at_degree_zero_tends_to_one_on_the_circle():
    d, k = make_symbols("d k", positive=True)
    assert limit(multiplicity(d, k).subs(k, 0), d, 2) == 1


def test_multiplicities_count_all_homogeneous_polynomials():
    # Forms of degree k restricted to the sphere are harmonics of degrees k, k-2, ...
    from math import comb

    for dimension in (2, 3, 9):
        harmonic = [multiplicity_integer(dimension, k) for k in range(12)]
        for k in range(12):
            assert sum(harmonic[k::-2]) == comb(k + dimension - 1, dimension - 1)


@pytest.mark.parametrize("degree", range(7))
def test_legendre_is_chebyshev_legendre_and_gegenbauer(degree):
    assert expand(harmonics.legendre(2, degree, T) - chebyshevt(degree, T)) == 0
    assert expand(harmonics.legendre(3, degree, T) - legendre(degree, T)) == 0
    scaled = gegenbauer(degree, Rational(5, 2), T) / gegenbauer(degree, Rational(5, 2), 1)
    assert expand(harmonics.legendre(7, degree, T) - scaled) == 0


def test_legendre_in_symbolic_dimension_is_one_at_one_and_specializes():
    d = Symbol("d", positive=True)
    polynomial = harmonics.legendre(d, 5, T)
    assert simplify(polynomial.subs(T, 1)) == 1
    assert expand(polynomial.subs(d, 9) - harmonics.legendre(9, 5, T)) == 0


def test_squared_norm_is_one_over_the_multiplicity():
    for degree in range(4):
        square = harmonics.legendre(5, degree, T) ** 2 * (1 - T**2)
        norm = Rational(3, 4) * integrate(square, (T, -1, 1))
        assert norm == 1 / multiplicity(5, degree)


@pytest.mark.parametrize("dimension", [1, 0, -3, Rational(5, 2), 2.5])
def test_dimension_below_two_or_fractional_is_refused(dimension):
    with pytest.raises(InvalidInput, match="integer d >= 2"):
        multiplicity(dimension, 1)


@pytest.mark.parametrize("degree", [-1, Rational(1, 2)])
def test_negative_or_fractional_degree_is_refused(degree):
    with pytest.raises(InvalidInput, match="k >= 0"):
        multiplicity(Integer(3), degree)
