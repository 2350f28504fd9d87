from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb
from sympy import Eq, Ge, Sum, log

from proofs_checks.drawn.soft_label_students import BITS, LabelledStudent
from w2s_theory.balls import precision
from w2s_theory.claims.bias_variance.reverse_cross_entropy import (
    CERTAINTY,
    CLASS,
    CLASSES,
    LABEL,
    LABELS,
    LOG_RATIO,
    MIXED_LABEL,
    MIXED_LABELS,
    SHORTFALL,
    STUDENTS,
)

DRAWN = LabelledStudent((1, 3, 4), (1, 1, 2), (Fraction(0), Fraction(1), Fraction(-1)), Fraction(1, 2))


def test_labels_are_normalized_and_the_likelier_of_two_comes_first() -> None:
    with precision(BITS):
        values = DRAWN.values
        assert values[LABEL] == arb(3) / 4
        assert values[MIXED_LABEL] == arb(5) / 8
        assert values[LABELS[2]] == arb(3) / 8
        assert values[SHORTFALL[1]] == arb(3) / 8
        assert values[SHORTFALL[3]] == 0


def test_the_log_ratio_turns_the_mixed_label_into_the_student() -> None:
    with precision(BITS):
        values = DRAWN.values
        for k in (1, 2, 3):
            share = values[MIXED_LABELS[k]] * values[LOG_RATIO[k]].exp()
            assert abs(share - values[STUDENTS[k]]) < arb(2) ** -150


def test_sums_run_over_the_drawn_classes() -> None:
    total = Sum(LABELS[CLASS], (CLASS, 1, CLASSES))
    with precision(BITS):
        assert not DRAWN.breaks(Eq(total, 1, evaluate=False))
        assert DRAWN.breaks(Eq(total, CERTAINTY, evaluate=False))
        entropy = -Sum(LABELS[CLASS] * log(LABELS[CLASS]), (CLASS, 1, CLASSES))
        assert not DRAWN.breaks(Ge(log(3), entropy, evaluate=False))
        assert DRAWN.breaks(Ge(entropy, log(3), evaluate=False))


@pytest.mark.parametrize("classes", [2, 3])
def test_gap_is_left_minus_right(classes: int) -> None:
    drawn = LabelledStudent((1,) * classes, (1,) * classes, (Fraction(0),) * classes, Fraction(1))
    with precision(BITS):
        assert drawn.gap(Ge(CLASSES, 1, evaluate=False)) == classes - 1
