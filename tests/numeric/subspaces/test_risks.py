"""Simulated risks have the exact means, and the law of least squares on explicit designs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from numeric.arrays.backends import PRECISIONS, load_backend
from numeric.subspaces.pairs import Floats, SubspacePair, aligned_pair, coordinate_pair, spanned_pair
from numeric.subspaces.risks import RISKS, exact_risks, simulate_ridgeless
from w2s_theory.errors import InvalidInput

TRIALS = 20_000
WIDTH = stats.norm.ppf(1 - 0.001 / 2)
GENERATOR = np.random.default_rng(11)
SKEW = spanned_pair(
    GENERATOR.standard_normal((9, 3)), GENERATOR.standard_normal((9, 5)), GENERATOR.standard_normal(9)
)
CONFIGURATIONS: list[tuple[SubspacePair, int, int, float]] = [
    (aligned_pair(12, 20, 5), 80, 50, 1.0),
    (aligned_pair(12, 20, 5.5, rho_s=0.3, rho_w=0.2, rho_both=0.1), 80, 50, 1.0),
    (aligned_pair(6, 4, 2, rho_s=0.5, rho_w=0.4), 40, 30, 0.1),
    (coordinate_pair(range(6), range(3, 10), 1 / np.sqrt(np.arange(1, 15))), 40, 25, 0.2),
    (SKEW, 30, 20, 0.5),
    (aligned_pair(5, 8, 0, rho_s=1.0, rho_w=1.0), 30, 25, 0.5),
]


def deviation(values: Floats, expected: float) -> float:
    return float(abs(values.mean() - expected) / (values.std(ddof=1) / np.sqrt(len(values))))


@pytest.mark.slow
@pytest.mark.parametrize(("pair", "labelled", "unlabelled", "noise"), CONFIGURATIONS)
def test_exact_risks_lie_in_the_confidence_intervals_and_wrong_ones_outside(
    pair: SubspacePair, labelled: int, unlabelled: int, noise: float
) -> None:
    numbers = pair.numbers(labelled, unlabelled, noise)
    runs = simulate_ridgeless(pair, labelled, unlabelled, noise, TRIALS, seed=3)
    for name, expected in exact_risks(numbers).items():
        assert deviation(runs[name].values, expected) < WIDTH, name
    share = numbers.d_s / (unlabelled - numbers.d_s - 1)
    tau = numbers.teacher_variance
    wrong = {
        "half the discrepancy's share": ("ER_w2s", numbers.student - share * numbers.discrepancy / 2),
        "in sample used as population": ("ER_w2s", numbers.student_in_sample),
        "population used in sample": ("ER_w2s_in_sample", numbers.student),
        "n - d_w - 1 replaced by n": (
            "ER_w",
            numbers.rho_w + (noise + numbers.rho_w) * numbers.d_w / labelled,
        ),
        "n - d_s - 1 replaced by n": (
            "ER_s",
            numbers.rho_s + (noise + numbers.rho_s) * numbers.d_s / labelled,
        ),
        "n + N - d_s - 1 replaced by n + N": (
            "ER_c",
            numbers.rho_s + (noise + numbers.rho_s) * numbers.d_s / (labelled + unlabelled),
        ),
        "d_s/N replaced by d_s/(2N) in sample": (
            "ER_w2s_in_sample",
            numbers.student_in_sample
            - numbers.d_s / (2 * unlabelled) * (numbers.discrepancy - 2 * numbers.overlap),
        ),
    }
    if numbers.d_sw:
        wrong["d_sw dropped"] = ("ER_w2s", numbers.student - tau * numbers.d_sw)
    for label, (name, value) in wrong.items():
        assert deviation(runs[name].values, value) > WIDTH, label


def least_squares(pair: SubspacePair, labelled: int, unlabelled: int, noise: float, seed: int) -> list[float]:
    """One trial on explicit design matrices with numpy's lstsq, the risks in the order of RISKS."""
    generator = np.random.default_rng(seed)
    strong, weak, target = pair.strong, pair.weak, pair.target

    def fit(basis: Floats, points: Floats, labels: Floats) -> Floats:
        return np.asarray(basis @ np.linalg.lstsq(points @ basis, labels, rcond=None)[0])

    z = generator.standard_normal((labelled, len(target)))
    fresh = generator.standard_normal((unlabelled, len(target)))
    y, fresh_y = (x @ target + np.sqrt(noise) * generator.standard_normal(len(x)) for x in (z, fresh))
    teacher, baseline = fit(weak, z, y), fit(strong, z, y)
    student = fit(strong, fresh, fresh @ teacher)
    ceiling = fit(strong, np.vstack([z, fresh]), np.r_[y, fresh_y])
    errors = [teacher - target, student - target, baseline - target, ceiling - target]
    w, w2s, s, c = (float(error @ error) for error in errors)
    return [w, w2s, float(np.mean((fresh @ (student - target)) ** 2)), s, c]


