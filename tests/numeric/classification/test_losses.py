"""Losses of logits: gradients against differences, curvature against Hessians, and clear limits at 0, ties and edges."""

from __future__ import annotations

import numpy as np
import pytest
import sympy

from numeric.classification.losses import (
    LOSSES,
    Floats,
    confidence,
    floored,
    log_softmax,
    logit_loss,
    mixed_with_uniform,
    side_by_side,
)
from w2s_theory.divergences.losses import (
    Loss,
    confidence_adaptive,
    cross_entropy,
    gradient,
    reverse_cross_entropy,
    symmetric_loss,
)
from w2s_theory.errors import InvalidInput


def drawn_labels(classes: int, count: int = 50) -> Floats:
    generator = np.random.default_rng(classes)
    return floored(generator.dirichlet(np.full(classes, 0.3), size=count), 1e-3)


@pytest.mark.parametrize("classes", [2, 3, 7])
@pytest.mark.parametrize("name", LOSSES)
def test_gradients_are_those_of_differences(name: str, classes: int) -> None:
    labels = drawn_labels(classes)
    loss = logit_loss(name, labels)
    logits = 2 * np.random.default_rng(1).standard_normal(labels.shape)
    gradient = loss.gradient(logits)
    for k in range(classes):
        step = np.zeros(classes)
        step[k] = 1e-5
        difference = (loss.value(logits + step) - loss.value(logits - step)) / 2e-5
        assert gradient[:, k] == pytest.approx(difference, abs=1e-8)


@pytest.mark.parametrize(
    ("name", "symbolic"),
    [
        ("ce", cross_entropy),
        ("rce", reverse_cross_entropy),
        ("sl", symmetric_loss),
        ("cace", confidence_adaptive(sympy.Rational(1, 4))),
    ],
)
@pytest.mark.parametrize("teacher", [(0.5, 0.3, 0.2), (0.625, 0.25, 0.125), (0.1, 0.9)])
def test_gradients_are_those_derived_symbolically(
    name: str, symbolic: Loss, teacher: tuple[float, ...]
) -> None:
    exact = [sympy.nsimplify(q) for q in teacher]
    student = np.array([0.2, 0.5, 0.3])[: len(teacher)]
    student /= student.sum()
    symbols = sympy.symbols(f"p:{len(teacher)}", positive=True)
    derived = gradient(symbolic, symbols, exact)
    values = [float(one.subs(dict(zip(symbols, student, strict=True)))) for one in derived]
    found = logit_loss(name, np.array([teacher])).gradient(np.log(student)[None])
    assert found[0] == pytest.approx(values, rel=1e-12)


def test_two_classes_have_the_published_gradients() -> None:
    label, logit = 0.8, 1.3
    labels, logits = np.array([[label, 1 - label]]), np.array([[logit, 0.0]])
    p = 1 / (1 + np.exp(-logit))
    forward, reverse = (logit_loss(name, labels).gradient(logits)[0, 0] for name in ("ce", "rce"))
    assert forward == pytest.approx(p - label)
    assert reverse == pytest.approx(-p * (1 - p) * np.log(label / (1 - label)))


@pytest.mark.parametrize("name", LOSSES)
def test_no_hessian_exceeds_the_curvature(name: str) -> None:
    labels = drawn_labels(4, count=400)
    loss = logit_loss(name, labels)
    logits = 3 * np.random.default_rng(2).standard_normal(labels.shape)
    columns = [
        (loss.gradient(logits + step) - loss.gradient(logits - step)) / 2e-4 for step in 1e-4 * np.eye(4)
    ]
    norms = np.linalg.norm(np.stack(columns, axis=-1), ord=2, axis=(1, 2))
    share = norms / loss.curvature
    assert share.max() < 1 + 1e-6
    assert share.max() > 0.3


@pytest.mark.parametrize("keep", [1.0, 0.5, 1e-3])
def test_reverse_cross_entropy_is_least_at_the_largest_label_whatever_is_mixed_in(keep: float) -> None:
    labels = drawn_labels(5)
    mixed = mixed_with_uniform(labels, keep, np.ones(len(labels), dtype=bool))
    loss = logit_loss("rce", mixed)
    one_hot = np.eye(5)[labels.argmax(axis=1)]
    at_corner = loss.value(60 * one_hot)
    assert at_corner == pytest.approx(-np.log(mixed.max(axis=1)))
    for logits in 4 * np.random.default_rng(3).standard_normal((20, *labels.shape)):
        assert np.all(loss.value(logits) >= at_corner)
    # Cross-entropy is least at the mixed label itself, which moves.
    forward = logit_loss("ce", mixed)
    assert abs(forward.gradient(np.log(mixed))).max() < 1e-12


