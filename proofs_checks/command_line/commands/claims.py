"""`w2s claims`: the catalogue."""

from __future__ import annotations

import argparse

HELP = "list the claims, by paper and provenance"
EXAMPLE = "w2s claims --paper rf --provenance new"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--paper", help="only claims whose source is this paper: rf, id or bv")
    parser.add_argument(
        "--provenance", choices=("published", "reconstructed", "new"), help="only claims of this provenance"
    )
    parser.add_argument("--json", metavar="FILE", help="write the list as JSON; - for standard output")


def run(arguments: argparse.Namespace) -> int:
    """Print the claims that pass the filters; raises InvalidInput for an unknown paper."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from proofs_checks.command_line.output import write_json
    from w2s_theory.claims import all_claims
    from w2s_theory.claims.papers import PAPERS
    from w2s_theory.errors import InvalidInput

    keys = [paper.key for paper in PAPERS]
    if arguments.paper not in (None, *keys):
        raise InvalidInput(f"unknown paper {arguments.paper!r}; allowed: {', '.join(keys)}")
    chosen = [
        claim
        for claim in all_claims()
        if arguments.paper in (None, claim.source.paper.key)
        and arguments.provenance in (None, str(claim.provenance))
    ]
    if arguments.json:
        rows = [
            {
                "id": claim.id,
                "title": claim.title,
                "source": str(claim.source),
                "provenance": str(claim.provenance),
                "statement": claim.statement,
                "parts": list(claim.ids()),
            }
            for claim in chosen
        ]
        write_json(rows, arguments.json)
    if arguments.json != "-":
        table = Table(title=f"{len(chosen)} claims", title_justify="left")
        table.add_column("claim", no_wrap=True)
        for name in ("title", "source", "provenance"):
            table.add_column(name, overflow="fold")
        for claim in chosen:
            table.add_row(claim.id, Text(claim.title), Text(str(claim.source)), str(claim.provenance))
        Console().print(table)
    return 0
