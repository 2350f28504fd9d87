"""`w2s features`: what the theory of two subspaces predicts for a weak and a strong feature map."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from proofs_checks.command_line.output import check_writable, console, write_json

if TYPE_CHECKING:
    from numeric.subspaces.estimates import FeatureEstimates
    from numeric.subspaces.label_budgets import LabelBudget
    from w2s_theory.geometry.subspaces import TwoSubspaces

HELP = (
    "estimate dimensions and misfits of weak and strong features, and predict risks, PGR, OPR, label budgets"
)
EXAMPLE = "w2s features weak.npy strong.npy --labels labels.npy --n 200 --N 1000"

ASSUMPTIONS = (
    "least squares on the intrinsic subspaces, without regularization",
    "features jointly Gaussian; real ones are not, and heavy-tailed ones have larger variances than predicted",
    "what a span leaves unexplained is independent of it, with one variance everywhere",
    "teacher's labels, pseudo-labelled points and test points all come from the distribution of these examples",
)
_SHOWN_COSINES = 5


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the files, the intrinsic subspaces and the numbers of points."""
    parser.add_argument("weak", metavar="WEAK.npy", help="weak features, one row an example")
    parser.add_argument("strong", metavar="STRONG.npy", help="strong features of the same examples")
    parser.add_argument(
        "--labels", metavar="Y.npy", help="one number, or one row such as a one-hot class, an example"
    )
    parser.add_argument(
        "--n", type=int, help="labelled points (default a fifth of the examples, or 2 (max d + 1))"
    )
    parser.add_argument(
        "--N", type=int, help="pseudo-labelled points (default the other examples, or 2 (d_s + 1))"
    )
    parser.add_argument(
        "--threshold",
        type=float,
        default=0.99,
        help="share in (0, 1] of the second moment's trace that the intrinsic dimension holds (default 0.99)",
    )
    parser.add_argument(
        "--intercept",
        action="store_true",
        help="centre the features and let both regressions have a constant, counted as one dimension",
    )
    parser.add_argument(
        "--sigma2",
        type=float,
        help="variance of the label noise, summed over columns (default what both spans leave; 1 without labels)",
    )
    parser.add_argument(
        "--allow-dependent",
        action="store_true",
        help="accept linearly dependent columns, or fewer rows than columns",
    )
    parser.add_argument(
        "--json", metavar="FILE", help="write the result as JSON to FILE, or - for standard output"
    )


def run(arguments: argparse.Namespace) -> int:
    """Estimate, predict, print tables unless JSON goes to standard output, and write what was asked for."""
    check_writable(arguments.json)
    estimates = _estimates(arguments)
    default_n, default_N = estimates.default_points()
    labelled = default_n if arguments.n is None else arguments.n
    unlabelled = default_N if arguments.N is None else arguments.N
    result = _result(estimates, estimates.at(labelled, unlabelled))
    result["settings"] |= {"threshold": arguments.threshold, "intercept": arguments.intercept}
    if arguments.json != "-":
        _show(result)
    if arguments.json:
        write_json(result, arguments.json)
    return 0


def _estimates(arguments: argparse.Namespace) -> FeatureEstimates:
    from numeric.subspaces.estimates import estimate_features, intrinsic_features
    from numeric.subspaces.files import load_real_array

    arrays = {"weak": load_real_array(arguments.weak), "strong": load_real_array(arguments.strong)}
    labels = None if arguments.labels is None else load_real_array(arguments.labels)
    weak, strong = (
        intrinsic_features(name, array, arguments.threshold, arguments.intercept, arguments.allow_dependent)
        for name, array in arrays.items()
    )
    return estimate_features(weak, strong, labels, arguments.sigma2)


