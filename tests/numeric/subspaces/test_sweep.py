"""Points of a sweep are single simulations, whatever the number of processes."""

from __future__ import annotations

from pathlib import Path

import pytest
import xarray as xr

from numeric.subspaces.risks import simulate_ridgeless
from numeric.subspaces.summary import summarize_ridgeless
from numeric.subspaces.sweep import point_numbers, simulate_ridgeless_point
from numeric.sweeps.store import PointStore
from numeric.sweeps.sweep import Sweep, run_sweep

POINT = {"n": 20, "N": 30, "d_s": 4, "d_w": 7, "d_sw": 2.5, "sigma2": 1.0, "trials": 40, "seed": 3}
POINT |= {"rho_s": 0.2, "rho_w": 0.1, "rho_both": 0.05}


def test_a_point_is_a_summary_of_its_simulation() -> None:
    found = simulate_ridgeless_point(POINT)
    pair, numbers = point_numbers(POINT)
    rows = summarize_ridgeless(simulate_ridgeless(pair, 20, 30, 1.0, 40, 3), numbers)
    assert float(found["ER_w2s"]) == rows["ER_w2s"]["mean"]
    assert float(found["PGR_published_bound"]) == rows["PGR"]["published_bound"]
    assert float(found["OPR_standard_error"]) == rows["OPR"]["standard_error"]


def test_what_is_undefined_is_nan() -> None:
    found = simulate_ridgeless_point({**POINT, "trials": 1, "sigma2": 0.0})
    assert bool(found["ER_w_standard_error"].isnull())
    assert bool(found["PGR_published_bound"].isnull())


@pytest.mark.slow
def test_the_number_of_processes_changes_no_bit(tmp_path: Path) -> None:
    grid = {name: [value] for name, value in POINT.items()} | {"n": [20, 40], "d_sw": [1.5, 2.5]}
    sweep = Sweep(simulate_ridgeless_point, grid)
    alone, shared = (run_sweep(sweep, PointStore(tmp_path / str(jobs)), jobs=jobs).results for jobs in (1, 2))
    xr.testing.assert_identical(alone, shared)
