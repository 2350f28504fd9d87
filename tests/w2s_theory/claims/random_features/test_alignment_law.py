"""The Beta law of kappa_S in cases known by hand."""

from __future__ import annotations

import pytest
from sympy import Expr, Integer, Rational, integrate, simplify, sqrt

from w2s_theory.claims.random_features.alignment_law import BETA_DENSITY, CAPTURED, MEAN_MISALIGNMENT
from w2s_theory.notation.symbols import DIMENSION, M


def density(dimension: int, width: int) -> Expr:
    return simplify(BETA_DENSITY.subs({DIMENSION: dimension, M: width}))


def test_half_of_four_dimensions_gives_the_uniform_law() -> None:
    assert density(4, 2) == 1


def test_one_feature_in_three_dimensions_is_the_square_of_a_uniform_cosine() -> None:
    # Archimedes: a coordinate of a uniform point on the sphere is uniform.
    assert simplify(density(3, 1) - 1 / (2 * sqrt(CAPTURED))) == 0


@pytest.mark.parametrize(("dimension", "width"), [(4, 2), (6, 2), (6, 4), (8, 2)])
def test_the_law_is_a_probability_with_the_stated_mean(dimension: int, width: int) -> None:
    law = density(dimension, width)
    assert integrate(law, (CAPTURED, 0, 1)) == 1
    mean = 1 - integrate(CAPTURED * law, (CAPTURED, 0, 1))
    assert mean == MEAN_MISALIGNMENT.subs({DIMENSION: Integer(dimension), M: Integer(width)})
    assert mean == 1 - Rational(width, dimension)
