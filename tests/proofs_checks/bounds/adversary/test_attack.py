from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from proofs_checks.bounds.adversary import Attack, attack, families_of
from proofs_checks.bounds.adversary.steering import approached
from proofs_checks.bounds.models import build_model
from w2s_theory.errors import InvalidInput
from w2s_theory.terms.exact import holds
from w2s_theory.terms.reading import read_formula
from w2s_theory.terms.tree import TRUE, Formula, Term, negated, variable


def read(model: str, text: str, parameters: dict[str, int]) -> Formula:
    return read_formula(text, names(model, *parameters.items())) if text else TRUE


@cache
def names(model: str, *parameters: tuple[str, int]) -> dict[str, Term]:
    return build_model(model, dict(parameters)).names


def attacked(model: str, claim: str, where: str = "", seed: int = 0, **parameters: int) -> Attack:
    conditions = read(model, where, parameters)
    return attack(model, parameters, read(model, claim, parameters), conditions, seed)


FALSE = [
    ("shrinkage", "L_ST >= 0.76*L_TE**2", ""),
    ("shrinkage", "L_ST >= 0.7501*L_TE**2", ""),
    ("shrinkage", "L_ST >= L_TE**2", ""),
    ("shrinkage", "L_ST > L_TE**2*exp(-L_TE)/2", ""),
    ("shrinkage", "L_ST >= 0.1910*L_TE**0", "L_TE == 1/2"),
    ("shrinkage", "PGR <= 0.6", "L_TE >= 1/2 and L_TE <= 0.500001"),
    ("shrinkage", "L_TE == 1/2", "L_ST == 1/3 and norm_ST == 1/2"),
    ("shrinkage", "L_TE <= 1/2", "L_TE**3 + L_TE == 1"),
    ("shrinkage", "L_ST >= 5*L_TE*sqrt(1 + sqrt(L_TE))", ""),
    ("bounded", "L_ST >= 0.26*L_TE**2", ""),
    ("bounded", "norm_ST**2 <= inner_ST_TE", ""),
    ("chain --steps 2", "L_ST >= 0.56*L_TE**2", ""),
    ("chain --steps 3", "L_ST >= 0.445*L_TE**2", ""),
    ("chain --steps 12", "L_ST >= 0.294*L_TE**2", ""),
    ("chain --steps 4", "L_ST >= 0.21", "L_TE == 1/2"),
    ("eigenfunction", "L_ST >= 1.01*L_TE**2", ""),
    ("eigenfunction", "L_ST > L_TE**2*cos(L_TE)/2", ""),
    ("squared", "risk_w <= risk_s", ""),
    ("squared", "risk_w <= 1.999*risk_s + 2*misfit", ""),
    ("squared", "risk_s <= 1", "risk_s**2 == 2"),
    ("subspace", "PGR >= 0", ""),
    ("subspace", "d_s <= 20", ""),
    ("subspace", "ER_w2s < ER_w", "N == 2*d_s + 2 and rho_w == 0 and rho_s == 0"),
    ("subspace", "ER_w <= 7", "ER_w2s == 2"),
    ("subspace", "b_s <= 0.99*rho_w*(d_s - d_sw)", "d_s - d_sw < 1"),
    ("bregman-binary", "gap >= misfit", ""),
    ("bregman-binary", "variance > 0", ""),
    ("bregman-binary", "variance > 0", "student**2 + target**2 == 1/3"),
    ("bregman-binary", "entropy_s < log(2)", ""),
    ("bregman-binary", "risk_s >= 2.01*(target - student)**2", ""),
]
TRUE_AND_TIGHT = [
    ("shrinkage", "L_ST >= 3/4*L_TE**2", "", 1e-8),
    ("shrinkage", "norm_ST**2 <= inner_ST_TE", "", 1e-12),
    ("shrinkage", "inner_TE_target == 1 - L_TE", "", 1e-9),
    ("shrinkage", "PGR <= 1 - 3/4*L_TE", "", 1e-8),
    ("bounded", "L_ST >= L_TE**2/4", "", 1e-3),
    ("bounded", "norm_ST <= norm_TE", "", 1e-12),
    ("chain --steps 1", "L_ST >= 3/4*L_TE**2", "", 1e-6),
    ("chain --steps 2", "L_ST >= 0.558804667*L_TE**2", "", 1e-4),
    ("chain --steps 12", "L_ST >= (13/12/2)**2*L_TE**2", "", 1e-2),
    ("eigenfunction", "L_ST >= L_TE**2", "", 1e-12),
    ("squared", "risk_w <= 2*risk_s + 2*misfit", "", 1e-6),
    ("squared", "gap == misfit + cross_term", "", 1e-6),
    ("squared", "abs(gap - misfit) <= 2*sqrt(projection_error)*sqrt(risk_s)", "", 1e-9),
    ("subspace", "d_sw <= d_s and d_sw <= d_w", "", 1e-12),
    ("subspace", "ER_w2s >= rho_s + b_s", "", 1e-3),
    ("subspace", "ER_w2s <= ER_w", "N >= 2*d_s + 2 and rho_w == 0 and rho_s == 0", 1e-3),
    ("bregman-binary", "gap == misfit + cross_term", "", 1e-6),
    ("bregman-binary", "risk_w == risk_mean + variance", "", 1e-6),
    ("bregman-binary", "risk_s >= 2*(target - student)**2", "", 1e-6),
]


