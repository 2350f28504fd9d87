"""The figure of weak-to-strong classification: losses against the teacher's uncertainty, gap and misfit, learning curves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from numeric.arrays.drawings import save_drawing
from numeric.classification.losses import LOSSES

_COLOURS = {"ce": "tab:blue", "rce": "tab:red", "sl": "tab:purple", "cace": "tab:green"}
_MARKERS = {"single": "o", "arithmetic": "s", "geometric": "^"}
_LABELLERS = {
    "single": "one teacher (hollow: mixed)",
    "arithmetic": "arithmetic mean of teachers",
    "geometric": "geometric mean of teachers",
}


def draw_classification(runs: xr.Dataset, summary: Mapping[str, xr.Dataset], title: str) -> Figure:
    """Return six panels: accuracy, risk and PGR against uncertainty; gap against misfit; two learning curves.

    `summary` is that of the runs, by `numeric.classification.summary.summarize`.
    """
    with rc_context({"font.size": 8, "axes.grid": True, "grid.alpha": 0.25, "legend.fontsize": 6.5}):
        figure = Figure(figsize=(12, 7), layout="constrained")
        panels = figure.subplots(2, 3)
        _draw_uncertainty(panels[0, 0], summary, "accuracy", "validation_accuracy")
        _draw_uncertainty(panels[0, 1], summary, "risk", "validation_risk")
        _draw_uncertainty(panels[0, 2], summary, "PGR_accuracy", "validation_accuracy")
        _draw_identity(panels[1, 0], summary["students"])
        _draw_curve(panels[1, 1], runs, "accuracy", "validation_accuracy")
        _draw_curve(panels[1, 2], runs, "risk", "validation_risk")
        panels[0, 0].set(title="accuracy, stopped by validation accuracy", ylabel="test accuracy")
        panels[0, 1].set(title="CE risk, stopped by validation risk", ylabel="test CE risk (nats)")
        panels[0, 2].set(title="gap in accuracy recovered (PGR)", ylabel="PGR")
        panels[1, 0].set(title="gap against misfit, both in CE risk")
        panels[1, 1].set(title="learning curve, unmixed labels", ylabel="test accuracy")
        panels[1, 2].set(title="learning curve, unmixed labels", ylabel="test CE risk (nats)")
        panels[0, 0].legend(ncols=2, loc="upper right", bbox_to_anchor=(1.0, 0.94))
        panels[1, 1].legend(loc="lower right")
        figure.suptitle(f"{title}; bands are 95% bootstrap intervals, ± s.e. along learning curves")
        return figure


def _draw_uncertainty(axes: Axes, summary: Mapping[str, xr.Dataset], quantity: str, rule: str) -> None:
    """Draw a quantity of every loss's student of one teacher against the weight of the uniform distribution."""
    students = summary["students"]
    singles = students.isel(student=(students["labeller"] == "single").values)
    for loss in dict.fromkeys(singles["loss"].values):
        one = singles.isel(student=(singles["loss"] == loss).values).sortby("keep")
        mixed = 1 - one["keep"].values
        colour = _COLOURS[str(loss)]
        shown = one.sel(quantity=quantity, rule=rule)
        axes.plot(mixed, shown["mean"].values, "o-", color=colour, markersize=3, label=LOSSES[str(loss)])
        axes.fill_between(
            mixed, shown["low"].values, shown["high"].values, color=colour, alpha=0.15, linewidth=0
        )
        without = one.sel(quantity=quantity, rule="teacher_labels")["mean"].values
        axes.plot(mixed, without, ":", color=colour, linewidth=1.1)
    axes.plot([], [], ":", color="grey", label="stopped without labels")
    if quantity in summary["teachers"]["quantity"].values:
        teachers = summary["teachers"]["mean"].sel(quantity=quantity, student=singles["student"])
        keep, first = np.unique(singles["keep"].values, return_index=True)
        axes.plot(1 - keep, teachers.values[first], "--", color="black", linewidth=1, label="teacher")
        ceiling = float(students["mean"].sel(quantity=quantity, rule=rule).values[-1])
        axes.axhline(ceiling, color="grey", linestyle="-.", linewidth=1, label="ceiling")
    axes.set_xlabel("weight of the uniform distribution in mixed labels")


