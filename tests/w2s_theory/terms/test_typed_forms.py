from __future__ import annotations

import pytest

from w2s_theory.terms.reading import read_formula
from w2s_theory.terms.tree import variable
from w2s_theory.terms.typed_forms import is_read_as_typed, normalized

NAMES = {name: variable(name) for name in ("L_ST", "L_TE", "n", "d_s", "rho_w")}


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("L_ST >= 0.75 L_TE^2", "L_ST >= 0.75*L_TE**2"),
        ("L_ST ≥ 3/4·L_TE²", "L_ST >= 3/4*L_TE**2"),
        ("L_ST ≤ L_TE³", "L_ST <= L_TE**3"),
        ("L_ST ≠ 0 ∧ L_TE ≠ 1", "L_ST != 0 and L_TE != 1"),
        ("L_ST ⩾ 0 ∨ ¬ L_TE ⩽ 1", "L_ST >= 0 or not L_TE <= 1"),
        ("L_ST >= √(L_TE) × 2", "L_ST >= sqrt(L_TE) * 2"),
        ("L_ST >= 1 − L_TE", "L_ST >= 1 - L_TE"),
        ("L_ST = L_TE", "L_ST == L_TE"),
        ("L_ST == L_TE", "L_ST == L_TE"),
        ("2(L_TE + 1) >= L_ST", "2*(L_TE + 1) >= L_ST"),
        ("L_TE (1 - L_TE) >= L_ST", "L_TE*(1 - L_TE) >= L_ST"),
        ("(L_TE)(L_ST) >= 0", "(L_TE)*(L_ST) >= 0"),
        ("2 sqrt(L_TE) >= 0", "2*sqrt(L_TE) >= 0"),
        ("2 L_TE L_ST >= 0", "2*L_TE*L_ST >= 0"),
        ("n > 2 d_s + 1", "n > 2*d_s + 1"),
        ("1e-9 L_TE >= 0", "1e-9*L_TE >= 0"),
        ("π L_TE >= 0", "pi*L_TE >= 0"),
        ("not L_TE > 1 and L_ST > 0", "not L_TE > 1 and L_ST > 0"),
        ("not (L_TE > 1) or (L_ST > 0)", "not (L_TE > 1) or (L_ST > 0)"),
    ],
)
def test_forms_that_people_type(typed: str, plain: str) -> None:
    assert read_formula(typed, NAMES) == read_formula(plain, NAMES)
    assert normalized(normalized(typed, NAMES), NAMES) == normalized(typed, NAMES)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("L_ST >= 3/4*L_TE**2", True),
        ("L_ST>=3/4 * L_TE ** 2", True),
        ("L_ST >= 3/4 L_TE**2", False),
        ("L_ST >= L_TE^2", False),
        ("L_ST ≥ L_TE", False),
        (r"L_ST \ge L_TE", False),
    ],
)
def test_it_is_known_whether_a_text_was_changed(text: str, same: bool) -> None:
    assert is_read_as_typed(text, NAMES) is same


def test_two_numbers_side_by_side_are_no_product() -> None:
    assert normalized("1 2", NAMES) == "1 2"
