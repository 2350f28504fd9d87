"""Simulated teachers and students of one setting, all widths, draws and stopping times, as one Dataset.

Source: Medvedev et al. 2025, sections 1 and 3.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
import xarray as xr

from numeric.arrays.threads import one_blas_thread
from numeric.random_features.deterministic_equivalents import DeterministicEquivalent
from numeric.random_features.family import FeatureFamily, Floats
from numeric.random_features.gradient_flow import FlowModes, check_times, finite_student_modes, loss_error
from numeric.random_features.targets import Target
from numeric.random_features.teachers import Teacher, fit_teacher
from w2s_theory.errors import InvalidInput

# Best stopping times lie within a factor of 40 above 1/eigenvalue even at losses of 1e-15; the range shows
# the flow from its start to overtraining.
_TIMES_BELOW, _TIMES_ABOVE = 1e-2, 1e4
# On the circle every degree has two eigenvalues only; elsewhere fewer levels would do.
_PREDICTION_LEVELS, _PREDICTION_LEVELS_PER_WIDTH = 1000, 4
MOST_DRAWS = 10**6
_UNITS = {
    "L_TE": "E f*^2",
    "teacher_error": "(E f*^2)^(1/2)",
    "L_ST": "E f*^2",
    "best_L_ST": "E f*^2",
    "PGR": "1",
    "kappa_S": "1",
    "optimal_time": "1 / kernel eigenvalue",
}


@dataclass(frozen=True)
class Setting:
    """What to simulate: features, target, widths, number of draws, seed, stopping times.

    `student_width` None is the infinitely wide student. Every draw has its own student, shared by the
    teachers of all widths. Raises InvalidInput for widths or draws below 1, or unordered or negative times.
    """

    family: FeatureFamily
    target: Target
    teacher_widths: tuple[int, ...]
    student_width: int | None
    draws: int
    seed: int
    times: Floats

    def __post_init__(self) -> None:
        student_widths = () if self.student_width is None else (self.student_width,)
        for name, widths in (("teacher", self.teacher_widths), ("student", student_widths or (1,))):
            if not widths or min(widths) < 1 or len(set(widths)) < len(widths):
                raise InvalidInput(f"{name} widths are {list(widths)}; give different integers >= 1")
        if not 1 <= self.draws <= MOST_DRAWS:
            raise InvalidInput(f"{self.draws} draws; give an integer from 1 to {MOST_DRAWS}")
        if self.seed < 0:
            raise InvalidInput(f"seed is {self.seed}; it must be an integer >= 0")
        for level in self.target.levels:
            self.family.multiplicity(level)
        object.__setattr__(self, "times", check_times(self.times))

    @property
    def invisible_mass(self) -> float:
        """The target's squared norm where the kernel's eigenvalue is 0, which no width can learn."""
        parts = self.target.components
        return sum(part.mass for part in parts if self.family.eigenvalue(part.level) == 0.0)


def default_times(family: FeatureFamily, target: Target, count: int = 400) -> Floats:
    """Return `count` stopping times, evenly spaced in logarithm, from start to overtraining.

    Raises InvalidInput for fewer than 2.
    """
    if count < 2:
        raise InvalidInput(f"{count} stopping times; give an integer >= 2")
    seen = [rate for rate in map(family.eigenvalue, target.levels) if rate > 0.0] or [1.0]
    return np.geomspace(_TIMES_BELOW / max(seen), _TIMES_ABOVE / min(seen), count)


def simulate(setting: Setting, advance: Callable[[], None] = lambda: None) -> xr.Dataset:
    """Return losses, best stopping times and error estimates of every draw; `advance` is called after each.

    Dimensions teacher_width, draw, time. `truncation_error` (parts of the teacher not followed),
    `lanczos_error` and `rounding_error` say how far L_ST may be off, each by itself; `teacher_error` is the
    L2 distance by which rounding may have moved the teacher. A draw's numbers depend on the seed, its
    index and the widths alone. Source: RF, sections 1 and 3.
    """
    rows = []
    for draw in range(setting.draws):
        rows.append(_simulate_draw(setting, draw))
        advance()
    names = {"L_ST", "truncation_error", "lanczos_error", "rounding_error"}
    variables = {
        name: (
            ("draw", "teacher_width", "time") if name in names else ("draw", "teacher_width"),
            np.stack([row[name] for row in rows]),
            {"units": _UNITS.get(name, "E f*^2")},
        )
        for name in rows[0]
    }
    dataset = xr.Dataset(
        variables,
        coords={
            "teacher_width": list(setting.teacher_widths),
            "draw": range(setting.draws),
            "time": ("time", setting.times, {"units": _UNITS["optimal_time"]}),
        },
        attrs=_attributes(setting),
    )
    return dataset.transpose("teacher_width", "draw", "time")


def _simulate_draw(setting: Setting, draw: int) -> dict[str, Floats]:
    with one_blas_thread():
        teachers = [_draw_teacher(setting, draw, width) for width in setting.teacher_widths]
        about_teachers = [_teacher_column(teacher) for teacher in teachers]
    students = _student_modes(setting, draw, teachers)
    columns = [
        about_teacher | _student_column(setting, modes, about_teacher)
        for about_teacher, modes in zip(about_teachers, students, strict=True)
    ]
    return {name: np.stack([column[name] for column in columns]) for name in columns[0]}


def _teacher_column(teacher: Teacher) -> dict[str, Any]:
    return {
        "L_TE": teacher.loss,
        "kappa_S": teacher.alignment(),
        "rank_deficient": float(teacher.rank_deficient),
        "teacher_error": teacher.rounding_error,
    }


def _student_column(setting: Setting, modes: FlowModes, teacher: dict[str, Any]) -> dict[str, Any]:
    losses = modes.losses(setting.times)
    best_time, best_loss = modes.best(setting.times)
    gap = teacher["L_TE"] - setting.invisible_mass
    return {
        "L_ST": losses,
        "best_L_ST": best_loss,
        "optimal_time": best_time,
        "PGR": (teacher["L_TE"] - best_loss) / gap if gap > teacher["teacher_error"] else math.nan,
        "truncation_error": modes.truncation_error(setting.times),
        "lanczos_error": loss_error(losses, modes.lanczos_error(setting.times)),
        "rounding_error": loss_error(losses, teacher["teacher_error"] + _student_rounding(setting)),
    }


def _generator(setting: Setting, draw: int, width: int) -> np.random.Generator:
    """Width 0 stands for the student. Named children, so that a draw depends on no other draw or width."""
    return np.random.default_rng(np.random.SeedSequence(setting.seed, spawn_key=(draw, width)))


def _draw_teacher(setting: Setting, draw: int, width: int) -> Teacher:
    features = setting.family.draw(_generator(setting, draw, width), width)
    return fit_teacher(setting.family, setting.target, features)


def _student_modes(setting: Setting, draw: int, teachers: list[Teacher]) -> list[FlowModes]:
    longest_time = float(setting.times[-1])
    if setting.student_width is None:
        with one_blas_thread():
            return [teacher.infinite_student_modes(longest_time) for teacher in teachers]
    family, xp = setting.family, setting.family.backend.namespace
    features = family.draw(_generator(setting, draw, 0), setting.student_width)
    parts = [part.mass**0.5 * family.correlations(features, part) for part in setting.target.components]
    labels = [family.kernel(features, teacher.features) @ teacher.weights for teacher in teachers]
    with one_blas_thread():
        gram = family.gram(features)
    # The products with this matrix are worth every thread.
    return finite_student_modes(
        gram, xp.stack(labels), sum(parts[1:], parts[0]), family.backend, longest_time
    )


def _student_rounding(setting: Setting) -> Floats:
    """How far rounding in the student's kernel matrix K / m moves f_t, an estimate: t times its norm.

    Independent relative errors epsilon in entries of at most K_ii = trace give a symmetric matrix of norm
    2 epsilon trace / sqrt(m). The infinitely wide student has exact eigenvalues.
    """
    if setting.student_width is None:
        return np.zeros_like(setting.times)
    trace = float(setting.family.spectrum.trace)
    return setting.times * 2.0 * setting.family.backend.epsilon * trace / math.sqrt(setting.student_width)


def predict(setting: Setting, width: int) -> DeterministicEquivalent | None:
    """Return the losses under Gaussian universality for a teacher of this width.

    None for a teacher at least as wide as the kernel's rank, which learns all that is visible.
    """
    spectrum = setting.family.spectrum
    if width >= float(spectrum.rank):
        return None
    levels = max(max(setting.target.levels) + 1, _PREDICTION_LEVELS + _PREDICTION_LEVELS_PER_WIDTH * width)
    log_eigenvalues, log_multiplicities = spectrum.log_levels(levels)
    masses = setting.target.masses(len(log_eigenvalues))
    return DeterministicEquivalent.at_width(log_eigenvalues, log_multiplicities, masses, width)


def _attributes(setting: Setting) -> dict[str, str | int]:
    backend = setting.family.backend
    return {
        "features": str(setting.family),
        "target": str(setting.target),
        "student_width": str(setting.student_width or "inf"),
        "seed": setting.seed,
        "backend": str(backend),
        "versions": " ".join(f"{name} {found}" for name, found in versions(backend.name).items()),
    }


def versions(*libraries: str) -> dict[str, str]:
    """Return the installed versions of the toolkit, NumPy, SciPy and these libraries, where they have one."""
    found = {}
    for name in dict.fromkeys(("w2s-theory", "numpy", "scipy", *libraries)):
        try:
            found[name] = version(name.replace("_", "-"))
        except PackageNotFoundError:
            found[name] = "unknown"
    return found


def summarize(dataset: xr.Dataset) -> list[Mapping[str, Mapping[str, float | None]]]:
    """Return mean and standard error of losses, PGR, kappa_S and best time, for each teacher width.

    L_ST is taken at each draw's own best time. A standard error needs two draws; None stands for what is
    not defined.
    """
    named = {"L_TE": "L_TE", "L_ST": "best_L_ST", "PGR": "PGR", "kappa_S": "kappa_S"}
    named["optimal_time"] = "optimal_time"
    draws = dataset.sizes["draw"]

    def statistics(values: Floats) -> dict[str, float | None]:
        error = np.std(values, ddof=1) / math.sqrt(draws) if draws > 1 else math.nan
        pairs = (("mean", np.mean(values)), ("standard_error", error))
        return {name: float(value) if np.isfinite(value) else None for name, value in pairs}

    return [
        {name: statistics(dataset[variable].values[row]) for name, variable in named.items()}
        for row in range(dataset.sizes["teacher_width"])
    ]
