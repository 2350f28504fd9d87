"""States of three random variables g, w, s with finitely many values, under squared loss."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from proofs_checks.bounds.adversary.arithmetic import Array, chosen, difference, divided, ratio, same, shown
from proofs_checks.bounds.adversary.families import Built, Family, Knob, Turning

VALUE = Knob(-2, 2, special=(0, 0, 1, -1), solvable=False)
SHARE = Knob(special=(0, 0.5, 1), solvable=False)
WEIGHT = Knob(1e-3, 1, special=(1,), solvable=False)
SCALE = Knob(1e-12, 1e12, Turning.SCALE, special=(1,))
DEGENERATE = ("nothing", "w = g", "s = g", "w a function of g, s", "w = s", "s = E[w | g, s]")


def finite_law(groups: int) -> Family:
    """Return laws with up to `groups` values of (g, s), and two values of w at each.

    Knobs: a squared scale of all values, which of `DEGENERATE` holds, and for each group its weight, the share of the
    first teacher, g, s, and the two values of w.
    """

    def construct(knobs: Array) -> Built:
        scale, case = knobs[:, 0], knobs[:, 1]
        weight, share, g, s, first, second = np.split(knobs[:, 2:], 6, axis=1)
        mean = share * first + (1 - share) * second
        nothing = [g, s, first, second]
        cases = [
            nothing,
            [g, s, g, g],
            [g, g, first, second],
            [g, s, first, first],
            [g, s, s, s],
            [g, mean, first, second],
        ]
        g, s, first, second = (
            chosen(case, [option[place] for option in cases]) for place in range(len(nothing))
        )
        probability = np.concatenate([weight * share, weight * (1 - share)], axis=1)
        probability = divided(probability, probability.sum(axis=1)[:, None])
        return built(
            scale, probability, np.hstack([g, g]), np.concatenate([first, second], axis=1), np.hstack([s, s])
        )

    knobs = (
        SCALE,
        Knob(0, len(DEGENERATE) - 1, Turning.CHOICE),
        *(WEIGHT,) * groups,
        *(SHARE,) * groups,
        *(VALUE,) * (4 * groups),
    )
    return Family(f"law of {2 * groups} atoms", knobs, construct)


def built(
    scale: Array, probability: Array, g: Array, w: Array, s: Array, alike: NDArray[np.bool_] | None = None
) -> Built:
    """Return the observables of a law by its atoms, shape (states, atoms); all values are times the root of `scale`.

    `alike`, shape (states, atoms, atoms), says which atoms have the same g and s, where numbers do not show it.
    """
    if alike is None:
        alike = same(g[:, :, None], g[:, None]) & same(s[:, :, None], s[:, None])
    together = np.where(alike, probability[:, None], 0)
    mean_teacher = ratio((together * w[:, None]).sum(axis=2), together.sum(axis=2))

    def mean(values: Array) -> Array:
        return np.asarray(scale * (probability * values).sum(axis=1))

    errors, mean_error = (difference(w, g), difference(s, g)), difference(mean_teacher, g)
    off, scatter = difference(s, mean_teacher), difference(w, mean_teacher)
    risk_w, risk_s = (mean(error * error) for error in errors)
    observables = {
        "risk_w": risk_w,
        "risk_s": risk_s,
        "gap": difference(risk_w, risk_s, risk_w + risk_s),
        "misfit": mean(difference(s, w) * difference(s, w)),
        "projection_error": mean(off * off),
        "variance": mean(scatter * scatter),
        "risk_mean": mean(mean_error * mean_error),
        "cross_term": -2 * mean(off * errors[1]),
    }

    def noise() -> dict[str, Array]:
        # A value is off by rounding errors of 2; a mean square by that times the mean size.
        error = scale * 16
        linear = {name: np.sqrt(np.maximum(observables[name] / scale, 0)) * error for name in observables}
        both = linear["risk_w"] + linear["risk_s"]
        return linear | {"gap": both, "cross_term": linear["risk_s"] + linear["projection_error"]}

    def description() -> dict[str, str]:
        atoms = zip(probability[0], g[0], w[0], s[0], strict=True)
        law = ", ".join(
            f"({shown(x)}, {shown(y)}, {shown(z)}) with {shown(p)}" for p, x, y, z in atoms if p > 0
        )
        return {"(g, w, s)": f"{law}; all values times sqrt({shown(scale[0])})"}

    return Built(observables, np.ones(len(g), dtype=bool), description, noise=noise)


def squared() -> list[Family]:
    """Return families of finite laws."""
    return [finite_law(groups) for groups in (1, 2, 3)]
