"""Positively homogeneous activations: one formula gives the sphere coefficients of all of them.

Source: Medvedev et al. 2025 for ReLU; Cho and Saul 2009 for the other orders; their coefficients are derived in
`w2s_theory.sphere.funk_hecke`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from sympy import Abs, Expr, Integer, Mul, Rational, S, factorial, gamma, pi, sign

from w2s_theory.errors import InvalidInput
from w2s_theory.notation.parameters import finite_real
from w2s_theory.sphere.decay import PowerDecay
from w2s_theory.sphere.harmonics import check_degree, check_dimension

LARGEST_EXACT_GAMMA: Final = 20_000


@dataclass(frozen=True)
class Activation:
    """act(t) = right * max(t, 0)**order + left * max(-t, 0)**order.

    ReLU, step, ReLU^2, leaky ReLU, absolute value, identity and all monomials have this form, and
    their sphere coefficients differ from those of max(t, 0)**order by the factor
    right + left * (-1)**degree alone.

    `order` is an integer >= 0; `right` and `left` are real and may be symbols. At t = 0 the step
    (order 0) takes the value right / 2 + left / 2. Raises InvalidInput for another order, or slopes that are not
    finite and real.
    """

    name: str
    order: int
    right: Expr
    left: Expr

    def __post_init__(self) -> None:
        if self.order < 0:
            raise InvalidInput(f"activation order is {self.order}; it must be an integer >= 0")
        object.__setattr__(self, "right", finite_real(self.right, "the right slope"))
        object.__setattr__(self, "left", finite_real(self.left, "the left slope"))

    def __call__(self, argument: Expr) -> Expr:
        """Return act(argument) as a sympy expression, for a real argument."""
        half = Rational(1, 2)
        even, odd = half * (self.right + self.left), half * (self.right - self.left)
        magnitude = Abs(argument) ** self.order
        return even * magnitude + odd * sign(argument) * magnitude

    def side_weight(self, degree: Expr) -> Expr:
        """Return right + left * (-1)**degree, the factor by which the two half-lines combine."""
        return self.right + self.left * S.NegativeOne**degree

    def coefficient(self, dimension: Expr, degree: Expr) -> Expr:
        """Return the Funk-Hecke coefficient s_k, valid for symbolic dimension d >= 2 and degree k >= 0.

        s_k = side_weight(k) * p! Gamma(d/2) / (2**(p+1) Gamma((p-k)/2 + 1) Gamma((p+k+d)/2)) with p
        the order; where the first Gamma in the denominator has a pole, s_k = 0. Raises InvalidInput for
        d < 2 or k < 0.
        """
        d, k, p = check_dimension(dimension), check_degree(degree), Integer(self.order)
        one_sided = _gamma(d / 2) * factorial(p) / 2 ** (p + 1)
        return self.side_weight(k) * one_sided / (gamma((p - k) / 2 + 1) * _gamma((p + k + d) / 2))

    def second_moment(self, dimension: Expr) -> Expr:
        """Return E act(<u,x>)**2 for x uniform on the unit sphere: the trace of the kernel.

        (right**2 + left**2) / 2 times E <u,x>**(2p) = 1 3 ... (2p-1) / (d (d+2) ... (d+2p-2)).
        """
        d = check_dimension(dimension)
        moment = Mul(*(Integer(2 * i + 1) / (d + 2 * i) for i in range(self.order)))
        return (self.right**2 + self.left**2) * moment / 2

    def top_degree(self) -> int | None:
        """Return the last degree with a nonzero coefficient, or None where there are infinitely many."""
        return self.order if self.side_weight(Integer(self.order + 1)).is_zero else None

    def tail_parity(self) -> int | None:
        """Return the parity, 0 or 1, of the degrees > order with s_k != 0; None if there are none."""
        return None if self.top_degree() is not None else (self.order + 1) % 2

    def tail_amplitude(self, dimension: Expr) -> Expr:
        """Return c > 0 with |s_k| = c Gamma((k-p)/2) / Gamma((k+p+d)/2) on the degrees of `tail_parity`."""
        d, p = check_dimension(dimension), self.order
        weight = Abs(self.side_weight(Integer(p + 1)))
        return weight * factorial(p) * _gamma(d / 2) / (2 ** (p + 1) * pi)

    def eigenvalue_decay(self, dimension: Expr) -> PowerDecay | None:
        """Return C, a with s_k**2 ~ C k**-a along the degrees of `tail_parity`, None for finite rank."""
        if self.tail_parity() is None:
            return None
        exponent = check_dimension(dimension) + 2 * self.order
        return PowerDecay(self.tail_amplitude(dimension) ** 2 * 2**exponent, exponent)

    def eigenvalue_bounds(self, dimension: Expr, degree: Expr) -> tuple[Expr, Expr]:
        """Return lower and upper bounds of s_k**2, of the leading order, for tail degrees k >= p + 3.

        c**2 (k/2 + d/4)**-(d+2p) <= s_k**2 <= c**2 ((k-p-1)/2)**-(d+2p), c the tail amplitude: the
        digamma function is concave and lies between log(y - 1/2) and log(y) for y > 1/2.
        """
        d, k, p = check_dimension(dimension), check_degree(degree), self.order
        square = self.tail_amplitude(d) ** 2
        exponent = -(d + 2 * p)
        return square * (k / 2 + d / 4) ** exponent, square * ((k - p - 1) / 2) ** exponent


def _gamma(argument: Expr) -> Expr:
    # A factorial of 10^5 digits and more serves nobody; unevaluated, it still has a fast numeric value.
    return gamma(argument, evaluate=not (argument.is_number and argument > LARGEST_EXACT_GAMMA))


STEP: Final = Activation("step", 0, S.One, S.Zero)
RELU: Final = Activation("relu", 1, S.One, S.Zero)
RELU_SQUARED: Final = Activation("relu2", 2, S.One, S.Zero)
ABSOLUTE_VALUE: Final = Activation("abs", 1, S.One, S.One)
IDENTITY: Final = Activation("identity", 1, S.One, S.NegativeOne)

NAMED: Final = {
    activation.name: activation for activation in (STEP, RELU, RELU_SQUARED, ABSOLUTE_VALUE, IDENTITY)
}
ACTIVATION_NAMES: Final = (*NAMED, "leaky:SLOPE", "monomial:DEGREE")


def leaky_relu(slope: Expr) -> Activation:
    """Return max(t, 0) - slope * max(-t, 0), a combination of ReLU and identity; slope 0 is ReLU."""
    exact_slope = finite_real(slope, "the slope")
    return Activation(f"leaky:{exact_slope}", 1, S.One, -exact_slope)


def monomial(degree: int) -> Activation:
    """Return t**degree, degree an integer >= 0."""
    return Activation(f"monomial:{degree}", degree, S.One, S.NegativeOne**degree)


def named_activation(name: str) -> Activation:
    """Return the activation of this name: step, relu, relu2, abs, identity, leaky:SLOPE or monomial:DEGREE.

    SLOPE is a decimal or p/q; DEGREE an integer from 0 to 999. Raises InvalidInput for any other name.
    """
    kind, _, parameter = name.partition(":")
    if name in NAMED:
        return NAMED[name]
    if kind == "leaky" and re.fullmatch(r"-?\d+(\.\d+|/[1-9]\d*)?", parameter):
        return leaky_relu(Rational(parameter))
    if kind == "monomial" and re.fullmatch(r"\d{1,3}", parameter):
        return monomial(int(parameter))
    raise InvalidInput(f"unknown activation {name!r}; use one of {', '.join(ACTIVATION_NAMES)}")
