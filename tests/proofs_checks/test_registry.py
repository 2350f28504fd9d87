"""Wrong twins are refused, when they are made, where they could not show that a check can fail."""

from __future__ import annotations

from collections import defaultdict

import pytest
from sympy import Integer

import proofs_checks.claims  # noqa: F401  (registers the checks)
from proofs_checks import registry
from proofs_checks.claims.shared_checks import register_derivation
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.registry import Context, check, checks_of, falsifiers_of, find_falsifier, wrong
from w2s_theory.claim import Claim, Part
from w2s_theory.claims import find_claim
from w2s_theory.claims.random_features.limits import GENERAL_LIMITATION, three_quarters
from w2s_theory.notation.symbols import L_ST, L_TE
from w2s_theory.relations import at_least

TOO_LARGE = find_falsifier("rf.thm4.1", "constant 0.76 instead of 3/4")


def test_a_twin_names_the_parts_that_are_wrong() -> None:
    assert TOO_LARGE.parts == ("quadratic",)
    assert TOO_LARGE in falsifiers_of("rf.thm4.1")
    assert TOO_LARGE.twin.title.endswith("[constant 0.76 instead of 3/4]")
    changed = [name for name in GENERAL_LIMITATION.names if _differs(name)]
    assert changed == ["quadratic"]
    assert TOO_LARGE.twin.derivation != GENERAL_LIMITATION.derivation
    momentum = find_falsifier("sharp.learning-rules", "heavy-ball momentum is shrinkage optimal")
    assert momentum.parts == ("heavy-ball-left",)
    assert find_falsifier("rf.thm3.2", "df2 instead of df1 in the fixed point").parts == ()


def _differs(name: str) -> bool:
    return bool(TOO_LARGE.twin.relation(name) != GENERAL_LIMITATION.relation(name))


def test_a_twin_that_changes_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'nothing' of rf\.thm4\.1 changes nothing"):
        wrong(GENERAL_LIMITATION, "nothing", part="quadratic", replacing={Integer(17): Integer(18)})
    with pytest.raises(ValueError, match="changes nothing"):
        wrong(GENERAL_LIMITATION, "nothing", states={"quadratic": GENERAL_LIMITATION.relation("quadratic")})


def test_a_twin_of_an_unknown_part_is_refused() -> None:
    known = r"rf\.thm4\.1 has no part 'cubic'; its parts: curve, quadratic, tight"
    with pytest.raises(ValueError, match=known):
        wrong(GENERAL_LIMITATION, "cubic", part="cubic", replacing={three_quarters: L_TE**2})
    with pytest.raises(ValueError, match=known):
        wrong(GENERAL_LIMITATION, "cubic", states={"cubic": at_least(L_ST, L_TE**3)})


def test_a_twin_that_changes_other_parts_than_it_names_is_refused() -> None:
    with pytest.raises(ValueError, match="is to change curve, and changes quadratic"):
        wrong(GENERAL_LIMITATION, "another part", part="curve", replacing={three_quarters: L_TE**2})


def test_two_twins_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match=r"has two falsifiers 'constant 0\.76 instead of 3/4'"):
        wrong(GENERAL_LIMITATION, TOO_LARGE.name, part="quadratic", replacing={three_quarters: L_TE**2})


def test_a_part_is_added_under_a_name_of_its_own() -> None:
    with pytest.raises(ValueError, match="parts with names of their own"):
        wrong(GENERAL_LIMITATION, "twice", adding=(Part("curve", at_least(L_ST, 1)),))


def test_a_check_rejects_twins_of_its_own_claim_only() -> None:
    with pytest.raises(ValueError, match=r"is of rf\.thm4\.1, not of rf\.cor1"):
        check(find_claim("rf.cor1"), Tier.PROPERTY, "none", rejects=(TOO_LARGE,))


def test_two_checks_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The runner finds a check by its name, so that a second one would never run and show the first one's verdict."""
    monkeypatch.setattr(registry, "_checks", defaultdict(list))

    def bound(_claim: Claim, _context: Context) -> Finding:
        return Finding(Verdict.SUPPORTED, "fine", "here")

    check(GENERAL_LIMITATION, Tier.PROPERTY, "one")(bound)
    check(find_claim("rf.cor1"), Tier.PROPERTY, "of another claim")(bound)
    with pytest.raises(ValueError, match=r"rf\.thm4\.1 has two checks 'bound'; allowed: "):
        check(GENERAL_LIMITATION, Tier.DECISION, "two")(bound)
    register_derivation(GENERAL_LIMITATION)
    with pytest.raises(ValueError, match=r"rf\.thm4\.1 has two checks 'derivation'"):
        register_derivation(GENERAL_LIMITATION)
    assert [item.method for item in checks_of("rf.thm4.1")] == ["exact algebra (sympy)", "one"]


def test_a_check_knows_the_module_of_evidence_that_registered_it() -> None:
    assert {item.module for item in checks_of("rf.thm4.1")} >= {"proofs_checks.claims.random_features.limits"}
    derivation = next(item for item in checks_of("rf.thm4.1") if item.name == "derivation")
    assert derivation.module == "proofs_checks.claims.random_features.limits"
