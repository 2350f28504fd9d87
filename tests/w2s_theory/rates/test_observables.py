import math

import pytest
from sympy import Rational, S, log, sqrt

from w2s_theory.errors import InvalidInput
from w2s_theory.notation.symbols import KAPPA, L_ST, L_TE, OPTIMAL_TIME, PGR, M
from w2s_theory.rates.fixed_spectrum import Basis, fixed_spectrum
from w2s_theory.rates.growing_spectrum import GrowingLevel, scaled_spectrum
from w2s_theory.rates.observables import derive, two_level_asymptotics, without_gap
from w2s_theory.rates.orders import ONE, ZERO, Order
from w2s_theory.spectra.families import Exponential, PowerLaw

LINEAR = {1: S.One}


@pytest.fixture(scope="module")
def cubic():
    return derive(fixed_spectrum(PowerLaw(S(3)), LINEAR))


def test_the_gap_keeps_its_small_complement(cubic):
    assert without_gap(1 - PGR) == L_ST / L_TE
    assert without_gap(L_TE) == L_TE
    assert cubic.order(PGR) == ONE
    assert cubic.order(1 - PGR).power == -3


def test_constants_cancel_and_come_back(cubic):
    assert cubic.order(L_ST / L_TE**2) == ONE
    assert cubic.order(L_ST, L_TE) == Order(S.One, S(2))
    assert float(cubic.order(KAPPA).constant) == pytest.approx((2 * math.pi / 3**1.5) ** 3)
    assert cubic.order(sqrt(L_ST) * log(M), L_TE) == Order(Rational(1, 3), S.One, S.One)


def test_steps_say_what_they_rest_on(cubic):
    bases = [step.basis for step in cubic.steps]
    assert bases.count(Basis.HEURISTIC) == 1
    assert cubic.steps[-1].relation.lhs == OPTIMAL_TIME
    assert all(step.text and step.reason for step in cubic.steps)


def test_oscillations_reach_what_depends_on_the_student_alone():
    rates = derive(fixed_spectrum(Exponential(S(2)), LINEAR))
    single = rates.relative_oscillation(L_ST)
    assert 0.001 < single < 0.1
    assert rates.relative_oscillation(L_ST**2) == pytest.approx((1 + single) ** 2 - 1)
    assert rates.relative_oscillation(L_TE) == 0
    assert rates.relative_oscillation(OPTIMAL_TIME) == 0


def test_what_has_no_order_is_named():
    asymptotics = two_level_asymptotics(ONE, Order(S.Half), Order(S(3), S.One), {0: S.One})
    rates = derive(asymptotics)
    assert rates.order(L_TE) == Order(S.Half)
    for unresolved in (L_ST, PGR, OPTIMAL_TIME):
        with pytest.raises(InvalidInput, match="trade-off"):
            rates.order(unresolved)
    isotropic = derive(scaled_spectrum([GrowingLevel(ONE, Order(S.One, S(2)), S.One)], ZERO, {}))
    with pytest.raises(InvalidInput, match="optimal_time has no order"):
        isotropic.order(OPTIMAL_TIME)
