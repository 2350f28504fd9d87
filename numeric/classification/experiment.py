"""Weak-to-strong classification on real data: weak teachers, and students of their soft labels.

A student is linear in many random ReLU features and follows gradient flow from zero on one of the losses of
`numeric.classification.losses`. All students of a run share their points and features; runs differ in everything drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from numeric.arrays.threads import one_blas_thread
from numeric.classification.data import Division, Integers, LabelledData, divide, standardized
from numeric.classification.losses import (
    SYMMETRIC_WEIGHT,
    THRESHOLD,
    Floats,
    LogitLoss,
    log_softmax,
    logit_loss,
    mixed_with_uniform,
    side_by_side,
)
from numeric.classification.measures import (
    MEASURES,
    RULES,
    TEACHER_MEASURES,
    accuracy,
    risk,
    stopping_points,
    student_measures,
    teacher_measures,
)
from numeric.classification.paths import gradient_flow
from numeric.classification.teachers import (
    TeacherSetting,
    arithmetic_mean,
    fit_teacher,
    geometric_mean,
    relu_features,
)
from numeric.sweeps.executors import evaluate
from w2s_theory.errors import InvalidInput

LABELLERS = ("single", "arithmetic", "geometric", "truth")
"""Who labels a student's points: one teacher, one of the means of an ensemble, or the true classes."""
_FIRST_TIME, _LAST_TIME, _TIMES_A_DECADE = 0.1, 1e6, 12
SHARED = (
    "teachers",
    "student_width",
    "student_bias",
    "fraction",
    "symmetric_weight",
    "threshold",
    "horizon",
)
"""Fields of a setting that are numbers; results carry them."""


@dataclass(frozen=True)
class Student:
    """A student: its loss, who labels its points, and the share `keep` of a label that mixing leaves."""

    loss: str
    labeller: str = "single"
    keep: float = 1.0

    @property
    def label(self) -> str:
        """A short name, for tables and coordinates."""
        mixed = "" if self.keep == 1 else f", {self.keep:g} kept"
        return f"{self.loss}, {self.labeller}{mixed}"


CEILING = Student("ce", "truth")


@dataclass(frozen=True)
class Setting:
    """An experiment: its students, its teachers, and what they share.

    `teachers` >= 2 is the size of the ensembles, `student_width` >= 1 the number of the students' features and
    `student_bias` >= 0 the size of their constant feature, where the others have mean squared norm 1; `fraction` in
    [0, 1] is the share of examples whose labels are mixed with the uniform distribution for students with keep < 1;
    `horizon` in (0.1, 10^6] is the last stopping time, in steps of gradient descent. The ceiling, a student of the true
    classes by cross-entropy, is always run, after the others. Raises InvalidInput outside these ranges.
    """

    students: Sequence[Student]
    teacher: TeacherSetting = field(default_factory=TeacherSetting)
    teachers: int = 8
    student_width: int = 2000
    student_bias: float = 0.3
    fraction: float = 0.5
    symmetric_weight: float = SYMMETRIC_WEIGHT
    threshold: float = THRESHOLD
    horizon: float = 10_000.0

    def __post_init__(self) -> None:
        if not self.students or len(set(self.students)) < len(self.students):
            raise InvalidInput(
                "students are none or repeated; give different losses and shares, at least one"
            )
        if self.teachers < 2:
            raise InvalidInput(f"teachers = {self.teachers}; an ensemble needs 2 or more")
        if self.student_width < 1:
            raise InvalidInput(f"student width is {self.student_width}; it must be >= 1")
        if not 0 <= self.student_bias < np.inf:
            raise InvalidInput(f"student bias is {self.student_bias:g}; it must be a finite number >= 0")
        if not 0 <= self.fraction <= 1:
            raise InvalidInput(f"fraction is {self.fraction:g}; it must be in [0, 1]")
        if not _FIRST_TIME < self.horizon <= _LAST_TIME:
            raise InvalidInput(
                f"horizon is {self.horizon:g}; it must be in ({_FIRST_TIME:g}, {_LAST_TIME:g}]"
            )

    @property
    def times(self) -> Floats:
        """The stopping times in steps of gradient descent, from 0.1 to the horizon in geometric progression."""
        count = int(np.ceil(np.log10(self.horizon / _FIRST_TIME) * _TIMES_A_DECADE)) + 1
        return np.geomspace(_FIRST_TIME, self.horizon, count)

    @property
    def followed(self) -> tuple[Student, ...]:
        """The students and, last, the ceiling."""
        return (*self.students, CEILING)


