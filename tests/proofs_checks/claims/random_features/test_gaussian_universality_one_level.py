from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from sympy import Rational

from proofs_checks.claims.random_features.gaussian_universality import Levels
from proofs_checks.claims.random_features.gaussian_universality_one_level import (
    WIDTH,
    averaged_losses,
    losses_at_one_level,
    losses_of_gaussian_features,
)
from proofs_checks.evidence import Finding, Verdict
from proofs_checks.registry import Context
from w2s_theory.claim import Claim
from w2s_theory.claims.random_features.gaussian_universality import UNIVERSALITY
from w2s_theory.relations import with_sides

CONTEXT = Context(seed=3, examples=1000, seconds=30)


@pytest.mark.parametrize("check", [losses_at_one_level, losses_of_gaussian_features])
@pytest.mark.parametrize("part", ["teacher", "student"])
@pytest.mark.parametrize("factor", [Rational(101, 100), Rational(99, 100)])
def test_a_hundredth_shows_on_either_side(
    check: Callable[[Claim, Context], Finding], part: str, factor: Rational
) -> None:
    stated = UNIVERSALITY.relation(part)
    assert check(UNIVERSALITY, CONTEXT).verdict is Verdict.SUPPORTED
    for changed in (
        with_sides(stated, stated.lhs, factor * stated.rhs),
        with_sides(stated, factor * stated.lhs, stated.rhs),
    ):
        assert check(UNIVERSALITY.replacing({stated: changed}), CONTEXT).verdict is Verdict.REFUTED


def test_the_average_over_a_level_is_the_mean_over_its_coordinates() -> None:
    levels = Levels(np.array([1.0, 0.3]), np.array([60.0, 80.0]), np.array([0.7, 0.3]), 1.0)
    teacher, student = averaged_losses(levels, np.random.default_rng(0))
    eigenvalues = np.repeat(levels.eigenvalues, [60, 80])
    features = np.random.default_rng(0).standard_normal((140, WIDTH)) * np.sqrt(eigenvalues)[:, None]
    projection = features @ np.linalg.pinv(features)
    weights = np.repeat(levels.masses / levels.multiplicities, [60, 80])
    assert teacher == pytest.approx(float(np.sum(weights * (1 - np.diag(projection)))))
    learned = 1 - np.exp(-0.5 * eigenvalues)
    errors = np.eye(140) - learned[:, None] * projection
    assert student[1] == pytest.approx(float(np.sum(weights * np.sum(errors**2, axis=0))))
