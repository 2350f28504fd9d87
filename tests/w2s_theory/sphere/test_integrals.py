import pytest
from sympy import Integer, Rational, S, Symbol, gammasimp, latex, simplify

from w2s_theory.sphere.activations import RELU
from w2s_theory.sphere.harmonics import multiplicity_integer
from w2s_theory.sphere.integrals import (
    HarmonicCount,
    KernelCoefficient,
    ReluCoefficient,
    even_integral,
    forms_count,
)

D = Symbol("d", integer=True, positive=True)
M = Symbol("m", integer=True, nonnegative=True)


@pytest.mark.parametrize("dimension", [2, 3, 7, 32])
@pytest.mark.parametrize("degree", range(9))
def test_integrals_are_the_activations_coefficients(dimension, degree):
    s = RELU.coefficient(Integer(dimension), Integer(degree))
    assert simplify(ReluCoefficient(dimension, degree).doit() - s) == 0
    assert simplify(KernelCoefficient(dimension, degree).doit() - s**2) == 0


def test_symbolic_degrees_of_either_parity():
    assert gammasimp(ReluCoefficient(D, 2 * M + 2).doit() / RELU.coefficient(D, 2 * M + 2)).simplify() == 1
    assert ReluCoefficient(D, 2 * M + 3).doit() == S.Zero
    assert KernelCoefficient(D, 2 * M + 3).doit() == S.Zero


@pytest.mark.parametrize("kind", [ReluCoefficient, KernelCoefficient])
def test_a_degree_of_unknown_parity_stays_an_integral(kind):
    integral = kind(D, Symbol("k", integer=True, nonnegative=True))
    assert integral.doit() == integral
    # 2m + 1 may be 1, where the coefficient does not vanish.
    assert kind(D, 2 * M + 1).doit() == kind(D, 2 * M + 1)


@pytest.mark.parametrize("dimension", [2, 3, 10])
@pytest.mark.parametrize("degree", range(1, 7))
def test_counts_are_the_multiplicities(dimension, degree):
    assert HarmonicCount(dimension, degree).doit() == multiplicity_integer(dimension, degree)


@pytest.mark.parametrize("dimension", [2, 3, 10])
@pytest.mark.parametrize("degree", [1, 2, 7, 8])
def test_forms_are_sums_of_harmonics_of_one_parity(dimension, degree):
    harmonics = sum(multiplicity_integer(dimension, k) for k in range(degree % 2, degree + 1, 2))
    assert forms_count(Integer(dimension), Integer(degree)) == harmonics


def test_even_integral_of_the_circle_and_of_a_polynomial_weight():
    # D = 4 has weight 1; P_2 = (4 t^2 - 1) / 3 in dimension 4.
    assert even_integral(Integer(4), Integer(0)) == 2
    assert even_integral(Integer(4), Integer(1)) == Rational(2, 9)


def test_latex_names():
    assert latex(ReluCoefficient(D, 2) ** 2) == "s_{2}^{2}"
    assert latex(KernelCoefficient(D, 2)) == r"\lambda_{2}"
    assert str(HarmonicCount(D, 3)) == "N(d, 3)"
