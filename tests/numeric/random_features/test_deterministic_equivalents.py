import mpmath
import numpy as np
import pytest
from sympy import Integer

from numeric.random_features.deterministic_equivalents import DeterministicEquivalent, solve_log_kappa
from w2s_theory.errors import InvalidInput
from w2s_theory.spectra import universality
from w2s_theory.spectra.families import Sphere
from w2s_theory.sphere.activations import RELU

LINEAR = [0.0, 1.0]


def relu(dimension: int, degrees: int):
    return Sphere(RELU, Integer(dimension)).log_levels(degrees)


def at_width(dimension, width, masses=LINEAR, degrees=20001):
    return DeterministicEquivalent.at_width(*relu(dimension, degrees), masses, width)


def multiprecision(log_eigenvalues, log_multiplicities, masses):
    """The same spectrum as exact binary numbers, for the formulas of `w2s_theory.spectra.universality`."""
    return [
        universality.Level(mpmath.exp(a), mpmath.exp(b), mass)
        for a, b, mass in zip(log_eigenvalues, log_multiplicities, masses, strict=True)
        if np.isfinite(a)
    ]


@pytest.mark.parametrize(
    ("width", "teacher", "student"),
    [(32, 0.4512, 0.2990), (128, 0.0901, 0.01175), (512, 0.00971, 1.95e-4)],
)
def test_printed_predictions_at_dimension_32(width, teacher, student):
    equivalent = at_width(32, width)
    assert equivalent.teacher_loss == pytest.approx(teacher, rel=5e-3 / teacher * 0.01 + 2e-3)
    assert equivalent.best_student_loss == pytest.approx(student, rel=2e-3)


def test_printed_kappa_at_dimension_4():
    assert at_width(4, 1e6, degrees=100001).kappa == pytest.approx(2.778e-14, rel=2e-4)


@pytest.mark.parametrize(("dimension", "ratio"), [(6, 1.712125), (12, 1.828303)])
def test_printed_ratio_of_a_target_on_two_degrees(dimension, ratio):
    equivalent = at_width(dimension, 1e8, [0, 0.5, 0.5])
    assert equivalent.best_student_loss / equivalent.teacher_loss**2 == pytest.approx(ratio, abs=1.5e-6)


@pytest.mark.parametrize(
    ("width", "excess"), [(1e4, 5.55e-2), (1e5, 7.42e-3), (1e6, 9.22e-4), (1e7, 1.10e-4)]
)
def test_printed_approach_to_the_quadratic_limit(width, excess):
    equivalent = at_width(8, width)
    assert equivalent.best_student_loss / equivalent.teacher_loss**2 - 1 == pytest.approx(excess, rel=1e-3)


def test_every_observable_agrees_with_multiprecision():
    logs = relu(16, 41)
    masses = [0.25, 0.5, 0.25] + [0.0] * 38
    equivalent = DeterministicEquivalent.at_width(*logs, masses, 300)
    with mpmath.workdps(40):
        levels = multiprecision(*logs, masses)
        kappa = mpmath.findroot(
            lambda x: universality.degrees_of_freedom(levels, mpmath.exp(x)) - 300, equivalent.log_kappa
        )
        kappa = mpmath.exp(kappa)
        times = [0.0, 10.0, 3000.0, 1e5]
        flows = [universality.gradient_flow(mpmath.mpf(t), mpmath.exp, mpmath.expm1) for t in times]
        curve = [float(universality.student_loss(levels, kappa, flow)) for flow in flows]
        ridge = float(universality.student_loss(levels, kappa, universality.ridge(mpmath.mpf("1e-4"))))
        exact = {
            "kappa": kappa,
            "teacher_loss": universality.teacher_loss(levels, kappa),
            "mean_teacher_loss": universality.mean_teacher_loss(levels, kappa),
            "teacher_variance": universality.teacher_variance(levels, kappa),
        }
    for name, value in exact.items():
        assert getattr(equivalent, name) == pytest.approx(float(value), rel=1e-12)
    np.testing.assert_allclose(equivalent.student_loss(times), curve, rtol=1e-12)
    eigenvalues = np.exp(equivalent.log_eigenvalues)
    filtered = equivalent.filtered_loss(eigenvalues / (eigenvalues + 1e-4), 1e-4 / (eigenvalues + 1e-4))
    assert filtered == pytest.approx(ridge, rel=1e-12)


