"""`w2s verify`: run the checks and falsifiers of the claims, and show verdicts with their evidence."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from proofs_checks.command_line import sensitivity, verification
from w2s_theory.verdict import Verdict

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from proofs_checks.results import ClaimResult
    from proofs_checks.run import Run

HELP = "check every claim by every method, and reject every falsifier"
EXAMPLE = "w2s verify rf.thm4.1 --budget full"

TIERS = ("formal", "symbolic", "decision", "enclosure", "property", "simulation")
PLAIN_WIDTH = 132
STYLES: dict[str, str] = {
    Verdict.PROVED: "green",
    Verdict.CERTIFIED: "green",
    Verdict.SUPPORTED: "cyan",
    Verdict.REFUTED: "red",
    Verdict.CRASHED: "red",
}
STATES = {True: "rejected", False: "ACCEPTED", None: "not run"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    verification.configure(parser)
    parser.add_argument(
        "--tier", action="append", choices=TIERS, help="only checks of this tier (repeatable)"
    )
    parser.add_argument(
        "--sensitivity",
        action="store_true",
        help="instead, change every number, sign, comparison and argument of each part, and say which changes are rejected",
    )
    parser.add_argument("--json", metavar="FILE", help="write the results as JSON; - for standard output")


def run(arguments: argparse.Namespace) -> int:
    """Verify, print a table or JSON, and return the exit code."""
    from proofs_checks.command_line.output import check_writable, console, write_json

    check_writable(arguments.json)
    if arguments.sensitivity:
        return sensitivity.run(arguments)
    outcome = verification.verified(
        arguments.claims, arguments.budget, arguments.seed, arguments.jobs, arguments.tier
    )
    if arguments.json != "-":
        _show(outcome, console(width=None if sys.stdout.isatty() else PLAIN_WIDTH))
    if arguments.json:
        write_json(outcome.as_json(), arguments.json)
    return outcome.exit_code


def _show(outcome: Run, terminal: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(title="Claims, verdicts and evidence", title_justify="left", show_lines=False)
    table.add_column("claim", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    table.add_column("evidence", overflow="fold")
    table.add_column("seconds", justify="right", no_wrap=True)
    for result in outcome.results:
        verdict = _verdict_text(result)
        table.add_row(Text(result.id, style="bold"), verdict, Text(result.title, style="bold"), "")
        for tier, found, text, seconds in _rows(result):
            table.add_row(Text(f"  {tier}"), Text(found, style=STYLES.get(found, "")), Text(text), seconds)
        table.add_section()
    terminal.print(table)
    terminal.print(_closing_line(outcome), highlight=False)


def _verdict_text(result: ClaimResult) -> Text:
    from rich.text import Text

    style = "green" if result.holds else "red" if result.failed else "yellow"
    note = ", as expected" if result.holds and result.expects_refutation else ""
    return Text(f"{result.verdict}{note}", style=style)


def _rows(result: ClaimResult) -> Iterator[tuple[str, str, str, str]]:
    for item in result.evidence:
        text = item.text
        if item.finding.witness and not result.expects_refutation:
            text += "; witness: " + ", ".join(f"{k} = {v}" for k, v in item.finding.witness.items())
        yield str(item.tier), str(item.concluded.verdict), text, f"{item.seconds:.2f}"
    if not result.evidence:
        yield "", str(Verdict.NOT_RUN), result.problem, ""
    for falsifier in result.falsifiers:
        state = STATES[falsifier.rejected]
        yield "falsifier", state, falsifier.name, ""


def _closing_line(outcome: Run) -> str:
    failed = [result.id for result in outcome.results if result.failed]
    undecided = [result.id for result in outcome.results if not result.holds and not result.failed]
    text = outcome.summary
    text += f"; failed: {', '.join(failed)}" if failed else ""
    text += f"; undecided: {', '.join(undecided)}" if undecided else ""
    return f"{text}; seed {outcome.seed}"
