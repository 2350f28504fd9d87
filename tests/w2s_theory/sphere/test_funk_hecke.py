from dataclasses import replace

import pytest
from sympy import Eq, Integer, Rational, Symbol, diff, expand, simplify

from proofs_checks.methods.algebra import step_holds
from proofs_checks.methods.gamma_identities import identity_holds
from w2s_theory.sphere import funk_hecke
from w2s_theory.sphere.activations import RELU, RELU_SQUARED, STEP
from w2s_theory.sphere.funk_hecke import D, K, M, P, coefficient_derivation
from w2s_theory.sphere.harmonics import legendre, rodrigues_constant

T = Symbol("t")


@pytest.mark.parametrize("step", coefficient_derivation(), ids=lambda step: step.text[:40])
def test_every_step_re_checks(step):
    assert step_holds(step)


@pytest.mark.parametrize("step", coefficient_derivation(), ids=lambda step: step.text[:40])
def test_no_step_re_checks_with_one_side_changed(step):
    left, right = step.relation.args
    wrong = replace(step, relation=step.relation.func(left, right + Rational(1, 3), evaluate=False))
    assert not step_holds(wrong)


def test_the_formula_with_swapped_parity_is_rejected():
    swapped = Eq(
        funk_hecke.tail_value(D, P, M), funk_hecke.one_sided_coefficient(D, P + 2 + 2 * M, P), evaluate=False
    )
    assert not identity_holds(swapped)


@pytest.mark.parametrize("degree", range(6))
def test_rodrigues_formula_gives_the_legendre_polynomials(degree):
    # d = 7, where the weight (1-t^2)^2 is a polynomial.
    derivative = diff((1 - T**2) ** (degree + 2), T, degree) if degree else (1 - T**2) ** 2
    formula = (-1) ** degree * rodrigues_constant(7, degree) * derivative
    assert expand(formula - legendre(7, degree, T) * (1 - T**2) ** 2) == 0


@pytest.mark.parametrize("activation", [STEP, RELU, RELU_SQUARED], ids=lambda activation: activation.name)
def test_the_derived_formula_is_the_activations_own(activation):
    derived = funk_hecke.one_sided_coefficient(D, K, Integer(activation.order))
    assert simplify(derived - activation.coefficient(D, K)) == 0


@pytest.mark.parametrize("order", [0, 1, 2])
@pytest.mark.parametrize("degree", range(7))
def test_coefficients_are_the_integrals_that_define_them(order, degree):
    # d = 5: weight 3/4 (1-t^2), so the half-line integral is that of a polynomial.
    integrand = expand(T**order * legendre(5, degree, T) * (1 - T**2))
    integral = sum(coefficient / (power + 1) for (power,), coefficient in integrand.as_poly(T).terms())
    formula = funk_hecke.one_sided_coefficient(Integer(5), Integer(degree), Integer(order))
    assert Rational(3, 4) * integral == formula
