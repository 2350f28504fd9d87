import mpmath
import pytest
from sympy import Integer, Rational, S, gamma, lambdify, pi

from w2s_theory.errors import InvalidInput
from w2s_theory.notation.symbols import DIMENSION
from w2s_theory.rates.gamma_products import gamma_order
from w2s_theory.rates.orders import Order
from w2s_theory.spectra.families import Sphere
from w2s_theory.sphere.activations import NAMED


def test_relu_eigenvalues_in_high_dimension():
    sphere = Sphere(NAMED["relu"], DIMENSION)
    assert gamma_order(sphere.eigenvalue(Integer(0)), DIMENSION) == Order(1 / (2 * pi), -S.One)
    assert gamma_order(sphere.eigenvalue(Integer(1)), DIMENSION) == Order(Rational(1, 4), Integer(-2))
    assert gamma_order(sphere.eigenvalue(Integer(2)), DIMENSION) == Order(1 / (2 * pi), Integer(-3))
    assert gamma_order(sphere.multiplicity(Integer(4)), DIMENSION) == Order(Rational(1, 24), Integer(4))


VISIBLE = [
    (name, degree)
    for name, activation in sorted(NAMED.items())
    for degree in range(6)
    if not Sphere(activation, DIMENSION).eigenvalue(Integer(degree)).is_zero
]


@pytest.mark.parametrize(("name", "degree"), VISIBLE)
def test_orders_agree_with_the_closed_form_in_dimension_1e12(name, degree):
    eigenvalue = Sphere(NAMED[name], DIMENSION).eigenvalue(Integer(degree))
    order = gamma_order(eigenvalue, DIMENSION)
    with mpmath.workdps(60):
        functions = [{"gamma": mpmath.gamma}, "mpmath"]
        value = lambdify(DIMENSION, eigenvalue, functions)(mpmath.mpf(10) ** 12)
        leading = lambdify(DIMENSION, order.expression(DIMENSION), functions)(mpmath.mpf(10) ** 12)
    assert abs(value / leading - 1) < 1e-10


def test_the_central_binomial_is_refused():
    with pytest.raises(InvalidInput, match="does not grow as a power"):
        gamma_order(gamma(2 * DIMENSION) / gamma(DIMENSION) ** 2, DIMENSION)
    with pytest.raises(InvalidInput, match="linear"):
        gamma_order(gamma(DIMENSION**2), DIMENSION)
