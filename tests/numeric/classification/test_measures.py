"""Accuracy with ties, stopping rules, and the identity of gap, misfit and cross term on drawn laws."""

from __future__ import annotations

import numpy as np
import pytest

from numeric.classification.measures import (
    MEASURES,
    accuracy,
    risk,
    stopping_points,
    student_measures,
    teacher_measures,
)


def test_a_tie_counts_as_a_guess_among_the_tied() -> None:
    logs = np.log([[0.4, 0.4, 0.2], [0.2, 0.4, 0.4], [0.2, 0.2, 0.6], [1 / 3, 1 / 3, 1 / 3]])
    assert accuracy(logs, np.array([0, 0, 2, 1])) == pytest.approx((1 / 2 + 0 + 1 + 1 / 3) / 4)


@pytest.mark.parametrize("dependent", [False, True])
def test_the_gap_is_misfit_and_cross_term_for_any_teachers_and_students(dependent: bool) -> None:
    generator = np.random.default_rng(0)
    teachers = generator.dirichlet(np.full(4, 0.5), size=(6, 50)) * (1 - 4e-6) + 1e-6
    if dependent:
        students = np.exp(0.7 * np.log(teachers[:3]))
        students /= students.sum(axis=-1, keepdims=True)
    else:
        students = generator.dirichlet(np.ones(4), size=(3, 50))
    truth = generator.integers(4, size=50)
    log_students = np.log(np.swapaxes(students, 0, 1))
    mean_logs = np.repeat(np.log(teachers).mean(axis=0)[:, None], 3, axis=1)
    found = dict(zip(MEASURES, student_measures(log_students, mean_logs, truth), strict=True))
    gap = teacher_measures(teachers, truth)[1] - found["risk"]
    assert gap == pytest.approx(found["misfit"] + found["cross_term"], rel=1e-12)
    # The parts themselves, from their definitions.
    divergence = np.sum(students[:, None] * np.log(students[:, None] / teachers), axis=-1)
    assert found["misfit"] == pytest.approx(divergence.mean(axis=(1, 2)))
    assert found["entropy"] == pytest.approx(-np.sum(students * np.log(students), axis=-1).mean(axis=1))
    assert abs(found["cross_term"]).max() > 0.1


def test_a_student_at_the_geometric_mean_has_no_cross_term() -> None:
    generator = np.random.default_rng(1)
    mean_logs = np.log(generator.dirichlet(np.ones(3), size=(5, 40))).mean(axis=0)
    student = np.exp(mean_logs)
    student /= student.sum(axis=-1, keepdims=True)
    found = student_measures(np.log(student)[:, None], mean_logs[:, None], generator.integers(3, size=40))
    assert abs(found[MEASURES.index("cross_term")]) < 1e-14
    assert found[MEASURES.index("misfit")] > 0.01


def test_risk_is_the_mean_surprise_at_the_truth() -> None:
    assert risk(np.log([[0.5, 0.5], [0.1, 0.9]]), np.array([0, 1])) == pytest.approx(
        -(np.log(0.5) + np.log(0.9)) / 2
    )


def test_rules_stop_at_their_own_best_and_first_of_equals() -> None:
    risks = np.array([[3.0, 1.0, 2.0, 1.0, 4.0]])
    accuracies = np.array([[0.5, 0.6, 0.7, 0.7, 0.7]])
    own = np.array([[5.0, 4.0, 3.0, 3.0, 3.5]])
    assert stopping_points(risks, accuracies, own).tolist() == [[1, 3, 2, 4]]
