"""Terms and formulas over arrays of floating-point numbers: fast, for steering, never for a verdict.

Every value carries two sizes. Its magnitude is the value's own, summed where terms are added, so that a margin is a
share of what is compared. Its noise is what rounding errors are relative to: the same, but for variables whose own
computation cancelled more, which the caller says. What is 0 but for rounding is treated as 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce
from typing import NamedTuple

import numpy as np
from flint import fmpq, fmpq_poly
from numpy.typing import NDArray

from w2s_theory.terms.tree import (
    All,
    Any,
    Atom,
    Formula,
    Head,
    Root,
    Sign,
    Term,
    atoms,
    rational,
    subterms,
    variables,
)

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
Points = Mapping[str, Floats]

ROUNDING = 8 * float(np.finfo(float).eps)
"""A value at most this share of its noise is rounding."""
DOUBT = 8 * ROUNDING
"""A difference at most this share of its noise proves nothing."""


class Measured(NamedTuple):
    """Values, nan where undefined or not finite, and their sizes: magnitudes and noises along a first axis of 2."""

    value: Floats
    sizes: Floats


def evaluate(item: Term, points: Points) -> Floats:
    """Return the term's value at each point, nan where `tree.definedness` says undefined or where floats overflow.

    `points` gives an array for each variable, all of one shape. Raises KeyError for a variable that is not in it.
    """
    return Evaluation(points).value(item)


class Evaluation:
    """Terms and formulas at the same points, each subterm evaluated once.

    `points` gives an array for each variable, all of one shape (states,). `noise` gives, for variables that were
    computed with cancellation, the size of the numbers that cancelled. The methods raise KeyError for a variable that
    is not among the points.
    """

    def __init__(self, points: Points, noise: Points | None = None) -> None:
        self._points = points
        self._noise = noise or {}
        self._shape = np.broadcast_shapes(*(np.shape(values) for values in points.values()))
        self._done: dict[Term, Measured] = {}

    def value(self, item: Term) -> Floats:
        """Return the term's value at each point, nan where it is undefined or overflows."""
        return self.measure(item).value

    def share(self, item: Atom) -> Floats:
        """Return left minus right over their magnitude, 0 where they are equal."""
        difference, magnitude, _ = self._difference(item)
        with np.errstate(all="ignore"):
            return np.where(difference == 0, 0.0, difference / magnitude)

    def margin(self, item: Formula) -> Floats:
        """Return how far the formula is from being false at each point: positive where true, negative where false.

        Of an atom, the share by which its sides differ, signed so that it is positive where the atom holds; the least
        over a conjunction, the largest over a disjunction. At 0 an atom holds if it allows equality. It is nan where
        any term of the formula is undefined, even in a part that would not matter.
        """
        match item:
            case All(parts):
                return reduce(np.minimum, map(self.margin, parts), np.full(self._shape, np.inf))
            case Any(parts):
                return reduce(np.maximum, map(self.margin, parts), np.full(self._shape, -np.inf))
            case Atom(_, sign, _):
                share = self.share(item)
                match sign:
                    case Sign.GE | Sign.GT:
                        return share
                    case Sign.LE | Sign.LT:
                        return -share
                    case Sign.EQ:
                        return -np.abs(share)
                    case Sign.NE:
                        return np.abs(share)

    def truth(self, item: Formula, slack: float) -> Truths:
        """Return where a formula seems to hold and all its terms are defined.

        Sides pass for equal that differ by at most `slack` of their magnitude, or by what rounding may have done.
        """
        return self._truth(item, slack) & ~np.isnan(self.margin(item))

    def is_trivial(self, item: Formula) -> Truths:
        """Return where all sides of all atoms vanish, so that a margin of 0 says nothing."""
        sides = (side for atom in atoms(item) for side in (atom.left, atom.right))
        return reduce(np.logical_and, (self.measure(side).sizes[0] == 0 for side in sides))

    def _truth(self, item: Formula, slack: float) -> Truths:
        match item:
            case All(parts):
                truths = (self._truth(part, slack) for part in parts)
                return reduce(np.logical_and, truths, np.full(self._shape, True))
            case Any(parts):
                truths = (self._truth(part, slack) for part in parts)
                return reduce(np.logical_or, truths, np.full(self._shape, False))
            case Atom(_, sign, _):
                difference, magnitude, noise = self._difference(item)
                with np.errstate(invalid="ignore"):
                    is_equal = np.abs(difference) <= slack * magnitude + DOUBT * noise
                above, below, equal = (place in sign.signs for place in (1, -1, 0))
                return np.where(is_equal, equal, np.where(difference > 0, above, below))

    def _difference(self, item: Atom) -> tuple[Floats, Floats, Floats]:
        """Return left minus right, their magnitude, and their noise."""
        left, right = self.measure(item.left), self.measure(item.right)
        magnitude, noise = left.sizes + right.sizes
        difference = left.value - right.value
        return np.where(np.abs(difference) <= ROUNDING * noise, 0.0, difference), magnitude, noise

    def measure(self, item: Term) -> Measured:
        """Return the values and sizes of a term at each point."""
        with np.errstate(all="ignore"):
            for node in subterms(item):
                if node not in self._done:
                    value, sizes = self._node(node)
                    value = np.where(np.abs(value) <= ROUNDING * sizes[1], 0.0, value)
                    self._done[node] = Measured(np.where(np.isfinite(value + sizes[1]), value, np.nan), sizes)
        return self._done[item]

    def _node(self, node: Term) -> tuple[Floats, Floats]:
        arguments = [self._done[argument] for argument in node.args]
        match node.head:
            case Head.VARIABLE:
                name = str(node.value)
                value = np.broadcast_to(np.asarray(self._points[name], dtype=float), self._shape)
                magnitude = np.abs(value)
                return value, np.stack([magnitude, np.maximum(magnitude, self._noise.get(name, 0.0))])
            case Head.NUMBER | Head.CONSTANT | Head.ALGEBRAIC:
                constant = np.full(self._shape, _constant(node.value))
                return constant, np.stack([np.abs(constant)] * 2)
            case "min" | "max":
                return reduce(_smaller if node.head == "min" else _larger, arguments)
            case Head.SUM | Head.PRODUCT | Head.QUOTIENT:
                return _arithmetic(node.head, *arguments)
            case Head.POWER:
                return _power(node, *arguments)
            case head:
                return _function(head, *arguments)


