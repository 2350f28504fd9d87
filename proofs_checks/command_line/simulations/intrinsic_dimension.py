"""`w2s simulate intrinsic-dimension`: least squares in two subspaces."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from proofs_checks.command_line.output import check_writable, console, write_json
from proofs_checks.command_line.random_feature_runs import add_backend, backend_of

if TYPE_CHECKING:
    from numeric.subspaces.pairs import SubspacePair

HELP = "weak and strong least squares in two subspaces of Gaussian inputs, beside the exact risks"
EXAMPLE = "w2s simulate intrinsic-dimension --n 80 --N 50 --d-s 12 --d-w 20 --d-sw 5 --sigma2 1 --trials 2000"
_FINITE_VARIANCE = 4
"""Points beyond the features from which a risk's variance is finite."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the dimensions, the points, the target and the number of trials."""
    parser.add_argument("--n", type=int, required=True, help="labelled points, n >= max(d_w, d_s) + 2")
    parser.add_argument("--N", type=int, required=True, help="pseudo-labelled points, N >= d_s + 2")
    parser.add_argument("--d-s", type=int, help="dimension of the strong features, >= 1")
    parser.add_argument("--d-w", type=int, help="dimension of the weak features, >= 1")
    parser.add_argument(
        "--d-sw",
        "--correlation-dimension",
        type=float,
        help="correlation dimension in [0, min(d_s, d_w)], not necessarily an integer",
    )
    parser.add_argument(
        "--cosines",
        nargs="+",
        type=float,
        metavar="C",
        help="instead of d_sw: cosines in [0, 1] of principal angles; the others are right angles",
    )
    parser.add_argument("--sigma2", type=float, default=1.0, help="variance of the label noise (default 1)")
    parser.add_argument(
        "--rho-s", type=float, default=0.0, help="target's mass off the strong span (default 0)"
    )
    parser.add_argument(
        "--rho-w", type=float, default=0.0, help="target's mass off the weak span (default 0)"
    )
    parser.add_argument(
        "--rho-both",
        type=float,
        default=0.0,
        help="part of rho_s and rho_w that is off both spans (default 0)",
    )
    parser.add_argument(
        "--spans",
        nargs=3,
        metavar=("STRONG.npy", "WEAK.npy", "TARGET.npy"),
        help="instead of dimensions and masses: column spans of two matrices (D, d), and a target (D,)",
    )
    parser.add_argument("--trials", type=int, default=2000, help="independent repetitions (default 2000)")
    parser.add_argument("--seed", type=int, default=0, help="seed >= 0 (default 0)")
    add_backend(parser)


def run(arguments: argparse.Namespace) -> int:
    """Simulate, print a table unless JSON goes to standard output, and write what was asked for."""
    from numeric.subspaces.risks import simulate_ridgeless
    from numeric.subspaces.summary import summarize_ridgeless

    check_writable(arguments.json)
    pair = _pair(arguments)
    numbers = pair.numbers(arguments.n, arguments.N, arguments.sigma2)
    runs = simulate_ridgeless(
        pair,
        arguments.n,
        arguments.N,
        arguments.sigma2,
        arguments.trials,
        arguments.seed,
        backend=backend_of(arguments),
    )
    spare = min(arguments.n - max(numbers.d_w, numbers.d_s), arguments.N - numbers.d_s)
    notes = []
    if spare < _FINITE_VARIANCE:
        notes.append(
            "with so few points beyond the features a risk has infinite variance: do not trust its standard error"
        )
    result: dict[str, Any] = {
        **summarize_ridgeless(runs, numbers),
        "notes": notes,
        "settings": dict(runs.attrs),
    }
    if arguments.json != "-":
        _show(result)
    if arguments.json:
        write_json(result, arguments.json)
    return 0


def _pair(arguments: argparse.Namespace) -> SubspacePair:
    """Return the subspaces of the files, or aligned ones of the dimensions asked for."""
    from numeric.subspaces.files import load_pair
    from numeric.subspaces.pairs import aligned_pair, angled_pair
    from w2s_theory.errors import InvalidInput

    dimensions = (arguments.d_s, arguments.d_w)
    angles = (arguments.d_sw, arguments.cosines)
    if arguments.spans:
        if any(value is not None for value in (*dimensions, *angles)):
            raise InvalidInput(
                "--spans and dimensions are both given; use --spans, or --d-s, --d-w and --d-sw"
            )
        return load_pair(*arguments.spans)
    if None in dimensions or angles.count(None) != 1:
        raise InvalidInput("no subspaces given; use --d-s, --d-w and one of --d-sw and --cosines, or --spans")
    masses = (arguments.rho_s, arguments.rho_w, arguments.rho_both)
    if arguments.cosines is None:
        return aligned_pair(*dimensions, arguments.d_sw, *masses)
    return angled_pair(*dimensions, arguments.cosines, *masses)


def _show(result: dict[str, Any]) -> None:
    from rich.table import Table
    from rich.text import Text

    settings = result["settings"]
    numbers = ", ".join(
        f"{name} = {value:.6g}" for name, value in settings.items() if name not in ("seed", "backend")
    )
    table = Table(title=Text(numbers))
    for heading in ("", "mean", "standard error", "exact", "published bound"):
        table.add_column(heading, justify="right" if heading else "left")
    for name, row in result.items():
        if name in ("notes", "settings"):
            continue
        columns = (row.get(key) for key in ("mean", "standard_error", "exact", "published_bound"))
        table.add_row(name, *("-" if value is None else f"{value:.6g}" for value in columns))
    terminal = console()
    terminal.print(table)
    for note in result["notes"]:
        terminal.print(Text(f"note: {note}"))
