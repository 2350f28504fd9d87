"""The decision procedure for rational functions of one variable, against exact evaluation at many points."""

from __future__ import annotations

import time
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs_checks.bounds.certificates import sign_table
from proofs_checks.bounds.line.polynomials import decide
from proofs_checks.bounds.line.simplest import simplest
from proofs_checks.bounds.problem import Empty, Found, Problem
from w2s_theory.terms.tree import (
    ONE,
    ZERO,
    All,
    Any,
    Atom,
    Formula,
    Head,
    Root,
    Sign,
    Term,
    apply,
    definedness,
    number,
    variable,
)

t = variable("t")
UNIT = (Fraction(0), Fraction(1))
TEACHER_LOSS = 4 * t**2 / (1 + t**2) ** 2  # any curve will do; this one is in [0, 1] on [0, 1]


def problem(
    *parts: Formula,
    box: tuple[Fraction | None, Fraction | None] = UNIT,
    whole: bool = False,
) -> Problem:
    return Problem({"t": box}, All(parts), frozenset({"t"} if whole else ()))


def found(asked: Problem) -> Term | None:
    """Return the point that was found, None for a certificate, which must be accepted."""
    answer = decide(asked)
    assert answer is not None
    if isinstance(answer, Found):
        return answer.point["t"]
    assert isinstance(answer.certificate, sign_table.SignTable)
    assert sign_table.check(asked, answer.certificate)
    assert sign_table.SignTable.from_json(answer.certificate.as_json()) == answer.certificate
    return None


def test_a_bound_with_equality_at_an_irrational_point_holds_weakly_only() -> None:
    square = (t**2 - number(1, 2)) ** 2
    assert found(problem(Atom(square, Sign.LT, ZERO))) is None
    point = found(problem(Atom(square, Sign.LE, ZERO)))
    assert point is not None
    assert isinstance(point.value, Root)
    assert point.value.coefficients == (-1, 0, 2)
    assert 0 < point.value.low < point.value.high < 1


def test_equality_at_an_end_refutes_a_strict_bound_there_only() -> None:
    assert found(problem(Atom(t**2, Sign.LE, ZERO))) == ZERO
    assert found(problem(Atom(t**2, Sign.LE, ZERO), Atom(t, Sign.GT, ZERO))) is None
    assert found(problem(Atom((1 - t) * (2 - t), Sign.LE, ZERO))) == ONE


def test_a_hair_is_found_and_its_absence_proved() -> None:
    hair = (t**3 + t - 1) ** 2 - number(1, 10**24)
    point = found(problem(Atom(hair, Sign.LT, ZERO)))
    assert point is not None
    assert isinstance(point.value, Fraction)
    assert (point.value**3 + point.value - 1) ** 2 < Fraction(1, 10**24)
    assert found(problem(Atom((t**3 + t - 1) ** 2 + number(1, 10**24), Sign.LE, ZERO))) is None


def test_the_simplest_point_of_all_is_given() -> None:
    assert found(problem(Atom(t, Sign.GT, number(1, 3)), Atom(t**2, Sign.LT, number(1, 2)))) == number(1, 2)
    between = Atom((t**2 - 2) * (t**2 - 3), Sign.LT, ZERO)
    assert found(problem(between, box=(Fraction(0), Fraction(2)))) == number(3, 2)
    assert found(problem(between, Atom(t, Sign.LT, ZERO), box=(None, None))) == number(-3, 2)


def test_an_interval_of_points_across_a_cut_is_seen_whole() -> None:
    # The root at 1/3 of the second atom cuts (1/4, 1/2), in which 2/5 is less simple than 1/3 itself.
    inside = Atom((4 * t - 1) * (5 * t - 2), Sign.LT, ZERO)
    assert found(problem(inside, Atom((3 * t - 1) ** 2, Sign.GE, ZERO))) == number(1, 3)


def test_a_denominator_divides_the_line() -> None:
    inverse = Atom(1 / t, Sign.LT, ZERO)
    line: tuple[Fraction | None, Fraction | None] = (Fraction(-1), Fraction(1))
    assert found(problem(Atom(t, Sign.NE, ZERO), inverse)) is None
    assert found(problem(Atom(t, Sign.NE, ZERO), inverse, box=line)) == number(-1)
    assert found(problem(Atom(t / t, Sign.NE, ONE), *definedness(t / t), box=line)) is None
    assert found(problem(Atom((t - t) ** -1, Sign.GE, ZERO), *definedness((t - t) ** -1))) is None


