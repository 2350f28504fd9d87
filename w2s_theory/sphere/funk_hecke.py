"""Derivation of the sphere coefficients s_k of max(x, 0)**p, step by step, for symbolic d, k and p.

1. Rodrigues' formula turns P_k(x) (1-x^2)^{(d-3)/2} into the k-th derivative of W = (1-x^2)^{k+(d-3)/2}.
2. Integration by parts against x^p on [0, 1] leaves one derivative of W at 0, or a beta integral.
3. Both cases are the one formula of `Activation.coefficient`; half-lines combine by parity.

Degrees are written k = p + 1 + 2m (nonzero tail), k = p + 2 + 2m (zeros) and k = p - q (low degrees) with
integers m, q >= 0, so every step is an identity in free symbols.

Source: the Funk-Hecke formula and Rodrigues' formula (DLMF 18.5 for Gegenbauer polynomials); the rest is derived
here.
"""

from __future__ import annotations

from typing import Final

from sympy import (
    Derivative,
    Expr,
    Function,
    Rational,
    S,
    binomial,
    factorial,
    gamma,
    pi,
    sin,
    sqrt,
)

from w2s_theory.claim import Rule, Step
from w2s_theory.notation.symbols import DIMENSION, Topic
from w2s_theory.relations import at_least, equal
from w2s_theory.sphere.activations import RELU
from w2s_theory.sphere.harmonics import rodrigues_constant

letters = Topic(__name__)

D: Final = DIMENSION
K, P, M, Q, J = letters.symbols("k", "p", "m", "q", "j", integer=True, nonnegative=True)
X: Final = letters.symbol("x", real=True)
RIGHT, LEFT = letters.symbols("right", "left", real=True)


def one_sided_coefficient(dimension: Expr, degree: Expr, order: Expr) -> Expr:
    """Return s_k of max(x, 0)**p for symbolic d, k and p: p! Gamma(d/2) / (2^{p+1} Gamma Gamma)."""
    d, k, p = dimension, degree, order
    denominator = 2 ** (p + 1) * gamma((p - k) / 2 + 1) * gamma((p + k + d) / 2)
    return factorial(p) * gamma(d / 2) / denominator


def weight_normalizer(dimension: Expr) -> Expr:
    """Return the constant that makes (1-x^2)^{(d-3)/2} a probability density on [-1, 1]."""
    return gamma(dimension / 2) / (sqrt(pi) * gamma((dimension - 1) / 2))


def _identity(text: str, left: Expr, right: Expr) -> Step:
    return Step(text, equal(left, right), by=Rule.IDENTITY)


def rodrigues_steps() -> tuple[Step, ...]:
    """Return the proof of Rodrigues' formula for P_k in dimension d.

    P_k(x) (1-x^2)^{(d-3)/2} = (-1)^k c_k (d/dx)^k (1-x^2)^{k+(d-3)/2}, with
    c_k = 2^-k Gamma((d-1)/2) / Gamma(k+(d-1)/2).
    """
    exponent = K + (D - 3) / 2
    base = 1 - X**2
    weight = base ** ((D - 3) / 2)
    y, legendre = Function("y")(X), Function("P")(X)
    leibniz = (
        base * Derivative(y, (X, 2))
        + binomial(K + 1, 1) * (-2 * X) * Derivative(y, X)
        + binomial(K + 1, 2) * (-2) * y
        + 2 * exponent * (X * Derivative(y, X) + binomial(K + 1, 1) * y)
    )

    def rodrigues_equation(function: Expr) -> Expr:
        slope, curvature = Derivative(function, X), Derivative(function, (X, 2))
        return base * curvature + (D - 5) * X * slope + (K + 1) * (K + D - 3) * function

    slope, curvature = Derivative(legendre, X), Derivative(legendre, (X, 2))
    legendre_equation = base * curvature - (D - 1) * X * slope + K * (K + D - 2) * legendre
    return (
        _identity(
            "W = (1-x^2)^a with a = k+(d-3)/2 solves a first-order equation.",
            base * Derivative(base**exponent, X),
            -2 * exponent * X * base**exponent,
        ),
        _identity(
            "differentiated k+1 times by Leibniz's rule, it is a second-order equation for y = W^(k).",
            leibniz,
            rodrigues_equation(y),
        ),
        _identity(
            "y = (1-x^2)^((d-3)/2) P makes it Legendre's equation, whose solution regular at x = 1 is P_k"
            " up to a factor.",
            rodrigues_equation(weight * legendre) / weight,
            legendre_equation,
        ),
        _identity(
            "the factor: near x = 1, W^(k) ~ (-1)^k a (a-1) ... (a-k+1) 2^a (1-x)^(a-k), so P_k(1) = 1 asks for"
            " c_0 = 1 and, with a-k+1 = (d-1)/2, this recursion.",
            rodrigues_constant(D, K + 1) * 2 * (K + (D - 1) / 2),
            rodrigues_constant(D, K),
        ),
    )


