"""Bregman divergences: squared, Kullback-Leibler, Itakura-Saito, and those of a user's generator.

A generator f of one variable acts on every coordinate: `phi(x) = sum_k f(x_k)`, and
`D(x, y) = phi(x) - phi(y) - <grad phi(y), x - y>`.

`ITAKURA_SAITO.divergence(2, 1)` is `1 - log(2)`;
`KULLBACK_LEIBLER.dual_mean([[0.5, 0.5], [0.9, 0.1]], [0.5, 0.5])` is `(3/4, 1/4)`;
`Bregman.from_generator("x*log(x)", domain="x > 0").divergence(2, 1)` is `-1 + 2*log(2)`.

Points are numbers or sequences of numbers (floats count as the decimals that print them) or sympy expressions. On the
boundary of the domain values are limits: 0 log 0 = 0, and a divergence with an infinite slope at its second argument is
`oo`. Nothing is ever NaN: where a limit does not exist, InvalidInput says so.

Source: Xu et al. 2025 for the divergence and the dual mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, TypeAlias

import mpmath
import sympy
from sympy import Expr, Integer, oo
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, Boolean

from w2s_theory.divergences import losses
from w2s_theory.divergences.convexity import check_strictly_convex
from w2s_theory.errors import InvalidInput
from w2s_theory.notation.expressions import parse, parse_relation
from w2s_theory.notation.parameters import exact
from w2s_theory.notation.symbols import Topic

letters = Topic(__name__)

X: Final = letters.symbol("x", real=True)
"""The variable of a generator."""
SLOPE: Final = letters.symbol("slope", real=True)
"""The variable of an inverse slope."""
DIGITS: Final = 50
"""Digits of a dual mean that has no closed form."""

Number: TypeAlias = Expr | float
Point: TypeAlias = Number | Sequence[Number]
Coordinates: TypeAlias = tuple[Expr, ...]


@dataclass(frozen=True)
class Bregman:
    """The divergence of a generator f, strictly convex on the interval (low, high), summed over coordinates.

    `inverse_slope` is the inverse of f' as an expression in SLOPE, None where there is no closed form. With
    `simplex` the points are probability vectors: gradients count up to a constant, so that the dual mean is normalized;
    this holds for f(x) = x log x only.
    """

    name: str
    generator: Expr
    low: Expr
    high: Expr
    inverse_slope: Expr | None = None
    simplex: bool = False

    @classmethod
    def from_generator(cls, generator: str, domain: str = "") -> Bregman:
        """Return the divergence of a generator written in x, such as "x*log(x)", on a domain such as "x > 0".

        The domain is an interval with rational ends, such as "0 < x < 1"; empty for all real numbers. Raises
        InvalidInput for text that is no such formula, and for a generator that is not strictly convex on the domain: the
        message names a point where it is not.
        """
        low, high = _interval(domain)
        formula = parse(generator, {"x": X})
        check_strictly_convex(formula, X, low, high)
        return cls(generator.strip(), formula, low, high)

    def divergence(self, x: Point, y: Point) -> Expr:
        """Return D(x, y) >= 0, `oo` where f or its slope at y is infinite on the boundary.

        Raises InvalidInput for points outside the closed domain, of different lengths, or both at one end where f is
        infinite.
        """
        first, second = self.coordinates(x), self.coordinates(y)
        if len(first) != len(second):
            raise InvalidInput(
                f"the points have {len(first)} and {len(second)} coordinates; they must have as many"
            )
        return _total(self.coordinate_divergence(a, b) for a, b in zip(first, second, strict=True))

    def coordinate_divergence(self, a: Expr, b: Expr) -> Expr:
        """Return f(a) - f(b) - f'(b)(a - b), a limit where a or b is an end of the domain.

        Raises InvalidInput where a = b is an end at which f is infinite.
        """
        value, other = self._at(self.generator, a), self._at(self.generator, b)
        if value == oo:
            if a == b:
                raise InvalidInput(
                    f"the divergence of {a} from itself is undefined: the generator is infinite there"
                )
            return oo
        slope = self._at(self.slope, b)
        if slope in (oo, -oo):
            return sympy.Piecewise((0, sympy.Eq(a, b)), (oo, True))
        return sympy.expand(value - other - slope * (a - b))

    @property
    def slope(self) -> Expr:
        """The derivative f' as an expression in X."""
        return sympy.diff(self.generator, X)

    def gradient(self, x: Point) -> Coordinates:
        """Return f' at each coordinate, infinite on the boundary where its limit is."""
        return tuple(self._at(self.slope, a) for a in self.coordinates(x))

    def mean(self, points: Sequence[Point], weights: Sequence[Number]) -> Coordinates:
        """Return the mean of the points; weights are nonnegative and sum to 1."""
        return tuple(_total(p * a for p, a in pairs) for pairs in self._columns(points, weights))

    def dual_mean(self, points: Sequence[Point], weights: Sequence[Number]) -> Coordinates:
        """Return the point whose gradient is the mean gradient; on the simplex, the normalized geometric mean.

        A number of `DIGITS` digits where f' has no inverse in closed form. Points of weight 0 do not count. Raises
        InvalidInput where the mean slope is infinite in both directions at once, or where every class has
        probability 0 for some point.
        """
        means = tuple(self._dual_mean(pairs) for pairs in self._columns(points, weights))
        if not self.simplex:
            return means
        total = _total(means)
        if total == 0:
            raise InvalidInput("the points have no dual mean: each class has probability 0 for one of them")
        return tuple(sympy.simplify(mean / total) for mean in means)

    def _dual_mean(self, pairs: Sequence[tuple[Expr, Expr]]) -> Expr:
        counted = [(p, a) for p, a in pairs if p != 0]
        slope = _total(p * self._at(self.slope, a) for p, a in counted)
        if slope is sympy.nan:
            raise InvalidInput("the points have no dual mean: their slopes are infinite in both directions")
        if slope in (oo, -oo):
            return self.high if slope == oo else self.low
        if self.inverse_slope is not None:
            return sympy.simplify(self.inverse_slope.subs(SLOPE, slope))
        if slope.free_symbols:
            raise InvalidInput(
                f"{self.name} has no inverse slope in closed form; its dual mean needs numbers"
            )
        values = [a for _p, a in counted]
        return _root(self.slope - slope, sympy.Min(*values), sympy.Max(*values))

    def _columns(self, points: Sequence[Point], weights: Sequence[Number]) -> list[list[tuple[Expr, Expr]]]:
        """Return for each coordinate the pairs of a weight and a point's value."""
        rows = [self.coordinates(point) for point in points]
        shares = _numbers(weights, "a weight")
        if not rows or len(rows) != len(shares) or len({len(row) for row in rows}) != 1:
            raise InvalidInput("a mean needs as many weights as points, and points with as many coordinates")
        _check_distribution(shares, "the vector of weights")
        return [list(zip(shares, column, strict=True)) for column in zip(*rows, strict=True)]

    def coordinates(self, point: Point) -> Coordinates:
        """Return a point's coordinates as exact numbers; raises InvalidInput outside the closed domain."""
        found = _numbers(point, "a coordinate")
        for value in found:
            if value.is_number and not (value.is_real and self.low <= value <= self.high):
                raise InvalidInput(
                    f"{value} lies outside the domain of {self.name}; allowed: {self.low} to {self.high}"
                )
        if self.simplex:
            _check_distribution(found, "a probability vector")
        return found

    def _at(self, expression: Expr, a: Expr) -> Expr:
        if a in (self.low, self.high):
            return _limit(expression, a, "+" if a == self.low else "-")
        return expression.subs(X, a)


