"""`w2s show`: one claim in full."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from w2s_theory.claims import Claim

HELP = "show a claim: statement, assumptions, provenance and derivation, with the reason of each step"
EXAMPLE = "w2s show rf.thm4.1 --latex"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("claim", metavar="CLAIM", help="a claim's id, as `w2s claims` lists it")
    parser.add_argument("--latex", action="store_true", help="print statement and derivation as LaTeX")
    parser.add_argument("--json", metavar="FILE", help="write the claim as JSON; - for standard output")


def run(arguments: argparse.Namespace) -> int:
    """Print the claim."""
    from proofs_checks.output import write_json
    from w2s_theory.papers import find_claim

    claim = find_claim(arguments.claim)
    if arguments.json:
        write_json(_as_json(claim), arguments.json)
    if arguments.json != "-":
        print("\n".join(_as_latex(claim) if arguments.latex else _as_text(claim)))
    return 0


def _as_text(claim: Claim) -> list[str]:
    lines = [f"{claim.id}  {claim.title}", f"{claim.source} ({claim.provenance})", "", "Assumptions"]
    lines += [f"  - {text}" for text in claim.assumptions]
    lines += ["", "Statement (expected to be refuted)" if claim.expects_refutation else "Statement"]
    lines += [f"  {part}" for part in claim.parts]
    lines += ["", "Derivation"]
    for number, step in enumerate(claim.derivation, start=1):
        lines += [f"  {number}. {step.text}", f"       {step.relation}   [{step.by}]"]
        lines += [f"       given {item}" for item in step.given]
    lines += ["", *(f"Remark: {text}" for text in claim.remarks)] if claim.remarks else []
    return lines


def _as_latex(claim: Claim) -> list[str]:
    from w2s_theory.latex import claim_lines

    return claim_lines(claim)


def _as_json(claim: Claim) -> dict[str, object]:
    return {
        "id": claim.id,
        "title": claim.title,
        "source": str(claim.source),
        "provenance": str(claim.provenance),
        "assumptions": list(claim.assumptions),
        "statement": str(claim.statement),
        "expects_refutation": claim.expects_refutation,
        "derivation": [
            {"text": step.text, "relation": str(step.relation), "rule": str(step.by)}
            for step in claim.derivation
        ],
        "remarks": list(claim.remarks),
    }
