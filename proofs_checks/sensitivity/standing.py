"""Where a twin stands: wrong, or as true as the part it is made of, as far as values at points tell.

A twin of an inequality that is implied at every point drawn is weaker: it is true, and no check should reject it. A twin
whose sides are equal to the part's says the same. The points are drawn from more than the claim's domain where its
assumptions are sentences alone, so that a twin is not taken for weaker because of points left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from random import Random

import mpmath
import sympy
from sympy import Derivative, Dummy, Eq, Expr, Indexed, Integral, Limit, Sum, Symbol
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from proofs_checks.methods.limit_ladders import ladder_approaches, limit_value
from w2s_theory.geometry.inner_products import expand_norms, factors
from w2s_theory.relations import OPERATORS, STRICT, WEAK, margin

POINTS, DRAWS = 400, 4000
TERMS = 3
"""How many points are wanted, how many are drawn for them at most, and how many terms stand for a sum."""
SPECIAL = 0.25
"""The share of values drawn from those at which bounds are met."""
RELATIVE = mpmath.mpf(10) ** -12


class Standing(StrEnum):
    """What a twin is beside the part that it was made of."""

    WRONG = "wrong"
    WEAKER = "weaker"
    SAME = "same"


def standing(
    old: Relational,
    new: Relational,
    premises: Sequence[Relational] = (),
    ranges: Mapping[str, tuple[float, float]] | None = None,
) -> Standing:
    """Return where a twin stands; `ranges` are those of symbols, by name, that the claim's sentences give.

    What cannot be evaluated is taken to be wrong.
    """
    if type(new) is not type(old):
        return Standing.WRONG
    if _is_multiple_beside_zero(old, new):
        return Standing.SAME
    if isinstance(old, Eq) and (old.lhs.has(Limit) or new.lhs.has(Limit)):
        return Standing.SAME if _same_limit(new) else Standing.WRONG
    before, after = _finite(margin(old)), _finite(margin(new))
    if before is None or after is None:
        return Standing.WRONG
    conditions = tuple(condition for item in premises if (condition := _condition(item)) is not None)
    is_inequality = isinstance(old, (*WEAK, *STRICT))
    gains = _gains(before, after, conditions, ranges or {}, where_it_holds=is_inequality)
    if not gains:
        return Standing.WRONG
    if all(gain == 0 for gain in gains):
        return Standing.SAME
    return Standing.WEAKER if is_inequality and min(gains) >= 0 else Standing.WRONG


def _is_multiple_beside_zero(old: Relational, new: Relational) -> bool:
    """Return whether one side is 0 and the other a positive multiple of what it was: the sign is the same."""
    for kept, side in ((old.rhs, 0), (old.lhs, 1)):
        if kept == 0 and new.args[1 - side] == 0 and old.args[side] != 0:
            ratio = sympy.cancel(new.args[side] / old.args[side])
            return bool(ratio.is_number and ratio.is_positive)
    return False


def _same_limit(twin: Relational) -> bool:
    """Return whether a limit that is exchanged for another one has the value that is stated, by sympy and by a ladder."""
    factor, limit = twin.lhs.as_coeff_Mul()
    if not isinstance(limit, Limit) or factor == 0 or twin.has(AppliedUndef):
        return False
    try:
        found = limit_value(limit)
        if found is None or sympy.simplify(factor * found - twin.rhs) != 0:
            return False
        return ladder_approaches(limit, twin.rhs / factor)
    except (ArithmeticError, NotImplementedError, TypeError, ValueError):
        return False


def _condition(relation: Relational) -> Relational | None:
    sides = [_finite(side) for side in relation.args]
    if any(side is None for side in sides):
        return None
    return relation.func(*sides, evaluate=False)


def _gains(
    before: Expr,
    after: Expr,
    conditions: Sequence[Relational],
    ranges: Mapping[str, tuple[float, float]],
    where_it_holds: bool,
) -> list[int]:
    """Return, at each point that meets the conditions, whether the margin grows (1), shrinks (-1) or stays (0).

    A margin that grows wherever it is not negative makes a weaker inequality, whatever it does elsewhere.
    """
    symbols = sorted({*before.free_symbols, *after.free_symbols}, key=str)
    met = [item for item in conditions if item.free_symbols <= set(symbols)]
    evaluate = sympy.lambdify(symbols, [before, after], "mpmath")
    sides = [
        (OPERATORS[item.func], sympy.lambdify(symbols, list(item.args), "mpmath"))
        for item in met
        if not isinstance(item, Eq)
    ]
    generator, found = Random(0), []
    for _ in range(DRAWS):
        point = _draw(symbols, ranges, generator)
        try:
            if not all(holds(*(each(*point))) for holds, each in sides):
                continue
            first, second = evaluate(*point)
        except (ArithmeticError, TypeError, ValueError):
            continue
        if not (isinstance(first, mpmath.mpf | int | float) and isinstance(second, mpmath.mpf | int | float)):
            continue
        if where_it_holds and first < 0:
            continue
        size = abs(first) + abs(second)
        found.append(0 if abs(second - first) <= RELATIVE * size else 1 if second > first else -1)
        if len(found) == POINTS:
            break
    return found


def _draw(
    symbols: Sequence[Symbol], ranges: Mapping[str, tuple[float, float]], generator: Random
) -> list[mpmath.mpf | int]:
    """Return values of the symbols, some of them such as bounds are met at: equal vectors, 0, 1, ends of ranges."""
    vectors: dict[str, list[float]] = {}

    def another() -> list[float]:
        chance = generator.random()
        if chance < SPECIAL and vectors:
            return generator.choice(list(vectors.values()))
        if chance < 2 * SPECIAL:
            return [float(generator.choice((-1, 0, 1))) for _ in range(TERMS)]
        return [generator.gauss(0, 1) for _ in range(TERMS)]

    def vector(name: str) -> list[float]:
        if name not in vectors:
            vectors[name] = another()
        return vectors[name]

    def value(symbol: Symbol) -> mpmath.mpf | int:
        pair = factors(symbol)
        if pair is not None:
            return mpmath.fsum(x * y for x, y in zip(*map(vector, pair), strict=True))
        is_special = generator.random() < SPECIAL
        if symbol.name in ranges:
            low_and_high = ranges[symbol.name]
            return mpmath.mpf(
                generator.choice(low_and_high) if is_special else generator.uniform(*low_and_high)
            )
        if symbol.is_integer:
            return generator.choice((1, 2, 3, 5, 8, 100))
        if is_special:
            return mpmath.mpf(1 if symbol.is_positive else generator.choice((0, 1)))
        size = mpmath.mpf(10) ** generator.uniform(-3, 3)
        return size if symbol.is_nonnegative or generator.random() < 0.5 else -size

    return [value(symbol) for symbol in symbols]


@cache
def _finite(expression: Expr) -> Expr | None:
    """Return an expression with sums of a few terms and symbols for members of sequences; None where it has no value so."""
    expression = expand_norms(expression)
    ends = {
        symbol: sympy.Integer(TERMS)
        for total in expression.atoms(Sum)
        for _, _, high in total.limits
        for symbol in high.free_symbols
    }
    expression = expression.subs(ends)
    for total in expression.atoms(Sum):
        limits = [(x, low, low + TERMS if high == sympy.oo else high) for x, low, high in total.limits]
        expression = expression.xreplace({total: Sum(total.function, *limits)})
    expression = expression.doit()
    if expression.has(Derivative, Integral, Limit, Sum, AppliedUndef):
        return None
    members = sorted(expression.atoms(Indexed), key=str)
    if any(index.free_symbols for member in members for index in member.indices):
        free = {s for member in members for index in member.indices for s in index.free_symbols}
        numbered = {symbol: number for number, symbol in enumerate(sorted(free, key=str), start=1)}
        expression = expression.subs(numbered)
        members = sorted(expression.atoms(Indexed), key=str)
    return expression.xreplace({member: _member(member) for member in members})


@cache
def _member(member: Indexed) -> Dummy:
    label = member.base.label
    return Dummy(str(member), **(label._assumptions_orig if isinstance(label, Symbol) else {}))
