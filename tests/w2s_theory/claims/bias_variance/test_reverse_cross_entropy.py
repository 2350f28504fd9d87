"""The gradients and minimizers at numbers known otherwise."""

from __future__ import annotations

import pytest
import sympy
from sympy import Integer, Rational, log

from w2s_theory.claims.bias_variance.reverse_cross_entropy import (
    CERTAINTY,
    CLASSES,
    DIRECT_SLOPES,
    LABEL,
    LABELS,
    LOGIT,
    LOGITS,
    MIXED,
    MIXED_LABEL,
    REVERSE_SLOPE,
    REVERSE_SLOPES,
    STUDENT,
    reverse_minimum,
)

TWO_LOGITS = {LOGITS[1]: Integer(0), LOGITS[2]: LOGIT}


def test_two_of_k_classes_have_the_binary_gradients() -> None:
    """Class K = 2 at the logit z against 0 is the first of two classes."""
    direct, reverse = (
        slope.subs(CLASSES, 2).doit().xreplace(TWO_LOGITS) for slope in (DIRECT_SLOPES, REVERSE_SLOPES)
    )
    labels = {LABELS[1]: 1 - LABEL, LABELS[2]: LABEL}
    p = 1 / (1 + sympy.exp(-LOGIT))
    assert sympy.simplify(direct.xreplace(labels) - (p - LABEL)) == 0
    assert sympy.simplify(reverse.xreplace(labels) - REVERSE_SLOPE) == 0


def test_the_gradient_of_rce_vanishes_where_all_labels_agree() -> None:
    slope = REVERSE_SLOPES.subs(CLASSES, 3).doit()
    uniform = {LABELS[k]: Rational(1, 3) for k in (1, 2, 3)}
    assert sympy.simplify(slope.xreplace(uniform)) == 0


@pytest.mark.parametrize("certainty", [Rational(1, 100), Rational(1, 2), Integer(1)])
def test_the_first_class_is_best_by_the_log_odds(certainty: Rational) -> None:
    label = MIXED.subs({LABEL: Rational(3, 4), CERTAINTY: certainty})
    at = {MIXED_LABEL: label, STUDENT: Rational(1, 4)}
    excess = (reverse_minimum.lhs - reverse_minimum.rhs).subs(at)
    assert sympy.simplify(excess - Rational(3, 4) * log(label / (1 - label))) == 0
    assert excess > 0


def test_at_a_tie_every_student_is_as_good() -> None:
    sides = [side.subs(MIXED_LABEL, Rational(1, 2)) for side in reverse_minimum.args]
    assert sympy.simplify(sides[0] - sides[1]) == 0
