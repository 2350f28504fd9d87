"""Where the best constant lies on a model's curve: the extreme of a ratio of polynomials, found exactly.

A claim A - c B >= 0 that is hardest on the curve, and linear in c, holds exactly where c <= A/B at every point of the curve
with B > 0, and A >= 0 where B = 0. So the best c is the infimum of the ratio r = A/B: at a root of r', at an end, or
approached where B falls to 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq, fmpq_poly

from proofs_checks.bounds.best.sought import Sought
from proofs_checks.bounds.certificates.quotients import NotRationalError
from proofs_checks.bounds.certificates.rational_functions import quotient
from proofs_checks.bounds.curves import moved
from proofs_checks.bounds.line.roots import roots_between
from proofs_checks.bounds.models import Chart
from proofs_checks.bounds.question import broken, questions
from w2s_theory.terms import exact, tree
from w2s_theory.terms.algebraic_numbers import fraction_of
from w2s_theory.terms.tree import All, Atom, Sign, Term, conjuncts, substitute


@dataclass(frozen=True)
class Extreme:
    """A candidate for the best constant: its value, and the point of the curve where it is taken or approached."""

    value: Term
    point: Term
    attained: bool
    curve: Chart


@dataclass(frozen=True)
class _Ratio:
    """The ratio on the curve, cancelled, with the curve's constraints and the denominators' zeros to leave out."""

    chart: Chart
    variable: str
    top: fmpq_poly
    bottom: fmpq_poly
    premises: tree.Formula
    weight: Term


def extreme(sought: Sought) -> Extreme | None:
    """Return where the ratio on the curve is least (greatest for an upper bound); None where there is no such ratio."""
    found = _ratio(sought)
    if found is None:
        return None
    ratio, least = found
    best: Extreme | None = None
    for candidate in _candidates(ratio):
        if best is None:
            best = candidate
            continue
        order = exact.sign(candidate.value - best.value)
        if order is None:
            return None
        if ((order < 0) == least and order != 0) or (order == 0 and candidate.attained):
            best = candidate
    return best


def limit(sought: Sought, name: str, target: Fraction) -> Extreme | None:
    """Return the ratio's limit on the curve as an observable tends to a value that it has at an end of the curve."""
    found = _ratio(sought)
    if found is None:
        return None
    ratio, _ = found
    for point in _ends(ratio):
        at = substitute(ratio.chart.terms[name], {ratio.variable: point})
        if exact.sign(at - target) == 0:
            return Extreme(_value(ratio, point), point, attained=False, curve=ratio.chart)
    return None


def _ratio(sought: Sought) -> tuple[_Ratio, bool] | None:
    """Return the ratio, and whether its least value is sought."""
    if not isinstance(sought.claim, Atom) or sought.unknown in tree.variables(sought.conditions):
        return None
    claim, conditions = sought.at(tree.ONE)
    asked = questions(sought.model, claim, conditions, sought.mentioned)
    if len(asked) != 1:
        return None
    (question,) = asked
    curves = [each.curve for each in moved(sought.model, conjuncts(broken(question))) if each.whole]
    if not curves:
        return None
    curve = curves[0]
    (variable,) = curve.box
    atom = sought.claim
    margin = atom.difference if atom.sign in (Sign.GE, Sign.GT) else -atom.difference
    try:
        first, second, third = (
            quotient(substitute(margin, {**curve.terms, sought.unknown: tree.number(c)}), variable)
            for c in (0, 1, 2)
        )
    except NotRationalError:
        return None
    weight = first + -second
    if (third + first + -second + -second).top:
        return None  # not linear in the constant
    ratio = first * weight.inverse()
    shared = ratio.top.gcd(ratio.bottom)
    if not shared:
        return None
    slope = substitute(margin, {**curve.terms, sought.unknown: tree.ZERO}) - substitute(
        margin, {**curve.terms, sought.unknown: tree.ONE}
    )
    premises = All(
        (*conjuncts(curve.constraint), *conjuncts(tree.substituted(question.premises, curve.terms)))
    )
    found = _Ratio(curve, variable, ratio.top // shared, ratio.bottom // shared, premises, slope)
    sign = _one_sign(found)
    return None if sign is None else (found, sign > 0)


def _one_sign(ratio: _Ratio) -> int | None:
    """Return the sign that the constant's factor has on the whole curve, where it is not 0; None if it has both."""
    low, high = ratio.chart.box[ratio.variable]
    if low is None or high is None:
        return None
    signs = set()
    for k in range(1, 20):
        at = low + (high - low) * Fraction(k, 20)
        signs.add(exact.sign(ratio.weight, {ratio.variable: tree.number(at)}))
    signs -= {0, None}
    return signs.pop() if len(signs) == 1 else None


def _candidates(ratio: _Ratio) -> Iterator[Extreme]:
    """Yield the values at the ends of the curve and where the slope is 0, of what satisfies the premises."""
    slope = ratio.top.derivative() * ratio.bottom - ratio.top * ratio.bottom.derivative()
    low, high = ratio.chart.box[ratio.variable]
    points = [*_ends(ratio), *roots_between(slope, low, high)]
    for point in points:
        at = {ratio.variable: point}
        if _evaluate(ratio.bottom, point) == 0:
            continue
        inside = exact.holds(ratio.premises, at)
        weighs = exact.sign(ratio.weight, at)
        if inside is False and not _is_edge(ratio, point):
            continue
        yield Extreme(
            _value(ratio, point), point, attained=bool(inside) and weighs not in (0, None), curve=ratio.chart
        )


def _ends(ratio: _Ratio) -> list[Term]:
    """Return the ends of the curve: those of its interval, and where its constraints stop it."""
    low, high = ratio.chart.box[ratio.variable]
    ends = [tree.number(end) for end in (low, high) if end is not None]
    for atom in tree.atoms(ratio.premises):
        try:
            difference = quotient(atom.difference, ratio.variable)
        except NotRationalError:
            continue
        ends += roots_between(difference.top, low, high)
    return [point for point in dict.fromkeys(ends) if _is_edge(ratio, point)]


def _is_edge(ratio: _Ratio, point: Term) -> bool:
    """Return whether a point belongs to the curve, or points of the curve come as near to it as one likes."""
    if exact.holds(ratio.premises, {ratio.variable: point}):
        return True
    centre = fraction_of(exact.ball(point, 256).mid())
    low, high = ratio.chart.box[ratio.variable]
    near = [centre + side * Fraction(1, 10**30) for side in (-1, 1)]
    return any(
        (low is None or low <= x)
        and (high is None or x <= high)
        and bool(exact.holds(ratio.premises, {ratio.variable: tree.number(x)}))
        for x in near
    )


def _value(ratio: _Ratio, point: Term) -> Term:
    return _polynomial(ratio.top, point) / _polynomial(ratio.bottom, point)


def _evaluate(polynomial: fmpq_poly, point: Term) -> int | None:
    return exact.sign(_polynomial(polynomial, point))


def _polynomial(polynomial: fmpq_poly, point: Term) -> Term:
    found: Term = tree.ZERO
    for coefficient in reversed(polynomial.coeffs()):
        found = found * point + _number(coefficient)
    return found


def _number(value: fmpq) -> Term:
    return tree.number(Fraction(int(value.p), int(value.q)))
