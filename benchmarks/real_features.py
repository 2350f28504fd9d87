"""Predictions of `w2s features` beside the weak-to-strong regression actually run, on scikit-learn's digits.

Run: python benchmarks/real_features.py --figure docs/images/real-features.png
It prints the table of docs/real-features.md. Labels are one-hot; risks are means over random splits of the 1797 images,
measured on the images in neither training set, less the noise level that `w2s features` estimates.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.linalg
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from sklearn.datasets import load_digits

from numeric.arrays.threads import one_blas_thread
from numeric.subspaces.estimates import (
    FeatureEstimates,
    IntrinsicFeatures,
    estimate_features,
    intrinsic_features,
)
from numeric.subspaces.label_budgets import LabelBudget, budget_over_baseline, budget_over_teacher
from numeric.subspaces.pairs import Floats
from numeric.subspaces.risks import exact_risks
from numeric.subspaces.summary import ratios

UNLABELLED, SPLITS, SEED = 1000, 100, 0
RISKS = ("ER_w", "ER_w2s", "ER_s", "ER_c")
SCANNED_CASE = "left half → right half"
SCANNED = (25, 32, 45, 64, 90, 128, 180, 250, 350, 500)

FEW, FEW_LABELS, REPEATS = (100, 200, 400, 800), 90, 50


@dataclass(frozen=True)
class Case:
    """A weak and a strong feature matrix, the share of the trace that both keep, noise added to labels, and n."""

    name: str
    weak: Floats
    strong: Floats
    share: float
    added: float
    labelled: int
    whole: bool = False
    """Whether the regressions use all columns and not only the intrinsic subspace."""


@dataclass(frozen=True)
class Outcome:
    """Risks predicted and measured, by name."""

    case: Case
    estimates: FeatureEstimates
    predicted: dict[str, float]
    measured: dict[str, float]


def cases(images: Floats) -> list[Case]:
    """Return what the table shows, the failures last."""
    small, large = relu_features(images, 300, 1), relu_features(images, 600, 2)
    left, right = (images.reshape(-1, 8, 8)[:, :, half].reshape(-1, 32) for half in np.s_[:4, 4:])
    leading = principal_components(images, 10)
    few = relu_features(images, 30, 3)
    return [
        *(Case("ReLU 300 → ReLU 600", small, large, 0.95, added, 200) for added in (0, 1)),
        *(Case("ReLU 300 → ReLU 600", small, large, 0.99, added, 400) for added in (0, 1)),
        *(Case("ReLU 30 → pixels", few, images, 0.99, added, 200) for added in (0, 1)),
        *(Case("10 PCs → pixels", leading, images, 0.999, added, 200) for added in (0, 1)),
        *(Case("left half → right half", left, right, 0.95, added, 200) for added in (0, 1)),
        Case("10 PCs → pixels", leading, images, 1, 1, 200),
        Case("left half → right half", left, right, 1, 1, 200),
        Case("ReLU 300 → ReLU 600, all columns", small, large, 0.95, 1, 200, whole=True),
    ]


def relu_features(images: Floats, width: int, seed: int) -> Floats:
    """Return max(<u, x>, 0) for random u of this number."""
    directions = np.random.default_rng(seed).standard_normal((images.shape[1], width))
    return np.maximum(images @ directions, 0)


def principal_components(images: Floats, count: int) -> Floats:
    """Return the images' coordinates along their leading directions of variance."""
    centred = images - images.mean(axis=0)
    return np.asarray(centred @ np.linalg.svd(centred, full_matrices=False)[2][:count].T)


def noisy_labels(classes: Floats, added: float) -> Floats:
    """Return one-hot labels with noise of this total variance."""
    labels = np.eye(10)[classes.astype(int)]
    noise = np.random.default_rng(SEED).standard_normal(labels.shape)
    return np.asarray(labels + np.sqrt(added / 10) * noise)


def outcomes(case: Case, labels: Floats, counts: Sequence[int]) -> list[Outcome]:
    """Return predictions and measurements for these numbers of labelled images."""
    weak, strong = intrinsic(case)
    estimates = estimate_features(weak, strong, labels)
    bases = (weak.components, strong.components)
    if case.whole:
        bases = tuple(np.column_stack([np.ones(len(x)), x]) for x in (case.weak, case.strong))
    found = []
    for count in counts:
        predicted = exact_risks(estimates.at(count, UNLABELLED))
        measured = measured_risks(*bases, labels, count) - estimates.numbers.noise
        found.append(Outcome(case, estimates, predicted, dict(zip(RISKS, measured.tolist(), strict=True))))
    return found


