"""`w2s figure 2`: RF, Figure 2, ReLU in dimension 32."""

from __future__ import annotations

import argparse

from proofs_checks.command_line import loss_figures

HELP = "RF, Figure 2: ReLU, d = 32, a linear target, the power law of the best student"
EXAMPLE = "w2s figure 2 --student-width 16384 --draws 5"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of a loss figure."""
    loss_figures.configure(parser, 2)


def run(arguments: argparse.Namespace) -> int:
    """Simulate and draw."""
    from numeric.random_features.sphere import SphereFeatures
    from proofs_checks.command_line.random_feature_runs import backend_of
    from w2s_theory.sphere.activations import RELU

    family = SphereFeatures(RELU, 32, backend_of(arguments))
    width = loss_figures.width_of(arguments.student_width, arguments.quick)
    label = loss_figures.student_label(width)
    panel = loss_figures.Panel(label, loss_figures.at_every_width(family), "degree:1", width)
    return loss_figures.run(arguments, f"ReLU, d = 32, linear target, {label}", [panel])
