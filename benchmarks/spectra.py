"""Sphere coefficients three ways in one run: ball recursion, mpmath quadrature, flint integration.

Prints seconds for each and the ratio to the recursion, after checking that all three agree.
Run: python benchmarks/spectra.py
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import mpmath
from rich.console import Console
from rich.table import Table

from w2s_theory.spectra.families import Sphere
from w2s_theory.sphere.activations import RELU
from w2s_theory.sphere.coefficients import coefficient_balls
from w2s_theory.sphere.quadrature import quadrature_coefficients

DIMENSION = 32
DIGITS = 30
DEGREES = (2, 20, 100, 200)


def timed(compute: Callable[[], Any], repeats: int) -> tuple[float, Any]:
    """Return the least wall time in seconds over the repeats, and the result."""
    best, result = float("inf"), None
    for _ in range(repeats):
        start = time.perf_counter()
        result = compute()
        best = min(best, time.perf_counter() - start)
    return best, result


def by_mpmath(degree: int) -> mpmath.mpf:
    """Return s_k of ReLU by mpmath's quadrature in the angle, with digits to spare for the cancellation."""
    with mpmath.workdps(DIGITS + 10 + degree // 2):
        index = mpmath.mpf(DIMENSION - 2) / 2
        at_one = mpmath.gegenbauer(degree, index, 1)
        normalizer = mpmath.gamma(index + 1) / (mpmath.sqrt(mpmath.pi) * mpmath.gamma(index + 0.5))

        def integrand(angle: mpmath.mpf) -> mpmath.mpf:
            t = mpmath.cos(angle)
            return t * mpmath.gegenbauer(degree, index, t) * mpmath.sin(angle) ** (DIMENSION - 2)

        return normalizer * mpmath.quad(integrand, [0, mpmath.pi / 4, mpmath.pi / 2]) / at_one


def relu(t: Any, analytic: bool) -> Any:
    """Return ReLU on complex balls."""
    return t.real_max(t * 0, analytic=analytic)


def main() -> None:
    """Time the three ways and print the table."""
    table = Table(title=f"s_k of ReLU, d = {DIMENSION}, {DIGITS} digits (seconds; ratio to the recursion)")
    for heading in ("degree", "recursion 0..k", "mpmath", "ratio", "acb.integral", "ratio", "agree"):
        table.add_column(heading, justify="right")
    for degree in DEGREES:
        fast, balls = timed(partial(coefficient_balls, RELU, DIMENSION, degree + 1, bits=110), repeats=5)
        slow, value = timed(partial(by_mpmath, degree), repeats=1)
        rigorous, (enclosure,) = timed(
            partial(quadrature_coefficients, relu, DIMENSION, [degree], DIGITS), repeats=1
        )
        known = balls[degree]
        agree = known.overlaps(enclosure) and abs(float(value) / float(known) - 1) < 1e-12
        table.add_row(
            str(degree),
            f"{fast:.2e}",
            f"{slow:.2e}",
            f"{slow / fast:.0f}",
            f"{rigorous:.2e}",
            f"{rigorous / fast:.0f}",
            "yes" if agree else "NO",
        )
    console = Console()
    console.print(table)
    seconds, _ = timed(lambda: coefficient_balls(RELU, DIMENSION, 10_001, bits=182), repeats=3)
    console.print(f"all s_k to k = 10^4 at 50 digits: {seconds:.3f} s")
    seconds, _ = timed(lambda: Sphere(RELU, 10**6).log_levels(100_001), repeats=1)
    console.print(f"logarithms of all levels to k = 10^5 at d = 10^6: {seconds:.3f} s")


if __name__ == "__main__":
    main()
