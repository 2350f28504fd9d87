"""States of every model by its definition, for floats in batches and for single states in 120 digits.

This is a second route beside the program's own: nothing is imported from it. A state is a row of numbers ("knobs");
`observables` makes a batch of rows into observables, nan where a state is not legal or does not have one.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import mpmath
import numpy as np

DIGITS = 120
mpmath.mp.dps = DIGITS
NAN = mpmath.nan
Rows = Any
Values = dict[str, Any]
VECTOR = 4


def _is_exact(values: Rows) -> bool:
    return values.dtype == object


def _each(function: Any, values: Rows) -> Rows:
    result = np.empty(values.shape, dtype=object)
    for place in np.ndindex(values.shape):
        result[place] = function(values[place])
    return result


def root(values: Rows) -> Rows:
    if _is_exact(values):
        return _each(lambda x: mpmath.sqrt(x if x > 0 else 0), values)
    return np.sqrt(np.maximum(values, 0))


def log(values: Rows) -> Rows:
    return _each(mpmath.log, values) if _is_exact(values) else np.log(values)


def dot(left: Rows, right: Rows) -> Rows:
    return (left * right).sum(axis=-1)


def over(above: Rows, below: Rows) -> Rows:
    """Return the quotient, 0 where the denominator is 0."""
    safe = np.where(below == 0, 1, below)
    return np.where(below == 0, 0, above / safe)


def frames(raw: Rows) -> Rows:
    """Return orthonormal vectors, shape (states, k, d), from linearly independent ones, by Gram and Schmidt."""
    found: list[Rows] = []
    for index in range(raw.shape[1]):
        vector = raw[:, index]
        for _ in range(2):
            for other in found:
                vector = vector - dot(vector, other)[:, None] * other
        found.append(over(vector, root(dot(vector, vector))[:, None]))
    return np.stack(found, axis=1)


def projected(vector: Rows, basis: Rows, kept: Rows) -> Rows:
    """Return projections on the span of the kept vectors of an orthonormal basis."""
    return (kept * (basis * vector[:, None]).sum(axis=2))[:, :, None] * basis


def losses(target: Rows, teacher: Rows, student: Rows) -> Values:
    off, gap = teacher - target, student - target
    return {
        "L_TE": dot(off, off),
        "L_ST": dot(gap, gap),
        "norm_TE": root(dot(teacher, teacher)),
        "norm_ST": root(dot(student, student)),
        "inner_ST_TE": dot(student, teacher),
        "inner_ST_target": dot(student, target),
        "inner_TE_target": dot(teacher, target),
    }


def unit_target(rows: Rows, size: int = VECTOR) -> Rows:
    target = np.zeros((len(rows), size), dtype=rows.dtype)
    target[:, 0] = 1
    return target


def any_teacher(rows: Rows) -> Rows:
    """Return the projection of e_1 on the span of the first of 4 vectors made orthonormal; 17 numbers."""
    basis = frames(rows[:, :16].reshape(len(rows), 4, 4))
    kept = np.arange(4)[None, :] < rows[:, 16:17]
    return projected(unit_target(rows), basis, kept).sum(axis=1)


def in_ball(label: Rows, rows: Rows) -> Rows:
    """Return a point of the ball with diameter [0, label]; 6 numbers: kind, radius, and a direction in R^4.

    Kinds: the label turned toward the target and shortened by the angle's cosine, its projection on a line between both,
    the ball in any direction, the label itself; then moved toward the centre.
    """
    kind, radius, direction = rows[:, 0:1], rows[:, 1:2], rows[:, 2:6]
    target = unit_target(rows)
    across, slope = label - dot(label, target)[:, None] * target, abs(direction[:, :1])
    x, y = dot(label, target)[:, None], root(dot(across, across))[:, None]
    turned = ((x + slope * y) * target + over((y - slope * x) * across, y)) / (1 + slope * slope)
    turned = np.where(y == 0, label, turned)
    along = direction[:, :1] * direction[:, :1] * target + label
    line = over(dot(label, along)[:, None] * along, dot(along, along)[:, None])
    norm = root(dot(direction, direction))[:, None]
    half = root(dot(label, label))[:, None] / 2
    anywhere = label / 2 + over(half * direction, norm)
    point = np.where(kind < 1, turned, np.where(kind < 2, line, np.where(kind < 3, anywhere, label)))
    return label / 2 + radius * (point - label / 2)


def chain(rows: Rows, steps: int) -> Values:
    teacher = any_teacher(rows)
    student = teacher
    for _ in range(steps):
        student = in_ball(student, rows[:, 17:])
    return losses(unit_target(rows), teacher, student)


def bounded(rows: Rows) -> Values:
    teacher = any_teacher(rows)
    kind, radius, direction = rows[:, 17:18], rows[:, 18:19], rows[:, 19:23]
    direction = np.where(kind < 1, unit_target(rows), np.where(kind < 2, direction, teacher))
    norms = root(dot(teacher, teacher))[:, None], root(dot(direction, direction))[:, None]
    student = np.where(kind < 2, over(radius * norms[0] * direction, norms[1]), radius * teacher)
    return losses(unit_target(rows), teacher, student)


def eigenfunction(rows: Rows) -> Values:
    """Return students of a filter diagonal in the coordinates, of which the target is the first."""
    teacher = any_teacher(rows)
    return losses(unit_target(rows), teacher, rows[:, 17:21] * teacher)


SPACE = 5


def subspace(rows: Rows) -> Values:
    """Return risks of least squares in the spans of the first d_s and d_w of two frames of R^5."""
    count = SPACE * SPACE
    strong, weak = (
        frames(rows[:, i * count : (i + 1) * count].reshape(len(rows), SPACE, SPACE)) for i in range(2)
    )
    theta, d_s, d_w, spare, surplus, noise = np.split(
        rows[:, 2 * count :], [SPACE, SPACE + 1, SPACE + 2, SPACE + 3, SPACE + 4], axis=1
    )
    in_s, in_w = np.arange(SPACE)[None] < d_s, np.arange(SPACE)[None] < d_w
    d_s, d_w, spare, surplus, noise = (item[:, 0] for item in (d_s, d_w, spare, surplus, noise))
    by_weak = projected(theta, weak, in_w).sum(axis=1)
    by_strong = projected(theta, strong, in_s).sum(axis=1)
    learned = projected(by_weak, strong, in_s).sum(axis=1)
    cosines = (strong[:, :, None] * weak[:, None]).sum(axis=3)
    d_sw = (in_s[:, :, None] * in_w[:, None] * cosines * cosines).sum(axis=(1, 2))
    missed, beyond = theta - by_weak, theta - by_strong
    seen = projected(missed, strong, in_s).sum(axis=1)
    numbers = {
        "n": d_w + 2 + spare,
        "N": d_s + surplus,
        "d_s": d_s,
        "d_w": d_w,
        "d_sw": d_sw,
        "sigma2": noise,
        "rho_w": dot(missed, missed),
        "rho_s": dot(beyond, beyond),
        "b_s": dot(seen, seen),
        "b_w": dot(by_weak - learned, by_weak - learned),
        "b_sw": dot(beyond, by_weak),
    }
    return numbers | risks(numbers)


def risks(at: Values) -> Values:
    """Return the risks from the numbers of a state: inverse Wishart means of two regressions, one on the other."""
    spread = (at["sigma2"] + at["rho_w"]) / (at["n"] - at["d_w"] - 1)
    kept = at["rho_s"] + at["b_s"] + spread * at["d_sw"]
    lost = at["b_w"] + spread * (at["d_w"] - at["d_sw"])
    noise, labelled, unlabelled, d_s = at["sigma2"] + at["rho_s"], at["n"], at["N"], at["d_s"]

    def share(points: Rows) -> Rows:
        exists = points > d_s + 1
        return np.where(exists, d_s / np.where(exists, points - d_s - 1, 1), np.nan)

    with np.errstate(all="ignore"):
        student = kept + share(unlabelled) * lost
    return {
        "ER_w": at["rho_w"] + spread * at["d_w"],
        "ER_w2s": student,
        "ER_w2s_in_sample": kept + d_s / unlabelled * (lost - 2 * at["b_sw"]),
        "ER_s": at["rho_s"] + share(labelled) * noise,
        "ER_c": at["rho_s"] + share(labelled + unlabelled) * noise,
    }


GROUPS, TEACHERS = 3, 2


def squared(rows: Rows) -> Values:
    """Return risks of a law of (g, s) with 3 groups, and 2 teachers in each; groups may share their (g, s)."""
    scale, weight, split, g, s, w = np.split(rows, [1, 4, 7, 10, 13], axis=1)
    probability = np.concatenate([weight * split, weight * (1 - split)], axis=1)
    g, s = np.concatenate([g, g], axis=1) * scale, np.concatenate([s, s], axis=1) * scale
    return law(probability / probability.sum(axis=1)[:, None], g, w * scale, s)


def law(probability: Rows, g: Rows, w: Rows, s: Rows) -> Values:
    """Return the observables of a law by its atoms, shape (states, atoms)."""
    alike = (g[:, :, None] == g[:, None]) & (s[:, :, None] == s[:, None])
    together = np.where(alike, probability[:, None], 0)
    mean = over((together * w[:, None]).sum(axis=2), together.sum(axis=2))

    def expected(left: Rows, right: Rows) -> Rows:
        return (probability * left * right).sum(axis=1)

    risk_w, risk_s = expected(w - g, w - g), expected(s - g, s - g)
    return {
        "risk_w": risk_w,
        "risk_s": risk_s,
        "gap": risk_w - risk_s,
        "misfit": expected(s - w, s - w),
        "projection_error": expected(s - mean, s - mean),
        "variance": expected(w - mean, w - mean),
        "risk_mean": expected(mean - g, mean - g),
        "cross_term": 2 * expected(s - mean, g - s),
    }


def bregman(rows: Rows) -> Values:
    """Return risks of a target, a student and a teacher of three predictions, with weights."""
    target, student = rows[:, 0], rows[:, 1]
    weights = rows[:, 5:8] / rows[:, 5:8].sum(axis=1)[:, None]
    return binary(target, student, rows[:, 2:5], weights)


def binary(target: Rows, student: Rows, teacher: Rows, weights: Rows) -> Values:
    """Return the observables by their definitions; nan where the dual mean is out of range."""
    logit = (weights * (log(teacher) - log(1 - teacher))).sum(axis=1)
    exp = _each(mpmath.exp, logit) if _is_exact(logit) else np.exp(logit)
    mean = exp / (1 + exp)
    low = mpmath.mpf(1) / 1000 - mpmath.mpf(10) ** -90 if _is_exact(mean) else 0.001
    legal = (mean >= low) & (mean <= 1 - low)
    legal &= (target >= low) & (target <= 1 - low) & (student >= low) & (student <= 1 - low)

    def cross(p: Rows, q: Rows) -> Rows:
        return -p * log(q) - (1 - p) * log(1 - q)

    def divergence(p: Rows, q: Rows) -> Rows:
        return p * (log(p) - log(q)) + (1 - p) * (log(1 - p) - log(1 - q))

    def expected(function: Any, p: Rows) -> Rows:
        return (weights * function(p[:, None], teacher)).sum(axis=1)

    risk_w, risk_s = expected(divergence, target), divergence(target, student)
    values = {
        "risk_w": risk_w,
        "risk_s": risk_s,
        "gap": risk_w - risk_s,
        "misfit": expected(divergence, student),
        "projection_error": divergence(student, mean),
        "variance": expected(divergence, mean),
        "risk_mean": divergence(target, mean),
        "cross_term": (log(student) - log(1 - student) - logit) * (target - student),
        "entropy_s": cross(student, student),
        "RCE": expected(cross, student),
        "CE_w": expected(cross, target),
        "CE_s": cross(target, student),
        "target": target,
        "student": student,
        "mean_teacher": mean,
    }
    return {name: np.where(legal, value, np.nan) for name, value in values.items()}


def observables(model: str, rows: Rows, steps: int = 1) -> Values:
    match model:
        case "shrinkage":
            return chain(rows, 1)
        case "chain":
            return chain(rows, steps)
        case _:
            functions = {"bounded": bounded, "eigenfunction": eigenfunction, "subspace": subspace}
            functions |= {"squared": squared, "bregman-binary": bregman}
            return functions[model](rows)


def draw(model: str, count: int, seed: int, steps: int = 1) -> Rows:
    """Return the rows of random states, many of them degenerate or near extreme ones."""
    rng = np.random.default_rng([seed, steps, *map(ord, model)])

    def pick(options: list[float], size: tuple[int, ...]) -> Rows:
        return rng.choice(options, size)

    def shares(size: tuple[int, ...]) -> Rows:
        return np.where(rng.random(size) < 0.4, pick([0, 1, 0.5], size), rng.random(size))

    def small(size: tuple[int, ...]) -> Rows:
        return rng.normal(size=size) * 10.0 ** rng.uniform(-4, 1, (count, 1))

    if model in ("shrinkage", "chain", "bounded", "eigenfunction"):
        basis = rng.normal(size=(count, 16))
        is_near = rng.random(count) < 0.5
        basis[is_near] = (np.eye(4).reshape(1, 16) + small((count, 16)))[is_near]
        rank = np.where(rng.random((count, 1)) < 0.7, 1, rng.integers(0, 5, (count, 1)))
        rows = [basis, rank]
        if model == "eigenfunction":
            return np.hstack([*rows, shares((count, 4))])
        if model == "bounded":
            radius = np.where(rng.random((count, 1)) < 0.5, 1, rng.random((count, 1)))
            return np.hstack([*rows, rng.integers(0, 3, (count, 1)), radius, rng.normal(size=(count, 4))])
        radius = np.where(rng.random((count, 1)) < 0.6, 1, rng.uniform(-1, 1, (count, 1)))
        kind = pick([0, 0, 0, 1, 2, 3], (count, 1))
        # One row for all steps: each student turns in its own way all the same.
        return np.hstack([*rows, kind, radius, small((count, 4)) + 0.5 / steps * rng.normal(size=(count, 4))])
    if model == "subspace":
        frames_ = []
        for _ in range(2):
            raw = rng.normal(size=(count, 25))
            is_near = rng.random(count) < 0.6
            permuted = np.stack([np.eye(5)[rng.permutation(5)].reshape(25) for _ in range(count)])
            raw[is_near] = permuted[is_near]
            frames_.append(raw)
        theta = rng.normal(size=(count, 5)) * pick([0, 1, 1], (count, 5))
        theta *= 10.0 ** rng.uniform(-3, 3, (count, 1))
        sizes = rng.integers(1, 6, (count, 2))
        points = np.floor(np.exp(rng.uniform(0, 12, (count, 2)))) - 1
        points = np.where(rng.random((count, 2)) < 0.3, pick([0, 1, 2, 3], (count, 2)), points)
        noise = 10.0 ** rng.uniform(-6, 6, (count, 1))
        return np.hstack([*frames_, theta, sizes, points, noise])
    if model == "squared":
        scale = np.where(rng.random((count, 1)) < 0.4, 1, 10.0 ** rng.uniform(-4, 4, (count, 1)))
        values = np.where(rng.random((count, 12)) < 0.4, pick([0, 1, -1], (count, 12)), small((count, 12)))
        g, s, w = values[:, :3], values[:, 3:6], values[:, 6:]
        case = rng.random(count)[:, None]
        s = np.where(case < 0.2, g, s)
        doubled = np.hstack([g, g]), np.hstack([s, s])
        w = np.where(case > 0.9, doubled[0], np.where(case > 0.8, doubled[1], w))
        return np.hstack([scale, rng.uniform(0.01, 1, (count, 3)), shares((count, 3)), g, s, w])
    logits = 3 * rng.normal(size=(count, 1)) + small((count, 5))
    probability = 1 / (1 + np.exp(-logits))
    low = np.nextafter(0.001, 1)
    probability = np.clip(probability, 1e-9, 1 - 1e-9)
    probability[:, :2] = np.clip(probability[:, :2], low, 1 - low)
    same = rng.random((count, 1)) < 0.3
    probability[:, 2:] = np.where(same, probability[:, 2:3], probability[:, 2:])
    probability[:, 1] = np.where(rng.random(count) < 0.15, probability[:, 0], probability[:, 1])
    return np.hstack([probability, rng.integers(1, 4, (count, 3))])


@cache
def pool(model: str, steps: int, count: int = 20_000, seed: int = 7) -> tuple[Rows, Values]:
    """Return states of a model and their observables in floats."""
    rows = draw(model, count, seed, steps)
    with np.errstate(all="ignore"):
        return rows, observables(model, rows, steps)


def exact_state(model: str, row: Rows, steps: int) -> dict[str, Any]:
    """Return the observables of one state in 120 digits."""
    exact = np.empty((1, len(row)), dtype=object)
    exact[0] = [mpmath.mpf(float(x)) for x in row]
    found = observables(model, exact, steps)
    return {name: mpmath.mpf(value[0]) for name, value in found.items()}
