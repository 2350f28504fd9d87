"""The constant of ReLU features at known values."""

from __future__ import annotations

import pytest
from sympy import N, Rational, simplify

from w2s_theory.claims.ours.relu_rate import EIGENVALUE_RATIO, LINEAR_MASS, SPLIT_CONSTANT
from w2s_theory.notation.symbols import DIMENSION


@pytest.mark.parametrize(("dimension", "known"), [(6, 1.712056), (12, 1.828085)])
def test_a_target_split_evenly_between_degrees_one_and_two(dimension: int, known: float) -> None:
    constant = N(SPLIT_CONSTANT.subs({DIMENSION: dimension, LINEAR_MASS: Rational(1, 2)}))
    assert float(constant) == pytest.approx(known, abs=1e-6)


@pytest.mark.parametrize("mass", [0, 1])
def test_one_degree_has_constant_one_in_every_dimension(mass: int) -> None:
    assert simplify(SPLIT_CONSTANT.subs(LINEAR_MASS, mass)) == 1


def test_degree_one_has_the_larger_eigenvalue() -> None:
    """s_1 = 1/6 and s_2 = 1/16 at d = 3."""
    assert simplify(EIGENVALUE_RATIO.subs(DIMENSION, 3)) == Rational(64, 9)
