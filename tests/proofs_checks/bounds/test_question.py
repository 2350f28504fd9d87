from __future__ import annotations

import pytest

from proofs_checks.bounds.models import build_model
from proofs_checks.bounds.question import Question, is_settled_on_curve, questions, states, violations
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
        ("L_ST >= 3/4*L_TE**2", "", True),
        ("L_ST > 3/4*L_TE**2", "", True),
        ("L_TE**2 <= 2*L_ST", "", True),
        ("PGR <= 1 - L_TE/2", "", True),
        ("sqrt(L_ST) >= L_TE/2", "", True),
        ("L_ST >= L_TE**2", "L_TE <= 1/50", True),
        ("L_ST >= L_TE or L_ST >= L_TE**2", "", True),
        ("L_ST <= 2", "", False),
        ("L_ST == L_TE", "", False),
        ("L_ST != L_TE", "", False),
        ("L_ST - L_ST**2 >= 0", "", False),
        ("L_TE <= 1", "", False),
        ("L_ST >= L_TE**2", "L_ST <= 1/2", False),
        ("L_ST >= L_TE**2", "norm_ST <= 1/2", False),
        ("L_ST + norm_ST >= 0", "", False),
        ("log(L_ST) >= -100", "", False),
        ("1/L_ST >= 0", "", False),
        ("L_ST >= L_TE or L_ST <= L_TE/2", "", False),
    ],
)
def test_only_claims_that_get_harder_below_are_asked_on_the_curve(
    claim: str, where: str, settled: bool
) -> None:
    question = asked(claim, where)
    curve = SHRINKAGE.curve
    assert curve is not None
    assert is_settled_on_curve(question, curve) is settled
    assert any(posed.chart is curve for posed in violations(question)) is settled


@pytest.mark.parametrize(
    ("claim", "where", "settled"),
    [
        ("L_ST <= 2*L_TE", "", True),
        ("L_ST <= (1 + norm_TE)**2", "norm_TE < 1/2", True),
        ("PGR > -100", "", True),
        ("L_ST >= L_TE", "", False),
        ("L_ST <= L_TE", "L_ST >= 1/2", False),
        ("L_ST <= norm_ST + 1", "", False),
        ("L_ST*(1 - L_ST) >= 0", "", False),
    ],
)
def test_only_claims_that_get_harder_above_are_asked_on_the_upper_curve(
    claim: str, where: str, settled: bool
) -> None:
    question = asked(claim, where)
    curve = SHRINKAGE.upper_curve
    assert curve is not None
    assert is_settled_on_curve(question, curve, is_upper=True) is settled
    assert any(posed.chart is curve for posed in violations(question)) is settled


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
