"""Random features on the sphere for any activation written as an expression, by rigorous quadrature.

Source: the setting of Medvedev et al. 2025; coefficients by the Funk-Hecke formula (`w2s_theory.sphere.quadrature`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from sympy import Dummy, Float, Integer

from numeric.arrays.backends import NUMPY, Array, Backend
from numeric.random_features.kernels import series_kernel
from numeric.random_features.sphere import SphereFeatures, ZonalFeatures
from w2s_theory.notation.expressions import parse
from w2s_theory.spectra.families import Finite, Spectrum
from w2s_theory.sphere.activations import named_activation
from w2s_theory.sphere.harmonics import check_dimension, multiplicity_integer
from w2s_theory.sphere.quadrature import (
    AnalyticFunction,
    analytic_function,
    quadrature_coefficients,
    second_moment_ball,
)

DIGITS = 15
# Smooth activations need fewer; quadrature takes longer with every degree.
MAX_DEGREES = 40
_DEGREES_AT_A_TIME = 8
_NEGLIGIBLE_SHARE = 1e-14


@dataclass(frozen=True)
class ExpressionFeatures(ZonalFeatures):
    """Features of an activation written as an expression in t, such as `max(t,0)*exp(-t**2)`.

    Degrees are followed until what is left of E act^2 is negligible, or up to `MAX_DEGREES`; the part above,
    whose share in E act^2 is `unfollowed_share`, is taken as uncorrelated between different features.
    `dimension` is an integer >= 2. Raises InvalidInput for an expression that cannot be read, or a second
    moment that cannot be bounded.
    """

    expression: str
    dimension: int
    backend: Backend = NUMPY

    def __post_init__(self) -> None:
        check_dimension(self.dimension)
        _ = self._followed

    def __str__(self) -> str:
        return f"{self.expression} on the sphere, d = {self.dimension}"

    @cached_property
    def _followed(self) -> tuple[list[float], float, float]:
        """The coefficients, the second moment, and what the followed degrees leave of it."""
        t = Dummy("t")
        activation = analytic_function(parse(self.expression, {"t": t}), t)
        moment = float(second_moment_ball(activation, self.dimension, DIGITS))
        return *_follow(activation, self.dimension, moment), moment

    @property
    def coefficients(self) -> Sequence[float]:
        """The coefficients of the degrees that are followed."""
        return self._followed[0]

    @property
    def unfollowed_share(self) -> float:
        """The share of E act^2 at degrees that are not followed."""
        _, rest, moment = self._followed
        return rest / moment

    @cached_property
    def zonal(self) -> Callable[[Array], Array]:
        """The sum over the followed degrees, and the whole second moment at <u,v> = 1."""
        series, rest = series_kernel(self.weights, self.dimension), self._followed[1]

        def kernel(cosines: Array) -> Array:
            xp = self.backend.namespace
            return series(cosines) + rest * xp.astype(cosines >= 1.0, cosines.dtype)

        return kernel

    @property
    def spectrum(self) -> Spectrum:
        """The followed degrees, and what is left as one more level at the next degree."""
        rest, degree = self._followed[1], len(self.coefficients)
        eigenvalues = [s * s for s in self.coefficients]
        if rest > 0.0:
            eigenvalues.append(rest / self.multiplicity(degree))
        multiplicities = [multiplicity_integer(self.dimension, k) for k in range(len(eigenvalues))]
        return Finite(tuple(map(Float, eigenvalues)), tuple(map(Integer, multiplicities)))

    def largest_eigenvalue_above(self, degree: int) -> float:
        """A degree that is not followed has N(d,k) s_k^2 of at most what is left."""
        unfollowed = self._followed[1] / self.multiplicity(len(self.coefficients))
        return max((s * s for s in self.coefficients[degree + 1 :]), default=0.0) + unfollowed


def _follow(activation: AnalyticFunction, dimension: int, moment: float) -> tuple[list[float], float]:
    """Return coefficients from degree 0 on, and what they leave of the second moment."""
    coefficients: list[float] = []
    rest = moment
    while len(coefficients) < MAX_DEGREES and rest > _NEGLIGIBLE_SHARE * moment:
        degrees = range(len(coefficients), len(coefficients) + _DEGREES_AT_A_TIME)
        found = [float(ball) for ball in quadrature_coefficients(activation, dimension, degrees, DIGITS)]
        coefficients += found
        sizes = [multiplicity_integer(dimension, degree) for degree in degrees]
        rest -= float(np.sum([s * s * size for s, size in zip(found, sizes, strict=True)]))
    return coefficients, rest if rest > _NEGLIGIBLE_SHARE * moment else 0.0


def sphere_features(activation: str, dimension: int, backend: Backend = NUMPY) -> ZonalFeatures:
    """Return the features of an activation by name, such as relu, or by expression, such as `exp(t)`.

    Text that looks like a name is taken as one, except t. Raises InvalidInput for unknown names and bad expressions.
    """
    if activation != "t" and re.fullmatch(r"[A-Za-z_]\w*(:.*)?", activation):
        return SphereFeatures(named_activation(activation), dimension, backend)
    return ExpressionFeatures(activation, dimension, backend)