def intrinsic(case: Case) -> tuple[IntrinsicFeatures, IntrinsicFeatures]:
    """Return the intrinsic weak and strong features."""
    options = {"share": case.share, "intercept": True, "allow_dependent": True}
    return intrinsic_features("weak", case.weak, **options), intrinsic_features(
        "strong", case.strong, **options
    )


def measured_risks(weak: Floats, strong: Floats, labels: Floats, labelled: int) -> Floats:
    """Return the mean squared error of teacher, student, baseline and ceiling on held-out images."""
    generator = np.random.default_rng(SEED)
    total = np.zeros(len(RISKS))
    for _ in range(SPLITS):
        places = np.split(generator.permutation(len(labels)), [labelled, labelled + UNLABELLED])
        known, fresh, held_out = places
        both = np.concatenate([known, fresh])
        teacher = least_squares(weak[known], labels[known])
        fits = [
            (weak, teacher),
            (strong, least_squares(strong[fresh], weak[fresh] @ teacher)),
            (strong, least_squares(strong[known], labels[known])),
            (strong, least_squares(strong[both], labels[both])),
        ]
        total += [np.mean(np.sum((labels[held_out] - x[held_out] @ b) ** 2, axis=1)) for x, b in fits]
    return total / SPLITS


def least_squares(features: Floats, labels: Floats) -> Floats:
    """Return the coefficients of least norm among those with the least error."""
    return np.asarray(scipy.linalg.lstsq(features, labels, cond=1e-10, lapack_driver="gelsy")[0])


def table(found: Sequence[Outcome]) -> str:
    """Return predictions and measurements as a Markdown table."""
    head = ("features", "share", "noise", "n", "d_w", "d_s", "d_sw", *RISKS, "PGR", "OPR")
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
    for one in found:
        case, numbers = one.case, one.estimates.numbers
        setting = (
            f"{case.share:g}",
            f"{case.added:g}",
            f"{case.labelled}",
            f"{numbers.d_w}",
            f"{numbers.d_s}",
        )
        predicted, measured = (
            {**risks, **ratios({**one.predicted, **risks})} for risks in (one.predicted, one.measured)
        )
        pairs = [f"{predicted[name]:.3g} / {measured[name]:.3g}" for name in RISKS]
        pairs += [f"{_rounded(predicted[name])} / {_rounded(measured[name])}" for name in ("PGR", "OPR")]
        lines.append("| " + " | ".join([case.name, *setting, f"{numbers.d_sw:.1f}", *pairs]) + " |")
    return "\n".join(lines)


def _rounded(value: float) -> str:
    """Return three decimals, and no sign before zero."""
    return f"{round(value, 3) + 0.0:.3f}"


def budgets(found: Sequence[Outcome]) -> str:
    """Return label budgets, and what the correlation dimension in the features' own coordinates would predict."""
    head = ("features", "noise", "beats teacher", "beats baseline", "d_sw", "ambient d_sw", "PGR with it")
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
    for one in found:
        numbers, case = one.estimates.at(one.case.labelled, UNLABELLED), one.case
        ambient = replace(numbers, d_sw=one.estimates.ambient_d_sw)
        ranges = [_range(budget(numbers)) for budget in (budget_over_teacher, budget_over_baseline)]
        columns = (*ranges, f"{numbers.d_sw:.1f}", f"{ambient.d_sw:.1f}", f"{float(ambient.recovered):.3f}")
        lines.append(f"| {case.name}, {case.share:g} | {case.added:g} | {' | '.join(columns)} |")
    return "\n".join(lines)


def _range(budget: LabelBudget | None) -> str:
    return "never" if budget is None else f"{budget.first} to {budget.last or 'any'}"


def scan_table(scan: Sequence[Outcome]) -> str:
    """Return PGR against the number of labels as a Markdown table."""
    lines = [f"| n | {' | '.join(map(str, SCANNED))} |", "| --- |" + " ---: |" * len(SCANNED)]
    for label in ("predicted", "measured"):
        values = [f"{ratios({**one.predicted, **getattr(one, label)})['PGR']:.3f}" for one in scan]
        lines.append(f"| {label} | {' | '.join(values)} |")
    return "\n".join(lines)