def _draw_identity(axes: Axes, students: xr.Dataset) -> None:
    """Draw every student's mean gap against its mean misfit, with intervals: its cross term is the height over the line."""
    shown = students.sel(rule="validation_risk")
    gap, misfit = shown.sel(quantity="gap"), shown.sel(quantity="misfit")
    for i, (loss, labeller) in enumerate(zip(shown["loss"].values, shown["labeller"].values, strict=True)):
        if labeller not in _MARKERS:
            continue
        x, y = (float(one["mean"].values[i]) for one in (misfit, gap))
        errors = [
            [[v - one["low"].values[i]], [one["high"].values[i] - v]] for v, one in ((x, misfit), (y, gap))
        ]
        colour = _COLOURS[str(loss)]
        axes.errorbar(
            x,
            y,
            xerr=errors[0],
            yerr=errors[1],
            fmt=_MARKERS[str(labeller)],
            color=colour,
            markersize=5,
            linewidth=0.7,
            markerfacecolor=colour if shown["keep"].values[i] == 1 else "white",
        )
    for labeller, marker in _MARKERS.items():
        axes.plot([], [], marker, color="grey", label=_LABELLERS[labeller])
    ends = np.array([0.0, 1.05 * float(misfit["high"].values[:-1].max())])
    axes.plot(ends, ends, color="black", linewidth=0.8, label="gap = misfit")
    axes.axhline(0.0, color="grey", linewidth=0.7)
    axes.set(xlabel="misfit E KL(student, teacher)", ylabel="gap E KL(true, teacher) - E KL(true, student)")
    axes.legend(loc="best")


def _draw_curve(axes: Axes, runs: xr.Dataset, measure: str, rule: str) -> None:
    """Draw the mean test measure of the unmixed losses along the path, and where runs stop in the median."""
    students = runs.isel(student=((runs["labeller"] == "single") & (runs["keep"] == 1)).values)
    times = runs["time"].values
    for i, loss in enumerate(students["loss"].values):
        one = students.isel(student=i)
        values = one["path"].sel(measure=measure)
        mean, error = values.mean("run").values, values.std("run", ddof=1).values / runs.sizes["run"] ** 0.5
        colour = _COLOURS[str(loss)]
        axes.plot(times, mean, color=colour, linewidth=1.2)
        axes.fill_between(times, mean - error, mean + error, color=colour, alpha=0.15, linewidth=0)
        for stop, marker, fill in ((rule, "o", colour), ("teacher_labels", "D", "white")):
            time = float(one["stopping_time"].sel(rule=stop).median())
            height = float(np.interp(np.log(time), np.log(times), mean))
            axes.plot(time, height, marker, color=colour, markerfacecolor=fill, markersize=5)
    teacher = float(runs["teacher"].sel(teacher_measure=measure).isel(student=-1).mean())
    axes.axhline(teacher, color="black", linestyle="--", linewidth=1)
    axes.plot([], [], "o", color="grey", label="median stop by labelled validation")
    axes.plot([], [], "D", color="grey", markerfacecolor="white", label="median stop without labels")
    axes.set(xscale="log", xlabel="stopping time (steps of gradient descent)")


def save_classification(
    figure: Figure, runs: xr.Dataset, summary: Mapping[str, xr.Dataset], prefix: str, formats: Sequence[str]
) -> list[str]:
    """Write PREFIX.png and the like, PREFIX.nc with every run, and PREFIX.csv with means and intervals; return names.

    Raises InvalidInput for an unknown format or a place that cannot be written.
    """
    tables = {"": summary["students"]}
    return save_drawing(figure, runs, tables, prefix, formats)
