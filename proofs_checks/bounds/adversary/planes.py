"""Students in the plane of target and teacher, where the extreme ones are, and chains of them."""

from __future__ import annotations

import numpy as np

from proofs_checks.bounds.adversary.arithmetic import Array, divided, inner, ratio, unit
from proofs_checks.bounds.adversary.families import Built, Family, Floats, Generator, Knob
from proofs_checks.bounds.adversary.vectors import built, cosine_and_sine, spiral

SHARE = Knob()


def shortened_in_a_plane() -> Family:
    """Return students of any direction in the plane of target and teacher, from half-angle tangents and a share."""

    def construct(knobs: Array) -> Built:
        half, turn, share = (knobs[:, i : i + 1] for i in range(3))
        along, across = cosine_and_sine(half)
        turned, sideways = cosine_and_sine(turn)
        target, teacher = unit(len(knobs), 2, 0, knobs), along * np.hstack([along, across])
        student = share * along * np.hstack([turned, sideways])
        return built(np.ones_like(target), target, teacher, [student])

    return Family("turned in a plane", (SHARE, Knob(-1, 1, special=(-1, 0, 1)), SHARE), construct)


def turns_in_a_plane(steps: int, equal: bool) -> Family:
    """Return chains in the plane of target and teacher: each student is its label's projection on a line, shortened.

    Knobs: tan of half the teacher's angle to the target; tangents of the turns toward it, one for all if `equal`;
    shares, one for all if `equal`.
    """
    turns = 1 if equal else steps

    def construct(knobs: Array) -> Built:
        along, across = cosine_and_sine(knobs[:, :1])
        point = along * np.hstack([along, across])
        points = [point]
        for step in range(steps):
            place = min(step, turns - 1)
            turn, share = knobs[:, 1 + place], knobs[:, 1 + turns + place]
            x, y = points[-1][:, 0], points[-1][:, 1]
            shortened = divided(share, 1 + turn * turn)
            points.append(np.stack([shortened * (x + turn * y), shortened * (y - turn * x)], axis=1))
        target = unit(len(knobs), 2, 0, knobs)
        return built(np.ones_like(target), target, points[0], points[1:])

    def close(generator: Generator, count: int) -> Floats:
        angle, turn = spiral(generator, count, steps)
        noise = generator.normal(size=(count, turns)) * 10.0 ** generator.uniform(-6, -1, (count, 1))
        knobs = [np.tan(angle / 2)[:, None], np.tan(turn)[:, None] * (1 + noise), np.ones((count, turns))]
        return np.hstack(knobs)

    knobs = (SHARE, *(Knob(-1, 2),) * turns, *(Knob(special=(0, 1, 1, 1)),) * turns)
    return Family(f"{'equal ' * equal}turns in a plane", knobs, construct, close)


def lines_at_a_loss(steps: int) -> Family:
    """Return chains of a teacher with a given loss L, each projected on a line in the plane, the last also moved off.

    The second input has the mass L (1 - L), which makes the teacher (1 - L, 1): any loss is rational. Knobs: L; for
    each line, its slope over that of the line before; the last student's share, and how much of what is left to the
    ball with diameter [0, label] it takes on a third input.
    """

    def construct(knobs: Array) -> Built:
        loss, share, off = knobs[:, 0], knobs[:, -2], knobs[:, -1]
        spread, ones = loss * (1 - loss), np.ones_like(loss)
        teacher, slope = np.stack([1 - loss, ones], axis=1), ones
        masses = np.stack([ones, spread], axis=1)
        students = [teacher]
        for step in range(steps):
            slope = slope * knobs[:, 1 + step]
            line = np.stack([1 - loss, slope], axis=1)
            along = ratio(inner(masses, students[-1], line), inner(masses, line, line))
            students.append(along[:, None] * line)
        size = inner(masses, students[-1], students[-1])
        all_masses = np.concatenate([masses, (off * share * (1 - share) * size)[:, None]], axis=1)
        zero = np.zeros_like(loss)
        padded = [np.concatenate([vector, zero[:, None]], axis=1) for vector in students]
        last = np.concatenate([share[:, None] * students[-1], np.ones_like(loss)[:, None]], axis=1)
        return built(all_masses, unit(len(knobs), 3, 0, knobs), padded[0], [*padded[1:-1], last])

    def close(generator: Generator, count: int) -> Floats:
        angle, turn = spiral(generator, count, steps)
        tangents = np.tan(angle[:, None] - turn[:, None] * np.arange(steps + 1))
        ratios = tangents[:, 1:] / tangents[:, :-1]
        ratios *= 1 + generator.normal(size=ratios.shape) * 10.0 ** generator.uniform(-6, -1, (count, 1))
        return np.column_stack([np.sin(angle) ** 2, ratios, np.ones(count), np.zeros(count)])

    knobs = (
        Knob(special=(0, 0.5, 1), solvable=False),
        *(Knob(-1, 1, special=(-1, 0, 1), solvable=False),) * steps,
        Knob(special=(0, 0.5, 1)),
        SHARE,
    )
    return Family("lines at a loss", knobs, construct, close)
