"""The places of a relation at which it can be changed, and the relation with another expression at one of them.

A place is a path of argument numbers from the relation down: (1, 0) is the first argument of the right-hand side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sympy import Basic, Derivative, Expr, Function, Indexed, Integral, Limit, Piecewise, Product, Sum, Tuple
from sympy.core.relational import Relational
from sympy.core.symbol import Str

from w2s_theory.geometry.inner_products import SquaredNorm
from w2s_theory.relations import with_sides

Path = tuple[int, ...]


@dataclass(frozen=True)
class Place:
    """An expression inside a relation, where it stands, and what it is there.

    It is a `term` where it is added to others or is a whole side, an exponent where it stands in one, and `whole` where
    only whole numbers make sense: as an index, the end of a sum, or a whole argument of a function.
    """

    path: Path
    expression: Basic
    is_term: bool = False
    in_exponent: bool = False
    whole: bool = False
    bound: frozenset[Basic] = frozenset()

    @property
    def is_side(self) -> bool:
        """Return whether this is a whole side of the relation."""
        return len(self.path) == 1

    @property
    def name(self) -> str:
        """Return side and path as text, such as `right.0.1`."""
        return ".".join(("left" if self.path[0] == 0 else "right", *map(str, self.path[1:])))


def places(relation: Relational) -> Iterator[Place]:
    """Yield every place below the two sides, and these first; bound variables and the points of limits are none."""
    for number, side in enumerate(relation.args):
        yield from _below(Place((number,), side, is_term=True))


def _below(place: Place) -> Iterator[Place]:
    yield place
    for inside in _inside(place):
        yield from _below(inside)


def _inside(place: Place) -> Iterator[Place]:
    node = place.expression

    def child(
        number: int,
        *,
        is_term: bool = False,
        in_exponent: bool = place.in_exponent,
        whole: bool = place.whole,
        bound: frozenset[Basic] = place.bound,
    ) -> Place:
        return Place((*place.path, number), node.args[number], is_term, in_exponent, whole, bound)

    if isinstance(node, SquaredNorm):
        yield from (child(number) for number in range(len(node.args)))
    elif isinstance(node, Tuple) and node.args and isinstance(node.args[0], Str):
        yield child(1, is_term=True)
    elif isinstance(node, Limit):
        yield child(0, bound=place.bound | {node.args[1]})
    elif isinstance(node, Derivative):
        yield child(0)
    elif isinstance(node, Sum | Product | Integral):
        variables = frozenset(node.variables)
        yield child(0, is_term=True, bound=place.bound | variables)
        for number in range(1, len(node.args)):
            limits = child(number, whole=not isinstance(node, Integral), bound=place.bound | variables)
            yield from (
                Place(
                    (*limits.path, end), limits.expression.args[end], False, False, limits.whole, limits.bound
                )
                for end in range(1, len(limits.expression.args))
            )
    elif isinstance(node, Indexed):
        yield from (child(number, whole=True) for number in range(1, len(node.args)))
    elif isinstance(node, Piecewise):
        yield from (child(number) for number in range(len(node.args)))
    elif isinstance(node, Function):
        for number, argument in enumerate(node.args):
            yield child(number, is_term=True, whole=place.whole or bool(argument.is_integer))
    elif node.is_Pow:
        yield child(0)
        base_is_negative = bool(node.args[0].is_negative)
        yield child(1, is_term=True, in_exponent=True, whole=place.whole or base_is_negative)
    elif node.is_Add:
        yield from (child(number, is_term=True) for number in range(len(node.args)))
    elif not node.is_Atom:
        yield from (child(number) for number in range(len(node.args)))


def exchanged(relation: Relational, path: Path, new: Basic) -> Relational:
    """Return the relation with another expression at a place; what stands elsewhere stays as it is written."""
    sides = list(relation.args)
    sides[path[0]] = _exchanged(sides[path[0]], path[1:], new)
    return with_sides(relation, *sides)


def _exchanged(node: Basic, path: Path, new: Basic) -> Basic:
    if not path:
        return new
    arguments = list(node.args)
    arguments[path[0]] = _exchanged(arguments[path[0]], path[1:], new)
    return node.func(*arguments)


def coefficient(term: Expr) -> Expr:
    """Return the number in front of a term, 1 where none is written."""
    return term.as_coeff_Mul()[0]
