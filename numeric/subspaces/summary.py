"""Summaries of simulated risks in two subspaces: means, their errors, PGR and OPR, beside the exact values.

Source: Dong et al. 2025 for PGR and OPR and their bounds; the errors are those of a first-order expansion.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import xarray as xr

from numeric.subspaces.pairs import Floats
from numeric.subspaces.risks import RISKS, exact_risks
from w2s_theory.geometry.subspaces import TwoSubspaces

Row = dict[str, float | None]

QUOTIENTS: dict[str, tuple[dict[str, int], dict[str, int]]] = {
    "PGR": ({"ER_w": 1, "ER_w2s": -1}, {"ER_w": 1, "ER_c": -1}),
    "OPR": ({"ER_s": 1}, {"ER_w2s": 1}),
}
"""Numerator and denominator of each ratio, as weights of risks."""


def summarize_ridgeless(runs: xr.Dataset, numbers: TwoSubspaces) -> dict[str, Row]:
    """Return for each risk its mean, standard error and exact value; for PGR and OPR, of means, the bound too.

    The standard errors of PGR and OPR are those of their linearization. A value is None where it is undefined: an error
    from one trial, a quotient by zero, a bound without label noise.
    """
    values = {name: runs[name].values for name in RISKS}
    exact = exact_risks(numbers)
    means = {name: float(sample.mean()) for name, sample in values.items()}
    rows: dict[str, Row] = {
        name: {"mean": means[name], "standard_error": _error(sample), "exact": exact[name]}
        for name, sample in values.items()
    }
    bounds = published_bounds(numbers)
    measured, predicted = ratios(means), ratios(exact)
    for name, (above, below) in QUOTIENTS.items():
        ratio = measured[name]
        rows[name] = {
            "mean": ratio,
            "standard_error": None,
            "exact": predicted[name],
            "published_bound": bounds[name],
        }
        if ratio is not None:
            # A quotient a/b of means moves with the mean of (a_i - (a/b) b_i)/b.
            residue = combine(values, above) - ratio * combine(values, below)
            rows[name]["standard_error"] = _error(residue / combine(means, below))
    return rows


def combine(risks: Mapping[str, Any], weights: Mapping[str, int]) -> Any:
    """Return a weighted sum of risks."""
    return sum(weight * risks[name] for name, weight in weights.items())


def ratios(risks: Mapping[str, float]) -> dict[str, float | None]:
    """Return PGR and OPR of risks, None where the quotient is by zero."""
    below = {name: combine(risks, quotient[1]) for name, quotient in QUOTIENTS.items()}
    return {
        name: combine(risks, above) / below[name] if below[name] else None
        for name, (above, _) in QUOTIENTS.items()
    }


def published_bounds(numbers: TwoSubspaces) -> dict[str, float | None]:
    """Return the published lower bounds of PGR and OPR, None without label noise, where they say nothing."""
    if not numbers.noise:
        return {"PGR": None, "OPR": None}
    return {"PGR": float(numbers.recovered_bound), "OPR": float(numbers.outperformed_bound)}


def _error(sample: Floats) -> float | None:
    return float(sample.std(ddof=1) / math.sqrt(len(sample))) if len(sample) > 1 else None
