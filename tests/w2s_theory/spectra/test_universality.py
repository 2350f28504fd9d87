import mpmath
import pytest
from sympy import Rational, S, Symbol, cancel, exp, simplify, symbols, together

from w2s_theory.spectra import universality
from w2s_theory.spectra.universality import IDENTITIES, Level

KAPPA, TIME = symbols("kappa t", positive=True)
THREE_LEVELS = tuple(Level(*symbols(f"lambda{i} N{i} mass{i}", positive=True)) for i in range(3))


@pytest.mark.parametrize("step", IDENTITIES, ids=lambda step: step.text[:30])
def test_identities_hold_on_a_generic_level(step):
    assert cancel(step.relation.lhs - step.relation.rhs) == 0


def test_a_student_that_copies_its_teacher_has_its_loss():
    copied = universality.student_loss(THREE_LEVELS, KAPPA, universality.copy_of_teacher())
    assert cancel(together(copied - universality.teacher_loss(THREE_LEVELS, KAPPA))) == 0


def test_the_variance_matches_its_form_with_the_width():
    """kappa^2 [sum mass lambda R^2] [sum N lambda R^2 A^2] / (M - df2) with M = df1."""
    student = universality.ridge(TIME)
    R = [1 / (level.eigenvalue + KAPPA) for level in THREE_LEVELS]
    on_target = sum(x.mass * x.eigenvalue * r**2 for x, r in zip(THREE_LEVELS, R, strict=True))
    passed = sum(
        x.multiplicity * x.eigenvalue * r**2 * student.learned(x.eigenvalue) ** 2
        for x, r in zip(THREE_LEVELS, R, strict=True)
    )
    gap = universality.degrees_of_freedom(THREE_LEVELS, KAPPA) - universality.second_degrees_of_freedom(
        THREE_LEVELS, KAPPA
    )
    expected = KAPPA**2 * on_target * passed / gap
    numbers = {
        symbol: Rational(index + 2, 7)
        for index, symbol in enumerate(sorted(expected.free_symbols, key=lambda symbol: symbol.name))
    }
    value = universality.variance(THREE_LEVELS, KAPPA, student)
    assert cancel(value.subs(numbers) - expected.subs(numbers)) == 0


def test_the_mean_teacher_risk_is_the_squared_teacher_loss_on_one_level():
    level = (Level(Symbol("lambda", positive=True), S.One, S.One),)
    mean, teacher = universality.mean_teacher_loss(level, KAPPA), universality.teacher_loss(level, KAPPA)
    assert simplify(mean - teacher**2) == 0
    assert universality.misalignment([level[0].eigenvalue], KAPPA) == teacher


@pytest.mark.parametrize(
    "student",
    [
        universality.gradient_flow(TIME),
        universality.ridge(TIME),
        universality.gradient_descent(TIME, 3),
        universality.cut_off(Rational(1, 2)),
    ],
)
def test_filters_add_up_to_one(student):
    eigenvalue = Rational(1, 3)
    assert simplify(student.learned(eigenvalue) + student.unlearned(eigenvalue)) == 1


def test_no_filter_is_the_constant_predictor():
    nothing = universality.ridge(S.Zero)
    untrained = universality.SpectralFilter(nothing.unlearned, nothing.learned)
    loss = universality.student_loss(THREE_LEVELS, KAPPA, untrained)
    assert simplify(loss - sum(level.mass for level in THREE_LEVELS)) == 0


def test_the_formulas_also_take_mpmath_numbers():
    level = Level(mpmath.mpf(1), mpmath.mpf(8), mpmath.mpf(1))
    flow = universality.gradient_flow(mpmath.mpf(2), mpmath.exp, mpmath.expm1)
    value = universality.student_loss((level,), mpmath.mpf(1) / 3, flow)
    q, e = Rational(1, 4), exp(-2)
    exact = (e + (1 - e) * q) ** 2 + q * (1 - q) * (1 - e) ** 2
    assert abs(value - mpmath.mpf(str(exact.evalf(20)))) < mpmath.mpf(10) ** -14
