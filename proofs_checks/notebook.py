"""How claims, verdicts, bounds, spectra and rates show in a notebook: `%load_ext proofs_checks.notebook`.

Formulas are LaTeX, which Jupyter typesets; all other text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, Final

from sympy import Symbol

from proofs_checks.bounds import BoundResult
from proofs_checks.evidence import ClaimResult
from proofs_checks.verify import Run
from w2s_theory.claims import Claim
from w2s_theory.latex import latex
from w2s_theory.problems import Answer
from w2s_theory.rates import Rates
from w2s_theory.regimes import Basis, RateStep

_X: Final = Symbol("X", positive=True)


def load_ipython_extension(shell: Any) -> None:
    """Register the displays with an IPython shell; IPython calls this for `%load_ext`."""
    html = shell.display_formatter.formatters["text/html"]
    for kind, show in (
        (Claim, claim_html),
        (BoundResult, bound_html),
        (Run, run_html),
        (Rates, rates_html),
        (Answer, answer_html),
    ):
        html.for_type(kind, show)


def claim_html(claim: Claim) -> str:
    """Return a claim's title, source, assumptions, statement and the sentences of its derivation."""
    return "\n".join(
        [
            f"<p><b>{escape(claim.title)}</b> <code>{escape(claim.id)}</code><br>",
            f"{escape(str(claim.source))} ({claim.provenance})</p>",
            _list("ul", map(escape, claim.assumptions)),
            *map(_display, claim.parts),
            "<details><summary>Derivation</summary>",
            _list("ol", (f"{escape(step.text)} {_display(step.relation)}" for step in claim.derivation)),
            "</details>",
        ]
    )


def bound_html(result: BoundResult) -> str:
    """Return the verdict on a bound, and the state that breaks it if there is one."""
    rows = {"verdict": str(result.verdict), "method": result.method, "domain": result.domain}
    return _table({**rows, **(result.witness or {}), **(result.values or {})})


def run_html(run: Run) -> str:
    """Return the verdicts of a verification, one row a claim."""
    return _table({result.claim.id: _verdict(result) for result in run.results})


def rates_html(rates: Rates) -> str:
    """Return the orders of all observables."""
    return "\n".join(
        _as_mathematics(rf"{latex(symbol)} \sim {latex(order.expression(rates.parameter))}")
        for symbol, order in rates.orders.items()
    )


def answer_html(answer: Answer) -> str:
    """Return the order asked for, in X (the teacher's width, or what it is measured in), and why it is so."""
    order = _as_mathematics(rf"\sim {latex(answer.order.expression(_X))}")
    steps = _list("ol", map(_step, answer.rates.steps))
    return f"{order}<p>{escape(answer.verdict)} by a ladder of widths</p>{steps}"


def _step(step: RateStep) -> str:
    sign = "=" if step.basis == Basis.EXACT else r"\sim"
    relation = f"{latex(step.relation.lhs)} {sign} {latex(step.relation.rhs)}"
    return f"{escape(step.text)} {_as_mathematics(relation)} {step.basis}: {escape(step.reason)}"


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


def _list(tag: str, items: Iterable[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"


def _display(relation: Any) -> str:
    return _as_mathematics(latex(relation))


def _as_mathematics(source: str) -> str:
    return rf"<div>\[{escape(source)}\]</div>"
