"""Dual kernels E act(<u,x>) act(<v,x>) on the sphere: the arc-cosine kernels of every order, in closed form.

kappa_p(rho) = J_p(rho) / (2 pi d (d+2) ... (d+2p-2)) for act = max(t, 0)**p, with Cho and Saul's (2009)
angular functions J_p as functions of rho = <u,v>. The derivation shows that its Legendre coefficients are
the squares s_k**2, so that kappa_p(rho) = sum_k s_k**2 N(d,k) P_k(rho).

Source: Cho and Saul 2009 for Gaussian inputs; unit inputs, and the coefficients by recursion, are derived here.
"""

from __future__ import annotations

from typing import Final

from sympy import (
    Derivative,
    Expr,
    Integer,
    Integral,
    Mul,
    Rational,
    S,
    acos,
    cos,
    factorial,
    gamma,
    pi,
    sin,
    sqrt,
    sympify,
)

from w2s_theory.claim import Rule, Step
from w2s_theory.errors import InvalidInput
from w2s_theory.notation.symbols import Topic
from w2s_theory.relations import equal
from w2s_theory.sphere.activations import Activation
from w2s_theory.sphere.funk_hecke import D, K, P, one_sided_coefficient, weight_normalizer

letters = Topic(__name__)

RHO: Final = letters.symbol("rho", real=True)
THETA: Final = letters.symbol("theta", positive=True)
PHI: Final = letters.symbol("phi", real=True)
MAX_DERIVED_ORDER: Final = 2


def arc_cosine_parts(order: int, rho: Expr) -> tuple[Expr, Expr]:
    """Return polynomials A, B with J_p(rho) = A sqrt(1-rho^2) + B (pi - arccos rho), p >= 0.

    From J_p = (1-rho^2)^{p+1/2} (d/drho)^p [(pi - arccos rho) / sqrt(1-rho^2)] (Cho and Saul 2009).
    """
    r = letters.symbol("r")
    root_part, angle_part = S.Zero, S.One
    for p in range(order):
        root_part, angle_part = (
            (root_part.diff(r) * (1 - r**2) + 2 * p * r * root_part + angle_part).expand(),
            (angle_part.diff(r) * (1 - r**2) + (2 * p + 1) * r * angle_part).expand(),
        )
    return root_part.subs(r, rho), angle_part.subs(r, rho)


def arc_cosine(order: int, rho: Expr) -> Expr:
    """Return the angular function J_p(rho) of the arc-cosine kernel of order p >= 0, rho in [-1, 1]."""
    root_part, angle_part = arc_cosine_parts(order, rho)
    return root_part * sqrt(1 - rho**2) + angle_part * (pi - acos(rho))


def radial_factor(dimension: Expr, order: int) -> Expr:
    """Return 1 / (d (d+2) ... (d+2p-2)): the Gaussian's 2p-th radial moment divided out."""
    d = sympify(dimension)
    return 1 / Mul(*(d + 2 * i for i in range(order)))


def dual_kernel(activation: Activation, dimension: Expr, rho: Expr) -> Expr:
    """Return E act(<u,x>) act(<v,x>), x uniform on the unit sphere, for <u,v> = rho in [-1, 1].

    (right**2 + left**2) kappa(rho) + 2 right left kappa(-rho) with kappa of the right half-line alone.
    Raises InvalidInput for a number rho outside [-1, 1].
    """
    r = sympify(rho)
    if r.is_number and not (r >= -1 and r <= 1):
        raise InvalidInput(f"rho is {r}; the inner product of two unit vectors lies in [-1, 1]")
    p, right, left = activation.order, activation.right, activation.left
    angular = (right**2 + left**2) * arc_cosine(p, r) + 2 * right * left * arc_cosine(p, -r)
    return radial_factor(dimension, p) * angular / (2 * pi)


def _identity(text: str, left: Expr, right: Expr) -> Step:
    return Step(text, equal(left, right), by=Rule.IDENTITY)


def closed_form_steps(order: int) -> tuple[Step, ...]:
    """Return the derivation of J_p as an integral over the plane of u and v; order 0, 1 or 2."""
    overlap = Integral(cos(PHI) ** order * cos(THETA - PHI) ** order, (PHI, THETA - pi / 2, pi / 2))
    root_part, angle_part = arc_cosine_parts(order, cos(THETA))
    return (
        _identity(
            "in the plane of u and v at angle theta, both half-lines are active for an arc of angles phi;"
            " E r^(2p) = 2^p p! for the Gaussian radius.",
            2**order * factorial(order) * overlap,
            root_part * sin(THETA) + angle_part * (pi - THETA),
        ),
    )


