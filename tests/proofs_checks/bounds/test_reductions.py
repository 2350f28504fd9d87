from __future__ import annotations

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy import Eq, Ge, Gt, Integer, Le, Lt, Ne, Rational, Symbol, log, oo

from proofs_checks.bounds.models import Chart
from proofs_checks.bounds.reductions import bounded, cleared, solved, tightened
from w2s_theory.balls import holds

K, J = sympy.symbols("i j", integer=True)
X, Y = sympy.symbols("x y", real=True)
WHOLE = frozenset((K, J))


def chart(constraints: tuple[sympy.logic.boolalg.Boolean, ...] = ()) -> Chart:
    return Chart(
        intervals={
            K: (Integer(1), oo),
            J: (Integer(0), oo),
            X: (Integer(0), oo),
            Y: (Integer(0), Integer(2)),
        },
        observables={X: X, Y: Y, K: K, J: J},
        witness=lambda at: {str(x): str(value) for x, value in at.items()},
        constraints=constraints,
        integers=WHOLE,
    )


@given(
    st.sampled_from([Ge, Gt, Le, Lt, Eq]),
    *(st.integers(-4, 4) for _ in range(2)),
    st.fractions(-6, 6, max_denominator=4),
    st.integers(1, 3),
)
def test_tightened_agrees_on_integers_and_leaves_nothing_out(relation, a, b, constant, denominator) -> None:
    given_relation = relation(
        Rational(a, denominator) * K + Rational(b, denominator) * J, constant, evaluate=False
    )
    stronger = tightened(given_relation, WHOLE)
    for i in range(-2, 3):
        for j in range(-2, 3):
            at = {K: i, J: j}
            assert holds(stronger, at) == holds(given_relation, at)


def test_tightened_uses_that_numbers_are_whole() -> None:
    assert tightened(Gt(2 * K, 3, evaluate=False), WHOLE) == Ge(K, 2, evaluate=False)
    assert tightened(Lt(K - J, Rational(1, 2), evaluate=False), WHOLE) == Le(K - J, 0, evaluate=False)
    assert tightened(Eq(2 * K, 3, evaluate=False), WHOLE) == Eq(0, 1, evaluate=False)
    for untouched in (Gt(X, 3, evaluate=False), Gt(K**2, 3, evaluate=False), Ne(K, 3, evaluate=False)):
        assert tightened(untouched, WHOLE) == untouched


@pytest.mark.parametrize("relation", [Ge, Gt, Le, Lt, Eq])
@given(x=st.fractions(-3, 3, max_denominator=5), y=st.fractions(-3, 3, max_denominator=5))
def test_cleared_means_the_same_where_the_denominator_is_not_zero(relation, x, y) -> None:
    posed = relation(X / (Y - 1) ** 3, 2 / (1 - X) + Y / (Y + 2) ** 2, evaluate=False)
    if y in (1, -2) or x == 1:
        return
    at = {X: Rational(x), Y: Rational(y)}
    polynomial = cleared(posed)
    assert not any(sympy.fraction(sympy.together(item.lhs))[1].free_symbols for item in polynomial)
    assert all(holds(item, at) for item in polynomial) == holds(posed, at)


def test_cleared_leaves_other_functions_alone() -> None:
    posed = Ge(sympy.sqrt(X) / Y, 1, evaluate=False)
    assert cleared(posed) == [posed]
    assert cleared(Ge(X * Y, 1, evaluate=False)) == [Ge(X * Y, 1, evaluate=False)]


def test_solved_removes_what_equations_give() -> None:
    conditions = (Eq(K + J, 7, evaluate=False), Eq(X, 2 * Y, evaluate=False))
    smaller, relation, rest = solved(chart(), Ge(X + K, Y * J, evaluate=False), conditions)
    assert len(smaller.intervals) == 2
    (whole,) = smaller.integers
    (real,) = set(smaller.intervals) - {whole}
    at = {whole: Integer(3), real: Rational(1, 2)}
    witness = smaller.witness(at)
    assert int(witness["i"]) + int(witness["j"]) == 7
    assert Rational(witness["x"]) == 2 * Rational(witness["y"])
    assert all(holds(item, at) for item in (*rest, *smaller.constraints))
    values = {name: Rational(value) for name, value in witness.items()}
    assert holds(relation, at) == (values["x"] + values["i"] >= values["y"] * values["j"])


def test_solved_keeps_whole_coordinates_whole() -> None:
    smaller, *_ = solved(chart(), Ge(X, 0, evaluate=False), (Eq(2 * K, 3 * J, evaluate=False),))
    assert set(smaller.intervals) == {K, J, X, Y}


def test_solved_pins_what_is_at_most_its_lower_end() -> None:
    smaller, relation, _ = solved(chart((Le(X, 0, evaluate=False),)), Ge(X + Y, 1, evaluate=False), ())
    assert X not in smaller.intervals
    assert relation == Ge(Y, 1, evaluate=False)


def test_bounded_keeps_the_sign_on_endless_sides() -> None:
    margin = log(2 + Y) * X**2 - 3 * X + Y
    box = bounded(chart(), margin, [Ge(X, Y, evaluate=False)])
    assert box is not None
    quantity, ends, (condition,) = box
    (share,) = set(ends) - {Y}
    assert ends[share] == (0, 1)
    for x in (Rational(0), Rational(1, 3), Rational(2), Rational(50)):
        for y in (Rational(0), Rational(1)):
            at = {share: x / (1 + x), Y: y}
            assert sympy.sign(quantity.subs(at)) == sympy.sign(margin.subs({X: x, Y: y}))
            assert holds(condition, at) == (x >= y)
    assert bounded(chart(), log(X), []) is None


def test_bounded_leaves_out_what_nothing_depends_on() -> None:
    box = bounded(chart(), 7 + X - (X + Symbol("y", real=True)), [])
    assert box is not None
    assert list(box[1]) == [Y]
