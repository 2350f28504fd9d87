import numpy as np
import pytest

from numeric.random_features.sphere import SphereFeatures
from numeric.random_features.targets import Component
from w2s_theory.errors import InvalidInput
from w2s_theory.sphere.activations import Activation, named_activation

GENERATOR_SEED = 5


def activation_values(activation, arguments):
    right, left, order = float(activation.right), float(activation.left), activation.order
    return np.where(arguments > 0, right, left) * np.abs(arguments) ** order


def assert_mean(draws, expected):
    """Within five standard errors, entry by entry."""
    error = draws.std(axis=0) / np.sqrt(len(draws))
    assert np.all(np.abs(draws.mean(axis=0) - expected) <= 5 * error + 1e-12)


@pytest.mark.parametrize("name", ["step", "relu", "relu2", "leaky:0.3", "abs", "monomial:3"])
def test_kernel_and_correlations_are_expectations_over_the_sphere(name):
    family = SphereFeatures(named_activation(name), 4)
    generator = np.random.default_rng(GENERATOR_SEED)
    features, points = family.draw(generator, 5), family.draw(generator, 100_000)
    values = activation_values(family.activation, points @ features.T)
    products = values[:, :, None] * values[:, None, :]
    assert_mean(products, family.kernel(features, features))
    # Degree 2 in d = 4: sqrt(9) P_2(c), P_2(c) = (4 c^2 - 1)/3.
    axis = np.array([1.0, 2.0, 0.0, -1.0])
    cosine = points @ axis / np.linalg.norm(axis)
    for level, harmonic in ((1, 2 * cosine), (2, 4 * cosine**2 - 1)):
        found = family.correlations(features, Component(level, 1.0, tuple(axis)))
        assert_mean(values * harmonic[:, None], found)


def test_energies_add_up_and_match_the_kernel_projected_on_levels():
    family = SphereFeatures(named_activation("relu"), 3)
    generator = np.random.default_rng(1)
    features, weights = family.draw(generator, 6), generator.standard_normal(6)
    total = float(weights @ family.gram(features) @ weights)
    found = family.level_energies(features, weights, total, levels=2, longest_time=np.inf)
    assert found.levels[:4] == (0, 1, 2, 4)
    assert found.energies.sum() + found.remainder == pytest.approx(total, rel=1e-12)
    assert found.remainder < 1e-6 * total
    two = weights @ family.level_kernel(features, (1, 2)) @ weights
    assert two == pytest.approx(found.energies[1] + found.energies[2], rel=1e-12)


def test_levels_that_are_not_learnt_in_time_are_left_to_the_remainder():
    family = SphereFeatures(named_activation("relu"), 32)
    generator = np.random.default_rng(1)
    features, weights = family.draw(generator, 6), generator.standard_normal(6)
    total = float(weights @ family.gram(features) @ weights)
    early = family.level_energies(features, weights, total, levels=2, longest_time=1.0)
    late = family.level_energies(features, weights, total, levels=2, longest_time=1e12)
    assert early.levels == late.levels[: len(early.levels)]
    assert len(early.levels) < len(late.levels)
    assert early.remainder * (1.0 * early.remainder_eigenvalue) ** 2 < 1e-14


def test_bad_input_is_named():
    with pytest.raises(InvalidInput, match="integer d >= 2"):
        SphereFeatures(named_activation("relu"), 1)
    with pytest.raises(InvalidInput, match="order at most 2"):
        SphereFeatures(Activation("cubed", 3, 1, 0), 5)
    family = SphereFeatures(named_activation("relu"), 3)
    with pytest.raises(InvalidInput, match="needs 3 finite"):
        family.correlations(family.draw(np.random.default_rng(0), 2), Component(1, 1.0, (1.0, 0.0)))
