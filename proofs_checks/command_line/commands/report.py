"""`w2s report`: the results of a verification as a page, Markdown, JSON or JUnit."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from proofs_checks.command_line import verification

if TYPE_CHECKING:
    from proofs_checks.report.model import Figure
    from proofs_checks.run import Run

HELP = "write a report: verdicts, derivations, evidence and figures on one page (or Markdown, JSON, JUnit)"
EXAMPLE = "w2s report --out report.html --from results.json"

FORMATS = ("html", "markdown", "json", "junit")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    verification.configure(parser)
    parser.add_argument("--out", metavar="FILE", default="-", help="where it goes (default: standard output)")
    parser.add_argument(
        "--from",
        metavar="FILE",
        dest="results",
        help="results of w2s verify --json; verifies first without it",
    )
    parser.add_argument("--format", choices=FORMATS, default="html", help="default html")
    parser.add_argument(
        "--figures",
        metavar="FOLDER",
        help="the SVG files there, or quick (draw each now at its quick setting) or none; "
        "default: quick for a page that verifies first, none otherwise",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the report; the exit code is that of the verification it shows.

    Raises InvalidInput for claims beside a file of results, and KeyboardInterrupt where the verification is interrupted.
    """
    from proofs_checks.command_line.output import check_writable, write_text
    from proofs_checks.report.collect import collect
    from proofs_checks.report.render import RENDERERS
    from proofs_checks.run import Run
    from w2s_theory.errors import InvalidInput

    if arguments.results and arguments.claims:
        raise InvalidInput("claims are given with --from; a report from a file shows what the file holds")
    check_writable(arguments.out)
    outcome = Run.read(arguments.results) if arguments.results else _verified(arguments)
    report = collect(outcome, _figures(arguments))
    if outcome.cannot_repeat:
        print(f"w2s report: {outcome.cannot_repeat}", file=sys.stderr)
    write_text(RENDERERS[arguments.format](report), arguments.out)
    return outcome.exit_code


def _verified(arguments: argparse.Namespace) -> Run:
    """Return a verification's results; an interrupted one gives no report."""
    outcome = verification.verified(
        arguments.claims,
        arguments.budget,
        arguments.seed,
        arguments.jobs,
        instead_of_file="--from FILE reports on the results in a file",
    )
    if outcome.interrupted:
        raise KeyboardInterrupt
    return outcome


def _figures(arguments: argparse.Namespace) -> tuple[Figure, ...]:
    from numeric.figures.catalogue import FIGURES
    from proofs_checks.command_line.progress import progress
    from proofs_checks.report import drawings

    page = arguments.format == "html"
    wanted = arguments.figures or ("quick" if page and not arguments.results else "none")
    if wanted == "none":
        return ()
    if wanted != "quick":
        return drawings.read_folder(wanted)
    with progress("figures", len(FIGURES)) as advance:
        return drawings.draw_quickly(arguments.seed, advance)
