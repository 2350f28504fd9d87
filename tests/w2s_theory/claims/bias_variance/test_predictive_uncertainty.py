"""Gradient flow on reverse cross-entropy, solved numerically, against its change of time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

Floats = NDArray[np.float64]
TEACHERS = {2: (0.8, 0.2), 3: (0.7, 0.2, 0.1)}


def flow(loss: str, teacher: Sequence[float], certainty: float, times: Floats) -> Floats:
    """Return the student's logits, shape (classes, times), by the loss's gradient through softmax's Jacobian."""
    label = certainty * np.asarray(teacher) + (1 - certainty) / len(teacher)

    def descend(_time: float, logits: Floats) -> Floats:
        p = np.exp(logits - logits.max())
        p /= p.sum()
        slope = -np.log(label) if loss == "RCE" else -label / p
        return np.asarray(-p * (slope - p @ slope))

    start = np.linspace(-1.0, 1.0, len(teacher))
    solution = solve_ivp(
        descend, (0, times[-1]), start, t_eval=times, method="DOP853", rtol=1e-11, atol=1e-13
    )
    return np.asarray(solution.y)


def speed(certainty: float) -> float:
    label = certainty * TEACHERS[2][0] + (1 - certainty) / 2
    return float(np.log(label / (1 - label)))


@pytest.mark.parametrize("certainty", [0.05, 0.5, 0.9])
def test_two_classes_follow_one_path_at_the_speed_of_the_log_odds(certainty: float) -> None:
    times = np.linspace(0.0, 20.0, 11)
    sure = flow("RCE", TEACHERS[2], 1.0, times * speed(certainty) / speed(1.0))
    assert flow("RCE", TEACHERS[2], certainty, times) == pytest.approx(sure, abs=1e-8)


def test_the_clock_of_two_logits_runs_at_twice_the_log_odds() -> None:
    """z = z_1 - z_2 has both logits' gradients; T(z) = 2 z + exp(z) - exp(-z)."""
    times = np.linspace(0.0, 30.0, 7)
    first, second = flow("RCE", TEACHERS[2], 0.5, times)
    z = first - second
    clock = 2 * z + np.exp(z) - np.exp(-z)
    assert clock - clock[0] == pytest.approx(2 * speed(0.5) * times, rel=1e-8)


def test_the_student_saturates_like_one_over_time() -> None:
    times = np.array([0.0, 1e4, 2e4])
    first, second = flow("RCE", TEACHERS[2], 0.5, times)
    doubt = 1 / (1 + np.exp(first - second))
    assert doubt[1] / doubt[2] == pytest.approx(2.0, rel=0.01)


def test_by_cross_entropy_the_end_moves_with_the_certainty() -> None:
    times = np.array([0.0, 200.0])
    for certainty in (0.3, 1.0):
        first, second = flow("CE", TEACHERS[2], certainty, times)[:, -1]
        label = certainty * TEACHERS[2][0] + (1 - certainty) / 2
        assert 1 / (1 + np.exp(second - first)) == pytest.approx(label, abs=1e-9)


def test_three_classes_follow_different_paths() -> None:
    """The nearest point of the sure teacher's path to a point of the unsure teacher's is well off it."""
    sure = flow("RCE", TEACHERS[3], 1.0, np.linspace(0.0, 30.0, 3001))
    unsure = flow("RCE", TEACHERS[3], 0.1, np.array([0.0, 40.0]))[:, -1]
    assert np.linalg.norm(sure - unsure[:, None], axis=0).min() > 0.05
