"""What the figures' commands share: where files go, and what is printed in the end."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from proofs_checks.command_line.output import check_writable, write_json
from proofs_checks.command_line.progress import progress

if TYPE_CHECKING:
    from numeric.figures.drawn import DrawnFigure, Progress


def add_files(parser: argparse.ArgumentParser, name: str) -> None:
    """Declare --out and --format; the default prefix is figure-NAME."""
    parser.add_argument("--out", metavar="PREFIX", default=f"figure-{name}", help="where files go")
    parser.add_argument("--format", nargs="+", default=["png", "svg", "pdf"], help="png, svg, pdf")


def draw_and_save(
    arguments: argparse.Namespace,
    draw: Callable[[Progress], DrawnFigure],
    show: Callable[[dict[str, Any]], None],
) -> int:
    """Draw, write the files and the JSON, and print what `show` prints unless JSON goes to standard output."""
    from numeric.arrays.drawings import check_formats

    check_writable(arguments.json)
    check_formats(arguments.format)
    to_screen = arguments.json != "-"
    figure = draw(partial(progress, show=to_screen))
    result = {**figure.shown, "files": figure.save(arguments.out, arguments.format)}
    if to_screen:
        show(result)
        print("wrote " + ", ".join(result["files"]))
    if arguments.json:
        write_json(result, arguments.json)
    return 0
