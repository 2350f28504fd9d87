"""One point of a sweep over least squares in two subspaces."""

from __future__ import annotations

import numpy as np
import xarray as xr

from numeric.random_features.simulation import versions
from numeric.subspaces.pairs import SubspacePair, aligned_pair
from numeric.subspaces.risks import simulate_ridgeless
from numeric.subspaces.summary import summarize_ridgeless
from numeric.sweeps.store import Point
from w2s_theory.geometry.subspaces import TwoSubspaces


def simulate_ridgeless_point(point: Point) -> xr.Dataset:
    """Return each risk, PGR and OPR, and for each its standard error, exact value and published bound if it has one.

    The point has n, N, d_s, d_w, d_sw, sigma2, rho_s, rho_w, rho_both, trials and seed. What is undefined is NaN. Raises
    InvalidInput where a value is out of its range.
    """
    pair, numbers = point_numbers(point)
    n, N, noise, trials, seed = (point[name] for name in ("n", "N", "sigma2", "trials", "seed"))
    runs = simulate_ridgeless(pair, int(n), int(N), float(noise), int(trials), int(seed))
    values: dict[str, float] = {}
    for name, row in summarize_ridgeless(runs, numbers).items():
        for key, value in row.items():
            label = name if key == "mean" else f"{name}_{key}"
            values[label] = np.nan if value is None else value
    attributes = {
        "backend": runs.attrs["backend"],
        "versions": " ".join(f"{name} {found}" for name, found in versions().items()),
    }
    return xr.Dataset(values, attrs=attributes)


def point_numbers(point: Point) -> tuple[SubspacePair, TwoSubspaces]:
    """Return the subspaces that a point stands for, and what its exact risks depend on; raises InvalidInput likewise."""
    masses = (float(point[name]) for name in ("rho_s", "rho_w", "rho_both"))
    pair = aligned_pair(int(point["d_s"]), int(point["d_w"]), float(point["d_sw"]), *masses)
    return pair, pair.numbers(int(point["n"]), int(point["N"]), float(point["sigma2"]))
