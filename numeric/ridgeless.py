"""Least squares in two subspaces: weak teacher, weak-to-strong student and baselines, over many trials at once.

Least squares sees a Gaussian design Z (points x coordinates) and its noise only through Z^T Z and Z^T eps. With Z = Q R,
these are R^T R and R^T (Q^T eps), so the triangle R and as many normal numbers replace the points: entry (i, i) of R
is the root of a chi-squared variable with (points - i) degrees of freedom, all entries right of it are standard
normal, and all are independent (Bartlett). The cost does not grow with the number of points.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from numeric.threads import one_blas_thread
from w2s_theory.errors import InvalidInput
from w2s_theory.subspaces import TwoSubspaces

Floats = NDArray[np.float64]
RISKS = ("ER_w", "ER_w2s", "ER_w2s_in_sample", "ER_s", "ER_c")
_BATCH_NUMBERS = 4_000_000
"""Numbers in one batch of designs, which bounds the memory."""


@dataclass(frozen=True)
class SubspacePair:
    """Two subspaces of R^D and a target: `strong` (D, d_s) and `weak` (D, d_w) with orthonormal columns, `target` (D,).

    Make one with `aligned_pair`, `coordinate_pair` or `spanned_pair`.
    """

    strong: Floats
    weak: Floats
    target: Floats

    def numbers(self, labelled: int, unlabelled: int, noise: float) -> TwoSubspaces:
        """Return what the exact risks depend on, at n labelled and N unlabelled points and this label variance.

        Raises InvalidInput where a risk is infinite: n <= max(d_w, d_s) + 1 or N <= d_s + 1, or the noise is negative.
        """
        d_s, d_w = self.strong.shape[1], self.weak.shape[1]
        least = max(d_w, d_s) + 2
        if labelled < least:
            raise InvalidInput(
                f"n = {labelled} labelled points leave a risk infinite; use n >= max(d_w, d_s) + 2 = {least}"
            )
        if unlabelled < d_s + 2:
            raise InvalidInput(
                f"N = {unlabelled} unlabelled points leave the student's risk infinite; use N >= d_s + 2 = {d_s + 2}"
            )
        if not (math.isfinite(noise) and noise >= 0):
            raise InvalidInput(f"label noise sigma2 is {noise}; it must be a finite number >= 0")
        by_weak = self.weak @ (self.weak.T @ self.target)
        beyond_weak = self.target - by_weak
        beyond_strong = self._beyond_strong(self.target)
        unseen = self._beyond_strong(by_weak)
        return TwoSubspaces(
            labelled=labelled,
            unlabelled=unlabelled,
            d_s=d_s,
            d_w=d_w,
            d_sw=float(np.sum((self.strong.T @ self.weak) ** 2)),
            noise=noise,
            rho_s=float(beyond_strong @ beyond_strong),
            rho_w=float(beyond_weak @ beyond_weak),
            seen=float(np.sum((self.strong.T @ beyond_weak) ** 2)),
            unseen=float(unseen @ unseen),
            overlap=float(beyond_strong @ by_weak),
        )

    def _beyond_strong(self, vector: Floats) -> Floats:
        return np.asarray(vector - self.strong @ (self.strong.T @ vector))


def aligned_pair(
    d_s: int,
    d_w: int,
    d_sw: float,
    rho_s: float = 0.0,
    rho_w: float = 0.0,
    rho_both: float = 0.0,
    signal: float = 1.0,
) -> SubspacePair:
    """Return subspaces of these dimensions: floor(d_sw) shared directions and one angle for what is left of d_sw.

    The target has mass `rho_both` outside both spans, rho_s - rho_both in V_w only and rho_w - rho_both in V_s only,
    spread evenly over directions orthogonal to the other span, and mass `signal` on the shared directions, if there
    are any. Raises InvalidInput outside d_s, d_w >= 1 and 0 <= d_sw <= min(d_s, d_w), for negative masses, or where
    no direction can carry a mass.
    """
    if min(d_s, d_w) < 1:
        raise InvalidInput(f"d_s = {d_s} and d_w = {d_w}; both must be >= 1")
    if not 0 <= d_sw <= min(d_s, d_w):
        raise InvalidInput(f"d_sw = {d_sw:g}; it must be in [0, min(d_s, d_w)] = [0, {min(d_s, d_w)}]")
    masses = {
        "rho_s - rho_both": rho_s - rho_both,
        "rho_w - rho_both": rho_w - rho_both,
        "rho_both": rho_both,
    }
    for name, mass in masses.items():
        if not (math.isfinite(mass) and mass >= 0):
            raise InvalidInput(f"{name} is {mass:g}; rho_s and rho_w must be finite and >= rho_both >= 0")
    shared = int(d_sw)
    tilted = 1 if d_sw > shared else 0
    strong_only = range(shared + tilted, d_s)
    weak_only = range(d_s + tilted, d_s + d_w - shared)
    size = d_s + d_w - shared + 1
    weak = np.zeros((size, d_w))
    cosines = np.sqrt(np.r_[np.ones(shared), [d_sw - shared] * tilted])
    weak[np.arange(shared + tilted), np.arange(shared + tilted)] = cosines
    if tilted:
        weak[d_s, shared] = math.sqrt(1 - (d_sw - shared))
    weak[list(weak_only), np.arange(shared + tilted, d_w)] = 1.0
    target = np.zeros(size)
    target[-1] = math.sqrt(rho_both)
    for name, mass, place in (
        ("rho_w - rho_both", rho_w - rho_both, strong_only),
        ("rho_s - rho_both", rho_s - rho_both, weak_only),
    ):
        if mass and not len(place):
            raise InvalidInput(f"{name} = {mass:g}, but one span contains the other; raise rho_both to it")
        target[list(place)] = math.sqrt(mass / max(len(place), 1))
    target[:shared] = math.sqrt(signal / max(shared, 1))
    return SubspacePair(np.eye(size, d_s), weak, target)


def coordinate_pair(
    strong: Sequence[int], weak: Sequence[int], target: Sequence[float] | Floats
) -> SubspacePair:
    """Return the subspaces spanned by coordinates, each list without repetition, and a target in all coordinates.

    Coordinates in neither list are folded into one, which changes no law: to every fit they are one more noise.
    """
    values = np.asarray(target, dtype=float)
    outside = sorted(set(range(len(values))) - set(strong) - set(weak))
    kept = sorted(set(strong) | set(weak))
    place = {coordinate: index for index, coordinate in enumerate(kept)}
    identity = np.eye(len(kept) + 1)
    return SubspacePair(
        identity[:, [place[i] for i in strong]],
        identity[:, [place[i] for i in weak]],
        np.r_[values[kept], np.linalg.norm(values[outside])],
    )


def spanned_pair(strong: Floats, weak: Floats, target: Floats) -> SubspacePair:
    """Return the column spans of two matrices (D, d_s) and (D, d_w), and a target (D,).

    Raises InvalidInput for shapes that do not fit, numbers that are not finite, or dependent columns.
    """
    bases = []
    for name, matrix in (("strong", strong), ("weak", weak)):
        if matrix.ndim != 2 or len(matrix) != len(target):
            raise InvalidInput(
                f"{name} features have shape {matrix.shape}; use {len(target)} rows, as the target has"
            )
        if not np.all(np.isfinite(matrix)):
            raise InvalidInput(f"{name} features are not all finite; remove NaN and infinite entries")
        if np.linalg.matrix_rank(matrix) < matrix.shape[1]:
            raise InvalidInput(f"{name} features are linearly dependent; give independent columns")
        bases.append(np.linalg.qr(matrix)[0])
    return SubspacePair(bases[0], bases[1], np.asarray(target, dtype=float))


def simulate_ridgeless(
    pair: SubspacePair,
    labelled: int,
    unlabelled: int,
    noise: float,
    trials: int,
    seed: int,
    advance: Callable[[], None] = lambda: None,
) -> xr.Dataset:
    """Return the risks of `trials` independent repetitions, dimension trial; population risks but for in-sample.

    Teacher and baseline share the n labelled points, the student has N others, and the ceiling has all n + N with
    labels. `advance` is called once a batch. Raises InvalidInput as `SubspacePair.numbers` does, or for trials < 1.
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
        draws = _Draws(pair, labelled, unlabelled, noise)
        for count, stream in zip(sizes, streams, strict=True):
            batches.append(draws.risks(count, np.random.default_rng(stream)))
            advance()
    columns = {name: ("trial", np.concatenate([batch[name] for batch in batches])) for name in RISKS}
    attributes = {"n": labelled, "N": unlabelled, "sigma2": noise, "trials": trials, "seed": seed}
    attributes |= {name: getattr(numbers, name) for name in ("d_s", "d_w", "d_sw", "rho_s", "rho_w")}
    return xr.Dataset(columns, attrs=attributes)


