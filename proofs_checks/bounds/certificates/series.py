"""Series in h and log(1/h) on an interval (0, reach], with exact coefficients and an enclosed remainder.

A series stands for a function of h: it is the sum of coefficient * h^power * log(1/h)^logs over its terms, plus the
rest's monomial times some number of the rest's ball, at every h of the interval. Coefficients and powers are constant
terms. Every operation returns a series that encloses the result at every h at which both arguments are enclosed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cmp_to_key

from flint import arb, fmpq

from proofs_checks.bounds.certificates.constants import (
    ONE,
    ZERO,
    Constant,
    NoSeriesError,
    plus,
    power_of,
    ratio,
    times,
)

_NONE = fmpq(0)


@dataclass(frozen=True, slots=True)
class Monomial:
    """h^power * log(1/h)^logs."""

    power: Constant = ZERO
    logs: fmpq = _NONE

    def __mul__(self, other: Monomial) -> Monomial:
        return Monomial(plus(self.power, other.power), self.logs + other.logs)

    def __truediv__(self, other: Monomial) -> Monomial:
        return Monomial(plus(self.power, -other.power), self.logs - other.logs)

    @property
    def size(self) -> int:
        """Return 1 if it tends to 0 with h, 0 if it is 1, and -1 if it is unbounded."""
        return self.power.sign or -((self.logs > 0) - (self.logs < 0))


UNIT = Monomial()
Part = tuple[Monomial, Constant]
Rest = tuple[Monomial, arb]


@dataclass(frozen=True, slots=True)
class Series:
    """Terms, the largest first, and a rest that is smaller than all of them; None if there is none."""

    terms: tuple[Part, ...] = ()
    rest: Rest | None = None

    def __neg__(self) -> Series:
        return Series(
            tuple((monomial, -value) for monomial, value in self.terms),
            None if self.rest is None else (self.rest[0], -self.rest[1]),
        )


def constant(value: Constant) -> Series:
    """Return the series of a constant."""
    return Series(((UNIT, value),)) if value != ZERO else Series()


def within(ball: arb) -> Series:
    """Return the series of a function of which only a ball is known that holds its values.

    Raises NoSeriesError where the ball is not finite.
    """
    if not ball.is_finite():
        raise NoSeriesError("no finite enclosure")
    return Series((), (UNIT, ball))


class Arithmetic:
    """Arithmetic of series on (0, reach], 0 < reach < 1, that keeps at most `order` terms of each."""

    def __init__(self, reach: arb, order: int) -> None:
        if not 0 < reach < 1:
            raise NoSeriesError("a neighbourhood must be shorter than 1")
        self.order = order
        self._log = (1 / reach.upper()).log()
        self._spans: dict[Monomial, arb] = {}

    def span(self, monomial: Monomial) -> arb:
        """Return a ball that holds a monomial's values. Raises NoSeriesError if they are unbounded."""
        found = self._spans.get(monomial)
        if found is None:
            found = self._spans[monomial] = self._span(monomial)
        return found

    def _span(self, monomial: Monomial) -> arb:
        size = monomial.size
        if size == 0:
            return arb(1)
        if size < 0:
            raise NoSeriesError("an unbounded term")
        # In l = log(1/h) >= log(1/reach) it is exp(-power l) l^logs, which falls from l = logs/power on.
        at, power = self._log, monomial.power.ball
        logs = arb(monomial.logs)
        if monomial.logs > 0:
            peak = logs / power
            at = peak if peak > at else at if peak < at else peak.union(at)
        top = (-power * at).exp() * at**logs
        return arb(0).union(top.upper())

    def collect(self, parts: Iterable[Part], rests: Iterable[Rest]) -> Series:
        """Return the sum of all parts and rests; the smallest parts join the rest where there are too many."""
        terms = _sorted(parts)
        remaining = list(rests) + [(monomial, value.ball) for monomial, value in terms[self.order :]]
        terms = terms[: self.order]
        if not remaining:
            return Series(tuple(terms))
        largest = remaining[0][0]
        for monomial, _ in remaining[1:]:
            if compare(monomial, largest) < 0:
                largest = monomial
        while terms and compare(terms[-1][0], largest) >= 0:
            monomial, value = terms.pop()
            remaining.append((monomial, value.ball))
        total = arb(0)
        for monomial, ball in remaining:
            total += ball * self.span(monomial / largest)
        return Series(tuple(terms), (largest, total))

    def add(self, x: Series, y: Series) -> Series:
        """Return the sum."""
        return self.collect((*x.terms, *y.terms), [rest for rest in (x.rest, y.rest) if rest is not None])

    def multiply(self, x: Series, y: Series) -> Series:
        """Return the product."""
        parts = [(m * n, times(a, b)) for m, a in x.terms for n, b in y.terms]
        rests: list[Rest] = []
        for one, other in ((x, y), (y, x)):
            if one.rest is not None:
                rests += [(one.rest[0] * n, one.rest[1] * b.ball) for n, b in other.terms]
        if x.rest is not None and y.rest is not None:
            rests.append((x.rest[0] * y.rest[0], x.rest[1] * y.rest[1]))
        return self.collect(parts, rests)

    def scaled(self, x: Series, monomial: Monomial, value: Constant) -> Series:
        """Return the series times one term."""
        return self.multiply(x, Series(((monomial, value),)))

    def ball(self, x: Series) -> arb:
        """Return a ball that holds the values. Raises NoSeriesError if they are unbounded."""
        total = arb(0)
        for monomial, value in x.terms:
            total += value.ball * self.span(monomial)
        return total if x.rest is None else total + x.rest[1] * self.span(x.rest[0])

    def factored(self, x: Series) -> tuple[Monomial, Constant, int, Series]:
        """Return monomial, value, its sign and y such that x = value * monomial * (1 + y), with y tending to 0.

        Raises NoSeriesError if x has no term other than 0, or one of unknown sign in front.
        """
        if not x.terms:
            raise NoSeriesError("no leading term")
        monomial, value = x.terms[0]
        leading = value.sign
        if leading == 0:
            return self.factored(Series(x.terms[1:], x.rest))
        inverse = power_of(value, -ONE)
        parts = [(m / monomial, times(a, inverse)) for m, a in x.terms[1:]]
        rests = [] if x.rest is None else [(x.rest[0] / monomial, x.rest[1] / value.ball)]
        return monomial, value, leading, self.collect(parts, rests)

    def signs(self, x: Series) -> frozenset[int]:
        """Return the signs that the function may have."""
        terms = x.terms
        while terms and terms[0][1].sign_if_known == 0:
            terms = terms[1:]
        if not terms:
            return frozenset({0}) if x.rest is None else signs_of(x.rest[1])
        try:
            _, _, leading, y = self.factored(Series(terms, x.rest))
            return frozenset(leading * item for item in signs_of(1 + self.ball(y)))
        except NoSeriesError:
            return frozenset({-1, 0, 1})

    def decaying(self, x: Series) -> Series:
        """Return the exponential of what falls like -h^-w: it is below every power of h, here below a suitable one.

        Raises NoSeriesError where that is not seen.
        """
        monomial, value, leading, y = self.factored(x)
        if leading > 0 or monomial.logs != 0 or monomial.power.sign > -1:
            raise NoSeriesError("an exponential of what grows, or falls like a power of a logarithm")
        # h^-n exp(x) is at most exp(n l - rate exp(w l)) in l = log(1/h), which falls where n <= rate w exp(w l).
        w, rate = -monomial.power.ball, -value.ball * (1 + self.ball(y))
        start = (w * self._log).exp()
        n = max((n for n in range(1, self.order + 1) if n <= rate * w * start), default=0)
        if not (rate > 0 and n):
            raise NoSeriesError("an exponential that is not seen to fall")
        return Series((), (Monomial(ratio(n)), arb(0).union((n * self._log - rate * start).exp().upper())))

    def compose(self, y: Series, coefficients: Sequence[Constant], last: Callable[[arb], arb]) -> Series:
        """Return f(y) for y tending to 0, f given by Taylor's formula.

        Raises NoSeriesError where y is not seen to tend to 0.

        `coefficients` are f's first at 0; `last` gives a ball that holds the next one (the derivative at any point,
        over the factorial) on a ball around 0 and y.
        """
        if (y.rest is not None and y.rest[0].size < 1) or any(m.size < 1 for m, _ in y.terms):
            raise NoSeriesError("an argument that does not tend to the centre")
        if not y.terms and y.rest is None:
            return constant(coefficients[0])
        found = within(last(arb(0).union(self.ball(y))))
        for coefficient in reversed(coefficients):
            found = self.add(self.multiply(found, y), constant(coefficient))
        return found


