from __future__ import annotations

from collections.abc import Callable

import mpmath
import numpy as np
import pytest
import sympy
from sympy import Expr, Integer, Rational, S, log, oo, symbols

from w2s_theory.divergences.losses import (
    Loss,
    clock,
    confidence_adaptive,
    cross_entropy,
    gradient,
    log_odds,
    mix_with_uniform,
    reverse_cross_entropy,
    sigmoid,
    softmax,
    symmetric_loss,
    two_classes,
)
from w2s_theory.errors import InvalidInput

SURE, UNSURE = (
    (Rational(7, 10), Rational(1, 5), Rational(1, 10)),
    (Rational(2, 5), Rational(7, 20), S.One / 4),
)
ADAPTIVE = confidence_adaptive(Rational(1, 5))
LOSSES = (cross_entropy, reverse_cross_entropy, symmetric_loss, ADAPTIVE)
HALF = Rational(1, 2)


@pytest.mark.parametrize("teacher", [SURE, UNSURE])
@pytest.mark.parametrize("loss", LOSSES)
def test_the_gradient_is_that_of_the_loss_of_softmax(loss: Loss, teacher: tuple[Expr, ...]) -> None:
    """Central differences of the loss in the logits, at 40 digits."""
    logits = [mpmath.mpf(1) / 3, mpmath.mpf(-1), mpmath.mpf(1) / 2]
    names = symbols("z_1:4", real=True)
    with mpmath.workdps(40):
        value = sympy.lambdify(names, loss(softmax(names), teacher), "mpmath")
        shares = [sympy.sympify(each) for each in softmax([sympy.Float(z, 40) for z in logits])]
        probabilities = symbols("p_1:4", positive=True)
        for number, slope in enumerate(gradient(loss, probabilities, teacher)):
            step = [mpmath.mpf(10) ** -12 if other == number else 0 for other in range(3)]
            ahead, behind = (
                value(*(z + sign * d for z, d in zip(logits, step, strict=True))) for sign in (1, -1)
            )
            found = slope.subs(dict(zip(probabilities, shares, strict=True))).evalf(30)
            assert abs((ahead - behind) * 10**12 / 2 - mpmath.mpf(found)) < mpmath.mpf(10) ** -20


def test_gradients_in_closed_form() -> None:
    p = symbols("p_1:3", positive=True)
    q = sympy.Symbol("q", positive=True)
    pair = {p[1]: 1 - p[0]}
    direct, reverse = (
        gradient(loss, p, two_classes(q))[0].subs(pair) for loss in (cross_entropy, reverse_cross_entropy)
    )
    assert sympy.expand(direct - (p[0] - q)) == 0
    assert sympy.expand(reverse + p[0] * (1 - p[0]) * log_odds(q)) == 0


def test_the_adaptive_loss_is_cross_entropy_where_the_teacher_is_sure() -> None:
    student = softmax((Integer(1), Integer(0), Integer(2)))
    assert ADAPTIVE(student, SURE) == cross_entropy(student, SURE)
    assert ADAPTIVE(student, UNSURE) == reverse_cross_entropy(student, UNSURE)


def test_the_symmetric_loss_has_the_published_weights() -> None:
    student = two_classes(Rational(1, 3))
    expected = cross_entropy(student, SURE[:2]) + reverse_cross_entropy(student, SURE[:2]) / 10
    assert symmetric_loss(student, SURE[:2]) == expected


def test_two_logits_are_one_against_zero() -> None:
    z = sympy.Symbol("z", real=True)
    assert sympy.simplify(softmax((z, Integer(0)))[0] - sigmoid(z)) == 0


def test_a_one_hot_teacher_is_agreed_with_or_infinitely_far() -> None:
    one_hot = (S.One, S.Zero)
    assert reverse_cross_entropy(one_hot, one_hot) == 0
    assert cross_entropy(one_hot, one_hot) == 0
    assert reverse_cross_entropy((HALF, HALF), one_hot) == oo
    assert cross_entropy(one_hot, (HALF, HALF)) == oo
    assert cross_entropy((HALF, HALF), one_hot) == log(2)
    p = sympy.Symbol("p", nonnegative=True)
    against = reverse_cross_entropy(two_classes(p), one_hot)
    assert against.subs(p, 1) == 0
    assert against.subs(p, HALF) == oo


@pytest.mark.parametrize("loss", LOSSES)
def test_no_loss_of_vertices_is_nan(loss: Loss) -> None:
    vertices = [tuple(S.One if k == j else S.Zero for k in range(3)) for j in range(3)]
    for student in (*vertices, SURE):
        for teacher in (*vertices, SURE):
            value = loss(student, teacher)
            assert value is not sympy.nan
            assert value == oo or value >= 0


def test_the_gradient_against_a_one_hot_teacher() -> None:
    p = symbols("p_1:3", positive=True)
    one_hot = (S.One, S.Zero)
    assert gradient(cross_entropy, p, one_hot) == (p[0] - 1, p[1])
    with pytest.raises(InvalidInput, match="infinite at all logits"):
        gradient(reverse_cross_entropy, p, one_hot)
    mixed = mix_with_uniform(one_hot, Rational(9, 10))
    assert gradient(reverse_cross_entropy, p, mixed)[0].is_finite


@pytest.mark.parametrize("classes", [2, 3, 10])
def test_the_minimizer_of_rce_is_one_hot_for_every_certainty(classes: int) -> None:
    """10^4 random teachers, each at nine certainties: no vertex and no other student does better."""
    generator = np.random.default_rng(classes)
    teachers = generator.dirichlet(np.ones(classes), size=10_000)
    students = generator.dirichlet(np.full(classes, 0.3), size=10_000)
    likely = teachers.argmax(axis=1)
    for certainty in (1e-6, 1e-3, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1.0):
        costs = -np.log(certainty * teachers + (1 - certainty) / classes)
        least = costs[np.arange(len(costs)), likely]
        assert np.array_equal(costs.argmin(axis=1), likely)
        assert np.all((students * costs).sum(axis=1) >= least - 1e-12)


@pytest.mark.parametrize("classes", [2, 3, 10])
def test_the_minimizer_of_ce_is_the_label_of_every_certainty(classes: int) -> None:
    generator = np.random.default_rng(classes)
    teachers = generator.dirichlet(np.ones(classes), size=10_000)
    students = generator.dirichlet(np.ones(classes), size=10_000)
    for certainty in (0.01, 0.5, 1.0):
        labels = certainty * teachers + (1 - certainty) / classes
        at_label, at_student = (-(labels * np.log(p)).sum(axis=1) for p in (labels, students))
        assert np.all(at_student > at_label)


def test_the_clock_undoes_the_slope_of_the_sigmoid() -> None:
    z = sympy.Symbol("z", real=True)
    p = sigmoid(z)
    rate: Callable[[float], float] = sympy.lambdify(z, sympy.diff(clock(z), z) * p * (1 - p))
    assert [rate(at) for at in (-3.0, 0.0, 2.5)] == pytest.approx([1.0] * 3, rel=1e-12)
