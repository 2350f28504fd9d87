"""Search for counterexamples by numerical minimization of a margin, the candidates made exact for re-checking."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
import sympy
from scipy.optimize import differential_evolution
from sympy import Expr, Rational, Symbol
from sympy.core.relational import Relational

from w2s_theory import relations

FAR = 500.0
_PENALTY = 1e3


def lowest_points(
    margin: Expr,
    box: Mapping[Symbol, tuple[Expr, Expr]],
    conditions: Sequence[Relational],
    seconds: float,
    integers: Collection[Symbol] = (),
    seed: int = 0,
) -> Iterator[dict[Symbol, Rational]]:
    """Yield rational points of the box near the least margin found, for exact re-checking.

    Endless sides are cut to a length of 2 FAR, and the coordinates in `integers` are whole.
    Conditions enter the objective as a penalty, so a candidate may break one slightly: the caller checks.
    """
    names = list(box)
    if not names:
        return
    whole = [x in integers for x in names]
    objective = sympy.lambdify(names, margin, "numpy")
    # Positive where a condition fails.
    gaps = [sympy.lambdify(names, -relations.margin(item), "numpy") for item in conditions]

    def penalized(point: np.ndarray) -> float:
        with np.errstate(all="ignore"):
            value = float(np.real(objective(*point)))
            broken = sum(max(0.0, float(np.real(gap(*point)))) for gap in gaps)
        total = value + _PENALTY * broken
        return total if np.isfinite(total) else _PENALTY

    bounds = [_reach(*ends) for ends in box.values()]
    generations = max(20, int(40 * seconds))
    for attempt in range(2):
        found = differential_evolution(
            penalized,
            bounds,
            seed=seed + attempt,
            maxiter=min(generations, 400),
            popsize=12,
            tol=1e-10,
            integrality=whole,
        )
        for digits in (2, 4, 8):
            yield {
                x: Rational(round(float(value) * 10**digits), 10**digits)
                for x, value in zip(names, found.x, strict=True)
            }


def _reach(low: Expr, high: Expr) -> tuple[float, float]:
    start, end = float(low), float(high)
    return max(start, min(end, FAR) - 2 * FAR), min(end, max(start, -FAR) + 2 * FAR)
