"""Gap, misfit and mismatch of a student and its teachers in floating point, for many finite joint laws at once.

Arrays have the axes (law, atom, coordinate), weights (law, atom). A law may be an input with an ensemble of teachers, or
one of many drawn laws; atoms with the same target and the same student share their posterior means.

Source: Xu et al. 2025, the two decompositions of the gap.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

import numpy as np
import sympy
import xarray as xr
from numpy.typing import NDArray
from scipy.special import expit, kl_div, log1p, logit, softmax

from w2s_theory.divergences.bregman import (
    BINARY_KULLBACK_LEIBLER,
    ITAKURA_SAITO,
    KULLBACK_LEIBLER,
    SLOPE,
    SQUARED,
    Bregman,
    X,
)
from w2s_theory.errors import InvalidInput

Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class FloatDivergence:
    """A divergence coordinate by coordinate, the slope, and the points that have given slopes.

    With `closed`, the first argument may lie on the boundary of the domain.
    """

    coordinate: Callable[[Floats, Floats], Floats]
    slope: Callable[[Floats], Floats]
    from_slopes: Callable[[Floats], Floats]
    closed: bool = False

    def __call__(self, x: Floats, y: Floats) -> Floats:
        """Return D(x, y), summed over the last axis."""
        return np.asarray(self.coordinate(x, y).sum(axis=-1))


def _itakura_saito(x: Floats, y: Floats) -> Floats:
    excess = (x - y) / y
    return np.asarray(excess - log1p(excess))


_NAMED: Final = {
    SQUARED: FloatDivergence(lambda x, y: (x - y) ** 2, lambda x: 2 * x, lambda t: t / 2),
    KULLBACK_LEIBLER: FloatDivergence(kl_div, np.log, lambda t: softmax(t, axis=-1), closed=True),
    BINARY_KULLBACK_LEIBLER: FloatDivergence(
        lambda x, y: kl_div(x, y) + kl_div(1 - x, 1 - y), logit, expit, closed=True
    ),
    ITAKURA_SAITO: FloatDivergence(_itakura_saito, lambda x: -1 / x, lambda t: -1 / t),
}
"""Forms without cancellation."""


@cache
def floating(loss: Bregman) -> FloatDivergence:
    """Return a divergence in floating point; raises InvalidInput where its slope has no inverse in closed form."""
    if loss in _NAMED:
        return _NAMED[loss]
    if loss.inverse_slope is None:
        raise InvalidInput(
            f"{loss.name} has no inverse_slope; give it one with dataclasses.replace, in closed form"
        )
    y = sympy.Symbol("y", real=True)
    return FloatDivergence(
        sympy.lambdify((X, y), loss.coordinate_divergence(X, y), "numpy"),
        sympy.lambdify(X, loss.slope, "numpy"),
        sympy.lambdify(SLOPE, loss.inverse_slope, "numpy"),
    )


@dataclass(frozen=True)
class Laws:
    """Joint laws of target, student and teacher: weights (law, atom) that sum to 1, points (law, atom, coordinate).

    Raises InvalidInput for shapes that do not fit, or weights that are negative or do not sum to 1 within 1e-9.
    """

    weights: Floats
    target: Floats
    student: Floats
    teacher: Floats

    def __post_init__(self) -> None:
        shapes = {self.target.shape, self.student.shape, self.teacher.shape}
        if len(shapes) != 1 or self.weights.shape != self.target.shape[:2] or self.target.ndim != 3:
            raise InvalidInput(
                "target, student and teacher need one shape (law, atom, coordinate), and weights (law, atom)"
            )
        if np.any(self.weights < 0) or not np.allclose(self.weights.sum(axis=1), 1, rtol=0, atol=1e-9):
            raise InvalidInput("the weights of each law must be >= 0 and sum to 1")

    def expect(self, values: Floats) -> Floats:
        """Return the expectation under each law of numbers (law, atom)."""
        return np.asarray((self.weights * values).sum(axis=1))

    def posterior(self, values: Floats) -> Floats:
        """Return the conditional expectation of values (law, atom, coordinate), given target and student.

        Where target and student have probability 0 together, it is the value itself.
        """
        given = np.concatenate([self.target, self.student], axis=2)
        shares = (given[:, :, None] == given[:, None]).all(axis=3) * self.weights[:, None]
        total = shares.sum(axis=2, keepdims=True)
        alone = np.eye(shares.shape[1])
        return np.asarray(np.where(total > 0, shares / np.where(total > 0, total, 1), alone) @ values)


def decompose_dual(loss: Bregman, laws: Laws) -> xr.Dataset:
    """Return gap, misfit and mismatch under each law with the models in the second argument: gap = misfit + mismatch.

    The gap is E D(g, w) - E D(g, s), the misfit E D(s, w), and the mismatch compares the student's gradient with that of
    its dual posterior mean (bv.gap-dual). Targets may be one-hot; raises InvalidInput for other points outside the open
    domain, where slopes are infinite.
    """
    divergence = floating(loss)
    _check_domain(loss, target=laws.target, closed=divergence.closed)
    _check_domain(loss, student=laws.student, teacher=laws.teacher)
    slope, g, s, w = divergence.slope, laws.target, laws.student, laws.teacher
    dual_mean = divergence.from_slopes(laws.posterior(slope(w)))
    return _parts(
        loss,
        gap=laws.expect(divergence(g, w)) - laws.expect(divergence(g, s)),
        misfit=laws.expect(divergence(s, w)),
        mismatch=laws.expect(((slope(s) - slope(dual_mean)) * (g - s)).sum(axis=2)),
    )


def decompose_primal(loss: Bregman, laws: Laws) -> xr.Dataset:
    """Return gap, misfit and mismatch under each law with the models in the first argument: gap = misfit + mismatch.

    The gap is E D(w, g) - E D(s, g), the misfit E D(w, s), and the mismatch compares the student with its posterior mean
    (bv.gap-primal). Teachers may be one-hot; raises InvalidInput for other points outside the open domain.
    """
    divergence = floating(loss)
    _check_domain(loss, teacher=laws.teacher, closed=divergence.closed)
    _check_domain(loss, target=laws.target, student=laws.student)
    slope, g, s, w = divergence.slope, laws.target, laws.student, laws.teacher
    return _parts(
        loss,
        gap=laws.expect(divergence(w, g)) - laws.expect(divergence(s, g)),
        misfit=laws.expect(divergence(w, s)),
        mismatch=laws.expect(((slope(s) - slope(g)) * (laws.posterior(w) - s)).sum(axis=2)),
    )


def _parts(loss: Bregman, **values: Floats) -> xr.Dataset:
    return xr.Dataset({name: ("law", value) for name, value in values.items()}, attrs={"loss": loss.name})


def _check_domain(loss: Bregman, closed: bool = False, **points: Floats) -> None:
    low, high = float(loss.low), float(loss.high)
    for name, values in points.items():
        inside = (low <= values) & (values <= high) if closed else (low < values) & (values < high)
        if not np.all(inside):
            sign = "<=" if closed else "<"
            raise InvalidInput(
                f"a {name} lies outside the domain of {loss.name}; allowed here: {low:g} {sign} x {sign} {high:g}"
            )
        if loss.simplex and not np.allclose(values.sum(axis=-1), 1, rtol=0, atol=1e-9):
            raise InvalidInput(f"the entries of a {name} do not sum to 1; they must be probabilities")


def random_laws(
    loss: Bregman, generator: np.random.Generator, count: int, *, atoms: int = 5, coordinates: int = 3
) -> Laws:
    """Draw laws in which target, student and teacher depend on each other: two targets and two students in each."""
    weights = generator.dirichlet(np.ones(atoms), size=count)
    teacher = _random_points(loss, generator, (count, atoms, coordinates))
    pools = [_random_points(loss, generator, (count, 2, coordinates)) for _ in range(2)]
    chosen = generator.integers(2, size=(2, count, atoms))
    rows = np.arange(count)[:, None]
    target, student = (pool[rows, picks] for pool, picks in zip(pools, chosen, strict=True))
    return Laws(weights, target, student, teacher)


def _random_points(loss: Bregman, generator: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    normal = generator.standard_normal(shape)
    if loss.simplex:
        return np.asarray(softmax(2 * normal, axis=-1))
    low, high = float(loss.low), float(loss.high)
    if np.isfinite(low) and np.isfinite(high):
        return np.asarray(low + (high - low) * expit(2 * normal))
    if np.isfinite(low):
        return np.asarray(low + np.exp(normal))
    return np.asarray(high - np.exp(normal)) if np.isfinite(high) else normal
