"""Whole `w2s rate` processes, one a spectrum family: start-up, derivation and ladder.

Run: python benchmarks/rates.py
"""

from __future__ import annotations

import subprocess
import sys
import time

from rich.console import Console
from rich.table import Table

WANTED_SECONDS = 3.0
REPEATS = 3
THEOREM_3_2 = ("--spectrum", "two-level", "--scaling", "d = M**(3/2), psi = d**(-2/3)")
SPLIT = ("--target", "degree:1=1/2,degree:2=1/2")

COMMANDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("two levels", ("L_ST/L_TE**2", *THEOREM_3_2)),
    ("two levels, constant error", ("PGR", "--spectrum", "two-level", "--scaling", "d = M**2, psi = c*M/d")),
    ("power law", ("L_ST", "--in", "L_TE", "--spectrum", "power:3")),
    ("power law, symbolic", ("L_ST", "--in", "L_TE", "--spectrum", "power:alpha")),
    ("exponential", ("L_ST", "--in", "L_TE", "--spectrum", "exponential:1")),
    ("exponential, slowest", ("L_ST", "--in", "L_TE", "--spectrum", "exponential:1/5")),
    ("sphere, d = 8", ("L_ST", "--in", "L_TE", "--spectrum", "sphere:relu", "--dimension", "8")),
    ("sphere, d = 32", ("optimal_time", "--spectrum", "sphere:relu", "--dimension", "32")),
    ("sphere, symbolic d", ("L_ST", "--in", "L_TE", "--spectrum", "sphere:relu", *SPLIT)),
    ("sphere, M = d^(3/2)", ("L_TE", "--spectrum", "sphere:relu", "--scaling", "M = d**(3/2)")),
    ("sphere, M = d^2", ("L_ST", "--spectrum", "sphere:relu", "--scaling", "M = d**2")),
)


def seconds(words: tuple[str, ...]) -> tuple[float, int]:
    """Return the median wall time of the whole process, and its exit code."""
    command = [sys.executable, "-m", "proofs_checks.command_line.cli", "rate", *words]
    durations, code = [], 0
    for _ in range(REPEATS):
        start = time.perf_counter()
        code = subprocess.run(command, capture_output=True, check=False).returncode
        durations.append(time.perf_counter() - start)
    return sorted(durations)[REPEATS // 2], code


def main() -> None:
    """Time each command and print the table."""
    table = Table(title=f"w2s rate, whole process, median of {REPEATS} (wanted: under {WANTED_SECONDS:g} s)")
    for heading in ("family", "seconds", "exit code", "in time"):
        table.add_column(heading, justify="right")
    for name, words in COMMANDS:
        duration, code = seconds(words)
        table.add_row(
            name, f"{duration:.2f}", str(code), "yes" if code == 0 and duration < WANTED_SECONDS else "NO"
        )
    Console().print(table)


if __name__ == "__main__":
    main()
