from __future__ import annotations

from fnmatch import fnmatchcase

import pytest

from proofs_checks.sensitivity.equivalent import TRUE_TWINS, reason
from proofs_checks.sensitivity.twins import twins
from w2s_theory.claims import all_claims


@pytest.mark.parametrize(("part", "pattern", "why"), TRUE_TWINS)
def test_each_row_is_about_a_twin_and_gives_a_reason(part: str, pattern: str, why: str) -> None:
    claims = [claim for claim in all_claims() if any(fnmatchcase(each, part) for each in claim.ids())]
    found = [
        twin
        for claim in claims
        for twin in twins(claim)
        if fnmatchcase(claim.part_id(twin.part), part) and fnmatchcase(twin.name, pattern)
    ]
    assert found
    assert why


def test_a_constant_that_vanishes_is_not_excused_with_those_that_stay() -> None:
    assert reason("rf.thm3.1#ratio", "1 -> 21/20: coefficient 1 larger at left")
    assert not reason("rf.thm3.1#ratio", "1 -> 0: coefficient 1 smaller at left")
    assert not reason("rf.thm3.1#gap", "1 -> 21/20: coefficient 1 larger at left")
