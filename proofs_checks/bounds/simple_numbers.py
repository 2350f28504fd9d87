"""The rational number that a constant term equals, where it is a simple one, whatever the term's form."""

from __future__ import annotations

from fractions import Fraction

from proofs_checks.bounds.line.simplest import simplest
from w2s_theory.terms import exact
from w2s_theory.terms.algebraic_numbers import fraction_of
from w2s_theory.terms.tree import Term

_BITS = 512
_NEAR = Fraction(1, 10**60)


def simple_rational(value: Term) -> Fraction | None:
    """Return the simplest rational number within 1e-60 of a constant term, if the term equals it exactly."""
    enclosure = exact.ball(value, _BITS)
    if not enclosure.is_finite():
        return None
    middle = fraction_of(enclosure.mid())
    guess = simplest(middle - _NEAR, middle + _NEAR)
    return guess if exact.sign(value - guess) == 0 else None
