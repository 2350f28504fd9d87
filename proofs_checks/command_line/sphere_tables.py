"""Tables of sphere coefficients as decimals or fractions, and their checked derivations, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import flint
from sympy import Dummy, Integer, latex

from proofs_checks.methods.algebra import step_holds
from w2s_theory.balls import precision
from w2s_theory.claim import Step
from w2s_theory.errors import InvalidInput
from w2s_theory.notation.expressions import parse
from w2s_theory.sphere.activations import Activation
from w2s_theory.sphere.coefficients import coefficient_balls, multiplicity_ball
from w2s_theory.sphere.dual_kernels import MAX_DERIVED_ORDER, RHO, dual_kernel, kernel_derivation
from w2s_theory.sphere.funk_hecke import D, K, coefficient_derivation
from w2s_theory.sphere.harmonics import multiplicity_integer
from w2s_theory.sphere.quadrature import analytic_function, quadrature_coefficients

MAX_QUADRATURE_DEGREE = 400
MAX_EXACT_DIMENSION = 10_000
MAX_EXACT_DEGREE = 2000
MAX_INTEGER_DIGITS = 300
"""Multiplicities with more digits are given as decimals."""


@dataclass(frozen=True)
class SphereTable:
    """One entry a degree: decimals or p/q as strings, multiplicities as integers unless they are huge."""

    degrees: list[int]
    coefficients: list[str]
    eigenvalues: list[str]
    multiplicities: list[int | str]
    error_bounds: list[str] | None = None
    """Radii of the coefficients' balls; None where the coefficients come from a closed form."""
    reached: bool = True
    """Whether every error bound is as small as the digits asked for."""


def closed_form_table(
    activation: Activation, dimension: int, degrees: range, digits: int, exact: bool = False
) -> SphereTable:
    """Return the table of a named activation; with `exact`, rational numbers as p/q.

    Raises InvalidInput where d < 2, or where exact fractions would be too long.
    """
    bits = _bits(digits)
    balls = coefficient_balls(activation, dimension, degrees.stop, bits)
    with precision(bits):
        coefficients = [_decimal(balls[k], digits) for k in degrees]
        eigenvalues = [_decimal(balls[k] * balls[k], digits) for k in degrees]
    if exact:
        _write_rationals(activation, dimension, degrees, coefficients, eigenvalues)
    return SphereTable(list(degrees), coefficients, eigenvalues, _multiplicities(dimension, degrees, digits))


def _write_rationals(
    activation: Activation, dimension: int, degrees: range, coefficients: list[str], eigenvalues: list[str]
) -> None:
    if dimension > MAX_EXACT_DIMENSION or degrees.stop > MAX_EXACT_DEGREE + 1:
        raise InvalidInput(
            f"--exact at dimension {dimension}, degree {degrees.stop - 1}; exact fractions are written up to"
            f" dimension {MAX_EXACT_DIMENSION} and degree {MAX_EXACT_DEGREE}"
        )
    for position, degree in enumerate(degrees):
        value = activation.coefficient(Integer(dimension), Integer(degree))
        if value.is_Rational:
            coefficients[position], eigenvalues[position] = str(value), str(value**2)


def quadrature_table(expression: str, dimension: int, degrees: range, digits: int) -> SphereTable:
    """Return the table of an activation written as an expression in t, by rigorous quadrature.

    Raises InvalidInput for an expression that cannot be read, degrees over MAX_QUADRATURE_DEGREE, or a
    second moment that cannot be bounded.
    """
    if degrees.stop > MAX_QUADRATURE_DEGREE + 1:
        raise InvalidInput(
            f"degree {degrees.stop - 1} is too high for quadrature; expressions are integrated up to"
            f" degree {MAX_QUADRATURE_DEGREE}"
        )
    t = Dummy("t")
    activation = analytic_function(parse(expression, {"t": t}), t)
    balls = quadrature_coefficients(activation, dimension, degrees, digits)
    with precision(_bits(digits)):
        return SphereTable(
            list(degrees),
            [_decimal(value, digits) for value in balls],
            [_decimal(value * value, digits) for value in balls],
            _multiplicities(dimension, degrees, digits),
            error_bounds=[value.rad().str(3, radius=False) for value in balls],
            reached=all(value.rad() * 10 ** (digits - 1) < 1 for value in balls),
        )


def _bits(digits: int) -> int:
    return digits * 10 // 3 + 16


def _decimal(ball: flint.arb, digits: int) -> str:
    """Return the digits that the ball determines, at most `digits` of them."""
    return str(ball.str(digits, radius=False))


def _multiplicities(dimension: int, degrees: range, digits: int) -> list[int | str]:
    def one(degree: int) -> int | str:
        size = multiplicity_ball(dimension, degree, _bits(digits))
        if size < 10**MAX_INTEGER_DIGITS:
            return multiplicity_integer(dimension, degree)
        return _decimal(size, digits)

    return [one(degree) for degree in degrees]


def symbolic_summary(activation: Activation) -> dict[str, Any]:
    """Return closed forms in symbolic d and k as text, and the derivation with each step re-checked."""
    coefficient = activation.coefficient(D, K)
    steps = coefficient_derivation()
    if activation.order <= MAX_DERIVED_ORDER:
        steps += kernel_derivation(activation.order)
    return {
        "coefficient": str(coefficient),
        "coefficient_latex": latex(coefficient),
        "kernel": str(dual_kernel(activation, D, RHO)),
        "trace": str(activation.second_moment(D)),
        "decay": _decay(activation),
        "derivation": [_checked(step) for step in steps],
    }


def _decay(activation: Activation) -> dict[str, str] | None:
    law, parity = activation.eigenvalue_decay(D), activation.tail_parity()
    if law is None or parity is None:
        return None
    degrees = ("even", "odd")[parity]
    return {"degrees": degrees, "constant": str(law.constant), "exponent": str(law.exponent)}


def _checked(step: Step) -> dict[str, Any]:
    return {"text": step.text, "relation": str(step.relation), "holds": step_holds(step)}
