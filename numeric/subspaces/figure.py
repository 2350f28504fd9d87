"""The figure of the synthetic experiment of Dong et al. 2025: risks, PGR and OPR against the numbers of points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from numeric.arrays.drawings import save_drawing

_RISKS = {
    "ER_w": ("weak teacher", "tab:blue"),
    "ER_w2s": ("weak-to-strong", "tab:red"),
    "ER_s": ("strong baseline", "tab:green"),
    "ER_c": ("strong ceiling", "tab:purple"),
}
_RATIOS = {"PGR": ("PGR", "tab:orange"), "OPR": ("OPR", "tab:cyan")}
_FIXED = {"n": "$N$ = 4000", "N": "$n$ = 2000"}


def draw_scans(scans: xr.Dataset, title: str) -> Figure:
    """Return one row a setting: risks and ratios against n, then against N."""
    rows = scans.sizes["setting"]
    with rc_context({"font.size": 8, "axes.grid": True, "grid.alpha": 0.25, "legend.fontsize": 6.5}):
        figure = Figure(figsize=(13, 2.6 * rows + 0.5), layout="constrained")
        grid = figure.subplots(rows, 4, squeeze=False, sharex="col")
        for row, setting in enumerate(scans["setting"].values):
            for column, varied in enumerate(scans["varied"].values):
                data = scans.sel(setting=setting, varied=varied)
                risks, quotients = grid[row, 2 * column : 2 * column + 2]
                _draw_risks(risks, data)
                _draw_ratios(quotients, data)
                for axes in (risks, quotients):
                    axes.set_title(f"{_typeset(str(setting))}, {_FIXED[varied]}", fontsize=8)
                    if row == rows - 1:
                        axes.set_xlabel(f"${varied}$")
        grid[0, 0].legend()
        grid[0, 1].legend()
        figure.suptitle(title)
        return figure


def _typeset(label: str) -> str:
    return label.replace("d_sw", r"$d_{s\wedge w}$").replace("sigma^2", r"$\sigma^2$")


def _draw_risks(axes: Axes, data: xr.Dataset) -> None:
    points = data["points"].values
    for name, (label, colour) in _RISKS.items():
        one = data.sel(quantity=name)
        mean, deviation = one["mean"].values, one["deviation"].values
        axes.plot(points, mean, "o", color=colour, markersize=2.5, label=f"{label}, mean ± s.d.")
        axes.fill_between(points, mean - deviation, mean + deviation, color=colour, alpha=0.2, linewidth=0)
        axes.plot(points, one["exact"].values, color=colour, linewidth=0.9)
    axes.plot([], [], color="grey", linewidth=0.9, label="exact")
    axes.set(yscale="log", ylabel="excess risk")


def _draw_ratios(axes: Axes, data: xr.Dataset) -> None:
    points = data["points"].values
    for name, (label, colour) in _RATIOS.items():
        one = data.sel(quantity=name)
        axes.plot(points, one["mean"].values, "o", color=colour, markersize=2.5, label=f"{label} of means")
        axes.plot(points, one["exact"].values, color=colour, linewidth=0.9, label=f"{label} exact")
        axes.plot(points, one["bound"].values, ":", color=colour, linewidth=1.1, label=f"{label} bound")
    shown = data.sel(quantity=list(_RATIOS))
    largest = float(np.nanmax([shown["mean"].max(), shown["exact"].max()]))
    axes.axhline(0.0, color="grey", linewidth=0.7)
    # A bound that says nothing goes to minus infinity; the axis shows ratios from -0.5 on.
    lowest = float(np.nanmin([shown["mean"].min(), shown["exact"].min()]))
    axes.set(ylabel="ratio", ylim=(min(-0.5, 1.1 * lowest), 1.08 * max(largest, 1.0)))


def save_scans(figure: Figure, scans: xr.Dataset, prefix: str, formats: Sequence[str]) -> list[str]:
    """Write PREFIX.png and the like, PREFIX.nc with every trial, and PREFIX.csv; return their names.

    Raises InvalidInput for an unknown format or a place that cannot be written.
    """
    tables = {"": scans[["mean", "deviation", "exact", "bound"]]}
    return save_drawing(figure, scans, tables, prefix, formats)
