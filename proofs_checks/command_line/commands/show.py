"""`w2s show`: one claim in full."""

from __future__ import annotations

import argparse
from types import ModuleType
from typing import Any

HELP = "show a claim: statement, assumptions, provenance and derivation, with the reason of each step"
EXAMPLE = "w2s show rf.thm4.1 --latex"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "claim",
        metavar="CLAIM",
        help="a claim's id, as `w2s claims` lists it, or that of a part, such as rf.thm4.1#quadratic",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--latex", action="store_true", help="print statement and derivation as LaTeX")
    form.add_argument(
        "--rocq", action="store_true", help="print the lemmas that tie the claim to formally proved theorems"
    )
    parser.add_argument("--json", metavar="FILE", help="write the claim as JSON; - for standard output")


def run(arguments: argparse.Namespace) -> int:
    """Print the claim, or the part of it. Raises InvalidInput where there is none with this id."""
    from proofs_checks.command_line import shown_claim, shown_part
    from proofs_checks.command_line.claim_names import claim_named
    from proofs_checks.command_line.output import write_json
    from w2s_theory.claims import find_part

    view: ModuleType
    shown: tuple[Any, ...]
    if "#" in arguments.claim:
        view, shown = shown_part, find_part(arguments.claim)
    else:
        view, shown = shown_claim, (claim_named(arguments.claim, "w2s report --from FILE shows results"),)
    if arguments.json:
        write_json(view.as_json(*shown), arguments.json)
    if arguments.json != "-":
        write = view.as_latex if arguments.latex else view.as_rocq if arguments.rocq else view.as_text
        print("\n".join(write(*shown)))
    return 0
