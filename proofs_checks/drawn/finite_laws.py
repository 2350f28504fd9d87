"""Random finite joint laws of target, student and teacher, dependent ones included, and the values of divergences on
them.

A case is a loss and a law on its domain. Its points are rational numbers; the same code evaluates divergences in
floating point and in ball arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from typing import Any, Final, TypeAlias

import numpy as np
import sympy
from flint import arb
from hypothesis import strategies as st
from sympy import Expr, Symbol, oo

from w2s_theory.balls import ball, exact
from w2s_theory.divergences.bregman import (
    BINARY_KULLBACK_LEIBLER,
    ITAKURA_SAITO,
    KULLBACK_LEIBLER,
    SLOPE,
    SQUARED,
    Bregman,
    X,
)
from w2s_theory.divergences.formal import (
    MEAN,
    POSTERIOR_DUAL_MEAN,
    POSTERIOR_MEAN,
    STUDENT,
    TARGET,
    TEACHER,
    Divergence,
    Mismatch,
)
from w2s_theory.geometry.inner_products import SquaredNorm
from w2s_theory.notation.symbols import Topic

letters = Topic(__name__)

Point: TypeAlias = tuple[Fraction, ...]
Vector: TypeAlias = list[Any]
"""A point in the numbers of an arithmetic, floats or balls."""

EXPONENTIAL: Final = Bregman("exp(x)", sympy.exp(X), -oo, oo, sympy.log(SLOPE))
LOSSES: Final = (SQUARED, KULLBACK_LEIBLER, BINARY_KULLBACK_LEIBLER, ITAKURA_SAITO, EXPONENTIAL)
"""The losses on which the identities are examined; each has a dual mean in closed form."""

SECOND: Final = letters.symbol("y", real=True)


@dataclass(frozen=True)
class FiniteLaw:
    """Atoms of (target, student, teacher) with positive integer weights, which need not be independent."""

    weights: tuple[int, ...]
    target: tuple[Point, ...]
    student: tuple[Point, ...]
    teacher: tuple[Point, ...]

    @property
    def probabilities(self) -> tuple[Fraction, ...]:
        """The probability of each atom."""
        total = sum(self.weights)
        return tuple(Fraction(weight, total) for weight in self.weights)

    def described(self) -> dict[str, str]:
        """Return the atoms in words, for a witness."""

        def row(points: Sequence[Point]) -> str:
            return "; ".join(" ".join(map(str, point)) for point in points)

        return {
            "p": " ".join(map(str, self.probabilities)),
            TARGET: row(self.target),
            STUDENT: row(self.student),
            TEACHER: row(self.teacher),
        }


def lattice(loss: Bregman) -> tuple[int, int]:
    """Return the range of integers from which `as_point` makes coordinates."""
    if loss.simplex or (loss.low.is_finite and loss.high.is_finite):
        return 1, 9
    return (1, 16) if loss.low.is_finite or loss.high.is_finite else (-8, 8)


def as_point(loss: Bregman, integers: Sequence[int]) -> Point:
    """Return a point inside the loss's domain: a probability vector, tenths of the interval, or quarters from its end."""
    if loss.simplex:
        return tuple(Fraction(int(count), int(sum(integers))) for count in integers)
    low, high = (Fraction(str(end)) if end.is_finite else None for end in (loss.low, loss.high))
    if low is not None and high is not None:
        return tuple(low + (high - low) * Fraction(int(tenths), 10) for tenths in integers)
    if high is not None:
        return tuple(high - Fraction(int(quarters), 4) for quarters in integers)
    return tuple((low or 0) + Fraction(int(quarters), 4) for quarters in integers)


def random_law(loss: Bregman, generator: np.random.Generator, atoms: int, coordinates: int) -> FiniteLaw:
    """Draw a law with this many atoms on the loss's domain, with at most two targets and two students.

    So several teachers share a student, and students a target; otherwise every conditional mean would be trivial.
    """
    low, high = lattice(loss)
    integers = generator.integers(low, high + 1, size=(atoms + 4, coordinates))
    drawn = [as_point(loss, row) for row in integers]
    chosen = generator.integers(2, size=(2, atoms))
    return FiniteLaw(
        tuple(map(int, generator.integers(1, 10, size=atoms))),
        tuple(drawn[atoms + i] for i in chosen[0]),
        tuple(drawn[atoms + 2 + i] for i in chosen[1]),
        tuple(drawn[:atoms]),
    )


@st.composite
def finite_laws(draw: st.DrawFn, loss: Bregman, *, atoms: int = 3, coordinates: int = 1) -> FiniteLaw:
    """Draw a law of at most `atoms` atoms as `random_law` does, so that Hypothesis can steer and shrink it."""
    integers = st.lists(st.integers(*lattice(loss)), min_size=coordinates, max_size=coordinates)
    point = integers.map(lambda drawn: as_point(loss, drawn))
    targets, students = draw(st.tuples(*[st.tuples(point, point)] * 2))
    rows = st.tuples(st.integers(1, 9), st.sampled_from(targets), st.sampled_from(students), point)
    return FiniteLaw(*zip(*draw(st.lists(rows, min_size=1, max_size=atoms)), strict=True))


