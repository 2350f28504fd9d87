"""Measures of a student's log-probabilities: accuracy, risk, misfit, and where a path is stopped.

Source: Xu et al. 2025 for gap, misfit and cross term; the stopping rules are ours.
"""

from __future__ import annotations

import numpy as np

from numeric.classification.data import Integers
from numeric.classification.losses import Floats

MEASURES = ("accuracy", "risk", "entropy", "misfit", "cross_term")
TEACHER_MEASURES = ("accuracy", "risk", "entropy")
RULES = ("validation_risk", "validation_accuracy", "teacher_labels", "end")
"""Stopping rules: least risk and most accuracy on labelled validation points, least own loss there against the teacher's
labels (all that a user without labels has), and the end of the path."""


def accuracy(log_probabilities: Floats, truth: Integers) -> Floats:
    """Return the share of points (points, ..., classes) whose largest probability is the true class's, shape (...).

    Of c classes that tie for the largest each counts 1/c, the expected accuracy of a random choice among them.
    """
    largest = log_probabilities == log_probabilities.max(axis=-1, keepdims=True)
    hit = _at(largest, truth) / largest.sum(axis=-1)
    return np.asarray(hit.mean(axis=0))


def risk(log_probabilities: Floats, truth: Integers) -> Floats:
    """Return the mean cross-entropy of the true classes, in nats, shape (...)."""
    return np.asarray(-_at(log_probabilities, truth).mean(axis=0))


def student_measures(log_student: Floats, mean_log_teacher: Floats, truth: Integers) -> Floats:
    """Return the `MEASURES` of students (points, students, classes), shape (measures, students).

    With D(x, y) = KL(x || y), g the true class as a distribution, s the student, w its teachers, and log E^[w] the mean
    of log w up to what normalizes it: the misfit is E D(s, w), the cross term E <log s - log E^[w], g - s> (BV, the gap
    in its dual form), and E D(g, w) - E D(g, s) = misfit + cross term exactly, on any points and for any teachers.
    """
    student = np.exp(log_student)
    difference = log_student - mean_log_teacher
    own = np.einsum("...k,...k->...", student, difference)
    return np.stack(
        [
            accuracy(log_student, truth),
            risk(log_student, truth),
            -np.einsum("psk,psk->s", student, log_student) / len(truth),
            own.mean(axis=0),
            (_at(difference, truth) - own).mean(axis=0),
        ]
    )


def teacher_measures(teachers: Floats, truth: Integers) -> Floats:
    """Return the `TEACHER_MEASURES` of teachers (teachers, points, classes) with labels > 0, mean over teachers."""
    logs = np.log(np.swapaxes(teachers, 0, 1))
    entropy = -np.sum(np.exp(logs) * logs, axis=-1)
    return np.array([accuracy(logs, truth).mean(), risk(logs, truth).mean(), entropy.mean()])


def stopping_points(risks: Floats, accuracies: Floats, own_losses: Floats) -> Integers:
    """Return the index of the time at which each of `RULES` stops, shape (students, rules), from (students, times).

    Among times of equal accuracy the one of least risk is taken, and always the first of equals.
    """
    best = accuracies == accuracies.max(axis=1, keepdims=True)
    columns = [
        risks.argmin(axis=1),
        np.where(best, risks, np.inf).argmin(axis=1),
        own_losses.argmin(axis=1),
        np.full(len(risks), risks.shape[1] - 1),
    ]
    return np.stack(columns, axis=1)


def _at(values: Floats, truth: Integers) -> Floats:
    """Return values (points, ..., classes) at the true classes, shape (points, ...)."""
    index = truth.reshape(-1, *[1] * (values.ndim - 1))
    return np.asarray(np.take_along_axis(values, index, axis=-1)[..., 0])
