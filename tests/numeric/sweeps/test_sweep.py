import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from numeric.random_features.simulation import summarize
from numeric.sweeps import executors
from numeric.sweeps.executors import evaluate
from numeric.sweeps.store import PointStore
from numeric.sweeps.sweep import Sweep, point_setting, run_sweep, simulate, simulate_point
from w2s_theory.errors import InvalidInput

GRID = {
    "activation": ["relu"],
    "dimension": [3, 5],
    "student_width": ["inf", "60"],
    "target": ["degree:1"],
    "teacher_width": [10],
    "draws": [2],
    "seed": [0, 1],
}
SMALL = Sweep(simulate_point, GRID)

# A function of a point that can be found by name on a worker, and a driver that can be killed.
POINTS = """
import os, signal, time
from pathlib import Path
import xarray as xr

def square(point):
    time.sleep(0.05)
    return xr.Dataset({"square": float(point["x"]) ** 2})

def deadly_square(point):
    died = Path(os.environ["DIED"])
    if point["x"] == 3 and not died.exists():
        died.write_text("")
        os.kill(os.getpid(), signal.SIGKILL)
    return square(point)
"""
DRIVER = """
import sys
from pathlib import Path
import points
from numeric.arrays.files import save_dataset
from numeric.sweeps.store import PointStore
from numeric.sweeps.sweep import Sweep, run_sweep

if __name__ == "__main__":
    name, store, executor, out = sys.argv[1:]
    sweep = Sweep(getattr(points, name), {"x": list(range(24))})
    found = run_sweep(sweep, PointStore(Path(store)), executor, jobs=2)
    save_dataset(found.results, out)
    print(found.computed, found.reused)
"""


@pytest.fixture
def drive(tmp_path):
    (tmp_path / "points.py").write_text(POINTS)
    (tmp_path / "driver.py").write_text(DRIVER)
    environment = os.environ | {"PYTHONPATH": str(tmp_path), "DIED": str(tmp_path / "died")}

    def start(name, executor="local", store="store", out="out.nc"):
        command = [sys.executable, "driver.py", name, store, executor, out]
        return subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True)

    return start


def finish(process):
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    computed, reused = map(int, output.split())
    return computed, reused


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A run with one process, and its store."""
    store = tmp_path_factory.mktemp("store")
    return run_sweep(SMALL, PointStore(store), jobs=1), store


def test_results_are_those_of_single_simulations(first):
    found, _ = first
    assert (found.computed, found.reused) == (8, 0)
    point = SMALL.points[3]
    one = found.results.sel({name: [value] for name, value in point.items()}).squeeze()
    again = simulate(point_setting(point))
    np.testing.assert_allclose(one.L_TE, again.L_TE[0], rtol=1e-14)
    assert float(one.best_L_ST.mean()) == pytest.approx(summarize(again)[0]["L_ST"]["mean"], rel=1e-12)
    assert float(one.predicted_L_TE) == pytest.approx(float(one.L_TE.mean()), rel=0.5)


@pytest.mark.parametrize("executor", ["local", "dask"])
def test_the_executor_and_the_number_of_processes_change_no_bit(executor, tmp_path, first, need):
    if executor == "dask":
        need("distributed")
    one, store = first
    two = run_sweep(SMALL, PointStore(tmp_path), executor, jobs=2)
    xr.testing.assert_identical(one.results, two.results)
    assert sorted(os.listdir(store)) == sorted(os.listdir(tmp_path))


def test_a_rerun_computes_what_is_missing_or_damaged(first, tmp_path):
    one, store = first
    shutil.copytree(store, tmp_path, dirs_exist_ok=True)
    entries = sorted(tmp_path.iterdir())
    entries[0].unlink()
    entries[1].write_bytes(entries[1].read_bytes()[:-1] + b"?")
    again = run_sweep(SMALL, PointStore(tmp_path), jobs=1)
    assert (again.computed, again.reused, again.corrupt) == (2, 6, (entries[1].name,))
    xr.testing.assert_identical(again.results, one.results)


@pytest.mark.slow
@pytest.mark.parametrize("executor", ["local", "dask"])
def test_a_killed_worker_costs_its_point_in_flight_only(drive, executor, tmp_path, need):
    if executor == "dask":
        need("distributed")
    assert finish(drive("deadly_square", executor)) == (24, 0)
    assert (tmp_path / "died").exists()
    squares = xr.load_dataset(tmp_path / "out.nc", engine="scipy").square
    np.testing.assert_array_equal(squares, np.arange(24.0) ** 2)


@pytest.mark.slow
def test_a_killed_driver_loses_the_points_in_flight_only(drive, tmp_path):
    process = drive("square")
    store = tmp_path / "store"
    deadline = time.monotonic() + 30
    while len(finished(store)) < 6 and time.monotonic() < deadline:
        time.sleep(0.02)
    children = child_processes(process.pid)
    process.kill()
    process.communicate()
    done = len(finished(store))
    assert 6 <= done < 24
    computed, reused = finish(drive("square"))
    assert reused >= done
    assert computed + reused == 24
    finish(drive("square", store="other", out="other.nc"))
    assert (tmp_path / "out.nc").read_bytes() == (tmp_path / "other.nc").read_bytes()
    assert not [child for child in children if Path(f"/proc/{child}/cmdline").exists()]


def finished(store):
    return list(store.glob("*.nc")) if store.exists() else []


def child_processes(parent):
    listing = Path(f"/proc/{parent}/task/{parent}/children")
    return listing.read_text().split() if listing.exists() else []


def test_what_the_function_raises_stops_the_sweep():
    # The function is Python's own, so that a worker finds it by name.
    with pytest.raises(ValueError, match="invalid literal"):
        list(evaluate(int, ["1", "one"], "local", 1))


@pytest.mark.parametrize(
    ("executor", "jobs", "message"),
    [("slurm", 1, "unknown executor"), ("local", 0, "integer >= 1"), ("dask://127.0.0.1:9", 1, "no Dask")],
)
def test_bad_executors_are_one_line(executor, jobs, message, tmp_path, monkeypatch, need):
    monkeypatch.setattr(executors, "CONNECT_SECONDS", 1)
    if executor.startswith("dask"):
        need("distributed")
    with pytest.raises(InvalidInput, match=message):
        run_sweep(SMALL, PointStore(tmp_path), executor, jobs)


def test_bad_grids_are_named():
    with pytest.raises(InvalidInput, match="different values"):
        Sweep(simulate_point, {"x": [1, 1]})
    with pytest.raises(InvalidInput, match="the most is"):
        Sweep(simulate_point, {"x": range(2000), "y": range(2000)})
