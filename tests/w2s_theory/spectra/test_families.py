import math

import pytest
from sympy import Integer, Piecewise, Rational, Symbol, exp, gamma, oo, pi, simplify, symbols, zeta

from w2s_theory.errors import InvalidInput
from w2s_theory.spectra.families import Exponential, Finite, PowerLaw, Sphere, TwoLevel
from w2s_theory.sphere.activations import IDENTITY, RELU, STEP, leaky_relu
from w2s_theory.sphere.harmonics import multiplicity_integer

NUMERIC = [
    Finite((1, Rational(1, 3), 0), (2, 5, 7)),
    TwoLevel(3, Rational(1, 10), 40),
    PowerLaw(Rational(5, 2), 2),
    Exponential(Rational(1, 3), 2),
    Sphere(RELU, 5),
    Sphere(STEP, 2),
]


@pytest.mark.parametrize("spectrum", NUMERIC, ids=lambda spectrum: type(spectrum).__name__)
def test_logarithms_are_those_of_the_closed_forms(spectrum):
    log_values, log_counts = spectrum.log_levels(8)
    assert len(log_values) == len(log_counts) > 0
    for index, (log_value, log_count) in enumerate(zip(log_values, log_counts, strict=True)):
        level = Integer(spectrum.first_level + index)
        value = float(spectrum.eigenvalue(level))
        assert log_value == (pytest.approx(math.log(value), rel=1e-13, abs=1e-14) if value else -math.inf)
        count = float(spectrum.multiplicity(level))
        assert log_count == pytest.approx(math.log(count), rel=1e-13, abs=1e-14)


@pytest.mark.parametrize(
    ("spectrum", "levels", "gap"),
    [
        (NUMERIC[0], 3, 1e-15),
        (NUMERIC[1], 2, 1e-15),
        (PowerLaw(4), 2000, 1e-10),
        (NUMERIC[3], 200, 1e-13),
        (NUMERIC[4], 3000, 1e-8),
    ],
    ids=["finite", "two-level", "power", "exponential", "sphere"],
)
def test_trace_is_the_sum_of_the_levels(spectrum, levels, gap):
    logs = zip(*spectrum.log_levels(levels), strict=True)
    total = math.fsum(math.exp(value + count) for value, count in logs)
    assert float(spectrum.trace) == pytest.approx(total, rel=gap)


def test_closed_forms_with_symbols():
    alpha, rate, psi = symbols("alpha r psi", positive=True)
    k, d = symbols("k d", integer=True, positive=True)
    assert PowerLaw(alpha).eigenvalue(k) == k**-alpha
    assert PowerLaw(alpha).trace == zeta(alpha)
    assert Exponential(rate).trace == 1 / (exp(rate) - 1)
    two = TwoLevel(k, psi, d - k)
    assert two.trace == k + psi * (d - k)
    assert two.rank == d
    assert Sphere(RELU, d).trace == 1 / (2 * d)


def test_conditions_name_what_is_open():
    alpha = Symbol("alpha", real=True)
    assert PowerLaw(alpha).conditions == (alpha > 1,)
    assert PowerLaw(3).conditions == ()
    assert Exponential(Symbol("r", positive=True)).conditions == ()
    dimension = Symbol("d", integer=True)
    assert Sphere(RELU, dimension).conditions == (dimension >= 2,)


def test_rank():
    d = Symbol("d", integer=True, positive=True)
    assert Sphere(IDENTITY, d).rank == d
    assert Sphere(RELU, 5).rank == PowerLaw(2).rank == Exponential(1).rank == oo
    assert NUMERIC[0].rank == 7
    assert Sphere(leaky_relu(1), 4).rank == 4


def test_a_symbolic_level_of_a_finite_spectrum_is_piecewise():
    level, psi = symbols("k psi")
    value = TwoLevel(3, psi, 5).eigenvalue(level)
    assert isinstance(value, Piecewise)
    assert [value.subs(level, i) for i in (0, 1)] == [1, psi]


def test_sphere_law_of_sorted_eigenvalues():
    d = Symbol("d", integer=True, positive=True)
    law = Sphere(RELU, d).large_level_asymptotics()
    assert law is not None
    assert simplify(law.exponent - (d + 2) / (d - 1)) == 0
    amplitude = (gamma(d / 2) / (4 * pi)) ** 2 * 2 ** (d + 2)
    assert simplify(law.constant / (amplitude * gamma(d) ** (-(d + 2) / (d - 1)))) == 1


@pytest.mark.parametrize(("activation", "dimension"), [(RELU, 3), (RELU, 4), (STEP, 3), (RELU, 2)])
def test_sphere_law_against_the_sorted_eigenvalues_themselves(activation, dimension):
    spectrum = Sphere(activation, dimension)
    law = spectrum.large_level_asymptotics()
    assert law is not None
    parity = activation.tail_parity()
    degree = 2000 + parity
    # Eigenvalues decrease along the tail, so the last one of this degree has as many at least as large:
    # those of its parity, and the few of the other one (degree 1 of ReLU, degree 0 of the step).
    position = sum(multiplicity_integer(dimension, k) for k in range(parity, degree + 1, 2))
    log_value = spectrum.log_levels(degree + 1)[0][degree]
    predicted = math.log(float(law.constant)) - float(law.exponent) * math.log(position)
    assert log_value == pytest.approx(predicted, abs=10 / 2000)


@pytest.mark.parametrize("alpha", [1, Rational(1, 2), 0, -1, 0.99])
def test_power_laws_that_do_not_sum_are_refused(alpha):
    with pytest.raises(InvalidInput, match="alpha > 1"):
        PowerLaw(alpha)


@pytest.mark.parametrize("rate", [0, -1, -0.1])
def test_exponentials_that_do_not_sum_are_refused(rate):
    with pytest.raises(InvalidInput, match="rate > 0"):
        Exponential(rate)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Finite((1, -1), (1, 1)), ">= 0"),
        (lambda: Finite((1,), (0,)), "> 0"),
        (lambda: Finite((1, 2), (1,)), "one multiplicity for each"),
        (lambda: Finite((), ()), "one multiplicity for each"),
        (lambda: PowerLaw(oo), "finite real"),
        (lambda: PowerLaw(2, 0), "amplitude"),
        (lambda: Exponential(1, -1), "amplitude"),
        (lambda: Sphere(RELU, 1), "d >= 2"),
        (lambda: Sphere(RELU, Rational(5, 2)), "d >= 2"),
        (lambda: Finite((1,), (1,)).eigenvalue(Integer(1)), "level 1"),
        (lambda: PowerLaw(Symbol("a")).log_levels(2), "symbolic"),
        (lambda: Sphere(RELU, Symbol("d")).log_levels(2), "symbolic"),
    ],
)
def test_bad_input_is_named(build, message):
    with pytest.raises(InvalidInput, match=message):
        build()


def test_multiplicities_to_ten_to_the_three_hundred():
    huge = Finite((1, Rational(1, 2)), (10**300, 3))
    assert huge.log_levels(2)[1][0] == pytest.approx(300 * math.log(10), rel=1e-15)


def test_notebooks_show_the_formulas():
    assert PowerLaw(3)._repr_latex_() == r"$\lambda_k = \frac{1}{k^{3}},\quad N_k = 1$"
    assert r"\Gamma" in Sphere(RELU, Symbol("d"))._repr_latex_()
