"""`w2s figure 3`: RF, Figure 3, the linear network of Theorem 3.2."""

from __future__ import annotations

import argparse

from proofs_checks.command_line import loss_figures

HELP = "RF, Figure 3: linear features, one direction of variance 1 among d = M_TE^(3/2)"
EXAMPLE = "w2s figure 3 --draws 20"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of a loss figure."""
    loss_figures.configure(parser, 3, teacher_widths=(32, 64, 128, 256, 512))


def run(arguments: argparse.Namespace) -> int:
    """Simulate and draw."""
    from numeric.random_features.linear import LinearFeatures, parse_spectrum
    from proofs_checks.command_line.random_feature_runs import backend_of

    backend = backend_of(arguments)
    width = loss_figures.width_of(arguments.student_width, arguments.quick)
    label = loss_figures.student_label(width)

    def family(teacher_width: int) -> LinearFeatures:
        return LinearFeatures(parse_spectrum("two-level", teacher_width), backend)

    title = f"linear features, d = M_TE^(3/2), {label}"
    return loss_figures.run(arguments, title, [loss_figures.Panel(label, family, "level:0", width)])
