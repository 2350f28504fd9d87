"""Relations between two numbers: the signs of left minus right that make one true, what it says to be large, its text.

The constructors keep a relation as it is written: sympy would decide what a check is to decide. Its own properties do the
rest: `gts` and `lts` are the greater and the lesser side of an inequality, and `negated` is the opposite, unevaluated.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from sympy import Eq, Expr, Ge, Gt, Le, Lt, Ne
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.str import StrPrinter

SIGNS: Final[Mapping[type[Relational], frozenset[int]]] = MappingProxyType(
    {
        Ge: frozenset({0, 1}),
        Le: frozenset({-1, 0}),
        Gt: frozenset({1}),
        Lt: frozenset({-1}),
        Eq: frozenset({0}),
        Ne: frozenset({-1, 1}),
    }
)
"""The signs of left minus right for which a relation is true."""

OPERATORS: Final[Mapping[type[Relational], Callable[[Any, Any], Any]]] = MappingProxyType(
    {
        Ge: operator.ge,
        Le: operator.le,
        Gt: operator.gt,
        Lt: operator.lt,
        Eq: operator.eq,
        Ne: operator.ne,
    }
)
"""The comparison of Python that a relation is, for numbers that are no sympy objects."""

WEAK: Final = (Ge, Le)
STRICT: Final = (Gt, Lt)


def ordered_sides(relation: Relational) -> tuple[Expr, Expr]:
    """Return the side that an inequality says to be the greater, then the other; for = and !=, right and left."""
    if isinstance(relation, (*WEAK, *STRICT)):
        return relation.gts, relation.lts
    return relation.rhs, relation.lhs


def margin(relation: Relational) -> Expr:
    """Return what an inequality says to be nonnegative (or positive); for = and !=, right minus left."""
    greater, lesser = ordered_sides(relation)
    return greater - lesser


class _Printer(StrPrinter):  # type: ignore[misc]
    """sympy's own text, but for relations: these have their sign between their sides, wherever they stand."""

    def parenthesize(self, item: Any, level: int, strict: bool = False) -> str:
        if isinstance(item, Relational):
            return f"({self._print(item)})"
        return str(super().parenthesize(item, level, strict))

    def _print_Relational(self, relation: Relational) -> str:
        sides = (self.parenthesize(side, PRECEDENCE["Relational"]) for side in relation.args)
        return f" {_TEXT_SIGNS.get(relation.rel_op, relation.rel_op)} ".join(sides)


_TEXT_SIGNS: Final = {"==": "="}
_PRINTER: Final = _Printer()


def as_text(relation: Boolean) -> str:
    """Return a relation, or several joined, as people write them: `a = b` and `a != b`, not `Eq(a, b)` and `Ne(a, b)`."""
    return str(_PRINTER.doprint(relation))


def at_least(left: Expr | int, right: Expr | int) -> Ge:
    """Return left >= right, kept as it is written."""
    return Ge(left, right, evaluate=False)


def at_most(left: Expr | int, right: Expr | int) -> Le:
    """Return left <= right, kept as it is written."""
    return Le(left, right, evaluate=False)


def more_than(left: Expr | int, right: Expr | int) -> Gt:
    """Return left > right, kept as it is written."""
    return Gt(left, right, evaluate=False)


def equal(left: Expr | int, right: Expr | int) -> Eq:
    """Return left = right, kept as it is written."""
    return Eq(left, right, evaluate=False)


def unequal(left: Expr | int, right: Expr | int) -> Ne:
    """Return left != right, kept as it is written."""
    return Ne(left, right, evaluate=False)


def with_sides(relation: Relational, left: Expr | int, right: Expr | int) -> Relational:
    """Return the same kind of relation between other sides, kept as it is written."""
    return relation.func(left, right, evaluate=False)
