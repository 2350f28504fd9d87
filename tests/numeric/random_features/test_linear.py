import numpy as np
import pytest

from numeric.random_features.linear import LinearFeatures
from numeric.random_features.targets import Component
from w2s_theory.errors import InvalidInput
from w2s_theory.spectra.families import Finite

FAMILY = LinearFeatures(Finite((1, 0.25), (2, 3)))


def test_features_live_in_the_scaled_eigenbasis():
    draws = FAMILY.draw(np.random.default_rng(0), 200_000)
    np.testing.assert_allclose(draws.var(axis=0), [1, 1, 0.25, 0.25, 0.25], rtol=2e-2)
    assert FAMILY.dimension == 5


def test_levels_split_the_kernel_and_the_energy():
    generator = np.random.default_rng(0)
    features, weights = FAMILY.draw(generator, 4), generator.standard_normal(4)
    gram = FAMILY.gram(features)
    np.testing.assert_allclose(
        FAMILY.level_kernel(features, (0,)) + FAMILY.level_kernel(features, (1,)), gram, atol=1e-14
    )
    total = float(weights @ gram @ weights)
    found = FAMILY.level_energies(features, weights, total, levels=1, longest_time=1.0)
    assert found.energies.sum() == pytest.approx(total, rel=1e-13)
    assert found.remainder == 0.0


def test_correlations_are_coordinates():
    features = FAMILY.draw(np.random.default_rng(0), 4)
    np.testing.assert_allclose(FAMILY.correlations(features, Component(0, 1.0)), features[:, 0])
    along = FAMILY.correlations(features, Component(1, 1.0, (0.0, 3.0, 4.0)))
    np.testing.assert_allclose(along, 0.6 * features[:, 3] + 0.8 * features[:, 4])


def test_bad_input_is_named():
    with pytest.raises(InvalidInput, match="levels 0 to 1"):
        FAMILY.multiplicity(2)
    with pytest.raises(InvalidInput, match="integer multiplicities"):
        LinearFeatures(Finite((1,), (2.5,)))