@cache
def _limit(expression: Expr, end: Expr, side: str) -> Expr:
    return sympy.limit(expression, X, end, side)


def _numbers(values: Any, name: str) -> Coordinates:
    """Return a number, or the entries of a list, tuple or array, as exact numbers or expressions."""
    listed = values.tolist() if hasattr(values, "tolist") else values
    row = listed if isinstance(listed, list | tuple | sympy.Tuple) else (listed,)
    found = tuple(exact(value, name) for value in row)
    for value in found:
        if not isinstance(value, Expr):
            raise InvalidInput(f"{name} is {value}; it must be a number or a sympy expression")
    return found


def _total(terms: Iterable[Expr]) -> Expr:
    return sympy.Add(*terms)


def _check_distribution(values: Sequence[Expr], name: str) -> None:
    if any(value.is_negative for value in values):
        raise InvalidInput(f"{name} is {tuple(values)}; its entries must be >= 0")
    total = _total(values)
    if total.is_number and sympy.simplify(total - 1) != 0:
        raise InvalidInput(f"{name} is {tuple(values)}, which sums to {total}; it must sum to 1")


def _interval(domain: str) -> tuple[Expr, Expr]:
    low, high = -oo, oo
    for part in _parts(domain):
        ends = [side for side in part.args if not side.has(X)]
        if X not in part.args or len(ends) != 1 or not ends[0].is_Rational or isinstance(part, sympy.Eq):
            raise InvalidInput(f"the domain {domain!r} is no interval; write it like x > 0 or 0 < x < 1")
        if part.lts == X:
            high = min(high, ends[0])
        else:
            low = max(low, ends[0])
    if low >= high:
        raise InvalidInput(f"the domain {domain!r} is empty; its left end must be less than its right end")
    return low, high