def _result(estimates: FeatureEstimates, numbers: TwoSubspaces) -> dict[str, Any]:
    from numeric.subspaces.label_budgets import budget_over_baseline, budget_over_teacher
    from numeric.subspaces.risks import exact_risks
    from numeric.subspaces.summary import published_bounds, ratios

    risks = exact_risks(numbers)
    estimated = ("d_w", "d_s", "d_sw", "rho_w", "rho_s", "seen", "unseen", "overlap")
    return {
        **{name: getattr(numbers, name) for name in estimated},
        "sigma2": numbers.noise,
        "canonical_correlations": estimates.cosines.tolist(),
        "ambient_d_sw": estimates.ambient_d_sw,
        "prediction": {**risks, **ratios(risks)},
        "published_bounds": published_bounds(numbers),
        "label_budget": {
            "student_beats_teacher": _budget(budget_over_teacher(numbers)),
            "student_beats_baseline": _budget(budget_over_baseline(numbers)),
        },
        "assumptions": list(ASSUMPTIONS),
        "notes": _notes(estimates, numbers),
        "settings": {
            "n": numbers.labelled,
            "N": numbers.unlabelled,
            "examples": estimates.examples,
            "label_columns": estimates.labelled_columns,
        },
    }


def _budget(budget: LabelBudget | None) -> dict[str, int | None] | None:
    return None if budget is None else {"first": budget.first, "last": budget.last}


def _notes(estimates: FeatureEstimates, numbers: TwoSubspaces) -> list[str]:
    notes = list(estimates.notes)
    if not estimates.labelled_columns:
        notes.append(
            "no labels: the target is taken to lie in both spans, and PGR and OPR do not depend on sigma2"
        )
    if numbers.unlabelled <= 2 * numbers.d_s + 1:
        notes.append(
            f"N = {numbers.unlabelled} is at most 2 d_s + 1 = {2 * numbers.d_s + 1}: "
            "the student adds more variance than it removes"
        )
    return notes


def _show(result: dict[str, Any]) -> None:
    from rich.table import Table
    from rich.text import Text

    settings = result["settings"]
    estimates = Table(title=Text(f"estimated from {settings['examples']} examples"))
    for heading in ("", "estimate", "meaning"):
        estimates.add_column(heading, justify="right" if heading == "estimate" else "left")
    share = f"{settings['threshold']:.6g} of the trace"
    cosines = ", ".join(f"{cosine:.3f}" for cosine in result["canonical_correlations"][:_SHOWN_COSINES])
    for name, meaning in (
        ("d_w", f"intrinsic dimension of the weak features, {share}"),
        ("d_s", f"intrinsic dimension of the strong features, {share}"),
        ("d_sw", f"correlation dimension; largest canonical correlations {cosines}"),
        ("ambient_d_sw", "the same in the features' own coordinates; not used"),
        ("sigma2", "label noise: what neither span explains, unless given"),
        ("rho_w", "target's mass off the weak span"),
        ("rho_s", "target's mass off the strong span"),
    ):
        estimates.add_row(name, f"{result[name]:.6g}", Text(meaning))
    predicted = Table(title=Text(f"predicted at n = {settings['n']}, N = {settings['N']}"))
    for heading in ("", "prediction", "published bound"):
        predicted.add_column(heading, justify="right" if heading else "left")
    for name, value in result["prediction"].items():
        bound = result["published_bounds"].get(name)
        predicted.add_row(name, *("-" if number is None else f"{number:.6g}" for number in (value, bound)))
    terminal = console()
    terminal.print(estimates)
    terminal.print(predicted)
    for name, budget in result["label_budget"].items():
        terminal.print(Text(f"{name.replace('_', ' ')}: {_in_words(budget)}"))
    for assumption in result["assumptions"]:
        terminal.print(Text(f"assumes: {assumption}"))
    for note in result["notes"]:
        terminal.print(Text(f"note: {note}"))


def _in_words(budget: dict[str, int | None] | None) -> str:
    if budget is None:
        return "for no number of labels at this N"
    if budget["last"] is None:
        return f"for every n >= {budget['first']} at this N"
    return f"for n from {budget['first']} to {budget['last']} at this N"
