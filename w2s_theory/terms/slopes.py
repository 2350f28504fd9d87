"""Enclosures of a term's slopes over a box, by forward differentiation; at a kink, of all slopes near it.

They are right where the term is defined on the whole box: a function with such slopes is Lipschitz between any two of its
points, so a slope of one sign makes it monotone, and the mean-value form holds.
"""

from __future__ import annotations

from collections.abc import Mapping

from flint import arb

from w2s_theory.terms import interval as i
from w2s_theory.terms.interval import Interval
from w2s_theory.terms.intervals import Box, enclose
from w2s_theory.terms.tree import Head, Term, rational, subterms

Slopes = Mapping[str, Interval]

_ONE, _TWO = Interval(arb(1), arb(1)), Interval(arb(2), arb(2))


def slopes(item: Term, box: Box) -> tuple[Interval, Slopes]:
    """Return an enclosure of the term on the box, and one of its slope along each coordinate that it depends on."""
    values: dict[Term, Interval] = {}
    found: dict[Term, dict[str, Interval]] = {}
    for node in subterms(item):
        value = enclose(node, box, values)
        if node.head == Head.VARIABLE:
            found[node] = {str(node.value): _ONE}
        elif not node.args:
            found[node] = {}
        else:
            found[node] = _of(node, value, [values[x] for x in node.args], [found[x] for x in node.args])
    return values[item], found[item]


def _of(
    node: Term, value: Interval, inside: list[Interval], given: list[dict[str, Interval]]
) -> dict[str, Interval]:
    if not any(given):
        return {}
    match node.head:
        case Head.SUM:
            return _combined(given, [_ONE, _ONE])
        case Head.PRODUCT:
            return _combined(given, [inside[1], inside[0]])
        case Head.QUOTIENT:
            reciprocal = i.inverse(inside[1])
            return _combined(given, [reciprocal, i.negative(i.multiply(value, reciprocal))])
        case Head.POWER:
            return _power(node, value, inside, given)
        case "sqrt":
            return _combined(given, [i.divide(_ONE, i.multiply(_TWO, value))])
        case "exp":
            return _combined(given, [value])
        case "log":
            return _combined(given, [i.inverse(inside[0])])
        case "sin":
            return _combined(given, [i.cosine(inside[0])])
        case "cos":
            return _combined(given, [i.negative(i.sine(inside[0]))])
        case "tan":
            return _combined(given, [i.add(_ONE, i.raised(value, 2))])
        case "abs":
            signs = inside[0].signs
            if signs <= {0, 1}:
                return _combined(given, [_ONE])
            slope = i.negative(_ONE) if signs <= {-1, 0} else Interval(arb(-1), arb(1))
            return _combined(given, [slope])
        case _:
            return _hull(given)


def _power(
    node: Term, value: Interval, inside: list[Interval], given: list[dict[str, Interval]]
) -> dict[str, Interval]:
    exponent = node.args[1]
    power = rational(exponent)
    if power is not None and power.denominator == 1:
        n = int(power)
        if n == 0:
            return {}
        outer = i.multiply(enclose(Term(Head.NUMBER, (), power), {}), i.raised(inside[0], n - 1))
        return _combined(given[:1], [outer])
    if not given[1]:
        lowered = i.add(inside[1], i.negative(_ONE))
        positive = lowered.low is not None and bool(lowered.low > 0)
        if positive:
            rest = i.real_power(inside[0], lowered)
        elif inside[0].low is not None and inside[0].low > 0:
            rest = i.exponential(i.multiply(lowered, i.logarithm(inside[0])))
        else:
            rest = Interval(arb(0), None)
        return _combined(given[:1], [i.multiply(inside[1], rest)])
    towards_base = i.multiply(inside[1], i.divide(value, inside[0]))
    towards_exponent = i.multiply(value, i.logarithm(inside[0]))
    return _combined(given, [towards_base, towards_exponent])


def _combined(given: list[dict[str, Interval]], factors: list[Interval]) -> dict[str, Interval]:
    """Return the sum of slopes, each times its factor."""
    total: dict[str, Interval] = {}
    for slope, factor in zip(given, factors, strict=True):
        for name, along in slope.items():
            part = i.multiply(factor, along)
            total[name] = i.add(total[name], part) if name in total else part
    return total


def _hull(given: list[dict[str, Interval]]) -> dict[str, Interval]:
    """Return the slopes of a least or greatest of several: between the least and the greatest of theirs."""
    zero = Interval(arb(0), arb(0))
    names = dict.fromkeys(name for slope in given for name in slope)
    hull = {}
    for name in names:
        parts = [slope.get(name, zero) for slope in given]
        hull[name] = Interval(i.least(*parts).low, i.greatest(*parts).high)
    return hull
