"""Certificates by sums of squares: an identity that no solution of a problem can satisfy, and its check.

With g_i the polynomials that are at least 0 at every solution, the identity says that a sum of terms w q^2 g_i g_j ...,
with weights w >= 0, is 0 at every solution: as a polynomial, after powers of variables are replaced by what equations say
they are. One term has a constant q, w > 0, and only factors that are above 0 at every solution. So there is no solution.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from flint import fmpq, fmpq_mpoly

from proofs_checks.bounds.certificates.constraints import Constraints, constraints_of
from proofs_checks.bounds.problem import Problem

MOST_PASSES, MOST_DEGREE = 200, 200

Polynomial = tuple[tuple[tuple[int, ...], Fraction], ...]
"""The terms of a polynomial: the powers of all variables, and the coefficient."""


@dataclass(frozen=True)
class Square:
    """`weight` times the square of a polynomial."""

    weight: Fraction
    polynomial: Polynomial


@dataclass(frozen=True)
class Multiple:
    """A sum of squares times the product of the constraints with these numbers, which may repeat; of none, 1."""

    factors: tuple[int, ...]
    squares: tuple[Square, ...]


@dataclass(frozen=True)
class Rule:
    """That an equation is used to replace powers of a variable, both by number."""

    equation: int
    variable: int


@dataclass(frozen=True)
class Squares:
    """Multiples of a problem's constraints whose sum is 0 by its equations."""

    multiples: tuple[Multiple, ...]
    rules: tuple[Rule, ...] = ()
    kind: ClassVar[str] = "squares"

    def as_json(self) -> dict[str, Any]:
        """Return the certificate as plain data."""
        return {
            "kind": self.kind,
            "rules": [[rule.equation, rule.variable] for rule in self.rules],
            "multiples": [
                {
                    "factors": list(multiple.factors),
                    "squares": [
                        [str(square.weight), [[list(powers), str(c)] for powers, c in square.polynomial]]
                        for square in multiple.squares
                    ],
                }
                for multiple in self.multiples
            ],
        }

    @staticmethod
    def from_json(data: dict[str, Any]) -> Squares:
        """Return the certificate that `as_json` wrote. Raises ValueError, KeyError or TypeError for other data."""
        multiples = tuple(
            Multiple(
                tuple(map(int, multiple["factors"])),
                tuple(
                    Square(
                        Fraction(weight), tuple((tuple(map(int, powers)), Fraction(c)) for powers, c in terms)
                    )
                    for weight, terms in multiple["squares"]
                ),
            )
            for multiple in data["multiples"]
        )
        return Squares(multiples, tuple(Rule(int(equation), int(x)) for equation, x in data["rules"]))


def check(problem: Problem, certificate: Squares) -> bool:
    """Return whether a certificate shows that the problem has no solution."""
    constraints = constraints_of(problem)
    try:
        total = certified_sum(constraints, certificate)
        if not all(square.weight >= 0 for multiple in certificate.multiples for square in multiple.squares):
            return False
        if not any(is_above_zero(constraints, multiple) for multiple in certificate.multiples):
            return False
        rest = Reduction(constraints, certificate.rules).remainder(total)
    except (ValueError, TypeError, IndexError):
        return False
    return rest is not None and rest.is_zero()


def certified_sum(constraints: Constraints, certificate: Squares) -> fmpq_mpoly:
    """Return the sum of all multiples. Raises IndexError or ValueError for numbers or powers that do not exist."""
    context = constraints.context
    total = context.constant(0)
    for multiple in certificate.multiples:
        factor = context.constant(1)
        for number in multiple.factors:
            factor *= _numbered(constraints.positive, number).polynomial
        for square in multiple.squares:
            root = as_polynomial(constraints, square.polynomial)
            total += factor * root * root * fmpq(square.weight.numerator, square.weight.denominator)
    return total


def as_polynomial(constraints: Constraints, terms: Polynomial) -> fmpq_mpoly:
    """Return a polynomial in the variables of the constraints. Raises ValueError for terms that are none."""
    count = constraints.context.nvars()
    if any(
        len(powers) != count or not all(0 <= power <= MOST_DEGREE for power in powers) for powers, _ in terms
    ):
        raise ValueError("powers of other variables")
    total = constraints.context.constant(0)
    for powers, c in terms:
        total += constraints.context.from_dict({powers: fmpq(c.numerator, c.denominator)})
    return total


class Reduction:
    """Equations used to replace powers of variables, by rules.

    Raises IndexError or ValueError where a rule names no equation or variable, or an equation whose highest power of the
    variable has a coefficient that is no number.
    """

    def __init__(self, constraints: Constraints, rules: Sequence[Rule]) -> None:
        self._context = constraints.context
        self._steps = [_Division(_numbered(constraints.zero, rule.equation), rule.variable) for rule in rules]

    def remainder(self, polynomial: fmpq_mpoly) -> fmpq_mpoly | None:
        """Return a polynomial that equals the given one at every solution; None if the rules go on for ever."""
        return self.division(polynomial)[0]

    def division(self, polynomial: fmpq_mpoly) -> tuple[fmpq_mpoly | None, list[fmpq_mpoly]]:
        """Return the remainder, and for each rule the multiple of its equation that was subtracted."""
        multiples = [self._context.constant(0) for _ in self._steps]
        for _ in range(MOST_PASSES):
            before = polynomial
            for number, step in enumerate(self._steps):
                quotient, polynomial = step.divide(polynomial)
                multiples[number] += quotient
            if polynomial == before:
                return polynomial, multiples
            if polynomial.total_degree() > MOST_DEGREE:
                break
        return None, multiples


class _Division:
    """Division by a polynomial with respect to one variable."""

    def __init__(self, divisor: fmpq_mpoly, variable: int) -> None:
        context = divisor.context()
        if not 0 <= variable < context.nvars() or divisor.is_zero():
            raise ValueError("no such division")
        self._divisor, self._variable = divisor, variable
        self._degree = divisor.degrees()[variable]
        leading = [(powers, c) for powers, c in divisor.to_dict().items() if powers[variable] == self._degree]
        if self._degree == 0 or len(leading) != 1 or sum(leading[0][0]) != self._degree:
            raise ValueError("the coefficient of the highest power is no number")
        self._scale = leading[0][1]

    def divide(self, polynomial: fmpq_mpoly) -> tuple[fmpq_mpoly, fmpq_mpoly]:
        """Return quotient and remainder."""
        context, x = polynomial.context(), self._variable
        quotient = context.constant(0)
        while not polynomial.is_zero() and polynomial.degrees()[x] >= self._degree:
            high = {
                (*powers[:x], powers[x] - self._degree, *powers[x + 1 :]): c / self._scale
                for powers, c in polynomial.to_dict().items()
                if powers[x] >= self._degree
            }
            step = context.from_dict(high)
            quotient += step
            polynomial -= step * self._divisor
        return quotient, polynomial


def is_above_zero(constraints: Constraints, multiple: Multiple) -> bool:
    """Return whether a multiple has a term that is above 0 at every solution."""
    if not all(_numbered(constraints.positive, number).strict for number in multiple.factors):
        return False
    roots = [
        as_polynomial(constraints, square.polynomial) for square in multiple.squares if square.weight > 0
    ]
    return any(root.is_constant() and not root.is_zero() for root in roots)


def _numbered(items: Sequence[Any], number: int) -> Any:
    if not 0 <= number < len(items):
        raise IndexError(number)
    return items[number]
