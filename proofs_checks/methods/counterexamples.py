"""Exact values at which a relation is false: of symbols of the right kind, and of inner products that some vectors have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations_with_replacement, islice, product
from random import Random

import sympy
from sympy import Expr, Integer, Rational, Symbol
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from proofs_checks.methods.limit_ladders import ladder_approaches, limit_value
from w2s_theory.balls import holds
from w2s_theory.geometry.inner_products import expand_norms, factors
from w2s_theory.relations import STRICT, WEAK, margin, with_sides

_SAMPLES = (
    Rational(1, 2),
    Rational(7, 10),
    Rational(1, 1000),
    Rational(9, 10),
    Integer(2),
    Rational(-3, 2),
    Integer(1),
)
_LARGER_SAMPLES = (*_SAMPLES, Integer(4), Integer(7))
_FAR = 1e-6
_UNKNOWN = (sympy.Indexed, AppliedUndef)
"""Members of sequences and values of functions, which have no value at a point."""
_AT_ONCE, _DRAWS = 5, 1000
"""Up to how many symbols every combination of samples is tried, and how many are drawn where there are more."""


_NORMS = (Integer(1), Integer(4), Integer(10) ** 6)
_PRODUCTS = (Integer(0), Rational(1, 2), Integer(-1))
"""What is tried for squared norms and inner products that the relation leaves open."""


def counterexample(relation: Boolean, given: Sequence[Boolean] = ()) -> dict[str, str] | None:
    """Return exact values of the symbols at which the relation is false and `given` true, if a small search finds any.

    Inner products take values that some vectors have, and these vectors are among the values.
    """
    if not isinstance(relation, Relational):
        return None
    if relation.has(sympy.Limit):
        return _failed_limit(relation)
    conditions = [_evaluated(item) for item in given if isinstance(item, Relational)]
    relation = _evaluated(relation)
    if relation.has(*_UNKNOWN):
        return None
    solved = _solved(conditions)
    clearly_true = _float_filter(relation)
    every = relation.free_symbols.union(*(item.free_symbols for item in conditions))
    for point in _points(sorted(every - set(solved), key=str)):
        for symbol, value in solved.items():
            point[symbol] = value.subs(point)
        if (
            clearly_true(point)
            or not _admissible(point)
            or not all(holds(item, point) for item in conditions)
        ):
            continue
        if holds(relation, point) is False:
            vectors = vectors_with(point)
            if vectors is not None:
                shown = {**{str(symbol): str(value) for symbol, value in point.items()}, **vectors}
                return shown or {"left": str(relation.lhs), "right": str(relation.rhs)}
    return None


def _float_filter(relation: Relational) -> Callable[[Mapping[Symbol, Expr]], bool]:
    """Return whether floating point sees the relation hold by far: what is left is examined exactly."""
    if relation.has(sympy.Integral, sympy.Sum, sympy.Derivative):
        return lambda point: False
    symbols = sorted(relation.free_symbols, key=str)
    evaluate = sympy.lambdify(symbols, margin(relation), "math")

    def clearly_true(point: Mapping[Symbol, Expr]) -> bool:
        try:
            value = evaluate(*(float(point[symbol]) for symbol in symbols))
        except (ArithmeticError, TypeError, ValueError, NameError):
            return False
        return isinstance(value, float) and (
            value > _FAR if isinstance(relation, (*WEAK, *STRICT)) else value == 0
        )

    return clearly_true


def _points(symbols: Sequence[Symbol]) -> Iterator[dict[Symbol, Expr]]:
    """Yield values of the symbols: all combinations of a few, and drawn ones where these would be too many."""
    if len(symbols) <= _AT_ONCE:
        yield from (
            dict(zip(symbols, values, strict=True)) for values in product(_SAMPLES, repeat=len(symbols))
        )
        return
    generator = Random(0)
    for _ in range(_DRAWS):
        yield {symbol: generator.choice(_LARGER_SAMPLES) for symbol in symbols}


def _solved(conditions: Sequence[Relational]) -> dict[Symbol, Expr]:
    """Return symbols that equations among the conditions give, by symbols that none of them does."""
    solved: dict[Symbol, Expr] = {}
    for condition in conditions:
        if isinstance(condition, sympy.Eq):
            difference = (condition.lhs - condition.rhs).subs(solved)
            for symbol in sorted(difference.free_symbols, key=str):
                slope = sympy.diff(difference, symbol)
                if slope != 0 and not slope.has(symbol):
                    value = sympy.cancel(symbol - difference / slope)
                    solved = {name: term.subs(symbol, value) for name, term in solved.items()}
                    solved[symbol] = value
                    break
    return solved


def _evaluated(relation: Relational) -> Relational:
    """Return the relation with squared norms written in inner products, and integrals and derivatives carried out."""
    return with_sides(relation, *(expand_norms(side).doit() for side in relation.args))


def vectors_with(point: Mapping[Symbol, Expr]) -> dict[str, str] | None:
    """Return vectors, by their names, whose inner products have these values; None where there are none.

    Inner products that the point leaves open are tried at a few values.
    """
    known = {pair: value for symbol, value in point.items() if (pair := factors(symbol)) is not None}
    names = sorted({name for pair in known for name in pair})
    pairs = list(combinations_with_replacement(names, 2))
    missing = [pair for pair in pairs if pair not in known]
    choices = (_NORMS if first == second else _PRODUCTS for first, second in missing)
    for values in islice(product(*choices), 1000):
        rows = _factorized(names, {**known, **dict(zip(missing, values, strict=True))})
        if rows is not None:
            return {name: str(tuple(row)) for name, row in zip(names, rows, strict=True)}
    return None


def _factorized(names: Sequence[str], gram: Mapping[tuple[str, str], Expr]) -> list[list[Expr]] | None:
    """Return coordinates of vectors with this Gram matrix, None where it is not positive semidefinite.

    Cholesky's factorization in exact numbers; a pivot 0 needs zeros below it.
    """
    size = len(names)
    rows = [[Integer(0)] * size for _ in range(size)]
    for column in range(size):
        for row in range(column, size):
            entry = gram[names[column], names[row]]
            rest = sympy.expand(entry - sum(x * y for x, y in zip(rows[row], rows[column], strict=True)))
            if row == column:
                if rest < 0:
                    return None
                rows[row][column] = sympy.sqrt(rest)
            elif rows[column][column] == 0:
                if rest != 0:
                    return None
            else:
                rows[row][column] = sympy.radsimp(rest / rows[column][column])
    return rows


def _admissible(point: Mapping[Symbol, Expr]) -> bool:
    return all(
        value.is_finite is not False
        and value is not sympy.nan
        and not (symbol.is_nonnegative and value.is_negative)
        and not (symbol.is_positive and value.is_zero)
        and not (symbol.is_integer and not value.is_integer)
        for symbol, value in point.items()
    )


def _failed_limit(relation: Relational) -> dict[str, str] | None:
    if not isinstance(relation.lhs, sympy.Limit):
        return None
    found = limit_value(relation.lhs)
    if found is None:
        return None
    differs = sympy.simplify(found - relation.rhs) != 0 and not ladder_approaches(relation.lhs, relation.rhs)
    return {"limit": str(found), "claimed": str(relation.rhs)} if differs else None
