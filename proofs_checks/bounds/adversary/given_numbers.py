"""Students and teachers with given losses, norms and inner products, so that these can be any rational numbers.

The trick is in the masses: a second input of mass L (1 - L) makes (1 - L, 1) a teacher of loss L, and a third one of
any mass, where only the student is not 0, gives it any norm.
"""

from __future__ import annotations

import numpy as np

from proofs_checks.bounds.adversary.arithmetic import Array, divided, ratio, unit
from proofs_checks.bounds.adversary.families import Built, Family, Floats, Generator, Knob
from proofs_checks.bounds.adversary.vectors import built, spiral

SHARE = Knob()


def any_student_at_a_loss(bounded: bool) -> Family:
    """Return students by coordinates, for a teacher with a given loss L, and masses as in `lines_at_a_loss`.

    Knobs: L; the student's values on the first two inputs; and the share of the largest mass that the third input,
    where the student is 1, may have.
    """

    def construct(knobs: Array) -> Built:
        loss, x, y, share = (knobs[:, i] for i in range(4))
        spread, zero, one = loss * (1 - loss), np.zeros_like(loss), np.ones_like(loss)
        in_plane, along = x * x + spread * y * y, (1 - loss) * x + spread * y
        room = (1 - loss if bounded else along) - in_plane
        masses = np.stack([one, spread, share * room], axis=1)
        teacher = np.stack([1 - loss, one, zero], axis=1)
        student = np.stack([x, y, one], axis=1)
        return built(masses, unit(len(knobs), 3, 0, knobs), teacher, [student], room >= 0)

    def close(generator: Generator, count: int) -> Floats:
        angle, turn = spiral(generator, count, 1)
        size = np.cos(angle) if bounded else np.cos(angle) * np.cos(turn)
        spot = 0.0 * angle if bounded else angle - turn
        inside = 1 - 10.0 ** generator.uniform(-12, -1, count)
        with np.errstate(all="ignore"):
            y = size * np.sin(spot) / (np.sin(angle) * np.cos(angle))
        return np.column_stack(
            [np.sin(angle) ** 2, inside * size * np.cos(spot), inside * y, np.zeros(count)]
        )

    loss = Knob(special=(0, 0.25, 0.5, 0.75, 1), solvable=False)
    across = Knob(-8, 8, special=(0, 1), solvable=False)
    signed = Knob(-1, 1, special=(0, 0.5), solvable=False)
    return Family("any student at a loss", (loss, signed, across, SHARE), construct, close)


def at_given_numbers(bounded: bool, by_norm: bool, by_loss: bool) -> Family:
    """Return students with given numbers: norm_TE or L_TE, norm_ST, L_ST or inner_ST_target, and inner_ST_TE.

    Masses as in `any_student_at_a_loss`; the numbers that no student has are not legal.
    """

    def construct(knobs: Array) -> Built:
        first, size, second, along = (knobs[:, i] for i in range(4))
        loss = 1 - first * first if by_norm else first
        x = divided(1 + size * size - second, 2) if by_loss else second
        spread, zero, one = loss * (1 - loss), np.zeros_like(loss), np.ones_like(loss)
        y = ratio(along - (1 - loss) * x, spread)
        room = size * size - x * x - spread * y * y
        masses = np.stack([one, spread, room], axis=1)
        teacher, student = np.stack([1 - loss, one, zero], axis=1), np.stack([x, y, one], axis=1)
        ball = size * size <= (1 - loss if bounded else along)
        legal = (spread > 0) & (room >= 0) & ball
        return built(masses, unit(len(knobs), 3, 0, knobs), teacher, [student], legal)

    def close(generator: Generator, count: int) -> Floats:
        # Students inside the ball, so that most of the numbers are legal.
        loss, radius = generator.uniform(0, 1, count), generator.uniform(0, 1, (count, 1)) ** (1 / 3)
        direction = generator.normal(size=(count, 3))
        direction *= radius / np.linalg.norm(direction, axis=1, keepdims=True)
        teacher = np.stack([1 - loss, np.sqrt(loss * (1 - loss)), 0 * loss], axis=1)
        size = np.linalg.norm(teacher, axis=1, keepdims=True)
        student = size * direction if bounded else (teacher + size * direction) / 2
        squared = (student**2).sum(axis=1)
        x = student[:, 0]
        return np.column_stack(
            [
                np.sqrt(1 - loss) if by_norm else loss,
                np.sqrt(squared),
                1 - 2 * x + squared if by_loss else x,
                (student * teacher).sum(axis=1),
            ]
        )

    knobs = (
        Knob(special=(0.5,), solvable=False),
        Knob(special=(0, 0.5, 1), solvable=False),
        Knob(0, 4, special=(0, 1), solvable=False)
        if by_loss
        else Knob(-1, 1, special=(0, 1), solvable=False),
        Knob(-1, 1, special=(0, 1), solvable=False),
    )
    names = ("norm_TE" if by_norm else "L_TE", "L_ST" if by_loss else "inner_ST_target")
    return Family(f"at given {', '.join(names)}", knobs, construct, close)


def filters_at_a_loss(count: int) -> Family:
    """Return spectral filters of a teacher with a given loss L; inputs are the eigenvectors, the first is the target.

    The other `count` inputs share the mass L (1 - L), by their knobs; the teacher is 1 - L on the first, 1 on the rest.
    """

    def construct(knobs: Array) -> Built:
        loss, parts = knobs[:, 0], knobs[:, 1 : 1 + count]
        whole = parts.sum(axis=1)
        rest = divided((loss * (1 - loss))[:, None] * parts, whole[:, None])
        masses = np.concatenate([np.ones_like(loss)[:, None], rest], axis=1)
        teacher = np.concatenate([(1 - loss)[:, None], np.ones_like(parts)], axis=1)
        target = unit(len(knobs), count + 1, 0, knobs)
        return built(masses, target, teacher, [knobs[:, 1 + count :] * teacher])

    part = Knob(1e-3, 1, special=(1,))
    loss = Knob(special=(0, 0.25, 0.5, 0.75, 1))
    return Family(
        f"{count + 1} filter values at a loss", (loss, *(part,) * count, *(SHARE,) * (count + 1)), construct
    )
