"""`w2s figure 2` to `w2s figure 5`: the options and the table of RF's loss figures."""

from __future__ import annotations

import argparse
from typing import Any

from numeric.figures.losses import LOSS_FIGURES, LossFigure
from proofs_checks.command_line.figures.shared import add_files, draw_and_save
from proofs_checks.command_line.random_feature_runs import add_backend, backend_of, student_width
from proofs_checks.command_line.subcommands import Subcommand

EXAMPLES = {
    "2": "w2s figure 2 --student-width 16384 --draws 5",
    "3": "w2s figure 3 --draws 20",
    "4": "w2s figure 4 --quick",
    "5": "w2s figure 5 --student-width 1024 4096 --draws 10",
}


def subcommand(number: str) -> Subcommand:
    """Return what the command line needs of a loss figure."""
    figure = LOSS_FIGURES[number]
    return Subcommand(
        figure.caption,
        EXAMPLES[number],
        configure=lambda parser: configure(parser, number, figure),
        run=lambda arguments: run(arguments, figure),
    )


def configure(parser: argparse.ArgumentParser, number: str, figure: LossFigure) -> None:
    """Declare the options; a figure with one student takes one width, others take several."""
    several = len(figure.student_widths) > 1
    students = [str(width or "inf") for width in figure.student_widths]
    parser.add_argument(
        "--student-width",
        default=students if several else students[0],
        nargs="+" if several else None,
        metavar="M",
        help=f"M_ST, an integer or inf (default {' '.join(students)}; RF's Figure 2 has 16384)",
    )
    parser.add_argument(
        "--teacher-width",
        type=int,
        nargs="+",
        default=list(figure.teacher_widths),
        metavar="M",
        help=f"M_TE, two or more (default {' '.join(map(str, figure.teacher_widths))})",
    )
    parser.add_argument("--draws", type=int, help="draws at each width (default 20, with --quick 4)")
    parser.add_argument("--quick", action="store_true", help="few draws, few times, students up to 2048")
    parser.add_argument("--seed", type=int, default=0, help="seed >= 0 (default 0)")
    add_files(parser, number)
    add_backend(parser)


def run(arguments: argparse.Namespace, figure: LossFigure) -> int:
    """Simulate the figure, write it and its data, and print the exponents."""
    several = isinstance(arguments.student_width, list)
    students = arguments.student_width if several else [arguments.student_width]
    options = figure.options(
        quick=arguments.quick,
        seed=arguments.seed,
        student_widths=[student_width(text) for text in students],
        teacher_widths=arguments.teacher_width,
        draws=arguments.draws,
        backend=backend_of(arguments),
    )
    return draw_and_save(arguments, lambda progress: figure.draw(options, progress), _show)


def _show(result: dict[str, Any]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(result["figure"]))
    for heading in ("series", "M_TE", "L_TE", "predicted", "min L_ST", "predicted"):
        table.add_column(heading, justify="right" if heading != "series" else "left")
    from proofs_checks.command_line.output import console

    terminal = console()
    lines = []
    for one in result["series"]:
        predicted = one["prediction"]
        columns = (one["teacher_width"], one["L_TE"], predicted["L_TE"], one["L_ST"], predicted["L_ST"])
        for width, *losses in zip(*columns, strict=True):
            table.add_row(Text(one["label"]), str(width), *(f"{loss:.5g}" for loss in losses))
        low, high = one["interval"]
        interval = "" if low is None else f", {one['confidence']:.0%} interval [{low:.4f}, {high:.4f}]"
        law = f"L_ST ~ L_TE^{one['exponent']:.4f}{interval}"
        lines.append(f"{one['label']}: {law}; predicted exponent {one['predicted_exponent']:.4f}")
    terminal.print(table)
    for line in lines:
        terminal.print(Text(line))


SUBCOMMANDS = {number: subcommand(number) for number in LOSS_FIGURES}
