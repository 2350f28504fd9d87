"""The pages that are made from the code: the catalogue of claims, the commands, the API."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from collections.abc import Iterator
from html import escape
from itertools import groupby

from proofs_checks import claims as _registered  # noqa: F401
from proofs_checks.command_line.cli import COMMANDS
from proofs_checks.graph.model import graph_of
from proofs_checks.methods.algebra import cited_parts
from proofs_checks.registry import checks_of, falsifiers_of
from proofs_checks.report.drawings import of_graph
from proofs_checks.report.mathml import mathml, sentence
from w2s_theory.claim import Claim
from w2s_theory.claims import all_claims, resting_on


def claims() -> str:
    """Return the catalogue: every claim with its statement, derivation, checks and falsifiers."""
    every = sorted(all_claims(), key=lambda claim: claim.source.paper.key)
    lines = [
        "# Claims",
        "",
        f"{len(every)} claims. *Published* statements are a paper's own; *reconstructed* ones have a name in a paper "
        "whose exact wording we could not read, and are what we derive in its place; *new* ones are ours, and "
        "facts are from textbooks. "
        "`w2s verify CLAIM` runs the checks, `w2s show CLAIM` prints the derivation.",
        "",
    ]
    picture = of_graph(graph_of(every), "#")
    lines += [f'<figure class="graph" markdown="0">{picture}</figure>', ""]
    lines += [
        "An arrow goes from what is cited to the claim that rests on it; a name leads to the claim.",
        "",
    ]
    for paper, found in groupby(every, key=lambda claim: claim.source.paper):
        lines += [f"## {escape(paper.title)}", ""]
        link = f", [arXiv {paper.arxiv}](https://arxiv.org/abs/{paper.arxiv})" if paper.arxiv else ""
        lines += [f"{escape(paper.reference)}{link}.", ""]
        for claim in found:
            lines += _claim(claim)
    return "\n".join(lines)


def _claim(claim: Claim) -> Iterator[str]:
    yield f"### {_plain(claim.id)}: {_plain(claim.title)} {{ #{claim.id} }}"
    yield ""
    yield f"{_plain(str(claim.source))} ({claim.provenance})."
    if claim.expects_refutation:
        yield " Recorded because it is false: its checks must refute it."
    yield ""
    yield "<ul>"
    for assumption in claim.assumptions:
        formulas = "".join(f'<div class="formula">{mathml(relation)}</div>' for relation in assumption.says)
        yield f"<li>{sentence(assumption.text)}{formulas}</li>"
    yield "</ul>"
    yield ""
    yield from (f'<div class="formula">{mathml(relation)}</div>' for relation in claim.relations)
    yield ""
    yield '<details class="quote" markdown="0"><summary>Derivation</summary><ol>'
    for step in claim.derivation:
        yield f"<li><p>{sentence(step.text)} <small>({step.by})</small></p>"
        yield f'<div class="formula">{mathml(step.relation)}</div></li>'
    yield "</ol></details>"
    yield ""
    checks = "; ".join(f"{item.tier}, {_plain(item.method)}" for item in checks_of(claim.id))
    twins = "; ".join(_plain(item.name) for item in falsifiers_of(claim.id))
    yield f"Checks: {checks}. Falsifiers they must reject: {twins}."
    for word, others in (
        ("Rests on", cited_parts(claim)),
        ("Carries", [each.id for each in resting_on(claim)]),
    ):
        if others:
            yield ""
            links = (f"[`{other}`](#{other.partition('#')[0]})" for other in others)
            yield f"{word} {', '.join(links)}."
    yield ""


def commands() -> str:
    """Return what `w2s --help` and the help of each command say."""
    lines = ["# Commands", ""]
    for name in COMMANDS:
        module = importlib.import_module(f"proofs_checks.command_line.commands.{name}")
        parser = argparse.ArgumentParser(prog=f"w2s {name}", formatter_class=_wide)
        module.configure(parser)
        lines += [f"## w2s {name}", "", f"{_plain(module.HELP)}", "", "```", f"$ {module.EXAMPLE}", "```", ""]
        lines += ["```", parser.format_help().rstrip(), "```", ""]
    return "\n".join(lines)


def _wide(prog: str) -> argparse.HelpFormatter:
    return argparse.HelpFormatter(prog, width=100, max_help_position=30)


def package(name: str) -> str:
    """Return the page of a package: one section a public module."""
    root = importlib.import_module(name)
    lines = [f"# {name}", "", f"{root.__doc__}", ""]
    for found in pkgutil.walk_packages(root.__path__, f"{name}."):
        if not found.ispkg and not any(part.startswith("_") for part in found.name.split(".")):
            lines += [f"::: {found.name}", ""]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Return text that Markdown prints as it is."""
    return "".join(f"&#{ord(letter)};" if letter in r"\`*_{}[]<>#|&$~^" else letter for letter in text)
