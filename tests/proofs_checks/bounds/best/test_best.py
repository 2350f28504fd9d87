from __future__ import annotations

from fractions import Fraction

import pytest

from proofs_checks.bounds.best.best import Best, best_constant
from proofs_checks.bounds.check_bound import check_bound
from w2s_theory.errors import InvalidInput

AT_TWO = "0.558804667027487"


def assert_both_sides(found: Best) -> None:
    """Assert that the bound holds on one side of the best constant and fails on the other, both decided."""
    assert found.holds.is_shown
    assert found.fails is not None
    assert found.fails.is_refuted
    assert found.low < found.high


@pytest.mark.parametrize(
    ("bound", "model", "largest", "best"),
    [
        ("L_ST >= c*L_TE**2", "shrinkage", True, "3/4"),
        ("L_ST >= c*L_TE**2", "bounded", True, "1/4"),
        ("c*L_ST >= L_TE**2", "shrinkage", False, "4/3"),
        ("PGR <= 1 - c*L_TE", "shrinkage", True, "3/4"),
    ],
)
def test_published_constants_are_best(bound: str, model: str, largest: bool, best: str) -> None:
    found = best_constant(bound, model)
    assert found.best == best
    assert found.largest is largest
    assert_both_sides(found)
    assert abs(found.high - found.low) < Fraction(1, 10**28)
    assert found.low <= Fraction(best) <= found.high


def test_where_the_constant_is_attained_is_said() -> None:
    found = best_constant("L_ST >= c*L_TE**2", "shrinkage")
    assert found.attained is True
    assert found.at["L_TE"].startswith("2/3 =")
    assert found.at["L_ST"].startswith("1/3 =")
    approached = best_constant("L_ST >= c*L_TE**2", "bounded")
    assert approached.attained is False


@pytest.mark.parametrize(
    ("steps", "digits"), [(1, "0.75"), (2, AT_TWO), (3, "0.4444444444"), (4, "0.390625")]
)
def test_chains_over_all_states(steps: int, digits: str) -> None:
    found = best_constant("L_ST >= c*L_TE**2", "chain", steps=steps)
    assert found.decimal.startswith(digits[:14])
    assert_both_sides(found)


@pytest.mark.parametrize("steps", [1, 2, 3, pytest.param(12, marks=pytest.mark.slow)])
def test_chains_in_the_limit(steps: int) -> None:
    found = best_constant("L_ST >= c*L_TE**2", "chain", limit_at="L_TE -> 0", steps=steps)
    limit = Fraction((steps + 1) ** 2, (2 * steps) ** 2)
    assert found.best == str(limit)
    assert found.attained is False
    assert_both_sides(found)
    assert found.low <= limit <= found.high
    assert found.high - found.low < Fraction(1, 10**5)


def test_the_least_whole_number_of_unlabelled_points() -> None:
    where = "N >= 2*d_s + k and d_sw < d_w and rho_w == 0 and rho_s == 0"
    # On a loaded machine some decisions would not be ready at the usual limit.
    found = best_constant("ER_w2s < ER_w", "subspace", where, whole=True, seconds=240)
    assert found.best == "2"
    assert found.largest is False
    assert_both_sides(found)


def test_a_best_constant_is_checked_from_both_sides_by_the_command_for_bounds() -> None:
    assert check_bound(f"L_ST >= {AT_TWO}0*L_TE**2", "chain", steps=2).is_shown
    assert check_bound("L_ST >= 0.558804667027488*L_TE**2", "chain", steps=2).is_refuted


def test_plain_data() -> None:
    data = best_constant("L_ST >= c*L_TE**2").as_json()
    assert data["best"] == "3/4"
    assert data["decimal"].startswith("0.75")
    assert data["attained"] is True
    assert data["holds"]["verdict"] == "proved"
    assert data["fails"]["verdict"] == "refuted"


@pytest.mark.parametrize(
    ("bound", "limit", "message"),
    [
        ("L_ST >= L_TE**2", "", "every name is an observable; allowed: exactly one unknown constant"),
        ("L_ST >= a*L_TE**b", "", "the unknown names are a, b"),
        ("L_ST >= c*L_TE**2", "L_TE", "allowed: an observable -> a number"),
        ("L_ST >= c*L_TE**2", "x -> 0", "allowed: an observable -> a number"),
        ("L_ST >= c*L_TE**2", "L_TE -> zero", "'zero' is not a number"),
        ("L_TE <= 1 + c**2", "", "the bound holds at every value of c"),
        ("L_TE >= 2 + c**2", "", "the bound fails at every value of c"),
    ],
)
def test_bad_questions_are_one_line(bound: str, limit: str, message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        best_constant(bound, limit_at=limit)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("bound", "model", "where", "exactly"),
    [
        ("L_ST <= c", "shrinkage", "", "4/3"),
        ("L_ST <= c*(1+L_TE)", "eigenfunction", "", "1"),
        ("L_ST <= c + L_TE", "shrinkage", "", "1"),
        ("L_ST <= c", "bounded", "norm_TE <= 1/2", "9/4"),
    ],
)
def test_upper_bounds_have_their_best_constant_on_the_upper_curve(
    bound: str, model: str, where: str, exactly: str
) -> None:
    found = best_constant(bound, model, where)
    assert found.best == exactly
    assert found.attained


def test_a_function_is_no_unknown_name() -> None:
    found = best_constant("sqrt(L_ST) >= c*L_TE")
    assert found.decimal.startswith("0.8660254037844386467637231707")
