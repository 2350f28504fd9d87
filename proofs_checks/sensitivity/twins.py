"""Twins of a claim's parts, made by rule: one number, sign, comparison or argument changed.

A number is a constant, an exponent, an end of a sum, or the coefficient of a term, which is 1 where none is written. It is
made larger and smaller by a ladder of changes: 1%, 5%, and 1 where it is a whole number (above and below its bar where it
is a fraction). Numbers that have to be whole, such as indices, change by 1 only. The sign of each term is turned, each
comparison made strict or weak and reversed, and each symbol, member of a sequence and function exchanged for another one of
the part that may stand in its place, the next in the order of names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sympy import Basic, Eq, Expr, Ge, Gt, Indexed, Le, Lt, Ne, Rational, Symbol, nan, oo, zoo
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from proofs_checks.sensitivity.places import Place, coefficient, exchanged, places
from w2s_theory.claim import Claim
from w2s_theory.relations import as_text


class Change(StrEnum):
    """What is changed; of the numbers, the smallest change first."""

    ONE_PERCENT = "1%"
    FIVE_PERCENT = "5%"
    UNIT = "+-1"
    SIGN = "sign"
    COMPARISON = "comparison"
    ARGUMENT = "argument"


SIZES = {Change.ONE_PERCENT: Rational(1, 100), Change.FIVE_PERCENT: Rational(1, 20)}


@dataclass(frozen=True)
class Twin:
    """A part of a claim with one thing changed: `place` is where, `name` says it in full and is the twin's own.

    `ladder` is common to the twins that change one number in one direction.
    """

    part: str
    change: Change
    ladder: str
    name: str
    relation: Relational

    @property
    def of_side(self) -> bool:
        """Return whether the coefficient of a whole side is what is changed."""
        return self.ladder.startswith("coefficient") and self.ladder.endswith((" left", " right"))

    def of(self, claim: Claim) -> Claim:
        """Return the claim that states this instead, with the steps that concluded the part concluding this."""
        twin = claim.replacing({claim.relation(self.part): self.relation})
        return replace(twin, title=f"{claim.title} [{self.name}]")

    def throughout(self, claim: Claim) -> Claim | None:
        """Return the claim with the changed side exchanged wherever it stands; None where the side is a mere letter."""
        old = claim.relation(self.part)
        pairs = [(a, b) for a, b in zip(old.args, self.relation.args, strict=True) if a != b]
        if type(old) is not type(self.relation) or len(pairs) != 1 or pairs[0][0].is_Atom:
            return None
        stated = self.of(claim)
        twin = claim.replacing(dict(pairs))
        return replace(stated, derivation=twin.derivation)


def twins(claim: Claim) -> tuple[Twin, ...]:
    """Return the twins of all parts of a claim, part by part, each relation once."""
    return tuple(twin for part in claim.states for twin in twins_of(part.name, part.relation))


def twins_of(part: str, relation: Relational) -> Iterator[Twin]:
    """Yield the twins of a part, each relation once; none is the part itself, and each has a value."""
    seen: set[Relational] = {relation}
    for change, ladder, name, twin in _changes(relation):
        if isinstance(twin, Relational) and twin not in seen and not twin.has(zoo, nan):
            seen.add(twin)
            yield Twin(part, change, ladder, f"{name}: {ladder}", twin)


def _changes(relation: Relational) -> Iterator[tuple[Change, str, str, Relational]]:
    every = list(places(relation))
    for place in every:
        yield from _numbers(relation, place)
    for place in every:
        yield from _signs(relation, place)
    yield from _comparisons(relation)
    for place in every:
        yield from _arguments(relation, place, every)


def _numbers(relation: Relational, place: Place) -> Iterator[tuple[Change, str, str, Relational]]:
    """Change the number at a place, or the coefficient of the term there."""
    node = place.expression
    if not isinstance(node, Expr) or node in (oo, -oo):
        return
    if node.is_Rational:
        number, rest = node, None
    elif place.is_term and (place.is_side or not node.is_Add):
        number, rest = coefficient(node), node
        if not number.is_Rational or abs(number) != 1:
            return
    else:
        return
    kind = "exponent" if place.in_exponent else "coefficient" if rest is not None else "constant"
    for larger in (True, False):
        ladder = f"{kind} {number} {'larger' if larger else 'smaller'} at {place.name}"
        for change, value in _values(number, larger, place.whole):
            new = value if rest is None else (value / number) * rest
            yield change, ladder, f"{number} -> {value}", exchanged(relation, place.path, new)


def _values(number: Rational, larger: bool, whole: bool) -> Iterator[tuple[Change, Rational]]:
    """Yield a number changed more and more in one direction, away from 0 where `larger`."""
    direction = 1 if larger else -1
    if not whole and number != 0:
        yield from ((change, number * (1 + direction * size)) for change, size in SIZES.items())
    away = direction if number >= 0 else -direction
    if number.is_Integer:
        yield Change.UNIT, number + away
    else:
        yield Change.UNIT, Rational(number.p + away, number.q)
        if number.q - direction > 0:
            yield Change.UNIT, Rational(number.p, number.q - direction)


def _signs(relation: Relational, place: Place) -> Iterator[tuple[Change, str, str, Relational]]:
    node = place.expression
    if not (place.is_term and isinstance(node, Expr)) or node in (0, oo, -oo):
        return
    if not node.is_Add or place.is_side or place.in_exponent:
        yield Change.SIGN, f"sign of {node} at {place.name}", "-", exchanged(relation, place.path, -node)


_OTHERS = {
    Ge: (Gt, Le, Lt),
    Le: (Lt, Ge, Gt),
    Gt: (Lt, Le),
    Lt: (Gt, Ge),
    Eq: (Gt, Lt, Ne),
    Ne: (Eq,),
}
"""What a comparison is exchanged for, where that is not weaker."""


def _comparisons(relation: Relational) -> Iterator[tuple[Change, str, str, Relational]]:
    for kind in _OTHERS[type(relation)]:
        twin = kind(*relation.args, evaluate=False)
        yield Change.COMPARISON, "comparison", f"{_sign(relation)} -> {_sign(twin)}", twin
    for number, side in enumerate(relation.args):
        for inside in sorted(side.atoms(Relational), key=str):
            for kind in _OTHERS[type(inside)]:
                twin = inside.func if kind is type(inside) else kind
                sides = list(relation.args)
                sides[number] = side.xreplace({inside: twin(*inside.args, evaluate=False)})
                ladder = f"comparison in {as_text(inside)}"
                new = relation.func(*sides, evaluate=False)
                yield Change.COMPARISON, ladder, f"{inside.rel_op} -> {kind.rel_op}", new


def _sign(relation: Relational) -> str:
    return str({"==": "="}.get(relation.rel_op, relation.rel_op))


def _arguments(
    relation: Relational, place: Place, every: Sequence[Place]
) -> Iterator[tuple[Change, str, str, Relational]]:
    node = place.expression
    for other in _alternatives(place, every):
        ladder = f"argument {node} at {place.name}"
        yield Change.ARGUMENT, ladder, f"{node} -> {other}", exchanged(relation, place.path, other)


def _alternatives(place: Place, every: Sequence[Place]) -> Iterator[Basic]:
    """Yield what may stand at a place instead: the next symbol of its kind, member of a sequence, or function."""
    node = place.expression
    if isinstance(node, Symbol):
        free = {each.expression for each in every if isinstance(each.expression, Symbol)}
        allowed = [each for each in free if _may_stand_for(each, node) and _known(each, place, every)]
        yield from _next(node, allowed)
    elif isinstance(node, Indexed):
        bases = {each.expression.base for each in every if isinstance(each.expression, Indexed)}
        alike = [each for each in bases if _rank(each, every) == len(node.indices)]
        yield from (base[node.indices] for base in _next(node.base, alike))
    elif isinstance(node, AppliedUndef):
        functions = {each.expression.func for each in every if isinstance(each.expression, AppliedUndef)}
        alike = [each for each in functions if _arity(each, every) == len(node.args)]
        yield from (function(*node.args) for function in _next(node.func, alike))
        if len(set(node.args)) == 2:
            yield node.func(*reversed(node.args))


def _next(item: Basic, others: Sequence[Basic]) -> Iterator[Basic]:
    """Yield the one that follows an item in the order of names, the first after the last; none where it is alone."""
    ordered = sorted({*others, item}, key=str)
    if len(ordered) > 1:
        yield ordered[(ordered.index(item) + 1) % len(ordered)]


def _may_stand_for(other: Symbol, symbol: Symbol) -> bool:
    """Return whether a symbol has the kind that another one is declared to have."""
    return all(getattr(other, f"is_{kind}") == value for kind, value in symbol._assumptions_orig.items())


def _known(symbol: Symbol, place: Place, every: Sequence[Place]) -> bool:
    """Return whether a symbol means something at a place: it is bound there, or nowhere."""
    bound_somewhere = {each for other in every for each in other.bound}
    return symbol in place.bound or symbol not in bound_somewhere


def _rank(base: Basic, every: Sequence[Place]) -> int:
    found = (each.expression for each in every if isinstance(each.expression, Indexed))
    return next(len(each.indices) for each in found if each.base == base)


def _arity(function: Basic, every: Sequence[Place]) -> int:
    found = (each.expression for each in every if isinstance(each.expression, AppliedUndef))
    return next(len(each.args) for each in found if each.func == function)
