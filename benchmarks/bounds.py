"""The sample of bounds that version 0.1 got wrong, each decided in process, beside z3 alone on the same question.

Run: python benchmarks/bounds.py
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "proofs_checks" / "bounds"))

from test_check_bound_samples import NO_STATE, REFUTED, SHOWN

from proofs_checks.bounds.check_bound import check_bound, read_bound
from proofs_checks.bounds.question import violations
from proofs_checks.bounds.solvers.ask_z3 import ask_z3
from proofs_checks.bounds.solvers.replies import Said
from proofs_checks.bounds.solvers.translation import NotAlgebraic
from w2s_theory.errors import InvalidInput

WANTED_SECONDS = 0.3
REPEATS = 3
Z3_SECONDS, Z3_UNITS = 5.0, 2_000_000_000


def median_seconds(function: Callable[[], object]) -> float:
    """Return the median wall time of a few calls, after one that builds what is built once."""
    durations = []
    for _ in range(1 + REPEATS):
        start = time.perf_counter()
        function()
        durations.append(time.perf_counter() - start)
    return statistics.median(durations[1:])


def decided(bound: str, model: str, where: str) -> str:
    try:
        return str(check_bound(bound, model, where).verdict)
    except InvalidInput:
        return "no state"


def z3_alone(bound: str, model: str, where: str) -> tuple[str, float]:
    """Return what z3 says on the chart with all observables, and how long it takes; it has no certificate."""
    questions, _ = read_bound(bound, model, where, {})
    problem = list(violations(questions[0]))[-1].problem
    start = time.perf_counter()
    try:
        said = ask_z3(problem, Z3_UNITS, time.monotonic() + Z3_SECONDS).said
    except NotAlgebraic:
        return "cannot be asked", 0.0
    return ("no answer" if said is Said.UNKNOWN else str(said)), time.perf_counter() - start


def main() -> None:
    """Print a row a bound, and the medians."""
    table = Table("bound", "answer", "seconds", "z3 alone", "its seconds", "ratio")
    seconds = []
    for bound, model, where in (*REFUTED, *SHOWN, *NO_STATE):
        spent = median_seconds(lambda asked=(bound, model, where): decided(*asked))
        answer, alone = z3_alone(bound, model, where)
        seconds.append(spent)
        ratio = f"{alone / spent:.2f}" if alone else "-"
        text = bound if len(bound) < 50 else f"{bound[:47]}..."
        table.add_row(text, decided(bound, model, where), f"{spent:.2f}", answer, f"{alone:.2f}", ratio)
    console = Console()
    console.print(table)
    median = statistics.median(seconds)
    slow = sum(item > WANTED_SECONDS for item in seconds)
    console.print(f"median {median:.2f} s, wanted {WANTED_SECONDS} s; {slow} of {len(seconds)} take longer")


if __name__ == "__main__":
    main()
