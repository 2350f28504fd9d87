"""Orders of growth with leading constants: x ~ c X^a (log X)^b as X grows, exponents symbolic where wished.

A quantity's order is a statement about a limit, x / (c X^a (log X)^b) -> 1. Sums keep the dominant term;
where leading terms cancel the calculus stops instead of guessing.

Source: derived here: limits of sums, products and powers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from sympy import Add, Dummy, Expr, Mul, Pow, S, Symbol, cancel, expand, fraction, log, simplify, sympify

from w2s_theory.errors import InvalidInput
from w2s_theory.notation.symbols import ALPHA, DIMENSION, M

# Exponents and constants are compared for alpha > 1 and integers d >= 2; other symbols are positive.
_FROM_THE_BOUND = {
    ALPHA: 1 + Dummy(positive=True),
    DIMENSION: 2 + Dummy(integer=True, nonnegative=True),
}


@dataclass(frozen=True)
class Order:
    """A quantity x with x / (constant * X**power * log(X)**log_power) -> 1; constant 0 means x = 0."""

    constant: Expr
    power: Expr = S.Zero
    log_power: Expr = S.Zero

    def __mul__(self, other: Order) -> Order:
        return Order(
            self.constant * other.constant,
            tidy(self.power + other.power),
            tidy(self.log_power + other.log_power),
        )

    def __truediv__(self, other: Order) -> Order:
        inverse: Order = other**S.NegativeOne
        return self * inverse

    def __pow__(self, exponent: Expr | int) -> Order:
        exponent = sympify(exponent)
        if self.is_zero and sign(exponent) <= 0:
            raise InvalidInput(
                f"0**({exponent}) does not exist; an exactly vanishing quantity needs a power > 0"
            )
        if not exponent.is_integer and sign(self.constant) < 0:
            raise InvalidInput(f"a negative quantity has no power {exponent}; take an integer power")
        return Order(self.constant**exponent, tidy(self.power * exponent), tidy(self.log_power * exponent))

    def __add__(self, other: Order) -> Order:
        """Dominant balance: the larger term, or the sum of two of the same growth."""
        comparison = self.compare(other)
        if comparison:
            return self if comparison > 0 else other
        constant = self.constant + other.constant
        if not self.is_zero and sign(constant) == 0:
            raise InvalidInput(
                f"the leading terms {self} and {other} cancel, so the limit needs terms of the next order;"
                " rewrite the expression without the difference"
            )
        return Order(constant, self.power, self.log_power)

    def __neg__(self) -> Order:
        return Order(-self.constant, self.power, self.log_power)

    def __sub__(self, other: Order) -> Order:
        return self + -other

    def compare(self, other: Order) -> int:
        """Return 1 where self / other diverges, -1 where it vanishes, 0 where it has a nonzero limit."""
        if self.is_zero or other.is_zero:
            return int(other.is_zero) - int(self.is_zero)
        return sign(self.power - other.power) or sign(self.log_power - other.log_power)

    @property
    def is_zero(self) -> bool:
        """Whether the quantity vanishes exactly."""
        return bool(self.constant.is_zero)

    @property
    def trend(self) -> int:
        """1 where the magnitude diverges, -1 where it vanishes, 0 where it tends to the constant."""
        return self.compare(ONE)

    def logarithm(self) -> Order:
        """Return the order of log(x); raises InvalidInput where it is no c X^a (log X)^b, or x tends to 1."""
        if sign(self.power):
            return Order(self.power, S.Zero, S.One)
        if sign(self.log_power):
            raise InvalidInput(f"log({self}) grows like log(log X), outside c X^a (log X)^b")
        if sign(self.constant - 1) == 0:
            raise InvalidInput("the logarithm of a quantity that tends to 1 needs terms of the next order")
        return Order(log(self.constant))

    def substitute(self, parameter: Order) -> Order:
        """Return the order in Y of this order in X, where X = parameter(Y) grows as a power of Y.

        Raises InvalidInput where X does not: only then is log X ~ power * log Y.
        """
        if sign(parameter.power) <= 0:
            raise InvalidInput(f"the parameter {parameter} does not grow as a power; give it a power > 0")
        log_part = Order(parameter.power**self.log_power, S.Zero, self.log_power)
        power_part: Order = parameter**self.power
        return Order(self.constant) * power_part * log_part

    def in_terms_of(self, base: Order) -> Order:
        """Return self as an order in the quantity x that `base` describes; log then stands for |log x|.

        Raises InvalidInput where x does not grow or decay as a power of X.
        """
        if sign(base.power) == 0:
            raise InvalidInput(
                f"{base} does not move as a power of the parameter, so nothing is measured in it"
            )
        # X^a = x / (c (log X)^b) and log X ~ |log x| / |a|.
        power = tidy(self.power / base.power)
        log_power = tidy(self.log_power - base.log_power * power)
        scale = sign(base.power) * base.power
        return Order(self.constant * base.constant**-power * scale**-log_power, power, log_power)

    def expression(self, parameter: Expr) -> Expr:
        """Return constant * parameter**power * log(parameter)**log_power."""
        return self.constant * parameter**self.power * log(parameter) ** self.log_power

    def __str__(self) -> str:
        return str(self.expression(M))


ZERO = Order(S.Zero)
ONE = Order(S.One)
PARAMETER = Order(S.One, S.One)


def total(orders: Iterable[Order]) -> Order:
    """Return the order of a sum."""
    return reduce(Order.__add__, orders, ZERO)


def sign(value: Expr) -> int:
    """Return the sign of a real expression, the same for all admissible values of its symbols.

    Raises InvalidInput where the sign depends on the symbols.
    """
    for form in (value, _shifted(value)):
        if form.is_zero:
            return 0
        if form.is_positive or form.is_negative:
            return 1 if form.is_positive else -1
    if not value.free_symbols and simplify(value) == 0:
        return 0
    raise InvalidInput(f"the sign of {value} depends on its symbols and decides the order; give them values")


def _shifted(value: Expr) -> Expr:
    """Write alpha = 1 + x, d = 2 + n and clear denominators, so that signs show in the coefficients."""
    numerator, denominator = fraction(cancel(value.xreplace(_FROM_THE_BOUND)))
    return expand(numerator) / expand(denominator)


def tidy(exponent: Expr) -> Expr:
    """Return an exponent in the shortest rational form."""
    return exponent if exponent.is_Rational else cancel(exponent)


def order_of(expression: Expr, orders: Mapping[Symbol, Order]) -> Order:
    """Return the order of an expression in quantities whose orders are known.

    Takes sums, products, powers with constant exponents, and logarithms. Raises InvalidInput where the
    result is not of the form c X^a (log X)^b or leading terms cancel.
    """
    if not expression.free_symbols & orders.keys():
        return Order(expression)
    match expression:
        case Symbol():
            return orders[expression]
        case Add():
            return total(order_of(term, orders) for term in expression.args)
        case Mul():
            return reduce(Order.__mul__, (order_of(factor, orders) for factor in expression.args))
        case Pow(base=base, exp=exponent) if not exponent.free_symbols & orders.keys():
            power: Order = order_of(base, orders) ** exponent
            return power
        case log(args=(argument,)):
            return order_of(argument, orders).logarithm()
    raise InvalidInput(
        f"{expression} has no order c X^a (log X)^b; use + - * /, constant powers, log and sqrt"
    )
