"""Losses of random-feature teachers and students under Gaussian universality, in floating point.

Logarithms carry eigenvalues and multiplicities, so multiplicities of 1e300 and degrees of 1e5 neither
overflow nor underflow. The same formulas in exact arithmetic are in `w2s_theory.spectra.universality`.

Source: Medvedev et al. 2025, section 3, under Gaussian universality; the variance term is derived here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from w2s_theory.errors import InvalidInput

Floats = NDArray[np.float64]

NEWTON_STEPS = 200
TIMES_PER_ROUND = 129
REFINEMENTS = 4


@dataclass(frozen=True)
class DeterministicEquivalent:
    """A teacher of some width on a kernel's spectrum; the target has some mass on each level.

    All arrays have shape (levels,): natural logarithms of eigenvalues (-inf where an eigenvalue is 0) and
    of multiplicities, and the target's masses, which are >= 0 and sum to 1. Build one with `at_width`.
    """

    log_eigenvalues: Floats
    log_multiplicities: Floats
    masses: Floats
    log_kappa: float

    @classmethod
    def at_width(
        cls, log_eigenvalues: ArrayLike, log_multiplicities: ArrayLike, masses: ArrayLike, width: float
    ) -> DeterministicEquivalent:
        """Solve the fixed point for a teacher of this width.

        `masses` may be shorter than the spectrum; the missing levels have mass 0. Raises InvalidInput for
        arrays that do not fit, masses that are not a distribution, or a width not below the rank.
        """
        log_lambda, log_n = _levels(log_eigenvalues, log_multiplicities)
        mass = np.asarray(masses, dtype=np.float64)
        if mass.ndim != 1 or mass.size > log_lambda.size:
            raise InvalidInput(
                f"{mass.size} target masses for {log_lambda.size} levels; give at most one a level"
            )
        if not (np.all(mass >= 0) and abs(mass.sum() - 1) < 1e-9):
            raise InvalidInput(f"the target masses sum to {mass.sum():g}; they must be >= 0 and sum to 1")
        mass = np.concatenate([mass, np.zeros(log_lambda.size - mass.size)])
        log_kappa = float(solve_log_kappa(log_lambda, log_n, width))
        return cls(log_lambda, log_n, mass, log_kappa)

    @property
    def kappa(self) -> float:
        """The fixed point, 0.0 where it underflows; `log_kappa` never does."""
        return float(np.exp(self.log_kappa))

    @cached_property
    def missed(self) -> Floats:
        """The residual fraction q = kappa / (lambda + kappa) on each level."""
        return np.asarray(np.exp(self.log_kappa - np.logaddexp(self.log_eigenvalues, self.log_kappa)))

    @cached_property
    def captured(self) -> Floats:
        """The equivalent of the teacher's projection, lambda / (lambda + kappa), on each level."""
        return np.asarray(np.exp(self.log_eigenvalues - np.logaddexp(self.log_eigenvalues, self.log_kappa)))

    @cached_property
    def variance_shares(self) -> Floats:
        """The share of each level in the teacher's variance: N lambda / (lambda + kappa)^2, summing to 1."""
        log_share = (
            self.log_multiplicities
            + self.log_eigenvalues
            - 2 * np.logaddexp(self.log_eigenvalues, self.log_kappa)
        )
        return np.asarray(np.exp(log_share - np.logaddexp.reduce(log_share)))

    @property
    def teacher_loss(self) -> float:
        """L_TE."""
        return float(self.masses @ self.missed)

    @property
    def mean_teacher_loss(self) -> float:
        """The risk of the posterior-mean teacher, the floor under L_ST for every filter."""
        return float(self.masses @ self.missed**2)

    @property
    def teacher_variance(self) -> float:
        """E |f_TE - E f_TE|^2 = L_TE - mean_teacher_loss, without the subtraction."""
        return float(self.masses @ (self.missed * self.captured))

    def filtered_loss(self, learned: ArrayLike, unlearned: ArrayLike | None = None) -> Floats:
        """Return L_ST for spectral filters h, shape (..., levels) in, shape (...) out.

        `unlearned` is 1 - h where that is known to more digits than by subtraction.
        """
        h = np.asarray(learned, dtype=np.float64)
        rest = 1 - h if unlearned is None else np.asarray(unlearned, dtype=np.float64)
        on_target = self.masses > 0
        residual = rest[..., on_target] + h[..., on_target] * self.missed[on_target]
        bias: Floats = residual**2 @ self.masses[on_target]
        return bias + self.teacher_variance * ((h * h) @ self.variance_shares)

    def student_loss(self, times: ArrayLike) -> Floats:
        """Return L_ST of gradient flow stopped at each of the times (>= 0, any shape)."""
        return self._loss_at_log_times(_log(times))

    def _loss_at_log_times(self, log_times: Floats) -> Floats:
        visible = np.isfinite(self.log_eigenvalues)
        invisible_loss = float(self.masses[~visible].sum())
        exponent = -np.exp(np.minimum(log_times[..., None] + self.log_eigenvalues[visible], 700.0))
        learned = -np.expm1(exponent)
        on_target = self.masses[visible] > 0
        missed = self.missed[visible][on_target]
        residual = np.exp(exponent[..., on_target]) + learned[..., on_target] * missed
        bias = residual**2 @ self.masses[visible][on_target] + invisible_loss
        np.multiply(learned, learned, out=learned)
        loss: Floats = bias + self.teacher_variance * (learned @ self.variance_shares[visible])
        return loss

    @cached_property
    def log_optimal_time(self) -> float:
        """The logarithm of the time that minimizes L_ST, to about 1e-8; the loss is flat there.

        Raises InvalidInput if the target has no mass on a positive eigenvalue.
        """
        targets = self.log_eigenvalues[(self.masses > 0) & np.isfinite(self.log_eigenvalues)]
        if not targets.size:
            raise InvalidInput(
                "the target has no mass on a positive eigenvalue; no time improves the student"
            )
        low = -float(self.log_eigenvalues.max()) - 10.0
        high = -float(targets.min()) + np.log(800.0)
        for _ in range(REFINEMENTS):
            grid = np.linspace(low, high, TIMES_PER_ROUND)
            best = int(np.argmin(self._loss_at_log_times(grid)))
            low, high = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, grid.size - 1)])
        return float(grid[best])

    @property
    def optimal_time(self) -> float:
        """The stopping time that minimizes L_ST."""
        return float(np.exp(self.log_optimal_time))

    @property
    def best_student_loss(self) -> float:
        """The minimum of L_ST over the stopping time."""
        return float(self._loss_at_log_times(np.asarray(self.log_optimal_time)))

    def recovered_gap(self, student_loss: ArrayLike) -> Floats:
        """Return PGR = (L_TE - L_ST) / L_TE for each student loss."""
        return (self.teacher_loss - np.asarray(student_loss, dtype=np.float64)) / self.teacher_loss

    def misalignment(self, levels: ArrayLike) -> float:
        """Return kappa_S for the span S of the levels at these indices."""
        return float(self.missed[np.asarray(levels)].max())


