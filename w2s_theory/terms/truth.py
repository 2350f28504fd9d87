"""Whether a formula holds on a whole box: by enclosures of its terms, by the signs of their parts, by monotonicity."""

from __future__ import annotations

from collections.abc import Mapping

from flint import arb, ctx

from w2s_theory.terms import exact
from w2s_theory.terms.interval import Interval, add, multiply
from w2s_theory.terms.intervals import BITS, Box, End, between, enclose
from w2s_theory.terms.slopes import slopes
from w2s_theory.terms.tree import All, Atom, Formula, Head, Term, variables


def truth(formula: Formula, box: Box) -> bool | None:
    """Return whether a formula holds at every point of the box where its terms are defined, or at none, or None."""
    with ctx.workprec(BITS):
        return _truth(formula, box, {})


def _truth(formula: Formula, box: Box, known: dict[Term, Interval]) -> bool | None:
    if isinstance(formula, Atom):
        possible = possible_signs(formula.difference, box, known)
        if possible <= formula.sign.signs:
            return True
        return False if possible.isdisjoint(formula.sign.signs) else None
    settles = not isinstance(formula, All)
    is_known = True
    for part in formula.parts:
        found = _truth(part, box, known)
        if found is settles:
            return settles
        is_known = is_known and found is not None
    return not settles if is_known else None


def possible_signs(item: Term, box: Box, known: dict[Term, Interval]) -> frozenset[int]:
    """Return the signs that a term may have on the box: by its value at a point, else by its enclosures."""
    signs = _by_rules(item, box, known)
    names = variables(item)
    if len(signs) == 1 or (not names and not item.args):
        return signs
    if all(box[name][0] == box[name][1] is not None for name in names):
        point = {name: Term(Head.NUMBER, (), box[name][0]) for name in names}
        sign = exact.sign(item, point, bits=4 * BITS)
        return signs if sign is None else frozenset({sign})
    return signs & _by_monotonicity(item, box)


def _by_rules(item: Term, box: Box, known: dict[Term, Interval]) -> frozenset[int]:
    """Return the possible signs by an enclosure, and by the signs of the parts."""
    signs = enclose(item, box, known).signs
    if len(signs) == 1:
        return signs
    match item.head:
        case "exp":
            return frozenset({1})
        case Head.SUM:
            left, right = (_by_rules(part, box, known) for part in item.args)
            return signs & frozenset(s for a in left for b in right for s in _SIGNS_OF_SUMS[a, b])
        case Head.PRODUCT:
            left, right = (_by_rules(part, box, known) for part in item.args)
            return signs & frozenset(a * b for a in left for b in right)
        case Head.QUOTIENT:
            left, right = (_by_rules(part, box, known) for part in item.args)
            # The denominator is not 0 where the quotient is defined.
            return signs & frozenset(a * b for a in left for b in right if b)
        case "sqrt" | "abs":
            return signs & frozenset(map(abs, _by_rules(item.args[0], box, known)))
        case _:
            return signs


_SIGNS_OF_SUMS = {(a, b): (-1, 0, 1) if a * b < 0 else ((a or b),) for a in (-1, 0, 1) for b in (-1, 0, 1)}


def _by_monotonicity(item: Term, box: Box) -> frozenset[int]:
    """Return the possible signs where the term's least and greatest values are sought at ends of the box.

    Where the slope along a coordinate has one sign on the whole box, on which the term is defined, the term is extreme
    on one face. What remains is enclosed, at a point exactly.
    """
    value, gradient = slopes(item, box)
    if not value.total:
        return frozenset({-1, 0, 1})
    low = _extreme(item, box, value, gradient, greatest=False)
    return low if low == {1} else low & _extreme(item, box, value, gradient, greatest=True)


def _extreme(
    item: Term, box: Box, value: Interval, gradient: Mapping[str, Interval], *, greatest: bool
) -> frozenset[int]:
    """Move to the side of the box where the term is extreme, and return the signs that this leaves possible."""
    while True:
        moves: dict[str, tuple[End, End]] = {}
        for name, slope in gradient.items():
            start, end = box[name]
            rising = slope.low is not None and bool(slope.low >= 0)
            falling = slope.high is not None and bool(slope.high <= 0)
            if start == end or not (rising or falling):
                continue
            side = end if rising == greatest else start
            if rising and falling and side is None:
                side = end if start is None else start
            if side is not None:
                moves[name] = (side, side)
        if not moves:
            break
        box = {**box, **moves}
        if all(box[name][0] == box[name][1] for name in gradient):
            return _beyond(possible_signs(item, box, {}), greatest)
        value, gradient = slopes(item, box)
    return _beyond(_mean_value(item, box, value, gradient).signs, greatest)


def _beyond(signs: frozenset[int], greatest: bool) -> frozenset[int]:
    """Return the signs of numbers at most (at least, unless `greatest`) one with these signs."""
    if greatest:
        return frozenset(sign for sign in (-1, 0, 1) if sign <= max(signs))
    return frozenset(sign for sign in (-1, 0, 1) if sign >= min(signs))


def _mean_value(item: Term, box: Box, value: Interval, gradient: Mapping[str, Interval]) -> Interval:
    """Return the intersection of an enclosure with that of the mean-value form about the middle of the box."""
    middle: dict[str, tuple[End, End]] = {}
    offset = Interval(arb(0), arb(0))
    for name in gradient:
        low, high = box[name]
        if low is None or high is None:
            return value
        centre = (low + high) / 2
        middle[name] = (centre, centre)
        spread = between(low - centre, high - centre)
        offset = add(offset, multiply(gradient[name], spread))
    form = add(enclose(item, {**box, **middle}), offset)
    lows = [end for end in (value.low, form.low) if end is not None]
    highs = [end for end in (value.high, form.high) if end is not None]
    low = lows[0] if len(lows) == 1 else (lows[0] if lows[0] > lows[1] else lows[1]) if lows else None
    high = highs[0] if len(highs) == 1 else (highs[0] if highs[0] < highs[1] else highs[1]) if highs else None
    return Interval(low, high, value.total)
