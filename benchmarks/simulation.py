"""Simulation against the plain ways to the same numbers: Euler steps, dense eigenvectors, one worker.

Prints seconds, ratios and what was measured, and what was extrapolated from it and by which law.
Run: python benchmarks/simulation.py [--only curves|student|sweeps]
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import scipy.linalg
import scipy.sparse.linalg
from rich.console import Console
from rich.table import Table

from numeric.random_features.gradient_flow import FlowModes, finite_student_modes
from numeric.random_features.simulation import Setting, default_times, simulate
from numeric.random_features.sphere import SphereFeatures
from numeric.random_features.targets import parse_target
from numeric.random_features.teachers import Teacher, fit_teacher
from numeric.sweeps.store import PointStore
from numeric.sweeps.sweep import Sweep, run_sweep, simulate_point
from w2s_theory.sphere.activations import RELU

FAMILY = SphereFeatures(RELU, 32)
TARGET = parse_target("degree:1")
TEACHER_WIDTHS = (16, 32, 64, 128, 256)
DRAWS = 20
TIMES = default_times(FAMILY, TARGET, 400)
EULER_WIDTH = 4096
STUDENT_WIDTH = 16384
SWEEP_POINTS = 200
# The least of a few interleaved rounds: other work on the machine can only add time.
ROUNDS = 2


def timed(compute: Callable[[], Any]) -> tuple[float, Any]:
    """Return the wall time in seconds, and the result."""
    start = time.perf_counter()
    result = compute()
    return time.perf_counter() - start, result


def show(title: str, rows: list[tuple[str, str]]) -> None:
    """Print a table of two columns."""
    table = Table(title=title, show_header=False)
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def teacher(width: int, seed: int = 0) -> Teacher:
    """Return a teacher drawn with this seed."""
    return fit_teacher(FAMILY, TARGET, FAMILY.draw(np.random.default_rng(seed), width))


def student(width: int, teachers: list[Teacher]) -> tuple[Any, Any, Any]:
    """Return a student's kernel matrix, its correlations with the teachers' labels and with the target."""
    features = FAMILY.draw(np.random.default_rng(99), width)
    labels = np.stack([FAMILY.kernel(features, one.features) @ one.weights for one in teachers])
    return FAMILY.gram(features), labels, FAMILY.correlations(features, TARGET.components[0])


def euler_losses(kernel: Any, starts: Any, target: Any, step: float, count: int) -> Any:
    """Return L_ST after `count` gradient steps; starts of shape (m, teachers), target (m,)."""
    weights = np.zeros_like(starts)
    for _ in range(count):
        weights += step * (starts - kernel @ weights)
    quadratic = np.sum(weights * (kernel @ weights), axis=0)
    return 1.0 - 2.0 * (target @ weights) + quadratic


def curves() -> None:
    """Figure 2 with an infinitely wide student against explicit Euler steps at M_ST = 4096."""
    setting = Setting(FAMILY, TARGET, TEACHER_WIDTHS, None, DRAWS, 0, TIMES)
    ours, runs = timed(lambda: simulate(setting))
    accuracy = float((runs.truncation_error + runs.rounding_error).max())

    one = teacher(128)
    gram, labels, target = student(EULER_WIDTH, [one])
    scale = EULER_WIDTH**-0.5
    kernel, start, along = gram / EULER_WIDTH, labels[0] * scale, target * scale
    stable = 1.0 / float(scipy.sparse.linalg.eigsh(kernel, k=1, return_eigenvectors=False)[0])
    exact = finite_student_modes(gram, labels, target, FAMILY.backend, 1e6)[0]
    horizon = 1.0 / FAMILY.eigenvalue(1)
    errors = []
    for refinement in (1, 4):
        count = int(np.ceil(refinement * horizon / stable))
        found = euler_losses(kernel, start[:, None], along, horizon / count, count)[0]
        errors.append(abs(found - exact.losses(np.asarray([horizon]))[0]))

    every = np.repeat(start[:, None], len(TEACHER_WIDTHS) * DRAWS, axis=1)
    seconds, _ = timed(lambda: euler_losses(kernel, every, along, stable, 20))
    per_step = seconds / 20
    steps = TIMES[-1] / stable
    # First order in the step: to be as accurate at t = 1/lambda_1, the step must shrink by this factor.
    refine = errors[0] / max(accuracy, 1e-8)
    show(
        "Figure 2, infinite width: 5 teacher widths x 20 draws x 400 times",
        [
            ("degree energies", f"{ours:.2f} s, stated error {accuracy:.1e}"),
            ("Euler, one step of all 100 curves at M_ST = 4096", f"{per_step:.3f} s"),
            ("Euler's error at t = 1/lambda_1, largest stable step", f"{errors[0]:.1e}"),
            (
                "the same with a quarter of the step (first order: ratio 4)",
                f"ratio {errors[0] / errors[1]:.2f}",
            ),
            ("Euler to the last time at the largest stable step, extrapolated", f"{steps * per_step:.3g} s"),
            ("ratio, Euler being far less accurate", f"{steps * per_step / ours:.3g}"),
            ("ratio at error 1e-8, extrapolated to first order", f"{refine * steps * per_step / ours:.3g}"),
        ],
    )


def wide_student(width: int) -> dict[str, float]:
    """Return seconds for kernel and Lanczos of one teacher, and the peak memory of this process in GB."""
    one = teacher(128)
    build, (gram, labels, target) = timed(lambda: student(width, [one]))
    flow, modes = timed(lambda: finite_student_modes(gram, labels, target, FAMILY.backend, TIMES[-1])[0])
    curve, _ = timed(lambda: modes.losses(TIMES))
    return {
        "kernel": build,
        "lanczos": flow + curve,
        "steps": len(modes.rates),
        "error": float(modes.lanczos_error(TIMES).max()),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9,
    }


def dense_seconds(width: int) -> tuple[float, float]:
    """Return seconds of scipy.linalg.eigh, and the largest difference of its loss curve from Lanczos."""
    one = teacher(128)
    gram, labels, target = student(width, [one])
    lanczos = finite_student_modes(gram, labels, target, FAMILY.backend, TIMES[-1])[0].losses(TIMES)
    seconds, (values, vectors) = timed(lambda: scipy.linalg.eigh(gram / width))
    along_labels, along_target = (vectors.T @ v * width**-0.5 for v in (labels[0], target))
    dense = FlowModes(values, along_labels * along_target / values, along_labels**2 / values)
    return seconds, float(np.abs(dense.losses(TIMES) - lanczos).max())


def wide_students() -> None:
    """One curve at M_ST = 16384 against eigenvectors of the same matrix."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        ours = pool.apply(wide_student, (STUDENT_WIDTH,))
    small, agreement = dense_seconds(4096)
    large, _ = dense_seconds(8192)
    dense = large * (STUDENT_WIDTH / 8192) ** 3
    total = ours["kernel"] + ours["lanczos"]
    show(
        f"One loss curve at M_ST = {STUDENT_WIDTH}",
        [
            ("kernel matrix", f"{ours['kernel']:.1f} s"),
            (f"Lanczos, {ours['steps']} steps", f"{ours['lanczos']:.1f} s, error bound {ours['error']:.1e}"),
            ("peak memory of the process", f"{ours['peak']:.2f} GB"),
            ("eigh at 4096", f"{small:.1f} s, curves differ by {agreement:.1e}"),
            ("eigh at 8192", f"{large:.1f} s, {large / small:.1f} times 4096 (cubic law: 8)"),
            ("eigh at 16384, extrapolated from 8192 by the cubic law", f"{dense:.0f} s"),
            ("ratio, kernel build included", f"{dense / total:.1f}"),
        ],
    )


