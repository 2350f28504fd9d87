"""The results of a verification: exit codes, and the JSON form in both directions."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from proofs_checks.evidence import Evidence, Finding, Tier, Verdict
from proofs_checks.grounds import grounded
from proofs_checks.results import ClaimResult, Rejection
from proofs_checks.run import SCHEMA, Run
from w2s_theory.claims import find_claim
from w2s_theory.errors import InvalidInput


def result(claim_id: str, *findings: Finding, rejected: bool | None = True) -> ClaimResult:
    evidence = [Evidence(Tier.DECISION, "z3", finding, 0.125) for finding in findings]
    return ClaimResult.of(find_claim(claim_id), evidence, [Rejection("a twin", rejected, {"L_TE": "1/2"})])


PROVED = result("rf.thm4.1", Finding(Verdict.PROVED, "no solution", "all states"))
PARTIAL = result(
    "rf.thm4.2",
    Finding(
        Verdict.PROVED, "two steps", "all states", covers="the first inequality", parts=("rf.thm4.2#curve",)
    ),
)
REFUTED = result("rf.cor1", Finding(Verdict.REFUTED, "false", "all states", {"L_TE": "1/3"}), rejected=None)
RUN = Run((PROVED, PARTIAL, REFUTED), 7, "full", (Tier.SYMBOLIC, Tier.DECISION), {"python": "3.11"})


def test_the_json_form_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "results.json").write_text(json.dumps(RUN.as_json()))
    assert Run.read(str(tmp_path / "results.json")) == RUN


def test_what_a_finding_covers_is_data_and_no_part_of_its_summary() -> None:
    claim = RUN.as_json()["claims"][1]
    (found,) = claim["evidence"]
    assert (found["summary"], found["covers"]) == ("two steps", "the first inequality")
    assert found["parts"] == ["rf.thm4.2#curve"]
    assert claim["parts"] == ["rf.thm4.2#curve", "rf.thm4.2#quadratic", "rf.thm4.2#small-losses"]


@pytest.mark.parametrize(
    ("results", "code"), [((PROVED,), 0), ((PROVED, PARTIAL), 3), ((PARTIAL, REFUTED), 1)]
)
def test_exit_codes_say_whether_all_holds(results: tuple[ClaimResult, ...], code: int) -> None:
    assert replace(RUN, results=results).exit_code == code
    assert replace(RUN, results=results, interrupted=True).exit_code == 130


KINDS: dict[str, tuple[type, ...]] = {
    "schema": (),
    "versions": (dict,),
    "seed": (int,),
    "budget": (),
    "tiers": (),
    "interrupted": (bool,),
    "claims": (),
    "id": (),
    "title": (str,),
    "source": (str,),
    "provenance": (),
    "expects_refutation": (bool,),
    "parts": (),
    "verdict": (),
    "evidence": (),
    "falsifiers": (),
    "tier": (),
    "method": (str,),
    "summary": (str,),
    "covers": (str,),
    "domain": (str,),
    "witness": (dict, type(None)),
    "broken": (int, type(None)),
    "given": (),
    "seconds": (float, int),
    "name": (str,),
    "rejected": (bool, type(None)),
}
"""What a field may hold, as far as its kind says; nothing where none of the values tried will do."""
ALWAYS_WRONG: dict[str, tuple[Any, ...]] = {
    "seconds": (-1,),
    "broken": (77, -1),
    "witness": ({"a": 1},),
    "versions": ({"a": 1},),
}
"""What is of the right kind, and wrong."""


def objects(data: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return a run, its first claim and the claim's first rows, each with the words that name its place."""
    claim = data["claims"][0]
    return [
        ("the run", data),
        (f"claim '{claim['id']}'", claim),
        (f"claim '{claim['id']}', evidence row 1", claim["evidence"][0]),
        (f"claim '{claim['id']}', falsifier row 1", claim["falsifiers"][0]),
    ]


