import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Rational

from w2s_theory.balls import ball
from w2s_theory.errors import InvalidInput
from w2s_theory.sphere.activations import (
    ABSOLUTE_VALUE,
    IDENTITY,
    RELU,
    RELU_SQUARED,
    STEP,
    Activation,
    leaky_relu,
    monomial,
)
from w2s_theory.sphere.dual_kernels import dual_kernel
from w2s_theory.sphere.kernel_balls import dual_kernel_series, trace_tail

ACTIVATIONS = (STEP, RELU, RELU_SQUARED, ABSOLUTE_VALUE, IDENTITY, leaky_relu(Rational(1, 10)), monomial(3))


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda activation: activation.name)
@pytest.mark.parametrize("dimension", [2, 3, 8, 33])
def test_series_and_closed_form_overlap(activation, dimension):
    for rho in (Rational(-1), Rational(-2, 3), Rational(0), Rational(1, 7), Rational(1)):
        series = dual_kernel_series(activation, dimension, rho, count=120)
        closed = ball(dual_kernel(activation, dimension, rho), {})
        assert closed.rad() < 1e-13
        assert series.rad() < 0.02
        assert series.overlaps(closed)


@settings(max_examples=60, deadline=None)
@given(
    order=st.integers(0, 5),
    right=st.fractions(-3, 3, max_denominator=9),
    left=st.fractions(-3, 3, max_denominator=9),
    dimension=st.integers(2, 60),
    rho=st.fractions(-1, 1, max_denominator=50),
)
def test_series_and_closed_form_overlap_for_any_homogeneous_activation(order, right, left, dimension, rho):
    activation = Activation("drawn", order, Rational(right), Rational(left))
    series = dual_kernel_series(activation, dimension, Rational(rho), count=40)
    assert series.is_finite()
    assert series.overlaps(ball(dual_kernel(activation, dimension, Rational(rho)), {}))
    # Bessel's inequality: no partial sum exceeds the trace.
    assert not trace_tail(activation, dimension, 40, bits=200) < 0


def test_a_kernel_that_is_wrong_by_a_thousandth_is_rejected():
    series = dual_kernel_series(RELU, 8, Rational(1, 7), count=120)
    wrong = ball(dual_kernel(RELU, 8, Rational(1, 7)), {}) * 1001 / 1000
    assert not series.overlaps(wrong)


def test_trace_identity_with_a_shrinking_positive_tail():
    tails = [trace_tail(RELU, 8, count, bits=128) for count in (10, 100, 1000)]
    assert tails[0] > tails[1] > tails[2] > 0
    # N lambda ~ k^-4 on every second degree, so the tail falls like count^-3.
    assert 900 < float(tails[1] / tails[2]) < 1100


def test_polynomial_activations_have_no_tail():
    assert trace_tail(monomial(3), 5, 4, bits=128).contains(0)
    assert not trace_tail(monomial(3), 5, 3, bits=128).contains(0)


@pytest.mark.parametrize("rho", [Rational(3, 2), Rational(-2)])
def test_inner_products_beyond_one_are_refused(rho):
    with pytest.raises(InvalidInput, match=r"\[-1, 1\]"):
        dual_kernel_series(RELU, 3, rho, 5)
