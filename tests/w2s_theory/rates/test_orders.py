import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Integer, Rational, S, Symbol, exp, log, sin, sqrt

from w2s_theory.errors import InvalidInput
from w2s_theory.notation.symbols import ALPHA, DIMENSION
from w2s_theory.rates.orders import ONE, PARAMETER, ZERO, Order, order_of, sign, total

HALF = Rational(1, 2)
X, Y, Z = (Symbol(name, positive=True) for name in "xyz")

exponents = st.fractions(-3, 3, max_denominator=4).map(
    lambda value: Rational(value.numerator, value.denominator)
)
positive_orders = st.builds(Order, st.integers(1, 9).map(Integer), exponents, exponents)


@given(positive_orders, positive_orders, positive_orders)
def test_products_and_sums_are_associative_and_commutative(a, b, c):
    assert a * b == b * a
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert (a * b) / b == a
    assert (a + b) * c == a * c + b * c


@given(positive_orders, st.integers(-3, 3))
def test_powers_are_repeated_products(order, exponent):
    power = ONE
    for _ in range(abs(exponent)):
        power = power * order if exponent > 0 else power / order
    assert order**exponent == power


@given(positive_orders, positive_orders)
def test_comparison_is_that_of_values_far_out(a, b):
    """At log X = 10^8 the power decides, then the logarithm, as no ratio of constants here reaches 10^2."""
    with mpmath.workdps(30):
        difference = _log_value(a, 10**8) - _log_value(b, 10**8)
    assert a.compare(b) == (0 if abs(difference) < 3 else 1 if difference > 0 else -1)


@given(positive_orders, positive_orders)
def test_a_sum_keeps_the_dominant_term(a, b):
    expected = a if a.compare(b) > 0 else b if a.compare(b) < 0 else None
    assert a + b == (expected or Order(a.constant + b.constant, a.power, a.log_power))


def test_cancelling_leading_terms_are_refused():
    with pytest.raises(InvalidInput, match="cancel"):
        PARAMETER - PARAMETER
    assert Order(Integer(2), S.One) - PARAMETER == PARAMETER


def test_zero_is_neutral_and_has_no_inverse():
    assert total([]) == ZERO
    assert ZERO + PARAMETER == PARAMETER
    assert (ZERO * PARAMETER).is_zero
    assert ZERO.compare(Order(S.One, Integer(-9))) == -1
    with pytest.raises(InvalidInput, match="vanishing"):
        ONE / ZERO


@given(positive_orders.filter(lambda order: order.power != 0))
def test_an_order_in_terms_of_itself_is_the_parameter(order):
    assert order.in_terms_of(order) == PARAMETER
    assert (order**2).in_terms_of(order) == PARAMETER**2


def test_in_terms_of_carries_logarithms():
    """x = 3 log(M)^2 / sqrt(M) gives log M ~ 2 |log x| and M ~ 9 log(M)^4 / x^2 = 144 |log x|^4 / x^2."""
    x = Order(Integer(3), -HALF, Integer(2))
    assert PARAMETER.in_terms_of(x) == Order(Integer(144), Integer(-2), Integer(4))
    with pytest.raises(InvalidInput, match="does not move"):
        PARAMETER.in_terms_of(ONE)


def test_substitution_of_a_growing_parameter():
    d = Order(Integer(4), Rational(3, 2))
    assert Order(Integer(5), -HALF, S.One).substitute(d) == Order(Rational(15, 4), Rational(-3, 4), S.One)
    with pytest.raises(InvalidInput, match="does not grow"):
        PARAMETER.substitute(Order(S.One, S.Zero, S.One))


def test_expressions_in_known_quantities():
    orders = {X: Order(Integer(2), S.One), Y: Order(S.One, HALF), Z: Order(Integer(3), S.One)}
    assert order_of(X * Y**2 / Z, orders) == Order(Rational(2, 3), S.One)
    assert order_of(sqrt(X + 7 * Y), orders) == Order(sqrt(2), HALF)
    assert order_of(log(X * Y), orders) == Order(Rational(3, 2), S.Zero, S.One)
    assert order_of(X * ALPHA, orders) == Order(2 * ALPHA, S.One)


@pytest.mark.parametrize("expression", [exp(X), sin(X), X**Y, 2**X, log(log(X)), log(1 + 1 / X)])
def test_what_has_no_order_is_refused(expression):
    with pytest.raises(InvalidInput):
        order_of(expression, {X: PARAMETER, Y: PARAMETER})


def test_signs_hold_for_all_admissible_symbols():
    assert sign(1 - 1 / ALPHA) == 1
    assert sign((DIMENSION + 2) / (DIMENSION - 1) - 1) == 1
    assert sign(2 - 3 / (DIMENSION + 2) - 2) == -1
    assert sign((ALPHA + 1) ** 2 - ALPHA**2 - 2 * ALPHA - 1) == 0
    with pytest.raises(InvalidInput, match="depends on its symbols"):
        sign(ALPHA - 2)


def _log_value(order, log_parameter):
    return (
        mpmath.log(int(order.constant))
        + mpmath.mpf(order.power.p) / order.power.q * log_parameter
        + mpmath.mpf(order.log_power.p) / order.log_power.q * mpmath.log(log_parameter)
    )