@dataclass(frozen=True)
class Arithmetic:
    """A loss in some kind of number: how to write a fraction, and functions of one coordinate."""

    number: Callable[[Fraction], Any]
    divergence: Callable[[Any, Any], Any]
    slope: Callable[[Any], Any]
    inverse_slope: Callable[[Any], Any]


@cache
def in_floats(loss: Bregman) -> Arithmetic:
    """Return the loss in floating point."""
    functions = (sympy.lambdify(names, expression, "math") for names, expression in _expressions(loss))
    return Arithmetic(float, *functions)


@cache
def in_balls(loss: Bregman) -> Arithmetic:
    """Return the loss in ball arithmetic, at the precision in force where it is used."""

    def function(names: Sequence[Symbol], expression: Expr) -> Callable[..., arb]:
        return lambda *values: ball(expression, dict(zip(names, values, strict=True)))

    return Arithmetic(exact, *(function(*item) for item in _expressions(loss)))


def _expressions(loss: Bregman) -> tuple[tuple[tuple[Symbol, ...], Expr], ...]:
    assert loss.inverse_slope is not None, f"{loss.name} has no dual mean in closed form"
    return (
        ((X, SECOND), loss.coordinate_divergence(X, SECOND)),
        ((X,), loss.slope),
        ((SLOPE,), loss.inverse_slope),
    )


@dataclass(frozen=True)
class LawValues:
    """The named points on a law, atom by atom, and the expectations of divergences and inner products of them."""

    loss: Bregman
    law: FiniteLaw
    arithmetic: Arithmetic

    @cached_property
    def weights(self) -> Vector:
        """The probabilities in this arithmetic."""
        return list(map(self.arithmetic.number, self.law.probabilities))

    @cached_property
    def _points(self) -> dict[str, list[Vector]]:
        rows = {TARGET: self.law.target, STUDENT: self.law.student, TEACHER: self.law.teacher}
        return {
            name: [[self.arithmetic.number(value) for value in point] for point in row]
            for name, row in rows.items()
        }

    def point(self, name: str) -> list[Vector]:
        """Return a named point in each atom; means are taken given the target, or the target and the student."""
        if name not in self._points:
            given = list(zip(self.law.target, self.law.student, strict=True))
            if name not in (POSTERIOR_MEAN, POSTERIOR_DUAL_MEAN):
                given = [(target, ()) for target in self.law.target]
            self._points[name] = self._mean(given, primal=name in (MEAN, POSTERIOR_MEAN))
        return self._points[name]

    def _mean(self, given: Sequence[tuple[Point, Point]], primal: bool) -> list[Vector]:
        if primal:
            return self._conditional(self._points[TEACHER], given)
        slopes = self._conditional(self.gradient(TEACHER), given)
        means = [[self.arithmetic.inverse_slope(slope) for slope in row] for row in slopes]
        return [[value / sum(row) for value in row] for row in means] if self.loss.simplex else means

    def _conditional(self, rows: list[Vector], given: Sequence[tuple[Point, Point]]) -> list[Vector]:
        found = []
        for here in given:
            group = [
                (p, row) for p, row, there in zip(self.weights, rows, given, strict=True) if there == here
            ]
            total = sum(p for p, _row in group)
            columns = zip(*(row for _p, row in group), strict=True)
            found.append(
                [
                    sum(p * value for (p, _row), value in zip(group, column, strict=True)) / total
                    for column in columns
                ]
            )
        return found

    def gradient(self, name: str) -> list[Vector]:
        """Return the gradient of the generator at a named point, in each atom."""
        return [[self.arithmetic.slope(value) for value in point] for point in self.point(name)]

    def expect(self, values: Sequence[Any]) -> Any:
        """Return the expectation of a number that each atom has."""
        return sum(p * value for p, value in zip(self.weights, values, strict=True))

    def value(self, term: Divergence | Mismatch | SquaredNorm) -> Any:
        """Return the expectation of a divergence, of an inner product, or of a squared norm."""
        if isinstance(term, Divergence):
            pairs = zip(self.point(term.first), self.point(term.second), strict=True)
            return self.expect([sum(map(self.arithmetic.divergence, x, y)) for x, y in pairs])
        if isinstance(term, Mismatch):
            slopes = _difference(*map(self.gradient, term.gradients))
            steps = _difference(*map(self.point, term.direction))
            return self.expect([_inner(x, y) for x, y in zip(slopes, steps, strict=True)])
        return self.expect([_inner(x, x) for x in self._combination(term)])

    def _combination(self, norm: SquaredNorm) -> list[Vector]:
        terms = [(int(coefficient), self.point(name)) for name, coefficient in norm.vector.terms]
        return [
            [
                sum(c * x for (c, _), x in zip(terms, values, strict=True))
                for values in zip(*atom, strict=True)
            ]
            for atom in zip(*(rows for _c, rows in terms), strict=True)
        ]


def _difference(first: list[Vector], second: list[Vector]) -> list[Vector]:
    return [[a - b for a, b in zip(x, y, strict=True)] for x, y in zip(first, second, strict=True)]


def _inner(x: Vector, y: Vector) -> Any:
    return sum(a * b for a, b in zip(x, y, strict=True))
