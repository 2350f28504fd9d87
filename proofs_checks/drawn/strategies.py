"""Hypothesis strategies: teachers, students and chains, drawn as exact numbers and named after what they draw.

Strategies are cached: building one costs more than drawing from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache

import numpy as np
from flint import arb, fmpq, fmpq_mat
from hypothesis import strategies as st
from sympy import Symbol

from numeric import learning_rules
from w2s_theory.balls import ball, exact
from w2s_theory.geometry.shrinkage import (
    GRADIENT_DESCENT,
    GRADIENT_FLOW,
    ITERATIONS,
    RIDGE,
    RIDGE_REGRESSION,
    SPECTRAL_CUTOFF,
    STEP_TIMES_EIGENVALUE,
    LearningRule,
)
from w2s_theory.notation.symbols import EIGENVALUE, TIME

Array = learning_rules.Array


@dataclass(frozen=True)
class Teacher:
    """A target and the features (one per row) that its least-squares teacher may combine, integers throughout."""

    target: tuple[int, ...]
    features: tuple[tuple[int, ...], ...]

    def as_array(self) -> Array:
        """Return f_TE in floating point, shape (dimension,)."""
        return learning_rules.least_squares_teacher(
            np.array(self.features, dtype=float).T, np.array(self.target, dtype=float)
        )

    def exactly(self) -> list[fmpq]:
        """Return f_TE as rational numbers; linearly dependent features are dropped first."""
        rows = fmpq_mat([list(map(fmpq, row)) for row in self.features]).rref()
        basis = fmpq_mat(rows[0].tolist()[: rows[1]])
        weights = (basis * basis.transpose()).solve(basis * column(self.target))
        return [row[0] for row in (basis.transpose() * weights).tolist()]


@dataclass(frozen=True)
class SpectralStudent:
    """A student h(K) f_TE: a learning rule, the kernel's eigenvalues, and the rule's parameters."""

    rule: LearningRule
    eigenvalues: tuple[Fraction, ...]
    parameters: tuple[tuple[Symbol, Fraction], ...]

    def of(self, teacher: Array) -> Array:
        """Return f_ST in floating point."""
        values = np.array([float(self._filter(value).mid()) for value in self.eigenvalues])
        return learning_rules.spectral_student(teacher, values)

    def of_balls(self, teacher: list[arb]) -> list[arb]:
        """Return f_ST in balls that contain it."""
        return [self._filter(x) * g for x, g in zip(self.eigenvalues, teacher, strict=True)]

    def _filter(self, eigenvalue: Fraction) -> arb:
        known = {symbol: exact(value) for symbol, value in self.parameters}
        if self.rule is SPECTRAL_CUTOFF:
            return arb(int(eigenvalue >= dict(self.parameters)[RIDGE]))
        if self.rule is GRADIENT_DESCENT:
            # The step size is one over the largest eigenvalue, so x is the eigenvalue's share of it.
            known[STEP_TIMES_EIGENVALUE] = exact(eigenvalue / (max(self.eigenvalues) or 1))
            return 1 - (1 - known[STEP_TIMES_EIGENVALUE]) ** int(dict(self.parameters)[ITERATIONS])
        return ball(self.rule.filter, {**known, EIGENVALUE: exact(eigenvalue)})


@dataclass(frozen=True)
class ProjectedStudent:
    """The spectral cut-off of a kernel whose first eigenvector is `direction`."""

    direction: tuple[int, ...]

    def of(self, teacher: Array) -> Array:
        """Return f_ST in floating point."""
        return learning_rules.projected_student(teacher, np.array(self.direction, dtype=float))

    def of_balls(self, teacher: list[arb]) -> list[arb]:
        """Return f_ST in balls that contain it."""
        share = sum((arb(v) * g for v, g in zip(self.direction, teacher, strict=True)), arb(0))
        size = sum(v * v for v in self.direction)
        return [share * v / size for v in self.direction]


@dataclass(frozen=True)
class PenalizedStudent:
    """A minimizer of a star-shaped penalty: lasso in a dictionary, or a ball in the kernel's norm."""

    kind: str
    dictionary: tuple[tuple[int, ...], ...]
    size: Fraction

    def of(self, teacher: Array) -> Array:
        """Return f_ST in floating point."""
        columns = np.array(self.dictionary, dtype=float)
        if self.kind == "lasso":
            return learning_rules.lasso_student(teacher, columns, float(self.size))
        return learning_rules.norm_ball_student(teacher, 1 + np.abs(columns[0]), float(self.size))

    def of_balls(self, teacher: list[arb]) -> list[arb]:
        """Return the computed minimizer, shrunk by what rounding took it out of the ball of shrinkage optimality."""
        computed = [arb(float(value)) for value in self.of(np.array([float(g.mid()) for g in teacher]))]
        size = sum((s * s for s in computed), arb(0))
        overlap = sum((s * g for s, g in zip(computed, teacher, strict=True)), arb(0))
        scale = arb(1) if size <= overlap else overlap / size
        return [scale * s for s in computed]


