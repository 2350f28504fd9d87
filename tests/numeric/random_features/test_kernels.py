import numpy as np
import pytest
from scipy.special import eval_legendre

from numeric.arrays.backends import NUMPY
from numeric.random_features.kernels import TILE, gram_matrix, legendre_sequence, series_kernel, zonal_kernel
from numeric.random_features.sphere import SphereFeatures
from w2s_theory.balls import precision
from w2s_theory.sphere.activations import named_activation
from w2s_theory.sphere.coefficients import coefficient_balls
from w2s_theory.sphere.harmonics import multiplicity_integer

COSINES = np.linspace(-1, 1, 41)


def polynomials(dimension, count):
    sequence = legendre_sequence(dimension, COSINES)
    return [next(sequence) for _ in range(count)]


def test_legendre_is_the_classical_one_in_dimensions_two_and_three():
    for degree, values in enumerate(polynomials(3, 12)):
        np.testing.assert_allclose(values, eval_legendre(degree, COSINES), atol=1e-14)
    for degree, values in enumerate(polynomials(2, 12)):
        np.testing.assert_allclose(values, np.cos(degree * np.arccos(COSINES)), atol=1e-13)


@pytest.mark.parametrize("dimension", [2, 3, 32])
@pytest.mark.parametrize("name", ["step", "relu", "relu2", "leaky:0.3", "abs", "identity"])
def test_the_closed_kernel_is_the_sum_over_degrees(name, dimension):
    activation = named_activation(name)
    count = 1500
    with precision(64):
        coefficients = [float(s) for s in coefficient_balls(activation, dimension, count, bits=64)]
    weights = [s * s * multiplicity_integer(dimension, k) for k, s in enumerate(coefficients)]
    closed = zonal_kernel(activation, dimension)(COSINES)
    # Off the ends: the step's series converges slowly where its kernel has infinite slope.
    inside = slice(4, -4)
    series = series_kernel(weights, dimension)(COSINES)
    np.testing.assert_allclose(series[inside], closed[inside], atol=2e-5 if name == "step" else 1e-8)


def test_gram_matrix_in_tiles_is_the_kernel_evaluated_at_once():
    family = SphereFeatures(named_activation("relu"), 5)
    features = family.draw(np.random.default_rng(0), 2 * TILE + 37)
    gram = gram_matrix(family.kernel, features, NUMPY)
    np.testing.assert_allclose(gram, family.kernel(features, features), rtol=0, atol=1e-16)
    np.testing.assert_array_equal(gram, gram.T)


def test_the_step_kernel_is_exact_on_the_diagonal():
    family = SphereFeatures(named_activation("step"), 7)
    features = family.draw(np.random.default_rng(0), TILE + 5)
    np.testing.assert_array_equal(np.diagonal(family.gram(features)), 0.5)
