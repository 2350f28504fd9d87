from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from sympy import Eq, Ge

from proofs_checks.claims.bias_variance.decompositions import (
    Measured,
    examined,
    for_any_generator,
    on_drawn_laws,
)
from proofs_checks.drawn.finite_laws import FiniteLaw
from proofs_checks.evidence import Verdict
from proofs_checks.registry import Context
from w2s_theory.claims.bias_variance.decompositions import BIAS_VARIANCE, THREE_POINT
from w2s_theory.divergences.bregman import ITAKURA_SAITO, SQUARED
from w2s_theory.divergences.formal import Divergence

TEACHER_RISK, MISFIT = Divergence("g", "w").symbol, Divergence("s", "w").symbol


def law(*rows: tuple[int, int, int]) -> FiniteLaw:
    """Return a law with equal weights and these values of target, student and teacher."""
    columns = zip(*rows, strict=True)
    return FiniteLaw((1,) * len(rows), *(tuple((Fraction(value),) for value in column) for column in columns))


CLOSE = law((1, 2, 2), (1, 2, 3))
FAR = law((1, 9, 2), (1, 9, 3), (1, 9, 4))
EQUAL = law((2, 2, 5))


def test_the_simplest_case_against_a_relation_is_shown() -> None:
    part = Measured.of(Ge(MISFIT, TEACHER_RISK, evaluate=False))
    found = examined([part], [(SQUARED, FAR), (SQUARED, CLOSE), (SQUARED, EQUAL)], "three laws")
    assert found.verdict is Verdict.REFUTED
    assert found.witness == {
        "loss": "squared loss",
        "p": "1/2 1/2",
        "g": "1; 1",
        "s": "2; 2",
        "w": "2; 3",
        "left - right": "-2",
    }


def test_what_holds_on_every_case_is_supported_and_balls_have_the_last_word() -> None:
    part = Measured.of(Ge(TEACHER_RISK, MISFIT, evaluate=False))
    assert (
        examined([part], [(SQUARED, CLOSE), (ITAKURA_SAITO, EQUAL)], "two laws").verdict is Verdict.SUPPORTED
    )
    assert Measured.of(Eq(TEACHER_RISK, MISFIT, evaluate=False)).broken((SQUARED, CLOSE))
    assert not Measured.of(Eq(TEACHER_RISK, MISFIT, evaluate=False)).broken((SQUARED, EQUAL))


def test_an_identity_of_points_is_examined_on_points() -> None:
    context = Context(seed=1, examples=50, seconds=10)
    assert on_drawn_laws(THREE_POINT, context).domain.startswith("points; ")
    assert on_drawn_laws(BIAS_VARIANCE, context).domain.startswith("joint laws")


def test_a_true_statement_with_a_broken_derivation_is_not_proved() -> None:
    broken = replace(THREE_POINT, derivation=(replace(THREE_POINT.derivation[0], given=()),))
    found = for_any_generator(broken, Context(seed=1, examples=50, seconds=10))
    assert (found.verdict, found.broken) == (Verdict.UNDECIDED, 1)