PLACES = [(index, name) for index, (_, fields) in enumerate(objects(RUN.as_json())) for name in fields]
WRONG = ["a text", "", 77, -1, 1.5, True, None, {"a": 1}, ["x", "x"], [3], "\ud800"]


@pytest.mark.parametrize(("index", "name"), PLACES)
def test_a_wrong_or_missing_field_is_named_with_its_place(index: int, name: str) -> None:
    for value in (..., *WRONG):
        data = RUN.as_json()
        place, fields = objects(data)[index]
        if value is ...:
            del fields[name]
        elif type(value) in KINDS[name] and value not in ALWAYS_WRONG.get(name, ("\ud800",)):
            continue
        else:
            fields[name] = value
        with pytest.raises(InvalidInput) as caught:
            Run.from_json(data)
        message = str(caught.value)
        assert "\n" not in message
        assert "; allowed: " in message
        if name == "id":
            assert re.match(r"claim (1: 'id'|'a text': 'parts'|'': 'parts') ", message)
        elif name in ("claims", "evidence", "falsifiers", "given") and value in (["x", "x"], [3]):
            assert re.match(
                r"claim 1 is |claim 'rf.thm4.1', (evidence|falsifier) row 1(, given 1)? is ", message
            )
        else:
            assert message.startswith(f"{place}: {name!r} ")


def changed(index: int, **fields: Any) -> dict[str, Any]:
    """Return the data of a run with fields of its first claim (1), evidence row (2) or falsifier row (3) exchanged."""
    data = RUN.as_json()
    objects(data)[index][1].update(fields)
    return data


TWIN = {"name": "a twin", "rejected": True, "witness": None}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            changed(1, verdict="refuted"),
            "'verdict' is \"refuted\"; allowed: what its evidence adds up to, proved",
        ),
        (changed(1, evidence=[]), "allowed: what its evidence adds up to, undecided"),
        (
            changed(2, verdict="refuted"),
            "evidence row 1: 'witness' is null; allowed: the values that a refutation",
        ),
        (changed(2, verdict="refuted", witness={}), "evidence row 1: 'witness' is {}; allowed: the values"),
        (changed(2, verdict="refuted", witness={"x": "1"}), "adds up to, refuted"),
        (changed(2, witness={"x": "1"}), "allowed: null where the verdict is proved"),
        (changed(2, broken=3), "'broken' is 3; allowed: null where the verdict is proved"),
        (
            changed(2, verdict="undecided", broken=0),
            "'broken' is 0; allowed: the number of a step, from 1 on",
        ),
        (changed(0, schema=float(SCHEMA)), "'schema' is 4.0; allowed: 4"),
        (changed(2, tier="property"), "'verdict' is \"proved\"; allowed: what the tier property can show"),
        (changed(2, tier="formal"), "'tier' is formal; allowed: the tiers of the run, symbolic, decision"),
        (changed(2, parts=["rf.thm4.1#curve"]), "'covers' is \"\"; allowed: what the row covers"),
        (
            changed(2, covers="half", parts=["rf.thm4.2#curve"]),
            "allowed: parts of the statement: rf.thm4.1#c",
        ),
        (changed(2, seconds=1e999), "'seconds' is Infinity; allowed: a number of seconds, at least 0"),
        (changed(2, seconds=10**400), "allowed: a number of seconds, at least 0"),
        (changed(1, falsifiers=[TWIN]), "falsifier row 1: 'witness' is null; allowed: the values at which"),
        (
            changed(1, falsifiers=[{**TWIN, "rejected": 1}]),
            "falsifier row 1: 'rejected' is 1; allowed: true or",
        ),
        (changed(1, id="rf.thm4.2"), "claim 'rf.thm4.2': 'parts' is"),
        (changed(0, claims=[PROVED.as_json(), PROVED.as_json()]), "is in the results 2 times; allowed: once"),
        (changed(0, claims=[]), "'claims' is []; allowed: at least one"),
        (changed(0, tiers=["decision", "guess"]), "allowed: some of formal, symbolic"),
        (changed(0, budget="huge"), "'budget' is \"huge\"; allowed: quick, full"),
        (changed(0, seed="x"), "the run: 'seed' is \"x\"; allowed: a whole number"),
    ],
)
def test_results_that_contradict_themselves_are_refused(data: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidInput, match=re.escape(message)):
        Run.from_json(data)


