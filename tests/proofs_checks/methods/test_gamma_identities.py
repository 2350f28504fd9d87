import pytest
from sympy import Derivative, Eq, Function, Rational, Symbol, gamma, pi, sin

from proofs_checks.methods.gamma_identities import identity_holds

Z = Symbol("z", positive=True)
M = Symbol("m", integer=True, nonnegative=True)
X = Symbol("x", real=True)
F = Function("f")(X)


def equation(left, right):
    return Eq(left, right, evaluate=False)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (gamma(Z + 1), Z * gamma(Z)),
        (gamma(Z) * gamma(1 - Z), pi / sin(pi * Z)),
        (gamma(Rational(1, 2) - M) * gamma(Rational(1, 2) + M), pi * (-1) ** M),
        (Derivative(X * F, X), F + X * Derivative(F, X)),
    ],
)
def test_true_identities_hold_and_doubled_ones_do_not(left, right):
    assert identity_holds(equation(left, right))
    assert not identity_holds(equation(left, 2 * right))


def test_a_nonzero_constant_is_not_zero():
    assert not identity_holds(equation(pi, 0 * pi))
    assert not identity_holds(equation(0 * pi, pi))
