"""Certificate files: what the engines found stands without them, and a file that was tampered with does not."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from proofs_checks.bounds.check_bound import check_bound
from proofs_checks.bounds.documents import document, recheck
from w2s_theory.errors import InvalidInput

SIGN_TABLE = ("L_ST >= 3/4*L_TE**2", "shrinkage", "")
LINE_COVER = ("exp(-L_TE) >= 1-L_TE", "shrinkage", "")
COVER = ("RCE >= exp(-5)", "bregman-binary", "")
TWO_PARTS = ("L_ST >= 3/4*L_TE**2 and L_TE <= 1", "shrinkage", "")
BY_POINT = ("L_ST >= 0.76*L_TE**2", "shrinkage", "")
BY_ROOT = ("L_TE <= 1/2", "shrinkage", "L_TE**3 + L_TE == 1")
BY_DRAWN = ("variance > 0", "bregman-binary", "student**2 + target**2 == 1/3")


def file_of(bound: str, model: str, where: str) -> dict[str, Any]:
    result = check_bound(bound, model, where)
    data: dict[str, Any] = json.loads(json.dumps(document(result, bound, model, where, {})))
    return data


FILES = {case: file_of(*case) for case in (SIGN_TABLE, LINE_COVER, BY_POINT)}


def changed(case: tuple[str, str, str], *path: str | int, to: object) -> dict[str, Any]:
    data = copy.deepcopy(FILES[case])
    place: Any = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    return data


def stands(data: dict[str, Any]) -> bool:
    """Return whether a file stands; one that cannot be read does not."""
    try:
        return recheck(data).stands
    except InvalidInput:
        return False


@pytest.mark.parametrize("case", [SIGN_TABLE, LINE_COVER, COVER, TWO_PARTS, BY_POINT, BY_ROOT, BY_DRAWN])
def test_a_file_stands(case: tuple[str, str, str]) -> None:
    data = file_of(*case)
    assert data["verdict"] in ("proved", "certified", "refuted")
    found = recheck(data)
    assert found.stands, found.lines


@pytest.mark.parametrize("case", [SIGN_TABLE, LINE_COVER])
@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("bound",), "L_ST >= 0.76*L_TE**2"),
        (("bound",), "L_ST >= 5*L_TE"),
        (("model",), "squared"),
        (("where",), "L_TE > 2"),
        (("verdict",), "refuted"),
        (("verdict",), "undecided"),
        (("schema",), 2),
        (("parameters",), {"steps": 3}),
        (("parts",), []),
        (("parts", 0, "verdict"), "refuted"),
        (("parts", 0, "verdict"), "undecided"),
        (("parts", 0, "conjunct"), 1),
        (("parts", 0, "chart"), 99),
        (("parts", 0, "state", "chart"), 99),
        (("parts", 0, "state", "point"), {}),
        (("parts", 0, "certificate", "kind"), "word"),
        (("parts", 0, "certificate", "places"), []),
        (("parts", 0, "certificate", "steps"), [["x", "1/0"]]),
        (("parts", 0, "certificate", "inner", "kind"), "cover"),
        (("parts", 0, "certificate", "inner", "variable"), "y"),
        (("parts", 0, "certificate", "inner", "cuts"), []),
    ],
)
def test_a_file_that_was_tampered_with_does_not_stand(
    case: tuple[str, str, str], path: tuple[str | int, ...], value: object
) -> None:
    assert not stands(changed(case, *path, to=value))


def test_the_word_of_solvers_is_said_to_be_no_more() -> None:
    said = recheck(file_of("L_ST >= (1-norm_ST)**2", "shrinkage", ""))
    assert said.stands
    assert said.is_word
    assert "no certificate" in said.lines[0]
    forged = recheck(changed(SIGN_TABLE, "parts", 0, "certificate", "inner", to={"kind": "solvers"}))
    assert forged.is_word
    assert not recheck(FILES[SIGN_TABLE]).is_word


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("bound",), "L_ST >= 0.74*L_TE**2"),
        (("where",), "L_TE == 0"),
        (("verdict",), "proved"),
        (("verdict",), "certified"),
        (("parts", 0, "verdict"), "proved"),
        (("parts", 0, "point"), {}),
        (("parts", 0, "chart"), -7),
        (("parts",), []),
    ],
)
def test_a_refutation_that_was_tampered_with_does_not_stand(
    path: tuple[str | int, ...], value: object
) -> None:
    assert not stands(changed(BY_POINT, *path, to=value))


def test_every_coordinate_of_a_refuting_point_matters() -> None:
    for name in FILES[BY_POINT]["parts"][0]["point"]:
        assert not stands(changed(BY_POINT, "parts", 0, "point", name, to="7"))


def test_a_drawn_state_must_be_legal_and_break_the_bound() -> None:
    data = file_of(*BY_DRAWN)
    (part,) = data["parts"]
    assert "drawn" in part
    for place in range(len(part["drawn"]["knobs"])):
        for value in ("7", "-3", ["variable", "x"]):
            forged = copy.deepcopy(data)
            forged["parts"][0]["drawn"]["knobs"][place] = value
            assert not stands(forged)
    for key, value in (("family", "none"), ("knobs", [])):
        forged = copy.deepcopy(data)
        forged["parts"][0]["drawn"][key] = value
        assert not stands(forged)


@pytest.mark.parametrize("data", [None, [], 3, {}, {"schema": 1}, {"schema": 1, "bound": 5}])
def test_what_is_no_certificate_is_bad_input(data: Any) -> None:
    with pytest.raises(InvalidInput, match="not a certificate"):
        recheck(data)
