"""Claims as LaTeX: a theorem, its source, and its derivation step by step."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from sympy import Basic

from w2s_theory.claim import Claim, Provenance, Rule, Step
from w2s_theory.latex.escaping import escape
from w2s_theory.latex.layout import display, width
from w2s_theory.latex.printer import latex
from w2s_theory.latex.prose import prose

PROVENANCES: Final = {
    Provenance.PUBLISHED: "in the paper's words",
    Provenance.RECONSTRUCTED: "reconstructed from the paper",
    Provenance.NEW: "new here",
    Provenance.TEXTBOOK: "a fact of textbooks",
}
RULES: Final = {
    Rule.IDENTITY: "both sides are equal by exact algebra",
    Rule.NONNEGATIVE: "the difference of the sides is a sum of products of squares and nonnegative factors",
    Rule.LIMIT: "the limit exists and has this value",
    Rule.UNIVARIATE: "in one variable, a Sturm sequence counts the changes of sign",
    Rule.CHAIN: "the relation follows from those before it by transitivity",
}
_INLINE_WIDTH: Final = 25.0


def label(claim_id: str) -> str:
    """Return a claim's id with everything taken out that a file name or a label cannot hold."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", claim_id).strip(".-")


def formulas(claim: Claim, *, macros: bool = False) -> dict[str, str]:
    """Return a claim's numbered equations by name: `ID` is the statement, `ID.step-1` the first step's relation.

    Each carries the label eq:NAME. With `macros` they are written in the commands of `macro_lines`.
    """
    name = label(claim.id)
    shown = {name: claim.relations}
    shown |= {f"{name}.step-{n}": (step.relation,) for n, step in enumerate(claim.derivation, start=1)}
    return {key: _equation(key, parts, macros) for key, parts in shown.items()}


def _equation(name: str, parts: tuple[Basic, ...], macros: bool) -> str:
    return f"\\begin{{equation}}\\label{{eq:{name}}}\n{display(*parts, macros=macros)}\n\\end{{equation}}"


def claim_lines(
    claim: Claim,
    *,
    equations: Mapping[str, str] | None = None,
    labels: Mapping[str, str] | None = None,
    evidence: str = "",
    cite: bool = False,
    shown_id: str = "",
) -> list[str]:
    """Return a claim as lines of LaTeX: a theorem, its source, its derivation.

    `equations` replaces the equations of `formulas` by name, by an \\input of their files, say. `labels` are
    those of the claims that a sentence may refer to. `evidence` is a line of LaTeX. With `cite` the paper is
    cited by its BibTeX key. `shown_id` is printed as the id, where it is not the claim's own.
    """
    name, labels = label(claim.id), labels or {}
    shown = equations or formulas(claim)
    environment = "falsehood" if claim.expects_refutation else "theorem"
    lines = [rf"\begin{{{environment}}}[{{{prose(claim.title)}}}]\label{{thm:{name}}}"]
    if claim.assumptions:
        lines += ["Assume:", r"\begin{itemize}"]
        for assumption in claim.assumptions:
            lines.append(rf"\item {prose(assumption.text, labels)}")
            lines += [_listed(assumption.says)] if assumption.says else []
        lines += [r"\end{itemize}", "Then"]
    lines += [shown[name], rf"\end{{{environment}}}", _source_line(claim, cite, shown_id or claim.id)]
    lines += [rf"\noindent\textit{{Evidence.}} {evidence}\par"] if evidence else []
    lines += [rf"\noindent\textit{{Remark.}} {prose(text, labels)}\par" for text in claim.remarks]
    return [*lines, *_proof(claim, shown, labels)]


def _source_line(claim: Claim, cite: bool, shown_id: str) -> str:
    source = claim.source
    citation = rf" \cite{{{source.paper.key}}}" if cite else ""
    return (
        rf"\noindent\textit{{Source.}} {prose(str(source))}{citation}; {PROVENANCES[claim.provenance]}. "
        rf"Id: \texttt{{{escape(shown_id)}}}.\par"
    )


def _proof(claim: Claim, shown: Mapping[str, str], labels: Mapping[str, str]) -> Iterator[str]:
    if not claim.derivation:
        return
    yield rf"\begin{{proof}}[{'Refutation' if claim.expects_refutation else 'Derivation'}]\leavevmode"
    yield r"\begin{enumerate}"
    for number, step in enumerate(claim.derivation, start=1):
        yield rf"\item {prose(step.text, labels)} \textit{{({step.by})}}"
        yield shown[f"{label(claim.id)}.step-{number}"]
        yield from _reasons(step)
    yield r"\end{enumerate}"
    yield r"\end{proof}"


def _reasons(step: Step) -> Iterator[str]:
    """Yield from what the step follows, and for an inequality the nonnegative terms it adds up."""
    if step.given:
        cited = dict.fromkeys(citation.id for citation in step.citations)
        names = ", ".join(rf"\texttt{{{escape(each)}}}" for each in cited)
        yield rf"\par Given {_listed(step.premises)}" + (f" Cited: {names}." if names else "")
    if step.certificate:
        yield rf"\par The difference of the sides is the sum of {_listed(step.certificate)}"


def _listed(items: tuple[Basic, ...]) -> str:
    texts = [latex(item) for item in items]
    if all(width(text) <= _INLINE_WIDTH for text in texts):
        return ", ".join(f"${text}$" for text in texts) + "."
    return "\n".join(rf"\[ {display(item)} \]" for item in items)
