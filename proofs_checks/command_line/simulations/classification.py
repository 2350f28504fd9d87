"""`w2s simulate classification`: weak teachers and strong students on real data."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from proofs_checks.command_line.output import check_writable, console, write_json

if TYPE_CHECKING:
    from rich.table import Table

    from numeric.classification.data import LabelledData
    from numeric.classification.teachers import TeacherSetting

HELP = "weak teachers and strong students on real data: four losses, early stopping, ensembles"
EXAMPLE = "w2s simulate classification --data digits --loss ce rce --seeds 20 --jobs 2"
_LABELS_A_CLASS = 10


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the students' losses, and the options that the figure shares."""
    parser.add_argument(
        "--loss",
        nargs="+",
        default=["ce", "rce", "sl", "cace"],
        help="ce, rce (reverse), sl (symmetric: CE + weight RCE), cace (CE where the label is confident, else RCE);"
        " default all",
    )
    parser.add_argument(
        "--keep",
        nargs="+",
        type=float,
        default=[1.0],
        metavar="A",
        help="shares of the teacher's label that mixing with the uniform distribution leaves, in (0, 1] (default 1)",
    )
    parser.add_argument(
        "--seeds", type=int, default=20, metavar="RUNS", help="runs, each with a seed of its own (default 20)"
    )
    parser.add_argument("--save", metavar="FILE", help="write every run and path to FILE as netCDF")
    add_experiment(parser)


def add_experiment(parser: argparse.ArgumentParser) -> None:
    """Declare data, teachers, students and processes."""
    parser.add_argument(
        "--data",
        nargs="+",
        default=["digits"],
        metavar="NAME",
        help="digits (default), breast-cancer, or two files X.npy (points, dimension) and Y.npy (points,)",
    )
    parser.add_argument("--teacher", default="relu", help="features: relu (random, default) or pca")
    parser.add_argument("--teacher-width", type=int, default=16, help="features of a teacher (default 16)")
    parser.add_argument(
        "--teacher-labels", type=int, help=f"labels of a teacher (default {_LABELS_A_CLASS} a class)"
    )
    parser.add_argument("--teachers", type=int, default=8, help="teachers of an ensemble, >= 2 (default 8)")
    parser.add_argument("--student-width", type=int, default=2000, help="random features (default 2000)")
    parser.add_argument(
        "--student-bias",
        type=float,
        default=0.3,
        help="size of the constant feature, the others' being 1 (default 0.3)",
    )
    parser.add_argument(
        "--fraction", type=float, default=0.5, help="share of examples that are mixed (default 0.5)"
    )
    parser.add_argument(
        "--symmetric-weight", type=float, default=0.1, help="weight of RCE in sl (default 0.1)"
    )
    parser.add_argument(
        "--threshold",
        type=float,
        default=0.25,
        help="cace uses CE where max q - 1/classes is at least this: |q - 1/2| for two classes (default 0.25)",
    )
    parser.add_argument(
        "--floor",
        type=float,
        default=1e-4,
        help="least label of a teacher, for RCE needs log q (default 1e-4)",
    )
    parser.add_argument(
        "--horizon",
        type=float,
        default=10_000.0,
        help="last stopping time, in gradient steps (default 10000)",
    )
    parser.add_argument("--jobs", type=int, default=1, help="processes (default 1)")
    parser.add_argument("--seed", type=int, default=0, help="seed >= 0 (default 0)")


def teacher_setting(arguments: argparse.Namespace, data: LabelledData) -> TeacherSetting:
    """Return the teachers asked for; without a number of labels, they have ten a class."""
    from numeric.classification.teachers import TeacherSetting

    labels = arguments.teacher_labels
    if labels is None:
        labels = _LABELS_A_CLASS * data.class_count
    return TeacherSetting(arguments.teacher, arguments.teacher_width, labels, arguments.floor)


