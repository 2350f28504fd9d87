from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from numeric import learning_rules

seeds = st.integers(0, 10_000)


@given(seeds, st.integers(1, 4))
def test_the_teacher_is_the_orthogonal_projection(seed: int, width: int) -> None:
    random = np.random.default_rng(seed)
    features, target = random.normal(size=(5, width)), random.normal(size=5)
    teacher = learning_rules.least_squares_teacher(features, target)
    assert features.T @ (target - teacher) == pytest.approx(np.zeros(width), abs=1e-10)
    assert target @ teacher == pytest.approx(teacher @ teacher, abs=1e-10)


@given(seeds, st.floats(0.01, 3))
def test_lasso_meets_its_optimality_conditions(seed: int, penalty: float) -> None:
    random = np.random.default_rng(seed)
    dictionary, teacher = random.normal(size=(4, 3)), random.normal(size=4)
    student = learning_rules.lasso_student(teacher, dictionary, penalty, sweeps=20_000)
    correlations = dictionary.T @ (teacher - student)
    assert np.max(np.abs(correlations)) <= penalty / 2 + 1e-8
    assert student @ student <= student @ teacher + 1e-10


def test_lasso_agrees_with_a_general_optimizer() -> None:
    random = np.random.default_rng(3)
    dictionary, teacher = random.normal(size=(4, 2)), random.normal(size=4)

    def objective(weights: np.ndarray) -> float:
        return float(np.sum((dictionary @ weights - teacher) ** 2) + 0.7 * np.sum(np.abs(weights)))

    found = minimize(objective, np.zeros(2), method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12})
    student = learning_rules.lasso_student(teacher, dictionary, 0.7)
    assert student == pytest.approx(dictionary @ found.x, abs=1e-6)


@given(seeds, st.floats(0.01, 5))
def test_the_norm_ball_holds_and_is_used_up(seed: int, radius: float) -> None:
    random = np.random.default_rng(seed)
    teacher, eigenvalues = random.normal(size=5), random.uniform(0.1, 3, size=5)
    student = learning_rules.norm_ball_student(teacher, eigenvalues, radius)
    norm = np.sqrt(np.sum(student**2 / eigenvalues))
    free = np.sqrt(np.sum(teacher**2 / eigenvalues))
    assert norm == pytest.approx(min(free, radius), rel=1e-6)
    assert student @ student <= student @ teacher + 1e-10


def test_projection_and_filter() -> None:
    teacher = np.array([1.0, 2.0])
    assert learning_rules.projected_student(teacher, np.array([3.0, 0.0])) == pytest.approx([1.0, 0.0])
    assert learning_rules.spectral_student(teacher, np.array([0.5, 0.0])) == pytest.approx([0.5, 0.0])
    assert learning_rules.loss(np.zeros(2), teacher) == 1.0
