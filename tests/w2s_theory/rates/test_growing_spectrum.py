import pytest
from sympy import Rational, S, sqrt

from w2s_theory.errors import InvalidInput
from w2s_theory.rates.growing_spectrum import GrowingLevel, scaled_spectrum
from w2s_theory.rates.orders import ONE, PARAMETER, ZERO, Order

HALF = Rational(1, 2)


def kappa_of(*levels, tail=ZERO):
    return scaled_spectrum([GrowingLevel(*level) for level in levels], tail, {}).kappa


def test_kappa_between_two_classes():
    """Below M/2 captured levels, the other M/2 come from 3M/(1 + x) = M/2."""
    assert kappa_of((ONE, ONE, S.One), (PARAMETER**-1, PARAMETER**2)) == ONE
    assert kappa_of((ONE, Order(HALF, S.One), S.One), (PARAMETER**-2, Order(S(3), S.One))) == Order(
        S(5), S(-2)
    )


def test_kappa_within_a_class():
    """M = (2M) l/(l + x) at l = 3 gives x = 3."""
    assert kappa_of((Order(S(3)), Order(S(2), S.One), S.One)) == Order(S(3))


def test_kappa_within_a_class_of_two():
    """M = (3M/4)/(1 + x) + 2M/(2 + x)."""
    levels = ((ONE, Order(Rational(3, 4), S.One), S.One), (Order(S(2)), PARAMETER))
    x = kappa_of(*levels).constant
    assert x > 0
    assert float(Rational(3, 4) / (1 + x) + 2 / (2 + x)) == pytest.approx(1)


def test_a_tail_counts_with_its_trace():
    assert kappa_of((ONE, ONE, S.One), tail=Order(S(5), S.Zero)) == Order(S(5), -S.One)


def test_a_tail_at_the_height_of_a_class():
    """M levels at 1 and a tail of trace M: 1 = 1/(1 + x) + 1/x."""
    kappa = kappa_of((ONE, PARAMETER, S.One), tail=PARAMETER)
    assert (kappa.constant - (1 + sqrt(5)) / 2).equals(0)


@pytest.mark.parametrize(
    ("levels", "message"),
    [
        ([(ONE, PARAMETER, S.One)], "not below the rank"),
        ([(ONE, Order(HALF, S.One), S.One)], "not below the rank"),
        ([(ONE, PARAMETER, S.One), (PARAMETER**-1, PARAMETER)], "meets the number of levels"),
        ([(ONE, ONE, S.One), (Order(S.One, S.Zero, -S.One), PARAMETER**2)], "separate them"),
    ],
)
def test_undecided_scalings_are_refused(levels, message):
    with pytest.raises(InvalidInput, match=message):
        kappa_of(*levels)
