import pytest
from sympy import Eq, Rational, Symbol, acos, cos, expand, integrate, pi, simplify, sin, sqrt, symbols

from proofs_checks.methods.gamma_identities import identity_holds
from w2s_theory.errors import InvalidInput
from w2s_theory.sphere.activations import ABSOLUTE_VALUE, IDENTITY, RELU, leaky_relu, monomial
from w2s_theory.sphere.dual_kernels import RHO, arc_cosine, arc_cosine_parts, dual_kernel, kernel_derivation
from w2s_theory.sphere.harmonics import legendre

D = Symbol("d", integer=True, positive=True)
ALL_STEPS = [
    pytest.param(step, id=f"{p}-{i}") for p in range(3) for i, step in enumerate(kernel_derivation(p))
]


@pytest.mark.parametrize("step", ALL_STEPS)
def test_every_step_re_checks(step):
    assert identity_holds(step.relation)


@pytest.mark.parametrize("step", ALL_STEPS)
def test_no_step_re_checks_with_one_side_changed(step):
    relation = step.relation
    assert not identity_holds(Eq(relation.lhs, relation.rhs + Rational(1, 3), evaluate=False))


def test_orders_zero_one_two_are_those_of_cho_and_saul():
    angle, root = pi - acos(RHO), sqrt(1 - RHO**2)
    expected = (angle, root + RHO * angle, 3 * RHO * root + (1 + 2 * RHO**2) * angle)
    for order, formula in enumerate(expected):
        assert expand(arc_cosine(order, RHO) - formula) == 0


@pytest.mark.parametrize("order", range(5))
def test_differentiation_lowers_any_order(order):
    derivative = arc_cosine(order + 1, RHO).diff(RHO)
    assert simplify(derivative - (order + 1) ** 2 * arc_cosine(order, RHO)) == 0


def test_relu_kernel_is_the_known_formula():
    expected = (sqrt(1 - RHO**2) + RHO * (pi - acos(RHO))) / (2 * pi * D)
    assert simplify(dual_kernel(RELU, D, RHO) - expected) == 0


def test_kernel_at_one_is_the_trace_and_at_minus_one_the_overlap():
    slope = Symbol("a")
    for activation in (RELU, ABSOLUTE_VALUE, leaky_relu(slope), monomial(2)):
        assert simplify(dual_kernel(activation, D, 1) - activation.second_moment(D)) == 0
    assert simplify(dual_kernel(leaky_relu(slope), D, -1) + slope / D) == 0


def test_polynomial_activations_have_polynomial_kernels():
    # E <u,x><v,x> = rho/d and E <u,x>^2 <v,x>^2 = (1 + 2 rho^2)/(d(d+2)); acos(-rho) = pi - acos(rho).
    def reduced(activation):
        return simplify(dual_kernel(activation, D, RHO).rewrite(acos).subs(acos(-RHO), pi - acos(RHO)))

    assert simplify(reduced(IDENTITY) - RHO / D) == 0
    assert simplify(reduced(monomial(2)) - (1 + 2 * RHO**2) / (D * (D + 2))) == 0


@pytest.mark.parametrize("degree", range(1, 6))
def test_structure_recursions_of_the_legendre_polynomials(degree):
    t, d = symbols("t d", positive=True)
    below, here, above = (legendre(d, degree + shift, t) for shift in (-1, 0, 1))
    total = 2 * degree + d - 2
    assert simplify(total * t * here - (degree + d - 2) * above - degree * below) == 0
    right = degree * (degree + d - 2) / total * (below - above)
    assert simplify((1 - t**2) * here.diff(t) - right) == 0


@pytest.mark.parametrize("degree", range(5))
def test_kernel_coefficients_of_relu_by_direct_integration(degree):
    # d = 4: weight (2/pi) sqrt(1-t^2); in the angle all terms are elementary.
    angle = Symbol("theta", positive=True)
    root_part, angle_part = arc_cosine_parts(1, cos(angle))
    kernel = (root_part * sin(angle) + angle_part * (pi - angle)) / (2 * pi * 4)
    integrand = kernel * legendre(4, degree, cos(angle)) * sin(angle) ** 2
    direct = 2 / pi * integrate(expand(integrand), (angle, 0, pi))
    assert expand(direct - RELU.coefficient(4, degree) ** 2) == 0


@pytest.mark.parametrize("rho", [2, Rational(-3, 2)])
def test_inner_products_beyond_one_are_refused(rho):
    with pytest.raises(InvalidInput, match=r"\[-1, 1\]"):
        dual_kernel(RELU, 3, rho)


def test_orders_without_a_derivation_are_refused():
    with pytest.raises(InvalidInput, match="0, 1 and 2"):
        kernel_derivation(3)
