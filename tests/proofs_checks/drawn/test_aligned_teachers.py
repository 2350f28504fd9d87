"""Exact observables of drawn teachers against floating-point linear algebra."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import subspace_angles

from proofs_checks.drawn.aligned_teachers import AlignedTeacher, aligned_teachers

# e_1 + e_2 is the only feature: f_TE = (f_1 + f_2)/2 (1, 1), at 45 degrees to S = span e_1.
DIAGONAL = AlignedTeacher(1, ((1, 1),), (1, 0), (Fraction(1), Fraction(0)))

teachers = st.booleans().flatmap(lambda inside: aligned_teachers(target_in_span=inside))


def test_a_feature_at_45_degrees() -> None:
    assert float(DIAGONAL.misalignment()) == pytest.approx(0.5, abs=1e-14)
    assert [float(value) for value in DIAGONAL.squared_cosines()] == pytest.approx([0.5], abs=1e-14)
    assert [float(value) for value in DIAGONAL.feature_ratios()] == pytest.approx([1.0], abs=1e-14)
    assert DIAGONAL.missed() == fmpq(1, 2)
    assert DIAGONAL.missed(1) == fmpq(1, 4)


def test_the_student_of_a_feature_at_45_degrees() -> None:
    # Off S nothing is learned; on S the student tends to 1/2.
    assert float(DIAGONAL.student_loss(Fraction(0))) == 1.0
    assert float(DIAGONAL.student_loss(Fraction(100))) == pytest.approx(0.25, abs=1e-14)


@settings(max_examples=60, deadline=None)
@given(teachers)
def test_principal_angles_agree_with_scipy(teacher: AlignedTeacher) -> None:
    dimension = len(teacher.target)
    angles = subspace_angles(np.eye(dimension)[:, : teacher.size], np.array(teacher.features, dtype=float).T)
    found = [float(value) for value in teacher.squared_cosines()]
    expected = sorted(np.cos(angles) ** 2)
    assert found[-len(expected) :] == pytest.approx(expected, abs=1e-9)
    assert found[: -len(expected)] == [0.0] * (teacher.size - len(expected))


@settings(max_examples=60, deadline=None)
@given(aligned_teachers(target_in_span=True).filter(lambda teacher: teacher.size == 1))
def test_a_target_that_spans_s_has_kappa_equal_to_the_teacher_loss(teacher: AlignedTeacher) -> None:
    loss = teacher.missed()
    assert teacher.misalignment().overlaps(arb(loss))
    assert teacher.missed(1) == loss**2


@settings(max_examples=60, deadline=None)
@given(teachers, st.fractions(0, 8, max_denominator=8))
def test_student_loss_agrees_with_floating_point(teacher: AlignedTeacher, time: Fraction) -> None:
    features, target = np.array(teacher.features, dtype=float).T, np.array(teacher.target, dtype=float)
    taught = features @ np.linalg.lstsq(features, target, rcond=None)[0]
    learned = 1 - np.exp(-float(time) * np.array([float(value) for value in teacher.eigenvalues]))
    loss = np.sum((target - learned * taught) ** 2) / np.sum(target**2)
    assert float(teacher.student_loss(time)) == pytest.approx(loss, abs=1e-9)