def few_table(case: Case, labels: Floats, scan: Sequence[Outcome]) -> str:
    """Return what the estimates from some of the images predict, as mean and deviation over random choices of them."""
    generator = np.random.default_rng(SEED)
    lines = [f"| images | d_w | d_s | d_sw | ER_w2s | PGR at n = {FEW_LABELS} |", "| ---: |" + " ---: |" * 5]
    for count in FEW:
        rows = []
        for _ in range(REPEATS):
            chosen = generator.permutation(len(labels))[:count]
            some = replace(case, weak=case.weak[chosen], strong=case.strong[chosen])
            numbers = estimate_features(*intrinsic(some), labels[chosen]).at(FEW_LABELS, UNLABELLED)
            rows.append([numbers.d_w, numbers.d_s, numbers.d_sw, numbers.student, numbers.recovered])
        means, deviations = np.mean(rows, axis=0), np.std(rows, axis=0, ddof=1)
        cells = [f"{mean:.3g} ± {deviation:.2g}" for mean, deviation in zip(means, deviations, strict=True)]
        lines.append(f"| {count} | {' | '.join(cells)} |")
    measured = scan[SCANNED.index(FEW_LABELS)]
    recovered = ratios({**measured.predicted, **measured.measured})["PGR"]
    lines.append(f"| measured | | | | {measured.measured['ER_w2s']:.3g} | {recovered:.3g} |")
    return "\n".join(lines)


def draw(found: Sequence[Outcome], scan: Sequence[Outcome]) -> Figure:
    """Return measured against predicted risks, and one case against the number of labels."""
    with rc_context({"font.size": 9, "axes.grid": True, "grid.alpha": 0.25, "legend.fontsize": 7}):
        figure = Figure(figsize=(9.5, 4), layout="constrained")
        left, right = figure.subplots(1, 2)
        _draw_agreement(left, found)
        _draw_scan(right, scan)
    return figure


_LABELS = {
    "ER_w": "weak teacher",
    "ER_w2s": "weak-to-strong",
    "ER_s": "strong baseline",
    "ER_c": "strong ceiling",
}
_COLOURS = {"ER_w": "tab:blue", "ER_w2s": "tab:red", "ER_s": "tab:green", "ER_c": "tab:purple"}


def _draw_agreement(axes: Axes, found: Sequence[Outcome]) -> None:
    for name in RISKS:
        for failing, marker in ((False, "o"), (True, "x")):
            chosen = [one for one in found if (one.case.whole or one.case.share == 1) == failing]
            points = [(one.predicted[name], one.measured[name]) for one in chosen]
            label = None if failing else _LABELS[name]
            axes.plot(*np.transpose(points), marker, color=_COLOURS[name], label=label, markersize=5)
    ends = (0.01, 10)
    axes.plot(ends, ends, color="grey", linewidth=0.8)
    axes.plot([], [], "x", color="grey", label="last three rows of the table")
    axes.set(xscale="log", yscale="log", xlabel="predicted excess risk", ylabel="measured excess risk")
    axes.legend()


def _draw_scan(axes: Axes, scan: Sequence[Outcome]) -> None:
    for name in RISKS:
        axes.plot(SCANNED, [one.measured[name] for one in scan], "o", color=_COLOURS[name], markersize=4)
        axes.plot(SCANNED, [one.predicted[name] for one in scan], color=_COLOURS[name], label=_LABELS[name])
    axes.set(xscale="log", yscale="log", xlabel="labelled images $n$", ylabel="excess risk")
    for axis, ticks in ((axes.xaxis, (25, 50, 100, 200, 500)), (axes.yaxis, (0.2, 0.5, 1, 2, 4))):
        axis.set_ticks(ticks, labels=[f"{tick:g}" for tick in ticks])
        axis.set_ticks([], minor=True)
    axes.set_title(f"{scan[0].case.name}; lines predicted, points measured", fontsize=9)
    axes.legend()


def main() -> None:
    """Run every case, print the table and the label budgets, and draw."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--figure", metavar="FILE", help="where to draw")
    arguments = parser.parse_args()
    pixels, classes = load_digits(return_X_y=True)
    with one_blas_thread():
        found = []
        for case in cases(pixels / 16):
            found += outcomes(case, noisy_labels(classes, case.added), [case.labelled])
        scanned = next(case for case in cases(pixels / 16) if case.name == SCANNED_CASE and case.added)
        labels = noisy_labels(classes, scanned.added)
        scan = outcomes(scanned, labels, SCANNED)
        few = few_table(scanned, labels, scan)
    print(table(found), budgets(found), scan_table(scan), few, sep="\n\n")
    if arguments.figure:
        draw(found, scan).savefig(arguments.figure, dpi=110)


if __name__ == "__main__":
    main()
