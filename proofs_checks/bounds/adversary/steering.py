"""Steering in floats: states turned a little, and states moved onto the conditions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from proofs_checks.bounds.adversary.families import Family, Floats, Generator, Turning
from w2s_theory.terms.tree import Atom, Formula, Sign, conjuncts

NEWTON_PAIRS = 3
MOST_KNOBS = 10
"""Knobs that one Newton step may move, chosen at random where there are more."""
CLOSE_ENOUGH = 1e-14
"""The share by which the sides of an equation may differ without being moved."""
INSIDE = 1e-6
"""The margin by which an inequality among the conditions is aimed at."""


def turned(family: Family, parents: Floats, generator: Generator, count: int) -> Floats:
    """Return knobs of `count` states near the parents, shape (parents, knobs), by steps of many sizes.

    Half of them follow the difference of two parents, as differential evolution does; the others turn a few knobs.
    """
    parent = parents[generator.integers(len(parents), size=count)]
    coordinates = _unscaled(family, parent)
    size = 10.0 ** generator.uniform(-5, -0.3, (count, 1))
    few = generator.random(parent.shape) < generator.choice([0.15, 0.5, 1.0], (count, 1))
    few[np.arange(count), generator.integers(parent.shape[1], size=count)] = True
    steps = size * generator.normal(size=parent.shape) * few * _ranges(family)
    first, second = (
        _unscaled(family, parents[generator.integers(len(parents), size=count)]) for _ in range(2)
    )
    along = generator.uniform(-1, 1, (count, 1)) * (first - second)
    follows = generator.random((count, 1)) < 0.5
    moved = _scaled(family, coordinates + np.where(follows, along, steps))
    fixed = np.array([knob.turning is Turning.CHOICE for knob in family.knobs])
    whole = np.array([knob.turning is Turning.WHOLE for knob in family.knobs])
    unit_steps = generator.integers(-1, 2, parent.shape) * few
    moved = np.where(whole & ~follows & (size < 0.1), parent + unit_steps, moved)
    return family.within(np.where(fixed, parent, moved))


def approached(family: Family, knobs: Floats, conditions: Formula, generator: Generator) -> Floats:
    """Return the states moved toward the conditions by Newton steps of least length, shape as given.

    Equations are aimed at exactly, inequalities a little inside; what is satisfied stays so only to first order.
    """
    free = np.array([i for i, knob in enumerate(family.knobs) if knob.turning is not Turning.CHOICE])
    scale = np.array([max(knob.high, 1.0) if knob.turning is Turning.WHOLE else 1.0 for knob in family.knobs])
    # A few knobs for two steps, so that the second corrects what the first left, then others.
    for places in (generator.permutation(free)[:MOST_KNOBS] for _ in range(NEWTON_PAIRS)):
        for _ in range(2):
            knobs = _newton_step(family, knobs, conditions, places, scale)
    return knobs


def _newton_step(
    family: Family, knobs: Floats, conditions: Formula, places: NDArray[np.int64], scale: Floats
) -> Floats:
    residual = _residuals(family, knobs, conditions)
    is_off = np.any(residual, axis=1)
    if not is_off.any():
        return knobs
    if not is_off.all():
        knobs = knobs.copy()
        knobs[is_off] = _newton_step(family, knobs[is_off], conditions, places, scale)
        return knobs
    coordinates = _unscaled(family, knobs)
    moved = np.repeat(coordinates[None], len(places), axis=0)
    nudge = np.array([1.0 if family.knobs[i].turning is Turning.WHOLE else 1e-7 for i in places])
    for row, place in enumerate(places):
        top = _unscaled(family, np.full_like(knobs[:1], family.knobs[place].high))[0, place]
        moved[row, :, place] += np.where(coordinates[:, place] + nudge[row] > top, -1, 1) * nudge[row]
    taken = moved[np.arange(len(places)), :, places] - coordinates[:, places].T
    shifted = _residuals(family, _scaled(family, moved.reshape(-1, knobs.shape[1])), conditions).reshape(
        len(places), len(knobs), -1
    )
    weight = np.where(scale[places] > 1, np.maximum(np.abs(coordinates[:, places]), 1), 1.0)
    slopes = np.moveaxis((shifted - residual) / taken[:, :, None], 0, 2) * weight[:, None]
    slopes = np.nan_to_num(slopes, posinf=0, neginf=0)
    square = slopes @ np.swapaxes(slopes, 1, 2)
    damping = 1e-12 * (1 + np.trace(square, axis1=1, axis2=2))
    square += damping[:, None, None] * np.eye(square.shape[1])
    multipliers = np.linalg.solve(square, residual[:, :, None])
    step = (np.swapaxes(slopes, 1, 2) @ multipliers)[:, :, 0] * weight
    limit = np.maximum(weight, _ranges(family)[places])
    coordinates[:, places] -= np.clip(step, -limit, limit)
    return family.within(_scaled(family, coordinates))


def _residuals(family: Family, knobs: Floats, conditions: Formula) -> Floats:
    """Return what each condition is off by, shape (states, conditions), 0 where satisfied or undefined."""
    points = family.observables(knobs)
    columns = []
    for part in conjuncts(conditions):
        if isinstance(part, Atom) and part.sign is Sign.EQ:
            column = points.share(part)
        else:
            by = points.margin(part)
            column = np.where(by < INSIDE, by - INSIDE, 0)
        columns.append(np.where(np.abs(column) <= CLOSE_ENOUGH, 0, np.nan_to_num(column)))
    return np.stack(columns, axis=1) if columns else np.zeros((len(knobs), 1))


def _ranges(family: Family) -> Floats:
    """Return how far each knob may be turned, in the coordinates of `_unscaled`."""
    far = {Turning.SCALE: 5.0, Turning.WHOLE: 100.0}
    return np.array([far.get(knob.turning, knob.high - knob.low) for knob in family.knobs])


def _is_scale(family: Family) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.array([knob.turning is Turning.SCALE for knob in family.knobs])


def _unscaled(family: Family, knobs: Floats) -> Floats:
    """Return knobs with logarithms for those that range over orders of magnitude."""
    with np.errstate(all="ignore"):
        return np.where(_is_scale(family), np.log(knobs), knobs)


def _scaled(family: Family, coordinates: Floats) -> Floats:
    with np.errstate(all="ignore"):
        return np.where(_is_scale(family), np.exp(coordinates), coordinates)
