"""The figure of "The three papers are one statement": a student's bias and variance, its gap and its misfit."""

from __future__ import annotations

import io

import numpy as np
from matplotlib import rc_context
from matplotlib.figure import Figure

from numeric.random_features.deterministic_equivalents import DeterministicEquivalent
from numeric.random_features.family import Floats
from numeric.random_features.simulation import Setting, predict
from numeric.random_features.sphere import SphereFeatures
from numeric.random_features.targets import parse_target
from w2s_theory.sphere.activations import RELU

DIMENSION, TEACHER_WIDTH = 8, 256


def draw() -> bytes:
    """Return the figure as SVG: ReLU, a linear target, Gaussian universality; no random numbers."""
    times = np.geomspace(1e1, 1e8, 400)
    family, target = SphereFeatures(RELU, DIMENSION), parse_target("degree:1")
    teacher = predict(Setting(family, target, (TEACHER_WIDTH,), None, 1, 0, times), TEACHER_WIDTH)
    if teacher is None:
        raise RuntimeError("the teacher is as wide as its kernel's rank")
    with rc_context({"font.size": 9, "svg.hashsalt": "w2s", "axes.grid": True, "grid.alpha": 0.25}):
        figure = Figure(figsize=(10, 4), layout="constrained")
        left, right = figure.subplots(1, 2)
        bias, variance, misfit = parts(teacher, times)
        left.loglog(times, bias + variance, "k", label=r"student $\mathcal{L}_\mathrm{ST}(t)$")
        left.loglog(times, bias, label="squared bias")
        left.loglog(times, variance, label="variance over the teacher's features")
        left.axhline(teacher.teacher_loss, color="grey", ls="--", lw=1)
        left.axhline(teacher.mean_teacher_loss, color="tab:red", ls=":", lw=1.5)
        left.text(times[0], teacher.teacher_loss * 1.2, r"teacher $\mathcal{L}_\mathrm{TE}$", va="bottom")
        label = r"mean teacher $\mathcal{L}_\mathrm{TE}^2$"
        left.text(times[0], teacher.mean_teacher_loss * 1.2, label, va="bottom", color="tab:red")
        left.set(xlabel="stopping time $t$", ylabel="loss", ylim=(teacher.mean_teacher_loss / 20, 20))
        left.legend(loc="upper right")
        gap = 1 - (bias + variance) / teacher.teacher_loss
        right.semilogx(times, gap, label=r"gap $\mathcal{L}_\mathrm{TE} - \mathcal{L}_\mathrm{ST}(t)$")
        right.semilogx(
            times,
            misfit / teacher.teacher_loss,
            label=r"misfit $\mathbb{E}\,(f_\mathrm{ST} - f_\mathrm{TE})^2$",
        )
        right.axvline(teacher.optimal_time, color="grey", ls="--", lw=1, label="best stopping time")
        right.set(xlabel="stopping time $t$", ylabel=r"share of $\mathcal{L}_\mathrm{TE}$", ylim=(-0.5, 2.5))
        right.legend()
        drawing = io.BytesIO()
        figure.savefig(drawing, format="svg", metadata={"Date": None})
    return drawing.getvalue()


def parts(teacher: DeterministicEquivalent, times: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the student's squared bias and variance, and its misfit to the teacher, at each time."""
    visible = np.isfinite(teacher.log_eigenvalues)
    eigenvalues = np.exp(teacher.log_eigenvalues[visible])
    masses, shares = teacher.masses[visible], teacher.variance_shares[visible]
    captured = teacher.captured[visible]
    learned = -np.expm1(-times[:, None] * eigenvalues)
    bias = (1 - learned * captured) ** 2 @ masses
    variance = teacher.teacher_variance * (learned**2 @ shares)
    unlearned = 1 - learned
    misfit = (unlearned * captured) ** 2 @ masses + teacher.teacher_variance * (unlearned**2 @ shares)
    return bias, variance, misfit
