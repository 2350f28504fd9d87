"""Derived rates against known ones and against the ladder, family by family."""

import pytest
from sympy import Integer, Rational, S, gamma, log, pi, simplify, sin

from w2s_theory.errors import InvalidInput
from w2s_theory.notation.symbols import (
    ALPHA,
    DIMENSION,
    FREE_CONSTANT,
    KAPPA,
    KAPPA_S,
    L_ST,
    L_TE,
    OPTIMAL_TIME,
    PGR,
    PSI,
    TOP_MULTIPLICITY,
    M,
)
from w2s_theory.rates.width_scaling import (
    inverse_scaling,
    teacher_on_fixed_spectrum,
    teacher_on_growing_sphere,
    teacher_on_two_levels,
)
from w2s_theory.spectra.families import Exponential, PowerLaw, Sphere
from w2s_theory.sphere.activations import IDENTITY, RELU, STEP

LINEAR = {1: S.One}
EVEN_SPLIT = {1: Rational(1, 2), 2: Rational(1, 2)}
HALF = Rational(1, 2)
THEOREM_3_2 = {DIMENSION: M ** Rational(3, 2), PSI: DIMENSION ** Rational(-2, 3)}


def answer_of(teacher, expression, measured_in=None):
    answer = teacher.answer(expression, measured_in)
    assert answer.verdict == "supported"
    order = answer.order
    return order.constant, order.power, order.log_power


def test_theorem_3_2():
    teacher = teacher_on_two_levels(THEOREM_3_2, LINEAR)
    assert answer_of(teacher, KAPPA) == (1, -HALF, 0)
    assert answer_of(teacher, L_TE) == (1, -HALF, 0)
    assert answer_of(teacher, L_ST, L_TE) == (1, 2, 0)
    assert answer_of(teacher, L_ST / L_TE**2) == (1, 0, 0)
    assert answer_of(teacher, OPTIMAL_TIME) == (2, 0, 1)
    assert answer_of(teacher, 1 - PGR) == (1, -HALF, 0)


def test_theorem_3_3_keeps_a_constant_error():
    c = FREE_CONSTANT
    teacher = teacher_on_two_levels({DIMENSION: M**2, PSI: c * M / DIMENSION}, LINEAR)
    for expression, constant in ((L_TE, c / (1 + c)), (L_ST, (c / (1 + c)) ** 2), (PGR, 1 / (1 + c))):
        found, power, log_power = answer_of(teacher, expression)
        assert (simplify(found - constant), power, log_power) == (0, 0, 0)


def test_two_levels_of_equal_growth_in_dimension():
    """With d = 3M, kappa = 2/M: the M - k missing dimensions carry 2M psi."""
    teacher = teacher_on_two_levels({DIMENSION: 3 * M, PSI: 1 / M}, LINEAR)
    assert answer_of(teacher, KAPPA) == (2, -1, 0)
    assert answer_of(teacher, L_ST, L_TE) == (1, 2, 0)


def test_a_top_level_of_the_teacher_s_size_doubles_the_constant():
    scaling = {TOP_MULTIPLICITY: M / 2, DIMENSION: M ** Rational(11, 10), PSI: M**-HALF}
    assert answer_of(teacher_on_two_levels(scaling, LINEAR), L_ST, L_TE) == (2, 2, 0)


def test_logarithms_in_the_scaling_come_through():
    teacher = teacher_on_two_levels({DIMENSION: 3 * M, PSI: 1 / (M * log(M))}, LINEAR)
    assert answer_of(teacher, KAPPA) == (2, -1, -1)
    assert answer_of(teacher, L_ST) == (4, -2, -2)


@pytest.mark.parametrize("dimension", [4, 8, 16, 32])
def test_the_sharp_rate_on_the_sphere(dimension):
    teacher = teacher_on_fixed_spectrum(Sphere(RELU, Integer(dimension)), LINEAR)
    assert answer_of(teacher, L_ST, L_TE) == (1, 2, 0)


def test_kappa_on_the_sphere_is_the_known_constant():
    d = 5
    spectrum = Sphere(RELU, Integer(d))
    constant, power, _ = answer_of(teacher_on_fixed_spectrum(spectrum, LINEAR), KAPPA)
    decay = (gamma(Rational(d, 2)) / (4 * pi)) ** 2 * 2 ** (d + 2)
    known = decay * (pi / ((d + 2) * gamma(d - 1) * sin(3 * pi / (d + 2)))) ** Rational(d + 2, d - 1)
    assert power == -Rational(d + 2, d - 1)
    assert abs(float(constant / known) - 1) < 1e-14


def test_a_target_on_two_degrees_has_an_exact_constant_in_d():
    teacher = teacher_on_fixed_spectrum(Sphere(RELU, DIMENSION), EVEN_SPLIT)
    constant, power, log_power = answer_of(teacher, L_ST, L_TE)
    assert (power, log_power) == (2, 0)
    for dimension, printed in ((6, 1.712056), (12, 1.828085)):
        spectrum = Sphere(RELU, Integer(dimension))
        first, second = (1 / spectrum.eigenvalue(Integer(k)) for k in (1, 2))
        exact = 2 * (first**2 + second**2) / (first + second) ** 2
        value = constant.subs(DIMENSION, dimension)
        assert simplify(value - exact) == 0
        assert float(value) == pytest.approx(printed, abs=5e-7)


def test_a_symbolic_power_law():
    teacher = teacher_on_fixed_spectrum(PowerLaw(ALPHA), LINEAR)
    constant, power, _ = answer_of(teacher, KAPPA)
    assert power == -ALPHA
    assert simplify(constant / (pi / (ALPHA * sin(pi / ALPHA))) ** ALPHA) == 1
    assert answer_of(teacher, L_ST, L_TE) == (1, 2, 0)
    assert answer_of(teacher, OPTIMAL_TIME) == (ALPHA + 1, 0, 1)