def sweeps() -> None:
    """200 points with one local worker, two, and two of a Dask cluster."""
    sweep = Sweep(
        simulate_point,
        {
            "activation": ["relu"],
            "dimension": [32],
            "student_width": ["inf"],
            "target": ["degree:1"],
            "teacher_width": [256],
            "draws": [10],
            "seed": list(range(SWEEP_POINTS)),
        },
    )
    ways = (("local", 1), ("local", 2), ("dask", 2))
    seconds = dict.fromkeys(ways, float("inf"))
    results = []
    for way in ways * ROUNDS:
        with tempfile.TemporaryDirectory() as directory:
            once, found = timed(partial(run_sweep, sweep, PointStore(Path(directory)), *way))
        seconds[way] = min(seconds[way], once)
        results.append(found.results)
    same = all(results[0].identical(other) for other in results[1:])
    one, two, dask = seconds.values()
    show(
        f"A sweep of {SWEEP_POINTS} points, start of the workers included, the least of {ROUNDS} rounds",
        [
            ("one local worker", f"{one:.1f} s"),
            ("two local workers", f"{two:.1f} s"),
            ("ratio", f"{one / two:.2f}"),
            ("Dask, two workers of a LocalCluster", f"{dask:.1f} s"),
            ("Dask over two local workers", f"{dask / two:.2f}"),
            ("results identical to the last bit", "yes" if same else "NO"),
        ],
    )


PARTS = {"curves": curves, "student": wide_students, "sweeps": sweeps}


def main() -> None:
    """Run the parts asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PARTS, help="one part (default all)")
    only = parser.parse_args().only
    for name, part in PARTS.items():
        if only in (None, name):
            part()


if __name__ == "__main__":
    main()
