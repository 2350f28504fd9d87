"""What every family of random features provides, so that population losses need no data.

Source: Medvedev et al. 2025, sections 1 and 3.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from numeric.arrays.backends import Array, Backend
from numeric.random_features.kernels import gram_matrix
from numeric.random_features.targets import Component
from w2s_theory.errors import InvalidInput
from w2s_theory.spectra.families import Spectrum

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(frozen=True)
class LevelEnergies:
    """How the squared norm of a function in the span of features is spread over the kernel's eigenspaces.

    `levels`, `eigenvalues`, `energies` have one entry a level; `remainder` >= 0 is the squared norm on all
    later levels, where the eigenvalues are at most `remainder_eigenvalue`.
    """

    levels: tuple[int, ...]
    eigenvalues: Floats
    energies: Floats
    remainder: float
    remainder_eigenvalue: float


class FeatureFamily(ABC):
    """Random functions phi_u(x), u random: their kernel, its eigenspaces ("levels"), and targets in these."""

    backend: Backend

    @property
    @abstractmethod
    def spectrum(self) -> Spectrum:
        """The kernel's eigenvalues and multiplicities; its levels are numbered as everywhere here."""

    @abstractmethod
    def draw(self, generator: np.random.Generator, count: int) -> Array:
        """Return `count` independent features u, one a row."""

    @abstractmethod
    def kernel(self, left: Array, right: Array) -> Array:
        """Return E_x phi_u(x) phi_v(x) for rows u of `left` and v of `right`."""

    @abstractmethod
    def correlations(self, features: Array, component: Component) -> Array:
        """Return E_x f(x) phi_u(x) for each row u, with f the component scaled to unit norm."""

    @abstractmethod
    def level_kernel(self, features: Array, levels: tuple[int, ...]) -> Array:
        """Return E_x (Pi phi_u)(x) (Pi phi_v)(x), with Pi the projection on these levels together."""

    @abstractmethod
    def level_energies(
        self, features: Array, weights: Array, total: float, levels: int, longest_time: float
    ) -> LevelEnergies:
        """Return the energies by level of sum_i weights_i phi_{u_i}, of squared norm `total`.

        Follows at least `levels` levels, and more until gradient flow learns next to nothing of the rest
        before `longest_time`.
        """

    @abstractmethod
    def eigenvalue(self, level: int) -> float:
        """Return the kernel's eigenvalue on a level."""

    @abstractmethod
    def multiplicity(self, level: int) -> int:
        """Return the dimension of a level's eigenspace."""

    def gram(self, features: Array) -> Array:
        """Return the Gram matrix of the features, in blocks, one half computed."""
        return gram_matrix(self.kernel, features, self.backend)


def unit_direction(component: Component, dimension: int, backend: Backend) -> Array:
    """Return the component's direction as one row of length 1; raises InvalidInput if it does not fit."""
    direction = component.direction or (1.0, *[0.0] * (dimension - 1))
    norm = math.hypot(*direction)
    if len(direction) != dimension or not (math.isfinite(norm) and norm > 0):
        raise InvalidInput(
            f"direction of length {len(direction)}; level {component.level} needs {dimension} finite"
            " coordinates, not all zero"
        )
    return backend.asarray([[value / norm for value in direction]])
