"""Bounds that version 0.1 answered wrongly, not at all, or too late, a sample of each kind, with their right answers."""

from __future__ import annotations

import re
import time

import pytest

from proofs_checks.bounds.check_bound import check_bound
from w2s_theory.errors import InvalidInput

SECONDS = 20.0

REFUTED = [
    ("L_ST >= 5*L_TE*sqrt(1+sqrt(L_TE))", "shrinkage", ""),
    ("sqrt(2-sqrt(3)) >= 0.518", "shrinkage", ""),
    ("L_ST > L_TE**2*exp(-L_TE)/2", "shrinkage", ""),
    ("L_ST > L_TE**2*cos(L_TE)/2", "eigenfunction", ""),
    ("variance > 0", "bregman-binary", "student**2 + target**2 == 1/3"),
    ("L_TE >= 1/2", "shrinkage", "sqrt(L_TE*(2*L_TE-1)) <= 1"),
    ("risk_s <= 1", "squared", "risk_s**2 == 2"),
    ("L_ST >= L_TE and L_ST < L_TE", "shrinkage", ""),
    ("sqrt(abs(L_TE-1/2)) < sqrt(2)/2", "shrinkage", ""),
    ("exp(inner_TE_target) <= 2", "eigenfunction", ""),
    ("risk_w <= 10**64*10**64*10**64*10**64*10**64", "squared", ""),
    ("L_TE <= 1/2", "shrinkage", "L_TE**3 + L_TE == 1"),
    (
        "risk_w <= (1+sqrt(2+sqrt(3)))*risk_s + (1+sqrt(2-sqrt(3)))*(1-1e-9)*misfit",
        "squared",
        "",
    ),
]
SHOWN = [
    ("L_ST >= 0", "shrinkage", "sqrt(1+sqrt(L_TE)) >= 1"),
    ("PGR*L_TE + L_ST > 0", "shrinkage", ""),
    ("exp(log(L_TE)) > 0", "shrinkage", ""),
    ("2**L_TE <= 1 + L_TE", "shrinkage", ""),
    ("L_TE == 1", "shrinkage", "sqrt(L_TE-1) >= 0"),
    ("L_TE**L_TE >= 0.69", "shrinkage", ""),
    ("sin(pi*L_TE) >= 0", "shrinkage", ""),
    ("L_ST >= 1/2*L_TE*log(1+L_TE)", "shrinkage", ""),
    ("exp(-L_TE) >= 1-L_TE", "shrinkage", ""),
    ("PGR <= 1 - 3/4*sin(L_TE)", "shrinkage", ""),
    ("L_ST >= 3/4*L_TE**(sqrt(2)+1)", "shrinkage", ""),
]
NO_STATE = [
    ("L_ST >= 0", "shrinkage", "L_TE > 1/2 and L_TE <= 1/2"),
    ("n >= 1", "subspace", "d_s**2 == 2"),
    ("n >= 1", "subspace", "N**2 == 3*d_s**2 and d_s < 4 and N < 8"),
    ("risk_s <= 7", "bregman-binary", "risk_s > 7"),
]


@pytest.mark.parametrize(("bound", "model", "where"), REFUTED)
def test_false_bounds_are_refuted_by_a_finite_state(bound: str, model: str, where: str) -> None:
    begin = time.monotonic()
    result = check_bound(bound, model, where, seconds=SECONDS)
    assert result.verdict == "refuted", result
    assert time.monotonic() - begin < SECONDS + 2
    words = set(re.findall(r"\w+", " ".join((result.witness or {}).values())))
    assert words
    assert words.isdisjoint({"oo", "zoo", "nan", "variable", "unknown"})


@pytest.mark.parametrize(("bound", "model", "where"), SHOWN)
def test_true_bounds_are_proved_or_certified(bound: str, model: str, where: str) -> None:
    begin = time.monotonic()
    result = check_bound(bound, model, where, seconds=SECONDS)
    assert result.is_shown, result
    assert time.monotonic() - begin < SECONDS + 2


@pytest.mark.parametrize(("bound", "model", "where"), NO_STATE)
def test_conditions_that_no_state_meets_are_said_to_be_so(bound: str, model: str, where: str) -> None:
    with pytest.raises(InvalidInput, match="no state of the model"):
        check_bound(bound, model, where, seconds=SECONDS)


def test_a_result_is_neither_true_nor_false() -> None:
    result = check_bound("L_ST >= 2*L_TE**2")
    with pytest.raises(TypeError, match="neither true nor false"):
        assert result
    with pytest.raises(AssertionError, match=r"refuted by .* required: proved"):
        result.require("proved")
    assert result.require("refuted") is result


def test_what_was_read_is_the_bound_that_is_decided() -> None:
    for bound in (
        "L_ST ≥ 0.75 L_TE²",
        r"\mathcal L_{ST} \ge \frac34 \mathcal L_{TE}^2",
        "L_ST >= 3/4*L_TE^2",
    ):
        assert check_bound(bound).verdict == "proved"
    assert check_bound("not L_ST < 0.76 L_TE^2").verdict == "refuted"
    assert check_bound("1 >= L_TE >= 0").verdict == "proved"
    assert check_bound("L_ST >= 3/4*L_TE or L_TE < 1", where="L_TE != 1, L_TE > 0").is_shown
