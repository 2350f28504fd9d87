"""`w2s sweep`: a grid of simulations on one machine or many, resumable."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Any

from proofs_checks.command_line.output import console, write_json

if TYPE_CHECKING:
    from collections.abc import Callable

    import xarray as xr

    from numeric.sweeps.store import Point
    from numeric.sweeps.sweep import Sweep, SweepRun

    _Functions = tuple[Callable[[Point], xr.Dataset], Callable[[Point], object]]

HELP = "simulate a grid of settings, on local processes or a Dask cluster; a rerun resumes"
EXAMPLE = "w2s sweep --dimension 16 32 --teacher-width 32 64 --seed 0:10 --store runs --jobs 2 --out sweep.nc"

_RANGE = re.compile(r"(\d{1,9}):(\d{1,9})")
_SPHERE, _SUBSPACES = "sphere", "intrinsic-dimension"
# What each kind takes, with its default; None must be given.
_OPTIONS: dict[str, dict[str, Any]] = {
    _SPHERE: {
        "activation": ["relu"],
        "dimension": None,
        "student_width": ["inf"],
        "target": ["degree:1"],
        "teacher_width": None,
        "draws": 1,
    },
    _SUBSPACES: {
        "d_s": None,
        "d_w": None,
        "d_sw": None,
        "sigma2": [1.0],
        "rho_s": [0.0],
        "rho_w": [0.0],
        "rho_both": [0.0],
        "n": None,
        "N": None,
        "trials": 2000,
    },
}
# The JSON form is for reading; the whole result of a sweep over random features is in the netCDF file.
_MEANS = ("L_TE", "best_L_ST", "PGR", "kappa_S", "optimal_time", "predicted_L_TE", "predicted_L_ST")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the kind, its grid, the store and the executor."""
    parser.add_argument(
        "kind",
        nargs="?",
        choices=tuple(_OPTIONS),
        default=_SPHERE,
        help=f"what to simulate (default {_SPHERE})",
    )
    sphere = parser.add_argument_group(_SPHERE, "random features on the sphere, as `w2s simulate sphere`")
    sphere.add_argument("--activation", nargs="+", metavar="NAME", help="default relu")
    sphere.add_argument("--dimension", nargs="+", type=int, metavar="D", help="values of d >= 2")
    sphere.add_argument("--teacher-width", nargs="+", type=int, metavar="M", help="M_TE >= 1")
    sphere.add_argument("--student-width", nargs="+", metavar="M", help="M_ST >= 1, or inf (default)")
    sphere.add_argument("--target", nargs="+", help="such as degree:1 (default) degree:1=0.5,2=0.5")
    sphere.add_argument("--draws", type=int, help="draws at each point (default 1)")
    subspaces = parser.add_argument_group(
        _SUBSPACES, "least squares in two subspaces, as `w2s simulate intrinsic-dimension`"
    )
    subspaces.add_argument("--n", nargs="+", type=int, help="labelled points, n >= max(d_w, d_s) + 2")
    subspaces.add_argument("--N", nargs="+", type=int, help="pseudo-labelled points, N >= d_s + 2")
    subspaces.add_argument("--d-s", nargs="+", type=int, metavar="D", help="strong dimensions >= 1")
    subspaces.add_argument("--d-w", nargs="+", type=int, metavar="D", help="weak dimensions >= 1")
    subspaces.add_argument(
        "--d-sw", nargs="+", type=float, metavar="D", help="correlation dimensions in [0, min(d_s, d_w)]"
    )
    subspaces.add_argument("--sigma2", nargs="+", type=float, help="label variances (default 1)")
    for name in ("--rho-s", "--rho-w", "--rho-both"):
        subspaces.add_argument(name, nargs="+", type=float, metavar="RHO", help="masses (default 0)")
    subspaces.add_argument("--trials", type=int, help="trials at each point (default 2000)")
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

    from numeric.arrays.files import save_dataset
    from numeric.sweeps.store import PointStore
    from numeric.sweeps.sweep import run_sweep
    from proofs_checks.command_line.progress import progress

    sweep = _checked_sweep(arguments)
    store = PointStore(Path(arguments.store))
    with progress("points", len(sweep.points), show=arguments.json != "-") as advance:
        found = run_sweep(sweep, store, arguments.executor, arguments.jobs, advance)
    if arguments.out:
        save_dataset(found.results, arguments.out)
    if arguments.json != "-":
        _show(found)
    if arguments.json:
        write_json(_as_data(arguments.kind, sweep, found), arguments.json)
    return 0


def _checked_sweep(arguments: argparse.Namespace) -> Sweep:
    """Return the sweep, with every setting checked before the first is computed."""
    from numeric.sweeps.sweep import Sweep

    grid = {**_grid(arguments), "seed": _seeds(arguments.seed)}
    function, examine = _sphere() if arguments.kind == _SPHERE else _subspaces()
    sweep = Sweep(function, grid)
    first = sweep.grid["seed"][0]
    for point in sweep.points:
        if point["seed"] == first:
            examine(point)
    return sweep


def _grid(arguments: argparse.Namespace) -> dict[str, list[Any]]:
    """Return the values of each of the kind's parameters, its defaults filled in."""
    from w2s_theory.errors import InvalidInput

    grid: dict[str, list[Any]] = {}
    for kind, options in _OPTIONS.items():
        for name, default in options.items():
            value, flag = getattr(arguments, name), f"--{name.replace('_', '-')}"
            if kind != arguments.kind:
                if value is not None:
                    raise InvalidInput(f"{flag} is an option of `w2s sweep {kind}`, not of {arguments.kind}")
                continue
            value = default if value is None else value
            if value is None:
                raise InvalidInput(f"no {flag} given; `w2s sweep {kind}` needs its values")
            grid[name] = value if isinstance(value, list) else [value]
    return grid


def _sphere() -> _Functions:
    """Return the function of a point that is swept, and one that raises for a point out of range."""
    from numeric.sweeps.sweep import point_setting, simulate_point
    from proofs_checks.command_line.random_feature_runs import student_width

    def examine(point: Point) -> None:
        student_width(str(point["student_width"]))
        point_setting(point)

    return simulate_point, examine


def _subspaces() -> _Functions:
    """Return the same for two subspaces."""
    from numeric.subspaces.sweep import point_numbers, simulate_ridgeless_point

    return simulate_ridgeless_point, point_numbers


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


def _as_data(kind: str, sweep: Sweep, found: SweepRun) -> dict[str, Any]:
    import numpy as np

    names = _MEANS if kind == _SPHERE else tuple(map(str, found.results))
    means = {name: found.results[name] for name in names}
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
    from rich.text import Text

    terminal = console()
    terminal.print(f"{found.computed} points computed, {found.reused} found in the store")
    for name in found.corrupt:
        terminal.print(Text(f"note: {name} in the store was damaged; its point was computed again"))