def exact_risks(numbers: TwoSubspaces) -> dict[str, float]:
    """Return the expected risks, by the names of the simulated ones."""
    values = (numbers.teacher, numbers.student, numbers.student_in_sample, numbers.baseline, numbers.ceiling)
    return {name: float(value) for name, value in zip(RISKS, values, strict=True)}


class _Draws:
    """Draws of designs, in coordinates that start with the span that the draw's triangle solves."""

    def __init__(self, pair: SubspacePair, labelled: int, unlabelled: int, noise: float) -> None:
        self.labelled, self.unlabelled, self.deviation = labelled, unlabelled, math.sqrt(noise)
        self.d_s, self.d_w = pair.strong.shape[1], pair.weak.shape[1]
        by_weak, by_strong = _completed(pair.weak), _completed(pair.strong)
        self.strong_by_weak = by_weak.T @ pair.strong
        self.target_by_weak = by_weak.T @ pair.target
        self.teacher_by_strong = pair.weak.T @ by_strong
        target = by_strong.T @ pair.target
        self.in_strong, beyond_strong = target[: self.d_s], target[self.d_s :]
        self.missed = float(np.linalg.norm(beyond_strong))
        self.direction = beyond_strong / (self.missed or 1.0)

    def risks(self, trials: int, generator: np.random.Generator) -> dict[str, Floats]:
        """Return each risk, shape (trials,)."""
        d_s, d_w = self.d_s, self.d_w
        # The labelled points, in coordinates that start with V_w: the teacher is one triangular solve.
        first, labels = self._draw(self.labelled, self.target_by_weak, trials, generator)
        teacher = solve_upper(first[:, :d_w, :d_w], labels[:, :d_w])
        features = first @ self.strong_by_weak
        transposed = np.swapaxes(features, 1, 2)
        gram, moments = transposed @ features, _apply(transposed, labels)
        # The other points, in coordinates that start with V_s: so is the student.
        target = np.r_[self.in_strong, self.missed, 0.0]
        second, true_labels = self._draw(self.unlabelled, target, trials, generator)
        triangle = second[:, :d_s, :d_s]
        student = solve_upper(triangle, _apply(second[:, :d_s], self._seen_by_student(teacher)))
        error = np.hstack([student, np.zeros((trials, 2))]) - target
        transposed = np.swapaxes(triangle, 1, 2)
        all_gram = gram + transposed @ triangle
        all_moments = moments + _apply(transposed, true_labels[:, :d_s])
        return {
            "ER_w": _squared(teacher - self.target_by_weak[:d_w]) + _squared(self.target_by_weak[d_w:]),
            "ER_w2s": _squared(error),
            "ER_w2s_in_sample": _squared(_apply(second, error)) / self.unlabelled,
            "ER_s": self._strong_risk(_solve(gram, moments)),
            "ER_c": self._strong_risk(_solve(all_gram, all_moments)),
        }

    def _seen_by_student(self, teacher: Floats) -> Floats:
        """Return the teachers in coordinates of V_s, the target's direction beyond it, and one across both.

        The points that the student sees do not depend on the teacher, so beyond V_s they may be turned for each
        teacher: only the plane of target and teacher counts there.
        """
        coordinates = teacher @ self.teacher_by_strong
        beyond = coordinates[:, self.d_s :]
        along = beyond @ self.direction
        across = np.linalg.norm(beyond - along[:, None] * self.direction, axis=1)
        return np.column_stack([coordinates[:, : self.d_s], along, across])

    def _draw(
        self, points: int, target: Floats, trials: int, generator: np.random.Generator
    ) -> tuple[Floats, Floats]:
        design = compressed_design(points, len(target), trials, generator)
        noise = generator.standard_normal(design.shape[:2])
        return design, design @ target + self.deviation * noise

    def _strong_risk(self, coefficients: Floats) -> Floats:
        return np.asarray(_squared(coefficients - self.in_strong) + self.missed**2)


