"""Where the student ties with its teacher."""

from __future__ import annotations

from sympy import Integer

from w2s_theory.claims.intrinsic_dimension.conditions import CONDITION
from w2s_theory.notation.symbols import D_S, D_SW, D_W, LABELLED, NOISE, UNLABELLED

EXAMPLE = {LABELLED: 80, UNLABELLED: 50, D_S: 12, D_W: 20, D_SW: 5, NOISE: 1}


def test_the_student_ties_with_its_teacher_at_twice_its_dimension() -> None:
    for part, points in zip(CONDITION.relations[:2], (2 * 12 + 1, 12), strict=True):
        at_the_threshold = {**EXAMPLE, UNLABELLED: Integer(points)}
        assert part.lhs.subs(at_the_threshold) == part.rhs.subs(at_the_threshold) == 0
