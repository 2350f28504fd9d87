"""Random bounds over all models: no verdict is contradicted by a second route, and nothing crashes."""

from __future__ import annotations

import pytest
from generated import outcomes, second_route
from generated.by_hand import cases
from generated.grammar import Bound, generated
from generated.outcomes import Outcome, against_emptiness, against_proof, against_witness

from proofs_checks.bounds import engines

SEEDS, BOUNDS = range(20), 100
DECIDED = ("proved", "certified", "refuted", "no state")
RIGHT = {"T": ("proved", "certified"), "F": ("refuted",), "N": ("no state",)}


@pytest.fixture
def little_effort(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the quick engines try less, so that many bounds can be asked."""
    monkeypatch.setattr(engines, "BOXES", (4, *engines.BOXES[1:]))
    monkeypatch.setattr(engines, "PIECES", (20, *engines.PIECES[1:]))


def contradicted(found: list[Outcome]) -> list[str]:
    return [str(outcome) for outcome in found if outcome.against]


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.usefixtures("little_effort")
def test_no_quick_verdict_is_contradicted(seed: int) -> None:
    found = [outcomes.quick(generated(seed, index)) for index in range(BOUNDS)]
    assert contradicted(found) == []
    decided = sum(outcome.verdict in DECIDED for outcome in found)
    assert decided > BOUNDS / 3, f"only {decided} of {BOUNDS} bounds were decided"


@pytest.mark.slow
@pytest.mark.parametrize("seed", [100, 101])
def test_no_verdict_of_the_whole_program_is_contradicted(seed: int) -> None:
    found = [outcomes.full(generated(seed, index)) for index in range(12)]
    assert contradicted(found) == []


@pytest.mark.slow
@pytest.mark.usefixtures("little_effort")
@pytest.mark.parametrize("remainder", range(8))
def test_no_quick_verdict_on_a_bound_of_known_truth_is_wrong(remainder: int) -> None:
    found = [(outcomes.quick(bound), truth) for bound, truth in list(cases())[remainder::8]]
    assert contradicted([outcome for outcome, _ in found]) == []
    # The quick engines ask for no state: of none, they prove anything.
    wrong = [
        str(outcome)
        for outcome, truth in found
        if truth != "N" and outcome.verdict in DECIDED and outcome.verdict not in RIGHT[truth]
    ]
    assert wrong == []


FALSE = [
    Bound("L_ST >= 0.8*L_TE**2", "shrinkage"),
    Bound("L_ST >= 0.26*L_TE**2", "bounded"),
    Bound("L_ST >= 0.6*L_TE**2", "chain", "", {"steps": 2}),
    Bound("L_ST >= 1.01*L_TE**2", "eigenfunction"),
    Bound("ER_w2s <= ER_w or OPR >= 2", "subspace", "d_s <= 4"),
    Bound("risk_w <= risk_s + misfit", "squared", "variance == 0"),
    Bound("risk_s >= 2.2*(target-student)**2", "bregman-binary"),
]


@pytest.mark.parametrize("bound", FALSE, ids=lambda bound: bound.text)
def test_a_false_bound_that_were_proved_would_be_contradicted(bound: Bound) -> None:
    assert "drawn" in against_proof(bound)


def test_conditions_that_hold_somewhere_would_not_pass_for_empty() -> None:
    assert against_emptiness(Bound("L_ST >= 0", "shrinkage", "L_TE > 1/2")) != ""
    assert against_emptiness(Bound("L_ST >= 0", "shrinkage", "L_TE > 1")) == ""


def test_a_forged_witness_is_noticed() -> None:
    bound = Bound("L_ST >= L_TE**2", "shrinkage")
    right = {"f*": "(1, 0)", "f_TE": "(1/4, sqrt(3)/4)", "f_ST": "(3/8, sqrt(3)/8)"}
    assert against_witness(bound, right) == ""
    assert "does not break" in against_witness(Bound("L_ST >= L_TE**2/2", "shrinkage"), right)
    assert "not shrinkage" in against_witness(bound, {**right, "f_ST": "(1, 0)"})
    assert "no projection" in against_witness(bound, {**right, "f_TE": "(1/2, 0)"})
    law = {"(g, w, s), equally likely": "(0, 1, 1), (1, 2, 2)"}
    assert second_route.witness_state("squared", law, 1)["risk_s"] == 1
