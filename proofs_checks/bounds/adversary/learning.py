"""Students by learning rules, of teachers that are projections on any subspace.

The rules whose filters are not rational, such as gradient flow, are spectral filters, and their values are knobs.
"""

from __future__ import annotations

import numpy as np

from proofs_checks.bounds.adversary.arithmetic import Array, chosen, divided, ratio, reflected, unit
from proofs_checks.bounds.adversary.families import Built, Family, Knob, Turning
from proofs_checks.bounds.adversary.vectors import built

SIGNED = Knob(-1, 1, special=(-1, 0, 1), solvable=False)
SHARE = Knob()
BRANCHING = Knob(solvable=False)
RULES = (
    "spectral filter",
    "spectral cut-off",
    "lasso",
    "nearest point of a box",
    "nearest point of a half-space",
    "nearest point of a cone",
    "nearest point of a norm ball",
    "point of the ball with diameter [0, teacher]",
)


def any_projection(knobs: Array, dimension: int) -> tuple[Array, Array]:
    """Return a target of length 1 and its projection on a subspace, from 3 dimension + 1 knobs.

    They are three mirrors, which turn the target and the subspace, and the subspace's dimension.
    """
    turn, first, second, rank = np.split(knobs, [dimension, 2 * dimension, 3 * dimension], axis=1)
    target = reflected(unit(len(knobs), dimension, 0, knobs), turn)
    coordinates = reflected(reflected(target, first), second)
    kept = np.where(np.arange(dimension) < rank, coordinates, 0)
    return target, reflected(reflected(kept, second), first)


def teacher_knobs(dimension: int) -> tuple[Knob, ...]:
    """Return the knobs of `any_projection`."""
    return (*(SIGNED,) * (3 * dimension), Knob(0, dimension, Turning.CHOICE))


def learned(labels: Array, knobs: Array, dimension: int) -> Array:
    """Return what one of `RULES` learns from labels, from 3 dimension + 1 knobs: rule, two mirrors, shares.

    The mirrors turn the eigenvectors of the student's kernel; shares are filter values, thresholds or half-widths.
    """
    rule, first, second, shares = np.split(knobs, [1, 1 + dimension, 1 + 2 * dimension], axis=1)
    g = reflected(reflected(labels, first), second)
    size = np.abs(g)
    beyond = (g * first).sum(axis=1) - shares[:, 0]
    excess = ratio(np.where(beyond > 0, beyond, 0), (first * first).sum(axis=1))
    by_rule = [
        shares * g,
        np.where(2 * shares >= 1, g, 0),
        np.where(size > shares, np.where(g > 0, g - shares, g + shares), 0),
        np.where(size > shares, np.where(g > 0, shares, -shares), g),
        g - excess[:, None] * first,
        np.where(g > 0, g, 0),
        shares[:, :1] * g,
        divided(g + (2 * shares[:, :1] - 1) * reflected(g, second), 2),
    ]
    return reflected(reflected(chosen(rule[:, 0], by_rule), second), first)


def rule_knobs(dimension: int) -> tuple[Knob, ...]:
    """Return the knobs of `learned`."""
    rule = Knob(0, len(RULES) - 1, Turning.CHOICE)
    return rule, *(SIGNED,) * (2 * dimension), *(BRANCHING,) * dimension


def by_rules(dimension: int, steps: int) -> Family:
    """Return chains of students, each by any rule from the one before, of any projected teacher."""

    def construct(knobs: Array) -> Built:
        count = 3 * dimension + 1
        target, teacher = any_projection(knobs[:, :count], dimension)
        students = [teacher]
        for step in range(1, steps + 1):
            students.append(learned(students[-1], knobs[:, step * count : (step + 1) * count], dimension))
        return built(np.ones_like(target), target, teacher, students[1:])

    knobs = (*teacher_knobs(dimension), *rule_knobs(dimension) * steps)
    return Family(f"rules, {dimension} inputs", knobs, construct)


def turned_and_shortened(dimension: int) -> Family:
    """Return students no longer than their teacher: the teacher turned by two mirrors, times a share."""

    def construct(knobs: Array) -> Built:
        count = 3 * dimension + 1
        target, teacher = any_projection(knobs[:, :count], dimension)
        first, second = knobs[:, count : count + dimension], knobs[:, count + dimension : -1]
        student = knobs[:, -1:] * reflected(reflected(teacher, first), second)
        return built(np.ones_like(target), target, teacher, [student])

    return Family(
        f"turned, {dimension} inputs",
        (*teacher_knobs(dimension), *(SIGNED,) * (2 * dimension), SHARE),
        construct,
    )


def filters(dimension: int) -> Family:
    """Return spectral filters of any projected teacher, where the target is the first of the filter's eigenvectors.

    The kernel's eigenvectors are turned by the mirror that turns the target, and among themselves by one that fixes it.
    """

    def construct(knobs: Array) -> Built:
        count = 3 * dimension + 1
        target, teacher = any_projection(knobs[:, :count], dimension)
        mirror = knobs[:, count : count + dimension] * np.where(np.arange(dimension) == 0, 0, 1)
        turn = knobs[:, :dimension]
        coordinates = reflected(reflected(teacher, turn), mirror)
        student = reflected(reflected(knobs[:, count + dimension :] * coordinates, mirror), turn)
        return built(np.ones_like(target), target, teacher, [student])

    return Family(
        f"filters, {dimension} inputs",
        (*teacher_knobs(dimension), *(SIGNED,) * dimension, *(SHARE,) * dimension),
        construct,
    )
