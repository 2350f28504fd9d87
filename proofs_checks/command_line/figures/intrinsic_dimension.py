"""`w2s figure intrinsic-dimension`: the synthetic experiment of Dong et al. 2025."""

from __future__ import annotations

import argparse
from typing import Any

from numeric.figures.intrinsic_dimension import SCANS
from proofs_checks.command_line.figures.shared import add_files, draw_and_save

HELP = SCANS.caption
EXAMPLE = "w2s figure intrinsic-dimension --trials 40 --jobs 2"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare trials, processes, seed and files."""
    parser.add_argument("--trials", type=int, help="trials at each point (default 40, with --quick 4)")
    parser.add_argument("--quick", action="store_true", help="4 trials at 5 points instead of 40 at 20")
    parser.add_argument("--jobs", type=int, default=1, help="processes (default 1)")
    parser.add_argument("--seed", type=int, default=0, help="seed >= 0 (default 0)")
    add_files(parser, "intrinsic-dimension")


def run(arguments: argparse.Namespace) -> int:
    """Simulate, draw, and print the ratios at both ends and in the middle of every scan."""
    options = SCANS.options(
        quick=arguments.quick, seed=arguments.seed, trials=arguments.trials, jobs=arguments.jobs
    )
    return draw_and_save(arguments, lambda progress: SCANS.draw(options, progress), _show)


def _show(result: dict[str, Any]) -> None:
    from rich.table import Table
    from rich.text import Text

    from proofs_checks.command_line.output import console

    table = Table(title=Text(result["figure"]))
    for heading in ("d_sw", "sigma2", "points", "PGR", "exact", "bound", "OPR", "exact", "bound"):
        table.add_column(heading, justify="right")
    for one in result["scans"]:
        for place in sorted({0, len(one["points"]) // 2, len(one["points"]) - 1}):
            columns = (one[key][name][place] for name in ("PGR", "OPR") for key in ("mean", "exact", "bound"))
            points = f"{one['varied']} = {one['points'][place]}"
            table.add_row(
                str(one["d_sw"]), f"{one['sigma2']:g}", points, *(f"{value:.3f}" for value in columns)
            )
    console().print(table)
