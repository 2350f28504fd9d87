"""Estimates from Gaussian features agree with the numbers they were drawn with, and what does not fit is named."""

from __future__ import annotations

import numpy as np
import pytest

from numeric.subspaces.estimates import (
    FeatureEstimates,
    IntrinsicFeatures,
    correlation_dimension,
    estimate_features,
    intrinsic_features,
)
from numeric.subspaces.pairs import Floats, SubspacePair, aligned_pair
from w2s_theory.errors import InvalidInput

NAMES = ("d_sw", "noise", "rho_w", "rho_s", "seen", "unseen", "overlap")


def sampled(pair: SubspacePair, examples: int, noise: float, seed: int) -> FeatureEstimates:
    generator = np.random.default_rng(seed)
    z = generator.standard_normal((examples, len(pair.target)))
    mixing = generator.standard_normal((pair.weak.shape[1],) * 2)
    weak = intrinsic_features("weak", z @ pair.weak @ mixing, 1)
    strong = intrinsic_features("strong", z @ pair.strong, 1)
    labels = z @ pair.target + np.sqrt(noise) * generator.standard_normal(examples)
    return estimate_features(weak, strong, labels)


def test_estimates_have_the_true_means() -> None:
    pair = aligned_pair(6, 10, 2.5, rho_s=0.3, rho_w=0.2)
    true = pair.numbers(40, 40, 1.0)
    found = [sampled(pair, 200, 1.0, seed).numbers for seed in range(400)]
    values = np.array([[getattr(numbers, name) for name in NAMES] for numbers in found])
    errors = values.std(axis=0, ddof=1) / np.sqrt(len(values))
    expected = np.array([getattr(true, name) for name in NAMES])
    # Where a squared estimate is cut at 0 or corrected to first order only, a percent or two of bias is left.
    assert np.all(np.abs(values.mean(axis=0) - expected) < 4 * errors + 0.02 * expected)
    # The sample alone makes the spans look closer, by (6 - 2.5)(10 - 2.5)/200 = 0.13.
    uncorrected = [np.sum(sampled(pair, 200, 1.0, seed).cosines ** 2) for seed in range(20)]
    assert np.mean(uncorrected) > true.d_sw + 0.1


def test_misfits_outside_both_spans_count_as_noise_unless_the_noise_is_given() -> None:
    pair = aligned_pair(4, 6, 2, rho_s=0.5, rho_w=0.4, rho_both=0.3)
    generator = np.random.default_rng(0)
    z = generator.standard_normal((20_000, len(pair.target)))
    weak, strong = (intrinsic_features("", z @ basis, 1) for basis in (pair.weak, pair.strong))
    labels = np.column_stack([z @ pair.target, z @ pair.target])
    without = estimate_features(weak, strong, labels).numbers
    given = estimate_features(weak, strong, labels, noise=0.0).numbers
    # Two equal columns of labels double every square.
    assert (without.noise, without.rho_w, without.rho_s) == pytest.approx((0.6, 0.2, 0.4), abs=0.02)
    assert (given.noise, given.rho_w, given.rho_s) == pytest.approx((0.0, 0.8, 1.0), abs=0.03)


def test_equal_and_nested_spans_share_their_directions() -> None:
    features = np.random.default_rng(0).standard_normal((60, 7))
    whole = intrinsic_features("strong", features, 1)
    part = intrinsic_features("weak", features[:, :3], 1)
    assert estimate_features(part, whole).numbers.d_sw == pytest.approx(3)
    assert estimate_features(whole, whole).ambient_d_sw == pytest.approx(7)
    assert estimate_features(part, whole).ambient_d_sw == pytest.approx(3 * 7 / 7)


def test_independent_features_have_correlation_dimension_zero_on_average() -> None:
    generator = np.random.default_rng(1)
    found = []
    for _ in range(300):
        samples = (generator.standard_normal((80, width)) for width in (9, 14))
        cosines = estimate_features(*(intrinsic_features("", one, 1) for one in samples)).cosines
        found.append(float(np.sum(cosines**2)))
    assert np.mean(found) == pytest.approx(9 * 14 / 80, rel=0.02)
    assert correlation_dimension(np.sqrt(np.full(9, 14 / 80)), 9, 14, 80) == pytest.approx(0, abs=1e-12)


