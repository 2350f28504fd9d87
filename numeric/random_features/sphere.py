"""Random features on the sphere: act(<u,x>) for any positively homogeneous activation.

Source: Medvedev et al. 2025, section 3, for ReLU; Cho and Saul 2009 for the kernels.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from numeric.arrays.backends import NUMPY, Array, Backend
from numeric.random_features.family import FeatureFamily, LevelEnergies, unit_direction
from numeric.random_features.kernels import cosines_between, legendre_sequence, series_kernel, zonal_kernel
from numeric.random_features.targets import Component
from w2s_theory.balls import precision
from w2s_theory.errors import InvalidInput
from w2s_theory.spectra.families import Spectrum, Sphere
from w2s_theory.sphere.activations import Activation
from w2s_theory.sphere.coefficients import coefficient_balls
from w2s_theory.sphere.harmonics import check_dimension, multiplicity_integer

# Degrees on which a teacher's energy is followed at most; what remains above is reported as truncation
# error. Following stops before where that error is negligible.
MAX_DEGREES = 400
NEGLIGIBLE_ERROR = 1e-14


class ZonalFeatures(FeatureFamily):
    """phi_u(x) = act(<u,x>) with x and u uniform on S^{d-1}; level k holds the harmonics of degree k."""

    dimension: int

    @property
    @abstractmethod
    def coefficients(self) -> Sequence[float]:
        """The Funk-Hecke coefficients s_0, s_1, ... that are followed."""

    @property
    @abstractmethod
    def zonal(self) -> Callable[[Array], Array]:
        """The kernel as a function of <u,v>."""

    @abstractmethod
    def largest_eigenvalue_above(self, degree: int) -> float:
        """Return a bound on the kernel's eigenvalues at all degrees above this one."""

    def _coefficient(self, degree: int) -> float:
        return self.coefficients[degree] if degree < len(self.coefficients) else 0.0

    def _weight(self, degree: int) -> float:
        """s_k^2 N(d,k), the share of degree k in the trace; in logarithms, since N alone may overflow."""
        s = self._coefficient(degree)
        return math.exp(2 * math.log(abs(s)) + math.log(self.multiplicity(degree))) if s else 0.0

    @cached_property
    def weights(self) -> list[float]:
        """s_k^2 N(d,k) for the degrees that are followed."""
        return [self._weight(degree) for degree in range(len(self.coefficients))]

    def eigenvalue(self, level: int) -> float:
        """Return s_k^2."""
        return self._coefficient(level) ** 2

    def multiplicity(self, level: int) -> int:
        """Return N(d,k)."""
        return multiplicity_integer(self.dimension, level)

    def draw(self, generator: np.random.Generator, count: int) -> Array:
        """Return unit vectors, shape (count, d)."""
        normal = generator.standard_normal((count, self.dimension))
        return self.backend.asarray(normal / np.linalg.norm(normal, axis=1, keepdims=True))

    def kernel(self, left: Array, right: Array) -> Array:
        """Return the closed kernel; <u,u> is exactly 1, where step's kernel has infinite slope."""
        xp = self.backend.namespace
        cosines = cosines_between(left, right)
        if left is right:
            cosines = xp.where(self.backend.asarray(np.eye(left.shape[0])) > 0, 1.0, cosines)
        return self.zonal(cosines)

    def correlations(self, features: Array, component: Component) -> Array:
        """Return s_k sqrt(N) P_k(<e,u>)."""
        degree = component.level
        cosines = cosines_between(features, unit_direction(component, self.dimension, self.backend))
        polynomial = next(p for k, p in enumerate(legendre_sequence(self.dimension, cosines)) if k == degree)
        sign = math.copysign(1.0, self._coefficient(degree))
        return sign * math.sqrt(self._weight(degree)) * polynomial[:, 0]

    def level_kernel(self, features: Array, levels: tuple[int, ...]) -> Array:
        """Return sum over the degrees of s_k^2 N P_k(<u,v>)."""
        weights = [self._weight(k) if k in levels else 0.0 for k in range(max(levels) + 1)]
        return series_kernel(weights, self.dimension)(cosines_between(features, features))

    def level_energies(
        self, features: Array, weights: Array, total: float, levels: int, longest_time: float
    ) -> LevelEnergies:
        """Return e_k = s_k^2 N w' P_k(U U') w degree by degree."""
        degrees: list[int] = []
        energies: list[float] = []
        remainder = total
        polynomials = legendre_sequence(self.dimension, cosines_between(features, features))
        for degree in range(max(levels, min(MAX_DEGREES, len(self.coefficients)))):
            polynomial = next(polynomials)
            if degree < levels or self._coefficient(degree):
                degrees.append(degree)
                quadratic_form = float(weights @ (polynomial @ weights))
                energies.append(self._weight(degree) * max(0.0, quadratic_form))
                remainder = max(0.0, remainder - energies[-1])
                learnt = -math.expm1(-longest_time * self.largest_eigenvalue_above(degree))
                if degree + 1 >= levels and remainder * learnt**2 < NEGLIGIBLE_ERROR:
                    break
        return LevelEnergies(
            levels=tuple(degrees),
            eigenvalues=np.asarray([self.eigenvalue(degree) for degree in degrees]),
            energies=np.asarray(energies),
            remainder=remainder,
            remainder_eigenvalue=self.largest_eigenvalue_above(degrees[-1]),
        )


@dataclass(frozen=True)
class SphereFeatures(ZonalFeatures):
    """Features of an activation whose kernel is known in closed form.

    `dimension` is an integer >= 2. The activation has order at most 2, or is a polynomial; raises InvalidInput
    for others. Source: RF, section 3 (ReLU); Cho and Saul 2009.
    """

    activation: Activation
    dimension: int
    backend: Backend = NUMPY

    def __post_init__(self) -> None:
        check_dimension(self.dimension)
        if self.activation.order > 2 and self.activation.top_degree() is None:
            raise InvalidInput(
                f"activation {self.activation.name} has order {self.activation.order} and no closed kernel"
                " here; use order at most 2, or a monomial"
            )

    def __str__(self) -> str:
        return f"{self.activation.name} on the sphere, d = {self.dimension}"

    @property
    def spectrum(self) -> Spectrum:
        """The kernel's spectrum."""
        return Sphere(self.activation, self.dimension)

    @cached_property
    def coefficients(self) -> Sequence[float]:
        """All of a polynomial's coefficients, or two more than the degrees that are followed at most."""
        top = self.activation.top_degree()
        count = MAX_DEGREES + 2 if top is None else top + 1
        with precision(64):
            return [float(s) for s in coefficient_balls(self.activation, self.dimension, count, bits=64)]

    @cached_property
    def zonal(self) -> Callable[[Array], Array]:
        """The arc-cosine kernels' closed form, or the finite sum over degrees."""
        if self.activation.top_degree() is None:
            return zonal_kernel(self.activation, self.dimension)
        return series_kernel(self.weights, self.dimension)

    def largest_eigenvalue_above(self, degree: int) -> float:
        """Beyond the order, |s_k| decreases along each parity, so the next few degrees have the largest."""
        upper = max(degree, self.activation.order) + 3
        return max((s * s for s in self.coefficients[degree + 1 : upper]), default=0.0)
