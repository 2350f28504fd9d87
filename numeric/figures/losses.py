"""RF's Figures 2 to 5: loss curves and their power law, simulated at several widths beside the prediction."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from numeric.figures.drawn import DrawnFigure, Progress, silent
from w2s_theory.errors import InvalidInput

if TYPE_CHECKING:
    from numeric.arrays.backends import Backend
    from numeric.random_features.family import FeatureFamily, Floats
    from numeric.random_features.loss_figures import Series

DRAWS, TIMES = 20, 400
QUICK_DRAWS, QUICK_TIMES, QUICK_STUDENT = 4, 120, 2048

FamilyAtWidth = Callable[[int], "FeatureFamily"]
"""The features of a teacher of a given width."""


@dataclass(frozen=True)
class LossOptions:
    """What a loss figure is simulated with.

    `teacher_widths` are two or more, in increasing order, each >= 1; a student's width is None for the infinite student;
    `times` is the number of stopping times. Raises InvalidInput for other teacher widths.
    """

    teacher_widths: tuple[int, ...]
    student_widths: tuple[int | None, ...]
    draws: int
    times: int
    seed: int
    backend: Backend

    def __post_init__(self) -> None:
        if len(self.teacher_widths) < 2 or self.teacher_widths[0] < 1:
            widths = list(self.teacher_widths)
            raise InvalidInput(f"teacher widths are {widths}; a power law needs two or more, each >= 1")


@dataclass(frozen=True)
class Panel:
    """One series to simulate: its features at each teacher width and its student's width."""

    label: str
    family: FamilyAtWidth
    student_width: int | None


@dataclass(frozen=True)
class LossFigure:
    """One of RF's figures: `families` makes its features, by the label of their series ("" for a single one).

    `student_widths` and `teacher_widths` are the default; with several students each has a series of its own.
    """

    caption: str
    title: str
    families: Callable[[Backend], Mapping[str, FamilyAtWidth]]
    target: str = "degree:1"
    student_widths: tuple[int | None, ...] = (None,)
    teacher_widths: tuple[int, ...] = (16, 32, 64, 128, 256)

    def options(
        self,
        *,
        quick: bool = False,
        seed: int = 0,
        student_widths: Sequence[int | None] | None = None,
        teacher_widths: Sequence[int] | None = None,
        draws: int | None = None,
        backend: Backend | None = None,
    ) -> LossOptions:
        """Return the figure's own options with those given in their place.

        `quick` means few draws, few stopping times and students of width up to 2048.
        """
        from numeric.arrays.backends import NUMPY

        students = self.student_widths if student_widths is None else student_widths
        if quick:
            students = [width and min(width, QUICK_STUDENT) for width in students]
        return LossOptions(
            teacher_widths=tuple(
                sorted(set(self.teacher_widths if teacher_widths is None else teacher_widths))
            ),
            student_widths=tuple(dict.fromkeys(students)),
            draws=(QUICK_DRAWS if quick else DRAWS) if draws is None else draws,
            times=QUICK_TIMES if quick else TIMES,
            seed=seed,
            backend=NUMPY if backend is None else backend,
        )

    def quick(self, seed: int) -> DrawnFigure:
        """Draw the figure in seconds."""
        return self.draw(self.options(quick=True, seed=seed))

    def draw(self, options: LossOptions, progress: Progress = silent) -> DrawnFigure:
        """Simulate and draw; raises InvalidInput where a teacher is as wide as its kernel's rank."""
        from numeric.random_features.loss_figures import draw_figure, figure_data, save_figure

        panels = self._panels(options)
        times = self._common_times(options, panels)
        series = [self._simulate(options, panel, times, progress) for panel in panels]
        several = len(self.student_widths) > 1
        title = self.title if several else f"{self.title}, {_student(options.student_widths[0])}"
        shown = {
            "figure": title,
            "series": [_summary(one) for one in series],
            "settings": dict(series[0].runs.attrs),
        }
        drawing = draw_figure(series, title)
        data = figure_data(series)
        return DrawnFigure(
            title, drawing, shown, lambda prefix, formats: save_figure(drawing, data, prefix, formats)
        )

    def _panels(self, options: LossOptions) -> list[Panel]:
        families = self.families(options.backend)
        return [
            Panel(label or _student(width), family, width)
            for label, family in families.items()
            for width in options.student_widths
        ]

    def _common_times(self, options: LossOptions, panels: Sequence[Panel]) -> Floats:
        """Return one grid of stopping times that covers what every panel needs."""
        import numpy as np

        from numeric.random_features.simulation import default_times
        from numeric.random_features.targets import parse_target

        first, target = options.teacher_widths[0], parse_target(self.target)
        grids = [default_times(panel.family(first), target) for panel in panels]
        return np.geomspace(min(grid[0] for grid in grids), max(grid[-1] for grid in grids), options.times)

    def _simulate(self, options: LossOptions, panel: Panel, times: Floats, progress: Progress) -> Series:
        """Return the panel's runs and predictions; features that depend on the width are run width by width."""
        import numpy as np
        import xarray as xr

        from numeric.random_features.loss_figures import Series
        from numeric.random_features.simulation import Setting, predict, simulate
        from numeric.random_features.targets import parse_target

        widths, target = options.teacher_widths, parse_target(self.target)

        def setting(*teacher_widths: int) -> Setting:
            family = panel.family(teacher_widths[0])
            return Setting(
                family, target, teacher_widths, panel.student_width, options.draws, options.seed, times
            )

        alike = panel.family(widths[0]) == panel.family(widths[-1])
        groups = [widths] if alike else [(width,) for width in widths]
        with progress(panel.label, options.draws * len(groups)) as advance:
            runs = xr.concat(
                [simulate(setting(*group), advance) for group in groups],
                dim="teacher_width",
                combine_attrs="drop_conflicts",
            )
        between = np.unique(np.rint(np.geomspace(widths[0], widths[-1], 25)).astype(int))
        predictions = {int(width): predict(setting(int(width)), int(width)) for width in {*between, *widths}}
        known = {width: found for width, found in sorted(predictions.items()) if found is not None}
        if len(known) < len(predictions):
            raise InvalidInput(
                f"teacher widths up to {widths[-1]} reach the kernel's rank; use smaller widths"
            )
        return Series(panel.label, runs, [known[width] for width in widths], list(known.values()))


