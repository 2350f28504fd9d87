import dataclasses

import numpy as np
import pytest

from numeric.random_features.linear import LinearFeatures
from numeric.random_features.sphere import SphereFeatures
from numeric.random_features.targets import parse_target
from numeric.random_features.teachers import SingularGramWarning, fit_teacher
from w2s_theory.spectra.families import Finite
from w2s_theory.sphere.activations import named_activation

RELU_5 = SphereFeatures(named_activation("relu"), 5)
MIXED = parse_target("degree:1=0.7,2=0.3")


def draw(family, width, seed=0):
    return family.draw(np.random.default_rng(seed), width)


def test_the_teacher_is_the_population_least_squares_fit():
    features = draw(RELU_5, 40)
    teacher = fit_teacher(RELU_5, MIXED, features)
    points = draw(RELU_5, 300_000, seed=1)
    target = np.sqrt(0.7 * 5) * points[:, 0] + np.sqrt(0.3 * 14) * (5 * points[:, 0] ** 2 - 1) / 4
    values = np.maximum(points @ features.T, 0)
    fitted, *_ = np.linalg.lstsq(values, target, rcond=None)
    assert teacher.loss == pytest.approx(np.mean((values @ fitted - target) ** 2), rel=0.01)
    assert teacher.loss == pytest.approx(np.mean((values @ teacher.weights - target) ** 2), rel=0.01)


def test_any_other_weights_do_worse_by_their_distance():
    """L(w) = 1 - 2 b'w + w'Gw has its minimum at the teacher, where the gradient G w - b vanishes."""
    teacher = fit_teacher(RELU_5, MIXED, draw(RELU_5, 12))
    right_side = sum(
        part.mass**0.5 * RELU_5.correlations(teacher.features, part) for part in MIXED.components
    )
    shift = np.random.default_rng(2).standard_normal(12)
    weights = teacher.weights + shift
    loss = 1 - 2 * right_side @ weights + weights @ teacher.gram @ weights
    assert loss - teacher.loss == pytest.approx(shift @ teacher.gram @ shift, rel=1e-10)


def test_alignment_is_the_loss_for_a_one_dimensional_space():
    family = LinearFeatures(Finite((1, 0.1), (1, 60)))
    teacher = fit_teacher(family, parse_target("level:0"), draw(family, 20))
    assert teacher.alignment() == pytest.approx(teacher.loss, rel=1e-12)


def test_alignment_is_the_sine_of_the_largest_principal_angle():
    family = LinearFeatures(Finite((1, 0.1), (3, 60)))
    teacher = fit_teacher(family, parse_target("level:0"), draw(family, 20))
    basis, _ = np.linalg.qr(np.asarray(teacher.features).T)
    cosines = np.linalg.svd(basis[:3], compute_uv=False)
    assert teacher.alignment() == pytest.approx(1 - cosines[-1] ** 2, rel=1e-12)
    assert teacher.alignment() >= teacher.loss


def test_too_narrow_a_teacher_misses_part_of_the_space():
    assert fit_teacher(RELU_5, MIXED, draw(RELU_5, 3)).alignment() == 1.0


def test_a_singular_gram_matrix_gives_the_minimum_norm_solution_and_a_warning():
    family = LinearFeatures(Finite((1, 0.5), (2, 4)))
    features = draw(family, 9)
    with pytest.warns(SingularGramWarning, match="minimum-norm"):
        teacher = fit_teacher(family, parse_target("level:0"), features)
    smallest, *_ = np.linalg.lstsq(features.T, np.eye(6)[0], rcond=None)
    np.testing.assert_allclose(teacher.weights, smallest, atol=1e-11)
    assert abs(teacher.loss) < 1e-12
    assert teacher.alignment() < 1e-12


def test_a_repeated_feature_is_singular_too():
    features = draw(RELU_5, 6)
    doubled = np.concatenate([features, features[:1]])
    with pytest.warns(SingularGramWarning):
        teacher = fit_teacher(RELU_5, MIXED, doubled)
    assert teacher.loss == pytest.approx(fit_teacher(RELU_5, MIXED, features).loss, rel=1e-10)


def test_an_invisible_target_leaves_the_teacher_at_zero():
    target = parse_target("degree:1=0.5,3=0.5")
    teacher = fit_teacher(RELU_5, target, draw(RELU_5, 30))
    assert 0.5 < teacher.loss < 1
    assert fit_teacher(RELU_5, parse_target("degree:3"), draw(RELU_5, 30)).loss == 1.0


def test_single_precision_is_within_its_stated_error():
    single = dataclasses.replace(RELU_5, backend=dataclasses.replace(RELU_5.backend, precision="single"))
    features = draw(RELU_5, 60)
    exact = fit_teacher(RELU_5, MIXED, features)
    rough = fit_teacher(single, MIXED, single.backend.asarray(features))
    assert str(rough.gram.dtype) == "float32"
    error = abs(rough.loss - exact.loss)
    assert 1e-10 < error < 2 * exact.loss**0.5 * rough.rounding_error + rough.rounding_error**2
