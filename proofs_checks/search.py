"""Search for counterexamples: Hypothesis over drawn cases, and numerical minimization of a margin."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

import hypothesis
import numpy as np
import sympy
from hypothesis import HealthCheck, Phase
from hypothesis.strategies import SearchStrategy
from scipy.optimize import differential_evolution
from sympy import Expr, Rational, Symbol
from sympy.core.relational import Relational

Case = TypeVar("Case")
_PENALTY = 1e3


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


def lowest_points(
    margin: Expr,
    box: Mapping[Symbol, tuple[Expr, Expr]],
    conditions: Sequence[Relational],
    seconds: float,
    seed: int = 0,
) -> Iterator[dict[Symbol, Rational]]:
    """Yield rational points of the box near the least margin found, for exact re-checking.

    Conditions enter the objective as a penalty, so a candidate may break one slightly: the caller checks.
    """
    names = list(box)
    objective = sympy.lambdify(names, margin, "numpy")
    gaps = [sympy.lambdify(names, _violation(item), "numpy") for item in conditions]

    def penalized(point: np.ndarray) -> float:
        with np.errstate(all="ignore"):
            value = float(np.real(objective(*point)))
            broken = sum(max(0.0, float(np.real(gap(*point)))) for gap in gaps)
        total = value + _PENALTY * broken
        return total if np.isfinite(total) else _PENALTY

    bounds = [(float(low), float(high)) for low, high in box.values()]
    generations = max(20, int(40 * seconds))
    for attempt in range(2):
        found = differential_evolution(
            penalized, bounds, seed=seed + attempt, maxiter=min(generations, 400), popsize=12, tol=1e-10
        )
        for digits in (2, 4, 8):
            yield {
                x: Rational(round(float(value) * 10**digits), 10**digits)
                for x, value in zip(names, found.x, strict=True)
            }


def _violation(condition: Relational) -> Expr:
    """Return a quantity that is positive where the condition fails."""
    greater = isinstance(condition, sympy.Ge | sympy.Gt)
    return condition.rhs - condition.lhs if greater else condition.lhs - condition.rhs
