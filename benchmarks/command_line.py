"""Times of the commands a user waits for, beside what they would run instead; all in one run, as ratios."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

import z3
from rich.console import Console
from rich.table import Table

from proofs_checks.bounds.check_bound import check_bound

BIN = [sys.executable, "-m", "proofs_checks.command_line.cli"]


def seconds(*command: str, runs: int = 5) -> float:
    """Return the median wall time of a whole process."""
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        subprocess.run(command, capture_output=True, check=False)
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def limitation_in_coordinates(timeout: float) -> float:
    """Decide L_ST >= 3/4 L_TE^2 with f* = (1, 0, 0), f_TE = (b^2, b q, 0), f_ST = (x, y, z); time up to `timeout`."""
    b, q, x, y, z = z3.Reals("b q x y z")
    solver = z3.SolverFor("QF_NRA")
    solver.set("timeout", int(1000 * timeout))
    solver.add(q * q + b * b == 1, q >= 0, b >= 0, x * x + y * y + z * z <= b * b * x + b * q * y)
    solver.add((1 - x) * (1 - x) + y * y + z * z < z3.Q(3, 4) * q * q * q * q)
    begin = time.perf_counter()
    answer = solver.check()
    elapsed = time.perf_counter() - begin
    print(f"z3 in the coordinates of R^3: {answer} after {elapsed:.2f} s (limit {timeout:.0f} s)")
    return elapsed


def main() -> None:
    bare = seconds(sys.executable, "-c", "pass")
    with_sympy = seconds(sys.executable, "-c", "import sympy")
    limits = ("rf.def1", "rf.lem1", "rf.thm4.1", "rf.cor1", "rf.thm4.2", "rf.cor2", "rf.summary-eta")
    sharp = ("sharp.bootstrap", "sharp.learning-rules")
    rows: list[tuple[str, float, str, float | None]] = [
        ("w2s --help", seconds(*BIN, "--help"), "python -c 'import sympy'", with_sympy),
        ("python -c pass", bare, "python -c 'import sympy'", with_sympy),
        (
            "w2s verify, section 4 and its sharper forms, --jobs 2",
            seconds(*BIN, "verify", *limits, *sharp, "--jobs", "2", runs=1),
            "the same with --jobs 1",
            seconds(*BIN, "verify", *limits, *sharp, "--jobs", "1", runs=1),
        ),
        (
            "w2s verify --budget quick --jobs 2",
            seconds(*BIN, "verify", "--jobs", "2", runs=1),
            "w2s verify --budget quick --jobs 1",
            seconds(*BIN, "verify", "--jobs", "1", runs=1),
        ),
    ]
    check_bound("L_ST >= 0")
    for bound in ("L_ST >= 3/4*L_TE**2", "L_ST >= 0.76*L_TE**2", "PGR <= 1 - 3/4*L_TE"):
        times = [check_bound(bound).seconds for _ in range(5)]
        direct = limitation_in_coordinates(20.0) if "3/4*L_TE**2" in bound else None
        rows.append((f"check_bound({bound!r})", statistics.median(times), "z3 in R^3 (limit 20 s)", direct))
    table = Table("command", "seconds", "instead", "seconds", "ratio")
    for name, ours, other, theirs in rows:
        shown = ("", "", "") if theirs is None else (other, f"{theirs:.3f}", f"{theirs / ours:.1f}x")
        table.add_row(name, f"{ours:.3f}", *shown)
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
