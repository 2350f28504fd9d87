"""Teachers: least squares on random features against the population, solved exactly in Gram coordinates.

Source: Medvedev et al. 2025, section 1; the normal equations of least squares.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from scipy.linalg import eigh

from numeric.arrays.backends import Array
from numeric.random_features.family import FeatureFamily, Floats
from numeric.random_features.gradient_flow import FlowModes
from numeric.random_features.targets import Target

# Rounding errors of the inputs are modelled by random signs; the seed only fixes which ones.
_SIGN_SEED = 0


class SingularGramWarning(UserWarning):
    """The teacher has more features than the space it can span; its minimum-norm solution was taken."""


@dataclass(frozen=True)
class Teacher:
    """f_TE = sum_i weights_i phi_{u_i}, the L2 projection of f* on the span of its features.

    `loss` is L_TE in [0, 1]. `rounding_error` estimates the L2 distance between the computed and the exact
    teacher. `rank_deficient` says whether the Gram matrix was singular to working precision.
    """

    family: FeatureFamily
    target: Target
    features: Array
    weights: Array
    gram: Array
    overlaps: tuple[float, ...]
    rounding_error: float
    rank_deficient: bool

    @property
    def loss(self) -> float:
        """L_TE = 1 - E f* f_TE."""
        return 1.0 - sum(self.overlaps)

    def infinite_student_modes(self, longest_time: float) -> FlowModes:
        """Return what an infinitely wide student sees: a mode a level, its eigenvalue the learning rate.

        Levels of which nothing is learnt before `longest_time` (inf: ever) are left to the remainder.
        """
        levels = max(self.target.levels) + 1
        norm = 1.0 - self.loss
        found = self.family.level_energies(self.features, self.weights, norm, levels, longest_time)
        overlap = dict(zip(self.target.levels, self.overlaps, strict=True))
        return FlowModes(
            rates=found.eigenvalues,
            overlaps=np.asarray([overlap.get(level, 0.0) for level in found.levels]),
            energies=found.energies,
            remainder=found.remainder,
            remainder_rate=found.remainder_eigenvalue,
        )

    def alignment(self) -> float:
        """Return kappa_S = ||Pi_S (I - P) Pi_S||, with S the eigenspaces in which the target has mass.

        1 - kappa_S is the smallest eigenvalue of Pi_S P Pi_S on S, which shares its positive eigenvalues with
        (Gram)^-1 (Gram of the features projected on S). Source: RF, section 4.
        """
        dimension = sum(self.family.multiplicity(level) for level in self.target.levels)
        width = self.features.shape[0]
        if dimension > width:
            return 1.0
        to_numpy = self.family.backend.to_numpy
        on_target = to_numpy(self.family.level_kernel(self.features, self.target.levels))
        if self.rank_deficient:
            root = inverse_root(to_numpy(self.gram), self.family.backend.epsilon)
            cosine = np.linalg.eigvalsh(root.T @ on_target @ root)[-min(dimension, root.shape[1])]
        else:
            index = [width - dimension] * 2
            cosine = eigh(on_target, to_numpy(self.gram), eigvals_only=True, subset_by_index=index)[0]
        return float(np.clip(1.0 - cosine, 0.0, 1.0))


def inverse_root(gram: Floats, epsilon: float) -> Floats:
    """Return R of shape (n, rank) with R R' the pseudo-inverse of a Gram matrix.

    Eigenvalues that entries with relative errors `epsilon` cannot tell from zero count as zero.
    """
    values, vectors = np.linalg.eigh(gram)
    kept = values > len(values) * epsilon * values[-1]
    return np.asarray(vectors[:, kept] / np.sqrt(values[kept]))


def fit_teacher(family: FeatureFamily, target: Target, features: Array) -> Teacher:
    """Return the least-squares teacher on these features, shape (M, d) as drawn by the family.

    A singular Gram matrix gives the minimum-norm weights and a SingularGramWarning.
    """
    backend, xp = family.backend, family.backend.namespace
    gram = family.gram(features)
    correlations = [c.mass**0.5 * family.correlations(features, c) for c in target.components]
    right_side = sum(correlations[1:], correlations[0])
    width = gram.shape[0]
    inverse = None
    if _is_singular(gram, family):
        root = inverse_root(backend.to_numpy(gram), backend.epsilon)
        inverse = backend.asarray(root @ root.T)
        warnings.warn(
            f"teacher of width {width}: its features span a smaller space than {width} dimensions to working"
            " precision; taking the minimum-norm solution",
            SingularGramWarning,
            stacklevel=2,
        )

    def solve(vector: Array) -> Array:
        return xp.linalg.solve(gram, vector) if inverse is None else inverse @ vector

    weights = solve(right_side)
    signs = backend.asarray(np.random.default_rng(_SIGN_SEED).choice([-1.0, 1.0], width))
    noise = backend.epsilon * signs * (xp.abs(gram) @ xp.abs(weights) + xp.abs(right_side))
    residual = right_side - gram @ weights + noise
    overlaps = tuple(float(c @ weights) for c in correlations)
    return Teacher(
        family=family,
        target=target,
        features=features,
        weights=weights,
        gram=gram,
        overlaps=overlaps,
        rounding_error=abs(float(residual @ solve(residual))) ** 0.5,
        rank_deficient=inverse is not None,
    )


def _is_singular(gram: Array, family: FeatureFamily) -> bool:
    """Whether the smallest Cholesky pivot is lost in rounding errors of the entries."""
    backend = family.backend
    if float(gram.shape[0]) > _rank(family):
        return True
    try:
        factor = backend.to_numpy(backend.namespace.linalg.cholesky(gram))
    except Exception:  # every library raises its own exception for a matrix that is not positive definite
        return True
    pivots = np.diagonal(factor) ** 2
    return not bool(np.min(pivots) > len(pivots) * backend.epsilon * np.max(pivots))


def _rank(family: FeatureFamily) -> float:
    return float(family.spectrum.rank)
