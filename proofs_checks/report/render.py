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

from proofs_checks.graph.model import graph_of
from proofs_checks.report.drawings import of_graph
from proofs_checks.report.mathml import mathml, sentence
from proofs_checks.report.model import Entry, Report
from proofs_checks.results import ClaimResult
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
    graph = Markup(_graph(report))
    return page.render(
        report=report, style=style, script=script, policy=policy, figures=_figures(report), graph=graph
    )


def _graph(report: Report) -> str:
    """Return the drawing of what rests on what among the claims of the report, empty where nothing does."""
    claims = [entry.claim for section in report.sections for entry in section.entries if entry.claim]
    graph = graph_of(claims, report.run)
    return of_graph(graph, "#claim-") if graph.arrows else ""


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
    run = report.run
    data = {
        "summary": run.summary,
        "interrupted": run.interrupted,
        "command": report.command or None,
        "cannot_repeat": run.cannot_repeat or None,
        "seed": run.seed,
        "budget": run.budget,
        "tiers": [str(tier) for tier in run.tiers],
        "versions": dict(run.versions),
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
    result, claim = entry.result, entry.claim
    found = {
        **result.as_json(),
        "holds": result.holds,
        "problem": result.problem,
        "strongest": result.strongest.method if result.strongest else None,
        "seconds": round(result.seconds, 3),
    }
    if claim is None:
        return found
    steps = [
        {"text": step.text, "latex": latex(step.relation), "rule": str(step.by)} for step in claim.derivation
    ]
    statement = [latex(relation) for relation in claim.relations]
    assumptions = [{"text": each.text, "latex": list(map(latex, each.says))} for each in claim.assumptions]
    return {**found, "assumptions": assumptions, "statement": statement, "derivation": steps}


def as_junit(report: Report) -> str:
    """Return the report as JUnit XML: a suite a paper, a test a claim, so that a CI system shows claims as tests."""
    suites = ElementTree.Element("testsuites", name="w2s")
    run = report.run
    for section in report.sections:
        results = [entry.result for entry in section.entries]
        suite = ElementTree.SubElement(
            suites,
            "testsuite",
            name=_xml(section.title),
            tests=str(len(results)),
            failures=str(sum(not result.holds for result in results)),
            errors="0",
            skipped="0",
            time=f"{sum(result.seconds for result in results):.3f}",
        )
        properties = ElementTree.SubElement(suite, "properties")
        interrupted = "true" if run.interrupted else ""
        told = {"command": report.command, "cannot_repeat": run.cannot_repeat, "interrupted": interrupted}
        told = {name: value for name, value in told.items() if value}
        for name, value in (*told.items(), ("seed", run.seed), *run.versions.items()):
            ElementTree.SubElement(properties, "property", name=_xml(name), value=_xml(value))
        suite.extend(map(_test_case, results))
    ElementTree.indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(suites, encoding="unicode")}\n'


def _test_case(result: ClaimResult) -> ElementTree.Element:
    names = {"classname": _xml(result.id), "name": _xml(result.title), "time": f"{result.seconds:.3f}"}
    case = ElementTree.Element("testcase", names)
    if not result.holds:
        failure = ElementTree.SubElement(
            case, "failure", type=_xml(result.verdict), message=_xml(result.problem)
        )
        failure.text = _xml(
            "\n".join(
                f"{'not run' if item.rejected is None else 'not rejected'}: {item.name}"
                for item in result.falsifiers
                if not item.rejected
            )
        )
    lines = [f"{item.tier}: {item.concluded.verdict} by {item.text}" for item in result.evidence]
    lines += [f"rejected: {item.name}" for item in result.falsifiers if item.rejected]
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
    environment.filters["words"] = lambda mapping: ", ".join(f"{k} = {v}" for k, v in mapping.items())
    return environment


RENDERERS: dict[str, Callable[[Report], str]] = {
    "html": as_html,
    "markdown": as_markdown,
    "json": as_json,
    "junit": as_junit,
}
