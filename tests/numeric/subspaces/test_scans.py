"""The synthetic experiment: its numbers, its scans, and the same result from any number of processes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from numeric.subspaces.figure import draw_scans, save_scans
from numeric.subspaces.risks import simulate_ridgeless
from numeric.subspaces.scans import QUANTITIES, SETTINGS, scan, synthetic_pair
from numeric.subspaces.summary import summarize_ridgeless
from w2s_theory.errors import InvalidInput


def harmonic(low: int, high: int) -> float:
    return float(np.sum(1 / np.arange(low + 1, high + 1)))


@pytest.mark.parametrize("offset", [10, 50, 90])
def test_misfits_are_harmonic_numbers(offset: int) -> None:
    numbers = synthetic_pair(offset).numbers(2000, 4000, 0.01)
    assert numbers.d_sw == pytest.approx(100 - offset)
    assert numbers.rho_s == pytest.approx(harmonic(100, 300) / 20_000)
    assert numbers.rho_w == pytest.approx((harmonic(0, offset) + harmonic(offset + 200, 300)) / 20_000)


@pytest.mark.slow
def test_simulated_means_follow_the_exact_risks_in_every_setting() -> None:
    scans = scan(SETTINGS, (400, 2000), trials=40, seed=0)
    assert dict(scans.sizes) == {
        "setting": 4,
        "varied": 2,
        "points": 2,
        "risk_name": 5,
        "trial": 40,
        "quantity": len(QUANTITIES),
    }
    risks = scans.sel(quantity=list(scans["risk_name"].values))
    scores = (risks["mean"] - risks["exact"]) / (risks["deviation"] / np.sqrt(40))
    assert float(abs(scores).max()) < 4.5
    recovered = scans["exact"].sel(quantity="PGR")
    # At the lower noise the student beats its teacher with few labels only.
    assert (recovered[3].sel(varied="n") > 0).values.tolist() == [True, False]
    assert bool((recovered[:3] > 0).all())


@pytest.mark.slow
def test_with_few_unlabelled_points_the_population_ratio_is_below_the_published_bound() -> None:
    numbers = synthetic_pair(90).numbers(2000, 400, 0.01)
    assert float(numbers.outperformed) == pytest.approx(0.783, abs=5e-4)
    assert float(numbers.outperformed_bound) == pytest.approx(0.793, abs=5e-4)
    runs = simulate_ridgeless(synthetic_pair(90), 2000, 400, 0.01, 3000, 0)
    outperformed = summarize_ridgeless(runs, numbers)["OPR"]
    mean, error, bound = (outperformed[key] for key in ("mean", "standard_error", "published_bound"))
    assert mean is not None
    assert error is not None
    assert bound is not None
    assert mean + 2 * error < bound


def test_processes_do_not_change_the_numbers() -> None:
    alone, shared = (scan(SETTINGS[:1], (400, 800), 2, 3, jobs) for jobs in (1, 2))
    assert alone.identical(shared)


def test_scans_refuse_what_has_no_deviation_or_no_risk() -> None:
    with pytest.raises(InvalidInput, match="trials = 1"):
        scan(SETTINGS, (400,), 1, 0)
    with pytest.raises(InvalidInput, match="n = 150"):
        scan(SETTINGS, (150,), 2, 0)
    with pytest.raises(InvalidInput, match="seed"):
        scan(SETTINGS, (400,), 2, -1)


def test_the_figure_has_a_row_a_setting_and_its_files_are_written(tmp_path: Path) -> None:
    scans = scan(SETTINGS[:2], (400, 800), 2, 0)
    figure = draw_scans(scans, "title")
    assert len(figure.axes) == 8
    legend = figure.axes[0].get_legend()
    assert legend is not None
    assert legend.get_texts()[-1].get_text() == "exact"
    written = save_scans(figure, scans, str(tmp_path / "scans"), ["svg"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["scans.csv", "scans.nc", "scans.svg"]
    assert len(written) == 3
    with pytest.raises(InvalidInput, match="gif"):
        save_scans(figure, scans, str(tmp_path / "scans"), ["gif"])
