"""`w2s report`: the results of a verification as a page, Markdown, JSON or JUnit."""

from __future__ import annotations

import argparse
import io
import json
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from proofs_checks.report.model import Figure

HELP = "write a report: verdicts, derivations, evidence and figures on one page (or Markdown, JSON, JUnit)"
EXAMPLE = "w2s report --out report.html --from results.json"

INTERRUPTED = 130
FORMATS = ("html", "markdown", "json", "junit")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("claims", nargs="*", metavar="CLAIM", help="claim ids; all claims if none is given")
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
    parser.add_argument("--budget", choices=("quick", "full"), default="quick", help="of the verification")
    parser.add_argument(
        "--seed", type=int, default=0, help="of the verification and of quick figures (default 0)"
    )
    parser.add_argument("--jobs", type=int, help="worker processes (default: one per core)")


def run(arguments: argparse.Namespace) -> int:
    """Write the report; the exit code is that of the verification it shows."""
    from dataclasses import replace

    from proofs_checks.command_line.output import check_writable, write_text
    from proofs_checks.report.collect import collect, read_results
    from proofs_checks.report.render import RENDERERS
    from w2s_theory.errors import InvalidInput

    if arguments.results and arguments.claims:
        raise InvalidInput("claims are given with --from; a report from a file shows what the file holds")
    check_writable(arguments.out)
    results = read_results(arguments.results) if arguments.results else _verify(arguments)
    report = replace(collect(results), figures=_figures(arguments))
    write_text(RENDERERS[arguments.format](report), arguments.out)
    return report.exit_code


def _verify(arguments: argparse.Namespace) -> dict[str, Any]:
    """Return what `w2s verify --json -` prints; an interrupted run gives no report."""
    from proofs_checks.command_line.commands import verify

    chosen = {name: getattr(arguments, name) for name in ("claims", "budget", "seed", "jobs")}
    with redirect_stdout(io.StringIO()) as printed:
        code = verify.run(argparse.Namespace(**chosen, tier=None, json="-"))
    if code == INTERRUPTED:
        raise KeyboardInterrupt
    return {**json.loads(printed.getvalue()), "budget": arguments.budget}


def _figures(arguments: argparse.Namespace) -> tuple[Figure, ...]:
    from proofs_checks.report import drawings

    page = arguments.format == "html"
    wanted = arguments.figures or ("quick" if page and not arguments.results else "none")
    if wanted == "none":
        return ()
    return drawings.draw_quickly(arguments.seed) if wanted == "quick" else drawings.read_folder(wanted)
