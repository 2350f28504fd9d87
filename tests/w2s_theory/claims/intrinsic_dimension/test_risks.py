"""The risks in two subspaces take the values known for them."""

from __future__ import annotations

from sympy import Rational

from w2s_theory.claims.intrinsic_dimension.risks import (
    STUDENT_RISK,
    STUDENT_VARIANCE,
    TEACHER_RISK,
)
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

EXAMPLE = {LABELLED: 80, UNLABELLED: 50, D_S: 12, D_W: 20, D_SW: 5, NOISE: 1}
NO_BIAS = {RHO_S: 0, RHO_W: 0, SEEN: 0, UNSEEN: 0, OVERLAP: 0}


def test_the_risks_of_one_example() -> None:
    assert TEACHER_RISK.relation("risk").rhs.subs({**EXAMPLE, **NO_BIAS}) == Rational(20, 59)
    assert STUDENT_RISK.relation("risk").rhs.subs({**EXAMPLE, **NO_BIAS}) == (5 + Rational(12 * 15, 37)) / 59
    assert STUDENT_VARIANCE.relation("variance").rhs.subs(EXAMPLE) == (5 + Rational(12 * 15, 50)) / 59
