"""`w2s figure 5`: RF, Figure 5, ReLU with narrower students."""

from __future__ import annotations

import argparse

from proofs_checks.command_line import loss_figures

HELP = "RF, Figure 5: ReLU, d = 32, a linear target, narrower students"
EXAMPLE = "w2s figure 5 --student-width 1024 4096 --draws 10"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of a loss figure."""
    loss_figures.configure(parser, 5, student_widths=("1024", "2048", "4096"))


def run(arguments: argparse.Namespace) -> int:
    """Simulate and draw."""
    from numeric.random_features.sphere import SphereFeatures
    from proofs_checks.command_line.random_feature_runs import backend_of
    from w2s_theory.sphere.activations import RELU

    family = SphereFeatures(RELU, 32, backend_of(arguments))
    widths = dict.fromkeys(loss_figures.width_of(text, arguments.quick) for text in arguments.student_width)
    panels = [
        loss_figures.Panel(
            loss_figures.student_label(width), loss_figures.at_every_width(family), "degree:1", width
        )
        for width in widths
    ]
    return loss_figures.run(arguments, "ReLU, d = 32, linear target", panels)
