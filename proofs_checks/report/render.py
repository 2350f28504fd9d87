"""A report as text of one of four formats."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from xml.etree import ElementTree

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from proofs_checks.methods.algebra import conjuncts
from proofs_checks.report.mathml import mathml, sentence
from proofs_checks.report.model import Entry, Report
from w2s_theory.latex import latex

_MARKDOWN_SPECIAL = re.compile(r"([\\`*_{}\[\]<>&|~$])")
# XML 1.0 has no way to write these, not even escaped.
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_html(report: Report) -> str:
    """Return the report as one page that needs nothing else, neither network nor script."""
    environment = _environment(autoescape=True)
    environment.filters["mathml"] = lambda expression: Markup(mathml(expression))
    environment.filters["sentence"] = lambda text: Markup(sentence(text))
    script = Markup(environment.get_template("report.js").render())
    # The page lets this script run and no other, and loads nothing.
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    style = Markup(environment.get_template("report.css").render())
    page = environment.get_template("report.html")
    return page.render(report=report, style=style, script=script, policy=policy, figures=_figures(report))


def _figures(report: Report) -> list[dict[str, Any]]:
    return [{**asdict(figure), "svg": Markup(figure.svg)} for figure in report.figures]


def as_markdown(report: Report) -> str:
    """Return the report as Markdown with formulas in dollars, as GitHub and pandoc read it; without figures."""
    environment = _environment(autoescape=False)
    environment.filters["plain"] = lambda text: _MARKDOWN_SPECIAL.sub(r"\\\1", " ".join(str(text).split()))
    environment.filters["latex"] = latex
    return environment.get_template("report.md").render(report=report)


def as_json(report: Report) -> str:
    """Return the report as JSON: the results, with each claim's assumptions, statement and derivation."""
    data = {
        "summary": report.summary,
        "command": report.command,
        "seed": report.seed,
        "versions": dict(report.versions),
        "papers": [
            {
                "title": section.title,
                "reference": section.reference,
                "claims": [_entry_as_json(entry) for entry in section.entries],
            }
            for section in report.sections
        ],
    }
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _entry_as_json(entry: Entry) -> dict[str, Any]:
    claim = entry.claim
    found = {
        "id": entry.id,
        "title": entry.title,
        "source": entry.source,
        "provenance": entry.provenance,
        "verdict": entry.verdict,
        "expects_refutation": entry.expects_refutation,
        "holds": entry.holds,
        "problem": entry.problem,
        "strongest": entry.strongest.method if entry.strongest else None,
        "seconds": round(entry.seconds, 3),
        "evidence": [{**asdict(item), "witness": dict(item.witness) or None} for item in entry.evidence],
        "falsifiers": [{**asdict(twin), "witness": dict(twin.witness) or None} for twin in entry.twins],
    }
    if claim is None:
        return found
    steps = [
        {"text": step.text, "latex": latex(step.relation), "rule": str(step.by)} for step in claim.derivation
    ]
    statement = [latex(part) for part in conjuncts(claim.statement)]
    return {**found, "assumptions": list(claim.assumptions), "statement": statement, "derivation": steps}


def as_junit(report: Report) -> str:
    """Return the report as JUnit XML: a suite a paper, a test a claim, so that a CI system shows claims as tests."""
    suites = ElementTree.Element("testsuites", name="w2s")
    for section in report.sections:
        suite = ElementTree.SubElement(
            suites,
            "testsuite",
            name=_xml(section.title),
            tests=str(len(section.entries)),
            failures=str(sum(not entry.holds for entry in section.entries)),
            errors="0",
            skipped="0",
            time=f"{sum(entry.seconds for entry in section.entries):.3f}",
        )
        properties = ElementTree.SubElement(suite, "properties")
        for name, value in (("command", report.command), ("seed", report.seed), *report.versions.items()):
            ElementTree.SubElement(properties, "property", name=_xml(name), value=_xml(value))
        for entry in section.entries:
            suite.append(_test_case(entry))
    ElementTree.indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(suites, encoding="unicode")}\n'


def _test_case(entry: Entry) -> ElementTree.Element:
    names = {"classname": _xml(entry.id), "name": _xml(entry.title), "time": f"{entry.seconds:.3f}"}
    case = ElementTree.Element("testcase", names)
    if not entry.holds:
        failure = ElementTree.SubElement(
            case, "failure", type=_xml(entry.verdict), message=_xml(entry.problem)
        )
        failure.text = _xml(
            "\n".join(f"not rejected: {twin.name}" for twin in entry.twins if not twin.rejected)
        )
    lines = [f"{item.tier}: {item.verdict} by {item.method}: {item.summary}" for item in entry.evidence]
    lines += [f"rejected: {twin.name}" for twin in entry.twins if twin.rejected]
    ElementTree.SubElement(case, "system-out").text = _xml("\n".join(lines))
    return case


def _xml(value: object) -> str:
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", str(value))


def _environment(autoescape: bool) -> Environment:
    environment = Environment(
        loader=PackageLoader("proofs_checks.report"),
        autoescape=autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["conjuncts"] = conjuncts
    environment.filters["words"] = lambda mapping: ", ".join(f"{k} = {v}" for k, v in mapping.items())
    return environment


RENDERERS: dict[str, Callable[[Report], str]] = {
    "html": as_html,
    "markdown": as_markdown,
    "json": as_json,
    "junit": as_junit,
}
