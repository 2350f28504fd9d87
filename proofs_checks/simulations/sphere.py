"""`w2s simulate sphere`: random features of any activation on the sphere."""

from __future__ import annotations

import argparse
import re

from proofs_checks import random_feature_runs

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
    from numeric.expression_features import ExpressionFeatures
    from numeric.sphere_features import SphereFeatures
    from w2s_theory.activations import named_activation

    backend = random_feature_runs.backend_of(arguments)
    if _is_name(arguments.activation):
        named = SphereFeatures(named_activation(arguments.activation), arguments.dimension, backend)
        return random_feature_runs.run(arguments, named)
    family = ExpressionFeatures(arguments.activation, arguments.dimension, backend)
    share = family.unfollowed_share
    unfollowed = (
        f"degrees from {len(family.coefficients)} on carry {share:.1e} of the activation's second moment and"
        " are taken as uncorrelated between features"
    )
    return random_feature_runs.run(arguments, family, [unfollowed] if share else [])


def _is_name(activation: str) -> bool:
    """Whether the text is a name rather than an expression; t alone is an expression."""
    return activation != "t" and re.fullmatch(r"[A-Za-z_]\w*(:.*)?", activation) is not None
