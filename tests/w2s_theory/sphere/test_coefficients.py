import math

import flint
import pytest
from sympy import Rational, Symbol, pi

from w2s_theory.balls import exact, precision
from w2s_theory.errors import InvalidInput
from w2s_theory.sphere.activations import IDENTITY, RELU, RELU_SQUARED, STEP, leaky_relu
from w2s_theory.sphere.coefficients import (
    coefficient_balls,
    log_eigenvalues,
    log_multiplicities,
    multiplicity_ball,
)
from w2s_theory.sphere.harmonics import multiplicity_integer


@pytest.mark.parametrize(
    "activation", [STEP, RELU, RELU_SQUARED, leaky_relu(Rational(1, 7))], ids=lambda a: a.name
)
@pytest.mark.parametrize("dimension", [2, 3, 4, 17])
def test_recursion_contains_the_closed_form(activation, dimension):
    balls = coefficient_balls(activation, dimension, 12, bits=100)
    with precision(140):
        for degree, value in enumerate(balls):
            closed = activation.coefficient(dimension, degree)
            rational = closed if closed.is_Rational else closed * pi
            expected = exact(rational) if closed.is_Rational else exact(rational) / flint.arb.pi()
            assert value.overlaps(expected)
            assert value == 0 or value.rel_accuracy_bits() >= 100


def test_zeros_are_exact():
    balls = coefficient_balls(RELU, 10, 20, bits=64)
    assert [k for k, value in enumerate(balls) if value == 0] == list(range(3, 20, 2))
    assert [k for k, value in enumerate(coefficient_balls(IDENTITY, 10, 6, 64)) if value != 0] == [1]


def test_precision_is_restored_also_after_an_error():
    before = flint.ctx.prec
    coefficient_balls(RELU, 5, 5, bits=500)
    with pytest.raises(InvalidInput):
        coefficient_balls(leaky_relu(Symbol("a")), 5, 5, bits=500)
    assert flint.ctx.prec == before


def test_fifty_digits_are_left_at_degree_ten_thousand():
    last = coefficient_balls(RELU, 32, 10_001, bits=180)[-1]
    assert last.rel_accuracy_bits() >= 50 * math.log2(10)


def test_large_dimension_and_degree_do_not_overflow():
    logs = log_eigenvalues(RELU, 10**6, 10**5 + 1)
    counts = log_multiplicities(10**6, 10**5 + 1)
    assert all(math.isfinite(value) for value in logs[::2])
    assert all(math.isfinite(value) for value in counts)
    with precision(128):
        size = multiplicity_ball(10**6, 10**5, 64)
        assert counts[-1] == pytest.approx(float(size.log()), rel=1e-15)
    # Against one independent evaluation of the closed form by log-Gamma at 40 digits.
    from mpmath import loggamma, mp, mpf
    from mpmath import pi as mp_pi

    with mp.workdps(40):
        d, k = mpf(10**6), mpf(10**5)
        log_s = loggamma(d / 2) + loggamma((k - 1) / 2) - loggamma((k + d + 1) / 2) - mp.log(4 * mp_pi)
        assert logs[-1] == pytest.approx(float(2 * log_s), rel=1e-14)


def test_logarithms_match_exact_multiplicities():
    for dimension in (2, 3, 32):
        logs = log_multiplicities(dimension, 30)
        logarithms = [math.log(multiplicity_integer(dimension, k)) for k in range(30)]
        assert logs == pytest.approx(logarithms, rel=1e-15, abs=1e-15)


def test_multiplicity_ball_contains_the_integer():
    for dimension, degree in ((2, 0), (2, 5), (3, 7), (200, 90)):
        assert multiplicity_ball(dimension, degree, 64).contains(multiplicity_integer(dimension, degree))


def test_empty_and_single_counts():
    assert coefficient_balls(RELU, 3, 0, 64) == []
    assert len(coefficient_balls(RELU, 3, 1, 64)) == len(log_multiplicities(3, 1)) == 1
    assert log_multiplicities(3, 0) == []
