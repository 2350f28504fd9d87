"""Two subspaces and a target, the setting of weak and strong least squares.

Source: Dong et al. 2025, the setting and the synthetic experiment.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from w2s_theory.errors import InvalidInput
from w2s_theory.geometry.subspaces import TwoSubspaces

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SubspacePair:
    """Two subspaces of R^D and a target: `strong` (D, d_s) and `weak` (D, d_w) with orthonormal columns, `target` (D,).

    Make one with `aligned_pair`, `angled_pair`, `coordinate_pair` or `spanned_pair`.
    """

    strong: Floats
    weak: Floats
    target: Floats

    def numbers(self, labelled: int, unlabelled: int, noise: float) -> TwoSubspaces:
        """Return what the exact risks depend on, at n labelled and N unlabelled points and this label variance.

        Raises InvalidInput where a risk is infinite: n <= max(d_w, d_s) + 1 or N <= d_s + 1, or the noise is negative.
        """
        d_s, d_w = self.strong.shape[1], self.weak.shape[1]
        check_points(labelled, unlabelled, d_s, d_w)
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

    Masses and errors are those of `angled_pair`; also raises InvalidInput outside 0 <= d_sw <= min(d_s, d_w).
    """
    _check_dimensions(d_s, d_w)
    if not 0 <= d_sw <= min(d_s, d_w):
        raise InvalidInput(f"d_sw = {d_sw:g}; it must be in [0, min(d_s, d_w)] = [0, {min(d_s, d_w)}]")
    shared = int(d_sw)
    rest = [math.sqrt(d_sw - shared)] if d_sw > shared else []
    return angled_pair(d_s, d_w, [1.0] * shared + rest, rho_s, rho_w, rho_both, signal)


def angled_pair(
    d_s: int,
    d_w: int,
    cosines: Sequence[float],
    rho_s: float = 0.0,
    rho_w: float = 0.0,
    rho_both: float = 0.0,
    signal: float = 1.0,
) -> SubspacePair:
    """Return subspaces with these cosines of principal angles; angles that are not listed are right angles.

    The target has mass `rho_both` outside both spans, rho_s - rho_both in V_w only and rho_w - rho_both in V_s only,
    spread evenly over directions orthogonal to the other span, and mass `signal` on the shared directions, if there
    are any. Raises InvalidInput outside d_s, d_w >= 1, for more than min(d_s, d_w) cosines or one outside [0, 1], for
    negative masses, or where no direction can carry a mass.
    """
    _check_dimensions(d_s, d_w)
    least = min(d_s, d_w)
    if len(cosines) > least or not all(0 <= cosine <= 1 for cosine in cosines):
        raise InvalidInput(
            f"cosines are {', '.join(f'{cosine:g}' for cosine in cosines)}; give at most min(d_s, d_w) = {least} in [0, 1]"
        )
    masses = {
        "rho_s - rho_both": rho_s - rho_both,
        "rho_w - rho_both": rho_w - rho_both,
        "rho_both": rho_both,
    }
    for name, mass in masses.items():
        if not (math.isfinite(mass) and mass >= 0):
            raise InvalidInput(f"{name} is {mass:g}; rho_s and rho_w must be finite and >= rho_both >= 0")
    ordered = np.sort(np.r_[cosines, np.zeros(least - len(cosines))])[::-1]
    shared, related = int(np.sum(ordered == 1)), int(np.sum(ordered > 0))
    # Coordinates: those of V_s, then one for each weak direction outside V_s, then one for what is off both.
    size = d_s + d_w - shared + 1
    weak = np.zeros((size, d_w))
    weak[np.arange(least), np.arange(least)] = ordered
    sines = np.r_[np.sqrt(1 - ordered[shared:] ** 2), np.ones(d_w - least)]
    weak[np.arange(d_s, size - 1), np.arange(shared, d_w)] = sines
    target = np.zeros(size)
    target[-1] = math.sqrt(rho_both)
    for name, place in (
        ("rho_w - rho_both", np.arange(related, d_s)),
        ("rho_s - rho_both", np.arange(d_s + related - shared, size - 1)),
    ):
        if masses[name] and not len(place):
            raise InvalidInput(
                f"{name} = {masses[name]:g}, but no direction of one span is orthogonal to the other; raise rho_both to it"
            )
        target[place] = math.sqrt(masses[name] / max(len(place), 1))
    target[:shared] = math.sqrt(signal / max(shared, 1))
    return SubspacePair(np.eye(size, d_s), weak, target)


def _check_dimensions(d_s: int, d_w: int) -> None:
    if min(d_s, d_w) < 1:
        raise InvalidInput(f"d_s = {d_s} and d_w = {d_w}; both must be >= 1")


def coordinate_pair(
    strong: Sequence[int], weak: Sequence[int], target: Sequence[float] | Floats
) -> SubspacePair:
    """Return the subspaces spanned by coordinates, each list without repetition, and a target in all coordinates.

    Coordinates in neither list are folded into one, which changes no law: every fit sees them as noise.
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


def check_points(labelled: int, unlabelled: int, d_s: int, d_w: int) -> None:
    """Raise InvalidInput where a risk is infinite: n <= max(d_w, d_s) + 1 or N <= d_s + 1."""
    least = max(d_w, d_s) + 2
    if labelled < least:
        raise InvalidInput(
            f"n = {labelled} labelled points leave a risk infinite; use n >= max(d_w, d_s) + 2 = {least}"
        )
    if unlabelled < d_s + 2:
        raise InvalidInput(
            f"N = {unlabelled} unlabelled points leave the student's risk infinite; use N >= d_s + 2 = {d_s + 2}"
        )
