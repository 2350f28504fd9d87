"""The figure on real data: losses against the teacher's uncertainty, gap against misfit, learning curves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from numeric.figures.drawn import DrawnFigure, Progress, silent

if TYPE_CHECKING:
    from numeric.classification.data import LabelledData
    from numeric.classification.experiment import Setting, Student

LOSSES = ("ce", "rce", "sl", "cace")
KEPT, QUICK_KEPT = (1.0, 0.75, 0.5, 0.25, 0.1, 0.05), (1.0, 0.5, 0.1)
HORIZON, QUICK_HORIZON = 10_000.0, 1000.0
RUNS, QUICK_RUNS = 20, 3


@dataclass(frozen=True)
class ClassificationOptions:
    """The data, the experiment, the number of its runs >= 2, seed >= 0 and processes."""

    data: LabelledData
    setting: Setting
    runs: int
    seed: int
    jobs: int = 1


@dataclass(frozen=True)
class UncertaintyFigure:
    """Every loss's student of one teacher at several shares kept, and of ensembles."""

    caption: str

    def students(self, quick: bool) -> Sequence[Student]:
        """Return the students that are shown, at fewer shares when `quick`."""
        from numeric.classification.experiment import Student

        kept = QUICK_KEPT if quick else KEPT
        students = [Student(loss, "single", keep) for keep in kept for loss in LOSSES]
        return students + [Student(loss, mean) for mean in ("arithmetic", "geometric") for loss in LOSSES]

    def quick(self, seed: int) -> DrawnFigure:
        """Draw the figure on scikit-learn's digits in seconds."""
        from numeric.classification.data import load_data
        from numeric.classification.experiment import Setting

        setting = Setting(self.students(quick=True), horizon=QUICK_HORIZON)
        return self.draw(ClassificationOptions(load_data(["digits"]), setting, QUICK_RUNS, seed))

    def draw(self, options: ClassificationOptions, progress: Progress = silent) -> DrawnFigure:
        """Run the experiment and draw; raises InvalidInput for fewer than two runs."""
        from numeric.classification.experiment import experiment
        from numeric.classification.figure import draw_classification, save_classification
        from numeric.classification.summary import as_data, summarize

        with progress("runs", options.runs) as advance:
            runs = experiment(
                options.data, options.setting, options.runs, options.seed, options.jobs, advance
            )
        mixed = f"{options.setting.fraction:.0%} of the labels mixed"
        title = f"{options.data.name}: {mixed}, {options.runs} runs"
        summary = summarize(runs)
        drawing = draw_classification(runs, summary, title)
        return DrawnFigure(
            title,
            drawing,
            {"figure": title, **as_data(runs, summary)},
            lambda prefix, formats: save_classification(drawing, runs, summary, prefix, formats),
        )


UNCERTAINTY = UncertaintyFigure(
    "BV, real data: four losses against the teacher's uncertainty, gap against misfit, learning curves"
)