def shared_settings(arguments: argparse.Namespace) -> dict[str, Any]:
    """Return the fields of `numeric.classification.experiment.Setting` that are options of their own."""
    from numeric.classification.experiment import SHARED

    return {name: getattr(arguments, name) for name in SHARED}


def run(arguments: argparse.Namespace) -> int:
    """Run, print a table unless JSON goes to standard output, and write what was asked for."""
    from numeric.arrays.files import save_dataset
    from numeric.classification.data import load_data
    from numeric.classification.experiment import Setting, Student, experiment
    from numeric.classification.summary import as_data, summarize
    from proofs_checks.command_line.progress import progress

    check_writable(arguments.json)
    check_writable(arguments.save)
    data = load_data(arguments.data)
    students = [Student(loss, "single", keep) for keep in arguments.keep for loss in arguments.loss]
    students += [Student(loss, mean) for mean in ("arithmetic", "geometric") for loss in arguments.loss]
    setting = Setting(students, teacher_setting(arguments, data), **shared_settings(arguments))
    with progress("runs", arguments.seeds, show=arguments.json != "-") as advance:
        runs = experiment(data, setting, arguments.seeds, arguments.seed, arguments.jobs, advance)
    if arguments.save:
        save_dataset(runs, arguments.save)
    result = as_data(runs, summarize(runs))
    if arguments.json != "-":
        show(result)
    if arguments.json:
        write_json(result, arguments.json)
    return 0


_ACCURACIES = {
    "accuracy %": ("validation_accuracy", "accuracy", True),
    "PGR %": ("validation_accuracy", "PGR_accuracy", False),
    "over CE %": ("validation_accuracy", "accuracy_over_ce", True),
    "no labels": ("teacher_labels", "accuracy", False),
}
"""Columns: the stopping rule, the quantity, and whether its interval is shown."""
_RISKS = ("risk", "gap", "misfit", "cross_term", "entropy")


def show(result: dict[str, Any]) -> None:
    """Print accuracies with intervals, and what the gap in risk is made of."""
    from rich.text import Text

    settings, students = result["settings"], result["students"]
    teacher = students[0]["teacher"]
    accuracies = [
        [_percent(row["stopped"][rule][name], interval) for rule, name, interval in _ACCURACIES.values()]
        for row in students
    ]
    risks = [
        [f"{row['stopped']['validation_risk'][name]['mean']:.3f}" for name in _RISKS] for row in students
    ]
    terminal = console()
    terminal.print(Text(f"{settings['data']}: {settings['runs']} runs, mean [95% interval]"))
    risk, entropy = (f"{name} {teacher[name]['mean']:.3f}" for name in ("risk", "entropy"))
    terminal.print(Text(f"teacher: accuracy {_percent(teacher['accuracy'])} %, {risk}, {entropy}"))
    title = "stopped at the best validation accuracy, and without labels"
    terminal.print(_table(title, list(_ACCURACIES), students, accuracies))
    names = [name.replace("_", " ") for name in _RISKS]
    terminal.print(_table("stopped at the least validation risk, in nats", names, students, risks))
    terminal.print(Text(f"gap = misfit + cross term, to {result['identity_error']:.1e}"))


def _table(title: str, headings: list[str], students: list[dict[str, Any]], cells: list[list[str]]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title))
    for heading in ("labels of", "loss"):
        table.add_column(heading)
    for heading in headings:
        table.add_column(heading, justify="right")
    for row, shown in zip(students, cells, strict=True):
        kept = "" if row["keep"] == 1 else f" {row['keep']:g}"
        table.add_row(row["labeller"] + kept, row["loss"], *shown)
    return table


def _percent(row: dict[str, float | None], interval: bool = True) -> str:
    mean, low, high = row["mean"], row["low"], row["high"]
    if mean is None:
        return "-"
    if not interval or low is None or high is None:
        return f"{100 * mean:.1f}"
    return f"{100 * mean:.1f} [{100 * low:.1f},{100 * high:.1f}]"
