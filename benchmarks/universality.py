"""Deterministic equivalents: numeric kappa and loss curve against mpmath and Arb, in one run.

Every way solves the same fixed point on the same levels; the table gives seconds, the ratio to NumPy, and
the largest relative disagreement of kappa. The last line times the full loss curve.
Run: python benchmarks/universality.py
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import flint
import mpmath
import numpy as np
from rich.console import Console
from rich.table import Table
from sympy import Integer

from numeric.random_features.deterministic_equivalents import DeterministicEquivalent, solve_log_kappa
from w2s_theory.balls import precision
from w2s_theory.spectra.families import Sphere
from w2s_theory.spectra.fixed_point import kappa_ball
from w2s_theory.spectra.universality import Level, degrees_of_freedom
from w2s_theory.sphere.activations import RELU

DIMENSION, DEGREES, TIMES = 32, 401, 2000
WIDTHS = (16, 128, 1024, 10**6)
DIGITS = 30


def timed(compute: Callable[[], Any], repeats: int) -> tuple[float, Any]:
    """Return the least wall time in seconds over the repeats, and the result."""
    best, result = float("inf"), None
    for _ in range(repeats):
        start = time.perf_counter()
        result = compute()
        best = min(best, time.perf_counter() - start)
    return best, result


def by_findroot(levels: list[Level], width: int, start: mpmath.mpf) -> mpmath.mpf:
    """Return kappa by mpmath.findroot in log kappa, started within a factor of 2."""

    def excess(log_kappa: mpmath.mpf) -> mpmath.mpf:
        return mpmath.log(degrees_of_freedom(levels, mpmath.exp(log_kappa)) / width)

    with mpmath.workdps(DIGITS):
        return mpmath.exp(mpmath.findroot(excess, mpmath.log(start) + mpmath.log(2) / 2))


def main() -> None:
    """Time the three ways and the loss curve."""
    log_eigenvalues, log_multiplicities = Sphere(RELU, Integer(DIMENSION)).log_levels(DEGREES)
    pairs = [pair for pair in zip(log_eigenvalues, log_multiplicities, strict=True) if np.isfinite(pair[0])]
    with mpmath.workdps(DIGITS):
        mp_levels = [Level(mpmath.exp(a), mpmath.exp(b)) for a, b in pairs]
    with precision(160):
        arb_levels = [Level(flint.arb(a).exp(), flint.arb(b).exp()) for a, b in pairs]
    table = Table(title=f"kappa of ReLU, d = {DIMENSION}, degrees 0..{DEGREES - 1} (seconds; ratio to NumPy)")
    for heading in ("M", "NumPy", "Arb ball", "ratio", "findroot", "ratio", "differ by"):
        table.add_column(heading, justify="right")
    for width in WIDTHS:
        fast, log_kappa = timed(partial(solve_log_kappa, log_eigenvalues, log_multiplicities, width), 20)
        with precision(160):
            certified, ball = timed(partial(kappa_ball, arb_levels, flint.arb(width), bits=100), 5)
        slow, root = timed(partial(by_findroot, mp_levels, width, mpmath.mpf(float(ball))), 1)
        kappa = float(np.exp(log_kappa))
        disagreement = max(abs(float(ball) / kappa - 1), abs(float(root) / kappa - 1))
        table.add_row(
            f"{width}",
            f"{fast:.2e}",
            f"{certified:.2e}",
            f"{certified / fast:.1f}",
            f"{slow:.2e}",
            f"{slow / fast:.0f}",
            f"{disagreement:.0e}",
        )
    console = Console()
    console.print(table)
    times = np.geomspace(1.0, 1e9, TIMES)

    def solve_and_sweep() -> np.ndarray:
        equivalent = DeterministicEquivalent.at_width(log_eigenvalues, log_multiplicities, [0.0, 1.0], 128)
        return equivalent.student_loss(times)

    first, _ = timed(solve_and_sweep, 1)
    best, _ = timed(solve_and_sweep, 10)
    console.print(
        f"fixed point and loss curve at {TIMES} times: {first * 1e3:.1f} ms at first, {best * 1e3:.1f} ms at best"
        " (wanted: under 50 ms)"
    )


if __name__ == "__main__":
    main()
