"""What RF's Figures 2 to 5 share: options, runs with predictions, files and JSON."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from proofs_checks.command_line.output import write_json
from proofs_checks.command_line.random_feature_runs import add_backend, student_width

if TYPE_CHECKING:
    from numeric.random_features.family import FeatureFamily, Floats
    from numeric.random_features.loss_figures import Series

TEACHER_WIDTHS = (16, 32, 64, 128, 256)
_QUICK_DRAWS, _QUICK_TIMES, _QUICK_STUDENT = 4, 120, 2048
_TIMES = 400


@dataclass(frozen=True)
class Panel:
    """One series to simulate: its features at each teacher width, its target and its student's width."""

    label: str
    family: Callable[[int], FeatureFamily]
    target: str
    student_width: int | None


def configure(
    parser: argparse.ArgumentParser,
    number: int,
    student_widths: Sequence[str] = ("inf",),
    teacher_widths: Sequence[int] = TEACHER_WIDTHS,
) -> None:
    """Declare the options; `student_widths` is the default, one or several."""
    several = len(student_widths) > 1
    parser.add_argument(
        "--student-width",
        default=list(student_widths) if several else student_widths[0],
        nargs="+" if several else None,
        metavar="M",
        help=f"M_ST, an integer or inf (default {' '.join(student_widths)}; RF's Figure 2 has 16384)",
    )
    parser.add_argument(
        "--teacher-width",
        type=int,
        nargs="+",
        default=list(teacher_widths),
        metavar="M",
        help=f"M_TE, two or more (default {' '.join(map(str, teacher_widths))})",
    )
    parser.add_argument("--draws", type=int, help="draws at each width (default 20, with --quick 4)")
    parser.add_argument("--quick", action="store_true", help="few draws, few times, students up to 2048")
    parser.add_argument("--seed", type=int, default=0, help="seed >= 0 (default 0)")
    parser.add_argument("--out", metavar="PREFIX", default=f"figure-{number}", help="where files go")
    parser.add_argument("--format", nargs="+", default=["png", "svg", "pdf"], help="png, svg, pdf")
    add_backend(parser)


def student_label(width: int | None) -> str:
    """Return M_ST = ... for titles and legends."""
    return f"M_ST = {width or 'inf'}"


def at_every_width(family: FeatureFamily) -> Callable[[int], FeatureFamily]:
    """Return the function that has this family at every teacher width."""
    return lambda teacher_width: family


def width_of(text: str, quick: bool) -> int | None:
    """Return the student's width, cut to 2048 when `quick`."""
    width = student_width(text)
    return min(width, _QUICK_STUDENT) if quick and width is not None else width


def run(arguments: argparse.Namespace, title: str, panels: Sequence[Panel]) -> int:
    """Simulate the panels, write the figure and its data, and print the exponents."""
    from numeric.random_features.loss_figures import draw_figure, figure_data, save_figure

    times = _common_times(arguments, panels)
    series = [_simulate(arguments, panel, times) for panel in panels]
    figure = draw_figure(series, title)
    written = save_figure(figure, figure_data(series), arguments.out, arguments.format)
    result = {
        "figure": title,
        "series": [_summary(one) for one in series],
        "files": written,
        "settings": dict(series[0].runs.attrs),
    }
    if arguments.json != "-":
        _show(result)
    if arguments.json:
        write_json(result, arguments.json)
    return 0


def _widths(arguments: argparse.Namespace) -> list[int]:
    from w2s_theory.errors import InvalidInput

    widths = sorted(set(arguments.teacher_width))
    if len(widths) < 2 or widths[0] < 1:
        raise InvalidInput(f"teacher widths are {widths}; a power law needs two or more, each >= 1")
    return widths