def test_endless_sides() -> None:
    everywhere: tuple[Fraction | None, Fraction | None] = (None, None)
    assert found(problem(Atom(t**2 - t + 1, Sign.LE, ZERO), box=everywhere)) is None
    assert found(problem(Atom(t**3, Sign.GT, number(10**30)), box=everywhere)) is not None
    assert found(problem(Atom(t, Sign.LT, number(-(10**30))), box=(Fraction(0), None))) is None
    assert found(problem(Atom(t, Sign.LT, number(-(10**30))), box=(None, Fraction(5)))) is not None
    above = problem(Atom((t**2 + 1) / t**2, Sign.LE, ONE), Atom(t, Sign.NE, ZERO), box=everywhere)
    assert found(above) is None
    root = found(problem(Atom(t**3, Sign.EQ, number(-2000)), box=everywhere))
    assert root is not None
    assert isinstance(root.value, Root)
    assert root.value.low < Fraction(-12599, 1000) < Fraction(-12598, 1000)


def test_integers() -> None:
    between: tuple[Fraction | None, Fraction | None] = (None, None)
    assert found(problem(Atom(t**2, Sign.EQ, number(2)), box=between, whole=True)) is None
    assert found(problem(Atom(t**2, Sign.EQ, number(4)), box=between, whole=True)) == number(2)
    assert found(problem(Atom((3 * t - 1) * (3 * t - 2), Sign.LT, ZERO), box=between, whole=True)) is None
    assert found(problem(Atom(t**2 + 10, Sign.LT, 7 * t), box=between, whole=True)) == number(3)
    assert found(problem(Atom(t**2 + 10, Sign.LT, 7 * t), box=(Fraction(9, 2), None), whole=True)) is None
    assert found(problem(Atom(t, Sign.GT, number(10**12)), box=between, whole=True)) == number(10**12 + 1)
    assert found(problem(box=(Fraction(1, 3), Fraction(2, 3)), whole=True)) is None


def test_absolute_values_minima_and_maxima() -> None:
    both = (Fraction(-1), Fraction(1))
    assert found(problem(Atom(apply("abs", t), Sign.LT, t), box=both)) is None
    assert found(problem(Atom(apply("abs", t), Sign.GT, t), box=both)) == number(-1)
    square_below = Atom(apply("min", t, t**2), Sign.LT, t * apply("abs", t))
    assert found(problem(square_below, box=(Fraction(0), Fraction(1)))) is None
    assert found(problem(Atom(apply("max", t, 1 - t), Sign.LT, number(1, 2)))) is None
    assert found(problem(Atom(apply("max", t, 1 - t), Sign.LE, number(1, 2)))) == number(1, 2)


def test_one_point_and_no_point() -> None:
    assert found(problem(Atom(t, Sign.EQ, ONE), box=(Fraction(1), Fraction(1)))) == ONE
    assert found(problem(Atom(t, Sign.NE, ONE), box=(Fraction(1), Fraction(1)))) is None
    assert found(problem(box=(Fraction(1), Fraction(0)))) is None
    assert found(problem()) == ZERO
    assert found(Problem({"t": UNIT}, Any(()))) is None


@pytest.mark.parametrize(
    "item",
    [
        apply("exp", t),
        apply("sqrt", t) + apply("sqrt", t + 1),
        apply("sqrt", 1 + apply("sqrt", t)),
        t ** number(1, 3),
        t**t,
        variable("u"),
        t**100_000,
        (t + 1) ** 300 * (t + 2) ** 300,
    ],
)
def test_what_is_no_rational_function_of_a_reasonable_degree_is_declined(item: Term) -> None:
    assert decide(problem(Atom(item, Sign.LT, ZERO))) is None


def test_two_variables_are_declined() -> None:
    assert decide(Problem({"t": UNIT, "u": UNIT}, Atom(t, Sign.LT, variable("u")))) is None


