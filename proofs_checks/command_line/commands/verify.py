"""`w2s verify`: run the checks and falsifiers of the claims, and show verdicts with their evidence."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from proofs_checks.evidence import ClaimResult, Tier
    from proofs_checks.verify import Run

HELP = "check every claim by every method, and reject every falsifier"
EXAMPLE = "w2s verify rf.thm4.1 --budget full"

TIERS = ("formal", "symbolic", "decision", "enclosure", "property", "simulation")
PLAIN_WIDTH = 132
STYLES = {"proved": "green", "certified": "green", "supported": "cyan", "refuted": "red", "crashed": "red"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("claims", nargs="*", metavar="CLAIM", help="claim ids; all claims if none is given")
    parser.add_argument(
        "--budget", choices=("quick", "full"), default="quick", help="time and cases per claim"
    )
    parser.add_argument(
        "--tier", action="append", choices=TIERS, help="only checks of this tier (repeatable)"
    )
    parser.add_argument("--seed", type=int, default=0, help="seed of the drawn cases (default 0)")
    parser.add_argument("--jobs", type=int, help="worker processes (default: one per core)")
    parser.add_argument("--json", metavar="FILE", help="write the results as JSON; - for standard output")


def run(arguments: argparse.Namespace) -> int:
    """Verify, print a table or JSON, and return the exit code."""
    from rich.console import Console

    from proofs_checks import claims as papers  # noqa: F401
    from proofs_checks.command_line.output import check_writable, write_json
    from proofs_checks.evidence import Tier
    from proofs_checks.verify import verify
    from w2s_theory.claims import all_claims, find_claim
    from w2s_theory.errors import InvalidInput

    if arguments.jobs is not None and arguments.jobs < 1:
        raise InvalidInput(f"--jobs {arguments.jobs}; allowed: 1 or more")
    check_writable(arguments.json)
    chosen = [find_claim(name) for name in dict.fromkeys(arguments.claims)] or list(all_claims())
    tiers = [Tier(name) for name in arguments.tier] if arguments.tier else _tiers_with_tools()
    with _progress_bar() as on_progress:
        outcome = verify(
            chosen,
            tiers=tiers,
            budget=arguments.budget,
            seed=arguments.seed,
            jobs=arguments.jobs,
            on_progress=on_progress,
        )
    if arguments.json != "-":
        _show(outcome, Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH))
    if arguments.json:
        write_json(outcome.as_json(), arguments.json)
    return outcome.exit_code


def _tiers_with_tools() -> list[Tier]:
    """Return the tiers that can run here, and say which cannot."""
    from proofs_checks.evidence import Tier
    from proofs_checks.rocq.compiler import Unavailable, find_coqc

    try:
        find_coqc()
    except Unavailable as missing:
        print(f"formal tier not run: {missing}", file=sys.stderr)
        return [tier for tier in Tier if tier is not Tier.FORMAL]
    return list(Tier)


@contextmanager
def _progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar with an estimate on standard error, if it is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("starting", total=None)
        yield lambda label, done, total: progress.update(bar, description=label, completed=done, total=total)


def _show(outcome: Run, console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(title="Claims, verdicts and evidence", title_justify="left", show_lines=False)
    table.add_column("claim", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    table.add_column("evidence", overflow="fold")
    table.add_column("seconds", justify="right", no_wrap=True)
    for result in outcome.results:
        verdict = _verdict_text(result)
        table.add_row(
            Text(result.claim.id, style="bold"), verdict, Text(result.claim.title, style="bold"), ""
        )
        for tier, found, text, seconds in _rows(result):
            table.add_row(Text(f"  {tier}"), Text(found, style=STYLES.get(found, "")), Text(text), seconds)
        table.add_section()
    console.print(table)
    console.print(_closing_line(outcome), highlight=False)


def _verdict_text(result: ClaimResult) -> str:
    style = "green" if result.holds else "red" if result.failed else "yellow"
    note = ", as expected" if result.holds and result.claim.expects_refutation else ""
    return f"[{style}]{result.verdict}{note}[/]"


def _rows(result: ClaimResult) -> Iterator[tuple[str, str, str, str]]:
    from proofs_checks.verify import summarize

    for item in result.evidence:
        text = f"{item.method}: {summarize(item.finding)}"
        if item.finding.witness and not result.claim.expects_refutation:
            text += "; witness: " + ", ".join(f"{k} = {v}" for k, v in item.finding.witness.items())
        yield str(item.tier), str(item.finding.verdict), text, f"{item.seconds:.2f}"
    for falsifier in result.falsifiers:
        state = "rejected" if falsifier.rejected else "ACCEPTED" if falsifier.run else "not run"
        yield "falsifier", state, falsifier.name, ""


def _closing_line(outcome: Run) -> str:
    results = outcome.results
    held = sum(result.holds for result in results)
    falsifiers = [item for result in results for item in result.falsifiers]
    rejected = sum(item.rejected for item in falsifiers)
    text = f"{held} of {len(results)} claims hold; {rejected} of {len(falsifiers)} falsifiers rejected"
    failed = [result.claim.id for result in results if result.failed]
    undecided = [result.claim.id for result in results if not result.holds and not result.failed]
    text += f"; failed: {', '.join(failed)}" if failed else ""
    text += f"; undecided: {', '.join(undecided)}" if undecided else ""
    text += f"; seed {outcome.seed}"
    return f"interrupted, partial results: {text}" if outcome.interrupted else text
