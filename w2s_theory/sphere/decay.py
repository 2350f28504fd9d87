"""Leading laws of decreasing sequences."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr


@dataclass(frozen=True)
class PowerDecay:
    """A sequence with lambda_j / (constant * j**-exponent) -> 1 as j grows."""

    constant: Expr
    exponent: Expr


@dataclass(frozen=True)
class ExponentialDecay:
    """A sequence with lambda_j / (constant * exp(-rate * j)) -> 1 as j grows."""

    constant: Expr
    rate: Expr
