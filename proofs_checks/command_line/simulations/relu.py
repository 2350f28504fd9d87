"""`w2s simulate relu`: random ReLU features on the sphere."""

from __future__ import annotations

import argparse

from proofs_checks.command_line import random_feature_runs
from proofs_checks.command_line.simulations import sphere

HELP = "random ReLU features on the unit sphere"
EXAMPLE = "w2s simulate relu --dimension 32 --teacher-width 128 --student-width inf --draws 20 --seed 0"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the dimension and what every random-feature simulation has."""
    sphere.add_dimension(parser)
    random_feature_runs.configure(parser, default_target="degree:1")
    parser.set_defaults(activation="relu")


def run(arguments: argparse.Namespace) -> int:
    """Simulate and report."""
    return sphere.run(arguments)
