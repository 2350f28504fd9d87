import pytest
from flint import arb, fmpq, fmpq_poly

from proofs_checks.drawn.sphere_moments import (
    best_loss,
    harmonic_forms,
    legendre_polynomial,
    relu_coefficient,
)
from w2s_theory.sphere.activations import RELU
from w2s_theory.sphere.coefficients import coefficient_balls
from w2s_theory.sphere.harmonics import multiplicity_integer


def test_legendre_polynomials_of_circle_and_sphere():
    assert legendre_polynomial(2, 3) == fmpq_poly([0, -3, 0, 4])
    assert legendre_polynomial(3, 2) == fmpq_poly([fmpq(-1, 2), 0, fmpq(3, 2)])
    assert legendre_polynomial(11, 0) == fmpq_poly([1])


@pytest.mark.parametrize("dimension", [2, 3, 8, 33, 1000])
def test_moments_give_the_closed_form(dimension):
    closed = coefficient_balls(RELU, dimension, 25, bits=60)
    for degree, coefficient in enumerate(closed):
        assert relu_coefficient(dimension, degree).overlaps(coefficient)


def test_odd_coefficients_are_rational():
    assert relu_coefficient(4, 1) == arb(1) / 8
    assert relu_coefficient(5, 7) == 0


@pytest.mark.parametrize("dimension", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("degree", range(6))
def test_harmonic_forms_are_counted(dimension, degree):
    expected = int(degree <= 1) if dimension == 1 else multiplicity_integer(dimension, degree)
    assert harmonic_forms(dimension, degree) == expected


def test_one_feature_explains_the_square_of_its_correlation():
    # E <v,x> sqrt(2) max(<u,x>, 0) = sqrt(2) / 4 at u = v in d = 2, and E max(<u,x>, 0)^2 = 1/4.
    loss = best_loss([(1, 0)], (1, 0), [(1, fmpq(1))])
    assert loss.overlaps(arb(1) / 2)
    # A feature and its mirror image span the linear function.
    assert abs(best_loss([(1, 0), (-1, 0)], (1, 0), [(1, fmpq(1))])) < 1e-12


def test_a_hidden_component_is_lost_whole():
    loss = best_loss([(1, 0, 0), (-1, 0, 0)], (1, 0, 0), [(1, fmpq(3, 4)), (3, fmpq(1, 4))])
    assert abs(loss - 0.25) < 1e-12


def test_dependent_features_are_refused():
    with pytest.raises(ZeroDivisionError):
        best_loss([(1, 0), (1, 0)], (1, 0), [(1, fmpq(1))])
