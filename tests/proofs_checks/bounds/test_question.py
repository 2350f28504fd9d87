from __future__ import annotations

import pytest

from proofs_checks.bounds.check_bound import check_bound
from proofs_checks.bounds.models import Chart, build_model
from proofs_checks.bounds.question import Question, questions, states, violations
from w2s_theory.terms.reading import read_formula
from w2s_theory.terms.tree import TRUE, conjuncts, negated
from w2s_theory.terms.writing import formula_as_text

SHRINKAGE = build_model("shrinkage")


def asked(claim: str, where: str = "") -> Question:
    names = SHRINKAGE.names
    (question,) = questions(
        SHRINKAGE, read_formula(claim, names), read_formula(where, names) if where else TRUE
    )
    return question


@pytest.mark.parametrize(
    ("claim", "where", "settled"),
    [
        ("L_ST >= L_TE**2", "", "whole"),
        ("PGR <= 1 - L_TE/2", "", "whole"),
        ("L_ST >= L_TE**2", "L_TE <= 1/50", "whole"),
        ("L_ST >= L_TE or L_ST >= L_TE**2", "", "whole"),
        ("L_ST >= L_TE**2", "L_ST <= 1/2", "whole"),
        ("L_ST >= L_TE**2", "PGR >= 0", "whole"),
        ("L_ST >= L_TE**2", "norm_TE <= 1/2", "whole"),
        ("sin(L_ST)*L_ST >= 0", "", "whole"),
        ("L_ST >= L_TE**2", "L_ST >= 1/50", "in part"),
        ("L_ST >= L_TE**2", "norm_ST <= 1/2", "in part"),
        ("L_ST >= L_TE**2", "log(L_ST) >= -100", "in part"),
        ("L_ST >= L_TE or L_ST <= L_TE/2", "", "in part"),
        ("L_ST >= L_TE or norm_ST == 1", "", "in part"),
        ("L_ST <= 2", "", ""),
        ("L_ST == L_TE", "", ""),
        ("L_ST != L_TE", "", ""),
        ("L_ST - L_ST**2 >= 0", "", ""),
        ("L_TE <= 1", "", ""),
        ("L_ST + norm_ST >= 0", "", ""),
        ("log(L_ST) >= -100", "", ""),
        ("1/L_ST >= 0", "", ""),
    ],
)
def test_what_gets_harder_below_is_asked_on_the_curve(claim: str, where: str, settled: str) -> None:
    assert on(SHRINKAGE.curve, claim, where) == settled


@pytest.mark.parametrize(
    ("claim", "where", "settled"),
    [
        ("L_ST <= 2*L_TE", "", "whole"),
        ("L_ST <= (1 + norm_TE)**2", "norm_TE < 1/2", "whole"),
        ("PGR > -100", "", "whole"),
        ("L_ST <= L_TE", "L_ST >= 1/2", "whole"),
        ("L_ST <= L_TE", "L_ST <= 1/2", "in part"),
        ("L_ST >= L_TE", "", ""),
        ("L_ST <= norm_ST + 1", "", ""),
        ("L_ST*(1 - L_ST) >= 0", "", ""),
    ],
)
def test_what_gets_harder_above_is_asked_on_the_upper_curve(claim: str, where: str, settled: str) -> None:
    assert on(SHRINKAGE.upper_curve, claim, where) == settled


def on(curve: Chart | None, claim: str, where: str) -> str:
    found = [posed for posed in violations(asked(claim, where)) if posed.chart is curve]
    assert all(posed.on_curve for posed in found)
    return "".join("in part" if posed.partial else "whole" for posed in found)


def test_a_point_of_a_part_of_the_conditions_is_no_state() -> None:
    """On the curve L_ST is never 1/3 where L_TE = 1/2; left of that condition, points of the curve are no states."""
    result = check_bound("L_ST >= 3*L_TE**2", where="L_TE == 1/2 and L_ST >= 4/5", seconds=20)
    assert result.is_shown
    assert check_bound("L_ST <= 1/2", where="L_TE == 1/2 and norm_ST == norm_TE", seconds=20).is_shown


def test_each_conjunct_is_a_question_of_its_own() -> None:
    claim = read_formula("L_ST >= 0 and (L_TE <= 1 and norm_TE >= 0 or L_TE == 2)", SHRINKAGE.names)
    assert len(questions(SHRINKAGE, claim, TRUE)) == 2


def test_where_every_side_is_defined_is_a_premise() -> None:
    question = asked("sqrt(L_TE - 1/2) <= PGR", "1/L_ST > 1 and log(norm_TE) < 0")
    needs = {formula_as_text(part) for part in conjuncts(question.defined)}
    assert {"L_TE - 1/2 >= 0", "L_TE != 0", "L_ST != 0", "norm_TE > 0"} <= needs


def test_conditions_for_an_observable_to_exist_are_premises() -> None:
    model = build_model("subspace")
    claim = read_formula("ER_s >= 0", model.names)
    (question,) = questions(model, claim, TRUE, ["ER_s"])
    assert conjuncts(question.premises)
    (without,) = questions(model, claim, TRUE)
    assert not conjuncts(without.premises)


def test_nothing_is_left_out_of_a_problem() -> None:
    question = asked("sqrt(L_TE - 1/2) <= L_ST", "L_TE <= 3/4")
    for posed in violations(question):
        written = formula_as_text(posed.problem.formula)
        parts = conjuncts(posed.problem.formula)
        assert len(parts) >= len(conjuncts(posed.chart.constraint)) + 3, written
        assert posed.problem.box == posed.chart.box
    problems = [posed.problem for posed in states(question)]
    claim = negated(question.claim)
    assert problems
    assert all(claim not in conjuncts(problem.formula) for problem in problems)


def test_a_bound_of_an_absolute_value_is_two_bounds() -> None:
    for claim, signs in (("abs(L_ST - L_TE) <= 1", "<="), ("1 > abs(L_ST - L_TE)", "<")):
        found = questions(SHRINKAGE, read_formula(claim, SHRINKAGE.names), TRUE)
        assert [formula_as_text(item.claim).split()[-2] for item in found] == [signs, signs]
    for claim in ("abs(L_ST) >= 1", "abs(L_ST) == 1", "1 <= abs(L_ST - L_TE)", "abs(L_ST) - 1 <= 0"):
        assert len(questions(SHRINKAGE, read_formula(claim, SHRINKAGE.names), TRUE)) == 1
