"""Hypothesis strategies for teachers seen from a subspace S of the student's eigenfunctions, in exact arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property

from flint import arb, fmpq, fmpq_mat
from hypothesis import strategies as st

from proofs_checks.drawn.strategies import column
from w2s_theory.balls import exact


@dataclass(frozen=True)
class AlignedTeacher:
    """A least-squares teacher in the student's eigenbasis, whose first `size` eigenfunctions span S.

    `features` are the M rows <u, .>, linearly independent off S; all entries are integers. `eigenvalues` are
    those of the student's kernel, positive on S.
    """

    size: int
    features: tuple[tuple[int, ...], ...]
    target: tuple[int, ...]
    eigenvalues: tuple[Fraction, ...]

    @cached_property
    def on_span(self) -> fmpq_mat:
        """Phi_S, size x M."""
        return _matrix(self.features, slice(0, self.size)).transpose()

    @cached_property
    def off_span(self) -> fmpq_mat:
        """Phi_R, (dimension - size) x M."""
        return _matrix(self.features, slice(self.size, None)).transpose()

    @cached_property
    def rest_gram(self) -> fmpq_mat:
        """Phi_R^T Phi_R, M x M."""
        return self.off_span.transpose() * self.off_span

    @cached_property
    def gram(self) -> fmpq_mat:
        """Phi^T Phi, M x M."""
        return self.on_span.transpose() * self.on_span + self.rest_gram

    @cached_property
    def taught(self) -> list[fmpq]:
        """f_TE = P f* in coordinates."""
        features = _matrix(self.features, slice(None))
        target = column(self.target)
        weights = self.gram.solve(features * target)
        return [row[0] for row in (features.transpose() * weights).tolist()]

    @property
    def target_size(self) -> int:
        """E f*^2, by which the losses are divided."""
        return sum(value * value for value in self.target)

    def missed(self, modes: int | None = None) -> fmpq:
        """Return the squared norm of f* - f_TE on the first `modes` eigenfunctions (default: all), over E f*^2."""
        gaps = [value - taught for value, taught in zip(self.target, self.taught, strict=True)]
        return sum((gap * gap for gap in gaps[:modes]), fmpq(0)) / self.target_size

    def misalignment(self) -> arb:
        """Return kappa_S, the largest eigenvalue of I - P on S."""
        identity = fmpq_mat([[fmpq(i == j) for j in range(self.size)] for i in range(self.size)])
        captured = self.on_span * self.gram.solve(self.on_span.transpose())
        return eigenvalues(identity - captured)[-1]

    def squared_cosines(self) -> list[arb]:
        """Return the squared cosines of the principal angles between S and the span, in increasing order.

        They come from the teacher's side: the largest eigenvalues of (Phi^T Phi)^-1 Phi_S^T Phi_S. A direction of S
        in excess of the teacher's width is at a right angle.
        """
        found = eigenvalues(self.gram.solve(self.on_span.transpose() * self.on_span))
        return [arb(0)] * (self.size - len(found)) + found[-self.size :]

    def feature_ratios(self) -> list[arb]:
        """Return the eigenvalues of Phi_S (Phi_R^T Phi_R)^-1 Phi_S^T in increasing order."""
        return eigenvalues(self.on_span * self.rest_gram.solve(self.on_span.transpose()))

    def student_loss(self, time: Fraction) -> arb:
        """Return L_ST of gradient flow on the teacher's labels, stopped at this time."""
        loss = arb(0)
        for value, taught, eigenvalue in zip(self.target, self.taught, self.eigenvalues, strict=True):
            learned = -exact(-time * eigenvalue).expm1()
            loss += (value - learned * arb(taught)) ** 2
        return loss / self.target_size

    def describe(self) -> dict[str, str]:
        """Return the exact data as text."""
        return {
            "S": f"the first {self.size} eigenfunctions",
            "teacher features": str(self.features),
            "target": str(self.target),
            "eigenvalues": ", ".join(map(str, self.eigenvalues)),
        }


def eigenvalues(matrix: fmpq_mat) -> list[arb]:
    """Return balls around the eigenvalues, in increasing order, of a rational matrix that has real ones only."""
    found = [root.real for root, times in matrix.charpoly().complex_roots() for _ in range(times)]
    return sorted(found, key=lambda root: float(root.mid()))


def _matrix(rows: tuple[tuple[int, ...], ...], columns: slice) -> fmpq_mat:
    return fmpq_mat([[fmpq(value) for value in row[columns]] for row in rows])


@cache
def _integers(count: int, least: int = -12, largest: int = 12) -> st.SearchStrategy[tuple[int, ...]]:
    return st.tuples(*(st.integers(least, largest) for _ in range(count)))


@st.composite
def aligned_teachers(draw: st.DrawFn, *, target_in_span: bool) -> AlignedTeacher:
    """Draw S of dimension 1 or 2 among up to 5 eigenfunctions, a teacher, and a target, in S if so asked.

    Eigenvalues are multiples of 1/8 up to 20.
    """
    size, rest = draw(st.integers(1, 2)), draw(st.integers(1, 3))
    width = draw(st.integers(1, rest))
    features = tuple(_dominant(draw(_integers(size + rest)), size + number) for number in range(width))
    lead = draw(st.integers(1, 12))
    others = draw(_integers(size - 1 if target_in_span else size + rest - 1))
    target = (lead, *others, *(0,) * (size + rest - 1 - len(others)))
    spectrum = draw(_integers(size, 1, 160)) + draw(_integers(rest, 0, 160))
    return AlignedTeacher(size, features, target, tuple(Fraction(value, 8) for value in spectrum))


def _dominant(row: tuple[int, ...], place: int) -> tuple[int, ...]:
    """Return the row with one entry made larger than the others together, so that such rows are independent."""
    others = sum(abs(value) for value in row) - abs(row[place])
    return (*row[:place], others + 1, *row[place + 1 :])
