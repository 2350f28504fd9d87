"""Arithmetic that a construction of states uses, on floats in batches and on exact numbers alike.

An exact array has dtype object and holds Fraction and constant Term entries. Anything here and + - * / work on both;
comparisons work on floats and fractions, and raise TypeError on a Term: a construction that branches cannot be
followed through an unknown.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2s_theory.terms.tree import Term, apply, number, term
from w2s_theory.terms.writing import as_text

Array = NDArray[Any]
"""Floats, shape (states, ...), or objects: exact numbers."""
NOISE = 1e-14
"""What rounding leaves of a difference that is 0, as a share of the numbers' scale."""


def inner(weights: Array, left: Array, right: Array) -> Array:
    """Return the inner products sum_i w_i f_i g_i along the last axis."""
    return np.asarray((weights * left * right).sum(axis=-1))


def divided(above: Array, below: Array | int) -> Array:
    """Return the quotient; of whole numbers in an exact array, as a fraction."""
    return np.asarray((above * Fraction(1) if above.dtype == object else above) / below)


def ratio(above: Array, below: Array) -> Array:
    """Return above/below where below > 0, and 0 where it is 0: how a projection on no direction is none."""
    return divided(np.where(below > 0, above, 0), np.where(below > 0, below, 1))


def difference(left: Array, right: Array, scale: Array | int = 1) -> Array:
    """Return left - right; in floats, 0 where that is rounding of numbers of this scale."""
    result = np.asarray(left - right)
    return result if result.dtype == object else np.where(np.abs(result) <= NOISE * scale, 0.0, result)


def reflected(vectors: Array, normals: Array) -> Array:
    """Return vectors, shape (states, ..., dimension), reflected in the hyperplanes with these normals."""
    normals = normals.reshape(normals.shape[0], *(1,) * (vectors.ndim - 2), normals.shape[-1])
    along = ratio((vectors * normals).sum(axis=-1), (normals * normals).sum(axis=-1))
    return np.asarray(vectors - 2 * along[..., None] * normals)


def unit(count: int, dimension: int, place: int, like: Array) -> Array:
    """Return the same basis vector for every state, shape (count, dimension), of the numbers that `like` has."""
    vectors = np.zeros((count, dimension), dtype=like.dtype)
    vectors[:, place] = 1
    return vectors


def same(left: Array, right: Array) -> NDArray[np.bool_]:
    """Return where two arrays agree; raises TypeError on a Term, of which that is not known."""
    return np.asarray((left <= right) & (left >= right))


def chosen(choice: Array, options: list[Array]) -> Array:
    """Return options[choice], entry by entry; `choice` is broadcast over the last axis if they have one more."""
    result = options[0]
    for index, option in enumerate(options[1:], start=1):
        here = same(choice, np.asarray(index))
        result = np.where(here[:, None] if option.ndim > here.ndim else here, option, result)
    return result


def root(values: Array) -> Array:
    """Return square roots, as terms where exact. Of a negative number that rounding made, 0."""
    if values.dtype != object:
        return np.sqrt(np.maximum(values, 0))
    return _each(exact_root, values)


def log(values: Array) -> Array:
    """Return natural logarithms, as terms where exact."""
    if values.dtype != object:
        return np.asarray(np.log(values))
    return _each(lambda x: Fraction(0) if x == 1 else apply("log", term(x)), values)


def log_ratio(above: Array, below: Array) -> Array:
    """Return log(above) - log(below), which is 0 and no term where the two are the same number."""
    if above.dtype != object:
        return np.asarray(np.log(above) - np.log(below))
    same_number = np.equal(*np.broadcast_arrays(above, below), dtype=object).astype(bool)
    return np.asarray(np.where(same_number, np.asarray(Fraction(0), dtype=object), log(above) - log(below)))


def _each(function: Callable[[Any], object], values: Array) -> Array:
    result = np.empty(values.shape, dtype=object)
    for place in np.ndindex(values.shape):
        result[place] = function(values[place])
    return result


def exact_root(value: Fraction | int | Term) -> Term:
    """Return the square root of a number or a term, rational if the number is a square of one."""
    item = term(value)
    if isinstance(item.value, Fraction) and item.value >= 0:
        above, below = math.isqrt(item.value.numerator), math.isqrt(item.value.denominator)
        if above**2 == item.value.numerator and below**2 == item.value.denominator:
            return number(above, below)
    return apply("sqrt", item)


def exact(values: Array) -> Term:
    """Return the only entry of an exact array as a term. Raises TypeError for a float, which no exact state has."""
    (value,) = values.reshape(-1).tolist()
    if not isinstance(value, Term | Fraction | int) or isinstance(value, bool):
        raise TypeError(f"not an exact number: {value!r}")
    return term(value)


def shown(value: Fraction | int | Term) -> str:
    """Return an exact number as text that reads back as the same number."""
    return as_text(value) if isinstance(value, Term) else str(value)
