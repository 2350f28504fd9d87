"""Formal vectors of an inner-product space: algebra without a choice of coordinates or dimension."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sympy import Expr, Integer, Symbol, sympify


@dataclass(frozen=True)
class Vector:
    """A finite linear combination of named vectors, with sympy coefficients."""

    terms: tuple[tuple[str, Expr], ...]

    @staticmethod
    def named(name: str) -> Vector:
        """Return the vector that stands for itself under `name` (its LaTeX)."""
        return Vector(((name, Integer(1)),))

    @staticmethod
    def _of(coefficients: Mapping[str, Expr]) -> Vector:
        return Vector(tuple((name, value) for name, value in sorted(coefficients.items()) if value != 0))

    def __add__(self, other: Vector) -> Vector:
        total = dict(self.terms)
        for name, value in other.terms:
            total[name] = total.get(name, Integer(0)) + value
        return Vector._of(total)

    def __rmul__(self, scalar: Any) -> Vector:
        return Vector._of({name: sympify(scalar) * value for name, value in self.terms})

    def __sub__(self, other: Vector) -> Vector:
        return self + (-1) * other


def inner(left: Vector, right: Vector) -> Expr:
    """Return <left, right>, expanded by bilinearity and symmetry into inner products of named vectors."""
    return sum(
        (x * y * _product(name, other) for name, x in left.terms for other, y in right.terms), Integer(0)
    )


def norm_squared(vector: Vector) -> Expr:
    """Return ||vector||^2, expanded."""
    return inner(vector, vector)


def _product(left: str, right: str) -> Symbol:
    first, second = sorted((left, right))
    if first == second:
        return Symbol(rf"\|{first}\|^{{2}}", nonnegative=True)
    return Symbol(rf"\langle {first}, {second}\rangle", real=True)
