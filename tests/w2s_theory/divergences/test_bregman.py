from __future__ import annotations

import re

import numpy as np
import pytest
import sympy
from sympy import Rational, Symbol, log, oo, symbols

from w2s_theory.divergences import bregman
from w2s_theory.divergences.bregman import (
    BINARY_KULLBACK_LEIBLER,
    DIVERGENCES,
    ITAKURA_SAITO,
    KULLBACK_LEIBLER,
    SQUARED,
    Bregman,
    Point,
    cross_entropy,
    entropy,
)
from w2s_theory.errors import InvalidInput

HALF = Rational(1, 2)
A, B = symbols("a b", positive=True)


def test_the_docstring_shows_what_happens() -> None:
    shown = re.findall(r"`(.+)` is `(.+)`", bregman.__doc__ or "")
    assert len(shown) == 3
    for code, value in shown:
        assert str(eval(code, vars(bregman))) == value


@pytest.mark.parametrize(
    ("loss", "x", "y", "closed"),
    [
        (SQUARED, A, B, (A - B) ** 2),
        (KULLBACK_LEIBLER, (A, 1 - A), (B, 1 - B), A * log(A / B) + (1 - A) * log((1 - A) / (1 - B))),
        (BINARY_KULLBACK_LEIBLER, A, B, A * log(A / B) + (1 - A) * log((1 - A) / (1 - B))),
        (ITAKURA_SAITO, A, B, A / B - log(A / B) - 1),
        (Bregman.from_generator("x*log(x)", "x > 0"), A, B, A * log(A / B) - A + B),
        (Bregman.from_generator("exp(x)"), A, B, sympy.exp(A) - sympy.exp(B) * (1 + A - B)),
    ],
)
def test_divergences_have_their_closed_forms(loss: Bregman, x: Point, y: Point, closed: sympy.Expr) -> None:
    found = loss.divergence(x, y) - closed
    assert sympy.simplify(sympy.expand_log(found, force=True)) == 0


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        ((HALF, HALF), (1, 0), oo),
        ((1, 0), (HALF, HALF), log(2)),
        ((1, 0), (1, 0), 0),
        ((1, 0), (0, 1), oo),
        ((0.25, 0.75, 0), (0.25, 0.75, 0), 0),
    ],
)
def test_zeros_are_limits(x: Point, y: Point, expected: sympy.Expr) -> None:
    assert KULLBACK_LEIBLER.divergence(x, y) == expected


def test_a_binary_teacher_of_0_or_1() -> None:
    assert BINARY_KULLBACK_LEIBLER.divergence(HALF, 1) == oo
    assert BINARY_KULLBACK_LEIBLER.divergence(HALF, 0) == oo
    assert BINARY_KULLBACK_LEIBLER.divergence(1, Rational(1, 4)) == 2 * log(2)
    assert BINARY_KULLBACK_LEIBLER.divergence(1, 1) == 0
    assert BINARY_KULLBACK_LEIBLER.gradient(1) == (oo,)
    unknown = Symbol("p", nonnegative=True)
    at_zero = BINARY_KULLBACK_LEIBLER.divergence(unknown, 0)
    assert (at_zero.subs(unknown, 0), at_zero.subs(unknown, HALF)) == (0, oo)


def test_itakura_saito_at_zero() -> None:
    assert ITAKURA_SAITO.divergence(0, 1) == oo
    assert ITAKURA_SAITO.divergence(1, 0) == oo
    with pytest.raises(InvalidInput, match="the divergence of 0 from itself is undefined"):
        ITAKURA_SAITO.divergence(0, 0)


@pytest.mark.parametrize(
    ("loss", "points", "expected"),
    [
        (SQUARED, [(1, A), (3, B)], (2, A / 2 + B / 2)),
        (KULLBACK_LEIBLER, [(0.5, 0.5), (0.9, 0.1)], (Rational(3, 4), Rational(1, 4))),
        (KULLBACK_LEIBLER, [(0, 1), (0.9, 0.1)], (0, 1)),
        (BINARY_KULLBACK_LEIBLER, [0.5, 0.9], (Rational(3, 4),)),
        (BINARY_KULLBACK_LEIBLER, [0, 0.5], (0,)),
        (ITAKURA_SAITO, [1, 3], (Rational(3, 2),)),
    ],
)
def test_dual_means(loss: Bregman, points: list[Point], expected: tuple[sympy.Expr, ...]) -> None:
    found = loss.dual_mean(points, [HALF, HALF])
    assert all(sympy.simplify(x - y) == 0 for x, y in zip(found, expected, strict=True))


def test_a_dual_mean_without_closed_form_has_fifty_digits() -> None:
    loss = Bregman.from_generator("x**4 + x**2")
    (mean,) = loss.dual_mean([1, 2], [HALF, HALF])
    assert abs(loss.slope.subs(bregman.X, mean) - Rational(6 + 36, 2)) < sympy.Float("1e-47", 60)
    assert loss.dual_mean([1, 1], [HALF, HALF]) == (1,)
    assert loss.dual_mean([1, 5], [1, 0]) == (1,)


