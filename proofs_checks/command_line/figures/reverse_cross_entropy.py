"""`w2s figure reverse-cross-entropy`: losses against the teacher's uncertainty, on real data."""

from __future__ import annotations

import argparse

from numeric.figures.reverse_cross_entropy import (
    HORIZON,
    QUICK_HORIZON,
    QUICK_RUNS,
    RUNS,
    UNCERTAINTY,
    ClassificationOptions,
)
from proofs_checks.command_line.figures.shared import add_files, draw_and_save
from proofs_checks.command_line.simulations.classification import (
    add_experiment,
    shared_settings,
    show,
    teacher_setting,
)

HELP = UNCERTAINTY.caption
EXAMPLE = "w2s figure reverse-cross-entropy --data digits --seeds 20 --jobs 2"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare runs, files and the experiment."""
    parser.add_argument(
        "--seeds",
        type=int,
        metavar="RUNS",
        help="runs, each with a seed of its own (default 20, with --quick 3)",
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="3 runs to time 1000 at 3 shares kept, instead of 20 to 10000 at 6",
    )
    add_files(parser, "reverse-cross-entropy")
    add_experiment(parser)
    parser.set_defaults(horizon=None)


def run(arguments: argparse.Namespace) -> int:
    """Run, draw, and print what each student reached."""
    return draw_and_save(arguments, lambda progress: UNCERTAINTY.draw(_options(arguments), progress), show)


def _options(arguments: argparse.Namespace) -> ClassificationOptions:
    from numeric.classification.data import load_data
    from numeric.classification.experiment import Setting

    data = load_data(arguments.data)
    shared = shared_settings(arguments)
    if arguments.horizon is None:
        shared["horizon"] = QUICK_HORIZON if arguments.quick else HORIZON
    setting = Setting(UNCERTAINTY.students(arguments.quick), teacher_setting(arguments, data), **shared)
    runs = (QUICK_RUNS if arguments.quick else RUNS) if arguments.seeds is None else arguments.seeds
    return ClassificationOptions(data, setting, runs, arguments.seed, arguments.jobs)
