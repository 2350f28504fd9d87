"""Random linear features <u,x> of Gaussian inputs with a finite spectrum.

Source: Medvedev et al. 2025, sections 1 and 3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from sympy import Float, Integer, Rational

from numeric.arrays.backends import NUMPY, Array, Backend
from numeric.random_features.family import FeatureFamily, LevelEnergies, unit_direction
from numeric.random_features.targets import Component
from w2s_theory.errors import InvalidInput
from w2s_theory.spectra.families import Finite, Spectrum, TwoLevel

_NUMBER = r"\d+(?:\.\d*)?(?:[eE][+-]?\d{1,3}|/\d+)?"


@dataclass(frozen=True)
class LinearFeatures(FeatureFamily):
    """phi_u(x) = <u,x> with u ~ N(0, I_d) and x ~ N(0, Psi), Psi diagonal with a finite spectrum.

    Level l holds the coordinates of the spectrum's l-th entry; multiplicities are integers. Source: RF,
    sections 1 and 3, linear networks. Raises InvalidInput for other multiplicities.
    """

    finite: Finite
    backend: Backend = NUMPY

    def __post_init__(self) -> None:
        for times in self.finite.multiplicities:
            if not times.is_Integer:
                raise InvalidInput(f"a multiplicity is {times}; linear features need integer multiplicities")

    def __str__(self) -> str:
        pairs = zip(self._eigenvalues, self._multiplicities, strict=True)
        return "linear, spectrum " + ",".join(f"{value:.6g}:{times}" for value, times in pairs)

    @property
    def spectrum(self) -> Spectrum:
        """The spectrum of Psi."""
        return self.finite

    @cached_property
    def _eigenvalues(self) -> list[float]:
        return [float(value) for value in self.finite.eigenvalues]

    @cached_property
    def _multiplicities(self) -> list[int]:
        return [int(value) for value in self.finite.multiplicities]

    @property
    def dimension(self) -> int:
        """The sum of the multiplicities."""
        return sum(self._multiplicities)

    def _coordinates(self, level: int) -> slice:
        start = sum(self._multiplicities[:level])
        return slice(start, start + self.multiplicity(level))

    @cached_property
    def _scales(self) -> Array:
        return self.backend.asarray(np.repeat(np.sqrt(self._eigenvalues), self._multiplicities))

    def eigenvalue(self, level: int) -> float:
        """Return the level's eigenvalue of Psi."""
        self._check(level)
        return self._eigenvalues[level]

    def multiplicity(self, level: int) -> int:
        """Return the number of the level's coordinates."""
        self._check(level)
        return self._multiplicities[level]

    def _check(self, level: int) -> None:
        if level >= len(self._eigenvalues):
            last = len(self._eigenvalues) - 1
            raise InvalidInput(f"target level {level} does not exist; this spectrum has levels 0 to {last}")

    def draw(self, generator: np.random.Generator, count: int) -> Array:
        """Return Psi^(1/2) u, the feature's coordinates in the eigenbasis, shape (count, d)."""
        return self.backend.asarray(generator.standard_normal((count, self.dimension))) * self._scales

    def kernel(self, left: Array, right: Array) -> Array:
        """Return u' Psi v."""
        return left @ right.T

    def correlations(self, features: Array, component: Component) -> Array:
        """Return the features' coordinates along the component's direction."""
        coordinates = features[:, self._coordinates(component.level)]
        return (coordinates @ unit_direction(component, self.multiplicity(component.level), self.backend).T)[
            :, 0
        ]

    def level_kernel(self, features: Array, levels: tuple[int, ...]) -> Array:
        """Return the Gram matrix of the levels' coordinates."""
        parts = [features[:, self._coordinates(level)] for level in levels]
        coordinates = self.backend.namespace.concat(parts, axis=1)
        return coordinates @ coordinates.T

    def level_energies(
        self, features: Array, weights: Array, total: float, levels: int, longest_time: float
    ) -> LevelEnergies:
        """Return the squared norms of the function's coordinates, level by level; nothing remains."""
        coordinates = self.backend.to_numpy(weights @ features)
        count = len(self._eigenvalues)
        energies = [float(np.sum(coordinates[self._coordinates(level)] ** 2)) for level in range(count)]
        eigenvalues = np.asarray(self._eigenvalues)
        return LevelEnergies(tuple(range(count)), eigenvalues, np.asarray(energies), 0.0, 0.0)


def parse_spectrum(text: str, teacher_width: int) -> Finite:
    """Return the spectrum written as `VALUE:COUNT,VALUE:COUNT,...`, `power:ALPHA:COUNT` or `two-level`.

    `two-level` is RF, Theorem 3.2, at this teacher width M: d = M^(3/2), eigenvalue 1 once and d^(-2/3) = 1/M
    on the rest. VALUE and ALPHA are decimals or p/q, COUNT an integer. Raises InvalidInput for anything else.
    """
    if text == "two-level":
        dimension = max(2, round(teacher_width**1.5))
        return TwoLevel(Integer(1), Rational(1, teacher_width), Integer(dimension - 1))
    power = re.fullmatch(rf"power:({_NUMBER}):(\d{{1,6}})", text)
    if power:
        indices = range(1, int(power[2]) + 1)
        alpha = float(Rational(power[1]))
        return Finite(tuple(Float(j**-alpha) for j in indices), (Integer(1),) * len(indices))
    pairs = [re.fullmatch(rf"({_NUMBER}):(\d{{1,7}})", part) for part in text.split(",")]
    if not all(pairs):
        raise InvalidInput(
            f"unknown spectrum {text!r}; write VALUE:COUNT,VALUE:COUNT,... or power:ALPHA:COUNT or two-level"
        )
    found = [(Rational(pair[1]), Integer(pair[2])) for pair in pairs if pair]
    return Finite(tuple(value for value, _ in found), tuple(count for _, count in found))
