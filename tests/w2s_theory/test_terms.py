"""Random terms mean the same to every module that gives terms a meaning, and to mpmath, which knows none of them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce

import mpmath
import pytest
from flint import arb, fmpq
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from w2s_theory.terms import exact, tree
from w2s_theory.terms.interval import Interval
from w2s_theory.terms.intervals import enclose
from w2s_theory.terms.reading import read_formula, read_term
from w2s_theory.terms.slopes import slopes
from w2s_theory.terms.tree import All, Any, Atom, Formula, Head, Sign, Term, apply, number, variable
from w2s_theory.terms.truth import truth
from w2s_theory.terms.writing import as_text, formula_as_text

X, Y = variable("x"), variable("y")
NAMES = {"x": X, "y": Y}
TINY, HUGE = mpmath.mpf(10) ** -40, mpmath.mpf(10) ** 12

POWERS = [number(2), number(3), number(-1), number(0), number(1, 2), number(2, 3), number(-3, 2)]
POWERS += [apply("sqrt", 2), 1 - apply("sqrt", 2)]
LEAVES = st.one_of(
    st.sampled_from([X, Y]),
    st.builds(number, st.integers(-3, 3), st.integers(1, 4)),
    st.sampled_from([tree.PI, tree.E]),
)


def larger(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    return st.one_of(
        st.builds(lambda a, b: a + b, inner, inner),
        st.builds(lambda a, b: a - b, inner, inner),
        st.builds(lambda a, b: a * b, inner, inner),
        st.builds(lambda a, b: a / b, inner, inner),
        st.builds(lambda a, b: a**b, inner, st.sampled_from(POWERS)),
        st.builds(lambda a, b: a**b, inner, inner),
        st.builds(apply, st.sampled_from(["sqrt", "exp", "log", "sin", "cos", "tan", "abs"]), inner),
        st.builds(apply, st.sampled_from(["min", "max"]), inner, inner),
    )


TERMS = st.recursive(LEAVES, larger, max_leaves=6)
FORMULAS = st.recursive(
    st.builds(Atom, TERMS, st.sampled_from(Sign), TERMS),
    lambda inner: st.builds(
        lambda kind, parts: kind(tuple(parts)), st.sampled_from([All, Any]), st.lists(inner, max_size=3)
    ),
    max_leaves=3,
)
NUMBERS = st.builds(Fraction, st.integers(-8, 8), st.sampled_from([1, 2, 4, 3]))
Side = tuple[Fraction, Fraction]
SIDES = st.tuples(NUMBERS, NUMBERS).map(lambda ends: (min(ends), max(ends)))
POSITIVE = st.tuples(st.integers(1, 8), st.integers(1, 8)).map(
    lambda ends: (Fraction(ends[0], 4), Fraction(ends[0] + ends[1], 4))
)
SHARES = st.integers(0, 8).map(lambda share: Fraction(share, 8))


class Undefined(Exception):
    """The term has no value here."""


class Unclear(Exception):
    """60 digits do not tell, or the numbers are too large for them."""


def value_of(item: Term, at: Mapping[str, Fraction]) -> mpmath.mpf:
    """Return a term's value to 60 digits, by the rules that `definedness` states in words."""
    with mpmath.workdps(60):
        return _value(item, at)


def _value(item: Term, at: Mapping[str, Fraction]) -> mpmath.mpf:
    values = [_value(argument, at) for argument in item.args]
    found = _operation(item, values, at)
    if abs(found) > HUGE or 0 < abs(found) < TINY:
        raise Unclear
    return found


def _operation(item: Term, values: list[mpmath.mpf], at: Mapping[str, Fraction]) -> mpmath.mpf:
    match item.head:
        case Head.NUMBER:
            return _rational(item.value)
        case Head.CONSTANT:
            return +mpmath.pi if item.value == "pi" else mpmath.exp(1)
        case Head.VARIABLE:
            return _rational(at[str(item.value)])
        case Head.SUM:
            return values[0] + values[1]
        case Head.PRODUCT:
            return values[0] * values[1]
        case Head.QUOTIENT:
            return values[0] / _require(values[1], values[1] != 0)
        case Head.POWER:
            return _power(item, *values)
        case "sqrt":
            return mpmath.sqrt(_require(values[0], values[0] >= 0))
        case "log":
            return mpmath.log(_require(values[0], values[0] > 0))
        case "exp":
            if values[0] > 30:
                raise Unclear
            return mpmath.exp(values[0])
        case "tan":
            _require(values[0], mpmath.cos(values[0]) != 0)
            if abs(mpmath.cos(values[0])) < TINY:
                raise Unclear
            return mpmath.tan(values[0])
        case "sin" | "cos":
            return {"sin": mpmath.sin, "cos": mpmath.cos}[item.head](values[0])
        case function:
            return {"abs": lambda values: abs(values[0]), "min": min, "max": max}[function](values)


