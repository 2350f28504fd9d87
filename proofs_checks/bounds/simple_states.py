"""States with simple numbers, drawn in floating point and sorted by simplicity, as candidates for a counterexample."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray
from sympy import Expr, Rational, Symbol
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from proofs_checks.bounds.models import Chart
from w2s_theory.relations import STRICT, WEAK, ordered_sides

DRAWS = 100_000
CANDIDATES = 40
SURE, EQUAL = 1e-9, 1e-12
"""Relative differences: a candidate breaks its bound by more than SURE, and EQUAL passes for an equation."""

_WHOLE = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 50, 100, 200, 500, 1000, 10**4, 10**5, 10**6)

Floats = NDArray[np.float64]


def simple_points(
    chart: Chart, relation: Relational, conditions: Sequence[Boolean], seed: int = 0
) -> Iterator[dict[Symbol, Expr]]:
    """Yield points with simple rational coordinates where the relation seems to fail and the rest to hold.

    Simplest first; rounding may have the last word, so the caller re-checks exactly. Points that break the relation
    by a tiny share of its sides are not among them.
    """
    names = list(chart.intervals)
    pools = [_pool(ends, x in chart.integers) for x, ends in chart.intervals.items()]
    generator = np.random.default_rng(seed)
    # Half of the draws stay close to the simplest numbers, the others go further.
    power = np.repeat([5.0, 2.0], DRAWS // 2)
    ranks = [np.floor(len(pool) * generator.random(DRAWS) ** power).astype(int) for pool in pools]
    values = [np.array([float(x) for x in pool])[rank] for pool, rank in zip(pools, ranks, strict=True)]
    with np.errstate(all="ignore"):
        wanted = np.ones(DRAWS, dtype=bool)
        for item in (*chart.relations(), *conditions):
            wanted &= _seems_true(item, names, values)
        wanted &= _seems_false(relation, names, values)
    (found,) = np.nonzero(wanted)
    cost = np.zeros(len(found))
    for pool, rank in zip(pools, ranks, strict=True):
        cost += np.array([_digits(x) for x in pool])[rank[found]]
    for place in found[np.argsort(cost, kind="stable")][:CANDIDATES]:
        yield {x: pool[rank[place]] for x, pool, rank in zip(names, pools, ranks, strict=True)}


def _pool(ends: tuple[Expr, Expr], is_integer: bool) -> list[Rational]:
    """Return numbers of an interval, simple ones first."""
    low, high = ends
    if is_integer:
        pool = [low, *(low + step for step in _WHOLE)]
    else:
        fractions = [sign * x for x in _simple_fractions() for sign in (1, -1)]
        pool = [sympy.Integer(0), *fractions, *(end for end in ends if end.is_finite)]
    inside = [x for x in dict.fromkeys(pool) if low <= x <= high]
    if low.is_finite and high.is_finite and not is_integer:
        inside += [low + (high - low) * Rational(k, 16) for k in range(1, 16)]
    return list(dict.fromkeys(inside))


@cache
def _simple_fractions() -> tuple[Rational, ...]:
    small = {Fraction(p, q) for q in range(1, 7) for p in range(1, 7)}
    steps = set(map(Fraction, _WHOLE))
    tiny = {x for k in (10, 20, 100, 1000) for x in (Fraction(1, k), 1 - Fraction(1, k))}
    ordered = sorted(small | steps | tiny, key=lambda x: (x.numerator * x.denominator, x))
    return tuple(Rational(x.numerator, x.denominator) for x in ordered)


def _digits(number: Rational) -> int:
    return int(abs(number.p)).bit_length() + int(number.q).bit_length()


def _margin(relation: Boolean, names: Sequence[Symbol], values: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Return the greater side minus the other, and the size of the two, at every draw."""
    function: Callable[..., Any] = sympy.lambdify(names, ordered_sides(relation), "numpy")
    greater, lesser = (np.broadcast_to(np.real(side), DRAWS) for side in function(*values))
    return greater - lesser, np.abs(greater) + np.abs(lesser)


def _seems_true(relation: Boolean, names: Sequence[Symbol], values: Sequence[Floats]) -> NDArray[np.bool_]:
    margin, size = _margin(relation, names, values)
    slack = EQUAL * size
    if isinstance(relation, WEAK):
        return margin >= -slack
    if isinstance(relation, STRICT):
        return margin > slack
    return np.abs(margin) > slack if isinstance(relation, sympy.Ne) else np.abs(margin) <= slack


def _seems_false(
    relation: Relational, names: Sequence[Symbol], values: Sequence[Floats]
) -> NDArray[np.bool_]:
    margin, size = _margin(relation, names, values)
    if isinstance(relation, WEAK):
        return margin < -SURE * size
    if isinstance(relation, STRICT):
        return margin <= EQUAL * size
    return np.abs(margin) > SURE * size
