import math

import pytest
from sympy import Integer, Min, Rational, S

from w2s_theory.errors import InvalidInput
from w2s_theory.notation.symbols import DIMENSION
from w2s_theory.rates.fixed_spectrum import KAPPA_CONSTANT, LEAK_CONSTANT, fixed_spectrum, slowest
from w2s_theory.rates.orders import ZERO, Order
from w2s_theory.spectra.families import Exponential, Finite, PowerLaw

LINEAR = {1: S.One}


def leaked(eigenvalues, time):
    """sum (1 - exp(-t lambda))^2 / lambda."""
    return sum(math.expm1(-time * value) ** 2 / value for value in eigenvalues)


@pytest.mark.parametrize("time", [1e3, 1e5])
def test_the_leak_of_a_power_law(time):
    """rho (M - df2)/kappa with M - df2 = M/3 and rho = C_rho kappa t^(4/3) / M, against the sum over j."""
    asymptotics = fixed_spectrum(PowerLaw(S(3)), LINEAR)
    last = 100_000
    total = leaked((j**-3.0 for j in range(1, last + 1)), time) + time**2 / (2 * (last + 0.5) ** 2)
    assert total == pytest.approx(float(asymptotics.constants[LEAK_CONSTANT]) / 3 * time ** (4 / 3), rel=1e-5)


def test_kappa_of_a_power_law():
    asymptotics = fixed_spectrum(PowerLaw(S(2)), LINEAR)
    kappa, width = float(asymptotics.constants[KAPPA_CONSTANT]) / 1e6, 1e3
    counted = sum(1 / (1 + kappa * j**2) for j in range(1, 10**6))
    assert counted + 1 / (kappa * 1e6) == pytest.approx(width, abs=0.51)


@pytest.mark.parametrize("rate", [Rational(1, 2), S.One, S(2), S(3)])
def test_the_oscillation_bound_holds_and_is_not_idle(rate):
    """kappa times the leaked sum over M - df2, relative to 2 log(2) t kappa, over one period of log t."""
    c = float(rate)
    surplus = sum(1 / (2 * math.cosh(c * (2 * n + 1) / 4)) ** 2 for n in range(-120, 120))
    bound = float(fixed_spectrum(Exponential(rate), LINEAR).oscillation)
    deviations = []
    for step in range(24):
        time = math.exp(30 + c * step / 24)
        total = leaked((math.exp(-c * j) for j in range(-int(60 / c), int(90 / c))), time)
        deviations.append(abs(total / surplus / (2 * math.log(2) * time) - 1))
    assert max(deviations) <= bound + 1e-12
    assert max(deviations) >= bound / 20 - 1e-12


def test_the_slowest_eigenvalue():
    fast, slow = Order(S.One, -S.One), Order(S(3), S(-2))
    assert slowest([fast, ZERO, slow]) == slow
    assert slowest([slow, Order(S(2), S(-2))]).constant == 2
    assert slowest([Order(1 / DIMENSION), Order(S.Half)]).constant.func is Min
    with pytest.raises(InvalidInput, match="visible level"):
        slowest([ZERO])


def test_finite_rank_is_refused():
    with pytest.raises(InvalidInput, match="rank is 7"):
        fixed_spectrum(Finite((S.One,), (Integer(7),)), {0: S.One})
