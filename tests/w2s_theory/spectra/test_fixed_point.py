import flint
import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Rational, S, cancel, simplify, sqrt, symbols

from w2s_theory.balls import exact, precision
from w2s_theory.errors import InvalidInput
from w2s_theory.spectra.fixed_point import exact_kappa, kappa_ball, kappa_polynomial
from w2s_theory.spectra.universality import Level, degrees_of_freedom


def rational_levels(*pairs):
    return [Level(Rational(value), Rational(times)) for value, times in pairs]


def test_two_symbolic_levels_solve_the_fixed_point():
    k, m, psi, M = symbols("k m psi M", positive=True)
    levels = [Level(S.One, k), Level(psi, m)]
    kappa = exact_kappa(levels, M)
    assert simplify(degrees_of_freedom(levels, kappa) - M) == 0


def test_two_levels_have_the_printed_quadratic():
    k, m, psi, M, kappa = symbols("k m psi M kappa", positive=True)
    polynomial = kappa_polynomial([Level(S.One, k), Level(psi, m)], M)
    printed = M * kappa**2 + (M * (1 + psi) - k - m * psi) * kappa + psi * (M - k - m)
    assert cancel(polynomial.as_expr() / printed).is_number


def test_one_level_is_isotropic():
    assert exact_kappa(rational_levels((2, 10)), Rational(5)) == 2


def test_three_rational_levels_give_an_algebraic_number():
    levels = rational_levels((1, 2), (Rational(1, 3), 5), (Rational(1, 50), 40))
    kappa = exact_kappa(levels, Rational(6))
    assert kappa.is_algebraic
    assert abs(degrees_of_freedom(levels, kappa).evalf(40) - 6) < 1e-35


@pytest.mark.parametrize("width", [Rational(10), Rational(11), Rational(0), Rational(-1)])
def test_a_width_outside_the_rank_is_refused(width):
    levels = rational_levels((1, 2), (Rational(1, 3), 8), (0, 100))
    with pytest.raises(InvalidInput, match=r"rank 10|must be > 0"):
        exact_kappa(levels, width)


def test_three_symbolic_levels_are_refused():
    levels = [Level(*symbols(f"l{i} n{i}", positive=True)) for i in range(3)]
    with pytest.raises(InvalidInput, match="rational numbers"):
        exact_kappa(levels, symbols("M", positive=True))


@given(
    st.lists(st.tuples(st.fractions(0.001, 10), st.integers(1, 50)), min_size=1, max_size=6),
    st.fractions(0.01, 0.99),
)
@settings(max_examples=60, deadline=None)
def test_the_ball_contains_the_root(pairs, fraction):
    with precision(180):
        levels = [Level(exact(value), flint.arb(times)) for value, times in pairs]
        width = exact(fraction) * sum(times for _, times in pairs)
        ball = kappa_ball(levels, width, bits=120)
        assert ball.rel_accuracy_bits() >= 115
        assert degrees_of_freedom(levels, ball).overlaps(width)


def test_the_ball_agrees_with_mpmath():
    with precision(200):
        levels = [Level(flint.arb(1), flint.arb(3)), Level(flint.arb(1) / 100, flint.arb(10) ** 40)]
        ball = kappa_ball(levels, flint.arb(10) ** 20, bits=160)
    with mpmath.workdps(50):
        root = mpmath.findroot(
            lambda x: 3 / (1 + x) + mpmath.mpf(10) ** 38 / (mpmath.mpf("0.01") + x) - mpmath.mpf(10) ** 20,
            mpmath.mpf(10) ** 18,
        )
        assert abs(mpmath.mpf(ball.mid().str(45, radius=False)) / root - 1) < mpmath.mpf(10) ** -40


def test_the_ball_refuses_a_width_of_the_rank():
    with pytest.raises(InvalidInput, match="rank"):
        kappa_ball([Level(flint.arb(1), flint.arb(3))], flint.arb(3), bits=50)


def test_isotropic_kappa_gives_the_mean_of_the_beta_law():
    """1 - kappa_S ~ Beta(M/2, (d-M)/2) has mean M/d, so q = 1 - M/d."""
    d, M = symbols("d M", positive=True)
    kappa = exact_kappa([Level(S.One, d)], M)
    assert simplify(kappa / (1 + kappa) - (1 - M / d)) == 0


def test_the_square_root_scaling_of_theorem_3_2():
    kappa = exact_kappa(rational_levels((1, 1), (Rational(1, 10**8), 10**12 - 1)), Rational(10**8))
    assert abs(kappa.evalf() * sqrt(10**8) - 1) < 2e-4
