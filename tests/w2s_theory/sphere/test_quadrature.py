import flint
import pytest
from sympy import Symbol, atan

from w2s_theory.balls import precision
from w2s_theory.errors import InvalidInput
from w2s_theory.notation.expressions import parse
from w2s_theory.sphere.activations import ABSOLUTE_VALUE, RELU, STEP, monomial
from w2s_theory.sphere.coefficients import coefficient_balls
from w2s_theory.sphere.harmonics import multiplicity_integer
from w2s_theory.sphere.quadrature import analytic_function, quadrature_coefficients, second_moment_ball

T = Symbol("t")


def activation(text):
    return analytic_function(parse(text, {"t": T}), T)


@pytest.mark.parametrize("dimension", [2, 3, 4, 32])
@pytest.mark.parametrize(
    ("text", "closed"), [("max(t, 0)", RELU), ("abs(t)", ABSOLUTE_VALUE), ("t**3", monomial(3))]
)
def test_quadrature_agrees_with_the_closed_form(text, closed, dimension):
    degrees = [0, 1, 2, 3, 8]
    found = quadrature_coefficients(activation(text), dimension, degrees, digits=30)
    known = coefficient_balls(closed, dimension, 9, bits=150)
    for value, degree in zip(found, degrees, strict=True):
        assert value.overlaps(known[degree])
        assert value.rad() < 1e-30


def test_a_python_callable_is_accepted():
    heaviside = quadrature_coefficients(
        lambda t, analytic: t.real_heaviside(analytic=analytic), 5, [0, 1, 3], 20
    )
    known = coefficient_balls(STEP, 5, 4, bits=100)
    assert all(value.overlaps(known[k]) for value, k in zip(heaviside, (0, 1, 3), strict=True))


def test_exponential_has_bessel_coefficients():
    # For exp(t) on the circle, s_k is the modified Bessel function I_k(1).
    found = quadrature_coefficients(activation("exp(t)"), 2, [0, 1, 5], digits=40)
    with precision(200):
        for value, order in zip(found, (0, 1, 5), strict=True):
            assert value.overlaps(flint.arb(1).bessel_i(order))
            assert value.rad() < 1e-40


@pytest.mark.parametrize("degree", [60, 200])
def test_high_degrees_stay_finite(degree):
    (value,) = quadrature_coefficients(activation("max(t, 0)"), 8, [degree], digits=15)
    assert value.overlaps(coefficient_balls(RELU, 8, degree + 1, bits=100)[degree])
    # The largest coefficient of a unit activation is N(d,k)^(-1/2), the scale of the digits.
    assert value.rad() < 10**-15 / multiplicity_integer(8, degree) ** 0.5


def test_breakpoints_elsewhere_than_zero():
    (value,) = quadrature_coefficients(activation("abs(t - 1/3)"), 3, [0], 20, breakpoints=[flint.fmpq(1, 3)])
    with precision(200):
        assert value.contains(flint.fmpq(5, 9))
    assert value.rad() < 1e-20


def test_an_undeclared_kink_costs_time_but_no_rigour():
    (value,) = quadrature_coefficients(activation("abs(t - 1/3)"), 3, [0], digits=12, breakpoints=[])
    with precision(200):
        assert value.contains(flint.fmpq(5, 9))
    assert value.rad() < 1e-12


def test_second_moment_is_the_trace():
    moment = second_moment_ball(activation("max(t, 0)"), 7, digits=20)
    assert moment.rad() < 1e-20
    with precision(200):
        assert moment.contains(flint.fmpq(1, 14))


def test_precision_is_restored():
    before = flint.ctx.prec
    quadrature_coefficients(activation("exp(t)"), 3, [20], digits=20)
    assert flint.ctx.prec == before


@pytest.mark.parametrize("text", ["1/t", "t**-3", "abs(t)**(-1/2)"])
def test_activations_without_a_bounded_second_moment_are_refused(text):
    with pytest.raises(InvalidInput, match="second moment"):
        quadrature_coefficients(activation(text), 3, [0], digits=10)


def test_a_second_variable_and_an_unknown_function_are_refused():
    with pytest.raises(InvalidInput, match="function of t alone"):
        analytic_function(T + Symbol("a"), T)
    with pytest.raises(InvalidInput, match="no ball arithmetic"):
        analytic_function(atan(T), T)


def test_dimension_and_degree_are_checked():
    with pytest.raises(InvalidInput, match="d >= 2"):
        quadrature_coefficients(activation("t"), 1, [0], digits=10)
    with pytest.raises(InvalidInput, match="k >= 0"):
        quadrature_coefficients(activation("t"), 3, [-1], digits=10)
