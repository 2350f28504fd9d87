"""Integrals over the sphere that claims are stated in: unevaluated, and carried out by `doit`.

Source: the Funk-Hecke formula; the values are those of `w2s_theory.sphere.funk_hecke` and
`w2s_theory.sphere.dual_kernels`.
"""

from __future__ import annotations

from typing import Any

from sympy import Expr, Function, Integer, Rational, S, binomial, gamma

from w2s_theory.sphere.dual_kernels import low_degree_coefficient, tail_start
from w2s_theory.sphere.funk_hecke import low_degree_value, tail_value

RELU_ORDER = Integer(1)


class ReluCoefficient(Function):  # type: ignore[misc]
    """s_k = E max(<u,x>, 0) P_k(<u,x>), x uniform on S^{d-1}: the Funk-Hecke coefficient of ReLU, unevaluated.

    `doit` carries out the integral by Rodrigues' formula and integration by parts, for degrees 0, 1 and
    symbolic degrees that are visibly 2 + 2m or 3 + 2m with an integer m >= 0.
    """

    nargs = 2

    def doit(self, **_hints: Any) -> Expr:
        """Return the value that integration by parts leaves; the integral itself for any other degree."""
        dimension, degree = self.args
        if degree in (0, 1):
            return low_degree_value(dimension, RELU_ORDER, RELU_ORDER - degree)
        if _counts(degree - 2):
            return tail_value(dimension, RELU_ORDER, (degree - 2) / 2)
        return S.Zero if _counts(degree - 3) else self

    def _sympystr(self, printer: Any) -> str:
        return f"s({printer.stringify(self.args, ', ')})"

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        return _with_exponent(f"s_{{{printer.doprint(self.args[1])}}}", exp)


class KernelCoefficient(Function):  # type: ignore[misc]
    """E K(<u,x>) P_k(<u,x>), x uniform on S^{d-1}: the ReLU kernel's eigenvalue on degree k, unevaluated.

    K(<u,v>) = E max(<u,x>, 0) max(<v,x>, 0). `doit` carries out the integral for the degrees for which
    `ReluCoefficient` does, from two integrations by parts and the recursion of `even_integral`.
    """

    nargs = 2

    def doit(self, **_hints: Any) -> Expr:
        """Return the value that integration by parts leaves; the integral itself for any other degree."""
        dimension, degree = self.args
        if degree in (0, 1):
            return low_degree_coefficient(dimension, int(RELU_ORDER), int(degree))
        if _counts(degree - 2):
            start, top = tail_start(dimension, RELU_ORDER), dimension + 4
            return start * even_integral(top, (degree - 2) / 2) / even_integral(top, S.Zero)
        return S.Zero if _counts(degree - 3) else self

    def _sympystr(self, printer: Any) -> str:
        return f"lambda({printer.stringify(self.args, ', ')})"

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        return _with_exponent(rf"\lambda_{{{printer.doprint(self.args[1])}}}", exp)


class HarmonicCount(Function):  # type: ignore[misc]
    """N(d, k), the dimension of the harmonic forms of degree k >= 1 in d variables, unevaluated.

    `doit` counts all forms of degree k less those that r^2 divides.
    """

    nargs = 2

    def doit(self, **_hints: Any) -> Expr:
        """Return the difference of two binomial coefficients."""
        dimension, degree = self.args
        return forms_count(dimension, degree) - forms_count(dimension, degree - 2)

    def _sympystr(self, printer: Any) -> str:
        return f"N({printer.stringify(self.args, ', ')})"

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        return _with_exponent(f"N({', '.join(map(printer.doprint, self.args))})", exp)


def forms_count(dimension: Expr, degree: Expr) -> Expr:
    """Return the dimension of the forms of degree k in d variables, which is also the sum of N(d, k - 2i)."""
    return binomial(degree + dimension - 1, dimension - 1)


def even_integral(dimension: Expr, half_degree: Expr) -> Expr:
    """Return the integral of P_n(x) (1-x^2)^{(D-4)/2} over [-1, 1] for n = 2h, P_n in dimension D.

    The beta integral at h = 0 times the squares of (2i+1) / (2i+D-1), i < h (`dual_kernels.structure_steps`).
    """
    d, h, half = dimension, half_degree, Rational(1, 2)
    start = gamma(half) * gamma((d - 2) / 2) / gamma((d - 1) / 2)
    rising = gamma(h + half) * gamma((d - 1) / 2) / (gamma(half) * gamma(h + (d - 1) / 2))
    return start * rising**2


def _counts(number: Expr) -> bool:
    """Return whether an expression is visibly 0, 2, 4, ..."""
    half = number / 2
    return bool(half.is_integer and half.is_nonnegative)


def _with_exponent(base: str, exponent: str | None) -> str:
    return base if exponent is None else f"{base}^{{{exponent}}}"
