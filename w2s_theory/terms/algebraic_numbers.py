"""Real algebraic numbers as roots of polynomials: balls that hold them, and how far from 0 a number made of them is.

An algebraic number U/L, with U and L algebraic integers whose conjugates are at most u and l, and of degree at most d
together, is 0 or at least 1/(l u^(d-1)) in size: the norm of U is a whole number. (Burnikel, Funke, Mehlhorn, Schirra and
Schmitt 2001; the bound here has the plainer proof just given, with a root of U/L written as a root of U L^(k-1), over L.)
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from flint import arb, ctx, fmpq, fmpz_poly

from w2s_theory.terms.tree import Head, Root, Term, rational, subterms


def fraction_of(point: arb) -> Fraction:
    """Return the number that a ball of radius 0 is, such as an end or a middle of one."""
    mantissa, exponent = point.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


@dataclass(frozen=True)
class Size:
    """Bounds of an algebraic number's U and L, as powers of 2, and of their degree."""

    above: float
    below: float
    degree: int

    @property
    def separation(self) -> float:
        """Return b such that the number is 0 or larger than 2^-b in size."""
        return self.below + (self.degree - 1) * max(self.above, 0.0) + 2


_LARGEST_DEGREE = 4096


def size(item: Term) -> Size | None:
    """Return the size of a constant term; None where it is not algebraic, or of too large a degree."""
    roots: dict[Term, int] = {}
    known: dict[Term, tuple[float, float]] = {}
    for node in subterms(item):
        found = _bounds(node, known, roots)
        if found is None:
            return None
        # Logarithms of bounds are rounded; a little more makes up for it many times over.
        known[node] = (found[0] * (1 + 1e-9) + 1e-6, found[1] * (1 + 1e-9) + 1e-6)
    degree = 1
    for order in roots.values():
        degree *= order
        if degree > _LARGEST_DEGREE:
            return None
    return Size(*known[item], degree)


def _bounds(
    node: Term, known: dict[Term, tuple[float, float]], roots: dict[Term, int]
) -> tuple[float, float] | None:
    """Return the logarithms (base 2) of the bounds of U and L."""
    match node.head:
        case Head.NUMBER:
            if not isinstance(node.value, Fraction):
                return None
            return float(abs(node.value.numerator).bit_length()), float(node.value.denominator.bit_length())
        case Head.ALGEBRAIC:
            if not isinstance(node.value, Root):
                return None
            coefficients = node.value.coefficients
            roots[node] = len(coefficients) - 1
            leading = abs(coefficients[-1])
            return float((leading + max(map(abs, coefficients))).bit_length()), float(leading.bit_length())
        case Head.SUM:
            (a, b), (c, d) = (known[part] for part in node.args)
            return max(a + d, b + c) + 1, b + d
        case Head.PRODUCT:
            (a, b), (c, d) = (known[part] for part in node.args)
            return a + c, b + d
        case Head.QUOTIENT:
            (a, b), (c, d) = (known[part] for part in node.args)
            return a + d, b + c
        case "sqrt":
            return _root_bounds(node, known[node.args[0]], 2, roots)
        case Head.POWER:
            power = rational(node.args[1])
            if power is None:
                return None
            found = known[node.args[0]]
            if power.denominator > 1:
                root = Term(Head.POWER, (node.args[0], Term(Head.NUMBER, (), Fraction(1, power.denominator))))
                found = _root_bounds(root, found, power.denominator, roots)
            if power < 0:
                found = (found[1], found[0])
            return found[0] * abs(power.numerator), found[1] * abs(power.numerator)
        case "abs":
            # The size is that of the argument, whichever sign is in front.
            return known[node.args[0]]
        case _:
            return None


def _root_bounds(
    node: Term, inside: tuple[float, float], order: int, roots: dict[Term, int]
) -> tuple[float, float]:
    roots[node] = order
    above, below = inside
    return (above + (order - 1) * below) / order, below


def root_ball(root: Root) -> arb:
    """Return a ball of the present precision that holds the root."""
    precision = ctx.prec
    low, high = _isolate(root, precision)
    with ctx.workprec(precision + 16):
        return arb(fmpq(low.numerator, low.denominator)).union(arb(fmpq(high.numerator, high.denominator)))


@lru_cache(maxsize=1000)
def _isolate(root: Root, bits: int) -> tuple[Fraction, Fraction]:
    """Return rational numbers 2^-bits (1 + |root|) apart with the root between them, by bisection and Newton's method."""
    low, high = root.low, root.high
    if low == high:
        return low, high
    polynomial = fmpz_poly(list(root.coefficients))
    at_low = _sign_at(polynomial, low)
    if at_low == 0 or at_low == _sign_at(polynomial, high):
        raise ValueError(f"no change of sign between {low} and {high}")
    size = max(abs(low), abs(high), Fraction(1))
    target = Fraction(1, 2**bits) * size
    while high - low > target:
        step = _newton_bracket(polynomial, low, high, at_low)
        low, high = step if step is not None else (low, high)
        middle = _rounded((low + high) / 2, high - low)
        at_middle = _sign_at(polynomial, middle)
        if at_middle == 0:
            return middle, middle
        if at_middle == at_low:
            low = middle
        else:
            high = middle
    return low, high


def _newton_bracket(
    polynomial: fmpz_poly, low: Fraction, high: Fraction, at_low: int
) -> tuple[Fraction, Fraction] | None:
    """Return a much smaller interval about Newton's iterate, if the signs at its ends show that the root is inside."""
    width = high - low
    middle = _rounded((low + high) / 2, width)
    slope = _value(polynomial.derivative(), middle)
    if slope == 0:
        return None
    guess = middle - _value(polynomial, middle) / slope
    radius = width * width if width < Fraction(1, 16) else width / 16
    left, right = (_rounded(guess + side * radius, radius) for side in (-1, 1))
    if not low < left < right < high:
        return None
    if _sign_at(polynomial, left) == at_low and _sign_at(polynomial, right) == -at_low:
        return left, right
    return None


def _rounded(value: Fraction, width: Fraction) -> Fraction:
    """Return a binary fraction within a 1/64 of `width` of the value, so that denominators stay small."""
    scale = 2 ** max(0, (width.denominator // max(1, width.numerator)).bit_length() + 6)
    return Fraction(round(value * scale), scale)


def _value(polynomial: fmpz_poly, at: Fraction) -> Fraction:
    found = Fraction(0)
    for coefficient in reversed(polynomial.coeffs()):
        found = found * at + int(coefficient)
    return found


def _sign_at(polynomial: fmpz_poly, at: Fraction) -> int:
    """Return the sign of the polynomial at a rational number, in whole numbers."""
    total, scale = 0, 1
    for coefficient in reversed(polynomial.coeffs()):
        total = total * at.numerator + int(coefficient) * scale
        scale *= at.denominator
    return (total > 0) - (total < 0)