@dataclass(frozen=True)
class BoundedStudent:
    """A student in any direction, whose norm is at most a given share of the teacher's."""

    direction: tuple[int, ...]
    share: Fraction

    def of(self, teacher: Array) -> Array:
        """Return f_ST in floating point."""
        direction = np.array(self.direction, dtype=float)
        return np.asarray(float(self.share) * direction * np.linalg.norm(teacher) / np.linalg.norm(direction))

    def of_balls(self, teacher: list[arb]) -> list[arb]:
        """Return f_ST in balls that contain it."""
        size = sum((g * g for g in teacher), arb(0)).sqrt()
        scale = exact(self.share) * size / arb(sum(v * v for v in self.direction)).sqrt()
        return [scale * v for v in self.direction]


Student = SpectralStudent | ProjectedStudent | PenalizedStudent | BoundedStudent


@dataclass(frozen=True)
class Chain:
    """A teacher and the students of a bootstrapping chain, each taught by the one before."""

    teacher: Teacher
    students: tuple[Student, ...] = field(default=())

    def losses(self) -> tuple[float, float]:
        """Return L_TE and the last student's L_ST, in units of E f*^2."""
        target = np.array(self.teacher.target, dtype=float)
        teacher = link = self.teacher.as_array()
        for student in self.students:
            link = student.of(link)
        return learning_rules.loss(teacher, target), learning_rules.loss(link, target)

    def ball_losses(self) -> tuple[arb, arb]:
        """Return balls that contain L_TE and L_ST."""
        teacher = link = [arb(value) for value in self.teacher.exactly()]
        for student in self.students:
            link = student.of_balls(link)
        return _ball_loss(teacher, self.teacher.target), _ball_loss(link, self.teacher.target)

    def describe(self) -> dict[str, str]:
        """Return the chain's exact data as text."""
        shown = {"target": str(self.teacher.target), "teacher features": str(self.teacher.features)}
        for number, student in enumerate(self.students, start=1):
            shown[f"student {number}"] = _describe(student)
        return shown


def _describe(student: Student) -> str:
    match student:
        case SpectralStudent():
            settings = ", ".join(f"{symbol} = {value}" for symbol, value in student.parameters)
            eigenvalues = ", ".join(map(str, student.eigenvalues))
            return f"{student.rule.name} ({settings}), eigenvalues {eigenvalues}"
        case ProjectedStudent():
            return f"spectral cut-off, eigenvector {student.direction}"
        case BoundedStudent():
            return f"{student.share} of the teacher's norm in direction {student.direction}"
        case PenalizedStudent():
            return f"{student.kind} {student.size}, dictionary {student.dictionary}"


def column(values: tuple[int, ...]) -> fmpq_mat:
    """Return integers as a matrix of one column of exact rationals."""
    return fmpq_mat([[fmpq(value)] for value in values])


def _ball_loss(student: list[arb], target: tuple[int, ...]) -> arb:
    gaps = (arb(f) - s for s, f in zip(student, target, strict=True))
    return sum((gap * gap for gap in gaps), arb(0)) / sum(f * f for f in target)


