"""Bregman divergences of named points: algebra without a choice of generator, coordinates or law.

A point is a name, such as "g". phi is the generator, so that phi(g) is a number and grad phi(g) a vector, and
`D(x, y) = phi(x) - phi(y) - <grad phi(y), x - y>`. For random points E D(x, y) and E phi(x) are expectations, and
`<x, y>` is the inner product of random vectors, E x^T y.

Source: Xu et al. 2025 for the identities; their algebra, the linearity of the gradient's products, is derived here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Final

from sympy import Eq, Symbol

from w2s_theory.geometry.inner_products import Vector, inner
from w2s_theory.relations import equal

TARGET: Final = "g"
STUDENT: Final = "s"
TEACHER: Final = "w"
MEAN: Final = "w_mean"
"""The mean teacher, E w."""
DUAL_MEAN: Final = "w_dual"
"""The dual mean of the teacher, at which grad phi is E grad phi(w)."""
POSTERIOR_MEAN: Final = "w_mean(s)"
"""The mean teacher given the student, E[w|s]."""
POSTERIOR_DUAL_MEAN: Final = "w_dual(s)"
"""The dual mean of the teacher given the student, at which grad phi is E[grad phi(w)|s]."""
POINTS: Final = (TARGET, STUDENT, TEACHER, MEAN, DUAL_MEAN, POSTERIOR_MEAN, POSTERIOR_DUAL_MEAN)


def gradient(point: str) -> Vector:
    """Return grad phi at a point."""
    return Vector.named(f"grad phi({point})")


def difference(point: str, other: str) -> Vector:
    """Return the vector from `other` to `point`."""
    return Vector.named(point) - Vector.named(other)


@dataclass(frozen=True)
class Divergence:
    """D(first, second), or its expectation if `expected`."""

    first: str
    second: str
    expected: bool = True

    @property
    def symbol(self) -> Symbol:
        """The symbol that stands for the divergence in a statement."""
        return Symbol(f"{self._expectation}D({self.first}, {self.second})", real=True)

    @property
    def definition(self) -> Eq:
        """The divergence as generators and inner products."""
        start, end = (
            Symbol(f"{self._expectation}phi({point})", real=True) for point in (self.second, self.first)
        )
        slope = inner(gradient(self.second), difference(self.first, self.second))
        return equal(self.symbol, end - start - slope)

    @property
    def _expectation(self) -> str:
        return "E " if self.expected else ""


@dataclass(frozen=True)
class Mismatch:
    """<grad phi(x) - grad phi(y), first - second> for `gradients` x, y: two gradients seen along a direction."""

    gradients: tuple[str, str]
    direction: tuple[str, str]

    @property
    def symbol(self) -> Symbol:
        """The symbol that stands for the inner product in a statement."""
        (x, y), (first, second) = self.gradients, self.direction
        return Symbol(f"<grad phi({x}) - grad phi({y}), {first} - {second}>", real=True)

    @property
    def definition(self) -> Eq:
        """The inner product expanded into those of single points and gradients."""
        x, y = map(gradient, self.gradients)
        return equal(self.symbol, inner(x - y, difference(*self.direction)))

    @property
    def vanishes(self) -> Eq:
        """The relation that says that the gradients agree along the direction."""
        x, y = map(gradient, self.gradients)
        return equal(inner(x - y, difference(*self.direction)), 0)


Term = Divergence | Mismatch


@cache
def terms() -> dict[Symbol, Term]:
    """Return every divergence and mismatch of the named points by its symbol."""
    pairs: list[tuple[str, str]] = list(product(POINTS, POINTS))
    found: list[Term] = [Divergence(*pair, expected) for pair in pairs for expected in (True, False)]
    found += [Mismatch(gradients, direction) for gradients in pairs for direction in pairs]
    return {term.symbol: term for term in found}


@dataclass(frozen=True)
class Split:
    """A divergence from the teacher as bias plus variance around a centre: `averaged` makes the cross term vanish."""

    whole: Divergence
    bias: Divergence
    variance: Divergence
    averaged: Eq

    @property
    def as_sum(self) -> Eq:
        """The whole is bias plus variance."""
        return equal(self.whole.symbol, self.bias.symbol + self.variance.symbol)

    @property
    def as_gap(self) -> Eq:
        """The whole less the bias is the variance."""
        return equal(self.whole.symbol - self.bias.symbol, self.variance.symbol)

    @property
    def definitions(self) -> tuple[Eq, ...]:
        """What the three divergences are."""
        return tuple(term.definition for term in (self.whole, self.bias, self.variance))

    @property
    def given(self) -> tuple[Eq, ...]:
        """What both relations follow from."""
        return (*self.definitions, self.averaged)


def dual_split(point: str, centre: str) -> Split:
    """Split E D(point, w) at a dual mean of the teacher w."""
    return Split(
        Divergence(point, TEACHER),
        Divergence(point, centre),
        Divergence(centre, TEACHER),
        Mismatch((TEACHER, centre), (point, centre)).vanishes,
    )


def primal_split(point: str, centre: str) -> Split:
    """Split E D(w, point) at a mean of the teacher w."""
    return Split(
        Divergence(TEACHER, point),
        Divergence(centre, point),
        Divergence(TEACHER, centre),
        Mismatch((centre, point), (TEACHER, centre)).vanishes,
    )