def test_a_dual_mean_that_does_not_exist() -> None:
    with pytest.raises(InvalidInput, match="each class has probability 0 for one of them"):
        KULLBACK_LEIBLER.dual_mean([(0, 1), (1, 0)], [HALF, HALF])
    with pytest.raises(InvalidInput, match="infinite in both directions"):
        BINARY_KULLBACK_LEIBLER.dual_mean([0, 1], [HALF, HALF])
    with pytest.raises(InvalidInput, match="its dual mean needs numbers"):
        Bregman.from_generator("x**4 + x**2").dual_mean([A, B], [HALF, HALF])


def test_the_mean_is_the_best_first_and_the_dual_mean_the_best_second_argument() -> None:
    teachers, weights = [Rational(1, 5), Rational(4, 5)], [Rational(1, 3), Rational(2, 3)]
    loss = BINARY_KULLBACK_LEIBLER

    def spread(point: sympy.Expr, first: bool) -> float:
        pairs = [(w, point) if first else (point, w) for w in teachers]
        return float(sum(p * loss.divergence(*pair) for p, pair in zip(weights, pairs, strict=True)))

    (mean,), (dual,) = loss.mean(teachers, weights), loss.dual_mean(teachers, weights)
    grid = [Rational(k, 50) for k in range(1, 50)]
    assert all(spread(mean, True) <= spread(point, True) for point in grid)
    assert all(spread(dual, False) <= spread(point, False) for point in grid)
    assert mean != dual


@pytest.mark.parametrize(
    ("point", "message"),
    [
        ((0.6, 0.5), "which sums to 11/10; it must sum to 1"),
        ((-0.1, 1.1), "-1/10 lies outside the domain of Kullback-Leibler divergence; allowed: 0 to 1"),
        (("1/2", "1/2"), "it must be a number"),
        ((True, 0), "a coordinate is True; it must be a number"),
        (([HALF], [HALF]), "it must be a number"),
        ((float("nan"), 1), "nan lies outside the domain"),
        ((1j, 1), "lies outside the domain"),
        ((HALF, HALF, 0), "the points have 3 and 2 coordinates"),
    ],
)
def test_what_is_no_probability_vector_is_refused(point: Point, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        KULLBACK_LEIBLER.divergence(point, (HALF, HALF))


def test_weights_are_a_distribution_over_the_points() -> None:
    for points, weights in (([], []), ([1, 2], [1]), ([(1, 2), (1,)], [HALF, HALF])):
        with pytest.raises(InvalidInput, match="a mean needs as many weights as points"):
            SQUARED.mean(points, weights)
    with pytest.raises(InvalidInput, match="which sums to 11/10"):
        SQUARED.mean([1, 2], [0.5, 0.6])
    with pytest.raises(InvalidInput, match="entries must be >= 0"):
        SQUARED.mean([1, 2], [-1, 2])


def test_arrays_are_points_and_weights() -> None:
    assert SQUARED.mean([1.0, 0.0], np.array([0.25, 0.75])) == (Rational(1, 4),)
    assert SQUARED.divergence(np.array([1.0, 0.1]), np.array([0.0, 1.0])) == Rational(181, 100)


@pytest.mark.parametrize(
    ("generator", "domain", "message"),
    [
        ("x**3", "", "second derivative is -6 at x = -1"),
        ("y**2", "", "unknown name 'y'"),
        ("__import__('os')", "", "is not allowed here"),
        ("x**2", "x", "a relation with"),
        ("x**2", "x == 1", "is no interval"),
        ("x**2", "0 < x**2", "is no interval"),
        ("x**2", "x > pi", "is no interval"),
        ("x**2", "x > 1 and x < 0", "is empty"),
    ],
)
def test_a_generator_that_makes_no_divergence_is_refused(generator: str, domain: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message) as error:
        Bregman.from_generator(generator, domain)
    assert "\n" not in str(error.value)


def test_domains_are_read_in_every_order() -> None:
    for text in ("0 < x < 1", "x > 0 and x < 1", "1 > x and 0 <= x", "x >= 0 and x < 1 and x < 2"):
        loss = Bregman.from_generator("x*log(x)", text)
        assert (loss.low, loss.high) == (0, 1)


def test_named_divergences_are_those_of_strictly_convex_generators() -> None:
    texts = {
        "squared": ("x**2", ""),
        "kl": ("x*log(x)", "0 < x < 1"),
        "binary-kl": ("x*log(x) + (1 - x)*log(1 - x)", "0 < x < 1"),
        "itakura-saito": ("-log(x)", "x > 0"),
    }
    for name, loss in DIVERGENCES.items():
        written = Bregman.from_generator(*texts[name])
        assert (written.generator, written.low, written.high) == (loss.generator, loss.low, loss.high)
        assert loss.inverse_slope is not None
        middle = Rational(1, 3)
        back = loss.inverse_slope.subs(bregman.SLOPE, loss.slope.subs(bregman.X, middle))
        assert sympy.simplify(back - middle) == 0


def test_entropies() -> None:
    assert entropy((HALF, HALF)) == log(2)
    assert entropy((1, 0)) == 0
    assert cross_entropy((HALF, HALF), (1, 0)) == oo
    assert cross_entropy((1, 0), (1, 0)) == 0
    assert cross_entropy((1, 0), (0.25, 0.75)) == log(4)
    with pytest.raises(InvalidInput, match="2 and 3 entries"):
        cross_entropy((HALF, HALF), (0.25, 0.25, 0.5))
