"""`w2s rate`: the order of growth of an observable, derived, and corroborated on a ladder of widths."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from w2s_theory.verdict import Verdict

if TYPE_CHECKING:
    from mpmath import mpf
    from sympy import Expr

    from w2s_theory.rates.width_scaling import Answer

HELP = "derive how losses scale with the teacher's width, constants included, and check it numerically"
EXAMPLE = 'w2s rate "L_ST/L_TE**2" --spectrum two-level --scaling "d = M**(3/2), psi = d**(-2/3)"'

DESCRIPTION = """\
Observables: L_TE, L_ST (its minimum over the stopping time), PGR, kappa, kappa_S, optimal_time, M; also d,
psi, k, c and alpha where they occur. A result c M^a (log M)^b means that the ratio tends to 1. An
exponential spectrum is measured in exp(M), whose logarithm is M; with --in, log stands for |log|.
Everything is under Gaussian universality. Symbols are given values on the ladder only.
"""
MEANINGS = {
    Verdict.SUPPORTED: "supported by the ladder",
    Verdict.REFUTED: "REFUTED: the ladder contradicts the derivation",
    Verdict.UNDECIDED: "undecided: the ladder has not settled",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.description = f"{HELP}. {DESCRIPTION}"
    parser.add_argument("expression", help='in the observables, such as "L_ST/L_TE**2"')
    parser.add_argument(
        "--in", dest="measured_in", metavar="EXPR", help="measure in this, such as L_TE, instead of M"
    )
    parser.add_argument(
        "--spectrum",
        required=True,
        help="two-level, power:ALPHA[,AMPLITUDE], exponential:RATE[,AMPLITUDE] or sphere:ACTIVATION",
    )
    parser.add_argument("--scaling", help="how d, psi and k move with M: 'd = M**(3/2), psi = d**(-2/3)'")
    parser.add_argument(
        "--dimension", metavar="D", help="fixed dimension of the sphere (default: a symbol d)"
    )
    parser.add_argument(
        "--target",
        help="degree:K (sphere) or level:K (others), or a split: 'degree:1=1/2,degree:2=1/2' (default K = 1)",
    )
    parser.add_argument("--json", metavar="FILE", help="write the rate as JSON; - for standard output")


def run(arguments: argparse.Namespace) -> int:
    """Print the rate, its derivation and its ladder.

    Returns 1 if the ladder refutes the derivation and 3 if the ladder does not settle.
    """
    from proofs_checks.command_line.output import write_json
    from proofs_checks.command_line.rate_words import expression_symbols, read_teacher
    from w2s_theory.notation.expressions import parse

    teacher = read_teacher(arguments.spectrum, arguments.target, arguments.scaling, arguments.dimension)
    names = expression_symbols(teacher, arguments.dimension)
    expression = parse(arguments.expression, names)
    measured_in = None if arguments.measured_in is None else parse(arguments.measured_in, names)
    answer = teacher.answer(expression, measured_in)
    parameter = teacher.asymptotics.parameter if measured_in is None else measured_in
    if arguments.json != "-":
        _show(answer, expression, parameter)
    if arguments.json:
        write_json(_as_data(answer, arguments.expression, parameter), arguments.json)
    return answer.verdict.exit_code


def _as_data(answer: Answer, expression: str, parameter: Expr) -> dict[str, Any]:
    order = answer.order
    checks = [
        {
            "M": _number(reading.width),
            "value": _number(reading.value),
            "ratio": float(reading.ratio),
            **({"at": {str(symbol): str(value) for symbol, value in values.items()}} if values else {}),
        }
        for values, check in answer.checks
        for reading in check.readings
    ]
    return {
        "expression": expression,
        "parameter": str(parameter),
        "power": _exact(order.power),
        "log_power": _exact(order.log_power),
        "constant": str(order.constant),
        "constant_numeric": None if order.constant.free_symbols else float(order.constant),
        "numeric_check": checks,
        "verdict": answer.verdict,
    }


def _exact(value: Expr) -> int | str:
    return int(value) if value.is_Integer else str(value)


def _number(value: mpf) -> float | str:
    """Return a JSON number where a double holds it, else its decimal form as text."""
    from mpmath import nstr

    number = float(value) if 1e-300 < abs(value) < 1e300 or value == 0 else None
    return nstr(value, 15) if number is None else number


def _show(answer: Answer, expression: Expr, parameter: Expr) -> None:
    from rich.table import Table

    from proofs_checks.command_line.output import console

    terminal = console()
    terminal.print("Derivation (a ~ b: the ratio tends to 1)", style="bold")
    for number, step in enumerate(answer.rates.steps, start=1):
        relates = "=" if step.basis == "exact" else "~"
        terminal.print(f"{number}. {step.text}")
        terminal.print(f"      {step.relation.lhs} {relates} {step.relation.rhs}", style="cyan")
        terminal.print(f"      {step.basis.value}: {step.reason}", style="dim")
    for values, check in answer.checks:
        at = ", ".join(f"{symbol} = {value}" for symbol, value in values.items())
        ladder = Table(title=f"Ladder {at}".rstrip(), title_justify="left")
        for heading in ("M", "value", "value / derived"):
            ladder.add_column(heading, justify="right")
        for reading in check.readings:
            ladder.add_row(
                _decimal(reading.width, 6), _decimal(reading.value, 10), _decimal(reading.ratio, 12)
            )
        terminal.print(ladder)
        terminal.print(
            f"extrapolated: power {check.power.value:.9g}, log power {check.log_power.value:.6g},"
            f" ratio {check.ratio.value:.9g}: {check.verdict}"
        )
    if answer.oscillation:
        terminal.print(
            f"constant up to log-periodic oscillations of at most {answer.oscillation:.1e}, relatively"
        )
    terminal.print(f"{expression} ~ {_rate(answer, parameter)}", style="bold")
    terminal.print(MEANINGS[answer.verdict])


def _rate(answer: Answer, parameter: Expr) -> str:
    from sympy import log

    order, logarithm = answer.order, log(parameter)
    factors = [f"({order.constant})"]
    if order.power != 0:
        factors.append(f"({parameter})^({order.power})")
    if order.log_power != 0:
        factors.append(f"|{logarithm}|^({order.log_power})")
    numeric = "" if order.constant.free_symbols else f"   (constant {float(order.constant):.10g})"
    return " ".join(factors) + numeric


def _decimal(value: mpf, digits: int) -> str:
    from mpmath import nstr

    return str(nstr(value, digits))
