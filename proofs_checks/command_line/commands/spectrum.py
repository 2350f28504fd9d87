"""`w2s spectrum`: sphere coefficients of an activation, their eigenvalues, and their derivation."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from proofs_checks.command_line.sphere_tables import SphereTable
    from w2s_theory.sphere.activations import Activation

HELP = "Funk-Hecke coefficients, eigenvalues and multiplicities of an activation on the sphere"
EXAMPLE = "w2s spectrum relu --dimension 32 --degrees 0:8 --digits 30"

MAX_DEGREE = 100_000
MAX_DIGITS = 1000


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "activation",
        help="step, relu, relu2, abs, identity, leaky:SLOPE, monomial:DEGREE, or an expression in t such as"
        " 'max(t,0)*exp(-t**2)' (rigorous quadrature)",
    )
    parser.add_argument("--dimension", type=int, required=True, help="d >= 2; the sphere is in R^d")
    parser.add_argument("--degrees", default="0:8", help="FIRST:LAST, both included, or one (default 0:8)")
    parser.add_argument("--digits", type=int, default=15, help="significant digits (default 15)")
    parser.add_argument("--exact", action="store_true", help="print p/q where the number is rational")
    parser.add_argument("--symbolic", action="store_true", help="show and re-check closed forms in d and k")
    parser.add_argument("--plot", metavar="FILE", help="draw lambda_k against k: .png, .pdf or .svg")
    parser.add_argument("--json", metavar="FILE", help="write the table as JSON; - for standard output")


def run(arguments: argparse.Namespace) -> int:
    """Print the table, and the derivation if asked for.

    Returns 1 if a derivation step does not re-check, 3 if quadrature did not reach the digits asked for. Raises
    InvalidInput for options out of range, and for a closed form of an activation that has none.
    """
    from proofs_checks.command_line import sphere_tables
    from proofs_checks.command_line.output import write_json
    from w2s_theory.errors import InvalidInput
    from w2s_theory.sphere.harmonics import check_dimension

    dimension, digits = int(check_dimension(arguments.dimension)), arguments.digits
    degrees = _degrees(arguments.degrees)
    if not 1 <= digits <= MAX_DIGITS:
        raise InvalidInput(f"--digits is {digits}; it must be from 1 to {MAX_DIGITS}")
    activation = _named(arguments.activation)
    symbolic = None
    if activation is not None:
        table = sphere_tables.closed_form_table(activation, dimension, degrees, digits, arguments.exact)
        symbolic = sphere_tables.symbolic_summary(activation) if arguments.symbolic else None
    elif arguments.exact or arguments.symbolic:
        raise InvalidInput(
            f"{arguments.activation!r} has no closed form; --exact and --symbolic need a named activation"
        )
    else:
        table = sphere_tables.quadrature_table(arguments.activation, dimension, degrees, digits)
    if arguments.plot:
        _plot(table, arguments.activation, dimension, arguments.plot)
    if arguments.json != "-":
        _show(table, arguments.activation, dimension, symbolic)
    if arguments.json:
        write_json(_as_data(table, arguments.activation, dimension, symbolic), arguments.json)
    if symbolic is not None and not all(step["holds"] for step in symbolic["derivation"]):
        return 1
    return 0 if table.reached else 3


def _degrees(text: str) -> range:
    from w2s_theory.errors import InvalidInput

    match = re.fullmatch(r"(\d{1,9})(?::(\d{1,9}))?", text)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if not first <= last <= MAX_DEGREE:
        raise InvalidInput(
            f"--degrees is {text!r}; write FIRST:LAST, such as 0:8, with 0 <= FIRST <= LAST <= {MAX_DEGREE}"
        )
    return range(first, last + 1)


def _named(text: str) -> Activation | None:
    """Return the activation of this name, or None where the text is an expression; t alone is one."""
    from w2s_theory.sphere.activations import named_activation

    is_name = text != "t" and re.fullmatch(r"[A-Za-z_]\w*(:.*)?", text)
    return named_activation(text) if is_name else None


def _as_data(
    table: SphereTable, activation: str, dimension: int, symbolic: dict[str, Any] | None
) -> dict[str, Any]:
    data: dict[str, Any] = {
        "activation": activation,
        "dimension": dimension,
        "degrees": table.degrees,
        "coefficients": table.coefficients,
        "eigenvalues": table.eigenvalues,
        "multiplicities": table.multiplicities,
    }
    if table.error_bounds is not None:
        data["error_bounds"] = table.error_bounds
    if symbolic is not None:
        data["symbolic"] = symbolic
    return data


def _show(table: SphereTable, activation: str, dimension: int, symbolic: dict[str, Any] | None) -> None:
    from rich.table import Table
    from rich.text import Text

    from proofs_checks.command_line.output import console

    terminal = console()
    columns: dict[str, Any] = {"k": table.degrees, "s_k": table.coefficients}
    if table.error_bounds is not None:
        columns["error at most"] = table.error_bounds
    columns |= {"lambda_k = s_k^2": table.eigenvalues, "N(d,k)": table.multiplicities}
    shown = Table(title=Text(f"{activation} on the unit sphere, d = {dimension}"))
    for heading in columns:
        shown.add_column(heading, justify="right", overflow="fold")
    for row in zip(*columns.values(), strict=True):
        shown.add_row(*map(str, row))
    terminal.print(shown)
    if not table.reached:
        terminal.print("fewer digits than asked for; quadrature could show no smaller error bounds")
    for line in _symbolic_lines(symbolic) if symbolic is not None else ():
        terminal.print(Text(line))


def _symbolic_lines(symbolic: dict[str, Any]) -> list[str]:
    lines = [
        f"s_k = {symbolic['coefficient']}",
        f"E act(<u,x>) act(<v,x>) = {symbolic['kernel']}",
        f"sum_k N(d,k) s_k^2 = {symbolic['trace']}",
    ]
    decay = symbolic["decay"]
    if decay is not None:
        lines.append(f"s_k^2 ~ {decay['constant']} * k**-({decay['exponent']}), {decay['degrees']} k")
    for number, step in enumerate(symbolic["derivation"], start=1):
        verdict = "re-checked" if step["holds"] else "NOT re-checked"
        lines.append(f"{number:2}. {step['text']}  [{verdict}]")
    return lines


def _plot(table: SphereTable, activation: str, dimension: int, destination: str) -> None:
    from pathlib import Path

    from w2s_theory.errors import InvalidInput

    if Path(destination).suffix not in {".png", ".pdf", ".svg"}:
        raise InvalidInput(f"--plot {destination!r} has no known format; end it in .png, .pdf or .svg")
    import math

    from matplotlib.figure import Figure
    from sympy import Rational

    points = [
        (k, math.log10(abs(Rational(value))))
        for k, value in zip(table.degrees, table.eigenvalues, strict=True)
        if Rational(value) != 0
    ]
    figure = Figure(figsize=(5, 3.5), layout="constrained")
    axes = figure.add_subplot()
    axes.plot([k for k, _ in points], [height for _, height in points], "o", markersize=4)
    axes.set(xlabel="degree k", ylabel=r"$\log_{10} \lambda_k$", title=f"{activation}, d = {dimension}")
    try:
        figure.savefig(destination)
    except OSError as error:
        raise InvalidInput(f"cannot write {destination!r}: {error.strerror}; give a writable file") from error
