"""`w2s sweep`: a grid of simulations on one machine or many, resumable."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Any

from proofs_checks.output import write_json

if TYPE_CHECKING:
    from numeric.sweeps import Sweep, SweepRun

HELP = "simulate a grid of settings, on local processes or a Dask cluster; a rerun resumes"
EXAMPLE = "w2s sweep --dimension 16 32 --teacher-width 32 64 --seed 0:10 --store runs --jobs 2 --out sweep.nc"

_RANGE = re.compile(r"(\d{1,9}):(\d{1,9})")
# The JSON form is for reading; the whole result is in the netCDF file.
_MEANS = ("L_TE", "best_L_ST", "PGR", "kappa_S", "optimal_time", "predicted_L_TE", "predicted_L_ST")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the grid, the store and the executor."""
    parser.add_argument("--activation", nargs="+", default=["relu"], metavar="NAME", help="default relu")
    parser.add_argument(
        "--dimension", nargs="+", type=int, required=True, metavar="D", help="values of d >= 2"
    )
    parser.add_argument("--teacher-width", nargs="+", type=int, required=True, metavar="M", help="M_TE >= 1")
    parser.add_argument(
        "--student-width", nargs="+", default=["inf"], metavar="M", help="M_ST >= 1, or inf (default)"
    )
    parser.add_argument(
        "--target", nargs="+", default=["degree:1"], help="such as degree:1 degree:1=0.5,2=0.5"
    )
    parser.add_argument("--draws", type=int, default=1, help="draws at each point (default 1)")
    parser.add_argument("--seed", nargs="+", default=["0"], help="seeds >= 0, or FIRST:END without END")
    parser.add_argument(
        "--store", required=True, metavar="DIR", help="directory of finished points, to resume from"
    )
    parser.add_argument("--executor", default="local", help="local (default), dask or dask://HOST:PORT")
    parser.add_argument("--jobs", type=int, default=1, help="processes of local and dask (default 1)")
    parser.add_argument("--out", metavar="FILE", help="write all results to FILE as netCDF")
    parser.add_argument(
        "--json", metavar="FILE", help="write the means as JSON to FILE, or - for standard output"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run what is missing, write the results and say what was found damaged."""
    from pathlib import Path

    from numeric.files import save_dataset
    from numeric.store import PointStore
    from numeric.sweeps import run_sweep
    from proofs_checks.progress import progress

    sweep = _checked_sweep(arguments)
    store = PointStore(Path(arguments.store))
    with progress("points", len(sweep.points), show=arguments.json != "-") as advance:
        found = run_sweep(sweep, store, arguments.executor, arguments.jobs, advance)
    if arguments.out:
        save_dataset(found.results, arguments.out)
    if arguments.json != "-":
        _show(found)
    if arguments.json:
        write_json(_as_data(sweep, found), arguments.json)
    return 0


def _checked_sweep(arguments: argparse.Namespace) -> Sweep:
    """Return the sweep, with every setting checked before the first is computed."""
    from numeric.sweeps import Sweep, point_setting, simulate_point
    from proofs_checks.random_feature_runs import student_width

    for width in arguments.student_width:
        student_width(width)
    sweep = Sweep(
        simulate_point,
        {
            "activation": arguments.activation,
            "dimension": arguments.dimension,
            "student_width": arguments.student_width,
            "target": arguments.target,
            "teacher_width": arguments.teacher_width,
            "draws": [arguments.draws],
            "seed": _seeds(arguments.seed),
        },
    )
    first = sweep.grid["seed"][0]
    for point in sweep.points:
        if point["seed"] == first:
            point_setting(point)
    return sweep


def _seeds(texts: list[str]) -> list[int]:
    from w2s_theory.errors import InvalidInput

    seeds: list[int] = []
    for text in texts:
        between = _RANGE.fullmatch(text)
        if between:
            seeds.extend(range(int(between[1]), int(between[2])))
        elif text.isdecimal():
            seeds.append(int(text))
        else:
            raise InvalidInput(f"seed is {text!r}; write integers >= 0, or FIRST:END such as 0:20")
    return seeds


def _as_data(sweep: Sweep, found: SweepRun) -> dict[str, Any]:
    import numpy as np

    means = {name: found.results[name] for name in _MEANS}
    means = {name: m.mean("draw") if "draw" in m.dims else m for name, m in means.items()}
    flat = {name: np.ravel(mean.values) for name, mean in means.items()}
    rows: list[dict[str, Any]] = [
        {**point, **{name: float(v[i]) if np.isfinite(v[i]) else None for name, v in flat.items()}}
        for i, point in enumerate(sweep.points)
    ]
    return {
        "points": rows,
        "computed": found.computed,
        "reused": found.reused,
        "corrupt": list(found.corrupt),
        "settings": dict(found.results.attrs),
    }


def _show(found: SweepRun) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console()
    console.print(f"{found.computed} points computed, {found.reused} found in the store")
    for name in found.corrupt:
        console.print(Text(f"note: {name} in the store was damaged; its point was computed again"))
