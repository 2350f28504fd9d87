"""A claim is made of named parts, kept as they are written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from w2s_theory.claim import Part
from w2s_theory.claims import all_claims, find_claim
from w2s_theory.claims.random_features.limits import GENERAL_LIMITATION, three_quarters
from w2s_theory.notation.symbols import L_ST, L_TE
from w2s_theory.relations import as_text


def test_a_part_is_found_by_its_name_and_has_an_id() -> None:
    tight = ("tight-fit", "tight-teacher", "tight-optimal", "tight-student", "tight")
    assert GENERAL_LIMITATION.names == ("curve", "quadratic", *tight)
    assert GENERAL_LIMITATION.relation("quadratic").args == (L_ST, three_quarters)
    assert GENERAL_LIMITATION.ids()[1] == GENERAL_LIMITATION.part_id("quadratic") == "rf.thm4.1#quadratic"
    with pytest.raises(
        ValueError, match=r"rf\.thm4\.1 has no part 'cubic'; its parts: curve, quadratic, tight-fit, "
    ):
        GENERAL_LIMITATION.relation("cubic")


def test_parts_have_names_of_their_own() -> None:
    curve = GENERAL_LIMITATION.states[0]
    with pytest.raises(
        ValueError, match=r"rf\.thm4\.1 needs parts with names of their own, not curve, curve"
    ):
        replace(GENERAL_LIMITATION, states=(curve, curve))
    with pytest.raises(ValueError, match="not none"):
        replace(GENERAL_LIMITATION, states=())


def test_exchanging_expressions_keeps_names_and_order() -> None:
    exchanged = GENERAL_LIMITATION.replacing({three_quarters: L_TE})
    assert exchanged.names == GENERAL_LIMITATION.names
    assert exchanged.states[1] == Part("quadratic", GENERAL_LIMITATION.relation("quadratic").func(L_ST, L_TE))


def test_the_statement_is_one_line_with_every_relation() -> None:
    for claim in all_claims():
        assert all(as_text(relation) in claim.statement for relation in claim.relations)
        assert "\n" not in claim.statement
        assert "Eq(" not in claim.statement
    assert find_claim("rf.kappa-upper").statement == as_text(find_claim("rf.kappa-upper").relation("bound"))


def test_names_of_parts_are_short_words() -> None:
    wrong = [each for claim in all_claims() for each in claim.names if not each.replace("-", "").isalnum()]
    assert wrong == []
    assert [
        each for claim in all_claims() for each in claim.names if each != each.lower() or len(each) > 25
    ] == []


@pytest.mark.parametrize(
    "name", ["", "bo#und ", "Bound", "two words", "a--b", "-a", "a_b", "a.b", "a/b", "[red]", "é"]
)
def test_a_name_that_no_command_line_or_file_can_carry_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"a part has the name .*; allowed: small letters and digits"):
        Part(name, GENERAL_LIMITATION.relation("curve"))
    if name != "a.b":
        with pytest.raises(ValueError, match=r"a claim has the id .*; allowed: small letters and digits"):
            replace(GENERAL_LIMITATION, id=name)


@pytest.mark.parametrize(
    "claim_id", ["[red]x[/red] y/../z", "../rf.x", "rf..x", ".rf", "rf.x#part", "rf.x\n"]
)
def test_an_id_that_no_command_line_or_file_can_carry_is_refused(claim_id: str) -> None:
    with pytest.raises(ValueError, match=r"a claim has the id .*; allowed: small letters and digits"):
        replace(GENERAL_LIMITATION, id=claim_id)
