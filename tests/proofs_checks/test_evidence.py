from __future__ import annotations

from dataclasses import replace

import pytest

from proofs_checks.evidence import SUPPORTING, Evidence, Finding, Ground, Tier, Verdict


@pytest.mark.parametrize("witness", [None, {}])
def test_a_refutation_has_a_witness(witness: dict[str, str] | None) -> None:
    with pytest.raises(ValueError, match="refuted without a witness: too small"):
        Finding(Verdict.REFUTED, "too small", "domain", witness)


def test_a_finding_on_some_parts_says_that_it_does_not_cover_the_whole() -> None:
    with pytest.raises(ValueError, match=r"speaks of rf\.thm4\.1#curve and covers the whole"):
        Finding(Verdict.PROVED, "two steps", "domain", parts=("rf.thm4.1#curve",))


def test_a_tier_says_no_more_than_its_methods_show() -> None:
    strongest = {tier: next(each for each in Verdict if tier.may_say(each)) for tier in Tier}
    assert strongest == {
        Tier.FORMAL: Verdict.PROVED,
        Tier.SYMBOLIC: Verdict.PROVED,
        Tier.DECISION: Verdict.PROVED,
        Tier.ENCLOSURE: Verdict.CERTIFIED,
        Tier.PROPERTY: Verdict.SUPPORTED,
        Tier.SIMULATION: Verdict.SUPPORTED,
    }
    assert all(tier.may_say(verdict) for tier in Tier for verdict in Verdict if verdict not in SUPPORTING)


FACT = Ground("fact.inverse-wishart#mean", "The mean of an inverse Wishart matrix", True, Verdict.PROVED)
LEMMA = Ground("rf.thm4.1#quadratic", "General limitation", False, Verdict.PROVED)


def test_a_row_says_what_its_finding_is_given() -> None:
    found = Finding(Verdict.PROVED, "1 step", "all n", rests_on=(FACT.part,))
    row = Evidence(Tier.SYMBOLIC, "exact algebra", found, 0.1, (replace(FACT, verdict=Verdict.SUPPORTED),))
    assert row.text == (
        "exact algebra: 1 step; proved, given: the mean of an inverse Wishart matrix (fact, supported)"
    )
    assert replace(row, given=(LEMMA,)).text.endswith(
        "given: general limitation (rf.thm4.1#quadratic, proved)"
    )


@pytest.mark.parametrize(
    ("found", "grounds", "expected"),
    [
        (Verdict.PROVED, (Verdict.PROVED, Verdict.PROVED), Verdict.PROVED),
        (Verdict.PROVED, (Verdict.PROVED, Verdict.CERTIFIED), Verdict.CERTIFIED),
        (Verdict.PROVED, (Verdict.SUPPORTED, Verdict.CERTIFIED), Verdict.SUPPORTED),
        (Verdict.SUPPORTED, (Verdict.PROVED, Verdict.CERTIFIED), Verdict.SUPPORTED),
        (Verdict.PROVED, (Verdict.PROVED, Verdict.REFUTED), Verdict.UNDECIDED),
        (Verdict.PROVED, (Verdict.NOT_RUN, Verdict.PROVED), Verdict.UNDECIDED),
        (Verdict.UNDECIDED, (Verdict.PROVED, Verdict.PROVED), Verdict.UNDECIDED),
        (Verdict.CRASHED, (Verdict.PROVED, Verdict.PROVED), Verdict.CRASHED),
    ],
)
def test_a_finding_is_at_most_as_strong_as_its_grounds(
    found: Verdict, grounds: tuple[Verdict, Verdict], expected: Verdict
) -> None:
    given = tuple(
        replace(each, verdict=verdict) for each, verdict in zip((FACT, LEMMA), grounds, strict=True)
    )
    finding = Finding(found, "1 step", "all n", rests_on=(FACT.part, LEMMA.part))
    assert Evidence(Tier.SYMBOLIC, "algebra", finding, 0.1, given).concluded.verdict is expected


def test_a_ground_that_failed_or_that_nobody_looked_at_carries_nothing() -> None:
    failed = replace(FACT, problem="a check crashed")
    finding = Finding(Verdict.PROVED, "1 step", "all n", rests_on=(FACT.part,))
    for given in ((failed,), ()):
        assert Evidence(Tier.SYMBOLIC, "algebra", finding, 0.1, given).concluded.verdict is Verdict.UNDECIDED
    assert failed.text == "the mean of an inverse Wishart matrix (fact, proved: a check crashed)"


def test_a_refutation_rests_on_its_witness_alone() -> None:
    finding = Finding(Verdict.REFUTED, "false", "all n", {"n": "1"}, rests_on=(FACT.part,))
    row = Evidence(Tier.SYMBOLIC, "algebra", finding, 0.1, (replace(FACT, verdict=Verdict.UNDECIDED),))
    assert row.concluded.verdict is Verdict.REFUTED