def tail_value(dimension: Expr, order: Expr, m: Expr) -> Expr:
    """Return s_k at k = p + 1 + 2m as Rodrigues' formula and p + 1 integrations by parts leave it."""
    d, p = dimension, order
    k = p + 1 + 2 * m
    derivative_at_zero = (-1) ** m * factorial(2 * m) * binomial(k + (d - 3) / 2, m)
    by_parts = (-1) ** (p + 1) * factorial(p) * derivative_at_zero
    return weight_normalizer(d) * (-1) ** k * rodrigues_constant(d, k) * by_parts


def low_degree_value(dimension: Expr, order: Expr, q: Expr) -> Expr:
    """Return s_k at k = p - q >= 0 as Rodrigues' formula and k integrations by parts leave it."""
    d, p = dimension, order
    k = p - q
    beta_integral = gamma((q + 1) / 2) * gamma(k + (d - 1) / 2) / (2 * gamma((p + k + d) / 2))
    by_parts = factorial(p) / factorial(q) * beta_integral
    return weight_normalizer(d) * rodrigues_constant(d, k) * by_parts


def integration_steps() -> tuple[Step, ...]:
    """Return the derivation of s_k of max(x, 0)**p from Rodrigues' formula by integration by parts."""
    inner = Function("V")(X)
    exponent = K + (D - 3) / 2

    def taylor(index: Expr) -> Expr:
        return (-1) ** index * binomial(exponent, index)

    return (
        _identity(
            "product rule: integration by parts lowers the power of x, and the order of the derivative V of"
            " W, by one.",
            X**J * Derivative(inner, X),
            Derivative(X**J * inner, X) - J * X ** (J - 1) * inner,
        ),
        Step(
            "boundary terms vanish: at 0 by x^j, at 1 since V = W^(i), i < k, keeps a power of 1-x of at"
            " least a-(k-1) >= 1/2.",
            at_least(exponent - (K - 1), Rational(1, 2)),
            Rule.NONNEGATIVE,
            given=(at_least(D, 2),),
        ),
        _identity(
            "W^(2m)(0) = (2m)! w_m with w_m = (-1)^m binomial(a, m): w_0 = 1 and the recursion that the"
            " equation of W demands.",
            (2 * M + 2) * taylor(M + 1),
            (2 * M - 2 * exponent) * taylor(M),
        ),
        _identity(
            "degrees k = p+1+2m: p+1 integrations by parts leave (-1)^(p+1) p! W^(2m)(0).",
            tail_value(D, P, M),
            one_sided_coefficient(D, P + 1 + 2 * M, P),
        ),
        _identity(
            "degrees k = p+2+2m: they leave an odd derivative of the even W at 0, so s_k = 0; in the formula"
            " 1/Gamma(-m) = -Gamma(m+1) sin(pi m)/pi = 0.",
            -gamma(M + 1) * sin(pi * M, evaluate=False) / pi,
            S.Zero,
        ),
        _identity(
            "degrees k = p-q: k integrations by parts leave p!/q! times the beta integral of x^q W.",
            low_degree_value(D, P, Q),
            one_sided_coefficient(D, P - Q, P),
        ),
    )


def relu_even_form(dimension: Expr, m: Expr) -> Expr:
    """Return s_k of ReLU at k = 2m, m >= 0, in the form without poles in the denominator."""
    d, k = dimension, 2 * m
    return (-1) ** (m - 1) * gamma(d / 2) * gamma((k - 1) / 2) / (4 * pi * gamma((k + d + 1) / 2))


def combination_steps() -> tuple[Step, ...]:
    """Return how half-lines combine, the recursion in k, and the ReLU coefficients without poles."""
    half_line = Function("s")(K)
    return (
        _identity(
            "act(x) = right max(x,0)^p + left max(-x,0)^p: x -> -x and P_k(-x) = (-1)^k P_k(x) combine the"
            " half-lines.",
            RIGHT * half_line + LEFT * (-1) ** K * half_line,
            (RIGHT + LEFT * (-1) ** K) * half_line,
        ),
        _identity(
            "two degrees up, s_k changes by a rational factor.",
            one_sided_coefficient(D, K + 2, P),
            -(K - P) / (K + D + P) * one_sided_coefficient(D, K, P),
        ),
        _identity(
            "ReLU at even degrees k = 2m, by the reflection formula.",
            RELU.coefficient(D, 2 * M),
            relu_even_form(D, M),
        ),
        _identity("ReLU at degree 1.", RELU.coefficient(D, S.One), 1 / (2 * D)),
    )


def decay_steps() -> tuple[Step, ...]:
    """Return the tail of s_k as a quotient of Gamma functions, which bounds of digamma squeeze."""
    amplitude = factorial(P) * gamma(D / 2) / (2 ** (P + 1) * pi)
    k = P + 1 + 2 * M
    return (
        _identity(
            "degrees k = p+1+2m: by reflection |s_k| = c Gamma((k-p)/2) / Gamma((k+p+d)/2), which lies"
            " between c (k/2+d/4)^-(d/2+p) and c ((k-p-1)/2)^-(d/2+p).",
            one_sided_coefficient(D, k, P),
            (-1) ** M * amplitude * gamma((k - P) / 2) / gamma((k + P + D) / 2),
        ),
    )


def coefficient_derivation() -> tuple[Step, ...]:
    """Return the whole derivation: Rodrigues, integration by parts, half-lines, decay."""
    return rodrigues_steps() + integration_steps() + combination_steps() + decay_steps()