def test_the_adaptive_loss_is_forward_where_the_label_is_sure() -> None:
    first = np.array([0.9, 0.75, 0.74, 0.26, 0.25, 0.1])
    labels = np.stack([first, 1 - first], axis=1)
    assert confidence(labels) == pytest.approx(abs(first - 0.5))
    loss = logit_loss("cace", labels, threshold=0.25)
    assert loss.forward[:, 0].tolist() == [1, 1, 0, 0, 1, 1]
    assert np.all(loss.forward + loss.reverse == 1)


def test_tied_labels_leave_reverse_cross_entropy_without_preference() -> None:
    labels = np.array([[0.4, 0.4, 0.2]])
    gradient = logit_loss("rce", labels).gradient(np.zeros((1, 3)))[0]
    assert gradient[0] == gradient[1] < 0 < gradient[2]
    uniform = logit_loss("rce", np.full((1, 3), 1 / 3))
    assert abs(uniform.gradient(np.array([[1.0, -2.0, 0.5]]))).max() < 1e-15


def test_a_label_of_exactly_0_is_allowed_where_its_logarithm_is_not_used() -> None:
    certain = np.array([[1.0, 0.0], [0.5, 0.5]])
    assert np.all(np.isfinite(logit_loss("ce", certain).value(np.array([[800.0, 0.0], [0.0, 800.0]]))))
    assert logit_loss("cace", certain).reverse[:, 0].tolist() == [0, 1]
    for name in ("rce", "sl"):
        with pytest.raises(InvalidInput, match="exactly 0"):
            logit_loss(name, certain)
    assert np.all(np.isfinite(logit_loss("rce", floored(certain, 1e-4)).gradient(np.zeros((2, 2)))))


def test_floored_labels_are_probabilities_again() -> None:
    raised = floored(np.array([[1.0, 0.0, 0.0]]), 0.01)
    assert raised.sum() == pytest.approx(1)
    assert raised[0, 1] == pytest.approx(0.01 / 1.02)


def test_log_probabilities_are_finite_at_any_logits() -> None:
    logs = log_softmax(np.array([[1e4, 0.0, -1e4], [0.0, 0.0, 0.0]]))
    assert np.all(np.isfinite(logs))
    assert np.exp(logs).sum(axis=1) == pytest.approx(1)


def test_losses_side_by_side_are_each_their_own() -> None:
    labels = drawn_labels(3)
    losses = [logit_loss(name, labels) for name in LOSSES]
    logits = np.random.default_rng(4).standard_normal((len(labels), len(losses), 3))
    together = side_by_side(losses)
    for i, loss in enumerate(losses):
        assert np.array_equal(together.gradient(logits)[:, i], loss.gradient(logits[:, i]))


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ([0.5, 0.6], "simplex"),
        ([1.5, -0.5], "simplex"),
        ([np.nan, 1.0], "simplex"),
        ([np.inf, 0.0], "simplex"),
        ([1.0], "2 classes or more"),
    ],
)
def test_labels_outside_the_simplex_are_refused(bad: list[float], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        logit_loss("ce", np.array([bad]))
    with pytest.raises(InvalidInput, match=words):
        floored(np.array([bad]), 0.01)


def test_parameters_out_of_range_are_named() -> None:
    labels = drawn_labels(2)
    chosen = np.ones(len(labels), dtype=bool)
    for floor in (0.0, 0.5, np.nan):
        with pytest.raises(InvalidInput, match="floor"):
            floored(labels, floor)
    for keep in (0.0, 1.1, np.nan):
        with pytest.raises(InvalidInput, match="keep"):
            mixed_with_uniform(labels, keep, chosen)
    with pytest.raises(InvalidInput, match="unknown loss 'mse'"):
        logit_loss("mse", labels)
    with pytest.raises(InvalidInput, match="symmetric weight"):
        logit_loss("sl", labels, symmetric_weight=-1)
    with pytest.raises(InvalidInput, match="threshold"):
        logit_loss("cace", labels, threshold=1.1)
