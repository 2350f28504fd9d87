"""Least squares in two subspaces: weak teacher, weak-to-strong student and baselines, over many trials at once.

Designs are drawn as triangles (`numeric.subspaces.designs`), so that the cost does not grow with the points.

Source: Dong et al. 2025 for the four estimators; the risks given their coefficients are squared distances.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import xarray as xr

from numeric.arrays.backends import NUMPY, Array, Backend
from numeric.arrays.threads import one_blas_thread
from numeric.subspaces.designs import compressed_design, solve_upper
from numeric.subspaces.pairs import Floats, SubspacePair
from w2s_theory.errors import InvalidInput
from w2s_theory.geometry.subspaces import TwoSubspaces

RISKS = ("ER_w", "ER_w2s", "ER_w2s_in_sample", "ER_s", "ER_c")
_BATCH_NUMBERS = 4_000_000
"""Numbers in one batch of designs, which bounds the memory."""


def simulate_ridgeless(
    pair: SubspacePair,
    labelled: int,
    unlabelled: int,
    noise: float,
    trials: int,
    seed: int,
    advance: Callable[[], None] = lambda: None,
    backend: Backend = NUMPY,
) -> xr.Dataset:
    """Return the risks of `trials` independent repetitions, dimension trial; population risks but for in-sample.

    Teacher and baseline share the n labelled points, the student has N others, and the ceiling has all n + N with
    labels. `advance` is called once a batch, and `backend` computes: it changes the numbers by rounding only. Raises
    InvalidInput as `SubspacePair.numbers` does, or for trials < 1.
    """
    numbers = pair.numbers(labelled, unlabelled, noise)
    if trials < 1:
        raise InvalidInput(f"trials = {trials}; at least 1 is needed")
    if seed < 0:
        raise InvalidInput(f"seed is {seed}; it must be >= 0")
    size = max(1, _BATCH_NUMBERS // len(pair.target) ** 2)
    sizes = [min(size, trials - start) for start in range(0, trials, size)]
    batches = []
    streams = np.random.SeedSequence(seed).spawn(len(sizes))
    with one_blas_thread():
        draws = _Draws(pair, labelled, unlabelled, noise, backend)
        for count, stream in zip(sizes, streams, strict=True):
            batches.append(draws.risks(count, np.random.default_rng(stream)))
            advance()
    columns = {name: ("trial", np.concatenate([batch[name] for batch in batches])) for name in RISKS}
    spans = {name: getattr(numbers, name) for name in ("d_s", "d_w", "d_sw", "rho_s", "rho_w")}
    run = {"trials": trials, "seed": seed, "backend": str(backend)}
    return xr.Dataset(columns, attrs={"n": labelled, "N": unlabelled, "sigma2": noise, **spans, **run})


def exact_risks(numbers: TwoSubspaces) -> dict[str, float]:
    """Return the expected risks, by the names of the simulated ones."""
    values = (numbers.teacher, numbers.student, numbers.student_in_sample, numbers.baseline, numbers.ceiling)
    return {name: float(value) for name, value in zip(RISKS, values, strict=True)}


class _Draws:
    """Draws of designs, in coordinates that start with the span that the draw's triangle solves.

    NumPy draws, whatever the backend: every library gets the same numbers.
    """

    def __init__(
        self, pair: SubspacePair, labelled: int, unlabelled: int, noise: float, backend: Backend
    ) -> None:
        self.labelled, self.unlabelled, self.deviation = labelled, unlabelled, math.sqrt(noise)
        self.backend, self.xp = backend, backend.namespace
        self.d_s, self.d_w = pair.strong.shape[1], pair.weak.shape[1]
        by_weak, by_strong = _completed(pair.weak), _completed(pair.strong)
        self.strong_by_weak = backend.asarray(by_weak.T @ pair.strong)
        self.target_by_weak = backend.asarray(by_weak.T @ pair.target)
        self.teacher_by_strong = backend.asarray(pair.weak.T @ by_strong)
        target = by_strong.T @ pair.target
        beyond_strong = target[self.d_s :]
        self.missed = float(np.linalg.norm(beyond_strong))
        self.in_strong = backend.asarray(target[: self.d_s])
        self.target_by_strong = backend.asarray(np.r_[target[: self.d_s], self.missed, 0.0])
        self.direction = backend.asarray(beyond_strong / (self.missed or 1.0))

    def risks(self, trials: int, generator: np.random.Generator) -> dict[str, Floats]:
        """Return each risk, shape (trials,)."""
        d_s, d_w, xp = self.d_s, self.d_w, self.xp
        # The labelled points, in coordinates that start with V_w: the teacher is one triangular solve.
        first, labels = self._draw(self.labelled, self.target_by_weak, trials, generator)
        teacher = solve_upper(first[:, :d_w, :d_w], labels[:, :d_w], self.backend)
        features = first @ self.strong_by_weak
        transposed = xp.matrix_transpose(features)
        gram, moments = transposed @ features, _apply(transposed, labels)
        # The other points, in coordinates that start with V_s: so is the student.
        second, true_labels = self._draw(self.unlabelled, self.target_by_strong, trials, generator)
        triangle = second[:, :d_s, :d_s]
        student = solve_upper(
            triangle, _apply(second[:, :d_s, :], self._seen_by_student(teacher)), self.backend
        )
        beyond = self.backend.zeros((trials, 2))
        error = xp.concat([student, beyond], axis=1) - self.target_by_strong
        transposed = xp.matrix_transpose(triangle)
        all_gram = gram + transposed @ triangle
        all_moments = moments + _apply(transposed, true_labels[:, :d_s])
        missed_by_weak = self._squared(self.target_by_weak[d_w:])
        risks = {
            "ER_w": self._squared(teacher - self.target_by_weak[:d_w]) + missed_by_weak,
            "ER_w2s": self._squared(error),
            "ER_w2s_in_sample": self._squared(_apply(second, error)) / self.unlabelled,
            "ER_s": self._strong_risk(gram, moments),
            "ER_c": self._strong_risk(all_gram, all_moments),
        }
        return {name: self.backend.to_numpy(values) for name, values in risks.items()}

    def _seen_by_student(self, teacher: Array) -> Array:
        """Return the teachers in coordinates of V_s, the target's direction beyond it, and one across both.

        The points that the student sees do not depend on the teacher, so beyond V_s they may be turned for each
        teacher: only the plane of target and teacher counts there.
        """
        coordinates = teacher @ self.teacher_by_strong
        beyond = coordinates[:, self.d_s :]
        along = (beyond @ self.direction)[:, None]
        across = self.xp.sqrt(self._squared(beyond - along * self.direction))[:, None]
        return self.xp.concat([coordinates[:, : self.d_s], along, across], axis=1)

    def _draw(
        self, points: int, target: Array, trials: int, generator: np.random.Generator
    ) -> tuple[Array, Array]:
        design = compressed_design(points, target.shape[0], trials, generator)
        noise = self.backend.asarray(generator.standard_normal(design.shape[:2]))
        triangles = self.backend.asarray(design)
        return triangles, triangles @ target + self.deviation * noise

    def _strong_risk(self, gram: Array, moments: Array) -> Array:
        coefficients = self.xp.linalg.solve(gram, moments[:, :, None])[:, :, 0]
        return self._squared(coefficients - self.in_strong) + self.missed**2

    def _squared(self, vectors: Array) -> Array:
        return self.xp.sum(vectors**2, axis=-1)


def _completed(basis: Floats) -> Floats:
    """Return an orthonormal basis of the whole space that starts with the columns of `basis`."""
    full = np.linalg.qr(np.hstack([basis, np.eye(len(basis))]))[0]
    full[:, : basis.shape[1]] = basis
    return full


def _apply(matrices: Array, vectors: Array) -> Array:
    return (matrices @ vectors[:, :, None])[:, :, 0]
