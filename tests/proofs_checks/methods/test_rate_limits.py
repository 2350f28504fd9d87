"""Reading limits from statements, deriving them, and reading them off a ladder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from sympy import Expr, Integer, Limit, Rational, S, Symbol, log, oo, sqrt
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from proofs_checks.evidence import Verdict
from proofs_checks.methods.rate_limits import (
    HEURISTICS_UNUSED,
    Case,
    RateLimit,
    agrees,
    climb_limits,
    derive_limits,
    differs,
    heuristics_used,
    rate_limits,
)
from w2s_theory.claim import Claim, Part
from w2s_theory.claims.early_stopping import STUDENT_LOSS, TEACHER_LOSS
from w2s_theory.claims.random_features.section_3_theorems import LINEAR_THEOREM, RELU_THEOREM
from w2s_theory.notation.symbols import L_ST, L_TE, OPTIMAL_TIME, PGR, M
from w2s_theory.rates.orders import ONE, Order
from w2s_theory.rates.width_scaling import teacher_on_fixed_spectrum
from w2s_theory.relations import equal, more_than
from w2s_theory.spectra.families import PowerLaw

CUBIC = Case("eigenvalues j^-3", {}, teacher_on_fixed_spectrum(PowerLaw(Integer(3)), {1: S.One}))


def cubic_cases(_limits: Sequence[RateLimit]) -> list[Case]:
    return [CUBIC]


def claiming(power: Expr, value: Expr) -> Claim:
    """Return the claim that L_ST/L_TE^power tends to the value."""
    limit = equal(Limit(STUDENT_LOSS(M) / TEACHER_LOSS(M) ** power, M, oo), value)
    return replace(RELU_THEOREM, states=(Part("limit", limit),))


def test_limits_are_read_with_their_arguments() -> None:
    first, second = sorted(rate_limits(LINEAR_THEOREM), key=lambda limit: len(str(limit)))
    assert first == RateLimit(sqrt(M) * L_TE, S.One, (M, M ** Rational(3, 2), 1 / M))
    assert second.expression == L_ST / L_TE**2
    assert {PGR, L_ST / L_TE} < {limit.expression for limit in rate_limits(RELU_THEOREM)}


def test_numbers_take_the_place_of_symbols_everywhere() -> None:
    c = Symbol("c", positive=True)
    assert RateLimit(c * L_TE, c**2, (M, c * M)).at({c: S(2)}) == RateLimit(2 * L_TE, S(4), (M, 2 * M))


def test_orders_agree_with_the_limits_that_they_have() -> None:
    assert agrees(ONE, S.One)
    assert agrees(Order(S(3), -S.One), S.Zero)
    assert agrees(Order(sqrt(2) * sqrt(3)), sqrt(6))
    assert not agrees(Order(S.One, S.Zero, S.One), S.One)


def test_orders_differ_from_the_limits_that_they_do_not_have() -> None:
    assert differs(ONE, S(2))
    assert differs(ONE, S.Zero)
    assert differs(Order(S.One, S.One), S.Zero)
    assert not differs(ONE, S.One)
    assert not differs(Order(S.One, -S.One), S.Zero)


@pytest.mark.parametrize(
    ("power", "value", "verdict"),
    [
        (S(2), S.One, Verdict.SUPPORTED),
        (Rational(149, 100), S.Zero, Verdict.SUPPORTED),
        (S(2), Rational(101, 100), Verdict.REFUTED),
        (Rational(199, 100), S.One, Verdict.REFUTED),
        (S(2), S.Zero, Verdict.REFUTED),
        (Rational(201, 100), S.Zero, Verdict.REFUTED),
    ],
)
def test_the_calculus_decides_limits_on_the_cubes(power: Expr, value: Expr, verdict: Verdict) -> None:
    assert derive_limits(claiming(power, value), cubic_cases).verdict is verdict


@pytest.mark.parametrize(
    ("expression", "value", "verdict"),
    [
        (L_ST / L_TE**2, S.One, Verdict.SUPPORTED),
        (L_ST / L_TE ** Rational(3, 2), S.Zero, Verdict.SUPPORTED),
        (L_ST / L_TE**2, Rational(101, 100), Verdict.REFUTED),
        (L_ST / L_TE ** Rational(201, 100), S.Zero, Verdict.REFUTED),
        (L_ST / L_TE ** Rational(201, 100), S.One, Verdict.REFUTED),
        (L_ST / L_TE**2, S.Zero, Verdict.REFUTED),
    ],
)
def test_the_ladder_reads_limits_on_the_cubes(expression: Expr, value: Expr, verdict: Verdict) -> None:
    found = climb_limits((RateLimit(expression, value, ()),), [CUBIC])
    assert found.verdict is verdict
    assert (verdict is Verdict.REFUTED) == bool(found.witness)


def test_a_heuristic_step_is_named() -> None:
    assert heuristics_used([CUBIC], [RateLimit(L_ST / L_TE, S.Zero, ())]) == HEURISTICS_UNUSED
    assert "optimal_time" in heuristics_used([CUBIC], [RateLimit(OPTIMAL_TIME / log(M), S.One, ())])


def test_a_multiple_of_a_limit_and_losses_at_a_multiple_of_the_width_are_read() -> None:
    teacher = LINEAR_THEOREM.relation("teacher")
    limit = teacher.lhs
    (read,) = rate_limits(stating(equal(2 * limit, teacher.rhs)))
    assert read.value == teacher.rhs / 2
    inside = limit.args[0]
    (loss,) = inside.atoms(AppliedUndef)
    moved = inside.xreplace({loss: loss.func(2 * M, *loss.args[1:])})
    (read,) = rate_limits(stating(equal(Limit(moved, M, oo), teacher.rhs)))
    assert read.arguments == (M, *(part.subs(M, M / 2) for part in loss.args[1:]))
    assert read.expression == inside.xreplace({loss: L_TE}).subs(M, M / 2)


def test_a_relation_in_the_losses_that_is_no_limit_is_not_left_out() -> None:
    teacher = LINEAR_THEOREM.relation("teacher")
    for wrong in (more_than(teacher.lhs, 1), equal(teacher.lhs**2, 1), equal(-M * teacher.lhs, 1)):
        with pytest.raises(ValueError, match="no limit in M"):
            rate_limits(stating(wrong))


def test_losses_at_different_scalings_are_told_apart() -> None:
    ratio = LINEAR_THEOREM.relation("ratio")
    inside = ratio.lhs.args[0]
    (loss,) = [each for each in inside.atoms(AppliedUndef) if each.func.__name__ == "L_TE"]
    width, dimension, psi = loss.args
    changed = inside.xreplace({loss: loss.func(width, 2 * dimension, psi)})
    (read,) = rate_limits(stating(equal(Limit(changed, M, oo), ratio.rhs)))
    assert read.elsewhere
    with pytest.raises(ValueError, match="different widths or scalings"):
        _ = read.only_here
    elsewhere = inside.xreplace({loss: loss.func(2 * width, dimension, psi)})
    with pytest.raises(ValueError, match="different widths"):
        rate_limits(stating(equal(Limit(elsewhere, M, oo), ratio.rhs)))


def stating(relation: Relational) -> Claim:
    return replace(LINEAR_THEOREM, states=(Part("limit", relation),))