def test_a_student_that_copies_its_teacher_has_its_loss():
    equivalent = at_width(32, 128)
    assert equivalent.filtered_loss(np.ones(20001)) == pytest.approx(equivalent.teacher_loss, rel=1e-13)
    assert equivalent.student_loss(0.0) == pytest.approx(1.0)


def test_the_optimal_time_beats_its_neighbours():
    equivalent = at_width(8, 1e3)
    times = equivalent.optimal_time * np.geomspace(1e-3, 1e3, 2001)
    best = equivalent.best_student_loss
    assert best <= equivalent.student_loss(times).min() * (1 + 1e-13)
    assert equivalent.recovered_gap(best) == pytest.approx(1 - best / equivalent.teacher_loss)


def test_kappa_s_of_one_level_is_the_teacher_loss():
    equivalent = at_width(16, 200)
    assert equivalent.misalignment([1]) == pytest.approx(equivalent.teacher_loss, rel=1e-15)


def test_multiplicities_of_1e300_and_degrees_of_1e5():
    log_eigenvalues = np.array([0.0, -700.0])
    log_multiplicities = np.array([0.0, 300 * np.log(10)])
    equivalent = DeterministicEquivalent.at_width(log_eigenvalues, log_multiplicities, [1.0], 1e200)
    assert equivalent.log_kappa == pytest.approx(-700 + 100 * np.log(10), rel=1e-12)


def test_degrees_of_1e5_in_dimension_1e6():
    """Degrees >= 2 lie far below kappa, so only their trace counts: 1/(2d) less that of degrees 0 and 1."""
    d, width = 1e6, 1e7
    log_eigenvalues, log_multiplicities = relu(10**6, 100_001)
    top = np.exp(log_eigenvalues[:2])
    tail = 1 / (2 * d) - top[0] - d * top[1]
    equivalent = DeterministicEquivalent.at_width(log_eigenvalues, log_multiplicities, LINEAR, width)
    kappa = equivalent.kappa
    count = top[0] / (top[0] + kappa) + d * top[1] / (top[1] + kappa) + tail / kappa
    assert 0 < count / width - 1 < np.exp(log_eigenvalues[2]) / kappa < 2e-5


def test_many_widths_at_once():
    logs = relu(32, 401)
    widths = np.array([[16.0, 64.0], [256.0, 1e5]])
    log_kappa = solve_log_kappa(*logs, widths)
    assert log_kappa.shape == (2, 2)
    assert log_kappa[1, 0] == pytest.approx(float(solve_log_kappa(*logs, 256.0)), rel=1e-15)


@pytest.mark.parametrize("width", [0.0, 10.0, 11.0, -1.0, np.nan, np.inf])
def test_a_width_outside_the_rank_is_refused(width):
    with pytest.raises(InvalidInput, match=r"rank|>= 0"):
        solve_log_kappa([0.0, -1.0, -np.inf], np.log([2.0, 8.0, 5.0]), width)


@pytest.mark.parametrize(
    ("masses", "message"), [([0.5, 0.4], "sum to"), ([2.0, -1.0], "sum to"), ([0.25] * 4, "at most one")]
)
def test_bad_targets_are_refused(masses, message):
    with pytest.raises(InvalidInput, match=message):
        DeterministicEquivalent.at_width([0.0, -1.0, -2.0], [0.0, 1.0, 1.0], masses, 2.0)


def test_levels_that_do_not_fit_are_refused():
    with pytest.raises(InvalidInput, match="shape"):
        solve_log_kappa([0.0, -1.0], [0.0], 0.5)
    with pytest.raises(InvalidInput, match="finite"):
        solve_log_kappa([np.inf], [0.0], 0.5)
