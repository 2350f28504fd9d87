"""`w2s verify --sensitivity`: the smallest change of each part that its checks reject, and the changes that survive."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

    from proofs_checks.sensitivity.fates import Sensitivity

MOST = {"quick": 8, "full": None}
"""How many numbers, signs, comparisons and arguments of a part are changed, by budget; None for all."""
PLAIN_WIDTH = 132


def run(arguments: argparse.Namespace) -> int:
    """Examine the twins of the claims, print a table or JSON, and return the exit code: 1 where a change survives.

    Raises InvalidInput for an unknown claim and for fewer than one process.
    """
    from proofs_checks import claims as evidence  # noqa: F401
    from proofs_checks.budgets import BUDGETS
    from proofs_checks.command_line.claim_names import claims_named
    from proofs_checks.command_line.output import console, write_json
    from proofs_checks.command_line.progress import bar
    from proofs_checks.command_line.verification import tiers_with_tools
    from proofs_checks.evidence import Tier
    from proofs_checks.sensitivity.examination import examine
    from w2s_theory.errors import InvalidInput

    if arguments.jobs is not None and arguments.jobs < 1:
        raise InvalidInput(f"--jobs {arguments.jobs}; allowed: 1 or more")
    chosen = claims_named(arguments.claims, "--json FILE writes what --sensitivity finds")
    tiers = [Tier(name) for name in arguments.tier] if arguments.tier else tiers_with_tools()
    with bar("starting") as update:
        found = examine(
            chosen,
            tiers=tiers,
            most=MOST[arguments.budget],
            examples=BUDGETS["quick"].examples,
            seed=arguments.seed,
            jobs=arguments.jobs,
            on_progress=lambda label, done, total: update(description=label, completed=done, total=total),
        )
    if arguments.json != "-":
        terminal = console(width=None if sys.stdout.isatty() else PLAIN_WIDTH)
        terminal.print(_table(found))
        for line in _lines(found):
            terminal.print(line, highlight=False)
    if arguments.json:
        write_json(found.as_json(), arguments.json)
    return found.exit_code


def _table(found: Sensitivity) -> Table:
    from rich.table import Table
    from rich.text import Text

    from proofs_checks.sensitivity.fates import rejected_of, smallest
    from proofs_checks.sensitivity.twins import Change

    table = Table(title="Wrong twins of each part that are rejected", title_justify="left")
    table.add_column("part", no_wrap=True)
    table.add_column("smallest change rejected, and by which tiers", overflow="fold")
    for change in Change:
        table.add_column(str(change), no_wrap=True, justify="right")
    for part_id, fates in found.parts:
        cells = (rejected_of(fates, change) for change in Change)
        table.add_row(
            Text(part_id, style="bold"),
            smallest(fates),
            *(f"{rejected}/{wrong}" if wrong else "" for rejected, wrong in cells),
        )
    return table


def _lines(found: Sensitivity) -> list[str]:
    """Return the counts by kind of change, and a line for each survivor and for each twin excused by hand."""
    from proofs_checks.sensitivity.fates import counts
    from proofs_checks.sensitivity.twins import Change
    from w2s_theory.relations import as_text

    lines = list(found.notes)
    for change in Change:
        numbers = counts(found.fates, change)
        if any(numbers.values()):
            lines.append(
                f"{change}: rejected by two tiers {numbers['two']}, by one {numbers['one']}, by none "
                f"{numbers['none']}; as true as the part {numbers['true']}"
            )
    for fate in found.survivors:
        how = f"PROVED by {', '.join(fate.accepted_by)}" if fate.accepted_by else "survives"
        lines.append(f"{how}: {fate.part_id}, {fate.twin.name}: {as_text(fate.twin.relation)}")
    return lines
