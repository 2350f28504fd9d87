"""`w2s figure`: a paper's figure from fresh simulations, with the prediction overlaid."""

from __future__ import annotations

import argparse

from proofs_checks.command_line.figures import intrinsic_dimension, losses, reverse_cross_entropy
from proofs_checks.command_line.subcommands import Subcommand, add_subcommands

HELP = "reproduce a paper's figure: drawing, data as netCDF and CSV, prediction overlaid"
EXAMPLE = "w2s figure 2 --student-width inf --draws 20 --out figure-2"

SUBCOMMANDS = {
    **losses.SUBCOMMANDS,
    "intrinsic-dimension": Subcommand.of(intrinsic_dimension),
    "reverse-cross-entropy": Subcommand.of(reverse_cross_entropy),
}
"""The options of every figure in `numeric.figures.catalogue`, by the same name."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare one subparser a figure."""
    add_subcommands(parser, SUBCOMMANDS)


def run(arguments: argparse.Namespace) -> int:
    """Draw the chosen figure."""
    return int(arguments.run_subcommand(arguments))
