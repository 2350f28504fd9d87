from __future__ import annotations

import sympy
from sympy import Expr, Rational, Symbol

from proofs_checks.methods.algebra import is_zero
from w2s_theory.divergences.formal import POINTS, Divergence, Mismatch, dual_split, primal_split, terms
from w2s_theory.geometry.inner_products import Vector, inner

X = Symbol("x")
VALUES = {name: Rational(k * k + 1, k + 2) for k, name in enumerate(POINTS)}


def on_the_line(expression: Expr, generator: Expr) -> Expr:
    """Return an expression in which the points are numbers and phi is a function of x."""
    slope = sympy.diff(generator, X)
    vectors = VALUES | {f"grad phi({name})": slope.subs(X, value) for name, value in VALUES.items()}
    meaning = {Symbol(f"phi({name})", real=True): generator.subs(X, value) for name, value in VALUES.items()}
    for first, left in vectors.items():
        for second, right in vectors.items():
            meaning[inner(Vector.named(first), Vector.named(second))] = left * right
    return expression.subs(meaning)


def test_a_definition_is_the_divergence_of_numbers() -> None:
    for generator, closed in (
        (X**2, lambda x, y: (x - y) ** 2),
        (-sympy.log(X), lambda x, y: x / y - sympy.log(x / y) - 1),
    ):
        definition = Divergence("g", "w_dual(s)", expected=False).definition.rhs
        expected = closed(VALUES["g"], VALUES["w_dual(s)"])
        assert sympy.simplify(sympy.expand_log(on_the_line(definition, generator) - expected)) == 0


def test_a_mismatch_is_the_product_of_differences() -> None:
    definition = Mismatch(("s", "w_mean"), ("g", "w")).definition.rhs
    slopes = 3 * (VALUES["s"] ** 2 - VALUES["w_mean"] ** 2)
    assert on_the_line(definition, X**3) == slopes * (VALUES["g"] - VALUES["w"])


def test_the_cross_term_of_a_split_is_what_is_averaged_away() -> None:
    for split in (dual_split("g", "w_dual"), primal_split("g", "w_mean")):
        definitions = split.given[:-1]
        gap = split.as_sum.lhs - split.as_sum.rhs
        assert not is_zero(gap, definitions)
        assert is_zero(gap, split.given)
        assert is_zero(gap + split.averaged.lhs, definitions) or is_zero(
            gap - split.averaged.lhs, definitions
        )


def test_terms_are_found_by_their_symbols() -> None:
    pair, mismatch = Divergence("g", "w_mean(s)"), Mismatch(("s", "g"), ("w_mean(s)", "s"))
    assert terms()[pair.symbol] == pair
    assert terms()[mismatch.symbol] == mismatch
    assert str(pair.symbol) == "E D(g, w_mean(s))"
    assert str(mismatch.symbol) == "<grad phi(s) - grad phi(g), w_mean(s) - s>"
    assert len(terms()) == 2 * len(POINTS) ** 2 + len(POINTS) ** 4
