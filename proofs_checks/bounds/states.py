"""States of models in exact numbers, in the models' own terms: what a point of a chart stands for.

Every entry is a constant term. What a state's observables are, and whether it is legal, is not said here: that is
recomputed from the entries alone (`adversary/by_definition.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from w2s_theory.terms import exact
from w2s_theory.terms.tree import ONE, Term, term

Vector = tuple[Term, ...]


def vector(*entries: Term | int) -> Vector:
    """Return constant terms as a vector, each as simple as its exact value allows."""
    return tuple(exact.settled(term(entry)) for entry in entries)


@dataclass(frozen=True)
class Functions:
    """Target, teacher and students as their values on finitely many inputs, E f g = sum_i m_i f_i g_i.

    `students` come in order, the last one is f_ST. Of a spectral filter, inputs are the eigenvectors, and
    `filter_values` are its values on them. Without `masses`, all are 1.
    """

    target: Vector
    teacher: Vector
    students: tuple[Vector, ...]
    masses: Vector = ()
    filter_values: Vector | None = None

    @property
    def weights(self) -> Vector:
        """Return the masses of all inputs."""
        return self.masses or (ONE,) * len(self.target)

    @property
    def entries(self) -> Vector:
        """Return all numbers of the state."""
        vectors = (self.weights, self.target, self.teacher, *self.students, self.filter_values or ())
        return tuple(entry for values in vectors for entry in values)


@dataclass(frozen=True)
class Law:
    """A joint law of (g, w, s) with finitely many values: `atoms`, and their probabilities."""

    probabilities: Vector
    atoms: tuple[Vector, ...]

    @property
    def entries(self) -> Vector:
        """Return all numbers of the state."""
        return self.probabilities + tuple(entry for atom in self.atoms for entry in atom)


@dataclass(frozen=True)
class Predictions:
    """Probabilities of class 1 at one input: of the target, of the student, and those the teacher says, equally likely."""

    target: Term
    student: Term
    teacher: Vector

    @property
    def entries(self) -> Vector:
        """Return all numbers of the state."""
        return self.target, self.student, *self.teacher


@dataclass(frozen=True)
class Numbers:
    """A state that is told by some of its numbers, by their names."""

    values: Mapping[str, Term]

    @property
    def entries(self) -> Vector:
        """Return all numbers of the state."""
        return tuple(self.values.values())


State = Functions | Law | Predictions | Numbers
