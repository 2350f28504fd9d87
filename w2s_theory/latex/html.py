"""Claims and rates as HTML for a notebook: formulas in LaTeX, which Jupyter typesets, all other text escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any, Final

from sympy import Symbol

from w2s_theory.latex.printer import latex

if TYPE_CHECKING:
    from w2s_theory.claim import Claim
    from w2s_theory.rates.fixed_spectrum import RateStep
    from w2s_theory.rates.observables import Rates
    from w2s_theory.rates.width_scaling import Answer

_X: Final = Symbol("X", positive=True)


def claim_html(claim: Claim) -> str:
    """Return a claim's title, source, assumptions, statement and derivation."""
    return "\n".join(
        [
            f"<p><b>{escape(claim.title)}</b> <code>{escape(claim.id)}</code><br>",
            f"{escape(str(claim.source))} ({claim.provenance})</p>",
            _list("ul", map(escape, claim.assumptions)),
            *(_display(latex(part)) for part in claim.parts),
            "<details><summary>Derivation</summary>",
            _list(
                "ol", (f"{escape(step.text)} {_display(latex(step.relation))}" for step in claim.derivation)
            ),
            "</details>",
        ]
    )


def rates_html(rates: Rates) -> str:
    """Return the orders of all observables."""
    return "\n".join(
        _display(rf"{latex(symbol)} \sim {_order(order, rates.parameter)}")
        for symbol, order in rates.orders.items()
    )


def answer_html(answer: Answer) -> str:
    """Return the order asked for, in X (the teacher's width, or what it is measured in), and why it is so."""
    steps = _list("ol", map(_step, answer.rates.steps))
    verdict = f"<p>{escape(answer.verdict)} by a ladder of widths</p>"
    return _display(rf"\sim {_order(answer.order, _X)}") + verdict + steps


def _order(order: Any, parameter: Any) -> str:
    return latex(order.expression(parameter))


def _step(step: RateStep) -> str:
    sign = "=" if step.basis == "exact" else r"\sim"
    relation = f"{latex(step.relation.lhs)} {sign} {latex(step.relation.rhs)}"
    return f"{escape(step.text)} {_display(relation)} {step.basis}: {escape(step.reason)}"


def _list(tag: str, items: Iterable[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"


def _display(source: str) -> str:
    return rf"<div>\[{escape(source)}\]</div>"
