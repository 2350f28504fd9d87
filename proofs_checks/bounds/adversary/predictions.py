"""States of binary predictions at one input: fixed target and student, a teacher with finitely many predictions."""

from __future__ import annotations

import numpy as np

from proofs_checks.bounds.adversary.arithmetic import Array, difference, divided, log, log_ratio, shown
from proofs_checks.bounds.adversary.families import Built, Family, Floats, Generator, Knob, Turning

PROBABILITY = Knob(1 / 1000, 999 / 1000, special=(1 / 1000, 1 / 2, 999 / 1000))
FACTOR = Knob(1e-3, 1e3, Turning.SCALE, special=(1,))
Law = tuple[Array, Array]
"""Probabilities of class 1 and class 0, each of shape (states, predictions)."""
MULTIPLICITY = Knob(1, 3, Turning.CHOICE)


def teacher_of(predictions: int) -> Family:
    """Return a teacher with `predictions` values, whose logits have the mean of its dual mean.

    Knobs: target, student, dual mean; then for every prediction but the first a factor of its odds over those of the
    dual mean, and its weight 1, 2 or 3. The first has the weight 1 and the factor that makes the product 1.
    """
    others = predictions - 1

    def construct(knobs: Array) -> Built:
        target, student, mean = (knobs[:, i : i + 1] for i in range(3))
        factors, weights = knobs[:, 3 : 3 + others], knobs[:, 3 + others :]
        first = np.prod(
            np.where(
                weights >= 3, factors * factors * factors, np.where(weights >= 2, factors * factors, factors)
            ),
            axis=1,
        )
        first = divided(np.ones_like(first), first)
        factors = np.concatenate([first[:, None], factors], axis=1)
        weights = np.concatenate([np.ones_like(first)[:, None], weights], axis=1)
        below = 1 - mean + mean * factors
        # Both probabilities, so that none is lost beside 1.
        teacher = divided(mean * factors, below), divided(1 - mean + 0 * factors, below)
        shares = divided(weights, weights.sum(axis=1)[:, None])
        return built((target, 1 - target), (student, 1 - student), (mean, 1 - mean), teacher, shares)

    def close(generator: Generator, count: int) -> Floats:
        # Nearly equal probabilities, nearly certain ones, and teachers of little variance.
        logits = generator.normal(size=(count, 1)) * 3
        logits = logits + generator.normal(size=(count, 3)) * 10.0 ** generator.uniform(-4, 1, (count, 1))
        factors = np.exp(
            generator.normal(size=(count, others)) * 10.0 ** generator.uniform(-4, 0, (count, 1))
        )
        return np.hstack([1 / (1 + np.exp(-logits)), factors, np.full((count, others), np.nan)])

    knobs = (*(PROBABILITY,) * 3, *(FACTOR,) * others, *(MULTIPLICITY,) * others)
    return Family(f"teacher of {predictions} predictions", knobs, construct, close)


def built(target: Law, student: Law, mean: Law, teacher: Law, weights: Array) -> Built:
    """Return the observables by their definitions, as sums over the teacher's predictions (states, predictions)."""

    def expected(values: Array) -> Array:
        return np.asarray((weights * values).sum(axis=1))

    risk_w, risk_s = expected(divergence(target, teacher)), divergence(target, student)[:, 0]
    logits = log_ratio(student[0], mean[0]) - log_ratio(student[1], mean[1])
    observables = {
        "risk_w": risk_w,
        "risk_s": risk_s,
        "gap": difference(risk_w, risk_s, risk_w + risk_s),
        "misfit": expected(divergence(student, teacher)),
        "projection_error": divergence(student, mean)[:, 0],
        "variance": expected(divergence(mean, teacher)),
        "risk_mean": divergence(target, mean)[:, 0],
        "cross_term": (logits * (target[0] - student[0]))[:, 0],
        "entropy_s": cross_entropy(student, student)[:, 0],
        "RCE": expected(cross_entropy(student, teacher)),
        "CE_w": expected(cross_entropy(target, teacher)),
        "CE_s": cross_entropy(target, student)[:, 0],
        "target": target[0][:, 0],
        "student": student[0][:, 0],
        "mean_teacher": mean[0][:, 0],
    }

    def noise() -> dict[str, Array]:
        # A divergence of laws p and q that are off by one rounding error is off by |p - q|.
        result = {
            name: 4 * observables[name] + 4 * spoiled
            for name, spoiled in (
                ("risk_w", expected(np.abs(target[0] - teacher[0]))),
                ("risk_s", np.abs(target[0] - student[0])[:, 0]),
                ("misfit", expected(np.abs(student[0] - teacher[0]))),
                ("projection_error", np.abs(student[0] - mean[0])[:, 0]),
                ("variance", expected(np.abs(mean[0] - teacher[0]))),
                ("risk_mean", np.abs(target[0] - mean[0])[:, 0]),
            )
        }
        result["gap"] = result["risk_w"] + result["risk_s"]
        sizes = 1 + sum(np.abs(np.log(value)) for value in (*student, *mean))
        result["cross_term"] = 4 * (sizes * np.abs(target[0] - student[0]) + np.abs(logits))[:, 0]
        return result

    def description() -> dict[str, str]:
        law = zip(weights[0], teacher[0][0], strict=True)
        return {
            "target": shown(target[0][0, 0]),
            "student": shown(student[0][0, 0]),
            "teacher": ", ".join(f"{shown(value)} with {shown(weight)}" for weight, value in law),
        }

    return Built(observables, np.ones(len(weights), dtype=bool), description, noise=noise)


def divergence(left: Law, right: Law) -> Array:
    """Return KL(left || right)."""
    pairs = list(zip(left, right, strict=True))
    if left[0].dtype == object:
        return np.asarray(sum(p * log_ratio(p, q) for p, q in pairs))
    # p log(p/q) = q - p + p (x - log(1 + x)) with x = (q - p)/p, and the linear terms of both classes cancel: nearly
    # equal laws lose no digits.
    return np.asarray(sum(p * _beyond_linear((q - p) / p, np.log(q) - np.log(p)) for p, q in pairs))


def _beyond_linear(x: Floats, logarithm: Floats) -> Floats:
    """Return x - log(1 + x), with that logarithm given."""
    series = x * x * (1 / 2 - x * (1 / 3 - x * (1 / 4 - x * (1 / 5 - x * (1 / 6 - x / 7)))))
    return np.where(np.abs(x) < 1e-3, series, x - logarithm)


def cross_entropy(left: Law, right: Law) -> Array:
    """Return the cross-entropy from left to right."""
    return np.asarray(-left[0] * log(right[0]) - left[1] * log(right[1]))


def bregman_binary() -> list[Family]:
    """Return families of teachers."""
    return [teacher_of(predictions) for predictions in (1, 2, 3, 4)]
