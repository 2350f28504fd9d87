"""Joint laws of teacher and student in a case done by hand."""

from __future__ import annotations

from fractions import Fraction

from sympy import Rational

from proofs_checks.claims.ours.mean_teacher_joint_laws import JointLaw
from w2s_theory.claims.ours.mean_teacher import ANY_RISK, MISFIT, STUDENT_RISK, TEACHER_RISK, TEACHER_VARIANCE


def point(value: int) -> tuple[Fraction, ...]:
    return (Fraction(value),)


LAW = JointLaw(target=point(0), pairs=((point(1), point(1)), (point(3), point(1)), (point(-2), point(4))))


def test_the_posterior_mean_averages_over_the_teachers_of_a_student() -> None:
    assert LAW.mean_teachers == {point(1): point(2), point(4): point(-2)}


def test_moments_are_means_over_the_pairs() -> None:
    expected = {
        TEACHER_RISK: Rational(14, 3),
        STUDENT_RISK: Rational(18, 3),
        MISFIT: Rational(40, 3),
        ANY_RISK: Rational(12, 3),
        TEACHER_VARIANCE: Rational(2, 3),
    }
    assert {name: LAW.moments[name] for name in expected} == expected


def test_the_posterior_mean_as_student_gains_its_whole_misfit() -> None:
    law = JointLaw(target=point(0), pairs=((point(1), point(2)), (point(3), point(2))))
    gap = law.moments[TEACHER_RISK] - law.moments[STUDENT_RISK]
    assert gap == law.moments[MISFIT] == 1


def test_another_student_does_not() -> None:
    gap = LAW.moments[TEACHER_RISK] - LAW.moments[STUDENT_RISK]
    assert gap < 0 < LAW.moments[MISFIT]
