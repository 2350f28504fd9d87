"""Covers of a line that were tampered with are refused, each in its own way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from proofs_checks.bounds.certificates.line_cover import MAX_ORDER, LineCover, Piece, Way, check
from proofs_checks.bounds.line.cover import decide
from proofs_checks.bounds.problem import Empty, Problem
from w2s_theory.terms.reading import read_formula
from w2s_theory.terms.tree import ONE, Formula, apply, negated, number, variable

t = variable("t")
UNIT = (Fraction(0), Fraction(1))


def fails(text: str) -> Formula:
    return negated(read_formula(text, {"t": t}))


# Tight at both ends, and at 1/2.
CLAIM = "sin(2*pi*t)**2*(exp(t) - 1) >= 0"
TIGHT = Problem({"t": UNIT}, fails("sin(pi*t) >= 0"))
STRICT = Problem({"t": UNIT}, fails("sin(pi*t) > 0"))
WIDER = Problem({"t": (Fraction(0), Fraction(2))}, TIGHT.formula)
SINE = LineCover("t", (number(0), number(1, 2), number(1)), (Piece(Way.LOWER, 6), Piece(Way.UPPER, 6)))
LINE = Problem({"t": (None, None)}, fails("sqrt(t**2+1) > abs(t)"))


def certificate(problem: Problem) -> LineCover:
    answer = decide(problem)
    assert isinstance(answer, Empty)
    assert isinstance(answer.certificate, LineCover)
    return answer.certificate


def test_honest_ones_are_accepted() -> None:
    assert check(TIGHT, SINE)
    assert check(TIGHT, certificate(TIGHT))
    assert check(LINE, certificate(LINE))


def enclosed(cover: LineCover, place: int) -> LineCover:
    pieces = list(cover.pieces)
    pieces[place] = Piece(Way.ENCLOSURE)
    return replace(cover, pieces=tuple(pieces))


FORGERIES: dict[str, Callable[[LineCover], LineCover]] = {
    "the last piece is dropped": lambda c: replace(c, cuts=c.cuts[:-1], pieces=c.pieces[:-1]),
    "the first piece is dropped": lambda c: replace(c, cuts=c.cuts[1:], pieces=c.pieces[1:]),
    "a cut is dropped": lambda c: replace(c, cuts=(c.cuts[0], c.cuts[2])),
    "a piece is dropped": lambda c: replace(c, pieces=c.pieces[:1]),
    "a cut and a piece are dropped": lambda c: replace(c, cuts=(c.cuts[0], c.cuts[2]), pieces=c.pieces[:1]),
    "nothing is left": lambda c: replace(c, cuts=(), pieces=()),
    "one end only": lambda c: replace(c, cuts=c.cuts[:1], pieces=()),
    "the cuts go backwards": lambda c: replace(c, cuts=c.cuts[::-1]),
    "a cut is repeated": lambda c: replace(
        c, cuts=(*c.cuts[:2], *c.cuts[1:]), pieces=(*c.pieces, Piece(Way.LOWER, 6))
    ),
    "the end is moved": lambda c: replace(c, cuts=(*c.cuts[:2], number(9, 10))),
    "an endless side": lambda c: replace(c, cuts=(*c.cuts[:2], None)),
    "a cut in the middle is endless": lambda c: replace(c, cuts=(c.cuts[0], None, c.cuts[2])),
    "a cut is a variable": lambda c: replace(c, cuts=(c.cuts[0], t, c.cuts[2])),
    "a cut is no number": lambda c: replace(c, cuts=(c.cuts[0], apply("log", number(-1)), c.cuts[2])),
    "an enclosure for a germ": lambda c: enclosed(c, 0),
    "a germ at the wrong end": lambda c: replace(c, pieces=(Piece(Way.UPPER, 6), c.pieces[1])),
    "a germ too short": lambda c: replace(c, pieces=(Piece(Way.LOWER, 1), c.pieces[1])),
    "a germ of no terms": lambda c: replace(c, pieces=(Piece(Way.LOWER, 0), c.pieces[1])),
    "a germ of too many terms": lambda c: replace(c, pieces=(Piece(Way.LOWER, MAX_ORDER + 1), c.pieces[1])),
    "another variable": lambda c: replace(c, variable="u"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_one_is_refused(forgery: str) -> None:
    assert not check(TIGHT, FORGERIES[forgery](SINE))


def test_the_certificate_of_one_problem_does_not_serve_another() -> None:
    assert not check(STRICT, SINE)  # equality at the ends, which no piece covers
    assert not check(WIDER, SINE)
    assert not check(Problem(TIGHT.box, TIGHT.formula, frozenset({"t"})), SINE)
    assert not check(Problem({**TIGHT.box, "u": UNIT}, TIGHT.formula), SINE)
    assert not check(Problem(TIGHT.box, fails("sin(pi*t) >= t/1000")), SINE)


def test_a_point_between_two_germs_is_not_forgotten() -> None:
    # Fails only at 1/2, next to which both germs show it true.
    zero = Problem({"t": UNIT}, fails("sin(pi*(t-1/2))**2 > 0"))
    around = LineCover("t", (number(0), number(1, 2), ONE), (Piece(Way.UPPER, 6), Piece(Way.LOWER, 6)))
    assert not check(zero, around)
    assert check(Problem(zero.box, fails("sin(pi*(t-1/2))**2 >= 0")), around)


def test_a_point_that_no_algebra_decides_is_not_taken_on_trust() -> None:
    hidden = "(sin(1)*cos(2) + cos(1)*sin(2) - sin(3))"  # this is 0
    problem = Problem({"t": UNIT}, fails(f"t + {hidden} > 0"))
    assert decide(problem) is None
    whole = LineCover("t", (number(0), ONE), (Piece(Way.LOWER, 6),))
    assert not check(problem, whole)


def test_a_neighbourhood_must_be_shorter_than_one() -> None:
    problem = Problem({"t": (Fraction(0), Fraction(2))}, fails("exp(t) >= 1"))
    assert not check(problem, LineCover("t", (number(0), number(2)), (Piece(Way.LOWER, 6),)))
    endless = Problem({"t": (Fraction(1, 2), None)}, fails("exp(-t) > 0"))
    assert not check(endless, LineCover("t", (number(1, 2), None), (Piece(Way.UPPER, 6),)))
