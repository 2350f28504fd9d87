"""States of least squares in two subspaces: bases of both, a target, and the risks worked out from the projections.

For z ~ N(0, I), a teacher fitted on n points is P_w theta plus noise of covariance t P_w with
t = (sigma2 + ||theta - P_w theta||^2)/(n - d_w - 1), the mean of the inverse Wishart law. A student fitted on N of the
teacher's labels w is P_s w plus noise of covariance ||w - P_s w||^2/(N - d_s - 1) P_s; on its own N points, its error
theta - P_s w is reduced by the hat matrix's share d_s/N of w - P_s w.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from proofs_checks.bounds.adversary.arithmetic import (
    Array,
    chosen,
    difference,
    divided,
    inner,
    ratio,
    reflected,
    shown,
    unit,
)
from proofs_checks.bounds.adversary.families import Built, Family, Knob, Turning

SIGNED = Knob(-1, 1, special=(0, 0, 0, 1), solvable=False)
COORDINATE = Knob(-2, 2, special=(0, 0, 1), solvable=False)
SPARE, SURPLUS = (
    Knob(0, 10**6, Turning.WHOLE, special=(0, 1, 2)),
    Knob(0, 10**6, Turning.WHOLE, special=(0, 1, 2)),
)
NOISE = Knob(1e-6, 1e6, Turning.SCALE, special=(1,))
SCALE = Knob(1e-6, 1e6, Turning.SCALE, special=(1,))
UNITS = ("nothing", "rho_w", "rho_s", "b_s", "b_w", "target")
UNIT = Knob(0, len(UNITS) - 1, Turning.CHOICE)
SETTING = (SPARE, SURPLUS, NOISE, SCALE, UNIT)


@dataclass(frozen=True)
class Span:
    """A subspace: `basis` (states, size, dimension) of orthogonal vectors, of which only those `present` belong to it.

    `copies` says how many times each direction counts, with others like it in which the target has no part.
    """

    basis: Array
    present: Array
    copies: Array

    @property
    def dimension(self) -> Array:
        """The dimension, copies included."""
        return np.asarray((self.present * self.copies).sum(axis=1))

    def project(self, masses: Array, vectors: Array) -> Array:
        """Return the orthogonal projections of vectors, shape (states, dimension)."""
        along = inner(masses[:, None], self.basis, vectors[:, None]) * self.present
        lengths = inner(masses[:, None], self.basis, self.basis)
        return np.asarray((ratio(along, lengths)[:, :, None] * self.basis).sum(axis=1))


def correlation(masses: Array, strong: Span, weak: Span) -> Array:
    """Return tr(P_s P_w); directions that are copied are met by those copied with them only."""
    products = inner(masses[:, None, None], strong.basis[:, :, None], weak.basis[:, None])
    lengths = (
        inner(masses[:, None], strong.basis, strong.basis)[:, :, None]
        * inner(masses[:, None], weak.basis, weak.basis)[:, None]
    )
    both = (strong.present * strong.copies)[:, :, None] * weak.present[:, None]
    return np.asarray((ratio(both * products * products, lengths)).sum(axis=(1, 2)))


def built(masses: Array, strong: Span, weak: Span, target: Array, setting: Array) -> Built:
    """Return the exact risks and the numbers on which they depend, from the projections of the target.

    `setting`, shape (states, 5): points beyond the fewest for the teacher, and for the student; noise; and what the
    squared target is scaled to: so much, as a length or as one of `UNITS`.
    """
    spare, surplus, variance, scale, unit_of_scale = (setting[:, i] for i in range(5))
    by_weak, by_strong = weak.project(masses, target), strong.project(masses, target)
    size = np.abs(target).max(axis=1)[:, None]
    missed, beyond = difference(target, by_weak, size), difference(target, by_strong, size)
    learned = strong.project(masses, by_weak)
    left_out, kept_error = difference(by_weak, learned, size), difference(target, learned, size)
    seen = difference(strong.project(masses, missed), np.zeros_like(target), size)
    lengths = [inner(masses, vector, vector) for vector in (missed, beyond, seen, left_out, target)]
    measure = chosen(unit_of_scale, [np.ones_like(variance), *lengths])
    factor = scale * ratio(np.ones_like(variance), measure)
    rho_w, rho_s, b_s, b_w, _ = (factor * length for length in lengths)
    overlap = factor * inner(masses, beyond, by_weak)
    d_s, d_w, d_sw = strong.dimension, weak.dimension, correlation(masses, strong, weak)
    labelled, unlabelled = d_w + 2 + spare, d_s + surplus

    numbers = dict(
        zip(
            NUMBERS,
            (labelled, unlabelled, d_s, d_w, d_sw, variance, rho_w, rho_s, b_s, b_w, overlap),
            strict=True,
        )
    )
    found, exists = risks_of(numbers, factor * inner(masses, kept_error, kept_error))
    observables = {**found, **numbers}

    def noise() -> dict[str, Array]:
        # Parts of the target are off by rounding errors of the whole; the numbers of points and sizes by none.
        whole = np.sqrt(lengths[-1])
        squares = {
            name: 16 * factor * whole * np.sqrt(length)
            for name, length in zip(("rho_w", "rho_s", "b_s", "b_w"), lengths[:4], strict=True)
        }
        error = 16 * factor * whole * np.sqrt(inner(masses, kept_error, kept_error))
        mixed = 16 * factor * whole * (np.sqrt(lengths[1]) + whole)
        return squares | {
            "d_sw": 16 * d_w,
            "b_sw": mixed,
            "ER_w": squares["rho_w"] + observables["ER_w"],
            "ER_w2s": error + observables["ER_w2s"],
            "ER_w2s_in_sample": error + observables["ER_w2s_in_sample"] + 2 * d_s * mixed / unlabelled,
            "ER_s": squares["rho_s"] + observables["ER_s"],
            "ER_c": squares["rho_s"] + observables["ER_c"],
        }

    def description() -> dict[str, str]:
        told = {
            "inner product": f"sum of m_i x_i y_i, m = {_text(masses[0])}",
            "V_s": _basis(strong),
            "V_w": _basis(weak),
            "theta": f"sqrt({shown(factor[0])}) {_text(target[0])}",
        }
        return {name: shown(observables[name][0]) for name in NUMBERS} | told

    # No scale makes a length of 0 another number: such a target is left out. So is an empty span.
    legal = (measure > 0) & (d_s >= 1) & (d_w >= 1)
    return Built(observables, legal, description, exists, noise)


def risks_of(
    numbers: Mapping[str, Array], kept_error: Array | None = None
) -> tuple[dict[str, Array], dict[str, NDArray[np.bool_]]]:
    """Return the exact risks of states with these `NUMBERS`, and where those exist that do not exist everywhere.

    `kept_error` is ||theta - P_s P_w theta||^2, by default ||(I - P_s) theta||^2 + ||P_s (I - P_w) theta||^2.
    """
    labelled, unlabelled, d_s, d_w, d_sw, variance, rho_w, rho_s, b_s, b_w, overlap = (
        numbers[name] for name in NUMBERS
    )
    spread = divided(variance + rho_w, labelled - d_w - 1)
    error = (rho_s + b_s if kept_error is None else kept_error) + spread * d_sw
    inexpressible = b_w + spread * (d_w - d_sw)
    student_exists, baseline_exists = unlabelled >= d_s + 2, labelled >= d_s + 2
    student_points = np.where(student_exists, unlabelled - d_s - 1, 1)
    baseline_points = np.where(baseline_exists, labelled - d_s - 1, 1)
    fit = (variance + rho_s) * d_s
    risks = {
        "ER_w": rho_w + spread * d_w,
        "ER_w2s": error + divided(d_s * inexpressible, student_points),
        "ER_w2s_in_sample": error + divided(d_s * (inexpressible - 2 * overlap), unlabelled),
        "ER_s": rho_s + divided(fit, baseline_points),
        "ER_c": rho_s + divided(fit, labelled + unlabelled - d_s - 1),
    }
    return risks, {"ER_w2s": student_exists, "ER_s": baseline_exists}


NUMBERS = ("n", "N", "d_s", "d_w", "d_sw", "sigma2", "rho_w", "rho_s", "b_s", "b_w", "b_sw")
"""The numbers on which the risks depend: a state is told by them, and by spans and a target that have them."""


def _text(vector: Array) -> str:
    return f"({', '.join(map(shown, vector))})"


def _basis(span: Span) -> str:
    here = zip(span.basis[0], span.present[0], span.copies[0], strict=True)
    return ", ".join(
        _text(vector) + (f" and {copies - 1} more like it" if copies != 1 else "")
        for vector, present, copies in here
        if present
    )


def turned_frames(dimension: int) -> Family:
    """Return spans of the first columns of two orthogonal matrices, each a product of two mirrors."""

    def construct(knobs: Array) -> Built:
        d_s, d_w, setting, mirrors, target = np.split(knobs, [1, 2, 7, 7 + 4 * dimension], axis=1)
        first, second, third, fourth = np.split(mirrors, 4, axis=1)
        ones = np.ones_like(target)
        frame = np.stack([unit(len(knobs), dimension, i, knobs) for i in range(dimension)], axis=1)
        spans = [
            Span(reflected(reflected(frame, one), other), np.arange(dimension) < size, ones)
            for size, one, other in ((d_s, first, second), (d_w, third, fourth))
        ]
        return built(ones, spans[0], spans[1], target, setting)

    sizes = (Knob(1, dimension, Turning.CHOICE),) * 2
    knobs = (*sizes, *SETTING, *(SIGNED,) * (4 * dimension), *(COORDINATE,) * dimension)
    return Family(f"turned frames, {dimension} coordinates", knobs, construct)


KINDS = ("both", "strong only", "weak only", "neither")


def principal_pairs(pairs: int, copied: bool) -> Family:
    """Return spans by pairs of principal vectors with given squared cosines, the first of them in both spans.

    A pair has two coordinates: the strong vector is the first one, the weak one is (k, 1) with masses 1 and k (1 - k),
    which makes their squared cosine k. The last coordinate is off both spans.
    """

    def construct(knobs: Array) -> Built:
        setting, kinds, squares, copies, target = np.split(
            knobs, [5, 5 + pairs, 5 + 2 * pairs, 5 + 3 * pairs], axis=1
        )
        count, size = len(knobs), 2 * pairs + 1
        one, zero = np.ones_like(squares), np.zeros_like(squares)
        slanted = (squares > 0) & (squares < 1)
        masses = np.concatenate(
            [
                np.stack([one, np.where(slanted, squares * (1 - squares), 1)], axis=2).reshape(count, -1),
                one[:, :1],
            ],
            axis=1,
        )
        strong, weak = (np.zeros((count, pairs, size), dtype=knobs.dtype) for _ in range(2))
        for pair in range(pairs):
            strong[:, pair, 2 * pair] = 1
            weak[:, pair, 2 * pair] = squares[:, pair]
            weak[:, pair, 2 * pair + 1] = np.where(squares >= 1, zero, one)[:, pair]
        is_first = np.arange(pairs) == 0
        in_strong, in_weak = (
            (is_first | (kinds <= 1)),
            (is_first | (kinds <= 0) | ((kinds >= 2) & (kinds <= 2))),
        )
        repeated = copies if copied else np.ones_like(copies)
        return built(
            masses, Span(strong, in_strong, repeated), Span(weak, in_weak, repeated), target, setting
        )

    knobs = (
        *SETTING,
        *(Knob(0, len(KINDS) - 1, Turning.CHOICE),) * pairs,
        *(Knob(special=(0, 0.5, 1), solvable=False),) * pairs,
        *(Knob(1, 1000, Turning.WHOLE, special=(1,)),) * pairs,
        *(COORDINATE,) * (2 * pairs + 1),
    )
    return Family(f"{pairs} principal pairs{', copied' * copied}", knobs, construct)


def subspace() -> list[Family]:
    """Return families of two subspaces and a target."""
    return [
        turned_frames(2),
        turned_frames(3),
        turned_frames(5),
        principal_pairs(1, False),
        principal_pairs(2, False),
        principal_pairs(4, False),
        principal_pairs(1, True),
        principal_pairs(3, True),
    ]
