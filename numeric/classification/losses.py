"""Losses of a student's logits against a teacher's soft labels, for many students at once.

Each loss is forward * CE + reverse * RCE with weights of its own on every example, where, for labels q and student
probabilities p, CE = -sum_k q_k log p_k and RCE = -sum_k p_k log q_k. Cross-entropy has weights (1, 0), reverse
cross-entropy (0, 1), the symmetric loss (1, b), and the confidence-adaptive loss (1, 0) on examples whose label is
confident and (0, 1) on the others.

Source: Xu et al. 2025 and its authors' code; the bound on the curvature is derived here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2s_theory.errors import InvalidInput

Floats = NDArray[np.floating[Any]]
LOSSES = {
    "ce": "cross-entropy",
    "rce": "reverse cross-entropy",
    "sl": "symmetric",
    "cace": "confidence-adaptive",
}
"""Names of the losses, and the names they are shown by."""
SYMMETRIC_WEIGHT = 0.1
"""Weight of reverse cross-entropy in the symmetric loss; that of cross-entropy is 1 (BV, the authors' code)."""
THRESHOLD = 0.25
"""The confidence-adaptive loss is cross-entropy from this confidence on; for two classes, odds of 3 to 1."""
_ON_THE_SIMPLEX = 1e-9


def check_probabilities(probabilities: Floats) -> None:
    """Raise InvalidInput unless the last axis holds probabilities: at least two, in [0, 1], of sum 1 to 1e-9."""
    if probabilities.ndim == 0 or probabilities.shape[-1] < 2:
        raise InvalidInput(
            f"probabilities have shape {probabilities.shape}; the last axis needs 2 classes or more"
        )
    # Written so that NaN fails it.
    inside = np.all(probabilities >= 0) and np.all(abs(probabilities.sum(axis=-1) - 1) <= _ON_THE_SIMPLEX)
    if not inside:
        raise InvalidInput(
            "probabilities lie outside the simplex; give numbers >= 0 whose sum over classes is 1"
        )


def floored(probabilities: Floats, floor: float) -> Floats:
    """Return the probabilities raised to `floor` and scaled to sum 1 again, so that their logarithms are finite.

    Raises InvalidInput outside the simplex, or for a floor outside (0, 1 / classes).
    """
    check_probabilities(probabilities)
    if not 0 < floor < 1 / probabilities.shape[-1]:
        raise InvalidInput(
            f"floor is {floor:g}; it must be in (0, 1/{probabilities.shape[-1]}), below uniform labels"
        )
    raised = np.maximum(probabilities, floor)
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def mixed_with_uniform(probabilities: Floats, keep: float, chosen: NDArray[np.bool_]) -> Floats:
    """Return labels (examples, classes) with q replaced by keep * q + (1 - keep) / classes on the chosen examples.

    Raises InvalidInput for `keep` outside (0, 1]: at 0 the label says nothing.
    """
    if not 0 < keep <= 1:
        raise InvalidInput(f"keep is {keep:g}; the share of the label that is kept must be in (0, 1]")
    mixed = keep * probabilities + (1 - keep) / probabilities.shape[-1]
    return np.where(chosen[:, None], mixed, probabilities)


def log_softmax(logits: Floats) -> Floats:
    """Return the log-probabilities of logits (..., classes), finite for finite logits."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))


def confidence(labels: Floats) -> Floats:
    """Return max q - 1/classes, in [0, 1 - 1/classes], which is |q - 1/2| for two classes (for more, ours)."""
    return np.asarray(labels.max(axis=-1) - 1 / labels.shape[-1])


@dataclass(frozen=True)
class LogitLoss:
    """Labels and log-labels (..., classes) with the weights (..., 1) of CE and RCE; make one with `logit_loss`."""

    labels: Floats
    log_labels: Floats
    forward: Floats
    reverse: Floats

    def value(self, logits: Floats) -> Floats:
        """Return the loss of every example, shape (...)."""
        log_student = log_softmax(logits)
        cross = (
            self.forward * self.labels * log_student + self.reverse * np.exp(log_student) * self.log_labels
        )
        return np.asarray(-cross.sum(axis=-1))

    def gradient(self, logits: Floats) -> Floats:
        """Return the derivative of every example's loss in its logits, shape (..., classes)."""
        student = np.exp(logits - logits.max(axis=-1, keepdims=True))
        student /= student.sum(axis=-1, keepdims=True)
        mean = np.einsum("...k,...k->...", student, self.log_labels)[..., None]
        return np.asarray(
            self.forward * (student - self.labels) - self.reverse * student * (self.log_labels - mean)
        )

    @property
    def curvature(self) -> Floats:
        """A bound on the norm of every example's Hessian in its logits, at any logits, shape (...).

        With Var the variance of v under p, the Hessian's form in v is Var for CE and, for RCE, that of
        -sum_k p_k (l_k - <p, l>) (v_k - <p, v>)^2 with l = log q: at most (max l - min l) Var. And Var <= |v|^2 / 2.
        """
        spread = np.ptp(self.log_labels, axis=-1)
        return np.asarray((self.forward[..., 0] + self.reverse[..., 0] * spread) / 2)


def logit_loss(
    name: str, labels: Floats, symmetric_weight: float = SYMMETRIC_WEIGHT, threshold: float = THRESHOLD
) -> LogitLoss:
    """Return the loss of this name, one of `LOSSES`, against labels (examples, classes).

    `symmetric_weight` >= 0 is the weight of RCE in the symmetric loss; the confidence-adaptive loss is CE where the
    `confidence` is at least `threshold`, in [0, 1]. RCE has no preference among classes that tie for the largest
    label. Raises InvalidInput for another name, labels outside the simplex, parameters out of range, or a label that
    is exactly 0 where RCE is used: there RCE is infinite, and labels need `floored` first.
    """
    check_probabilities(labels)
    if name not in LOSSES:
        raise InvalidInput(f"unknown loss {name!r}; use one of {', '.join(LOSSES)}")
    if not 0 <= symmetric_weight < np.inf:
        raise InvalidInput(f"symmetric weight is {symmetric_weight:g}; it must be a finite number >= 0")
    if not 0 <= threshold <= 1:
        raise InvalidInput(f"threshold is {threshold:g}; it must be in [0, 1], as max q - 1/classes is")
    sure = np.where(confidence(labels) >= threshold, 1.0, 0.0)
    one, zero = np.ones_like(sure), np.zeros_like(sure)
    forward, reverse = {
        "ce": (one, zero),
        "rce": (zero, one),
        "sl": (one, symmetric_weight * one),
        "cace": (sure, 1 - sure),
    }[name]
    reversed_labels = labels[reverse > 0]
    if np.any(reversed_labels == 0):
        raise InvalidInput(
            "a label is exactly 0, where reverse cross-entropy is infinite; raise labels with a floor"
        )
    # Where RCE has no weight its logarithms play no part, and zeros keep 0 * log 0 out.
    used = np.where((reverse > 0)[..., None], labels, 1.0)
    return LogitLoss(labels, np.log(used), forward[..., None], reverse[..., None])


def side_by_side(losses: Sequence[LogitLoss]) -> LogitLoss:
    """Return one loss over (examples, students, classes) from losses over (examples, classes)."""

    def stacked(field: str) -> Floats:
        return np.stack([getattr(loss, field) for loss in losses], axis=1)

    return LogitLoss(stacked("labels"), stacked("log_labels"), stacked("forward"), stacked("reverse"))
