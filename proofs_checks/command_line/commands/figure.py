"""`w2s figure`: a paper's figure from fresh simulations, with the prediction overlaid."""

from __future__ import annotations

import argparse

from proofs_checks.command_line import figures
from proofs_checks.command_line.subcommands import add_kinds

HELP = "reproduce a paper's figure: drawing, data as netCDF and CSV, prediction overlaid"
EXAMPLE = "w2s figure 2 --student-width inf --draws 20 --out figure-2"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare one subparser a figure."""
    add_kinds(parser, figures)


def run(arguments: argparse.Namespace) -> int:
    """Draw the chosen figure."""
    return int(arguments.run_kind(arguments))
