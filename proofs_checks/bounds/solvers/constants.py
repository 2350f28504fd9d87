"""Constant terms for solvers that know rational numbers only."""

from __future__ import annotations

from fractions import Fraction

from w2s_theory.terms import exact
from w2s_theory.terms.algebraic_numbers import fraction_of
from w2s_theory.terms.tree import Head, Root, Term, rational

BITS = 128
LARGEST_POWER, LARGEST_ROOT = 64, 32
TRANSCENDENTAL = frozenset({"exp", "log", "sin", "cos", "tan"})


class NotAlgebraic(Exception):
    """A term is no algebraic function of the variables, or its degree is beyond what a solver can use."""


def ends(item: Term) -> tuple[Fraction, Fraction] | None:
    """Return two close rationals with the value of a constant term between them; None where it has no value."""
    ball = exact.ball(item, BITS)
    if not ball.is_finite():
        return None
    return fraction_of(ball.lower()), fraction_of(ball.upper())


def exponent_of(power: Term) -> Fraction | None:
    """Return the rational exponent of a power; None for another. Raises NotAlgebraic where it is too large."""
    exponent = rational(power.args[1])
    if exponent is not None and (
        abs(exponent.numerator) > LARGEST_POWER or exponent.denominator > LARGEST_ROOT
    ):
        raise NotAlgebraic(f"exponent {exponent}")
    return exponent


def is_number_without_equation(node: Term, has_variables: bool) -> bool:
    """Return whether a node is a constant such as pi, exp(2) or 2**sqrt(2), known by rationals close to it only."""
    if has_variables:
        return False
    if node.head == Head.POWER:
        return rational(node.args[1]) is None
    return node.head == Head.CONSTANT or node.head in TRANSCENDENTAL


def root_of(item: Term) -> Root:
    """Return the algebraic number that a leaf is; raises TypeError for another term."""
    if not isinstance(item.value, Root):
        raise TypeError(f"not an algebraic number: {item!r}")
    return item.value