def _parts(domain: str) -> tuple[Relational, ...]:
    if not domain.strip():
        return ()
    relation: Boolean = parse_relation(domain, {"x": X})
    return tuple(relation.args) if isinstance(relation, And) else (relation,)


def _root(increasing: Expr, low: Expr, high: Expr) -> Expr:
    """Return the root in [low, high] of an increasing function, a number of DIGITS digits."""
    if low == high:
        return low
    with mpmath.workdps(DIGITS + 10):
        ends = [mpmath.mpf(sympy.N(end, DIGITS + 10)) for end in (low, high)]
        root = mpmath.findroot(sympy.lambdify(X, increasing, "mpmath"), ends, solver="anderson")
        return sympy.Float(root, DIGITS)


def entropy(p: Point) -> Expr:
    """Return - sum_k p_k log p_k of a probability vector, with 0 log 0 = 0."""
    return cross_entropy(p, p)


def cross_entropy(p: Point, q: Point) -> Expr:
    """Return - sum_k p_k log q_k of probability vectors: `oo` where a q_k is 0 and p_k is not.

    With the teacher first it is the cross-entropy of a student, with the student first the reverse cross-entropy.
    Raises InvalidInput for entries outside [0, 1], sums other than 1 and different lengths.
    """
    first, second = KULLBACK_LEIBLER.coordinates(p), KULLBACK_LEIBLER.coordinates(q)
    if len(first) != len(second):
        raise InvalidInput(f"the vectors have {len(first)} and {len(second)} entries; they must have as many")
    return losses.cross_entropy(student=second, teacher=first)


SQUARED: Final = Bregman("squared loss", X**2, -oo, oo, SLOPE / 2)
"""|x - y|^2; both means are the mean."""
KULLBACK_LEIBLER: Final = Bregman(
    "Kullback-Leibler divergence",
    X * sympy.log(X),
    Integer(0),
    Integer(1),
    sympy.exp(SLOPE - 1),
    simplex=True,
)
"""KL(x || y) of probability vectors; the dual mean is the normalized geometric mean."""
BINARY_KULLBACK_LEIBLER: Final = Bregman(
    "binary Kullback-Leibler divergence",
    X * sympy.log(X) + (1 - X) * sympy.log(1 - X),
    Integer(0),
    Integer(1),
    1 / (1 + sympy.exp(-SLOPE)),
)
"""KL of the probabilities x and y of one of two classes; the dual mean has the mean logit."""
ITAKURA_SAITO: Final = Bregman("Itakura-Saito divergence", -sympy.log(X), Integer(0), oo, -1 / SLOPE)
"""x/y - log(x/y) - 1 of positive numbers; the dual mean is the harmonic mean."""
DIVERGENCES: Final = {
    "squared": SQUARED,
    "kl": KULLBACK_LEIBLER,
    "binary-kl": BINARY_KULLBACK_LEIBLER,
    "itakura-saito": ITAKURA_SAITO,
}
"""The named divergences."""