def split(model: str) -> tuple[str, dict[str, int]]:
    name, _, steps = model.partition(" --steps ")
    return name, {"steps": int(steps)} if steps else {}


@pytest.mark.parametrize(("model", "claim", "where"), FALSE)
def test_false_bounds_are_violated_by_a_legal_state(model: str, claim: str, where: str) -> None:
    name, parameters = split(model)
    found = attacked(name, claim, where, **parameters)
    assert found.violation is not None
    assert found.suspects > 0
    assert found.closest is not None
    point = found.violation.observables
    assert holds(negated(read(name, claim, parameters)), point)
    assert holds(read(name, where, parameters), point)
    assert found.violation.description


@pytest.mark.parametrize(("model", "claim", "where", "close"), TRUE_AND_TIGHT)
def test_true_bounds_are_approached_and_not_violated(
    model: str, claim: str, where: str, close: float
) -> None:
    name, parameters = split(model)
    found = attacked(name, claim, where, **parameters)
    assert found.violation is None
    assert found.suspects == 0
    assert found.tried > 100
    assert found.closest is not None
    assert -1e-6 < found.closest <= close


def test_the_same_seed_finds_the_same() -> None:
    first, second = (attacked("squared", "risk_w <= 1.9*risk_s + 2*misfit", seed=3) for _ in range(2))
    assert first == second
    assert attacked("squared", "risk_w <= 1.9*risk_s + 2*misfit", seed=4) != first


@pytest.mark.parametrize(
    ("model", "where"),
    [
        ("subspace", "N**2 == 3*d_s**2 and d_s < 4 and N < 8"),
        ("subspace", "d_s**2 == 2"),
        ("bregman-binary", "risk_s > 7"),
        ("shrinkage", "L_TE > 2"),
        ("squared", "sqrt(-1 - risk_s) >= 0"),
    ],
)
def test_conditions_that_no_state_meets(model: str, where: str) -> None:
    name = "risk_w" if model in ("squared", "bregman-binary") else "d_s" if model == "subspace" else "L_TE"
    assert attacked(model, f"{name} >= 0", where) == Attack(0, None, None)


def test_what_holds_without_being_compared_says_nothing_about_closeness() -> None:
    found = attacked("shrinkage", "L_TE >= 0", "L_TE == 0")
    assert found.tried > 0
    assert found.closest is None


def test_an_equation_without_logarithms_is_solved_for_an_algebraic_number() -> None:
    found = attacked("shrinkage", "L_TE <= 1/2", "L_TE**3 + L_TE == 1")
    assert found.violation is not None
    point = found.violation.observables
    assert "CRootOf(x**6" in found.violation.description["f_TE"]
    assert holds(read("shrinkage", "inner_TE_target == 1 - L_TE and norm_TE**2 == 1 - L_TE", {}), point)
    assert holds(read("shrinkage", "L_ST == 1 - 2*inner_ST_target + norm_ST**2", {}), point)


def test_a_suspicion_that_cannot_be_made_exact_is_counted() -> None:
    found = attacked("bregman-binary", "variance <= 1", "risk_s == 1/10")
    assert found.violation is None
    assert found.suspects > 0


def test_states_are_moved_to_the_conditions() -> None:
    generator = np.random.default_rng(0)
    conditions = read("squared", "risk_s == 2 and variance >= misfit/4", {})
    family = families_of("squared")[1]
    drawn = family.draw(generator, 200)
    before = family.observables(drawn).truth(conditions, 1e-11).sum()
    moved = approached(family, drawn, conditions, generator)
    points = family.observables(moved)
    met = points.truth(conditions, 1e-11)
    assert met.sum() >= before + 20
    assert points.value(variable("risk_s"))[met] == pytest.approx(2)


def test_unknown_names() -> None:
    with pytest.raises(InvalidInput, match="nothing"):
        families_of("nothing")
    with pytest.raises(KeyError, match="missing"):
        attack("shrinkage", {}, read_formula("missing >= 0", {"missing": variable("missing")}), TRUE, 0)
