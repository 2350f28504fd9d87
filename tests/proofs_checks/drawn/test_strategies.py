from __future__ import annotations

import pytest
from flint import arb, fmpq, fmpq_mat
from hypothesis import given
from hypothesis import strategies as st

from proofs_checks.drawn.strategies import Chain, Teacher, chains, teachers
from w2s_theory.balls import precision


@given(st.integers(2, 5).flatmap(teachers))
def test_the_exact_teacher_is_a_least_squares_fit(teacher: Teacher) -> None:
    exact = teacher.exactly()
    assert teacher.as_array() == pytest.approx([float(arb(value)) for value in exact], abs=1e-9)
    gap = [fmpq(f) - g for f, g in zip(teacher.target, exact, strict=True)]
    for feature in teacher.features:
        assert sum((fmpq(u) * e for u, e in zip(feature, gap, strict=True)), fmpq(0)) == 0
    rank = fmpq_mat([list(map(fmpq, row)) for row in teacher.features]).rank()
    together = fmpq_mat([*(list(map(fmpq, row)) for row in teacher.features), exact]).rank()
    assert together == rank


@given(chains(2))
def test_floats_lie_near_the_balls(chain: Chain) -> None:
    with precision(120):
        teacher, student = chain.ball_losses()
    assert chain.losses() == pytest.approx((float(teacher), float(student)), abs=1e-7)


@pytest.mark.parametrize("kind", ["any", "spectral", "flow", "turning"])
@given(data=st.data())
def test_students_are_shrinkage_optimal(kind: str, data: st.DataObject) -> None:
    chain = data.draw(chains(1, kind=kind))
    with precision(200):
        teacher = [arb(value) for value in chain.teacher.exactly()]
        student = chain.students[0].of_balls(teacher)
        slack = sum((s * (g - s) for s, g in zip(student, teacher, strict=True)), arb(0))
        assert not slack < -(arb(10) ** -12)


@given(chains(1, kind="bounded"))
def test_bounded_students_are_no_larger_than_their_teacher(chain: Chain) -> None:
    with precision(200):
        teacher = [arb(value) for value in chain.teacher.exactly()]
        student = chain.students[0].of_balls(teacher)
        assert not sum((s * s for s in student), arb(0)) > sum((g * g for g in teacher), arb(0))


@given(chains(2))
def test_a_description_names_every_part(chain: Chain) -> None:
    assert list(chain.describe()) == ["target", "teacher features", "student 1", "student 2"]
