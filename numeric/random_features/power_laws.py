"""Power laws fitted to simulated losses, with bootstrap intervals.

Source: least squares in logarithms; percentile bootstrap over draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import bootstrap

from numeric.random_features.family import Floats
from w2s_theory.errors import InvalidInput

RESAMPLES = 2000


@dataclass(frozen=True)
class PowerLawFit:
    """y = constant * x**exponent, with a confidence interval [low, high] on the exponent.

    `low` and `high` are NaN where there are too few draws for an interval.
    """

    exponent: float
    constant: float
    low: float
    high: float
    confidence: float

    def __call__(self, x: Floats) -> Floats:
        """Return the fitted y."""
        return np.asarray(self.constant * x**self.exponent)


def fit_power_law(x: Floats, y: Floats, seed: int = 0, confidence: float = 0.95) -> PowerLawFit:
    """Fit log mean y against log mean x by least squares, x and y of shape (points, draws), both positive.

    The interval is the percentile bootstrap over draws; a draw is resampled with all its points, which may
    share a student. Raises InvalidInput for fewer than two points or a loss that is not positive.
    """
    if x.shape != y.shape or x.ndim != 2 or x.shape[0] < 2:
        raise InvalidInput(f"a power law needs two or more points; got losses of shape {x.shape}, {y.shape}")
    if not (np.all(np.mean(x, axis=1) > 0) and np.all(np.mean(y, axis=1) > 0)):
        raise InvalidInput("a power law needs positive mean losses; a teacher or student here has loss 0")

    def exponent(draws: Any, axis: int = -1) -> Floats:
        return _line(x, y, np.moveaxis(draws, axis, -1).astype(int))[0]

    draws = np.arange(x.shape[1])
    slope, intercept = _line(x, y, draws)
    low = high = np.nan
    if len(draws) > 2:
        found = bootstrap(
            (draws,),
            exponent,
            n_resamples=RESAMPLES,
            confidence_level=confidence,
            vectorized=True,
            method="percentile",
            rng=np.random.default_rng(seed),
        )
        low, high = found.confidence_interval
    return PowerLawFit(float(slope), float(np.exp(intercept)), float(low), float(high), confidence)


def _line(x: Floats, y: Floats, draws: Any) -> tuple[Floats, Floats]:
    """Return slope and intercept through the log means over these draws, shape (..., draws) in, (...) out."""
    log_x, log_y = (np.log(np.mean(values[:, draws], axis=-1)) for values in (x, y))
    centred = log_x - log_x.mean(axis=0)
    slope = np.sum(centred * log_y, axis=0) / np.sum(centred**2, axis=0)
    return slope, log_y.mean(axis=0) - slope * log_x.mean(axis=0)