def structure_steps() -> tuple[Step, ...]:
    """Return why I_n = integral of P_n (1-x^2)^{(D-4)/2} in dimension D obeys a two-term recursion.

    With P_{n-1}, P_n, P_{n+1} the Legendre polynomials in dimension D.
    """
    n, dimension = letters.symbol("n", integer=True, positive=True), letters.symbol("D", positive=True)
    below, above = letters.symbols("P_below", "P_above")
    total = 2 * n + dimension - 2
    multiplied = ((n + dimension - 2) * above + n * below) / total
    differentiated = n * (n + dimension - 2) / total * (below - above)
    return (
        _identity(
            "(1-x^2)^(-(D-4)/2) d/dx [(1-x^2)^((D-2)/2) P_n], by the recursions of x P_n and (1-x^2) P_n',"
            " integrates to 0: I_(n+1) / I_(n-1) = (n / (n+D-2))^2.",
            differentiated - (dimension - 2) * multiplied,
            (n**2 * below - (n + dimension - 2) ** 2 * above) / total,
        ),
    )


def tail_start(dimension: Expr, order: Expr) -> Expr:
    """Return the Legendre coefficient of kappa_p at degree p + 1, after p + 1 integrations by parts.

    Each raises the dimension by 2 and lowers the degree by 1; (d/drho)^{p+1} J_p = p!^2 (1-rho^2)^{-1/2}.
    """
    d, p = dimension, order
    top = d + 2 * p + 2
    radial = gamma(d / 2) / (2**p * gamma(d / 2 + p))
    raised = gamma((d - 1) / 2) / (2 ** (p + 1) * gamma((d - 1) / 2 + p + 1))
    beta_integral = gamma(Rational(1, 2)) * gamma((top - 2) / 2) / gamma((top - 1) / 2)
    return weight_normalizer(d) * radial * factorial(p) ** 2 / (2 * pi) * raised * beta_integral


def even_moment(order: int, dimension: Expr) -> Expr:
    """Return the integral of J_q(x) (1-x^2)^{(D-3)/2} over [-1, 1], q = 0, 1, 2, by beta integrals.

    J_q(x) + J_q(-x) is pi, 2 sqrt(1-x^2) + 2 x arcsin x, pi (1 + 2x^2); the arcsine goes by parts.
    """
    exponent = (dimension - 3) / 2

    def beta_integral(power: int, shift: Expr) -> Expr:
        first, second = Rational(power + 1, 2), exponent + shift + 1
        return gamma(first) * gamma(second) / gamma(first + second)

    half = Rational(1, 2)
    if order == 0:
        return pi / 2 * beta_integral(0, S.Zero)
    if order == 1:
        return beta_integral(0, half) * (1 + 1 / (2 * (exponent + 1)))
    return pi / 2 * (beta_integral(0, S.Zero) + 2 * beta_integral(2, S.Zero))


def low_degree_coefficient(dimension: Expr, order: int, degree: int) -> Expr:
    """Return the Legendre coefficient of kappa_p at a degree k <= p, after k integrations by parts."""
    d, p, k = dimension, order, degree
    raised = gamma((d - 1) / 2) / (2**k * gamma((d - 1) / 2 + k))
    derivative_factor = (factorial(p) / factorial(p - k)) ** 2
    moment = even_moment(p - k, d + 2 * k)
    return weight_normalizer(d) * radial_factor(d, p) / (2 * pi) * derivative_factor * raised * moment


def kernel_derivation(order: int) -> tuple[Step, ...]:
    """Return the proof that kappa_p has Legendre coefficients s_k**2, for symbolic d and all k.

    Raises InvalidInput for an order other than 0, 1, 2.
    """
    if not 0 <= order <= MAX_DERIVED_ORDER:
        raise InvalidInput(f"order {order} has no derivation here; arc-cosine orders are 0, 1 and 2")
    p = Integer(order)
    derivative = Derivative(arc_cosine(order, RHO), RHO)
    lower = p**2 * arc_cosine(order - 1, RHO) if order else 1 / sqrt(1 - RHO**2)
    low_degrees = tuple(
        _identity(
            f"degree {k}: the coefficient of the kernel is s_{k}^2.",
            low_degree_coefficient(D, order, k),
            one_sided_coefficient(D, Integer(k), p) ** 2,
        )
        for k in range(order + 1)
    )
    recursion = (one_sided_coefficient(D, K + 2, P) / one_sided_coefficient(D, K, P)) ** 2
    n, top = K - P - 1, D + 2 * P + 2
    return (
        *closed_form_steps(order),
        _identity(
            "differentiating lowers the order: J_p' = p^2 J_(p-1), J_0' = (1-rho^2)^(-1/2).",
            derivative,
            lower,
        ),
        *low_degrees,
        _identity(
            "degree p+1: the coefficient of the kernel is s_(p+1)^2.",
            tail_start(D, P),
            one_sided_coefficient(D, P + 1, P) ** 2,
        ),
        *structure_steps(),
        _identity(
            "with m = n+1, n = k-p-1 and D = d+2p+2, that recursion is the one of s_k^2; odd n give 0 on both"
            " sides.",
            ((n + 1) / (n + top - 1)) ** 2,
            recursion,
        ),
        _identity(
            "at rho = 1, where P_k = 1: the trace sum_k N(d,k) s_k^2 is E max(<u,x>,0)^(2p), a beta integral.",
            radial_factor(D, order) * arc_cosine(order, S.One) / (2 * pi),
            weight_normalizer(D) * gamma(p + Rational(1, 2)) * gamma((D - 1) / 2) / (2 * gamma(p + D / 2)),
        ),
    )
