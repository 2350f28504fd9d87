from __future__ import annotations

from fractions import Fraction

import hypothesis
import numpy as np
import pytest
from hypothesis import strategies as st

from proofs_checks.drawn.finite_laws import (
    LOSSES,
    FiniteLaw,
    LawValues,
    Point,
    as_point,
    finite_laws,
    in_balls,
    in_floats,
    lattice,
    random_law,
)
from w2s_theory.balls import precision
from w2s_theory.divergences.bregman import KULLBACK_LEIBLER, SQUARED, Bregman
from w2s_theory.divergences.formal import Divergence, Mismatch
from w2s_theory.geometry.inner_products import SquaredNorm, Vector


def points(*values: int) -> tuple[Point, ...]:
    return tuple((Fraction(value),) for value in values)


LAW = FiniteLaw((1, 1, 2), points(0, 0, 2), points(1, 1, 1), points(0, 4, 3))


def test_means_are_taken_given_the_target_or_the_target_and_the_student() -> None:
    values = LawValues(SQUARED, LAW, in_floats(SQUARED))
    assert values.point("w_mean") == values.point("w_mean(s)") == values.point("w_dual(s)") == [[2], [2], [3]]
    split = LawValues(
        SQUARED, FiniteLaw((1, 1), points(0, 0), points(1, 2), points(0, 4)), in_floats(SQUARED)
    )
    assert split.point("w_mean") == split.point("w_dual") == [[2], [2]]
    assert split.point("w_mean(s)") == [[0], [4]]


def test_expectations_of_known_values() -> None:
    values = LawValues(SQUARED, LAW, in_floats(SQUARED))
    assert values.value(Divergence("g", "w")) == (0 + 16 + 2 * 1) / 4
    assert values.value(Mismatch(("s", "w"), ("g", "s"))) == (2 * -1 - 6 * -1 + 2 * -4 * 1) / 4
    assert values.value(SquaredNorm.of(Vector.named("s") - Vector.named("w"))) == (1 + 9 + 2 * 4) / 4


def test_a_target_that_the_input_does_not_fix_needs_more_than_the_student() -> None:
    """Given s = 0 alone the teacher has mean 0 = s, yet the gap is -1 and the misfit 1: w follows g."""
    values = LawValues(
        SQUARED, FiniteLaw((1, 1), points(-1, 1), points(0, 0), points(-1, 1)), in_floats(SQUARED)
    )
    gap = values.value(Divergence("g", "w")) - values.value(Divergence("g", "s"))
    misfit = values.value(Divergence("s", "w"))
    assert (gap, misfit) == (-1, 1)
    assert values.value(Mismatch(("s", "w_dual(s)"), ("g", "s"))) == gap - misfit == -2


def test_the_dual_mean_of_probabilities_is_a_probability_vector() -> None:
    third = (Fraction(1, 3), Fraction(2, 3))
    law = FiniteLaw(
        (1, 1), (third, third), (third, third), ((Fraction(1, 2),) * 2, (Fraction(9, 10), Fraction(1, 10)))
    )
    values = LawValues(KULLBACK_LEIBLER, law, in_floats(KULLBACK_LEIBLER))
    assert values.point("w_dual(s)")[0] == pytest.approx([0.75, 0.25])


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.name)
def test_floats_lie_near_the_balls(loss: Bregman) -> None:
    law = random_law(loss, np.random.default_rng(2), 4, 2)
    for term in (
        Divergence("g", "w_dual(s)"),
        Divergence("w", "w_mean"),
        Mismatch(("s", "w"), ("g", "w_mean(s)")),
    ):
        with precision(128):
            ball = LawValues(loss, law, in_balls(loss)).value(term)
            assert ball.rad() < 1e-20
            assert float(ball) == pytest.approx(LawValues(loss, law, in_floats(loss)).value(term), rel=1e-12)


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.name)
@hypothesis.settings(max_examples=40, deadline=None, derandomize=True)
@hypothesis.given(data=st.data())
def test_drawn_laws_lie_inside_the_domain(loss: Bregman, data: st.DataObject) -> None:
    law = data.draw(finite_laws(loss, atoms=3, coordinates=2))
    assert sum(law.probabilities) == 1
    assert 1 <= len(law.weights) == len(law.target) == len(law.student) == len(law.teacher) <= 3
    assert max(len(set(law.target)), len(set(law.student))) <= 2
    for point in (*law.target, *law.student, *law.teacher):
        assert all(loss.low < value < loss.high for value in point)
        assert not loss.simplex or sum(point) == 1


def test_laws_are_drawn_with_dependence_and_repeatably() -> None:
    drawn = [random_law(SQUARED, np.random.default_rng(seed), 4, 2) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert any(len({*zip(law.target, law.student, strict=True)}) < 4 for law in drawn)


def test_lattices_stay_inside_every_kind_of_domain() -> None:
    for text, domain in (("x**2", ""), ("-log(x)", "x > 0"), ("-log(-x)", "x < 0"), ("x**2", "-1 < x < 1")):
        loss = Bregman.from_generator(text, domain)
        for integer in lattice(loss):
            (value,) = as_point(loss, [integer])
            assert loss.low < value < loss.high
