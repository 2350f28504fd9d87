"""`w2s simulate sphere`: random features of any activation on the sphere."""

from __future__ import annotations

import argparse

from proofs_checks.command_line import random_feature_runs

HELP = "random features of any activation on the unit sphere"
EXAMPLE = "w2s simulate sphere --activation leaky:0.1 --dimension 16 --teacher-width 64 --target degree:1,2"


def add_dimension(parser: argparse.ArgumentParser) -> None:
    """Declare --dimension."""
    parser.add_argument("--dimension", type=int, required=True, help="d >= 2; the sphere is in R^d")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the activation, the dimension and what every random-feature simulation has."""
    parser.add_argument(
        "--activation",
        required=True,
        help="step, relu, relu2, abs, identity, leaky:SLOPE, monomial:DEGREE, or an expression in t such as"
        " 'max(t,0)*exp(-t**2)'",
    )
    add_dimension(parser)
    random_feature_runs.configure(parser, default_target="degree:1")


def run(arguments: argparse.Namespace) -> int:
    """Simulate and report."""
    from numeric.random_features.any_activation import ExpressionFeatures, sphere_features

    backend = random_feature_runs.backend_of(arguments)
    family = sphere_features(arguments.activation, arguments.dimension, backend)
    notes = []
    if isinstance(family, ExpressionFeatures) and family.unfollowed_share:
        notes.append(
            f"degrees from {len(family.coefficients)} on carry {family.unfollowed_share:.1e} of the activation's"
            " second moment and are taken as uncorrelated between features"
        )
    return random_feature_runs.run(arguments, family, notes)
