"""Label budgets are where the exact risks cross."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numeric.subspaces.label_budgets import LabelBudget, budget_over_baseline, budget_over_teacher
from numeric.subspaces.pairs import aligned_pair
from numeric.subspaces.scans import synthetic_pair
from w2s_theory.geometry.subspaces import TwoSubspaces

MOST = 150
masses = st.sampled_from((0.0, 0.001, 0.01, 0.05, 0.3))


def gains(numbers: TwoSubspaces, baseline: bool) -> dict[int, float]:
    """How far the student's exact risk is below the other one, relative to it, for every n up to MOST."""
    found = {}
    for labelled in range(max(numbers.d_s, numbers.d_w) + 2, MOST):
        at = replace(numbers, labelled=labelled)
        other = at.baseline if baseline else at.teacher
        found[labelled] = float((other - at.student) / other)
    return found


@settings(max_examples=60)
@given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 8), st.integers(2, 80), masses, masses)
def test_budgets_are_those_of_the_exact_risks(
    d_s: int, d_w: int, eighths: int, beyond: int, rho_s: float, rho_w: float
) -> None:
    d_sw = min(d_s, d_w) * eighths / 9
    both = 0.0 if int(d_sw) + 1 < min(d_s, d_w) else max(rho_s, rho_w)
    pair = aligned_pair(d_s, d_w, d_sw, max(rho_s, both), max(rho_w, both), both)
    numbers = pair.numbers(50, d_s + beyond, 1.0)
    for baseline, budget in ((False, budget_over_teacher(numbers)), (True, budget_over_baseline(numbers))):
        first, last = (MOST, MOST) if budget is None else (budget.first, budget.last or MOST)
        for labelled, gain in gains(numbers, baseline).items():
            # At a tie rounding decides.
            assert gain > -1e-12 if first <= labelled <= last else gain < 1e-12


def test_without_misfit_the_student_always_beats_its_teacher_given_enough_pseudo_labels() -> None:
    pair = aligned_pair(5, 7, 2)
    assert budget_over_teacher(pair.numbers(20, 12, 1.0)) == LabelBudget(9, None)
    assert budget_over_teacher(pair.numbers(20, 11, 1.0)) is None


@pytest.mark.parametrize("unlabelled", [30, 300])
def test_a_misfit_of_the_student_ends_the_budget(unlabelled: int) -> None:
    numbers = aligned_pair(5, 7, 2, rho_s=0.01).numbers(20, unlabelled, 1.0)
    budget = budget_over_teacher(numbers)
    assert budget is not None
    assert budget.last is not None
    risks = [replace(numbers, labelled=n) for n in (budget.last, budget.last + 1)]
    assert risks[0].student < risks[0].teacher
    assert risks[1].student >= risks[1].teacher


def test_the_synthetic_experiment_at_low_noise_pays_up_to_1796_labels() -> None:
    numbers = [synthetic_pair(10).numbers(n, 4000, 4e-4) for n in (1796, 1797)]
    assert numbers[0].student < numbers[0].teacher
    assert numbers[1].student > numbers[1].teacher
    assert budget_over_teacher(synthetic_pair(10).numbers(2000, 4000, 4e-4)) == LabelBudget(202, 1796)
