"""The synthetic experiment of Dong et al. 2025: risks in two subspaces against the numbers of points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import xarray as xr

from numeric.subspaces.pairs import Floats, SubspacePair, coordinate_pair
from numeric.subspaces.risks import RISKS, exact_risks, simulate_ridgeless
from numeric.subspaces.summary import QUOTIENTS, combine, published_bounds, ratios
from numeric.sweeps.executors import evaluate
from w2s_theory.errors import InvalidInput

D_S, D_W, ACTIVE, SCALE = 100, 200, 300, 20_000
FIXED = {"n": 2000, "N": 4000}
"""The number of points of one kind while the other varies."""
QUANTITIES = (*RISKS, "PGR", "OPR")


@dataclass(frozen=True)
class Setting:
    """An offset, so that d_sw = 100 - offset, and a label variance."""

    offset: int
    noise: float

    @property
    def label(self) -> str:
        """Correlation dimension and noise, for legends and tables."""
        return f"d_sw = {D_S - self.offset}, sigma^2 = {self.noise:g}"


SETTINGS = (Setting(90, 1e-2), Setting(50, 1e-2), Setting(10, 1e-2), Setting(10, 4e-4))
SCANNED = tuple(int(count) for count in np.linspace(400, 4000, 20).round())


@cache
def synthetic_pair(offset: int) -> SubspacePair:
    """Return strong features in coordinates 1 to 100, weak ones in offset + 1 to offset + 200, target j^-1/2/sqrt(20000).

    The signs of the target's coefficients change no law, for z_j and -z_j are alike.
    """
    target = 1 / np.sqrt(SCALE * np.arange(1, ACTIVE + 1))
    return coordinate_pair(range(D_S), range(offset, offset + D_W), target)


@dataclass(frozen=True)
class Point:
    """One setting at n labelled and N unlabelled points, with its trials and its own seed."""

    setting: Setting
    labelled: int
    unlabelled: int
    trials: int
    seed: int


def risks_at(point: Point) -> Floats:
    """Return the risks of every trial, shape (risks, trials)."""
    pair = synthetic_pair(point.setting.offset)
    runs = simulate_ridgeless(
        pair, point.labelled, point.unlabelled, point.setting.noise, point.trials, point.seed
    )
    return np.stack([runs[name].values for name in RISKS])


def scan(
    settings: Sequence[Setting],
    points: Sequence[int],
    trials: int,
    seed: int,
    jobs: int = 1,
    advance: Callable[[], None] = lambda: None,
) -> xr.Dataset:
    """Return the scans in n, at N = 4000, and in N, at n = 2000, over the same numbers of points.

    Dimensions are setting, varied ("n" or "N"), points, trial and quantity; variables are `risk` of every trial,
    `mean` and `deviation` over trials (PGR and OPR of the means, without deviation), `exact` and `bound` (NaN but for
    PGR and OPR). The same seed gives the same numbers for any number of processes `jobs`. Raises InvalidInput for fewer
    than two trials, or points with infinite risk.
    """
    if trials < 2:
        raise InvalidInput(f"trials = {trials}; a standard deviation needs at least 2")
    if seed < 0:
        raise InvalidInput(f"seed is {seed}; it must be >= 0")
    places = [
        (s, setting, v, p, {**FIXED, varied: count})
        for s, setting in enumerate(settings)
        for v, varied in enumerate(FIXED)
        for p, count in enumerate(points)
    ]
    seeds = np.random.SeedSequence(seed).generate_state(len(places))
    items = [
        Point(setting, counts["n"], counts["N"], trials, int(own))
        for (_, setting, _, _, counts), own in zip(places, seeds, strict=True)
    ]
    shape = (len(settings), len(FIXED), len(points))
    risk = np.empty((*shape, len(RISKS), trials))
    exact, bound = np.full((2, *shape, len(QUANTITIES)), np.nan)
    for (s, setting, v, p, counts), item in zip(places, items, strict=True):
        numbers = synthetic_pair(setting.offset).numbers(counts["n"], counts["N"], item.setting.noise)
        risks = exact_risks(numbers)
        exact[s, v, p] = [*risks.values(), *ratios(risks).values()]
        bound[s, v, p, len(RISKS) :] = list(published_bounds(numbers).values())
    results = enumerate(map(risks_at, items)) if jobs == 1 else evaluate(risks_at, items, "local", jobs)
    for index, found in results:
        s, _, v, p, _ = places[index]
        risk[s, v, p] = found
        advance()
    return _dataset(settings, points, risk, exact, bound).assign_attrs(trials=trials, seed=seed)


def _dataset(
    settings: Sequence[Setting], points: Sequence[int], risk: Floats, exact: Floats, bound: Floats
) -> xr.Dataset:
    where = ("setting", "varied", "points")
    means = risk.mean(axis=-1)
    named = {name: means[..., i] for i, name in enumerate(RISKS)}
    quotients = [combine(named, above) / combine(named, below) for above, below in QUOTIENTS.values()]
    mean = np.concatenate([means, np.stack(quotients, axis=-1)], axis=-1)
    deviation = np.full(mean.shape, np.nan)
    deviation[..., : len(RISKS)] = risk.std(axis=-1, ddof=1)
    return xr.Dataset(
        {
            "risk": ((*where, "risk_name", "trial"), risk),
            "mean": ((*where, "quantity"), mean),
            "deviation": ((*where, "quantity"), deviation),
            "exact": ((*where, "quantity"), exact),
            "bound": ((*where, "quantity"), bound),
        },
        coords={
            "setting": [setting.label for setting in settings],
            "d_sw": ("setting", [D_S - setting.offset for setting in settings]),
            "sigma2": ("setting", [setting.noise for setting in settings]),
            "varied": list(FIXED),
            "points": list(points),
            "quantity": list(QUANTITIES),
            "risk_name": list(RISKS),
        },
    )
