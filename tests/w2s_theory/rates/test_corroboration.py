import mpmath
import pytest
from sympy import Integer, Rational, S

from w2s_theory.notation.symbols import KAPPA, L_ST, L_TE, OPTIMAL_TIME
from w2s_theory.rates.corroboration import corroborate, observe
from w2s_theory.rates.levels_at_width import fixed_levels
from w2s_theory.rates.orders import Order
from w2s_theory.rates.width_scaling import teacher_on_fixed_spectrum
from w2s_theory.spectra.families import Exponential, Sphere
from w2s_theory.sphere.activations import RELU

LINEAR = {1: S.One}


@pytest.fixture(scope="module")
def observations():
    teacher = teacher_on_fixed_spectrum(Sphere(RELU, Integer(8)), LINEAR)
    return [observe(teacher.levels({}, log)) for log in teacher.log_parameters]


@pytest.mark.parametrize(
    ("expression", "measured_in", "right"),
    [(L_ST, L_TE, Order(S.One, S(2))), (OPTIMAL_TIME, None, Order(Rational(4352, 7), S.Zero, S.One))],
)
def test_wrong_orders_are_refuted(observations, expression, measured_in, right):
    def verdict(constant=right.constant, power=right.power, log_power=right.log_power):
        return corroborate(
            expression, measured_in, Order(constant, power, log_power), observations, 0.0
        ).verdict

    assert verdict() == "supported"
    assert verdict(constant=2 * right.constant) != "supported"
    assert verdict(constant=right.constant * Rational(101, 100)) != "supported"
    assert verdict(power=right.power + Rational(1, 100)) != "supported"
    assert verdict(log_power=right.log_power + 1) != "supported"
    assert verdict(log_power=right.log_power - 1) != "supported"


def test_the_published_exponent_is_refuted_as_tight(observations):
    published = Order(S.One, Rational(149, 100))
    assert corroborate(L_ST, L_TE, published, observations, 0.0).verdict == "refuted"


@pytest.mark.parametrize(
    ("width", "excess"), [(1e4, 5.55e-2), (1e5, 7.42e-3), (1e6, 9.22e-4), (1e7, 1.10e-4)]
)
def test_finite_widths_give_the_printed_approach(width, excess):
    values = observe(fixed_levels(Sphere(RELU, Integer(8)), LINEAR, float(mpmath.log(width)))).values
    assert float(values[L_ST] / values[L_TE] ** 2 - 1) == pytest.approx(excess, rel=1e-3)


def test_kappa_in_dimension_4():
    values = observe(fixed_levels(Sphere(RELU, Integer(4)), LINEAR, float(mpmath.log(10**6)))).values
    assert float(values[KAPPA]) == pytest.approx(2.778e-14, rel=2e-4)


def test_kappa_of_an_exponential_is_the_geometric_mean_of_its_neighbours():
    values = observe(fixed_levels(Exponential(S.One), LINEAR, 60.0)).values
    with mpmath.workdps(25):
        assert abs(values[KAPPA] / mpmath.exp(mpmath.mpf("-60.5")) - 1) < mpmath.mpf(10) ** -20
