"""`w2s simulate`: teachers and students of one setting, with the prediction beside them."""

from __future__ import annotations

import argparse

from proofs_checks.command_line import simulations
from proofs_checks.command_line.subcommands import add_subcommands, subcommands_in

HELP = "exact population losses of simulated teachers and students, and what theory predicts"
EXAMPLE = "w2s simulate relu --dimension 32 --teacher-width 128 --student-width inf --draws 20 --seed 0"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare one subcommand a kind of simulation."""
    add_subcommands(parser, subcommands_in(simulations))


def run(arguments: argparse.Namespace) -> int:
    """Run the chosen kind."""
    return int(arguments.run_subcommand(arguments))