def _common_times(arguments: argparse.Namespace, panels: Sequence[Panel]) -> Floats:
    """Return one grid of stopping times that covers what every panel needs."""
    import numpy as np

    from numeric.random_features.simulation import default_times
    from numeric.random_features.targets import parse_target

    first = _widths(arguments)[0]
    grids = [default_times(panel.family(first), parse_target(panel.target)) for panel in panels]
    count = _QUICK_TIMES if arguments.quick else _TIMES
    return np.geomspace(min(grid[0] for grid in grids), max(grid[-1] for grid in grids), count)


def _simulate(arguments: argparse.Namespace, panel: Panel, times: Floats) -> Series:
    """Return the panel's runs and predictions; features that depend on the width are run width by width."""
    import numpy as np
    import xarray as xr

    from numeric.random_features.loss_figures import Series
    from numeric.random_features.simulation import Setting, predict, simulate
    from numeric.random_features.targets import parse_target
    from proofs_checks.command_line.progress import progress
    from w2s_theory.errors import InvalidInput

    widths = _widths(arguments)
    draws = (_QUICK_DRAWS if arguments.quick else 20) if arguments.draws is None else arguments.draws
    target = parse_target(panel.target)

    def setting(*teacher_widths: int) -> Setting:
        family = panel.family(teacher_widths[0])
        return Setting(family, target, teacher_widths, panel.student_width, draws, arguments.seed, times)

    groups = [widths] if panel.family(widths[0]) == panel.family(widths[-1]) else [[w] for w in widths]
    with progress(panel.label, draws * len(groups), show=arguments.json != "-") as advance:
        runs = xr.concat(
            [simulate(setting(*group), advance) for group in groups],
            dim="teacher_width",
            combine_attrs="drop_conflicts",
        )
    between = np.unique(np.rint(np.geomspace(widths[0], widths[-1], 25)).astype(int))
    predictions = {int(width): predict(setting(int(width)), int(width)) for width in {*between, *widths}}
    known = {width: found for width, found in sorted(predictions.items()) if found is not None}
    if len(known) < len(predictions):
        raise InvalidInput(f"teacher widths up to {widths[-1]} reach the kernel's rank; use smaller widths")
    return Series(panel.label, runs, [known[w] for w in widths], list(known.values()))


def _summary(one: Series) -> dict[str, Any]:
    def finite(value: float) -> float | None:
        return value if math.isfinite(value) else None

    return {
        "label": one.label,
        "exponent": one.fit.exponent,
        "interval": [finite(one.fit.low), finite(one.fit.high)],
        "confidence": one.fit.confidence,
        "predicted_exponent": one.predicted_fit.exponent,
        "teacher_width": [int(width) for width in one.runs["teacher_width"].values],
        "L_TE": [float(value) for value in one.runs["L_TE"].mean("draw").values],
        "L_ST": [float(value) for value in one.runs["best_L_ST"].mean("draw").values],
        "prediction": {
            "L_TE": [found.teacher_loss for found in one.predictions],
            "L_ST": [found.best_student_loss for found in one.predictions],
        },
    }


def _show(result: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(result["figure"]))
    for heading in ("series", "M_TE", "L_TE", "predicted", "min L_ST", "predicted"):
        table.add_column(heading, justify="right" if heading != "series" else "left")
    console = Console()
    lines = []
    for one in result["series"]:
        predicted = one["prediction"]
        columns = (one["teacher_width"], one["L_TE"], predicted["L_TE"], one["L_ST"], predicted["L_ST"])
        for width, *losses in zip(*columns, strict=True):
            table.add_row(Text(one["label"]), str(width), *(f"{loss:.5g}" for loss in losses))
        low, high = one["interval"]
        interval = "" if low is None else f", {one['confidence']:.0%} interval [{low:.4f}, {high:.4f}]"
        law = f"L_ST ~ L_TE^{one['exponent']:.4f}{interval}"
        lines.append(f"{one['label']}: {law}; predicted exponent {one['predicted_exponent']:.4f}")
    console.print(table)
    for line in [*lines, "wrote " + ", ".join(result["files"])]:
        console.print(Text(line))
