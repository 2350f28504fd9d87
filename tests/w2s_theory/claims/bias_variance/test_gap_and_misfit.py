"""Gap and misfit at known values: a one-point law that attains the bound, and probabilities in which logarithms cancel."""

from __future__ import annotations

import sympy
from sympy import Expr, Indexed, Rational, log

from w2s_theory.claims.bias_variance.gap_and_misfit import (
    ENTROPY,
    GAP_BOUND,
    KL_ENTROPY,
    LABEL,
    LABELS,
    OTHER_LABEL,
    REVERSE_CROSS_ENTROPY,
    TEACHERS,
)
from w2s_theory.divergences.bregman import KULLBACK_LEIBLER, cross_entropy, entropy
from w2s_theory.geometry.inner_products import SquaredNorm

HALF = Rational(1, 2)
CLASSES = {
    "g": (Rational(1, 8), Rational(7, 8)),
    "s": (HALF, HALF),
    "w": (Rational(1, 4), Rational(3, 4)),
}
SECOND_TEACHER = (Rational(4, 5), Rational(1, 5))


def on_the_line(expression: Expr, places: dict[str, Expr]) -> Expr:
    def value(norm: SquaredNorm) -> Expr:
        return sum(coefficient * places[name] for name, coefficient in norm.vector.terms) ** 2

    return expression.replace(lambda part: isinstance(part, SquaredNorm), value)


def test_the_bound_is_attained_at_a_point() -> None:
    places = {"g": Rational(3), "s": Rational(1), "w": Rational(5), "w_mean(s)": Rational(5)}
    left, right = (on_the_line(side, places) for side in GAP_BOUND.relation("bound").args)
    # gap 4 - 4, misfit 16: 4 * 16 * 4 = (0 - 16)^2.
    assert left == right == 256


def with_classes(expression: Expr) -> Expr:
    """Return an expression for two classes and two equally weighted teachers, k = 1 and l = 2."""
    explicit = expression.subs({LABELS: 2, TEACHERS: 2}).doit().subs({LABEL: 1, OTHER_LABEL: 2})

    def value(entry: Indexed) -> Expr:
        name, indices = str(entry.base), entry.indices
        if name == "p":
            return HALF
        if len(indices) == 2:
            return (CLASSES["w"], SECOND_TEACHER)[indices[0] - 1][indices[1] - 1]
        return CLASSES[name][indices[0] - 1]

    return explicit.replace(lambda part: isinstance(part, Indexed), value)


def test_the_sums_are_the_divergences_and_entropies_of_probability_vectors() -> None:
    misfit = KL_ENTROPY.relation("entropy")
    student, teacher = CLASSES["s"], CLASSES["w"]
    for sums, direct in (
        (misfit.lhs, KULLBACK_LEIBLER.divergence(student, teacher)),
        (REVERSE_CROSS_ENTROPY, cross_entropy(student, teacher)),
        (ENTROPY, entropy(student)),
    ):
        assert sympy.simplify(sympy.expand_log(with_classes(sums) - direct, force=True)) == 0
    assert with_classes(ENTROPY) == log(2)


def test_the_log_odds_of_the_geometric_mean() -> None:
    odds = KL_ENTROPY.relation("dual-mean")
    # (1/4 : 3/4) and (4/5 : 1/5) have the odds 1/3 and 4: their geometric mean is sqrt(4/3).
    first, second = KULLBACK_LEIBLER.dual_mean([CLASSES["w"], SECOND_TEACHER], [HALF, HALF])
    for value in (with_classes(odds.rhs), log(first / second)):
        assert sympy.N(value - log(sympy.sqrt(Rational(4, 3))), 30, chop=True) == 0
