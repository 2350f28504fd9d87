"""`w2s figure intrinsic-dimension`: the synthetic experiment of Dong et al. 2025."""

from __future__ import annotations

import argparse
from typing import Any

from proofs_checks.command_line.output import check_writable, write_json

HELP = (
    "ID, synthetic regression: risks, PGR and OPR against n and N for d_sw = 10, 50, 90 and two noise levels"
)
EXAMPLE = "w2s figure intrinsic-dimension --trials 40 --jobs 2"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare trials, processes, seed and files."""
    parser.add_argument("--trials", type=int, help="trials at each point (default 40, with --quick 4)")
    parser.add_argument("--quick", action="store_true", help="4 trials at 5 points instead of 40 at 20")
    parser.add_argument("--jobs", type=int, default=1, help="processes (default 1)")
    parser.add_argument("--seed", type=int, default=0, help="seed >= 0 (default 0)")
    parser.add_argument(
        "--out", metavar="PREFIX", default="figure-intrinsic-dimension", help="where files go"
    )
    parser.add_argument("--format", nargs="+", default=["png", "svg", "pdf"], help="png, svg, pdf")


def run(arguments: argparse.Namespace) -> int:
    """Simulate, draw, and print the ratios at both ends and in the middle of every scan."""
    from numeric.subspaces.figure import draw_scans, save_scans
    from numeric.subspaces.scans import FIXED, SCANNED, SETTINGS, scan
    from proofs_checks.command_line.progress import progress

    check_writable(arguments.json)
    trials = (4 if arguments.quick else 40) if arguments.trials is None else arguments.trials
    points = SCANNED[::4] if arguments.quick else SCANNED
    total = len(SETTINGS) * len(FIXED) * len(points)
    with progress("points", total, show=arguments.json != "-") as advance:
        scans = scan(SETTINGS, points, trials, arguments.seed, arguments.jobs, advance)
    title = f"Least squares in two subspaces, {trials} trials a point"
    written = save_scans(draw_scans(scans, title), scans, arguments.out, arguments.format)
    result: dict[str, Any] = {
        "figure": title,
        "scans": [
            _summary(scans.sel(setting=setting, varied=varied))
            for setting in scans["setting"].values
            for varied in scans["varied"].values
        ],
        "files": written,
        "settings": {"trials": trials, "seed": arguments.seed},
    }
    if arguments.json != "-":
        _show(result)
    if arguments.json:
        write_json(result, arguments.json)
    return 0


def _summary(data: Any) -> dict[str, Any]:
    quantities = [str(name) for name in data["quantity"].values]

    def table(variable: str) -> dict[str, list[float]]:
        rows = {name: data[variable].sel(quantity=name) for name in quantities}
        return {name: row.values.tolist() for name, row in rows.items() if row.notnull().all()}

    return {
        "d_sw": int(data["d_sw"]),
        "sigma2": float(data["sigma2"]),
        "varied": str(data["varied"].values),
        "points": data["points"].values.tolist(),
        **{variable: table(variable) for variable in ("mean", "deviation", "exact", "bound")},
    }


def _show(result: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

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
    console = Console()
    console.print(table)
    console.print(Text("wrote " + ", ".join(result["files"])))
