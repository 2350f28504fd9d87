"""Sweeps over grids of settings: resumable, and the same to the last bit wherever they are computed."""

from __future__ import annotations

import io
import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import xarray as xr

from numeric.arrays.files import to_netcdf_bytes
from numeric.arrays.threads import one_blas_thread
from numeric.random_features.any_activation import sphere_features
from numeric.random_features.deterministic_equivalents import DeterministicEquivalent
from numeric.random_features.simulation import Setting, default_times, predict, simulate, versions
from numeric.random_features.targets import parse_target
from numeric.sweeps.executors import evaluate
from numeric.sweeps.store import Point, PointStore, point_key
from w2s_theory.errors import InvalidInput

MOST_POINTS = 10**6


@dataclass(frozen=True)
class Sweep:
    """A function of a point, found by name on every worker, and the values each of its parameters takes.

    The function returns a Dataset of the same variables and shapes at every point. Raises InvalidInput for a
    parameter without values or with a repeated one, or more than a million points.
    """

    function: Callable[[Point], xr.Dataset]
    grid: Mapping[str, Sequence[int | float | str]]

    def __post_init__(self) -> None:
        for name, values in self.grid.items():
            if not values or len(set(values)) < len(values):
                raise InvalidInput(
                    f"{name} takes the values {list(values)}; give different values, at least one"
                )
        count = math.prod(map(len, self.grid.values()))
        if count > MOST_POINTS:
            raise InvalidInput(f"the grid has {count} points; the most is {MOST_POINTS}")

    @property
    def points(self) -> list[Point]:
        """Every combination of the values, the last parameter varying fastest."""
        return [
            dict(zip(self.grid, values, strict=True)) for values in itertools.product(*self.grid.values())
        ]

    @property
    def task(self) -> str:
        """The name under which points are stored: results of another version are not taken for this one's."""
        return f"{self.function.__module__}.{self.function.__qualname__} {versions()['w2s-theory']}"


@dataclass(frozen=True)
class SweepRun:
    """The results, with the grid's parameters as dimensions, and how many points were computed or found."""

    results: xr.Dataset
    computed: int
    reused: int
    corrupt: tuple[str, ...]


def run_sweep(
    sweep: Sweep,
    store: PointStore,
    executor: str = "local",
    jobs: int = 1,
    advance: Callable[[], None] = lambda: None,
) -> SweepRun:
    """Compute the points that are not in the store, store each as it is finished, and return all of them.

    `executor` and `jobs` are those of `numeric.sweeps.executors.evaluate`; `advance` is called once a point. Nothing
    but the points in flight is lost if the process is killed. Raises InvalidInput for a full disk.
    """
    points = sweep.points
    keys = [point_key(sweep.task, point) for point in points]
    contents: dict[int, bytes] = {}
    for index, key in enumerate(keys):
        found = store.get(key)
        if found is not None:
            contents[index] = found
            advance()
    missing = [index for index in range(len(points)) if index not in contents]
    reused = len(contents)
    if missing:
        work = partial(encoded_point, sweep.function)
        for position, content in evaluate(work, [points[i] for i in missing], executor, jobs):
            store.put(keys[missing[position]], content)
            contents[missing[position]] = content
            advance()
    results = _assemble(sweep, [contents[index] for index in range(len(points))])
    return SweepRun(results, len(missing), reused, tuple(store.corrupt))


def encoded_point(function: Callable[[Point], xr.Dataset], point: Point) -> bytes:
    """Return function(point) as a netCDF file, computed with one BLAS thread: this runs on the workers."""
    with one_blas_thread():
        return to_netcdf_bytes(function(point))


def _assemble(sweep: Sweep, contents: Sequence[bytes]) -> xr.Dataset:
    """Return one Dataset with the grid's dimensions before those of the points."""
    parts = [xr.load_dataset(io.BytesIO(content), engine="scipy") for content in contents]
    shape = tuple(map(len, sweep.grid.values()))
    variables = {
        name: (
            (*sweep.grid, *variable.dims),
            np.stack([part[name].values for part in parts]).reshape(*shape, *variable.shape),
            variable.attrs,
        )
        for name, variable in parts[0].data_vars.items()
    }
    return xr.Dataset(variables, {name: list(values) for name, values in sweep.grid.items()}, parts[0].attrs)


def simulate_point(point: Point) -> xr.Dataset:
    """Return the losses at one point of a sweep over random features on the sphere, draw by draw.

    The point has activation, dimension, teacher_width, student_width (a number as text, or inf), target,
    draws, seed. Errors are the largest over all times. Raises InvalidInput where a value is out of its range.
    """
    setting = point_setting(point)
    runs = simulate(setting).isel(teacher_width=0, drop=True)
    width = setting.teacher_widths[0]
    equivalent = predict(setting, width)
    results = runs[["L_TE", "best_L_ST", "PGR", "kappa_S", "optimal_time", "rank_deficient"]]
    for name in ("truncation_error", "lanczos_error", "rounding_error"):
        results[name] = runs[name].max("time")
    results["predicted_L_TE"] = equivalent.teacher_loss if equivalent else setting.invisible_mass
    results["predicted_L_ST"] = _predicted_student_loss(setting, equivalent)
    results.attrs = {name: runs.attrs[name] for name in ("backend", "versions")}
    return results.drop_vars("draw")


def _predicted_student_loss(setting: Setting, equivalent: DeterministicEquivalent | None) -> float:
    invisible = setting.invisible_mass
    return equivalent.best_student_loss if equivalent and invisible < 1.0 else invisible


def point_setting(point: Point) -> Setting:
    """Return the setting that a point stands for; raises InvalidInput where a value is out of its range."""
    family = sphere_features(str(point["activation"]), int(point["dimension"]))
    target = parse_target(str(point["target"]))
    width = str(point["student_width"])
    return Setting(
        family=family,
        target=target,
        teacher_widths=(int(point["teacher_width"]),),
        student_width=None if width == "inf" else int(width),
        draws=int(point["draws"]),
        seed=int(point["seed"]),
        times=default_times(family, target),
    )
