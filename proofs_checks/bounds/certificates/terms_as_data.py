"""Constant terms as data that JSON can hold."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from w2s_theory.terms.tree import FUNCTIONS, Head, Root, Term

_ARGUMENTS = {Head.SUM: 2, Head.PRODUCT: 2, Head.QUOTIENT: 2, Head.POWER: 2}


def term_to(item: Term) -> Any:
    """Return a term as text for a number or a name, and a list of the head and the arguments for everything else."""
    match item.value:
        case Fraction():
            return str(item.value)
        case Root(coefficients, low, high):
            return [Head.ALGEBRAIC.value, [str(c) for c in coefficients], str(low), str(high)]
        case str():
            return [str(item.head), item.value]
        case _:
            return [str(item.head), *map(term_to, item.args)]


def term_from(data: Any) -> Term:
    """Return the term that `term_to` wrote. Raises TypeError or ValueError for other data."""
    if isinstance(data, str):
        return Term(Head.NUMBER, (), Fraction(data))
    if not isinstance(data, list) or not data or not isinstance(data[0], str):
        raise ValueError(f"not a term: {data!r}")
    head, *rest = data
    if head == Head.ALGEBRAIC:
        coefficients, low, high = rest
        return Term(head, (), Root(tuple(int(c) for c in coefficients), Fraction(low), Fraction(high)))
    if head == Head.CONSTANT and rest in (["pi"], ["E"]):
        return Term(head, (), rest[0])
    if head == Head.VARIABLE and len(rest) == 1 and isinstance(rest[0], str):
        return Term(head, (), rest[0])
    count = FUNCTIONS[head] if head in FUNCTIONS else _ARGUMENTS.get(Head(head))
    if not rest or len(rest) != (count or len(rest)) or (head not in FUNCTIONS and count is None):
        raise ValueError(f"not a term: {data!r}")
    return Term(head, tuple(map(term_from, rest)))
