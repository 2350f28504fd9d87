import numpy as np
import pytest

from numeric.arrays.backends import NUMPY
from numeric.random_features.gradient_flow import FlowModes, check_times, finite_student_modes, loss_error
from numeric.random_features.sphere import SphereFeatures
from numeric.random_features.targets import parse_target
from numeric.random_features.teachers import fit_teacher
from w2s_theory.errors import InvalidInput
from w2s_theory.sphere.activations import named_activation

FAMILY = SphereFeatures(named_activation("relu"), 8)
TARGET = parse_target("degree:1")
TIMES = np.geomspace(1, 1e7, 120)


def teacher(width=24, seed=0):
    return fit_teacher(FAMILY, TARGET, FAMILY.draw(np.random.default_rng(seed), width))


def dense_modes(gram, labels, target):
    values, vectors = np.linalg.eigh(gram / len(gram))
    along_labels, along_target = (vectors.T @ v / np.sqrt(len(gram)) for v in (labels, target))
    return FlowModes(values, along_labels * along_target / values, along_labels**2 / values)


def student(width, teachers):
    features = FAMILY.draw(np.random.default_rng(7), width)
    labels = np.stack([FAMILY.kernel(features, t.features) @ t.weights for t in teachers])
    return FAMILY.gram(features), labels, FAMILY.correlations(features, TARGET.components[0])


def test_the_infinitely_wide_student_starts_at_zero_and_overtrains_to_the_teacher():
    modes = teacher().infinite_student_modes(longest_time=np.inf)
    losses = modes.losses(np.array([0.0, 1e40]))
    assert losses[0] == 1.0
    assert losses[1] == pytest.approx(teacher().loss, abs=1e-6 + modes.remainder)


def test_lanczos_agrees_with_all_eigenvectors_for_every_teacher_at_once():
    teachers = [teacher(24, 0), teacher(60, 1)]
    gram, labels, target = student(700, teachers)
    found = finite_student_modes(gram, labels, target, NUMPY, TIMES[-1])
    for modes, row in zip(found, labels, strict=True):
        exact = dense_modes(gram, row, target)
        np.testing.assert_allclose(modes.losses(TIMES), exact.losses(TIMES), rtol=0, atol=1e-13)
        assert len(modes.rates) < 200
        assert modes.lanczos_error(TIMES)[-1] < 1e-12


def test_the_lanczos_error_bounds_the_error_of_a_run_cut_short():
    gram, labels, target = student(300, [teacher()])
    exact = dense_modes(gram, labels[0], target).losses(TIMES)
    short = finite_student_modes(gram, labels, target, NUMPY, longest_time=2e3)[0]
    assert len(short.rates) < 40
    error = np.abs(short.losses(TIMES) - exact)
    bound = loss_error(exact, short.lanczos_error(TIMES))
    assert error.max() > 1e-6
    assert np.all(error <= bound + 1e-13)


def test_the_wide_student_tends_to_the_infinitely_wide_one():
    one = teacher()
    infinite = one.infinite_student_modes(longest_time=1e4).losses(TIMES[:60])
    errors = []
    for width in (200, 3200):
        modes = finite_student_modes(*student(width, [one]), NUMPY, TIMES[59])[0]
        errors.append(np.abs(modes.losses(TIMES[:60]) - infinite).max())
    assert errors[1] < 0.5 * errors[0]


def test_the_flow_is_the_limit_of_gradient_descent():
    gram, labels, target = student(50, [teacher()])
    kernel, start = gram / 50, labels[0] / np.sqrt(50)
    modes = finite_student_modes(gram, labels, target, NUMPY, 500.0)[0]
    weights, step = np.zeros(50), 0.01
    for _ in range(50_000):
        weights += step * (start - kernel @ weights)
    descended = 1 - 2 * weights @ target / np.sqrt(50) + weights @ kernel @ weights
    assert descended == pytest.approx(modes.losses(np.array([500.0]))[0], rel=1e-4)


def test_the_best_time_is_between_grid_points():
    modes = teacher().infinite_student_modes(longest_time=1e5)
    coarse, fine = np.geomspace(10, 1e5, 15), np.geomspace(10, 1e5, 40_001)
    time, loss = modes.best(coarse)
    assert loss == pytest.approx(modes.losses(fine).min(), rel=1e-6)
    assert loss <= modes.losses(coarse).min()
    assert time == pytest.approx(fine[np.argmin(modes.losses(fine))], rel=1e-2)


def test_a_student_of_the_target_itself_is_no_student_of_the_teacher():
    """The wrong simulation, flow on f* instead of f_TE, is far away at the end."""
    one = teacher()
    honest = one.infinite_student_modes(longest_time=np.inf)
    wrong = FlowModes(np.array([FAMILY.eigenvalue(1)]), np.ones(1), np.ones(1))
    assert wrong.losses(np.array([1e9]))[0] < 1e-12
    assert honest.losses(np.array([1e9]))[0] > 0.5 * one.loss


@pytest.mark.parametrize("times", [[], [-1.0, 2.0], [1.0, np.nan], [1.0, 1.0], [2.0, 1.0], [np.inf]])
def test_times_are_checked(times):
    with pytest.raises(InvalidInput, match="stopping times"):
        check_times(times)