def _smaller(left: Measured, right: Measured) -> Measured:
    is_left = left.value <= right.value
    value = np.minimum(left.value, right.value)
    return Measured(value, np.where(is_left, left.sizes, right.sizes))


def _larger(left: Measured, right: Measured) -> Measured:
    is_left = left.value >= right.value
    value = np.maximum(left.value, right.value)
    return Measured(value, np.where(is_left, left.sizes, right.sizes))


def _arithmetic(head: str, left: Measured, right: Measured) -> tuple[Floats, Floats]:
    match head:
        case Head.SUM:
            return left.value + right.value, left.sizes + right.sizes
        case Head.PRODUCT:
            return left.value * right.value, left.sizes * right.sizes
        case _:
            value = np.where(right.value == 0, np.nan, left.value / right.value)
            return value, np.abs(left.sizes / right.value) * np.abs(right.sizes / right.value)


def _power(node: Term, base: Measured, exponent: Measured) -> tuple[Floats, Floats]:
    constant = rational(node.args[1])
    is_whole = constant is not None and constant.denominator == 1
    value = np.power(base.value, exponent.value)
    if is_whole:
        undefined = (base.value == 0) & (exponent.value < 0)
    elif not variables(node.args[1]):
        undefined = (base.value < 0) | ((base.value == 0) & (exponent.value <= 0))
    else:
        undefined = base.value <= 0
    # Relative changes of the base count `exponent` times, those of the exponent log(base) times.
    strain = np.abs(exponent.value) * base.sizes / np.abs(base.value)
    if not is_whole:
        strain = strain + exponent.sizes * np.abs(np.log(base.value))
    at_zero = np.power(base.sizes, np.abs(exponent.value))
    sizes = np.where(base.value == 0, at_zero, np.abs(value) * np.maximum(strain, 1))
    return np.where(undefined, np.nan, value), sizes


def _function(head: str, argument: Measured) -> tuple[Floats, Floats]:
    x, sizes = argument
    match head:
        case "sqrt":
            value = np.where(x < 0, np.nan, np.sqrt(x))
            return value, np.where(x == 0, np.sqrt(sizes), value * sizes / np.abs(x))
        case "exp":
            return np.exp(x), np.exp(x) * (1 + sizes)
        case "log":
            value = np.where(x <= 0, np.nan, np.log(x))
            return value, np.abs(value) + sizes / np.abs(x)
        case "abs":
            return np.abs(x), sizes
        case "sin":
            return np.sin(x), sizes
        case "cos":
            return np.cos(x), 1 + sizes
        case "tan":
            value = np.where(np.abs(np.cos(x)) <= ROUNDING * (1 + sizes[1]), np.nan, np.tan(x))
            return value, sizes * (1 + value**2)
    raise ValueError(f"no floating-point meaning of {head!r}")


def _constant(value: Fraction | str | Root | None) -> float:
    match value:
        case Fraction():
            return _nearest(value)
        case Root():
            return root_as_float(value)
        case _:
            return {"pi": np.pi, "E": np.e}[str(value)]


def _nearest(value: Fraction) -> float:
    try:
        return float(value)
    except OverflowError:
        return np.inf if value > 0 else -np.inf


def root_as_float(root: Root) -> float:
    """Return an algebraic number to floating-point accuracy, by halving its interval."""
    polynomial = fmpq_poly(list(root.coefficients))
    polynomial //= polynomial.gcd(polynomial.derivative())
    low, high = (fmpq(end.numerator, end.denominator) for end in (root.low, root.high))
    # The sign just inside the low end, which may itself be another root.
    left = polynomial(low) or polynomial.derivative()(low)
    while float(low) != float(high) and high - low > fmpq(1, 2**1080):
        middle = (low + high) / 2
        here = polynomial(middle)
        if here == 0:
            return float(middle)
        low, high = (middle, high) if (here > 0) == (left > 0) else (low, middle)
    return float((low + high) / 2)
