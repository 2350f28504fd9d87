"""`w2s graph`: what rests on what, as a picture or as data."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from proofs_checks.command_line import verification

if TYPE_CHECKING:
    from collections.abc import Sequence

    from proofs_checks.run import Run
    from w2s_theory.claim import Claim

HELP = "draw which claims and facts rest on which, coloured by verdict"
EXAMPLE = "w2s graph --from results.json --out graph.svg"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    verification.configure(parser)
    source = parser.add_mutually_exclusive_group()
    source.add_argument(
        "--from",
        dest="results",
        metavar="FILE",
        help="verdicts of a finished run (w2s verify --json FILE); without it, w2s verify runs first",
    )
    source.add_argument("--without-verdicts", action="store_true", help="draw at once, without colours")
    parser.add_argument("--out", metavar="FILE", help="the drawing, as .svg, .pdf or .png")
    parser.add_argument(
        "--links", metavar="PAGE", help="what a claim in the drawing links to, such as the page of w2s report"
    )
    parser.add_argument("--json", metavar="FILE", help="write the graph as JSON; - for standard output")


def run(arguments: argparse.Namespace) -> int:
    """Draw or write the graph; the exit code is that of the verification whose verdicts it shows.

    Raises InvalidInput where neither a drawing nor data are asked for, and for another kind of drawing.
    """
    from numeric.arrays.drawings import check_formats, drawn
    from numeric.arrays.files import write_atomically
    from proofs_checks.command_line.output import check_writable, write_json
    from proofs_checks.graph.model import graph_of
    from w2s_theory.errors import InvalidInput

    if not arguments.out and not arguments.json:
        raise InvalidInput("nothing to write; give --out FILE.svg, --json FILE, or both")
    for place in (arguments.out, arguments.json):
        check_writable(place)
    if arguments.out:
        from pathlib import Path

        suffix = Path(arguments.out).suffix.removeprefix(".")
        check_formats([suffix])
    claims, outcome = _claims_and_verdicts(arguments)
    graph = graph_of(claims, outcome)
    if arguments.out:
        from proofs_checks.graph.drawing import draw

        links = None if arguments.links is None else f"{arguments.links}#claim-"
        write_atomically(drawn(draw(graph, links), suffix), Path(arguments.out))
    if arguments.json:
        write_json(graph.as_json(), arguments.json)
    return outcome.exit_code if outcome else 0


def _claims_and_verdicts(arguments: argparse.Namespace) -> tuple[Sequence[Claim], Run | None]:
    """Return the claims to draw, those that they cite included, and the run whose verdicts they have."""
    from proofs_checks.command_line.claim_names import claims_named
    from proofs_checks.grounds import with_dependencies
    from proofs_checks.run import Run

    claims = with_dependencies(claims_named(arguments.claims, "--from FILE takes verdicts from a file"))
    if arguments.without_verdicts:
        return claims, None
    if arguments.results:
        outcome = Run.read(arguments.results)
        if outcome.cannot_repeat:
            print(f"w2s graph: {outcome.cannot_repeat}", file=sys.stderr)
        return claims, outcome
    outcome = verification.verified(
        arguments.claims,
        arguments.budget,
        arguments.seed,
        arguments.jobs,
        instead_of_file="--from FILE takes verdicts from a file",
    )
    if outcome.interrupted:
        raise KeyboardInterrupt
    return claims, outcome
