from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize

from numeric import learning_rules

seeds = st.integers(0, 10_000)


@given(seeds, st.integers(1, 4))
def test_the_teacher_is_the_orthogonal_projection(seed: int, width: int) -> None:
    random = np.random.default_rng(seed)
    features, target = random.normal(size=(5, width)), random.normal(size=5)
    teacher = learning_rules.least_squares_teacher(features, target)
    assert features.T @ (target - teacher) == pytest.approx(np.zeros(width), abs=1e-10)
    assert target @ teacher == pytest.approx(teacher @ teacher, abs=1e-10)


def assert_lasso_conditions(teacher: np.ndarray, dictionary: np.ndarray, penalty: float) -> None:
    """Fail unless 2 D^T (g - f) is within `penalty`, and so much shrinkage is just what the penalty buys."""
    student = learning_rules.lasso_student(teacher, dictionary, penalty)
    gap = teacher - student
    assert np.max(np.abs(dictionary.T @ gap)) <= penalty / 2 + 1e-9
    shortest = linprog(
        np.ones(2 * dictionary.shape[1]), A_eq=np.hstack([dictionary, -dictionary]), b_eq=student
    )
    assert student @ gap == pytest.approx(penalty / 2 * shortest.fun, abs=1e-6)


@st.composite
def lassos(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, float]:
    """Draw a teacher, a small integer dictionary without columns of zeros, and a penalty in eighths."""
    size = draw(st.integers(2, 5))
    rows = draw(
        st.lists(st.lists(st.integers(-4, 4), min_size=size, max_size=size), min_size=size, max_size=size)
    )
    teacher = draw(st.lists(st.integers(-12, 12), min_size=size, max_size=size))
    dictionary = np.array(rows, dtype=float)
    dictionary[np.diag_indices(size)] += np.diag(dictionary) == 0
    return np.array(teacher) / 3, dictionary, draw(st.integers(1, 65)) / 8


@settings(max_examples=300)
@given(lassos())
def test_drawn_lassos_meet_their_optimality_conditions(lasso: tuple[np.ndarray, np.ndarray, float]) -> None:
    assert_lasso_conditions(*lasso)


@pytest.mark.parametrize(
    "dictionary",
    [
        pytest.param([[1, 1], [1, 1.0001]], id="nearly parallel atoms"),
        pytest.param([[1, 1], [1, 1]], id="equal atoms"),
        pytest.param([[1, 2, -3], [2, 1, 3], [3, 3, 0]], id="dependent atoms"),
        pytest.param([[4, 4, 4], [4, 3, 4], [-4, -4, -3]], id="slow coordinate descent"),
    ],
)
@pytest.mark.parametrize("penalty", [1e-3, 0.125, 1.0, 1e6])
def test_lasso_with_awkward_dictionaries(dictionary: list[list[float]], penalty: float) -> None:
    columns = np.array(dictionary)
    assert_lasso_conditions(np.arange(1.0, len(columns) + 1), columns, penalty)


@given(seeds, st.floats(0.01, 3))
def test_lasso_meets_its_optimality_conditions(seed: int, penalty: float) -> None:
    random = np.random.default_rng(seed)
    dictionary, teacher = random.normal(size=(4, 3)), random.normal(size=4)
    assert_lasso_conditions(teacher, dictionary, penalty)
    student = learning_rules.lasso_student(teacher, dictionary, penalty)
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