PROVED_PART = Evidence(
    Tier.SYMBOLIC,
    "algebra",
    Finding(Verdict.PROVED, "4 steps", "all", rests_on=("rf.thm4.1#quadratic",)),
    0.5,
)
RESTING = Run(
    grounded([PROVED, ClaimResult.of(find_claim("rf.cor1"), [PROVED_PART])]),
    7,
    "full",
    (Tier.SYMBOLIC, Tier.DECISION),
    {},
)


def test_what_evidence_is_given_is_read_back() -> None:
    data = RESTING.as_json()
    (ground,) = data["claims"][1]["evidence"][0]["given"]
    assert (ground["part"], ground["fact"], ground["verdict"]) == ("rf.thm4.1#quadratic", False, "proved")
    assert Run.from_json(data) == RESTING


@pytest.mark.parametrize(
    ("field", "value"), [("title", "Another"), ("fact", True), ("verdict", "certified"), ("problem", "none")]
)
def test_a_ground_that_the_results_do_not_bear_out_is_refused(field: str, value: Any) -> None:
    data = RESTING.as_json()
    data["claims"][1]["evidence"][0]["given"][0][field] = value
    data["claims"][1]["verdict"] = {"verdict": "certified", "problem": "undecided"}.get(field, "proved")
    with pytest.raises(
        InvalidInput, match=r"claim 'rf\.cor1', evidence row 1: it is given .*; allowed: what the"
    ):
        Run.from_json(data)


def test_a_file_without_the_results_on_a_ground_is_refused() -> None:
    data = RESTING.as_json()
    del data["claims"][0]
    with pytest.raises(InvalidInput, match=r"it is given .*; allowed: .*not run"):
        Run.from_json(data)


def test_a_broken_derivation_has_its_row_whatever_the_tiers_are() -> None:
    broken = Finding(Verdict.UNDECIDED, "step 2 is false", "all", {"x": "1"}, broken=2)
    result = ClaimResult.of(
        find_claim("rf.thm4.1"), [*PROVED.evidence, Evidence(Tier.SYMBOLIC, "algebra", broken, 0.1)]
    )
    run = Run((result,), 7, "full", (Tier.DECISION,), {})
    assert run.exit_code == 1
    assert Run.from_json(run.as_json()) == run


def test_a_run_that_was_interrupted_may_have_no_results() -> None:
    assert Run.from_json(changed(0, claims=[], interrupted=True)).exit_code == 130


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("not json", "is not JSON"),
        (f'{{"schema": {SCHEMA}, "seed": NaN}}', "is not JSON"),
        ("[]", "no result of w2s verify"),
        ('{"schema": 1, "versions": {}, "seed": 0, "claims": []}', "no result of w2s verify"),
        ("[" * 100_000, "is not JSON"),
        ('{"schema": 2, "schema": 2}', "'schema' is there twice"),
        (None, "cannot read"),
    ],
)
def test_files_that_are_no_results_are_named(content: str | None, message: str, tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(InvalidInput, match=message):
        Run.read(str(path))


def test_a_check_is_interrupted_in_a_run_that_was() -> None:
    data = changed(2, verdict="interrupted")
    data["claims"][0]["verdict"] = "undecided"
    with pytest.raises(
        InvalidInput, match="'interrupted' is false; allowed: true, where a check was interrupted"
    ):
        Run.from_json(data)
    data["interrupted"] = True
    assert Run.from_json(data).results[0].verdict is Verdict.UNDECIDED
