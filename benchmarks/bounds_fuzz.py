"""Random bounds decided by the whole program and by a second route: counts by verdict and model, and every contradiction.

Usage: python benchmarks/bounds_fuzz.py --count 10000 --seed 1 --jobs 2 [--first 0] [--log FILE] [--quick]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

from pebble import ProcessExpired, ProcessPool

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "proofs_checks" / "bounds"))

from generated import second_route
from generated.grammar import generated
from generated.outcomes import full, quick

SPARE = 60.0
"""Seconds for the second route, after which a process is given up."""
OVERRUN = 2.0


def outcome(index: int, seed: int, seconds: float, is_quick: bool, attacked: bool) -> dict[str, Any]:
    """Return one bound's outcome as plain data; of an undecided one, whether drawn states refute it."""
    bound = generated(seed, index)
    begin = time.process_time()
    found = quick(bound) if is_quick else full(bound, seconds, attacked)
    data = {
        "index": index,
        "bound": bound.command,
        "model": bound.model,
        "verdict": found.verdict,
        "method": found.method,
        "seconds": round(found.seconds, 3),
        "cpu": round(time.process_time() - begin, 3),
        "against": found.against,
    }
    if found.verdict == "undecided":
        at = second_route.violation(bound.text, bound.where, bound.model, bound.steps)
        data["refutable"] = at is not None
    return data


def lost(index: int, seed: int, error: BaseException) -> dict[str, Any]:
    bound = generated(seed, index)
    verdict = "over time" if isinstance(error, TimeoutError) else "died"
    told = f"{type(error).__name__}: {error}"
    return {
        "index": index,
        "bound": bound.command,
        "model": bound.model,
        "verdict": verdict,
        "against": told,
        "seconds": 0.0,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--quick", action="store_true", help="the quick engines only, without the adversary")
    parser.add_argument("--no-attack", action="store_true", help="do not attack again what was shown")
    parser.add_argument("--log", type=Path, default=None, help="a file for one JSON line a bound")
    given = parser.parse_args()
    work = partial(
        outcome, seed=given.seed, seconds=given.seconds, is_quick=given.quick, attacked=not given.no_attack
    )
    begin, rows = time.perf_counter(), []
    log = given.log.open("a", encoding="utf-8") if given.log else None
    with ProcessPool(max_workers=given.jobs, max_tasks=500) as pool:
        indices = range(given.first, given.first + given.count)
        futures = [
            (index, pool.schedule(work, args=(index,), timeout=given.seconds + SPARE)) for index in indices
        ]
        for index, future in futures:
            try:
                row = future.result()
            except (TimeoutError, ProcessExpired) as error:
                row = lost(index, given.seed, error)
            rows.append(row)
            if log:
                print(json.dumps(row), file=log, flush=True)
            if row["against"]:
                print(f"AGAINST {index}: {row['bound']}: {row['verdict']}: {row['against']}", flush=True)
            elif row["seconds"] > given.seconds + OVERRUN:
                print(f"LATE {index}: {row['bound']}: {row['seconds']} s", flush=True)
    report(rows, given.seconds, time.perf_counter() - begin)
    return 1 if any(row["against"] for row in rows) else 0


def report(rows: list[dict[str, Any]], limit: float, seconds: float) -> None:
    verdicts = sorted({row["verdict"] for row in rows})
    print(f"{'model':16}" + "".join(f"{verdict:>12}" for verdict in verdicts))
    for model in [*sorted({row["model"] for row in rows}), "all"]:
        counts = Counter(row["verdict"] for row in rows if model in ("all", row["model"]))
        print(f"{model:16}" + "".join(f"{counts[verdict]:12}" for verdict in verdicts))
    times = sorted(row["seconds"] for row in rows)
    decided = sum(row["verdict"] in ("proved", "certified", "refuted", "no state") for row in rows)
    undecided = sum(row["verdict"] == "undecided" for row in rows)
    print(
        f"{len(rows)} bounds in {seconds:.0f} s; median {times[len(times) // 2]:.3f} s, longest {times[-1]:.1f} s"
    )
    print(
        f"undecided {undecided} of {decided + undecided} ({undecided / max(1, decided + undecided):.1%}),",
        end=" ",
    )
    print(f"{sum(row.get('refutable', False) for row in rows)} of them refuted by drawn states;", end=" ")
    print(f"{sum(row['seconds'] > limit + OVERRUN for row in rows)} late;", end=" ")
    print(f"{sum(bool(row['against']) for row in rows)} contradictions or crashes")


if __name__ == "__main__":
    sys.exit(main())
