"""Summaries of runs of weak-to-strong classification: means over runs with bootstrap intervals.

Source: Xu et al. 2025 for gap and misfit; percentile bootstrap over runs for the intervals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr
from scipy.stats import bootstrap

from numeric.classification.losses import Floats
from numeric.classification.measures import RULES

CONFIDENCE = 0.95
_RESAMPLES, _BATCH = 2000, 100
RATIOS = {"PGR_accuracy": "accuracy", "PGR_risk": "risk"}
"""Performance gaps recovered, and the measure whose gap they are of."""


@dataclass(frozen=True)
class Estimate:
    """Means over runs, or ratios of means, with 95% percentile-bootstrap intervals; NaN where undefined."""

    mean: Floats
    low: Floats
    high: Floats


def summarize(runs: xr.Dataset) -> dict[str, xr.Dataset]:
    """Return mean, low and high of every quantity at every rule ("students"), and of the teachers ("teachers").

    Both have variables mean, low, high; "students" has dimensions quantity, student, rule. Quantities are the measures,
    the `gap` of risks to the teachers, accuracy and risk minus those of the student of the same labels by cross-entropy
    (`accuracy_over_ce`) or of the same loss on unmixed labels (`accuracy_over_unmixed`), compared run by run, and the
    performance gap recovered, of accuracy and of risk: (teacher - student) / (teacher - ceiling), of means. A comparison
    is NaN without its other student; a recovered gap where the mean ceiling is no better than the teacher, and its
    interval where the interval of that difference reaches 0.
    """
    gap = runs["teacher"].sel(teacher_measure="risk", drop=True) - runs["stopped"].sel(
        measure="risk", drop=True
    )
    columns = [runs["stopped"], gap.expand_dims(measure=["gap"])]
    for name, others in (("ce", _others(runs, loss="ce")), ("unmixed", _others(runs, keep=1.0))):
        for measure in ("accuracy", "risk"):
            one = runs["stopped"].sel(measure=measure, drop=True)
            other = one.isel(student=[i if i is not None else 0 for i in others])
            known = xr.DataArray([i is not None for i in others], dims="student")
            difference = (one - other.values).where(known)
            columns.append(difference.expand_dims(measure=[f"{measure}_over_{name}"]))
    values = xr.concat(columns, dim="measure").transpose("run", "measure", "student", "rule")
    means = _means(values.values)
    ratios = [_recovered(runs, measure) for measure in RATIOS.values()]
    students = {
        name: (
            ("quantity", "student", "rule"),
            np.concatenate([getattr(means, name), *(getattr(ratio, name)[None] for ratio in ratios)]),
        )
        for name in ("mean", "low", "high")
    }
    coordinates = {name: runs[name] for name in ("student", "rule", "loss", "labeller", "keep")}
    of_teachers = _means(runs["teacher"].values)
    teachers = {
        name: (("quantity", "student"), getattr(of_teachers, name)) for name in ("mean", "low", "high")
    }
    return {
        "students": xr.Dataset(students, {**coordinates, "quantity": [*values["measure"].values, *RATIOS]}),
        "teachers": xr.Dataset(
            teachers, {"student": runs["student"], "quantity": list(runs["teacher_measure"].values)}
        ),
    }


def _others(runs: xr.Dataset, **changed: str | float) -> list[int | None]:
    """Return for each student the number of the one that differs only in what is changed, None if there is none."""
    fields = ("loss", "labeller", "keep")
    students = list(zip(*(runs[name].values.tolist() for name in fields), strict=True))
    places = {student: i for i, student in enumerate(students)}
    wanted = [
        tuple(changed.get(name, value) for name, value in zip(fields, student, strict=True))
        for student in students
    ]
    return [
        places.get(other) if other != student else None
        for student, other in zip(students, wanted, strict=True)
    ]


def identity_error(runs: xr.Dataset) -> float:
    """Return the largest |gap - misfit - cross term| over all runs, students and times, which is rounding."""
    measures = {name: runs["path"].sel(measure=name) for name in ("risk", "misfit", "cross_term")}
    gap = runs["teacher"].sel(teacher_measure="risk") - measures["risk"]
    return float(abs(gap - measures["misfit"] - measures["cross_term"]).max())


def as_data(runs: xr.Dataset, summary: Mapping[str, xr.Dataset]) -> dict[str, Any]:
    """Return the summary of the runs as plain numbers, None where a quantity is undefined."""
    students, teachers = summary["students"], summary["teachers"]
    times = runs["stopping_time"].median("run")
    return {
        "students": [
            {
                "loss": str(runs["loss"].values[i]),
                "labeller": str(runs["labeller"].values[i]),
                "keep": float(runs["keep"].values[i]),
                "teacher": _rows(teachers.isel(student=i)),
                "stopped": {
                    rule: {
                        "median_time": float(times.isel(student=i).sel(rule=rule)),
                        **_rows(students.isel(student=i).sel(rule=rule)),
                    }
                    for rule in RULES
                },
            }
            for i in range(runs.sizes["student"])
        ],
        "confidence": CONFIDENCE,
        "identity_error": identity_error(runs),
        "settings": dict(runs.attrs),
    }


def _rows(part: xr.Dataset) -> dict[str, dict[str, float | None]]:
    """Return mean, low and high of each quantity."""

    def plain(value: float) -> float | None:
        return float(value) if np.isfinite(value) else None

    return {
        str(name): {key: plain(part[key].values[i]) for key in ("mean", "low", "high")}
        for i, name in enumerate(part["quantity"].values)
    }


def _means(values: Floats) -> Estimate:
    """Return means over the first axis, NaN where a value is."""
    known = ~np.isnan(values).any(axis=0)
    filled = np.where(known, values, 0.0)
    ends = _interval((filled,), np.mean)
    return Estimate(*(np.where(known, one, np.nan) for one in (filled.mean(axis=0), *ends)))


def _recovered(runs: xr.Dataset, measure: str) -> Estimate:
    """Return the gap recovered from each student's own teachers, the ceiling stopped by the same rule."""
    stopped = runs["stopped"].sel(measure=measure, drop=True)
    teacher = runs["teacher"].sel(teacher_measure=measure, drop=True)
    ceiling = stopped.isel(student=-1, drop=True)
    order = ("run", "student", "rule")
    above = (teacher - stopped).transpose(*order).values
    below = (teacher - ceiling).transpose(*order).values * np.ones_like(above)
    # Both differences count improvement: of accuracy it is negative, and the sign cancels in the ratio.
    improves = below if measure == "risk" else -below
    low_improvement, _ = _interval((improves,), np.mean)

    def ratio(top: Floats, bottom: Floats, axis: int = 0) -> Floats:
        mean = bottom.mean(axis=axis)
        # A quotient by zero is replaced below, where the ceiling is no better than the teacher.
        return np.asarray(top.mean(axis=axis) / np.where(mean == 0, 1.0, mean))

    value = np.where(improves.mean(axis=0) > 0, ratio(above, below), np.nan)
    low, high = (np.where(low_improvement > 0, end, np.nan) for end in _interval((above, below), ratio))
    return Estimate(value, low, high)


def _interval(values: tuple[Floats, ...], statistic: Callable[..., Any]) -> tuple[Floats, Floats]:
    """Return the ends of the percentile bootstrap over the first axis, runs resampled as wholes."""
    found = bootstrap(
        values,
        statistic,
        axis=0,
        paired=True,
        vectorized=True,
        n_resamples=_RESAMPLES,
        batch=_BATCH,
        confidence_level=CONFIDENCE,
        method="percentile",
        rng=np.random.default_rng(0),
    )
    low, high = found.confidence_interval
    return np.asarray(low), np.asarray(high)
