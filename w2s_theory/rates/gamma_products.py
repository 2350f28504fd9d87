"""Orders of products of Gamma functions in a growing variable, by Stirling's formula.

Source: DLMF 5.11.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, Mul, Pow, S, Symbol, cancel, gamma, log, pi, simplify, sqrt

from w2s_theory.errors import InvalidInput
from w2s_theory.rates.orders import ONE, PARAMETER, Order, order_of


@dataclass(frozen=True)
class _Scale:
    """order(x) * exp(entropy * x log x + rate * x)."""

    order: Order = ONE
    entropy: Expr = S.Zero
    rate: Expr = S.Zero

    def __mul__(self, other: _Scale) -> _Scale:
        return _Scale(self.order * other.order, self.entropy + other.entropy, self.rate + other.rate)

    def __pow__(self, exponent: Expr) -> _Scale:
        return _Scale(self.order**exponent, self.entropy * exponent, self.rate * exponent)


def gamma_order(expression: Expr, variable: Symbol) -> Order:
    """Return the order in x of a product of powers of Gamma(a x + b), a > 0, and of algebraic factors.

    Raises InvalidInput where super-exponential or exponential factors do not cancel.
    """
    scale = _scale(expression, variable)
    if cancel(scale.entropy) != 0 or simplify(scale.rate) != 0:
        raise InvalidInput(f"{expression} does not grow as a power of {variable}")
    return scale.order


def _scale(expression: Expr, x: Symbol) -> _Scale:
    match expression:
        case Mul():
            product = _Scale()
            for factor in expression.args:
                product = product * _scale(factor, x)
            return product
        case Pow(base=base, exp=exponent) if base.has(gamma) and not exponent.has(x):
            power: _Scale = _scale(base, x) ** exponent
            return power
        case gamma(args=(argument,)) if argument.has(x):
            return _stirling(argument, x)
    return _Scale(order_of(expression, {x: PARAMETER}))


def _stirling(argument: Expr, x: Symbol) -> _Scale:
    """Gamma(a x + b) ~ sqrt(2 pi) (a x)^(a x + b - 1/2) exp(-a x)."""
    a, b = argument.coeff(x, 1), argument.coeff(x, 0)
    if not (a.is_positive and cancel(argument - a * x - b) == 0):
        raise InvalidInput(f"Gamma({argument}) is not Gamma of a growing linear function of {x}")
    half = S.Half
    return _Scale(Order(sqrt(2 * pi) * a ** (b - half), b - half), entropy=a, rate=a * log(a) - a)