def solve_log_kappa(log_eigenvalues: ArrayLike, log_multiplicities: ArrayLike, widths: ArrayLike) -> Floats:
    """Return log kappa with df1(kappa) = M for each width M, shape of `widths`.

    Bracketed Newton iteration in log kappa, to a unit or two in the last place of df1. Raises InvalidInput
    for arrays that do not fit, or a width not below the rank of the given levels.
    """
    log_lambda, log_n = _levels(log_eigenvalues, log_multiplicities)
    visible = np.isfinite(log_lambda)
    order = np.argsort(-log_lambda[visible], kind="stable")
    log_lambda, log_n = log_lambda[visible][order], log_n[visible][order]
    log_m = _log(widths)
    log_count = np.logaddexp.accumulate(log_n) if log_n.size else np.array([-np.inf])
    if not np.all((log_m < log_count[-1]) & np.isfinite(log_m)):
        raise InvalidInput(
            f"a width M is not between 0 and the rank exp({log_count[-1]:.6g}) of the levels given;"
            " take a smaller M or more levels"
        )
    return _bracketed_newton(log_lambda, log_n, log_count, log_m)


def _bracketed_newton(log_lambda: Floats, log_n: Floats, log_count: Floats, log_m: Floats) -> Floats:
    # n eigenvalues >= l give df1 >= n l / (l + kappa), so kappa >= l (n - M) / M; and df1 <= trace / kappa.
    excess = log_count - log_m[..., None]
    with np.errstate(divide="ignore", invalid="ignore"):
        floor = np.where(excess > 0, log_lambda + np.log(np.expm1(np.minimum(excess, 700.0))), -np.inf)
    low, high = floor.max(axis=-1), np.logaddexp.reduce(log_n + log_lambda) - log_m
    log_kappa = 0.5 * (low + high)
    for _ in range(NEWTON_STEPS):
        total = np.logaddexp(log_lambda, log_kappa[..., None])
        log_terms = log_n + log_lambda - total
        log_df1 = np.logaddexp.reduce(log_terms, axis=-1)
        log_surplus = np.logaddexp.reduce(log_terms + log_kappa[..., None] - total, axis=-1)
        low = np.where(log_df1 > log_m, log_kappa, low)
        high = np.where(log_df1 > log_m, high, log_kappa)
        following = log_kappa + (log_df1 - log_m) * np.exp(log_df1 - log_surplus)
        following = np.where((following >= low) & (following <= high), following, 0.5 * (low + high))
        if np.all(np.abs(following - log_kappa) <= 4e-16 * np.maximum(np.abs(log_kappa), 1.0)):
            return np.asarray(following)
        log_kappa = following
    return np.asarray(log_kappa)


def _levels(log_eigenvalues: ArrayLike, log_multiplicities: ArrayLike) -> tuple[Floats, Floats]:
    log_lambda = np.asarray(log_eigenvalues, dtype=np.float64)
    log_n = np.asarray(log_multiplicities, dtype=np.float64)
    if log_lambda.ndim != 1 or log_lambda.shape != log_n.shape:
        raise InvalidInput(
            f"log eigenvalues of shape {log_lambda.shape} with log multiplicities of shape {log_n.shape};"
            " give two arrays of shape (levels,)"
        )
    if np.isnan(log_lambda).any() or np.isposinf(log_lambda).any() or not np.isfinite(log_n).all():
        raise InvalidInput(
            "a level is not finite; log eigenvalues are finite or -inf, log multiplicities finite"
        )
    return log_lambda, log_n


def _log(values: ArrayLike) -> Floats:
    array = np.asarray(values, dtype=np.float64)
    if not np.all(array >= 0):
        raise InvalidInput("a time or width is negative or not a number; they must be >= 0")
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(array))