@cache
def vectors(dimension: int, largest: int = 12) -> st.SearchStrategy[tuple[int, ...]]:
    """Draw integer vectors that are not zero."""
    entries = st.integers(-largest, largest)
    return st.lists(entries, min_size=dimension, max_size=dimension).map(tuple).filter(any)


@cache
@st.composite
def teachers(draw: st.DrawFn, dimension: int) -> Teacher:
    """Draw a target and fewer teacher features than dimensions."""
    count = draw(st.integers(1, dimension - 1))
    features = tuple(draw(vectors(dimension)) for _ in range(count))
    return Teacher(draw(vectors(dimension)), features)


@cache
def fractions(largest: int = 64) -> st.SearchStrategy[Fraction]:
    """Draw multiples of 1/8 from 0 to largest/8."""
    return st.integers(0, largest).map(lambda value: Fraction(value, 8))


@cache
@st.composite
def spectral_students(
    draw: st.DrawFn,
    dimension: int,
    rules: tuple[LearningRule, ...] = (GRADIENT_FLOW, GRADIENT_DESCENT, RIDGE_REGRESSION, SPECTRAL_CUTOFF),
) -> SpectralStudent:
    """Draw a learning rule, the eigenvalues of the student's kernel and the rule's parameters."""
    rule = draw(st.sampled_from(rules))
    eigenvalues = tuple(draw(fractions(160)) for _ in range(dimension))
    size = Fraction(1, 8) + draw(fractions())
    symbol = {GRADIENT_FLOW: TIME, GRADIENT_DESCENT: ITERATIONS}.get(rule, RIDGE)
    return SpectralStudent(
        rule, eigenvalues, ((symbol, Fraction(int(8 * size)) if symbol is ITERATIONS else size),)
    )


@cache
def projected_students(dimension: int) -> st.SearchStrategy[ProjectedStudent]:
    """Draw the eigenvector that a spectral cut-off keeps."""
    return vectors(dimension).map(ProjectedStudent)


@cache
@st.composite
def penalized_students(draw: st.DrawFn, dimension: int) -> PenalizedStudent:
    """Draw a lasso or a norm ball."""
    kind = draw(st.sampled_from(("lasso", "norm ball")))
    rows = tuple(draw(vectors(dimension, 4)) for _ in range(dimension))
    # Columns of zeros carry no atom, so every diagonal entry is made nonzero.
    dictionary = tuple(
        tuple(value or int(i == j) for j, value in enumerate(row)) for i, row in enumerate(rows)
    )
    return PenalizedStudent(kind, dictionary, Fraction(1, 8) + draw(fractions()))


@cache
def students(dimension: int) -> st.SearchStrategy[Student]:
    """Draw any shrinkage-optimal student."""
    return st.one_of(
        projected_students(dimension), spectral_students(dimension), penalized_students(dimension)
    )


@cache
@st.composite
def bounded_students(draw: st.DrawFn, dimension: int) -> BoundedStudent:
    """Draw a direction and a share of the teacher's norm."""
    return BoundedStudent(draw(vectors(dimension)), Fraction(draw(st.integers(0, 8)), 8))


@st.composite
def chains(
    draw: st.DrawFn,
    steps: int = 1,
    *,
    kind: str = "any",
    largest_dimension: int = 5,
) -> Chain:
    """Draw a teacher and `steps` students of one `kind`.

    Kinds: any, spectral, flow, turning (cut-offs to one eigenvector; all of these shrinkage optimal), or bounded.
    """
    dimension = draw(st.integers(2, largest_dimension))
    teacher = draw(teachers(dimension))
    return Chain(teacher, tuple(draw(_students_of_kind(kind, dimension)) for _ in range(steps)))


@cache
def _students_of_kind(kind: str, dimension: int) -> st.SearchStrategy[Student]:
    kinds: dict[str, st.SearchStrategy[Student]] = {
        "any": students(dimension),
        "spectral": spectral_students(dimension),
        "flow": spectral_students(dimension, (GRADIENT_FLOW,)),
        "turning": projected_students(dimension),
        "bounded": bounded_students(dimension),
    }
    return kinds[kind]
