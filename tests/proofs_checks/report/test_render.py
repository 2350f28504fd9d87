from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest

from proofs_checks.command_line.cli import main
from proofs_checks.evidence import Finding, Verdict
from proofs_checks.report.collect import collect
from proofs_checks.report.model import Report
from proofs_checks.report.render import RENDERERS, as_html, as_json, as_junit, as_markdown
from proofs_checks.run import Run
from w2s_theory.claims import all_claims, find_claim


class Elements(HTMLParser):
    """The elements of a page: tag, attributes, and all text outside style and script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] not in ("style", "script"):
            self.text += data


@pytest.fixture
def report(outcome: Run) -> Report:
    return collect(outcome)


def test_the_page_loads_nothing(report: Report) -> None:
    elements = Elements(as_html(report)).found
    assert not [tag for tag, _ in elements if tag in ("link", "img", "iframe", "object", "embed")]
    assert not [attributes for _, attributes in elements if "src" in attributes]
    policy = next(attributes["content"] for tag, attributes in elements if "http-equiv" in attributes)
    assert policy is not None
    assert policy.startswith("default-src 'none'")


def test_text_that_looks_like_markup_is_printed(report: Report, results: dict[str, Any]) -> None:
    page = as_html(report)
    elements = Elements(page)
    assert [tag for tag, _ in elements.found].count("script") == 1
    hostile = results["claims"][-1]["title"]
    assert hostile in elements.text
    assert not re.search(r"<script>alert", page)


def test_the_page_shows_verdicts_witnesses_and_how_to_reproduce(report: Report) -> None:
    text = " ".join(Elements(as_html(report)).text.split())
    assert "3 of 5 claims hold; 4 of 5 falsifiers rejected" in text
    assert report.command in text
    assert "refuted as expected" in text
    assert "a falsifier was not rejected" in text
    assert "1/100" in text
    assert "python 3.11.0" in text
    assert "two steps (covers the first inequality)" in text


def test_every_claim_has_its_formulas(report: Report) -> None:
    elements = Elements(as_html(report)).found
    derivations = [entry.claim for section in report.sections for entry in section.entries if entry.claim]
    assert [tag for tag, _ in elements].count("details") == 5
    assert [tag for tag, _ in elements].count("math") >= sum(
        len(claim.derivation) + 1 for claim in derivations
    )


def test_ids_are_unique_and_links_lead_somewhere(report: Report) -> None:
    elements = Elements(as_html(report)).found
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {str(attributes["href"]) for _, attributes in elements if attributes.get("href", "")}
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)


def test_markdown_escapes_and_keeps_table_cells_apart(report: Report) -> None:
    text = as_markdown(report)
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(rows) == 2 + 5
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 6 for row in rows)
    assert "<script>" not in text
    assert r"\input{/etc" not in text.replace(r"\\input", "")
    assert r"\mathcal{L}_{\mathrm{ST}} \geq" in text


def test_json_joins_results_and_claims(report: Report) -> None:
    data = json.loads(as_json(report))
    first = data["papers"][0]["claims"][0]
    assert first["holds"] is True
    assert any("mathcal{L}" in part for part in first["statement"])
    assert len(first["derivation"]) == len(find_claim("rf.thm4.1").derivation)
    assert data["papers"][1]["claims"][0]["problem"] == "a falsifier was not rejected"


def test_junit_has_a_test_a_claim(report: Report) -> None:
    root = ElementTree.fromstring(as_junit(report))
    cases = root.findall("testsuite/testcase")
    assert [case.get("classname") for case in cases] == [result.id for result in report.results]
    failed = {
        case.get("classname"): case.find("failure") for case in cases if case.find("failure") is not None
    }
    assert set(failed) == {"sharp.bootstrap", "gone.claim"}
    assert "not rejected: <script>" in (failed["gone.claim"].text or "")  # type: ignore[union-attr]
    assert [suite.get("failures") for suite in root] == ["1", "1"]


@pytest.mark.parametrize("name", RENDERERS)
def test_every_format_says_what_cannot_be_repeated(name: str, report: Report, outcome: Run) -> None:
    assert "does not have these claims as they were verified" in RENDERERS[name](report)
    unknown = collect(replace(outcome, results=outcome.results[-1:]))
    assert "w2s verify" not in RENDERERS[name](unknown)
    assert "does not have" not in RENDERERS[name](collect(replace(outcome, results=outcome.results[:1])))


def test_every_format_has_the_verdicts_of_the_terminal(
    report: Report, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("proofs_checks.command_line.verification.verified", lambda *_: report.run)
    main(["verify"])
    rows = [[cell.strip() for cell in line.split("│")[1:3]] for line in capsys.readouterr().out.split("\n")]
    known = {result.id for result in report.results}
    terminal = {row[0]: row[1].removesuffix(", as expected") for row in rows if row and row[0] in known}
    assert set(terminal.values()) == {"proved", "supported", "refuted", "undecided"}
    assert terminal.keys() == known
    page = [item for tag, item in Elements(as_html(report)).found if tag == "tr" and "data-claim" in item]
    assert {item["data-claim"]: item["data-verdict"] for item in page} == terminal
    papers = json.loads(as_json(report))["papers"]
    assert {item["id"]: item["verdict"] for paper in papers for item in paper["claims"]} == terminal
    table = [line.split(" | ") for line in as_markdown(report).splitlines() if line.startswith("| ")][2:]
    assert {
        cells[0][2:].split(":")[0].replace("\\", ""): re.split("[, ]", cells[1])[0] for cells in table
    } == terminal
    failures = ElementTree.fromstring(as_junit(report)).findall("testsuite/testcase[failure]")
    for case in failures:
        assert (failure := case.find("failure")) is not None
        assert failure.get("type") == terminal[str(case.get("classname"))]
    passed = {name for name in terminal if name not in {case.get("classname") for case in failures}}
    assert passed == {result.id for result in report.results if result.holds}


def test_junit_survives_what_xml_cannot_say(results: dict[str, Any]) -> None:
    results["claims"][0]["title"] = "a\x00b\x1b"
    case = ElementTree.fromstring(as_junit(collect(Run.from_json(results)))).find("testsuite/testcase")
    assert case is not None
    assert case.get("name") == "a\ufffdb\ufffd"


def test_a_report_has_a_section_for_every_claim(results: dict[str, Any]) -> None:
    claims = [{**results["claims"][0], "id": claim.id, "parts": list(claim.ids())} for claim in all_claims()]
    page = Elements(as_html(collect(Run.from_json({**results, "claims": claims}))))
    anchors = {attributes.get("id") for _, attributes in page.found}
    assert {f"claim-{claim.id}" for claim in all_claims()} <= anchors


@pytest.mark.parametrize("name", RENDERERS)
def test_every_format_says_what_was_interrupted(name: str, outcome: Run) -> None:
    """What the first check proved does not count while others are undone."""
    first, *others = outcome.results
    proved, found = first.evidence
    undone = replace(found, finding=Finding(Verdict.INTERRUPTED, "the run was interrupted", ""))
    waiting = [replace(item, rejected=None, witness=None) for item in first.falsifiers]
    cut = replace(first, evidence=(proved, undone), falsifiers=tuple(waiting))
    text = RENDERERS[name](collect(replace(outcome, results=(cut, *others), interrupted=True)))
    assert "interrupted before all its checks ran" in text
    if name == "junit":
        root = ElementTree.fromstring(text)
        values = {item.get("name"): item.get("value") for item in root.iter("property")}
        failure = root.find("testsuite/testcase/failure")
        assert failure is not None
        assert (values["interrupted"], failure.get("type")) == ("true", "undecided")
        assert failure.text == "not run: a wrong constant"
    else:
        assert "interrupted, partial results: 2 of 5 claims hold" in text
    assert "interrupted, partial" not in RENDERERS[name](collect(outcome))
