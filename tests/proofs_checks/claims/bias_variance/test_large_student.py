"""Simulated students against what exact symmetry and universality say of them."""

from __future__ import annotations

import numpy as np
import pytest

from proofs_checks.claims.bias_variance.large_student import draw_students

DRAWS = draw_students(64, 60, np.random.default_rng(3))


def test_the_loss_exceeds_the_square_by_the_distance_and_more() -> None:
    """Exactly, draw by draw averaged: L_ST - L_TE^2 - D = 2 L_TE (1 - L_TE) exp(-t lambda) >= 0."""
    teacher = DRAWS.teacher_losses.mean()
    rest = DRAWS.student_losses.mean(axis=0) - teacher**2 - DRAWS.distances.mean(axis=0)
    assert np.all(rest > -1e-12)
    assert np.all(np.diff(rest) < 1e-12)
    assert rest[0] == pytest.approx(2 * teacher * (1 - teacher), rel=0.05)


def test_the_misfit_falls_with_time() -> None:
    assert np.all(np.diff(DRAWS.misfits, axis=1) < 0)


def test_at_the_start_the_misfit_is_the_teacher_s_size() -> None:
    assert DRAWS.misfits[:, 0] == pytest.approx(1 - DRAWS.teacher_losses, rel=0.05)


def test_gap_and_misfit_nearly_agree_at_the_best_time() -> None:
    assert DRAWS.relative_discrepancy < 0.03
    assert DRAWS.student_losses[:, DRAWS.best].mean() < 0.1 * DRAWS.teacher_losses.mean()
