"""Values at which a relation is false are of the symbols' kinds, and inner products those of some vectors."""

from __future__ import annotations

from sympy import Eq, Ge, Integral, Rational, Symbol, exp, oo

from proofs_checks.methods.counterexamples import counterexample, vectors_with
from w2s_theory.geometry.inner_products import SquaredNorm, Vector, inner, norm_squared
from w2s_theory.relations import at_least, equal

U, V, W = Vector.named("u"), Vector.named("v"), Vector.named("w")
X, Y = Symbol("x", nonnegative=True), Symbol("y", real=True)
HALF = Rational(1, 2)


def test_symbols_and_conditions_are_respected() -> None:
    assert counterexample(Ge(X, 0, evaluate=False)) is None
    assert counterexample(Ge(Y, 0, evaluate=False)) == {"y": "-3/2"}
    assert counterexample(Ge(Y, 0, evaluate=False), (Ge(Y, -1, evaluate=False),)) is None


def test_no_vectors_break_cauchy_schwarz() -> None:
    product = norm_squared(U) * norm_squared(V)
    assert counterexample(at_least(product, inner(U, V) ** 2)) is None
    assert counterexample(at_least(SquaredNorm.of(U) * SquaredNorm.of(V), inner(U, V) ** 2)) is None


def test_a_false_inequality_of_vectors_comes_with_vectors() -> None:
    found = counterexample(at_least(norm_squared(U) * norm_squared(V), 2 * inner(U, V) ** 2))
    assert found is not None
    assert {"u", "v", "<u, v>", "||u||^2", "||v||^2"} == set(found)


def test_the_vectors_have_the_inner_products() -> None:
    point = {norm_squared(U): Rational(2), norm_squared(V): HALF, inner(U, V): Rational(1)}
    assert vectors_with(point) == {"u": "(sqrt(2), 0)", "v": "(sqrt(2)/2, 0)"}
    assert vectors_with({**point, norm_squared(V): Rational(1, 1000)}) is None
    assert vectors_with({Y: Rational(1)}) == {}


def test_inner_products_that_are_left_open_are_found_where_a_few_values_do() -> None:
    assert vectors_with({inner(U, V): HALF}) == {"u": "(1, 0)", "v": "(1/2, sqrt(3)/2)"}
    assert vectors_with({norm_squared(U): Rational(0), inner(U, W): Rational(1)}) is None


def test_equations_give_values_to_their_symbols() -> None:
    mean = equal(Y * (X + 1), 1)
    found = counterexample(equal(Y, 1 / (X + 2)), (mean,))
    assert found == {"x": "1", "y": "1/2"}
    assert counterexample(equal(Y, 1 / (X + 1)), (mean,)) is None


def test_integrals_in_conditions_are_carried_out() -> None:
    s = Symbol("s", positive=True)
    area = Eq(Y, Integral(exp(-s), (s, 0, oo)), evaluate=False)
    assert counterexample(equal(Y, 2), (area,)) == {"y": "1"}
    assert counterexample(equal(Y, 1), (area,)) is None
