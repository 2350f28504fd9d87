from sympy import Rational, S

from w2s_theory.rates.fixed_spectrum import fixed_spectrum
from w2s_theory.rates.growing_spectrum import GrowingLevel, scaled_spectrum
from w2s_theory.rates.orders import ONE, PARAMETER, ZERO, Order
from w2s_theory.rates.stopping_time import best_losses
from w2s_theory.spectra.families import Exponential, PowerLaw

LINEAR = {1: S.One}


def losses_of(*levels):
    return best_losses(scaled_spectrum([GrowingLevel(*level) for level in levels], ZERO, {}))


def test_bias_limits_a_power_law():
    losses = best_losses(fixed_spectrum(PowerLaw(S(2)), LINEAR))
    assert losses.student == losses.teacher**2
    assert losses.time == Order(S(3), S.Zero, S.One)


def test_the_leak_limits_an_exponential():
    losses = best_losses(fixed_spectrum(Exponential(S.One), LINEAR))
    assert losses.student.compare(losses.teacher**2) > 0
    assert (losses.student / losses.teacher**2).log_power == 1


def test_a_captured_slow_level_leaks_less_than_the_floor():
    """M/2 levels at M^(-1/2) above kappa: their share times (t lambda)^2 is kappa psi log^2, below kappa."""
    losses = losses_of(
        (ONE, ONE, S.One),
        (Order(S.One, Rational(-1, 2)), Order(S.Half, S.One)),
        (Order(S.One, S(-2)), Order(S.One, S(2))),
    )
    assert losses.teacher == Order(S(2), -S.One)
    assert losses.student == losses.teacher**2
    assert losses.time == Order(Rational(3, 2), S.Zero, S.One)


def test_without_slow_levels_no_time_is_best():
    """Isotropic features: stopping early never helps, and the student only becomes its teacher."""
    losses = losses_of((ONE, Order(S.One, Rational(3, 2)), S.One))
    assert losses.time is None


def test_a_target_that_stays_unlearned():
    losses = losses_of((ONE, ONE, S.One), (Order(S.One, Rational(-1, 8)), PARAMETER ** Rational(3, 2)))
    assert losses.teacher == ONE
    assert losses.student == ONE
    assert losses.time == Order(Rational(1, 4), S.Zero, S.One)
