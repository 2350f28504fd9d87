"""Summaries of simulated risks: quotients of means with their errors, beside exact values and bounds."""

from __future__ import annotations

import numpy as np
import pytest

from numeric.subspaces.pairs import aligned_pair
from numeric.subspaces.risks import simulate_ridgeless
from numeric.subspaces.summary import summarize_ridgeless


def test_means_and_quotients_lie_near_the_exact_values() -> None:
    pair = aligned_pair(4, 7, 1.5, rho_s=0.1, rho_w=0.2, rho_both=0.05)
    numbers = pair.numbers(30, 25, 0.5)
    rows = summarize_ridgeless(simulate_ridgeless(pair, 30, 25, 0.5, 8000, 2), numbers)
    assert list(rows) == ["ER_w", "ER_w2s", "ER_w2s_in_sample", "ER_s", "ER_c", "PGR", "OPR"]
    for row in rows.values():
        mean, error, exact = row["mean"], row["standard_error"], row["exact"]
        assert mean is not None
        assert error is not None
        assert exact is not None
        assert abs(mean - exact) < 4 * error


def test_errors_of_quotients_are_those_of_repeated_simulations() -> None:
    pair = aligned_pair(3, 5, 1)
    numbers = pair.numbers(25, 20, 1.0)
    rows = [summarize_ridgeless(simulate_ridgeless(pair, 25, 20, 1.0, 300, s), numbers) for s in range(200)]
    for name in ("PGR", "OPR"):
        means = np.array([row[name]["mean"] for row in rows])
        errors = np.array([row[name]["standard_error"] for row in rows])
        assert means.std(ddof=1) == pytest.approx(errors.mean(), rel=0.2)


def test_without_noise_in_both_spans_nothing_is_divided() -> None:
    pair = aligned_pair(3, 5, 1, signal=0.0)
    runs = simulate_ridgeless(pair, 25, 20, 0.0, 1, 0)
    rows = summarize_ridgeless(runs, pair.numbers(25, 20, 0.0))
    assert rows["PGR"] == {"mean": None, "standard_error": None, "exact": None, "published_bound": None}
    assert rows["ER_w"] == {"mean": 0.0, "standard_error": None, "exact": 0.0}
