"""`w2s figure 4`: RF, Figure 4, ReLU in three dimensions."""

from __future__ import annotations

import argparse

from proofs_checks.command_line import loss_figures

HELP = "RF, Figure 4: ReLU, a linear target, d = 16, 32, 64"
EXAMPLE = "w2s figure 4 --quick"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of a loss figure."""
    loss_figures.configure(parser, 4)


def run(arguments: argparse.Namespace) -> int:
    """Simulate and draw."""
    from numeric.random_features.sphere import SphereFeatures
    from proofs_checks.command_line.random_feature_runs import backend_of
    from w2s_theory.sphere.activations import RELU

    backend = backend_of(arguments)
    width = loss_figures.width_of(arguments.student_width, arguments.quick)
    families = {dimension: SphereFeatures(RELU, dimension, backend) for dimension in (16, 32, 64)}
    panels = [
        loss_figures.Panel(f"d = {dimension}", loss_figures.at_every_width(family), "degree:1", width)
        for dimension, family in families.items()
    ]
    return loss_figures.run(arguments, f"ReLU, linear target, {loss_figures.student_label(width)}", panels)