@dataclass(frozen=True)
class Run:
    """What one run gives: the students' test measures along their paths, where each rule stops, and their teachers'.

    `paths` is (measures, students, times), `stops` (students, rules), `teachers` (teacher measures, students).
    """

    paths: Floats
    stops: Integers
    teachers: Floats


def run_once(data: LabelledData, setting: Setting, seed: int, index: int) -> Run:
    """Return run number `index` of a seed, with its own division of the points, teachers, features and mixing.

    Which students are followed changes none of these. Raises InvalidInput where the data are too few (`divide`,
    `fit_teacher`).
    """
    streams = [np.random.default_rng(one) for one in np.random.SeedSequence([seed, index]).spawn(4)]
    division = divide(data, streams[0])
    seen = np.concatenate([division.labelled, division.unlabelled])
    inputs = standardized(data.inputs, seen)
    with one_blas_thread():
        fitted = [
            fit_teacher(data, inputs, division.labelled, seen, setting.teacher, streams[1])
            for _ in range(setting.teachers)
        ]
        teachers = np.stack(fitted)
        features = _student_features(inputs, seen, setting, streams[2])
        chosen = streams[3].random(len(inputs)) < setting.fraction
        labels = [_labels(student, teachers, chosen, data) for student in setting.followed]
        return _follow(data, division, features, labels, setting)


@dataclass(frozen=True)
class _Labels:
    """A student's labels (points, classes), and the teachers (teachers, points, classes) it is compared with."""

    labels: Floats
    teachers: Floats


def _labels(student: Student, teachers: Floats, chosen: NDArray[np.bool_], data: LabelledData) -> _Labels:
    """Return what the student sees; a teacher whose labels are mixed is compared as mixed, too."""
    if student.labeller == "truth":
        return _Labels(np.eye(data.class_count)[data.classes], teachers[:1])
    if student.labeller == "single":
        mixed = mixed_with_uniform(teachers[0], student.keep, chosen)
        return _Labels(mixed, mixed[None])
    if student.labeller not in LABELLERS:
        raise InvalidInput(f"unknown labeller {student.labeller!r}; use one of {', '.join(LABELLERS)}")
    mean = arithmetic_mean if student.labeller == "arithmetic" else geometric_mean
    all_mixed = np.stack([mixed_with_uniform(one, student.keep, chosen) for one in teachers])
    return _Labels(mean(all_mixed), all_mixed)


def _student_features(
    inputs: Floats, seen: Integers, setting: Setting, generator: np.random.Generator
) -> Floats:
    """Return random ReLU features, centred and of mean squared norm 1 over the seen points, and a constant one.

    Without centring, the constant direction has the largest eigenvalue by far and is learned first; reverse
    cross-entropy with many classes then never leaves the classes that are likeliest over all points.
    """
    features = relu_features(inputs, setting.student_width, generator)
    features -= features[seen].mean(axis=0)
    features /= np.sqrt(np.mean(np.sum(features[seen] ** 2, axis=1)))
    return np.hstack([features, np.full((len(features), 1), setting.student_bias)])


