"""What the random-feature simulations share: their options, their notes, their table and their JSON."""

from __future__ import annotations

import argparse
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from proofs_checks.command_line.output import console, write_json

if TYPE_CHECKING:
    import xarray as xr

    from numeric.arrays.backends import Backend
    from numeric.random_features.family import FeatureFamily
    from numeric.random_features.simulation import Setting

_ERRORS = ("truncation_error", "lanczos_error", "rounding_error")


def configure(parser: argparse.ArgumentParser, default_target: str) -> None:
    """Declare widths, target, draws, stopping times and backend."""
    parser.add_argument("--teacher-width", type=int, required=True, metavar="M", help="M_TE >= 1")
    parser.add_argument("--student-width", default="inf", metavar="M", help="M_ST >= 1, or inf (default)")
    parser.add_argument(
        "--target",
        default=default_target,
        help=f"degree:1, degree:1,2 or degree:1=0.3,2=0.7 (squared norms); default {default_target}",
    )
    parser.add_argument("--draws", type=int, default=20, help="independent repetitions (default 20)")
    parser.add_argument("--seed", type=int, default=0, help="seed >= 0 (default 0)")
    parser.add_argument(
        "--times", type=float, nargs="+", metavar="T", help="stopping times >= 0, instead of a default grid"
    )
    parser.add_argument("--save", metavar="FILE", help="write all draws and times to FILE as netCDF")
    add_backend(parser)


def add_backend(parser: argparse.ArgumentParser) -> None:
    """Declare --backend, --device and --precision."""
    parser.add_argument("--backend", default="numpy", help="numpy (default), jax, torch or cupy")
    parser.add_argument("--device", help="the library's name of a device, such as cpu, gpu:0 or cuda:0")
    parser.add_argument("--precision", default="double", help="double (default) or single")


def backend_of(arguments: argparse.Namespace) -> Backend:
    """Return the backend asked for."""
    from numeric.arrays.backends import load_backend

    return load_backend(arguments.backend, arguments.device, arguments.precision)


def student_width(text: str) -> int | None:
    """Return the student's width, None for `inf`; raises InvalidInput for anything but an integer >= 1."""
    from w2s_theory.errors import InvalidInput

    if text == "inf":
        return None
    if not text.isdecimal() or int(text) < 1:
        raise InvalidInput(f"student width is {text!r}; it must be an integer >= 1, or inf")
    return int(text)


def run(arguments: argparse.Namespace, family: FeatureFamily, about: Sequence[str] = ()) -> int:
    """Simulate, print a table unless JSON goes to standard output, and write what was asked for.

    `about` are notes on the features.
    """
    import numpy as np

    from numeric.random_features.simulation import Setting, default_times, summarize
    from numeric.random_features.targets import parse_target

    target = parse_target(arguments.target)
    times = default_times(family, target) if arguments.times is None else np.asarray(arguments.times)
    setting = Setting(
        family=family,
        target=target,
        teacher_widths=(arguments.teacher_width,),
        student_width=student_width(arguments.student_width),
        draws=arguments.draws,
        seed=arguments.seed,
        times=times,
    )
    dataset, notes = _simulate(setting, show=arguments.json != "-")
    result: dict[str, Any] = {
        **summarize(dataset)[0],
        "prediction": prediction(setting, arguments.teacher_width),
        "errors": {name: float(dataset[name].max()) for name in _ERRORS},
        "notes": [*about, *notes],
        "settings": {**dataset.attrs, "teacher_width": arguments.teacher_width, "draws": arguments.draws},
    }
    if arguments.save:
        from numeric.arrays.files import save_dataset

        save_dataset(dataset, arguments.save)
    if arguments.json != "-":
        _show(result)
    if arguments.json:
        write_json(result, arguments.json)
    return 0


def _simulate(setting: Setting, show: bool) -> tuple[xr.Dataset, list[str]]:
    """Return the runs and what a reader must know about them."""
    import warnings

    from numeric.random_features.simulation import simulate
    from numeric.random_features.teachers import SingularGramWarning
    from proofs_checks.command_line.progress import progress

    with (
        warnings.catch_warnings(record=True) as caught,
        progress("draws", setting.draws, show) as advance,
    ):
        warnings.simplefilter("always", SingularGramWarning)
        dataset = simulate(setting, advance)
    notes = list(dict.fromkeys(str(w.message) for w in caught if w.category is SingularGramWarning))
    invisible = [level for level in setting.target.levels if setting.family.eigenvalue(level) == 0.0]
    if invisible:
        notes.append(
            f"the target's parts of degree {', '.join(map(str, invisible))} are invisible: the kernel's"
            f" eigenvalue is 0 there, and no width learns them (squared norm {setting.invisible_mass:.6g})"
        )
    if setting.student_width is not None:
        notes.append("the prediction is for the infinitely wide student")
    best = dataset["optimal_time"].values
    if math.isclose(best.max(), setting.times[-1], rel_tol=1e-9) and len(setting.times) > 1:
        notes.append("in some draws the last stopping time is the best one; longer times may do better")
    return dataset, notes


def prediction(setting: Setting, width: int) -> Mapping[str, float | None]:
    """Return what Gaussian universality predicts for a teacher of this width and the infinitely wide student.

    A teacher at least as wide as the kernel's rank learns all that can be learnt.
    """
    from numeric.random_features.simulation import predict

    invisible = setting.invisible_mass
    equivalent = predict(setting, width)
    if equivalent is None:
        return {"L_TE": invisible, "L_ST": invisible, "PGR": None, "kappa_S": 0.0, "optimal_time": None}
    if invisible == 1.0:
        return {"L_TE": 1.0, "L_ST": 1.0, "PGR": None, "kappa_S": 1.0, "optimal_time": None}
    teacher, student = equivalent.teacher_loss, equivalent.best_student_loss
    return {
        "L_TE": teacher,
        "L_ST": student,
        "PGR": (teacher - student) / (teacher - invisible),
        "kappa_S": equivalent.misalignment(list(setting.target.levels)),
        "optimal_time": equivalent.optimal_time,
    }


def _show(result: dict[str, Any]) -> None:
    from rich.table import Table
    from rich.text import Text

    def number(value: float | None) -> str:
        return "-" if value is None else f"{value:.6g}"

    settings = result["settings"]
    table = Table(
        title=Text(
            f"{settings['features']}, target {settings['target']}, M_TE = {settings['teacher_width']},"
            f" M_ST = {settings['student_width']}, {settings['draws']} draws"
        )
    )
    for heading in ("", "mean", "standard error", "prediction"):
        table.add_column(heading, justify="right" if heading else "left")
    for name in ("L_TE", "L_ST", "PGR", "kappa_S", "optimal_time"):
        row = result[name]
        predicted = result["prediction"][name]
        table.add_row(name, number(row["mean"]), number(row["standard_error"]), number(predicted))
    terminal = console()
    terminal.print(table)
    errors = ", ".join(f"{name.replace('_', ' ')} {value:.1e}" for name, value in result["errors"].items())
    terminal.print(Text(f"L_ST at each draw's own best time; at any time {errors}"))
    for note in result["notes"]:
        terminal.print(Text(f"note: {note}"))
