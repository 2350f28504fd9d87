from __future__ import annotations

import pytest
from hypothesis import strategies as st

from proofs_checks.methods.search import Trial, find_counterexample


def hunt(threshold: int, *, examples: int = 600, seed: int = 0, confirms: bool = True):
    def examine(value: int) -> Trial:
        return Trial((float(value),), value >= threshold)

    return find_counterexample(
        st.integers(0, 10_000),
        examine,
        lambda value: confirms and value >= threshold,
        examples=examples,
        seed=seed,
    )


def test_finds_and_shrinks() -> None:
    assert hunt(137).counterexample == 137


def test_steering_reaches_a_rare_case() -> None:
    assert hunt(10_000).counterexample == 10_000


def test_reports_how_close_it_came() -> None:
    found = hunt(20_000)
    assert found.counterexample is None
    assert found.closest == 10_000
    assert found.cases == pytest.approx(600, rel=0.1)


def test_a_suspect_that_is_not_confirmed_is_none() -> None:
    assert hunt(137, confirms=False).counterexample is None


def test_the_same_seed_repeats() -> None:
    assert hunt(20_000, seed=3, examples=50) == hunt(20_000, seed=3, examples=50)
