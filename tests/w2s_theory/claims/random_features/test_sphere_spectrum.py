import pytest
from sympy import Ge, Integer, Limit, Rational, gamma, pi, simplify

from w2s_theory.claims.random_features.odd_degrees import ODD_DEGREES, odd_mass
from w2s_theory.claims.random_features.spectrum_decay import (
    INDEX,
    LEADING_CONSTANT,
    RANK,
    SPECTRUM_DECAY,
)
from w2s_theory.claims.random_features.spectrum_decay import law as law_of_ranks
from w2s_theory.claims.random_features.sphere_spectrum import DEGREE, HARMONICS, SPECTRUM, angular_kernel
from w2s_theory.notation.symbols import L_ST, L_TE
from w2s_theory.spectra.families import Sphere
from w2s_theory.sphere.activations import RELU
from w2s_theory.sphere.dual_kernels import THETA
from w2s_theory.sphere.funk_hecke import D, M
from w2s_theory.sphere.integrals import ReluCoefficient


def value(dimension, degree):
    """Return what the statement gives for s_k at numbers d and k."""
    for part in SPECTRUM.relations:
        if not isinstance(part.lhs, ReluCoefficient):
            continue
        stated = part.lhs.args[1]
        m = (degree - stated.subs(M, 0)) / Integer(2)
        if stated == degree or (M in stated.free_symbols and m.is_integer and m >= 0):
            return part.rhs.subs({D: dimension, M: m})
    raise AssertionError(f"no part of the statement speaks of degree {degree}")


def test_known_coefficients_in_dimension_three():
    expected = (Rational(1, 4), Rational(1, 6), Rational(1, 16), 0, Rational(-1, 96), 0, Rational(1, 256))
    assert [value(3, degree) for degree in range(7)] == list(expected)


def test_known_coefficients_in_dimension_four():
    known = {0: 0.212206590789, 1: 0.125, 2: 0.0424413181578, 4: -0.00606304545112, 6: 0.00202101515037}
    for degree, coefficient in known.items():
        assert float(value(4, degree)) == pytest.approx(coefficient, rel=1e-11)


def test_known_multiplicities():
    assert [HARMONICS.subs({D: 3, DEGREE: k}) for k in range(1, 5)] == [3, 5, 7, 9]
    assert [HARMONICS.subs({D: 2, DEGREE: k}) for k in range(1, 5)] == [2, 2, 2, 2]


def test_kernel_of_equal_orthogonal_and_opposite_vectors():
    assert angular_kernel.subs(THETA, 0) == 1 / (2 * D)
    assert angular_kernel.subs(THETA, pi / 2) == 1 / (2 * pi * D)
    assert angular_kernel.subs(THETA, pi) == 0


def test_bounds_and_constant_in_dimension_two():
    # In d = 2 the eigenvalue is (1 / (4 pi))^2 / ((n + 1/2)(n + 3/2))^2.
    upper = SPECTRUM_DECAY.relation("upper")
    ratio = simplify((upper.rhs / upper.lhs).subs({D: 2, INDEX: 3}))
    assert ratio == Rational(3**4, 1) / (Rational(7, 2) * Rational(9, 2)) ** 2
    limits = {part.rhs for part in SPECTRUM_DECAY.relations if isinstance(part.lhs, Limit)}
    assert {simplify(limit.subs(D, 2) - 1 / pi**2) for limit in limits} == {0}


def test_laws_are_those_of_the_spectrum_family():
    by_degree, in_decreasing_order = RELU.eigenvalue_decay(D), Sphere(RELU, D).large_level_asymptotics()
    (limit,) = {part.rhs for part in SPECTRUM_DECAY.relations if isinstance(part.lhs, Limit)}
    assert simplify(limit - by_degree.constant) == 0
    law = in_decreasing_order.constant * RANK**-in_decreasing_order.exponent
    for dimension in (2, 4, 9):
        assert simplify((LEADING_CONSTANT * law_of_ranks / law).subs(D, dimension)) == 1


def test_sorted_exponent_in_dimension_four():
    in_order = (LEADING_CONSTANT * law_of_ranks).subs(D, 4)
    assert simplify(in_order * RANK**2 / (64 * (gamma(2) / (4 * pi)) ** 2)) == Rational(1, 36)


def test_odd_mass_bounds_both_losses():
    floors = {part.lhs: part.rhs for part in ODD_DEGREES.relations if isinstance(part, Ge)}
    assert floors == {L_TE: odd_mass, L_ST: odd_mass}