def test_the_intrinsic_dimension_is_the_fewest_components_with_the_share() -> None:
    left = np.linalg.qr(np.random.default_rng(0).standard_normal((50, 4)))[0]
    features = left * np.sqrt([90, 8, 1.5, 0.5])
    dimensions = [intrinsic_features("weak", features, share).dimension for share in (0.89, 0.97, 0.99, 1)]
    assert dimensions == [1, 2, 3, 4]


def test_with_an_intercept_the_constant_is_one_shared_dimension() -> None:
    generator = np.random.default_rng(0)
    weak, strong = (intrinsic_features("", 5 + generator.standard_normal((400, d)), 1, True) for d in (3, 4))
    estimates = estimate_features(weak, strong, 2 + generator.standard_normal(400))
    numbers = estimates.numbers
    assert (numbers.d_w, numbers.d_s) == (4, 5)
    assert numbers.d_sw == pytest.approx(1, abs=0.1)
    # The labels' mean is no misfit.
    assert numbers.noise == pytest.approx(1, abs=0.2)
    assert max(numbers.rho_w, numbers.rho_s) < 0.05


def test_constant_features_are_no_features_beside_an_intercept() -> None:
    with pytest.raises(InvalidInput, match="all constant"):
        intrinsic_features("weak", np.full((50, 3), 0.1), intercept=True)


def test_the_scale_of_features_does_not_matter() -> None:
    features = np.random.default_rng(0).standard_normal((40, 5)) * np.array([1, 2, 3, 4, 30])
    dimensions = [intrinsic_features("", scale * features).dimension for scale in (1e-200, 1, 1e200)]
    assert dimensions == [dimensions[0]] * 3


def gaussian(examples: int = 40, width: int = 3) -> IntrinsicFeatures:
    return intrinsic_features("", np.random.default_rng(width).standard_normal((examples, width)), 1)


@pytest.mark.parametrize(
    ("features", "words"),
    [
        (np.ones(4), "shape"),
        (np.empty((0, 3)), "shape"),
        (np.full((4, 2), np.nan), "not all finite"),
        (np.zeros((4, 2)), "all zero"),
        (np.ones((4, 2)), "rank-deficient: 1 of 2"),
        (np.random.default_rng(0).standard_normal((4, 6)), "rank-deficient: 4 of 6"),
    ],
)
def test_features_that_do_not_do_are_named(features: Floats, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        intrinsic_features("weak", features)


def test_samples_that_do_not_fit_are_named() -> None:
    with pytest.raises(InvalidInput, match=r"share of the trace is 1\.5"):
        intrinsic_features("weak", np.eye(3), 1.5)
    with pytest.raises(InvalidInput, match="40 rows and strong features 41"):
        estimate_features(gaussian(40), gaussian(41))
    with pytest.raises(InvalidInput, match="7 examples are too few"):
        estimate_features(gaussian(7), gaussian(7))
    for labels in (np.zeros(39), np.zeros((40, 2, 2)), np.zeros((40, 0))):
        with pytest.raises(InvalidInput, match="labels have shape"):
            estimate_features(gaussian(), gaussian(), labels)
    with pytest.raises(InvalidInput, match="labels are not all finite"):
        estimate_features(gaussian(), gaussian(), np.full(40, np.inf))
    with pytest.raises(InvalidInput, match="labels go up to"):
        estimate_features(gaussian(), gaussian(), np.full(40, 1e200))
    with pytest.raises(InvalidInput, match="sigma2"):
        estimate_features(gaussian(), gaussian(), noise=-1.0)
    with pytest.raises(InvalidInput, match="N = 4"):
        estimate_features(gaussian(), gaussian()).at(10, 4)


def test_columns_that_say_nothing_are_left_out() -> None:
    features = np.random.default_rng(0).standard_normal((30, 3))
    padded = np.insert(features, 1, 0.0, axis=1)
    found = intrinsic_features("weak", padded, 1)
    assert (found.dimension, found.idle, found.directions.shape) == (3, 1, (4, 3))
    assert intrinsic_features("weak", padded + 1, 1, intercept=True).idle == 1
    assert estimate_features(found, gaussian(30)).notes == (
        "left out 1 of the weak features' columns: zero throughout",
    )


def test_dependent_columns_are_allowed_on_request() -> None:
    features = np.random.default_rng(0).standard_normal((30, 3))
    doubled = intrinsic_features("weak", np.hstack([features, features]), 1, allow_dependent=True)
    assert (doubled.dimension, doubled.rank) == (3, 3)