def _sorted(parts: Iterable[Part]) -> list[Part]:
    """Return the parts, those with equal monomials added up, the largest first, without zeros."""
    same: dict[Monomial, Constant] = {}
    for monomial, value in parts:
        same[monomial] = plus(same[monomial], value) if monomial in same else value
    merged: list[Part] = []
    for monomial, value in sorted(same.items(), key=_LARGEST_FIRST):
        if merged and compare(merged[-1][0], monomial) == 0:
            merged[-1] = (merged[-1][0], plus(merged[-1][1], value))
        else:
            merged.append((monomial, value))
    return [(monomial, value) for monomial, value in merged if not value.is_zero]


def compare(x: Monomial, y: Monomial) -> int:
    """Return -1 if x is the larger near h = 0, 1 if y is, and 0 if they are equal."""
    if x == y:
        return 0
    return -(y / x).size


def _compared(x: Part, y: Part) -> int:
    return compare(x[0], y[0])


_LARGEST_FIRST = cmp_to_key(_compared)


def signs_of(ball: arb) -> frozenset[int]:
    """Return the signs that numbers of a ball may have."""
    if not ball.is_finite():
        return frozenset({-1, 0, 1})
    found = {-1} if ball.lower() < 0 else set()
    if ball.upper() > 0:
        found.add(1)
    if ball.contains(0):
        found.add(0)
    return frozenset(found)
