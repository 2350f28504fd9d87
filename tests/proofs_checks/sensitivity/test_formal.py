from __future__ import annotations

from collections.abc import Callable

import pytest

import proofs_checks.claims  # noqa: F401  (registers the ties)
from proofs_checks.evidence import Tier
from proofs_checks.rocq.compiler import check_tools
from proofs_checks.rocq.installation import Unavailable
from proofs_checks.sensitivity.fates import Fate
from proofs_checks.sensitivity.formal import ask_formally, rejected_formally
from proofs_checks.sensitivity.twins import Change, Twin, twins
from w2s_theory.claims import find_claim

CLAIM = find_claim("id.teacher")
TRUE = Twin("risk", Change.SIGN, "none", "the part itself", CLAIM.relation("risk"))


@pytest.fixture(autouse=True)
def with_coqc(stop_lacking: Callable[[str], None]) -> None:
    try:
        check_tools()
    except Unavailable as missing:
        stop_lacking(str(missing))


def test_what_the_theorem_proves_is_accepted_and_all_else_is_rejected() -> None:
    wrong = [twin for twin in twins(CLAIM) if twin.change is Change.ONE_PERCENT][:4]
    assert rejected_formally(CLAIM, [*wrong[:2], TRUE, *wrong[2:]]) == set(wrong)


def test_only_twins_that_fewer_than_two_tiers_reject_are_asked_about() -> None:
    first, second, third = [twin for twin in twins(CLAIM) if twin.change is Change.SIGN][:3]
    fates = [
        Fate(CLAIM.part_id("risk"), first),
        Fate(CLAIM.part_id("risk"), second, rejected_by=(Tier.SYMBOLIC, Tier.SIMULATION)),
        Fate(CLAIM.part_id("risk"), third, "says the same as the part"),
    ]
    asked, notes = ask_formally([CLAIM], fates)
    assert not notes
    assert [fate.rejected_by for fate in asked] == [(Tier.FORMAL,), (Tier.SYMBOLIC, Tier.SIMULATION), ()]
