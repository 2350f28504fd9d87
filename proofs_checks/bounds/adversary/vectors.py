"""Teachers and students as functions on finitely many inputs, and their observables by definition.

An input i has a mass m_i, and E f g = sum_i m_i f_i g_i. The target has E f*^2 = 1, the teacher is its projection on
a subspace. Everything is rational in the knobs, so that any state can be rebuilt exactly.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from proofs_checks.bounds.adversary.arithmetic import Array, difference, divided, inner, root, shown
from proofs_checks.bounds.adversary.families import Built, Floats, Generator

SPOILED = 8.0
"""Rounding errors in an entry of a vector, in units of the last place of 1."""


def built(
    masses: Array, target: Array, teacher: Array, students: Sequence[Array], legal: Array | None = None
) -> Built:
    """Return the observables of teacher and last student by their definitions, with E f g = sum_i m_i f_i g_i."""
    student = students[-1]
    gaps = difference(teacher, target), difference(student, target)
    values = {
        "L_TE": inner(masses, gaps[0], gaps[0]),
        "L_ST": inner(masses, gaps[1], gaps[1]),
        "norm_TE": root(inner(masses, teacher, teacher)),
        "norm_ST": root(inner(masses, student, student)),
        "inner_ST_TE": inner(masses, student, teacher),
        "inner_ST_target": inner(masses, student, target),
        "inner_TE_target": inner(masses, teacher, target),
    }

    def description() -> dict[str, str]:
        names = ["f_TE", *(f"f_{i}" for i in range(1, len(students))), "f_ST"]
        vectors = {"f*": target, **dict(zip(names, (teacher, *students), strict=True))}
        return {
            "masses of inputs": _text(masses),
            **{name: _text(vector) for name, vector in vectors.items()},
        }

    allowed = np.ones(len(target), dtype=bool) if legal is None else np.asarray(legal, dtype=bool)
    return Built(values, allowed, description, noise=lambda: _noise(values))


def _noise(values: dict[str, Array]) -> dict[str, Array]:
    """Return the noise of the observables, if the entries of all vectors are off by some rounding errors of 1."""
    return {
        "L_TE": 2 * SPOILED * np.sqrt(values["L_TE"]),
        "L_ST": 2 * SPOILED * np.sqrt(values["L_ST"]),
        "norm_TE": SPOILED + 0 * values["norm_TE"],
        "norm_ST": SPOILED + 0 * values["norm_ST"],
        "inner_ST_TE": SPOILED * (values["norm_TE"] + values["norm_ST"]),
        "inner_ST_target": SPOILED * (1 + values["norm_ST"]),
        "inner_TE_target": SPOILED * (1 + values["norm_TE"]),
    }


def _text(vectors: Array) -> str:
    return f"({', '.join(shown(entry) for entry in np.broadcast_to(vectors, vectors.shape)[0])})"


def cosine_and_sine(half_tangent: Array) -> tuple[Array, Array]:
    """Return both of the angle whose half has this tangent."""
    below = 1 + half_tangent * half_tangent
    return divided(1 - half_tangent * half_tangent, below), divided(2 * half_tangent, below)


def spiral(generator: Generator, count: int, steps: int) -> tuple[Floats, Floats]:
    """Return the teacher's angle and the turn of each of `steps` students that come closest to the target."""
    turn = generator.uniform(0, np.pi / (2 * (steps + 1)), count)
    power = (1 + 1j * np.tan(turn)) ** (steps + 1)
    return np.arctan2(power.imag - np.tan(turn), power.real), turn
