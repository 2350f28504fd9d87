import numpy as np
import pytest

from numeric.random_features.power_laws import fit_power_law
from w2s_theory.errors import InvalidInput


def noisy_power_law(generator, exponent=1.7, draws=20):
    x = np.geomspace(0.01, 1, 5)[:, None] * generator.lognormal(0, 0.1, (5, draws))
    return x, 3 * x**exponent * generator.lognormal(0, 0.2, (5, draws))


def test_an_exact_power_law_is_recovered():
    x = np.geomspace(1e-3, 1, 4)[:, None] * np.ones(6)
    fit = fit_power_law(x, 0.5 * x**1.49)
    assert fit.exponent == pytest.approx(1.49, rel=1e-12)
    assert fit.constant == pytest.approx(0.5, rel=1e-12)
    np.testing.assert_allclose(fit(x), 0.5 * x**1.49)


def test_the_interval_covers_the_truth_about_as_often_as_it_says():
    """95% nominal over 60 data sets; the chance of fewer than 48 at 90% true coverage is below 1%."""
    generator = np.random.default_rng(0)
    fits = [fit_power_law(*noisy_power_law(generator), seed=k) for k in range(60)]
    covered = sum(fit.low <= 1.7 <= fit.high for fit in fits)
    assert 48 <= covered < 60
    assert not any(fit.low <= 2 <= fit.high for fit in fits)


def test_one_draw_has_no_interval():
    x = np.geomspace(0.01, 1, 5)[:, None]
    assert np.isnan(fit_power_law(x, x**2).low)


def test_losses_must_be_positive_and_several():
    with pytest.raises(InvalidInput, match="two or more"):
        fit_power_law(np.ones((1, 3)), np.ones((1, 3)))
    with pytest.raises(InvalidInput, match="positive mean"):
        fit_power_law(np.ones((2, 3)), np.zeros((2, 3)))