@pytest.mark.parametrize(
    ("pair", "labelled", "unlabelled"),
    [(SKEW, 14, 12), (SKEW, 8, 6), (aligned_pair(3, 4, 1.5, rho_s=0.5, rho_w=0.5), 9, 30)],
    ids=["more points than coordinates", "fewer points than coordinates", "aligned"],
)
def test_sufficient_statistics_have_the_law_of_explicit_designs(
    pair: SubspacePair, labelled: int, unlabelled: int
) -> None:
    trials = 1500
    explicit = np.array([least_squares(pair, labelled, unlabelled, 0.5, seed) for seed in range(trials)])
    runs = simulate_ridgeless(pair, labelled, unlabelled, 0.5, trials, seed=1)
    drawn = np.stack([runs[name].values for name in RISKS], axis=1)
    for column in range(len(RISKS)):
        assert stats.ks_2samp(explicit[:, column], drawn[:, column]).pvalue > 1e-3
        # Ratios see whether risks of one trial hang together.
        for other in range(column):
            ratios = (sample[:, column] / sample[:, other] for sample in (explicit, drawn))
            assert stats.ks_2samp(*ratios).pvalue > 1e-3


@pytest.mark.parametrize("name", ["array_api_strict", "jax"])
def test_every_library_gives_the_risks_of_numpy(name: str, need: Callable[[str], None]) -> None:
    need(name)
    pair = aligned_pair(3, 4, 1.5, rho_s=0.3, rho_w=0.2, rho_both=0.1)
    reference = simulate_ridgeless(pair, 9, 8, 1.0, 50, 4)
    found = simulate_ridgeless(pair, 9, 8, 1.0, 50, 4, backend=load_backend(name, "cpu"))
    for risk in RISKS:
        np.testing.assert_allclose(found[risk], reference[risk], rtol=1e-9)
    assert found.attrs["backend"] == f"{name} cpu double"


def test_single_precision_differs_by_rounding_only() -> None:
    pair = aligned_pair(2, 3, 1.5)
    exact, rough = (
        simulate_ridgeless(pair, 12, 12, 1.0, 50, 4, backend=load_backend(precision=p)) for p in PRECISIONS
    )
    errors = [float(abs(rough[risk] / exact[risk] - 1).max()) for risk in RISKS]
    assert 1e-9 < max(errors) < 1e-3


def test_the_same_seed_gives_the_same_risks() -> None:
    pair = aligned_pair(2, 3, 1)
    first, again, other = (simulate_ridgeless(pair, 9, 8, 1.0, 50, seed) for seed in (4, 4, 5))
    assert first.identical(again)
    assert not np.array_equal(first["ER_w"].values, other["ER_w"].values)


@pytest.mark.parametrize(
    ("labelled", "unlabelled", "noise", "words"),
    [
        (8, 20, 1.0, "n = 8 .* >= max.* = 9"),
        (20, 6, 1.0, "N = 6 .* = 7"),
        (20, 20, -1.0, "sigma2"),
        (20, 20, float("nan"), "sigma2"),
    ],
)
def test_infinite_risks_are_refused(labelled: int, unlabelled: int, noise: float, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        simulate_ridgeless(aligned_pair(5, 7, 2), labelled, unlabelled, noise, 10, 0)
