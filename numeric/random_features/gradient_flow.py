"""Gradient flow on a teacher's labels, at all stopping times at once, from the modes it runs through.

Source: Medvedev et al. 2025, section 1, for f_t = (1 - exp(-t K)) f_TE; the error bounds are derived here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from numeric.arrays.backends import Array, Backend
from numeric.random_features.family import Floats
from numeric.random_features.lanczos import Krylov, lanczos
from w2s_theory.errors import InvalidInput

# Zooming in on a minimum by 20 parts a round: three rounds give the time to about 1e-3 of a grid step.
_ZOOM_POINTS = 21
_ZOOM_ROUNDS = 3

# Lanczos stops here in units of the precision's epsilon; below it, rounding errors are larger anyway.
_LANCZOS_TOLERANCE = 1e3
_MOST_LANCZOS_STEPS = 600


@dataclass(frozen=True)
class FlowModes:
    """The student f_t = sum_i (1 - exp(-t rate_i)) g_i with orthogonal g_i, as far as its loss goes.

    `rates`, `overlaps` (E f* g_i) and `energies` (E g_i^2) have shape (modes,). Parts of the teacher that are
    left out have squared norm `remainder` and are learnt at rates up to `remainder_rate`. Modes from a
    Lanczos run carry `couplings`, the shares of the modes in the direction that the run left out.
    """

    rates: Floats
    overlaps: Floats
    energies: Floats
    remainder: float = 0.0
    remainder_rate: float = 0.0
    couplings: Floats | None = None

    def losses(self, times: Floats) -> Floats:
        """Return L_ST = 1 - 2 E f* f_t + E f_t^2 at each time."""
        learnt = -np.expm1(-np.multiply.outer(times, self.rates))
        return np.asarray(1.0 - 2.0 * (learnt @ self.overlaps) + learnt**2 @ self.energies)

    def truncation_error(self, times: Floats) -> Floats:
        """Return a bound on how much larger L_ST is because of the parts left out, at each time."""
        return np.asarray(self.remainder * np.expm1(-times * self.remainder_rate) ** 2)

    def lanczos_error(self, times: Floats) -> Floats:
        """Return a bound on the L2 distance of f_t from the exact flow, rounding aside, at each time.

        The residual of the flow's equation is r(t) = |sum_i couplings_i (1 - exp(-t rate_i)) / rate_i|, which
        grows with t. The flow with kernel matrix G turns it into a distance of at most the integral of
        ||G^(1/2) exp(-(t-s) G)|| r(s), and the norm is at most 1/sqrt(2 e (t-s)): in all sqrt(2 t / e) r(t).
        """
        if self.couplings is None:
            return np.zeros_like(times)
        residual = np.abs(_decay_integral(times, self.rates) @ self.couplings)
        return np.asarray(np.sqrt(2.0 * times / math.e) * residual)

    def best(self, times: Floats) -> tuple[float, float]:
        """Return the time between the first and last of `times` with the least loss, and that loss."""
        for _ in range(_ZOOM_ROUNDS):
            index = int(np.argmin(self.losses(times)))
            low, high = times[max(0, index - 1)], times[min(len(times) - 1, index + 1)]
            times = np.linspace(low, high, _ZOOM_POINTS)
        losses = self.losses(times)
        index = int(np.argmin(losses))
        return float(times[index]), float(losses[index])


def _decay_integral(times: Floats, rates: Floats) -> Floats:
    """Return the integral of exp(-s rate) over s from 0 to t, for each time and each rate >= 0."""
    products = np.multiply.outer(times, rates)
    positive = np.where(products > 0, products, 1.0)
    return np.asarray(times[:, None] * np.where(products > 0, -np.expm1(-positive) / positive, 1.0))


def loss_error(losses: Floats, distance: Floats) -> Floats:
    """Return how far a squared L2 distance can move when the function moves by `distance`."""
    return np.asarray(2.0 * np.sqrt(np.maximum(losses, 0.0)) * distance + distance**2)


def check_times(times: Floats) -> Floats:
    """Return the stopping times as an array; raises InvalidInput unless finite, >= 0 and increasing."""
    checked = np.asarray(times, dtype=np.float64)
    if checked.ndim != 1 or checked.size == 0 or not np.all(np.isfinite(checked)) or np.any(checked < 0):
        raise InvalidInput("stopping times are a list of one or more finite numbers >= 0")
    if np.any(np.diff(checked) <= 0):
        raise InvalidInput("stopping times are not increasing; list each once, the smallest first")
    return checked


def finite_student_modes(
    gram: Array, labels: Array, target: Array, backend: Backend, longest_time: float
) -> list[FlowModes]:
    """Return the modes of students that share their features, one student a teacher.

    `gram` is E phi_i phi_j, shape (m, m), `labels` is E phi_i f_TE, shape (teachers, m), and `target` is
    E phi_i f*, shape (m,), with phi_i the student's features. They count with weight 1/sqrt(m), so that times
    mean the same at every width. Lanczos goes on until its error is negligible up to `longest_time`.
    """
    width = gram.shape[0]
    starts, target = labels * width**-0.5, target * width**-0.5
    times = np.asarray([longest_time])
    tolerance = _LANCZOS_TOLERANCE * backend.epsilon
    no_target = np.zeros(0)

    def converged(seen: list[Krylov]) -> bool:
        errors = (_modes(krylov, no_target, backend.epsilon).lanczos_error(times) for krylov in seen)
        return all(error[0] < tolerance for error in errors)

    seen, bases = lanczos(
        lambda vectors: (gram @ vectors) * (1.0 / width), starts, backend, converged, _MOST_LANCZOS_STEPS
    )
    on_basis = backend.to_numpy(bases @ target)
    return [_modes(krylov, row, backend.epsilon) for krylov, row in zip(seen, on_basis, strict=True)]


def _modes(krylov: Krylov, target: Floats, epsilon: float) -> FlowModes:
    """Return one mode for each Ritz vector; `target` is f* along the basis, empty where it is not needed.

    The weights at time t are norm * phi_t(T) e_1 in the basis, phi_t(x) = (1 - exp(-t x)) / x. A Ritz value
    lost in rounding errors belongs to nothing that is learnt in time, so its mode is left at zero.
    """
    values, vectors = krylov.eigen()
    real = values > len(values) * epsilon * values[-1]
    inverse = np.where(real, 1.0 / np.where(real, values, 1.0), 0.0)
    along_start = krylov.norm * vectors[0]
    return FlowModes(
        rates=np.where(real, values, 0.0),
        overlaps=(target @ vectors) * along_start * inverse if target.size else target,
        energies=along_start**2 * inverse,
        couplings=krylov.off_diagonal[-1] * vectors[-1] * along_start,
    )
