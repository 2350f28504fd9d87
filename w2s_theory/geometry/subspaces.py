"""Least squares in two subspaces: correlation dimension, and the exact risks of teacher, student and baselines.

Inputs are z ~ N(0, I), the target is <theta, z>, and P_w, P_s project orthogonally on the spans V_w, V_s of the
weak and the strong features. The weak teacher fits n labelled points with noise sigma^2, the student fits N fresh
points that the teacher labels. Two facts give every risk:

- least squares with d independent Gaussian features, k points and residual variance v has the error covariance
  v E (Z^T Z)^-1 = v/(k - d - 1) I, the mean of the inverse Wishart law;
- what a subspace leaves out, (I - P) z, is independent of P z, so to the fit it is noise of variance ||(I - P) w||^2
  for labels <w, z>; in sample the hat matrix, whose trace is d, keeps the share d/k of it.

Source: Dong et al. 2025 for the setting, the leading variance and the bounds; the exact risks are derived here from
these facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy
from flint import fmpq, fmpq_mat
from sympy import Expr

from w2s_theory.errors import InvalidInput
from w2s_theory.notation.symbols import (
    D_S,
    D_SW,
    D_W,
    LABELLED,
    NOISE,
    OVERLAP,
    RHO_S,
    RHO_W,
    SEEN,
    UNLABELLED,
    UNSEEN,
)


@dataclass(frozen=True)
class TwoSubspaces:
    """The numbers on which the risks depend: symbols by default, and any of them may be a number instead.

    Give sympy numbers for exact results, Python's for floating point. `labelled`, `unlabelled`: points n > d_w + 1
    and N > d_s + 1. `d_s`, `d_w`: dimensions of V_s and V_w, and `d_sw` in [0, min(d_s, d_w)] their correlation
    dimension. `noise`: the labels' variance. `rho_s`, `rho_w`: squared norms of (I - P_s) theta and (I - P_w) theta.
    `seen` = ||P_s (I - P_w) theta||^2, `unseen` = ||(I - P_s) P_w theta||^2, `overlap` = <(I - P_s) theta, P_w theta>.
    """

    labelled: Expr = LABELLED
    unlabelled: Expr = UNLABELLED
    d_s: Expr = D_S
    d_w: Expr = D_W
    d_sw: Expr = D_SW
    noise: Expr = NOISE
    rho_s: Expr = RHO_S
    rho_w: Expr = RHO_W
    seen: Expr = SEEN
    unseen: Expr = UNSEEN
    overlap: Expr = OVERLAP

    @property
    def teacher_variance(self) -> Expr:
        """The teacher's variance in each direction of V_w, (sigma^2 + rho_w)/(n - d_w - 1)."""
        return (self.noise + self.rho_w) * (1 / (self.labelled - self.d_w - 1))

    @property
    def discrepancy(self) -> Expr:
        """The mean squared part of the teacher that the student's features cannot express."""
        return self.unseen + self.teacher_variance * (self.d_w - self.d_sw)

    @property
    def inherited(self) -> Expr:
        """The mean squared error of the teacher inside V_s, which a student with endless data keeps."""
        return self.seen + self.teacher_variance * self.d_sw

    @property
    def teacher(self) -> Expr:
        """Population risk of the weak teacher."""
        return self.rho_w + self.teacher_variance * self.d_w

    @property
    def student(self) -> Expr:
        """Population risk of the weak-to-strong student."""
        share = self.d_s / (self.unlabelled - self.d_s - 1)
        return self.rho_s + self.inherited + share * self.discrepancy

    @property
    def student_in_sample(self) -> Expr:
        """Risk of the weak-to-strong student averaged over the N points that it was fitted on; needs N >= d_s."""
        share = self.d_s / self.unlabelled
        return self.rho_s + self.inherited + share * (self.discrepancy - 2 * self.overlap)

    @property
    def baseline(self) -> Expr:
        """Population risk of the strong features fine-tuned on the n labelled points; needs n > d_s + 1."""
        return self.rho_s + (self.noise + self.rho_s) * self.d_s / (self.labelled - self.d_s - 1)

    @property
    def ceiling(self) -> Expr:
        """Population risk of the strong features fitted on n + N labelled points."""
        points = self.labelled + self.unlabelled
        return self.rho_s + (self.noise + self.rho_s) * self.d_s / (points - self.d_s - 1)

    @property
    def recovered(self) -> Expr:
        """PGR = (ER_w - ER_w2s)/(ER_w - ER_c), of the risks' means."""
        return (self.teacher - self.student) / (self.teacher - self.ceiling)

    @property
    def outperformed(self) -> Expr:
        """OPR = ER_s/ER_w2s, of the risks' means."""
        return self.baseline / self.student

    @property
    def effective_dimension(self) -> Expr:
        """D_N = d_sw + (d_w - d_sw) d_s/N: the teacher's dimensions whose variance the student keeps."""
        return self.d_sw + (self.d_w - self.d_sw) * self.d_s / self.unlabelled

    @property
    def leading_variance(self) -> Expr:
        """The student's variance as published, sigma^2/(n - d_w - 1) D_N; exact in sample at rho_s = rho_w = 0."""
        return self.noise * (1 / (self.labelled - self.d_w - 1)) * self.effective_dimension

    @property
    def recovered_bound(self) -> Expr:
        """The published lower bound of PGR."""
        return 1 - self._cost / self.d_w

    @property
    def outperformed_bound(self) -> Expr:
        """The published lower bound of OPR."""
        return self.d_s / self._cost

    @property
    def _cost(self) -> Expr:
        """n times the published risk over sigma^2, n/(n - d_w - 1) D_N + n (rho_s + rho_w)/sigma^2."""
        inflated = self.labelled / (self.labelled - self.d_w - 1) * self.effective_dimension
        return inflated + self.labelled * (self.rho_s + self.rho_w) / self.noise


def correlation_dimension(strong: Sequence[Sequence[Expr]], weak: Sequence[Sequence[Expr]]) -> fmpq:
    """Return tr(P_s P_w) of the spans of two lists of vectors with rational entries, exactly.

    It is the sum of the squared cosines of the principal angles. Each list holds linearly independent vectors of one
    common length; raises InvalidInput otherwise.
    """
    projections = [_projection(vectors) for vectors in (strong, weak)]
    if projections[0].nrows() != projections[1].nrows():
        raise InvalidInput("vectors of different lengths; embed the shorter ones first")
    product = projections[0] * projections[1]
    return sum((product[i, i] for i in range(product.nrows())), fmpq(0))


def _projection(vectors: Sequence[Sequence[Expr]]) -> fmpq_mat:
    rows = fmpq_mat([[fmpq(int(x.p), int(x.q)) for x in map(sympy.Rational, row)] for row in vectors])
    gram = rows * rows.transpose()
    if gram.det() == 0:
        raise InvalidInput("vectors are linearly dependent; give a basis")
    return rows.transpose() * gram.inv() * rows