def test_the_budget_of_pieces_and_the_deadline_end_it() -> None:
    close = Atom((t**3 + t - 1) * (t**3 + t - 1 - number(1, 10**30)), Sign.LT, ZERO)
    assert decide(problem(close), pieces=5) is None
    assert decide(problem(close), deadline=time.monotonic() - 1) is None
    assert isinstance(decide(problem(close)), Found)


@given(st.fractions(-3, 3, max_denominator=500), st.fractions(-3, 3, max_denominator=500))
def test_no_simpler_number_is_in_the_interval(a: Fraction, b: Fraction) -> None:
    low, high = min(a, b), max(a, b) + Fraction(1, 1000)
    best = simplest(low, high)
    assert low < best < high
    for below in range(1, best.denominator):
        above = low.numerator * below // low.denominator + 1
        assert Fraction(above, below) >= high


def value(item: Term, at: Fraction) -> Fraction:
    """Return the value at a point by plain recursion. Raises ZeroDivisionError."""
    if isinstance(item.value, Fraction):
        return item.value
    if item.head == Head.VARIABLE:
        return at
    args = [value(argument, at) for argument in item.args]
    match item.head:
        case Head.SUM:
            return args[0] + args[1]
        case Head.PRODUCT:
            return args[0] * args[1]
        case Head.QUOTIENT:
            return args[0] / args[1]
        case Head.POWER:
            return args[0] ** int(args[1])
        case "abs":
            return abs(args[0])
        case "min":
            return min(args)
        case _:
            return max(args)


def holds(formula: Formula, at: Fraction) -> bool:
    """Return whether a formula that says where its terms are defined holds at a point."""
    match formula:
        case All(parts):
            return all(holds(part, at) for part in parts)
        case Any(parts):
            return any(holds(part, at) for part in parts)
        case Atom():
            try:
                difference = value(formula.difference, at)
            except ZeroDivisionError:
                return False
            return (difference > 0) - (difference < 0) in formula.sign.signs


numbers = st.fractions(-2, 2, max_denominator=4).map(number)
trees = st.recursive(
    st.one_of(numbers, st.just(t)),
    lambda inner: st.one_of(
        st.builds(Term.__add__, inner, inner),
        st.builds(Term.__mul__, inner, inner),
        st.builds(Term.__truediv__, inner, inner),
        st.builds(lambda base, exponent: base ** number(exponent), inner, st.integers(-2, 3)),
        st.builds(lambda a: apply("abs", a), inner),
        st.builds(lambda a, b: apply("min", a, b), inner, inner),
        st.builds(lambda a, b: apply("max", a, b), inner, inner),
    ),
    max_leaves=7,
)
relations = st.builds(Atom, trees, st.sampled_from(Sign), trees)
claims = st.one_of(relations, st.builds(lambda a, b: Any((a, b)), relations, relations))
boxes = st.sampled_from([UNIT, (Fraction(-2), Fraction(3, 2)), (None, None), (Fraction(-1), None)])


@settings(max_examples=400, deadline=None)
@given(claims, relations, boxes, st.booleans())
def test_a_verdict_agrees_with_every_point_tried(
    claim: Formula, condition: Atom, box: tuple[Fraction | None, Fraction | None], whole: bool
) -> None:
    relations_in = [condition, *(claim.parts if isinstance(claim, Any) else [claim])]
    terms = [side for atom in relations_in if isinstance(atom, Atom) for side in (atom.left, atom.right)]
    asked = problem(
        claim, condition, *(atom for item in terms for atom in definedness(item)), box=box, whole=whole
    )
    answer = decide(asked)
    if answer is None:  # a degree that is too high
        return
    low, high = (Fraction(side) if end is None else end for end, side in zip(box, (-9, 9), strict=True))
    if isinstance(answer, Empty):
        assert isinstance(answer.certificate, sign_table.SignTable)
        assert sign_table.check(asked, answer.certificate)
        cuts = answer.certificate.cuts
        tried = {low + (high - low) * Fraction(k, 90) for k in range(91)} | set(cuts)
        tried |= {(a + b) / 2 for a, b in pairwise(cuts)}
        if whole:
            tried = {at for at in tried if at.denominator == 1}
        assert not [at for at in tried if holds(asked.formula, at)]
        return
    point = answer.point["t"].value
    if isinstance(point, Fraction):
        assert holds(asked.formula, point)
        assert not whole or point.denominator == 1
    else:
        assert isinstance(point, Root)
        assert not whole