def _rational(value: object) -> mpmath.mpf:
    assert isinstance(value, Fraction)
    return mpmath.mpf(value.numerator) / value.denominator


def _require(value: mpmath.mpf, allowed: bool) -> mpmath.mpf:
    if not allowed:
        raise Undefined
    return value


def _power(item: Term, base: mpmath.mpf, power: mpmath.mpf) -> mpmath.mpf:
    if abs(power) > 64:
        raise Unclear
    constant = tree.rational(item.args[1])
    if constant is not None and constant.denominator == 1:
        _require(base, base != 0 or constant >= 0)
        return mpmath.mpf(1) if constant == 0 else base ** int(constant)
    varies = bool(tree.variables(item.args[1]))
    _require(base, base > 0 or (base == 0 and not varies and power > 0))
    return mpmath.mpf(0) if base == 0 else mpmath.exp(power * mpmath.log(base))


def point_of(at: Mapping[str, Fraction]) -> dict[str, Term]:
    return {name: number(value) for name, value in at.items()}


def inside(value: mpmath.mpf, enclosure: Interval) -> bool:
    """Return whether an interval holds a number known to 60 digits, but for its own rounding."""
    with mpmath.workdps(60):
        room = (1 + abs(value)) * mpmath.mpf(10) ** -40
        above = enclosure.low is None or _exactly(enclosure.low) <= value + room
        return above and (enclosure.high is None or value - room <= _exactly(enclosure.high))


def _exactly(end: object) -> mpmath.mpf:
    value: fmpq = end.fmpq()  # type: ignore[attr-defined]
    return mpmath.mpf(int(value.p)) / int(value.q)


def test_the_evaluator_of_these_tests_knows_undefined_from_defined() -> None:
    for text in ("x/x", "log(x)", "x**(-1)", "x**x", "1/(x*y)", "sqrt(x - 1)", "0**x"):
        with pytest.raises(Undefined):
            value_of(read_term(text, NAMES), {"x": Fraction(0), "y": Fraction(1)})
    assert value_of(read_term("x**0 + x**sqrt(2) + 4**(1/2)", NAMES), {"x": Fraction(0)}) == 3


@settings(max_examples=400)
@given(TERMS, NUMBERS, NUMBERS)
def test_a_term_is_defined_where_its_conditions_hold(item: Term, x: Fraction, y: Fraction) -> None:
    at = {"x": x, "y": y}
    try:
        value_of(item, at)
        defined = True
    except Undefined:
        defined = False
    except Unclear:
        assume(False)
    needs = [exact.holds(need, point_of(at)) for need in tree.definedness(item)]
    if defined:
        assert False not in needs
    else:
        assert not all(need is True for need in needs)


@settings(max_examples=400)
@given(TERMS, NUMBERS, NUMBERS)
def test_the_exact_sign_is_the_sign(item: Term, x: Fraction, y: Fraction) -> None:
    at = {"x": x, "y": y}
    try:
        value = value_of(item, at)
    except (Undefined, Unclear):
        assume(False)
    found = exact.sign(item, point_of(at))
    if value == 0:
        assert found in (0, None)
    else:
        assert found == (1 if value > 0 else -1)


@settings(max_examples=500)
@given(TERMS, SIDES, SIDES, SHARES, SHARES)
def test_an_enclosure_holds_the_value_at_every_point_where_there_is_one(
    item: Term,
    xs: Side,
    ys: Side,
    first: Fraction,
    second: Fraction,
) -> None:
    at = {"x": xs[0] + first * (xs[1] - xs[0]), "y": ys[0] + second * (ys[1] - ys[0])}
    boxes = [
        {"x": xs, "y": ys},
        {"x": (xs[0], None), "y": (None, ys[1])},
        {"x": (None, None), "y": (None, None)},
    ]
    found = [enclose(item, box) for box in boxes]
    try:
        value = value_of(item, at)
    except Undefined:
        assert not any(enclosure.total for enclosure in found)
        return
    except Unclear:
        assume(False)
    for enclosure in found:
        assert inside(value, enclosure), (as_text(item), at, enclosure, value)