def test_an_exponential_spectrum_loses_the_quadratic_rate_by_a_logarithm():
    teacher = teacher_on_fixed_spectrum(Exponential(S.One), LINEAR)
    assert answer_of(teacher, L_ST, L_TE) == (2 * log(2), 2, 1)
    assert answer_of(teacher, M) == (1, 0, 1)
    assert 0 < teacher.answer(L_ST).oscillation < 1e-4
    assert teacher.answer(KAPPA).oscillation == 0


@pytest.mark.parametrize("power", [Rational(5, 4), Rational(3, 2), Rational(7, 4)])
def test_a_growing_sphere_between_degrees_1_and_2(power):
    teacher = teacher_on_growing_sphere(RELU, {DIMENSION: M ** (1 / power)}, LINEAR)
    constant, found, _ = answer_of(teacher, L_TE)
    assert (simplify(constant - (1 - 2 / pi)), found) == (0, 1 / power - 1)
    assert answer_of(teacher, L_ST, L_TE) == (1, 2, 0)


@pytest.mark.parametrize("power", [1, 2, 4])
def test_a_growing_sphere_on_the_boundary_between_degrees(power):
    """M is of the order of a multiplicity, and kappa solves a quadratic equation."""
    teacher = teacher_on_growing_sphere(RELU, {DIMENSION: M ** Rational(1, power)}, LINEAR)
    answer_of(teacher, KAPPA)
    answer_of(teacher, KAPPA_S)
    answer_of(teacher, L_ST)


def test_other_activations_and_targets_on_a_growing_sphere():
    step = teacher_on_growing_sphere(STEP, {DIMENSION: M ** Rational(2, 3)}, LINEAR)
    assert answer_of(step, L_ST, L_TE) == (1, 2, 0)
    split = teacher_on_growing_sphere(RELU, {DIMENSION: M ** Rational(2, 5)}, EVEN_SPLIT)
    assert answer_of(split, L_ST, L_TE) == (2, 2, 0)


def test_an_invisible_degree_keeps_its_mass():
    teacher = teacher_on_fixed_spectrum(Sphere(RELU, Integer(6)), {1: Rational(1, 3), 3: Rational(2, 3)})
    assert answer_of(teacher, L_TE) == (Rational(2, 3), 0, 0)
    assert answer_of(teacher, L_ST) == (Rational(2, 3), 0, 0)
    with pytest.raises(InvalidInput, match="cancel"):
        teacher.answer(PGR)


def test_a_slow_level_as_target_is_not_learned():
    teacher = teacher_on_two_levels({DIMENSION: 3 * M, PSI: 1 / M}, {2: S.One})
    assert answer_of(teacher, L_TE) == (Rational(2, 3), 0, 0)
    with pytest.raises(InvalidInput, match="optimal_time has no order"):
        teacher.answer(OPTIMAL_TIME)


def test_an_unresolved_trade_off_is_refused_and_the_rest_answered():
    teacher = teacher_on_two_levels({DIMENSION: 3 * M, PSI: HALF}, LINEAR)
    assert answer_of(teacher, L_TE) == (HALF, 0, 0)
    with pytest.raises(InvalidInput, match="trade-off"):
        teacher.answer(L_ST)


def test_widths_in_terms_of_dimension():
    assert inverse_scaling(4 * DIMENSION ** Rational(3, 2)) == (M / 4) ** Rational(2, 3)
    with pytest.raises(InvalidInput, match="not a power of d"):
        inverse_scaling(DIMENSION * log(DIMENSION))


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: teacher_on_two_levels({PSI: 1 / M}, LINEAR), "need d and psi"),
        (lambda: teacher_on_two_levels({DIMENSION: M**HALF, PSI: 1 / M}, LINEAR), "not below the rank"),
        (lambda: teacher_on_two_levels({DIMENSION: M, PSI: 1 / M}, LINEAR), "not below the rank"),
        (lambda: teacher_on_two_levels({DIMENSION: M**2, PSI: sin(M)}, LINEAR), "has no order"),
        (lambda: teacher_on_two_levels({DIMENSION: M**2, PSI: -1 / M}, LINEAR), "not positive"),
        (lambda: teacher_on_two_levels(THEOREM_3_2, {3: S.One}), "levels 1"),
        (lambda: teacher_on_fixed_spectrum(Sphere(IDENTITY, Integer(5)), LINEAR), "rank is 5"),
        (lambda: teacher_on_growing_sphere(IDENTITY, {DIMENSION: M**HALF}, LINEAR), "not below the rank"),
        (lambda: teacher_on_growing_sphere(RELU, {DIMENSION: log(M)}, LINEAR), "does not grow as a power"),
        (lambda: teacher_on_growing_sphere(RELU, {PSI: 1 / M}, LINEAR), "dimension alone"),
        (lambda: teacher_on_fixed_spectrum(PowerLaw(S(2)), {0: S.One}), "start at 1"),
        (lambda: teacher_on_fixed_spectrum(Exponential(Rational(1, 9)), LINEAR), "too slowly"),
        (lambda: teacher_on_fixed_spectrum(Exponential(S(3)), LINEAR).answer(L_ST), "has no limit"),
        (lambda: teacher_on_fixed_spectrum(PowerLaw(S(2)), LINEAR).answer(S.Zero), "vanishes"),
        (lambda: teacher_on_fixed_spectrum(PowerLaw(S(2)), LINEAR).answer(L_ST, PGR), "does not move"),
    ],
)
def test_bad_questions_name_the_condition(build, message):
    with pytest.raises(InvalidInput, match=message):
        build()
