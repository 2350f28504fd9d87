"""Loss curves and their power law, the two panels of RF's Figures 2 to 5, as data and as drawings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import xarray as xr
from matplotlib import colormaps, rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FormatStrFormatter, LogLocator, NullFormatter

from numeric.arrays.drawings import save_drawing
from numeric.random_features.deterministic_equivalents import DeterministicEquivalent
from numeric.random_features.family import Floats
from numeric.random_features.power_laws import PowerLawFit, fit_power_law

_CURVES = ("ratio", "ratio_error", "predicted_ratio")
_POINTS = ("teacher_loss", "student_loss", "predicted_teacher_loss", "predicted_student_loss")


@dataclass(frozen=True)
class Series:
    """Runs with dimensions teacher_width, draw, time, and what universality predicts at each width.

    `line` holds predictions at many widths, in increasing order, for a smooth curve through the second panel.
    """

    label: str
    runs: xr.Dataset
    predictions: Sequence[DeterministicEquivalent]
    line: Sequence[DeterministicEquivalent]

    @cached_property
    def fit(self) -> PowerLawFit:
        """The power of L_TE in the least L_ST over time, from the simulations."""
        return fit_power_law(self.runs["L_TE"].values, self.runs["best_L_ST"].values)

    @cached_property
    def predicted_fit(self) -> PowerLawFit:
        """The same fit through the predictions at the same widths, which no finite width makes exactly 2."""
        losses = [(one.teacher_loss, one.best_student_loss) for one in self.predictions]
        teacher, student = np.asarray(losses).T[:, :, None]
        return fit_power_law(teacher, student)


def figure_data(series: Sequence[Series]) -> xr.Dataset:
    """Return everything the figure shows, and the draws behind it, with the series as a dimension.

    `ratio` is the mean over draws of L_ST(t) / L_TE, `ratio_error` its standard error, `exponent` the fitted
    power of L_TE in the least L_ST over time.
    """
    parts = [_series_data(one) for one in series]
    labels = xr.DataArray([one.label for one in series], dims="series", name="series")
    return xr.concat(parts, dim=labels, combine_attrs="drop_conflicts")


def _series_data(one: Series) -> xr.Dataset:
    runs = one.runs
    ratio = runs["L_ST"] / runs["L_TE"]
    draws = runs.sizes["draw"]
    data = runs.copy()
    data["ratio"] = ratio.mean("draw")
    # One draw has no standard error; a bar of length 0 would claim one.
    data["ratio_error"] = ratio.std("draw", ddof=1) / draws**0.5 if draws > 1 else data["ratio"] * np.nan
    times = runs["time"].values
    predicted = np.stack([one_width.student_loss(times) for one_width in one.predictions])
    teacher = np.asarray([one_width.teacher_loss for one_width in one.predictions])
    data["predicted_ratio"] = (("teacher_width", "time"), predicted / teacher[:, None])
    data["teacher_loss"] = runs["L_TE"].mean("draw")
    data["student_loss"] = runs["best_L_ST"].mean("draw")
    data["predicted_teacher_loss"] = ("teacher_width", teacher)
    data["predicted_student_loss"] = (
        "teacher_width",
        np.asarray([one_width.best_student_loss for one_width in one.predictions]),
    )
    for name in ("exponent", "constant", "low", "high"):
        data[f"fit_{name}"] = getattr(one.fit, name)
    data["predicted_exponent"] = one.predicted_fit.exponent
    return data


def draw_figure(series: Sequence[Series], title: str) -> Figure:
    """Return loss ratio against time at each teacher width, beside the power law of the least loss."""
    with rc_context({"font.size": 9, "axes.grid": True, "grid.alpha": 0.25, "legend.fontsize": 7.5}):
        figure = Figure(figsize=(10, 4.2), layout="constrained")
        curves, law = figure.subplots(1, 2)
        for index, one in enumerate(series):
            colours = _colours(index, len(series), one.runs.sizes["teacher_width"])
            _draw_curves(curves, one, colours, alone=len(series) == 1)
            _draw_law(law, one, colours[-1] if len(series) > 1 else "black", alone=len(series) == 1)
        _finish_curves(curves, shaded=len(series) > 1)
        teacher_losses = np.concatenate([one.runs["L_TE"].mean("draw").values for one in series])
        _finish_law(law, np.geomspace(teacher_losses.min(), teacher_losses.max(), 200))
        figure.suptitle(_typeset(title))
        return figure


def _typeset(text: str) -> str:
    """Return plain text with the widths M_TE and M_ST, as in tables, written as mathematics."""
    return re.sub(r"M_([A-Z]{2})(\^\([^)]*\))?", r"$M_\\mathrm{\1}\2$", text).replace("^(3/2)$", "^{3/2}$")


def _colours(index: int, series: int, widths: int) -> list[Any]:
    """One hue a width for a single series; otherwise one hue a series, darker with the width."""
    shades = np.linspace(0.35, 0.95, widths) if series > 1 else np.linspace(0.0, 0.85, widths)
    name = ("Blues", "Oranges", "Greens", "Purples", "Reds", "Greys")[index % 6] if series > 1 else "viridis"
    return [colormaps[name](shade) for shade in shades]


def _draw_curves(axes: Axes, one: Series, colours: list[Any], alone: bool) -> None:
    data = _series_data(one)
    times = data["time"].values
    widths = data["teacher_width"].values
    for row, (width, colour) in enumerate(zip(widths, colours, strict=True)):
        ratio, error = data["ratio"].values[row], data["ratio_error"].values[row]
        widest = row == len(widths) - 1
        label = rf"$M_\mathrm{{TE}}$ = {width}" if alone else (_typeset(one.label) if widest else None)
        axes.plot(times, ratio, color=colour, label=label, linewidth=1.4)
        axes.plot(times, data["predicted_ratio"].values[row], "--", color=colour, linewidth=0.9)
        axes.fill_between(times, ratio - error, ratio + error, color=colour, alpha=0.2, linewidth=0)


def _finish_curves(axes: Axes, shaded: bool) -> None:
    if shaded:
        axes.plot([], [], " ", label=r"darker: larger $M_\mathrm{TE}$")
    axes.plot([], [], "-", color="grey", label="mean of draws, ± s.e.")
    axes.plot([], [], "--", color="grey", linewidth=0.9, label="universality")
    axes.axhline(1.0, color="grey", linewidth=0.8)
    axes.set(
        xscale="log",
        yscale="log",
        xlabel="stopping time $t$",
        ylabel=r"$\mathcal{L}_\mathrm{ST}(t)\;/\;\mathcal{L}_\mathrm{TE}$",
    )
    axes.legend(loc="best")


def _draw_law(axes: Axes, one: Series, colour: Any, alone: bool) -> None:
    teacher, student = (one.runs[name].values for name in ("L_TE", "best_L_ST"))
    x, y = teacher.mean(axis=1), student.mean(axis=1)
    draws = one.runs.sizes["draw"]
    errors = [v.std(axis=1, ddof=1) / draws**0.5 if draws > 1 else None for v in (teacher, student)]
    interval = "" if np.isnan(one.fit.low) else f" [{one.fit.low:.3f}, {one.fit.high:.3f}]"
    label = f"{'simulated' if alone else _typeset(one.label)}: exponent {one.fit.exponent:.3f}{interval}"
    axes.errorbar(
        x, y, xerr=errors[0], yerr=errors[1], fmt="o", color=colour, markersize=4, capsize=2, label=label
    )
    span = np.geomspace(x.min(), x.max(), 50)
    axes.plot(span, one.fit(span), color=colour, linewidth=1.2)
    predicted = [(found.teacher_loss, found.best_student_loss) for found in one.line]
    axes.plot(*zip(*predicted, strict=True), "--", color=colour, linewidth=0.9)


def _finish_law(axes: Axes, span: Floats) -> None:
    limit = axes.plot(span, limit_of_weak_to_strong(span), ":", color="tab:red", label="limit (Theorem 4.1)")
    predicted = axes.plot([], [], "--", color="grey", linewidth=0.9, label="universality")
    axes.set(
        xscale="log",
        yscale="log",
        xlabel=r"$\mathcal{L}_\mathrm{TE}$",
        ylabel=r"$\min_t \mathcal{L}_\mathrm{ST}(t)$",
    )
    # Over less than two decades matplotlib would label every minor tick, one over the other.
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
        axis.set_major_formatter(FormatStrFormatter("%g"))
        axis.set_minor_formatter(NullFormatter())
    axes.legend(handles=[*axes.containers, *limit, *predicted], loc="best")


def limit_of_weak_to_strong(teacher_loss: Floats) -> Floats:
    """Return ((sqrt(1+3L) - sqrt(1-L)) / 2)^2, below which no student can be (RF, Theorem 4.1)."""
    # Rationalized: the difference of roots is 4 L / (their sum).
    roots = np.sqrt(1 + 3 * teacher_loss) + np.sqrt(1 - teacher_loss)
    return np.asarray((2 * teacher_loss / roots) ** 2)


def save_figure(figure: Figure, data: xr.Dataset, prefix: str, formats: Sequence[str]) -> list[str]:
    """Write PREFIX.png and the like, PREFIX.nc, PREFIX-curves.csv and PREFIX-points.csv; return their names.

    Raises InvalidInput for an unknown format or a place that cannot be written.
    """
    tables = {
        f"-{name}": data[list(variables)] for name, variables in (("curves", _CURVES), ("points", _POINTS))
    }
    return save_drawing(figure, data, tables, prefix, formats)