def _follow(
    data: LabelledData, division: Division, features: Floats, labels: Sequence[_Labels], setting: Setting
) -> Run:
    """Run all students' paths at once and measure them at every stopping time."""

    def loss_on(points: Integers) -> LogitLoss:
        losses = [
            logit_loss(student.loss, one.labels[points], setting.symmetric_weight, setting.threshold)
            for student, one in zip(setting.followed, labels, strict=True)
        ]
        return side_by_side(losses)

    own, validation, test = division.unlabelled, division.validation, division.test
    judged = np.concatenate([validation, test])
    kernel, reach = (features[points] @ features[own].T for points in (own, judged))
    held_out_loss = loss_on(validation)
    mean_logs = np.stack([np.log(one.teachers[:, test]).mean(axis=0) for one in labels], axis=1)
    truth, true_held_out = data.classes[test], data.classes[validation]
    paths, judgements = [], []
    for coefficients in gradient_flow(kernel, loss_on(own), setting.times):
        logits = (reach @ coefficients.reshape(len(own), -1)).reshape(len(judged), *coefficients.shape[1:])
        held_out, tested = np.split(log_softmax(logits), [len(validation)])
        paths.append(student_measures(tested, mean_logs, truth))
        own_loss = held_out_loss.value(held_out).mean(axis=0)
        judgements.append((risk(held_out, true_held_out), accuracy(held_out, true_held_out), own_loss))
    stops = stopping_points(*(np.stack(column, axis=1) for column in zip(*judgements, strict=True)))
    teachers = np.stack([teacher_measures(one.teachers[:, test], truth) for one in labels], axis=1)
    return Run(np.stack(paths, axis=-1), stops, teachers)


def experiment(
    data: LabelledData,
    setting: Setting,
    runs: int,
    seed: int,
    jobs: int = 1,
    advance: Callable[[], None] = lambda: None,
) -> xr.Dataset:
    """Return the measures of `runs` >= 2 runs, the same for any number of processes `jobs`.

    Variables are `path` (run, measure, student, time), `stopped` (run, measure, student, rule), `stopping_time` (run,
    student, rule) and `teacher` (run, teacher_measure, student), the mean over the teachers a student is compared
    with. Raises InvalidInput as `run_once` does, and for fewer runs or a negative seed.
    """
    if runs < 2:
        raise InvalidInput(f"runs = {runs}; an interval needs 2 or more")
    if seed < 0:
        raise InvalidInput(f"seed is {seed}; it must be >= 0")
    once = partial(run_once, data, setting, seed)
    found: dict[int, Run] = {}
    results = enumerate(map(once, range(runs))) if jobs == 1 else evaluate(once, range(runs), "local", jobs)
    for index, run in results:
        found[index] = run
        advance()
    return _dataset(setting, [found[index] for index in range(runs)]).assign_attrs(
        data=data.name,
        points=len(data.inputs),
        classes=data.class_count,
        runs=runs,
        seed=seed,
        **{f"teacher_{name}": value for name, value in asdict(setting.teacher).items()},
        **{name: getattr(setting, name) for name in SHARED},
    )


def _dataset(setting: Setting, runs: Sequence[Run]) -> xr.Dataset:
    paths = np.stack([run.paths for run in runs])
    stops = np.stack([run.stops for run in runs])
    followed = setting.followed
    return xr.Dataset(
        {
            "path": (("run", "measure", "student", "time"), paths),
            "stopped": (
                ("run", "measure", "student", "rule"),
                np.take_along_axis(paths, stops[:, None], axis=-1),
            ),
            "stopping_time": (("run", "student", "rule"), setting.times[stops]),
            "teacher": (("run", "teacher_measure", "student"), np.stack([run.teachers for run in runs])),
        },
        coords={
            "measure": list(MEASURES),
            "teacher_measure": list(TEACHER_MEASURES),
            "rule": list(RULES),
            "time": setting.times,
            "student": [student.label for student in followed],
            "loss": ("student", [student.loss for student in followed]),
            "labeller": ("student", [student.labeller for student in followed]),
            "keep": ("student", [student.keep for student in followed]),
        },
    )
