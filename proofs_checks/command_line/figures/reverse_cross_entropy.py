"""`w2s figure reverse-cross-entropy`: losses against the teacher's uncertainty, on real data."""

from __future__ import annotations

import argparse

from proofs_checks.command_line.output import check_writable, write_json
from proofs_checks.command_line.simulations.classification import (
    add_experiment,
    shared_settings,
    show,
    teacher_setting,
)

HELP = "BV, real data: four losses against the teacher's uncertainty, gap against misfit, learning curves"
EXAMPLE = "w2s figure reverse-cross-entropy --data digits --seeds 20 --jobs 2"
_LOSSES = ("ce", "rce", "sl", "cace")
_KEPT, _QUICK_KEPT = (1.0, 0.75, 0.5, 0.25, 0.1, 0.05), (1.0, 0.5, 0.1)
_HORIZON, _QUICK_HORIZON = 10_000.0, 1000.0


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
    parser.add_argument(
        "--out", metavar="PREFIX", default="figure-reverse-cross-entropy", help="where files go"
    )
    parser.add_argument("--format", nargs="+", default=["png", "svg", "pdf"], help="png, svg, pdf")
    add_experiment(parser)
    parser.set_defaults(horizon=None)


def run(arguments: argparse.Namespace) -> int:
    """Run, draw, and print what each student reached."""
    from numeric.arrays.drawings import check_formats
    from numeric.classification.data import load_data
    from numeric.classification.experiment import Setting, Student, experiment
    from numeric.classification.figure import draw_classification, save_classification
    from numeric.classification.summary import as_data, summarize
    from proofs_checks.command_line.progress import progress

    check_writable(arguments.json)
    check_formats(arguments.format)
    data = load_data(arguments.data)
    count = (3 if arguments.quick else 20) if arguments.seeds is None else arguments.seeds
    kept = _QUICK_KEPT if arguments.quick else _KEPT
    students = [Student(loss, "single", keep) for keep in kept for loss in _LOSSES]
    students += [Student(loss, mean) for mean in ("arithmetic", "geometric") for loss in _LOSSES]
    shared = shared_settings(arguments)
    if arguments.horizon is None:
        shared["horizon"] = _QUICK_HORIZON if arguments.quick else _HORIZON
    setting = Setting(students, teacher_setting(arguments, data), **shared)
    with progress("runs", count, show=arguments.json != "-") as advance:
        runs = experiment(data, setting, count, arguments.seed, arguments.jobs, advance)
    title = f"{data.name}: {arguments.fraction:.0%} of the labels mixed, {count} runs"
    summary = summarize(runs)
    figure = draw_classification(runs, summary, title)
    written = save_classification(figure, runs, summary, arguments.out, arguments.format)
    result = {"figure": title, **as_data(runs, summary), "files": written}
    if arguments.json != "-":
        show(result)
        print("wrote " + ", ".join(written))
    if arguments.json:
        write_json(result, arguments.json)
    return 0
