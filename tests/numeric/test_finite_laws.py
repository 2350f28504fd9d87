from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import sympy
import xarray as xr

from numeric.finite_laws import Laws, decompose_dual, decompose_primal, floating, random_laws
from w2s_theory.divergences.bregman import (
    BINARY_KULLBACK_LEIBLER,
    DIVERGENCES,
    ITAKURA_SAITO,
    KULLBACK_LEIBLER,
    SLOPE,
    SQUARED,
    Bregman,
)
from w2s_theory.errors import InvalidInput

EXPONENTIAL = replace(Bregman.from_generator("exp(x)"), inverse_slope=sympy.log(SLOPE))
LOSSES = (*DIVERGENCES.values(), EXPONENTIAL)
LAWS = 10_000
BOTH = pytest.mark.parametrize("decompose", [decompose_dual, decompose_primal])
EVERY = pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.name)
Decompose = Callable[[Bregman, Laws], xr.Dataset]


def relative_error(parts: xr.Dataset) -> float:
    """Return the largest difference of gap and misfit + mismatch, relative to their sizes."""
    size = abs(parts.gap) + abs(parts.misfit) + abs(parts.mismatch)
    return float((abs(parts.gap - parts.misfit - parts.mismatch) / size).max())


@EVERY
@BOTH
def test_the_gap_is_the_misfit_plus_the_mismatch_on_ten_thousand_laws(
    loss: Bregman, decompose: Decompose
) -> None:
    parts = decompose(loss, random_laws(loss, np.random.default_rng(7), LAWS))
    assert parts.gap.shape == (LAWS,)
    assert bool(np.isfinite(parts.to_dataarray()).all())
    assert relative_error(parts) < 1e-12
    assert float(abs(parts.mismatch).median()) > 0.01


@EVERY
def test_the_gap_is_the_misfit_where_the_student_is_its_posterior_mean(loss: Bregman) -> None:
    laws = random_laws(loss, np.random.default_rng(8), LAWS)
    slope, from_slopes = floating(loss).slope, floating(loss).from_slopes
    dual = replace(laws, student=from_slopes(laws.posterior(slope(laws.teacher))))
    primal = replace(laws, student=laws.posterior(laws.teacher))
    for parts in (decompose_dual(loss, dual), decompose_primal(loss, primal)):
        assert float(abs(parts.mismatch / parts.gap).max()) < 1e-10
        assert float(abs(parts.gap / parts.misfit - 1).max()) < 1e-10


@pytest.mark.parametrize("loss", [KULLBACK_LEIBLER, BINARY_KULLBACK_LEIBLER], ids=lambda loss: loss.name)
def test_true_labels_are_one_hot_and_so_may_teachers_be_in_the_first_argument(loss: Bregman) -> None:
    laws = random_laws(loss, np.random.default_rng(6), LAWS)
    certain = (laws.target == laws.target.max(axis=2, keepdims=True)).astype(float)
    for parts in (
        decompose_dual(loss, replace(laws, target=certain)),
        decompose_primal(loss, replace(laws, teacher=certain)),
    ):
        assert bool(np.isfinite(parts.to_dataarray()).all())
        assert relative_error(parts) < 1e-12


@BOTH
def test_the_wrong_mean_breaks_the_identity(decompose: Decompose, monkeypatch: pytest.MonkeyPatch) -> None:
    laws = random_laws(ITAKURA_SAITO, np.random.default_rng(5), 100)
    assert relative_error(decompose(ITAKURA_SAITO, laws)) < 1e-12
    monkeypatch.setattr(
        Laws, "posterior", lambda self, values: values.mean(axis=1, keepdims=True) + 0 * values
    )
    assert relative_error(decompose(ITAKURA_SAITO, laws)) > 1e-3


@EVERY
def test_floating_divergences_agree_with_exact_ones(loss: Bregman) -> None:
    laws = random_laws(loss, np.random.default_rng(9), 5)
    found = floating(loss)(laws.target, laws.teacher)
    free = replace(loss, simplex=False)
    for x, y, value in zip(laws.target[:, 0], laws.teacher[:, 0], found[:, 0], strict=True):
        assert float(sympy.N(free.divergence(x, y), 30)) == pytest.approx(value, rel=1e-13)


def test_means_are_taken_given_the_target_and_the_student() -> None:
    weights = np.array([[0.25, 0.25, 0.5]])
    target = np.array([[[0.0], [0.0], [1.0]]])
    teacher = np.array([[[1.0], [3.0], [5.0]]])
    laws = Laws(weights, target, np.zeros((1, 3, 1)), teacher)
    assert laws.posterior(teacher).ravel().tolist() == [2, 2, 5]


def test_an_atom_without_weight_does_not_count() -> None:
    laws = random_laws(BINARY_KULLBACK_LEIBLER, np.random.default_rng(1), 50)
    weights = np.where(np.arange(5) == 4, 0, laws.weights)
    weighted = replace(laws, weights=weights / weights.sum(axis=1, keepdims=True))
    assert relative_error(decompose_dual(BINARY_KULLBACK_LEIBLER, weighted)) < 1e-12


def test_the_same_seed_gives_the_same_laws() -> None:
    first, second = (random_laws(KULLBACK_LEIBLER, np.random.default_rng(3), 4) for _ in range(2))
    assert np.array_equal(first.teacher, second.teacher)
    assert np.array_equal(first.weights, second.weights)


def test_what_is_no_law_is_refused() -> None:
    laws = random_laws(KULLBACK_LEIBLER, np.random.default_rng(3), 2)
    certain = np.broadcast_to([1.0, 0.0, 0.0], laws.teacher.shape)
    with pytest.raises(InvalidInput, match=r"a teacher lies outside .* allowed here: 0 < x < 1"):
        decompose_dual(KULLBACK_LEIBLER, replace(laws, teacher=certain))
    with pytest.raises(InvalidInput, match=r"a target lies outside .* allowed here: 0 < x < 1"):
        decompose_primal(KULLBACK_LEIBLER, replace(laws, target=certain))
    with pytest.raises(InvalidInput, match=r"a target lies outside .* allowed here: 0 < x < inf"):
        decompose_dual(ITAKURA_SAITO, replace(laws, target=certain))
    with pytest.raises(InvalidInput, match="allowed here: 0 <= x <= 1"):
        decompose_dual(KULLBACK_LEIBLER, replace(laws, target=-certain))
    with pytest.raises(InvalidInput, match="do not sum to 1"):
        decompose_dual(KULLBACK_LEIBLER, replace(laws, teacher=laws.teacher / 2))
    with pytest.raises(InvalidInput, match="a teacher lies outside"):
        decompose_dual(SQUARED, replace(laws, teacher=np.full_like(laws.teacher, np.nan)))
    with pytest.raises(InvalidInput, match="sum to 1"):
        replace(laws, weights=laws.weights * 2)
    with pytest.raises(InvalidInput, match="one shape"):
        replace(laws, teacher=laws.teacher[:, :2])
    with pytest.raises(InvalidInput, match="has no inverse_slope"):
        decompose_dual(Bregman.from_generator("x**4 + x**2"), laws)
