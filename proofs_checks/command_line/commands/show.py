"""`w2s show`: one claim in full."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from w2s_theory.claim import Claim

HELP = "show a claim: statement, assumptions, provenance and derivation, with the reason of each step"
EXAMPLE = "w2s show rf.thm4.1 --latex"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("claim", metavar="CLAIM", help="a claim's id, as `w2s claims` lists it")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--latex", action="store_true", help="print statement and derivation as LaTeX")
    form.add_argument(
        "--rocq", action="store_true", help="print the lemmas that tie the claim to formally proved theorems"
    )
    parser.add_argument("--json", metavar="FILE", help="write the claim as JSON; - for standard output")


def run(arguments: argparse.Namespace) -> int:
    """Print the claim."""
    from proofs_checks.command_line.output import write_json
    from w2s_theory.claims import find_claim

    claim = find_claim(arguments.claim)
    if arguments.json:
        write_json(_as_json(claim), arguments.json)
    if arguments.json != "-":
        write = _as_latex if arguments.latex else _as_rocq if arguments.rocq else _as_text
        print("\n".join(write(claim)))
    return 0


def _as_text(claim: Claim) -> list[str]:
    from proofs_checks.homes import homes

    lines = [f"{claim.id}  {claim.title}", f"{claim.source} ({claim.provenance})", "", "Assumptions"]
    lines += [f"  - {text}" for text in claim.assumptions]
    lines += ["", "Statement (expected to be refuted)" if claim.expects_refutation else "Statement"]
    lines += [f"  {part.relation}   [{claim.part_id(part.name)}]" for part in claim.states]
    lines += ["", "Derivation"]
    for number, step in enumerate(claim.derivation, start=1):
        lines += [f"  {number}. {step.text}", f"       {step.relation}   [{step.by}]"]
        lines += [f"       given {item}" for item in step.given]
    lines += ["", *(f"Remark: {text}" for text in claim.remarks)] if claim.remarks else []
    proved = _theorems(claim)
    lines += (
        ["", "Formal proof (--rocq prints the lemmas)", *(f"  {item}" for item in proved)] if proved else []
    )
    return [*lines, "", "Files", *(f"  {home}" for home in homes(claim))]


def _theorems(claim: Claim) -> list[str]:
    """Return, for each part of the statement, the theorem in Rocq that states it, or that it is open."""
    import proofs_checks.claims  # noqa: F401  (adds the ties)
    from proofs_checks.rocq.catalogue import all_ties
    from proofs_checks.rocq.ties import Open

    tie = all_ties().get(claim.id)
    parts = tie.parts.values() if tie else ()
    return [f"open: {part.says}" if isinstance(part, Open) else part.theorem for part in parts]


def _as_rocq(claim: Claim) -> list[str]:
    import proofs_checks.claims  # noqa: F401  (adds the ties)
    from proofs_checks.rocq.catalogue import all_ties
    from proofs_checks.rocq.checks import whole_file
    from w2s_theory.errors import InvalidInput

    tie = all_ties().get(claim.id)
    if tie is None:
        raise InvalidInput(f"{claim.id} is not proved formally; allowed: {', '.join(all_ties())}")
    return [whole_file(tie)]


def _as_latex(claim: Claim) -> list[str]:
    from proofs_checks.export.claims import claim_lines

    return claim_lines(claim)


def _as_json(claim: Claim) -> dict[str, object]:
    from proofs_checks.homes import homes

    return {
        "id": claim.id,
        "title": claim.title,
        "source": str(claim.source),
        "provenance": str(claim.provenance),
        "assumptions": list(claim.assumptions),
        "statement": claim.statement,
        "parts": [{"id": claim.part_id(part.name), "relation": str(part.relation)} for part in claim.states],
        "expects_refutation": claim.expects_refutation,
        "derivation": [
            {"text": step.text, "relation": str(step.relation), "rule": str(step.by)}
            for step in claim.derivation
        ],
        "remarks": list(claim.remarks),
        "formal": _theorems(claim),
        "files": [asdict(home) for home in homes(claim)],
    }
