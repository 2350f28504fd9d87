import numpy as np
import pytest

from numeric.random_features.any_activation import ExpressionFeatures, sphere_features
from numeric.random_features.simulation import Setting, default_times, predict, simulate
from numeric.random_features.sphere import SphereFeatures
from numeric.random_features.targets import parse_target
from w2s_theory.errors import InvalidInput
from w2s_theory.sphere.activations import RELU, monomial


def test_a_polynomial_is_the_one_with_the_closed_form():
    by_quadrature, exact = ExpressionFeatures("t**3", 5), SphereFeatures(monomial(3), 5)
    np.testing.assert_allclose(by_quadrature.coefficients[:4], exact.coefficients, atol=1e-14)
    assert by_quadrature.unfollowed_share == 0.0
    features = exact.draw(np.random.default_rng(0), 6)
    np.testing.assert_allclose(by_quadrature.gram(features), exact.gram(features), atol=1e-14)


def test_a_smooth_kernel_is_an_expectation():
    family = ExpressionFeatures("exp(t)", 3)
    assert family.unfollowed_share < 1e-13
    generator = np.random.default_rng(1)
    features, points = family.draw(generator, 4), family.draw(generator, 100_000)
    values = np.exp(points @ features.T)
    draws = values[:, :, None] * values[:, None, :]
    error = draws.std(axis=0) / np.sqrt(len(draws))
    assert np.all(np.abs(draws.mean(axis=0) - family.gram(features)) < 5 * error)


def test_what_is_not_followed_is_stated_and_small_in_the_losses():
    family, exact = ExpressionFeatures("max(t,0)", 6), SphereFeatures(RELU, 6)
    assert 1e-8 < family.unfollowed_share < 1e-4
    target = parse_target("degree:1,2")
    times = default_times(exact, target, 30)
    runs, reference = (simulate(Setting(f, target, (12,), None, 3, 0, times)) for f in (family, exact))
    np.testing.assert_allclose(runs.L_TE, reference.L_TE, rtol=100 * family.unfollowed_share)
    np.testing.assert_allclose(runs.L_ST, reference.L_ST, rtol=1e-3)
    predictions = [predict(Setting(f, target, (12,), None, 3, 0, times), 12) for f in (family, exact)]
    assert predictions[0].teacher_loss == pytest.approx(predictions[1].teacher_loss, rel=1e-3)


@pytest.mark.parametrize("expression", ["__import__('os')", "t +", "1/t", "t + s"])
def test_bad_expressions_are_refused(expression):
    with pytest.raises(InvalidInput):
        ExpressionFeatures(expression, 4)


def test_a_text_is_a_name_or_an_expression():
    assert sphere_features("relu", 4) == SphereFeatures(RELU, 4)
    assert sphere_features("t", 4) == ExpressionFeatures("t", 4)
    with pytest.raises(InvalidInput, match="unknown activation"):
        sphere_features("tanh", 4)
