"""How bounds and runs show in a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from proofs_checks.bounds.check_bound import BoundResult
from proofs_checks.evidence import ClaimResult
from proofs_checks.verify import Run


def bound_html(result: BoundResult) -> str:
    """Return the verdict on a bound, and the state that breaks it if there is one."""
    rows = {"verdict": str(result.verdict), "method": result.method, "domain": result.domain}
    return _table({**rows, **(result.witness or {}), **(result.values or {})})


def run_html(run: Run) -> str:
    """Return the verdicts of a verification, one row a claim."""
    return _table({result.claim.id: _verdict(result) for result in run.results})


def _verdict(result: ClaimResult) -> str:
    rejected = sum(item.rejected for item in result.falsifiers)
    return f"{result.verdict}; {rejected} of {len(result.falsifiers)} falsifiers rejected"


def _table(rows: Mapping[str, str]) -> str:
    cells = "".join(
        f'<tr><th style="text-align: left">{escape(name)}</th>'
        f'<td style="text-align: left">{escape(text)}</td></tr>'
        for name, text in rows.items()
    )
    return f"<table>{cells}</table>"
