"""Coefficients of one sign: after a change of variables to numbers that are at least 0, a constraint cannot hold.

Each step replaces a variable x by u, where a constraint says a x + r >= 0 with a > 0: u = a x + r is at least 0. When every
variable has been replaced, a polynomial without negative coefficients is at least 0, and above 0 if a term of it is. A
constraint whose polynomial is, up to its sign, such a polynomial contradicts it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from flint import fmpq_mpoly

from proofs_checks.bounds.certificates.constraints import Constraints, NotPolynomialError, constraints_of
from proofs_checks.bounds.problem import Problem


@dataclass(frozen=True)
class Coefficients:
    """The steps in order, (place of the variable, place of the constraint), and the constraint that cannot hold."""

    steps: tuple[tuple[int, int], ...]
    target: int
    kind: ClassVar[str] = "coefficients"

    def as_json(self) -> dict[str, Any]:
        """Return the certificate as plain data."""
        return {"kind": self.kind, "steps": [list(step) for step in self.steps], "target": self.target}


def from_json(data: dict[str, Any]) -> Coefficients:
    """Return the certificate that `as_json` wrote. Raises KeyError, TypeError or ValueError for other data."""
    return Coefficients(tuple((int(x), int(c)) for x, c in data["steps"]), int(data["target"]))


def check(problem: Problem, certificate: Coefficients) -> bool:
    """Return whether the certificate shows that the problem has no solution."""
    try:
        constraints = constraints_of(problem)
    except NotPolynomialError:
        return False
    return contradicts(constraints, certificate)


def contradicts(constraints: Constraints, certificate: Coefficients) -> bool:
    """Return whether the steps are allowed, replace every variable, and leave a target that cannot hold."""
    polynomials = [item.polynomial for item in constraints.positive]
    count = len(constraints.context.gens())
    if not 0 <= certificate.target < len(polynomials):
        return False
    if sorted(place for place, _ in certificate.steps) != list(range(count)):
        return False
    above_zero = [False] * count
    for place, by in certificate.steps:
        if not 0 <= by < len(polynomials) or by == certificate.target:
            return False
        replaced = changed(constraints, polynomials, place, by)
        if replaced is None:
            return False
        polynomials = replaced
        above_zero[place] = constraints.positive[by].strict
    target = constraints.positive[certificate.target]
    return is_impossible(polynomials[certificate.target], target.strict, above_zero)


def changed(
    constraints: Constraints, polynomials: Sequence[fmpq_mpoly], place: int, by: int
) -> list[fmpq_mpoly] | None:
    """Return all polynomials with a variable replaced, so that the constraint `by` is that variable; None if not."""
    x = constraints.context.gens()[place]
    constraint = polynomials[by]
    slope = constraint.derivative(place)
    if not slope.is_constant() or slope.is_zero():
        return None
    factor = slope.leading_coefficient()
    if factor <= 0:
        return None
    rest = constraint - factor * x
    generators = list(constraints.context.gens())
    generators[place] = (x - rest) / factor
    return [polynomial.compose(*generators, ctx=constraints.context) for polynomial in polynomials]


def is_impossible(polynomial: fmpq_mpoly, strict: bool, above_zero: Sequence[bool]) -> bool:
    """Return whether a polynomial in numbers that are at least 0 cannot be at least 0, or if `strict` above 0."""
    terms = polynomial.to_dict()
    if any(coefficient > 0 for coefficient in terms.values()):
        return False
    if strict:
        return True
    return any(all(above_zero[place] for place, power in enumerate(powers) if power) for powers in terms)