def _student(width: int | None) -> str:
    return f"M_ST = {width or 'inf'}"


def _summary(one: Series) -> dict[str, Any]:
    def finite(value: float) -> float | None:
        return value if math.isfinite(value) else None

    return {
        "label": one.label,
        "exponent": one.fit.exponent,
        "interval": [finite(one.fit.low), finite(one.fit.high)],
        "confidence": one.fit.confidence,
        "predicted_exponent": one.predicted_fit.exponent,
        "teacher_width": [int(width) for width in one.runs["teacher_width"].values],
        "L_TE": [float(value) for value in one.runs["L_TE"].mean("draw").values],
        "L_ST": [float(value) for value in one.runs["best_L_ST"].mean("draw").values],
        "prediction": {
            "L_TE": [found.teacher_loss for found in one.predictions],
            "L_ST": [found.best_student_loss for found in one.predictions],
        },
    }


def _relu(*dimensions: int) -> Callable[[Backend], Mapping[str, FamilyAtWidth]]:
    """Return the function that makes ReLU features in these dimensions, the same at every width."""

    def families(backend: Backend) -> Mapping[str, FamilyAtWidth]:
        from numeric.random_features.sphere import SphereFeatures
        from w2s_theory.sphere.activations import RELU

        def at_every_width(dimension: int) -> FamilyAtWidth:
            family = SphereFeatures(RELU, dimension, backend)
            return lambda teacher_width: family

        labels = [f"d = {dimension}" if len(dimensions) > 1 else "" for dimension in dimensions]
        return dict(zip(labels, map(at_every_width, dimensions), strict=True))

    return families


def _linear(backend: Backend) -> Mapping[str, FamilyAtWidth]:
    """Return linear features with the spectrum of RF, Theorem 3.2, which moves with the width."""
    from numeric.random_features.linear import LinearFeatures, parse_spectrum

    return {"": lambda width: LinearFeatures(parse_spectrum("two-level", width), backend)}


LOSS_FIGURES: Mapping[str, LossFigure] = {
    "2": LossFigure(
        "RF, Figure 2: ReLU, d = 32, a linear target, the power law of the best student",
        "ReLU, d = 32, linear target",
        _relu(32),
    ),
    "3": LossFigure(
        "RF, Figure 3: linear features, one direction of variance 1 among d = M_TE^(3/2)",
        "linear features, d = M_TE^(3/2)",
        _linear,
        target="level:0",
        teacher_widths=(32, 64, 128, 256, 512),
    ),
    "4": LossFigure(
        "RF, Figure 4: ReLU, a linear target, d = 16, 32, 64", "ReLU, linear target", _relu(16, 32, 64)
    ),
    "5": LossFigure(
        "RF, Figure 5: ReLU, d = 32, a linear target, narrower students",
        "ReLU, d = 32, linear target",
        _relu(32),
        student_widths=(1024, 2048, 4096),
    ),
}
"""By the figure's number in RF."""
