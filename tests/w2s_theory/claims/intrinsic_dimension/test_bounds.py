"""The published bounds give the values known for them."""

from __future__ import annotations

import pytest
from sympy import Rational

from w2s_theory.claims.intrinsic_dimension.bounds import BEST_LABELS, PGR_BOUND, effective, misfit
from w2s_theory.notation.symbols import D_S, D_SW, D_W, LABELLED, NOISE, RHO_S, RHO_W, UNLABELLED

EXAMPLE = {LABELLED: 80, UNLABELLED: 50, D_S: 12, D_W: 20, D_SW: 5, NOISE: 1}


def test_the_bound_of_the_recovered_gap_in_one_example() -> None:
    value = PGR_BOUND.relation("bound").rhs.subs({**EXAMPLE, RHO_S: Rational(1, 100), RHO_W: 0})
    dimension = 5 + Rational(15 * 12, 50)
    assert value == 1 - Rational(80, 59) * dimension / 20 - 4 * Rational(1, 100)


@pytest.mark.parametrize(("noise", "labels"), [(Rational(1, 4), 20 + 1 + 105), (Rational(1), 20 + 1 + 210)])
def test_the_optimal_number_of_labels_grows_with_the_root_of_the_noise(noise: Rational, labels: int) -> None:
    found = BEST_LABELS.subs({D_W: 20, effective: 21, NOISE: noise, misfit: Rational(1, 100)})
    assert found == labels
