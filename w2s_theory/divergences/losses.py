"""Losses of a student's logits against a teacher's soft labels: their gradients, minimizers and flow.

Student and teacher are distributions over two or more classes, one sympy expression a class: p = softmax(z)
and q. By the conventions of measure theory 0 log 0 = 0, and a loss is infinite (oo, never nan) where a class of
positive weight has log 0: the reverse cross-entropy of a one-hot teacher is 0 for the student that agrees and
infinite for all others.

Source: Xu et al. 2025 and its authors' code for the losses; gradients and flow are derived here, by the chain rule.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sympy import (
    Eq,
    Expr,
    Ge,
    Integer,
    Max,
    Piecewise,
    Rational,
    Symbol,
    diff,
    exp,
    expand,
    log,
    oo,
    piecewise_fold,
)

from w2s_theory.errors import InvalidInput

Distribution = Sequence[Expr]
"""A probability for each class."""
Loss = Callable[[Distribution, Distribution], Expr]
"""A loss of the student's distribution p, the first argument, against the teacher's q."""

SYMMETRIC_WEIGHTS = (Integer(1), Rational(1, 10))
"""Weights of CE and RCE in the symmetric loss. Source: BV, the authors' code."""


def sigmoid(logit: Expr) -> Expr:
    """Return p = 1/(1 + exp(-z)), the first class's probability at the logit z against 0 for the second."""
    return 1 / (1 + exp(-logit))


def softmax(logits: Sequence[Expr]) -> tuple[Expr, ...]:
    """Return p_k = exp(z_k) / sum_j exp(z_j)."""
    weights = [exp(logit) for logit in logits]
    total = sum(weights, Integer(0))
    return tuple(weight / total for weight in weights)


def two_classes(probability: Expr) -> tuple[Expr, Expr]:
    """Return the distribution (p, 1 - p)."""
    return probability, 1 - probability


def mix_with_uniform(teacher: Distribution, certainty: Expr) -> tuple[Expr, ...]:
    """Return q_a = a q + (1 - a)/K, the label of a teacher with predictive uncertainty; certainty a in (0, 1]."""
    return tuple(certainty * label + (1 - certainty) / len(teacher) for label in teacher)


def cross_entropy(student: Distribution, teacher: Distribution) -> Expr:
    """Return CE = -sum_k q_k log p_k, oo where the student excludes a class that the teacher does not."""
    return -sum(map(_weighted_log, teacher, student), Integer(0))


def reverse_cross_entropy(student: Distribution, teacher: Distribution) -> Expr:
    """Return RCE = -sum_k p_k log q_k, linear in p; oo where the teacher excludes a class that the student does not."""
    return cross_entropy(teacher, student)


def symmetric_loss(
    student: Distribution, teacher: Distribution, weights: tuple[Expr, Expr] = SYMMETRIC_WEIGHTS
) -> Expr:
    """Return SL = b_1 CE + b_2 RCE for weights b_1, b_2 > 0."""
    direct, reverse = weights
    return direct * cross_entropy(student, teacher) + reverse * reverse_cross_entropy(student, teacher)


def confidence_adaptive(threshold: Expr) -> Loss:
    """Return the loss CACE: CE where the teacher's confidence max q - 1/K is at least `threshold`, RCE elsewhere.

    For two classes the confidence is |q - 1/2|. Source: BV, the authors' code; for more classes ours.
    """

    def loss(student: Distribution, teacher: Distribution) -> Expr:
        confident = Ge(Max(*teacher) - Rational(1, len(teacher)), threshold)
        return Piecewise(
            (cross_entropy(student, teacher), confident), (reverse_cross_entropy(student, teacher), True)
        )

    return loss


def gradient(loss: Loss, student: Sequence[Symbol], teacher: Distribution) -> tuple[Expr, ...]:
    """Return the derivative of the loss by each logit, as functions of the student's probabilities p, all positive.

    Derived by differentiation and the chain rule dp_j/dz_k = p_j (delta_jk - p_k) of softmax. Raises
    InvalidInput where the loss is infinite at all logits: RCE of a teacher that gives a class probability 0.
    """
    value = loss(student, teacher)
    if value.has(oo, -oo):
        raise InvalidInput(
            f"the loss of teacher {_shown(teacher)} is infinite at all logits, as softmax excludes no class;"
            " mix the label with the uniform distribution"
        )
    slopes = [diff(value, probability) for probability in student]
    mean = sum((p * slope for p, slope in zip(student, slopes, strict=True)), Integer(0))
    return tuple(expand(piecewise_fold(p * (slope - mean))) for p, slope in zip(student, slopes, strict=True))


def log_odds(label: Expr) -> Expr:
    """Return log q - log(1 - q): the speed at which binary RCE drives its student's clock, 0 at q = 1/2."""
    return log(label) - log(1 - label)


def clock(logit: Expr) -> Expr:
    """Return T = 2 z + exp(z) - exp(-z), which grows with z at the rate 1/(p (1 - p)).

    Gradient flow of binary RCE moves z so that T grows at the constant speed log q - log(1 - q).
    """
    return 2 * logit + exp(logit) - exp(-logit)


def _weighted_log(weight: Expr, value: Expr) -> Expr:
    """Return weight log(value), with 0 log 0 = 0 and log 0 = -oo under any other weight."""
    if weight.is_zero:
        return Integer(0)
    if not value.is_zero:
        return weight * log(value)
    return -oo if weight.is_positive else Piecewise((Integer(0), Eq(weight, 0)), (-oo, True))


def _shown(values: Sequence[Expr]) -> str:
    return f"({', '.join(map(str, values))})"
