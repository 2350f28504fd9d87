"""Search for counterexamples by Hypothesis: drawn cases, steered toward a violation."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

import hypothesis
import numpy as np
from hypothesis import HealthCheck, Phase
from hypothesis.strategies import SearchStrategy

Case = TypeVar("Case")


@dataclass(frozen=True)
class Trial:
    """How a drawn case stands to a bound.

    `closeness` steers the search, by as many goals as it has: the larger, the nearer to a violation; empty
    leaves the case out. `suspect` says that floating point sees a violation beyond its rounding allowance.
    """

    closeness: tuple[float, ...]
    suspect: bool = False


@dataclass(frozen=True)
class SearchResult(Generic[Case]):
    """Cases tried, the largest closeness seen, and the smallest confirmed counterexample, if any."""

    cases: int
    closest: float
    counterexample: Case | None


class _Violated(Exception):
    """Raised inside a search, so that Hypothesis shrinks the case."""


def find_counterexample(
    cases: SearchStrategy[Case],
    examine: Callable[[Case], Trial],
    confirm: Callable[[Case], bool],
    *,
    examples: int,
    seed: int,
) -> SearchResult[Case]:
    """Draw cases, steered toward a violation, and return the simplest one that `confirm` re-checks exactly.

    `examine` works in floating point; `confirm` is asked only about suspects, and decides rigorously.
    The same seed gives the same result.
    """
    seen = {"cases": 0, "closest": -np.inf}
    found: list[Case] = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.target, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        verbosity=hypothesis.Verbosity.quiet,
    )
    @hypothesis.given(cases)
    def examine_one(case: Case) -> None:
        trial = examine(case)
        hypothesis.assume(bool(trial.closeness))
        seen["cases"] += 1
        seen["closest"] = max(seen["closest"], *trial.closeness)
        for goal, closeness in enumerate(trial.closeness):
            hypothesis.target(closeness, label=str(goal))
        if trial.suspect and confirm(case):
            found.append(case)
            raise _Violated

    with suppress(_Violated):
        examine_one()
    return SearchResult(int(seen["cases"]), float(seen["closest"]), found[-1] if found else None)
