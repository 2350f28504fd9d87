"""Moments on the sphere at values known by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from sympy import Rational

from proofs_checks.claims.random_features.alignment_law import captured_shares, spherical_moment


@pytest.mark.parametrize(
    ("dimension", "width", "order", "value"),
    [
        (3, 1, 1, Rational(1, 3)),
        (3, 1, 2, Rational(1, 5)),
        (2, 1, 2, Rational(3, 8)),
        (4, 2, 3, Rational(1, 4)),
    ],
)
def test_moments_of_a_share_of_the_sphere(dimension: int, width: int, order: int, value: Rational) -> None:
    assert spherical_moment(dimension, width, order) == value


def test_captured_share_of_one_feature_is_a_squared_cosine() -> None:
    drawn = captured_shares(np.random.default_rng(0), 4000, 3, 1)
    # By Archimedes the cosine's size is uniform. False alarm: 1e-6, for a fixed seed.
    assert stats.ks_1samp(np.sqrt(drawn), stats.uniform.cdf).pvalue > 1e-6