def compressed_design(points: int, coordinates: int, trials: int, generator: np.random.Generator) -> Floats:
    """Return triangles R, shape (trials, min(points, coordinates), coordinates), with R^T R distributed as Z^T Z.

    Z is a points x coordinates matrix of independent standard normal numbers.
    """
    rows = min(points, coordinates)
    triangles = np.zeros((trials, rows, coordinates))
    for row in range(rows):
        triangles[:, row, row + 1 :] = generator.standard_normal((trials, coordinates - row - 1))
        triangles[:, row, row] = np.sqrt(generator.chisquare(points - row, trials))
    return triangles


def solve_upper(triangles: Floats, right: Floats) -> Floats:
    """Return x with triangles x = right, for upper triangles (trials, d, d) and right-hand sides (trials, d)."""
    solution = np.zeros_like(right)
    for row in reversed(range(right.shape[1])):
        known = np.sum(triangles[:, row, row + 1 :] * solution[:, row + 1 :], axis=1)
        solution[:, row] = (right[:, row] - known) / triangles[:, row, row]
    return solution


def _completed(basis: Floats) -> Floats:
    """Return an orthonormal basis of the whole space that starts with the columns of `basis`."""
    full = np.linalg.qr(np.hstack([basis, np.eye(len(basis))]))[0]
    full[:, : basis.shape[1]] = basis
    return full


def _apply(matrices: Floats, vectors: Floats) -> Floats:
    return np.asarray((matrices @ vectors[:, :, None])[:, :, 0])


def _solve(matrices: Floats, vectors: Floats) -> Floats:
    return np.asarray(np.linalg.solve(matrices, vectors[:, :, None])[:, :, 0])


def _squared(vectors: Any) -> Any:
    return np.sum(vectors**2, axis=-1)
