"""Germs: a term next to a point as a series, and the sign that it has on a whole neighbourhood of the point.

The point itself is left out. It may be a constant c, approached from above (t = c + h) or from below (t = c - h), or an
endless side (t = 1/h or t = -1/h).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import factorial

from flint import arb, ctx, fmpq, fmpq_poly

from proofs_checks.bounds.certificates.constants import (
    BITS,
    ONE,
    ZERO,
    Constant,
    NoSeriesError,
    constant_of,
    plus,
    power_of,
    ratio,
    times,
)
from proofs_checks.bounds.certificates.quotients import NotRationalError
from proofs_checks.bounds.certificates.rational_functions import quotient
from proofs_checks.bounds.certificates.rational_series import RATIONALS, divided, field_of, inverted
from proofs_checks.bounds.certificates.series import UNIT, Arithmetic, Monomial, Series, constant, within
from w2s_theory.terms import intervals
from w2s_theory.terms.interval import Interval
from w2s_theory.terms.tree import Head, Term, apply, variables
from w2s_theory.terms.truth import possible_signs

H = Monomial(ONE)
LOG = Monomial(ZERO, fmpq(1))
_HALF = ratio(1, 2)
_MOST_FACTORS = 64

Ends = tuple[Fraction | None, Fraction | None]


@dataclass(frozen=True)
class Neighbourhood:
    """The numbers centre + side * h, 0 < h <= reach; with no centre, side/h. `hull` is a box that holds them all."""

    centre: Term | None
    side: int
    reach: Term
    hull: Ends


class Germs:
    """Series of the terms of one variable on a neighbourhood, each worked out once."""

    def __init__(self, variable: str, near: Neighbourhood, order: int) -> None:
        self._name, self._near = variable, near
        self._box = {variable: near.hull}
        self._order = order
        self._known: dict[Term, Series | None] = {}
        self._enclosed: dict[Term, Interval] = {}
        with ctx.workprec(BITS):
            self._reach = constant_of(near.reach).ball
            self._arithmetic = Arithmetic(self._reach, order)
        power = H if near.centre is not None else UNIT / H
        here = Series(((power, ratio(near.side)),))
        centre = constant(constant_of(near.centre)) if near.centre is not None else Series()
        self._variable = Series((*centre.terms, *here.terms))

    def signs(self, item: Term) -> frozenset[int]:
        """Return the signs that a term may have on the neighbourhood, where it is defined."""
        if item.head == Head.SUM and item == item.args[0] - item.args[0]:
            return frozenset({0})
        series = self.series(item)
        with ctx.workprec(BITS):
            found = frozenset({-1, 0, 1}) if series is None else self._arithmetic.signs(series)
        if len(found) == 1:
            return found
        with ctx.workprec(intervals.BITS):
            return found & possible_signs(item, self._box, self._enclosed)

    def series(self, item: Term) -> Series | None:
        """Return the series of a term; None where there is none and its values are unbounded."""
        if item not in self._known:
            try:
                with ctx.workprec(BITS):
                    self._known[item] = self._read(item)
            except (NoSeriesError, ZeroDivisionError):
                self._known[item] = self._by_enclosure(item)
        return self._known[item]

    def _get(self, item: Term) -> Series:
        found = self.series(item)
        if found is None:
            raise NoSeriesError(str(item))
        return found

    def _by_enclosure(self, item: Term) -> Series | None:
        with ctx.workprec(intervals.BITS):
            found = intervals.enclose(item, self._box, self._enclosed)
        if found.low is None or found.high is None:
            return None
        return within(found.low.union(found.high))

    def _read(self, item: Term) -> Series:
        if not variables(item):
            return constant(constant_of(item))
        if item.head == Head.VARIABLE:
            return self._variable
        found = self._rational(item)
        if found is not None:
            return found
        args = [self._get(argument) for argument in item.args[: 1 if item.head == Head.POWER else None]]
        use = self._arithmetic
        match item.head:
            case Head.SUM:
                return use.add(*args)
            case Head.PRODUCT:
                return use.multiply(*args)
            case Head.QUOTIENT:
                return use.multiply(args[0], self._power(args[1], -ONE))
            case Head.POWER:
                if variables(item.args[1]):
                    return self._exp(use.multiply(self._log(args[0]), self._get(item.args[1])))
                return self._power(args[0], constant_of(item.args[1]))
            case "sqrt":
                return self._power(args[0], _HALF)
            case "exp":
                return self._exp(args[0])
            case "log":
                return self._log(args[0])
            case "sin" | "cos":
                return self._wave(args[0], item.head)
            case "tan":
                return use.multiply(self._wave(args[0], "sin"), self._power(self._wave(args[0], "cos"), -ONE))
            case "abs":
                return self._greatest(args[0], -args[0])
            case "min":
                found = -args[0]
                for other in args[1:]:
                    found = self._greatest(found, -other)
                return -found
            case _:
                found = args[0]
                for other in args[1:]:
                    found = self._greatest(found, other)
                return found

    def _rational(self, item: Term) -> Series | None:
        """Return the series of a rational function, in lowest terms; None for any other term."""
        near = self._near
        field = RATIONALS if near.centre is None else field_of(near.centre)
        if field is None:
            return None
        try:
            value = quotient(item, self._name)
        except NotRationalError:
            return None
        shared = value.top.gcd(value.bottom)
        if not shared:
            return None
        top, bottom = value.top // shared, value.bottom // shared
        if near.centre is not None:
            sides = field.moved(top, near.side), field.moved(bottom, near.side)
        else:
            # top(1/h)/bottom(1/h) is the quotient of the inverted ones, times a power of h.
            more = [fmpq_poly([0])] * abs(top.degree() - bottom.degree())
            sides = inverted(top, near.side), inverted(bottom, near.side)
            sides = (
                (sides[0], more + sides[1]) if top.degree() > bottom.degree() else (more + sides[0], sides[1])
            )
        return divided(*sides, field, self._reach, self._order)

    def _greatest(self, x: Series, y: Series) -> Series:
        signs = self._arithmetic.signs(self._arithmetic.add(x, -y))
        if signs <= {0, 1}:
            return x
        if signs <= {-1, 0}:
            return y
        raise NoSeriesError("which of two is greater is not known")

    def _power(self, base: Series, exponent: Constant) -> Series:
        power = exponent.rational
        whole = power is not None and power.q == 1
        if power is not None and whole and 0 <= power <= _MOST_FACTORS:
            return self._repeated(base, int(power.p))
        if not base.terms and not whole:
            return self._power_of_rest(base, exponent)
        monomial, value, leading, y = self._arithmetic.factored(base)
        if not whole and leading < 0:
            raise NoSeriesError("a root of a negative number")
        coefficients, last = _binomial(exponent, self._order)

        def bounded(ball: arb) -> arb:
            if not 1 + ball > 0:
                raise NoSeriesError("a power of what may vanish")
            return last * (1 + ball) ** (exponent.ball - self._order)

        inner = self._arithmetic.compose(y, coefficients, bounded)
        return self._arithmetic.scaled(inner, _raised(monomial, exponent), power_of(value, exponent))

    def _repeated(self, base: Series, power: int) -> Series:
        found, square = constant(ONE), base
        while power:
            if power % 2:
                found = self._arithmetic.multiply(found, square)
            power //= 2
            if power:
                square = self._arithmetic.multiply(square, square)
        return found

    def _power_of_rest(self, base: Series, exponent: Constant) -> Series:
        if exponent.sign < 0:
            raise NoSeriesError("a negative power of what may vanish")
        if base.rest is None:
            return Series()
        monomial, ball = base.rest
        # Where the power is defined, the base is at least 0.
        top = ball.upper()
        reach = top**exponent.ball if top > 0 else arb(0)
        return Series((), (_raised(monomial, exponent), arb(0).union(reach.upper())))

    def _exp(self, x: Series) -> Series:
        outer, limit, y = UNIT, ZERO, x
        for monomial, value in x.terms:
            if value.sign_if_known == 0:
                y = Series(y.terms[1:], y.rest)
                continue
            if monomial.size == 1:
                break
            if monomial == LOG:
                outer = Monomial(-value)
            elif monomial.size == 0:
                limit = value
            else:
                return self._arithmetic.decaying(x)
            y = Series(y.terms[1:], y.rest)
        coefficients = [ratio(1, factorial(k)) for k in range(self._order)]
        inner = self._arithmetic.compose(y, coefficients, lambda ball: ball.exp() / factorial(self._order))
        return self._arithmetic.scaled(inner, outer, constant_of(apply("exp", limit.term)))

    def _log(self, x: Series) -> Series:
        monomial, value, leading, y = self._arithmetic.factored(x)
        if leading < 0 or monomial.logs:
            raise NoSeriesError("a logarithm of a negative number, or of a logarithm")
        n = self._order
        coefficients = [ZERO, *(ratio((-1) ** (k + 1), k) for k in range(1, n))]

        def last(ball: arb) -> arb:
            if not 1 + ball > 0:
                raise NoSeriesError("a logarithm of what may vanish")
            return (-1) ** (n + 1) / (n * (1 + ball) ** n)

        inner = self._arithmetic.compose(y, coefficients, last)
        outer = Series(((LOG, -monomial.power),)) if monomial.power != ZERO else Series()
        limit = constant(constant_of(apply("log", value.term)))
        return self._arithmetic.add(inner, self._arithmetic.add(outer, limit))

    def _wave(self, x: Series, function: str) -> Series:
        limit, y = ZERO, x
        if x.terms and x.terms[0][0].size == 0:
            limit, y = x.terms[0][1], Series(x.terms[1:], x.rest)
        sine, cosine = (constant_of(apply(name, limit.term)) for name in ("sin", "cos"))
        minus = [-value for value in (sine, cosine)]
        turns = [sine, cosine, *minus] if function == "sin" else [cosine, minus[0], minus[1], sine]
        n = self._order
        coefficients = [times(turns[k % 4], ratio(1, factorial(k))) for k in range(n)]
        at = limit.ball

        def last(ball: arb) -> arb:
            angle = at + ball
            derivative = [angle.sin(), angle.cos()][(n + (function == "cos")) % 2]
            flips = (n + (function == "cos")) % 4 >= 2
            return (-derivative if flips else derivative) / factorial(n)

        return self._arithmetic.compose(y, coefficients, last)


def _binomial(exponent: Constant, order: int) -> tuple[list[Constant], arb]:
    """Return the first binomial coefficients of an exponent, and a ball that holds the next one."""
    found: list[Constant] = [ONE]
    for k in range(order):
        found.append(times(found[-1], times(plus(exponent, ratio(-k)), ratio(1, k + 1))))
    return found[:order], found[order].ball


def _raised(monomial: Monomial, exponent: Constant) -> Monomial:
    power = exponent.rational
    if power is None and monomial.logs:
        raise NoSeriesError("a logarithm to an irrational power")
    return Monomial(times(monomial.power, exponent), monomial.logs * power if power is not None else fmpq(0))
