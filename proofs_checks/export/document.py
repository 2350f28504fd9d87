"""The LaTeX export: a document, one file a formula, the notation as commands, and a BibTeX file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from proofs_checks.export.claims import RULES, claim_lines, formulas, label
from proofs_checks.results import ClaimResult
from w2s_theory.claim import Claim, Paper
from w2s_theory.errors import InvalidInput
from w2s_theory.latex import escape, macro_lines, prose
from w2s_theory.notation.symbols import NOTATION

DOCUMENT: Final = "claims.tex"
MACROS: Final = "w2s-macros.tex"
BIBLIOGRAPHY: Final = "w2s.bib"
FORMULAS: Final = "formulas"

_FIT: Final = r"""
% \wfit shrinks a formula that is wider than the line, and says so in the log.
\newsavebox{\wbox}
\newcommand{\wfit}[1]{\sbox{\wbox}{$\displaystyle #1$}%
  \ifdim\wd\wbox>0.9\linewidth\typeout{w2s: formula shrunk}\resizebox{0.9\linewidth}{!}{\usebox{\wbox}}%
  \else\usebox{\wbox}\fi}
"""
_PREAMBLE: Final = rf"""\documentclass[a4paper,10pt]{{article}}
\usepackage[margin=24mm]{{geometry}}
\usepackage{{amsmath,amssymb,amsthm,graphicx}}
\usepackage[hidelinks]{{hyperref}}
\usepackage[capitalise,nameinlink]{{cleveref}}
\input{{{MACROS}}}
\theoremstyle{{definition}}
\newtheorem{{theorem}}{{Claim}}
\newtheorem{{falsehood}}{{Refuted statement}}
\crefname{{theorem}}{{Claim}}{{Claims}}
\crefname{{falsehood}}{{Refuted statement}}{{Refuted statements}}
\setlength{{\emergencystretch}}{{3em}}
\allowdisplaybreaks
\renewcommand{{\qedsymbol}}{{}}
\title{{Weak-to-strong generalization: claims and their derivations}}
\author{{}}
\date{{}}
\begin{{document}}
\maketitle
"""


def write_document(
    claims: Sequence[Claim], folder: str, evidence: Mapping[str, ClaimResult] | None = None
) -> Path:
    """Write the document on `claims` and all that it needs into `folder`; return the path of its main file.

    `evidence` holds the results of a verification by claim id; a claim without any has no evidence line.
    Raises InvalidInput where the folder cannot be written.
    """
    labels = {claim.id: f"thm:{label(claim.id)}" for claim in claims}
    files = {MACROS: _macros(), BIBLIOGRAPHY: _bibliography(claims)}
    for claim in claims:
        for name, text in formulas(claim, macros=True).items():
            files[f"{FORMULAS}/{name}.tex"] = f"{text}\n"
    body = "\n".join(_body(claims, labels, evidence or {}))
    files[DOCUMENT] = f"{_PREAMBLE}{body}\n\\end{{document}}\n"
    root = Path(folder)
    try:
        (root / FORMULAS).mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (root / name).write_text(text, encoding="utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise InvalidInput(f"cannot write into {folder!r}: {reason}; give a writable folder") from error
    return root / DOCUMENT


def _macros() -> str:
    head = "% Notation as commands, for amsmath and graphicx: redefine them to follow your paper.\n"
    return head + "\n".join(macro_lines()) + _FIT


def _body(
    claims: Sequence[Claim], labels: Mapping[str, str], evidence: Mapping[str, ClaimResult]
) -> Iterator[str]:
    yield r"\tableofcontents"
    yield from _notation()
    for paper in _papers(claims):
        yield rf"\section{{{escape(paper.title)}}}"
        yield rf"{escape(paper.reference)} \cite{{{paper.key}}}."
        for claim in claims:
            if claim.source.paper != paper:
                continue
            name = label(claim.id)
            parts = [name, *(f"{name}.step-{n}" for n in range(1, len(claim.derivation) + 1))]
            title = rf"\texorpdfstring{{{prose(claim.title)}}}{{{escape(claim.title)}}}"
            yield rf"\phantomsection\addcontentsline{{toc}}{{subsection}}{{{title}}}"
            yield from claim_lines(
                claim,
                equations={part: rf"\input{{{FORMULAS}/{part}.tex}}" for part in parts},
                labels=labels,
                evidence=_evidence_line(evidence.get(claim.id)),
                cite=True,
            )
    yield r"\bibliographystyle{plain}"
    yield rf"\bibliography{{{Path(BIBLIOGRAPHY).stem}}}"


def _papers(claims: Sequence[Claim]) -> list[Paper]:
    return list(dict.fromkeys(claim.source.paper for claim in claims))


def _notation() -> Iterator[str]:
    yield r"\section*{Notation}"
    yield r"\noindent\begin{tabular}{@{}lp{12.5cm}@{}}"
    for entry in NOTATION:
        yield rf"${entry.latex}$ & {prose(entry.meaning)} \\"
    yield r"\end{tabular}"
    yield r"\section*{How the steps are checked}"
    yield r"\begin{description}"
    yield from (rf"\item[{rule}] {meaning}" for rule, meaning in RULES.items())
    yield r"\end{description}"


def _evidence_line(result: ClaimResult | None) -> str:
    """Return the verdict, what it rests on, the other methods' findings and the falsifiers, as LaTeX."""
    if result is None:
        return ""
    note = ", as expected" if result.expects_refutation and result.holds else ""
    line = rf"\textbf{{{escape(result.verdict)}}}{note}"
    if result.strongest:
        line += f" ({result.strongest.tier}: {prose(result.strongest.finding.text)})"
    line += f", given {prose('; '.join(each.text for each in result.grounds))}" if result.grounds else ""
    others = [
        f"{item.tier} {item.concluded.verdict}" for item in result.evidence if item is not result.strongest
    ]
    line += f"; also {escape(', '.join(others))}" if others else ""
    if result.falsifiers:
        line += f"; {result.rejected} of {len(result.falsifiers)} falsifiers rejected"
    return f"{line}."


def _bibliography(claims: Sequence[Claim]) -> str:
    return "\n".join(_bibtex(paper) for paper in _papers(claims))


def _bibtex(paper: Paper) -> str:
    authors = paper.authors.replace(" and ", ", ").replace(", ", " and ")
    fields = {
        "author": escape(authors),
        "title": f"{{{escape(paper.title)}}}",
        "booktitle": escape(paper.venue),
        "year": str(paper.year),
        "note": f"arXiv:{escape(paper.arxiv)}",
    }
    kind = "inproceedings"
    if paper.venue == "arXiv" or not paper.arxiv:
        kind = "misc"
        del fields["booktitle"]
    if not paper.arxiv:
        del fields["year"], fields["note"]
    lines = (f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{kind}{{{paper.key},\n{''.join(lines)}}}\n"