@settings(max_examples=400)
@given(FORMULAS, SIDES, SIDES, SHARES, SHARES)
def test_what_is_true_on_a_box_is_false_at_no_point_of_it(
    formula: Formula,
    xs: Side,
    ys: Side,
    first: Fraction,
    second: Fraction,
) -> None:
    at = {"x": xs[0] + first * (xs[1] - xs[0]), "y": ys[0] + second * (ys[1] - ys[0])}
    found = [truth(formula, box) for box in ({"x": xs, "y": ys}, {"x": (xs[0], None), "y": (None, ys[1])})]
    here = exact.holds(formula, point_of(at))
    assume(here is not None)
    try:
        for atom in tree.atoms(formula):
            value_of(atom.difference, at)
    except (Undefined, Unclear):
        assume(False)
    assert all(said in (None, here) for said in found)


@settings(max_examples=300, suppress_health_check=[HealthCheck.filter_too_much])
@given(TERMS, POSITIVE, POSITIVE, SHARES, SHARES, SHARES)
def test_a_slope_between_two_points_lies_in_the_enclosure(
    item: Term, xs: Side, ys: Side, one: Fraction, other: Fraction, at_y: Fraction
) -> None:
    assume(one != other and "x" in tree.variables(item))
    value, along = slopes(item, {"x": xs, "y": ys})
    assume(value.total)
    y = ys[0] + at_y * (ys[1] - ys[0])
    start, end = (xs[0] + share * (xs[1] - xs[0]) for share in (one, other))
    try:
        values = [value_of(item, {"x": x, "y": y}) for x in (start, end)]
    except Unclear:
        assume(False)
    with mpmath.workdps(60):
        slope = (values[1] - values[0]) / _rational(end - start)
    assert inside(slope, along.get("x", Interval(arb(0), arb(0))))


@settings(max_examples=300)
@given(TERMS, NUMBERS, NUMBERS)
def test_a_term_that_is_written_reads_back(item: Term, x: Fraction, y: Fraction) -> None:
    text = as_text(item)
    try:
        again = read_term(text, NAMES)
    except ValueError as error:
        # Reading refuses what is never defined, and large exponents.
        assume("allowed" not in str(error))
        raise
    # A negative fraction is read as a quotient of whole numbers; all else is the same tree.
    assert read_term(as_text(again), NAMES) == again
    at = {"x": x, "y": y}
    try:
        value = value_of(item, at)
    except (Undefined, Unclear):
        assume(False)
    assert mpmath.almosteq(value, value_of(again, at), mpmath.mpf(10) ** -15)


@settings(max_examples=200)
@given(FORMULAS.filter(lambda formula: any(True for _ in tree.atoms(formula))), NUMBERS, NUMBERS)
def test_a_formula_that_is_written_reads_back(formula: Formula, x: Fraction, y: Fraction) -> None:
    text = formula_as_text(formula)
    assume("true" not in text and "false" not in text)
    try:
        again = read_formula(text, NAMES)
    except ValueError as error:
        assume("allowed" not in str(error))
        raise
    here, there = (exact.holds(item, point_of({"x": x, "y": y})) for item in (formula, again))
    assert None in (here, there) or here == there


@settings(max_examples=200)
@given(FORMULAS, NUMBERS, NUMBERS)
def test_a_formula_and_its_negation_are_opposites(formula: Formula, x: Fraction, y: Fraction) -> None:
    at = point_of({"x": x, "y": y})
    here, there = exact.holds(formula, at), exact.holds(tree.negated(formula), at)
    assert (here is None) == (there is None)
    assert here is None or here is not there
    assert tree.negated(tree.negated(formula)) == formula


@settings(max_examples=200)
@given(TERMS, TERMS)
def test_substitution_replaces_variables_and_nothing_else(item: Term, value: Term) -> None:
    def replaced(node: Term) -> Term:
        if node == X:
            return value
        return Term(node.head, tuple(map(replaced, node.args)), node.value)

    assert tree.substitute(item, {"x": value}) == replaced(item)
    assert tree.substitute(item, {}) is item
    swapped = tree.substitute(item, {"x": Y, "y": X})
    assert tree.substitute(swapped, {"x": Y, "y": X}) == item


@settings(max_examples=100)
@given(st.lists(FORMULAS, max_size=4))
def test_conjuncts_say_what_the_conjunction_says(parts: list[Formula]) -> None:
    flat = tree.conjuncts(All(tuple(parts)))
    assert not any(isinstance(part, All) for part in flat)
    assert list(tree.atoms(All(flat))) == list(tree.atoms(All(tuple(parts))))
    assert tree.variables(All(flat)) == reduce(frozenset.union, map(tree.variables, parts), frozenset())
