"""`w2s simulate linear`: random linear features of Gaussian inputs."""

from __future__ import annotations

import argparse

from proofs_checks.command_line import random_feature_runs

HELP = "random linear features <u,x>, x ~ N(0, Psi) with a given spectrum"
EXAMPLE = "w2s simulate linear --spectrum 1:1,0.0039:4095 --teacher-width 256 --draws 20 --seed 0"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the spectrum and what every random-feature simulation has."""
    parser.add_argument(
        "--spectrum",
        default="two-level",
        help="VALUE:COUNT,VALUE:COUNT,... or power:ALPHA:COUNT or two-level, the scaling of RF, Theorem 3.2:"
        " eigenvalue 1 once and d^(-2/3) otherwise, d = M_TE^(3/2) (default two-level)",
    )
    random_feature_runs.configure(parser, default_target="level:0")


def run(arguments: argparse.Namespace) -> int:
    """Simulate and report."""
    from numeric.random_features.linear import LinearFeatures, parse_spectrum

    spectrum = parse_spectrum(arguments.spectrum, arguments.teacher_width)
    family = LinearFeatures(spectrum, random_feature_runs.backend_of(arguments))
    return random_feature_runs.run(arguments, family)
