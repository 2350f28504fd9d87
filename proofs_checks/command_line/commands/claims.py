"""`w2s claims`: the catalogue."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from w2s_theory.claim import Claim

HELP = "list the claims, by paper and provenance"
EXAMPLE = "w2s claims --paper rf --provenance new"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "--paper",
        metavar="NAME",
        help="only claims from this paper (rf, id, bv, or fact for textbooks; or its first author), or in this folder of "
        "claims (such as ours)",
    )
    parser.add_argument(
        "--provenance",
        choices=("published", "reconstructed", "new", "textbook"),
        help="only claims of this provenance",
    )
    parser.add_argument("--json", metavar="FILE", help="write the list as JSON; - for standard output")


def run(arguments: argparse.Namespace) -> int:
    """Print the claims that pass the filters; raises InvalidInput for an unknown paper."""
    from rich.table import Table
    from rich.text import Text

    from proofs_checks.command_line.output import console, write_json

    chosen = [
        claim
        for claim in _from_paper(arguments.paper)
        if arguments.provenance in (None, str(claim.provenance))
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
        console().print(table)
    return 0


def _from_paper(name: str | None) -> Sequence[Claim]:
    """Return the claims whose source is a paper, by its key or first author, or that are in a folder or start alike.

    All where no name is given. Raises InvalidInput, listing the names, for an unknown one.
    """
    from w2s_theory.claims import FOLDERS, all_claims, claims_in
    from w2s_theory.claims.papers import PAPERS
    from w2s_theory.errors import InvalidInput

    every = all_claims()
    if name is None:
        return every
    word = name.lower()
    if (folder := word.replace("-", "_")) in FOLDERS:
        return [claim for claim in every if claim in claims_in(folder)]
    authors = {paper.key: paper.authors.split(",")[0] for paper in PAPERS}
    for key, author in authors.items():
        if word in (key, author.lower()):
            return [claim for claim in every if claim.source.paper.key == key]
    prefixes = dict.fromkeys(claim.id.split(".")[0] for claim in every)
    if word in prefixes:
        return [claim for claim in every if claim.id.startswith(f"{word}.")]
    papers = [f"{key} ({author})" for key, author in authors.items()]
    others = [prefix for prefix in prefixes if prefix not in authors]
    raise InvalidInput(f"unknown paper {name!r}; allowed: {', '.join([*papers, *others, *FOLDERS])}")
