"""`w2s export`: claims as a LaTeX document, or single formulas in the notation of your choice."""

from __future__ import annotations

import argparse
import re
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from proofs_checks.results import ClaimResult

HELP = "export claims as LaTeX (document, macros, one file a formula, BibTeX), or print formulas"
EXAMPLE = "w2s export latex rf.thm4.1 --out paper --pdf"

FORMATS = ("latex", "mathml", "markdown", "sympy", "python")
WIDEST_OVERHANG = 10.0
_ID = re.compile(r"[a-z]+\.[a-z][\w.-]*(#.*)?")
_INSTEAD = "--from FILE takes evidence from results, and --out DIR says where the document goes"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "what",
        nargs="*",
        metavar="[latex] CLAIM",
        help='claim ids (all claims if none is given); with --format also formulas such as "L_ST >= 3/4*L_TE**2"',
    )
    parser.add_argument(
        "--out", metavar="DIR", help="write the LaTeX document and its parts into this folder"
    )
    parser.add_argument("--pdf", action="store_true", help="compile the document too")
    parser.add_argument(
        "--from", dest="results", metavar="FILE", help="evidence lines from the JSON of `w2s verify`"
    )
    parser.add_argument("--format", choices=FORMATS, help="print the formulas in this notation instead")


def run(arguments: argparse.Namespace) -> int:
    """Write the document or print the formulas, and return the exit code.

    Raises InvalidInput for options that do not go together.
    """
    from proofs_checks.command_line.claim_names import is_file
    from w2s_theory.errors import InvalidInput

    names = arguments.what[1:] if arguments.what[:1] == ["latex"] else arguments.what
    for name in names:
        if _ID.fullmatch(name) or is_file(name):
            _relations(name)
    if bool(arguments.out) == bool(arguments.format):
        raise InvalidInput("say where to or how: --out DIR for the document, or --format for single formulas")
    if arguments.format:
        if arguments.pdf or arguments.results:
            raise InvalidInput("--pdf and --from belong to the document; use them with --out")
        return _print_formulas(names, arguments.format)
    return _write_document(names, arguments)


def _print_formulas(names: list[str], notation: str) -> int:
    from proofs_checks.export.formats import FORMATS as WRITERS
    from w2s_theory.claims import all_claims

    statements = [_relations(name) if _ID.fullmatch(name) else _formula(name) for name in names] or [
        claim.relations for claim in all_claims()
    ]
    separator = "\n" if notation in ("latex", "mathml") else "\n\n"
    sys.stdout.write(separator.join(WRITERS[notation](statement) for statement in statements) + "\n")
    return 0


def _relations(name: str) -> tuple[Any, ...]:
    """Return the relations of a claim, or that of a part of one."""
    from proofs_checks.command_line.claim_names import claim_named
    from w2s_theory.claims import find_part

    return (find_part(name)[1].relation,) if "#" in name else claim_named(name, _INSTEAD).relations


def _formula(text: str) -> tuple[Any, ...]:
    """Return the formula or the relations that the text spells out."""
    from w2s_theory.notation.expressions import conjuncts, parse, parse_relation

    symbols = _symbols()
    return conjuncts(parse_relation(text, symbols)) if re.search("[<>=]", text) else (parse(text, symbols),)


def _symbols() -> dict[str, Any]:
    from w2s_theory.notation.symbols import ALPHA, DIMENSION, KAPPA, KAPPA_S, NOTATION, M

    rates = (M, KAPPA, KAPPA_S, DIMENSION, ALPHA)
    return {symbol.name: symbol for symbol in (*rates, *(entry.symbol for entry in NOTATION))}


def _write_document(names: list[str], arguments: argparse.Namespace) -> int:
    from proofs_checks.command_line.claim_names import claims_named
    from proofs_checks.export.document import write_document
    from proofs_checks.export.pdf import compile_pdf

    document = write_document(claims_named(names, _INSTEAD), arguments.out, _evidence(arguments.results))
    if not arguments.pdf:
        print(f"wrote {document}")
        return 0
    pdf = compile_pdf(document)
    print(f"wrote {pdf.path}: {pdf.pages} pages")
    widest = max(pdf.overfull, default=0.0)
    if widest > WIDEST_OVERHANG:
        print(
            f"w2s export: a line is {widest:g} pt too wide; see {document.with_suffix('.log')}",
            file=sys.stderr,
        )
        return 1
    return 0


def _evidence(path: str | None) -> dict[str, ClaimResult]:
    """Return the results in a file, by claim; those on claims that this installation states otherwise are left out."""
    from proofs_checks.run import Run

    if path is None:
        return {}
    run = Run.read(path)
    if run.cannot_repeat:
        print(f"w2s export: {run.cannot_repeat}", file=sys.stderr)
    return {result.id: result for result in run.results if result.id not in run.unknown}
