"""For how many labels weak-to-strong learning pays: where the student's risk is below its teacher's and the baseline's.

Source: derived here from the exact risks of `w2s_theory.geometry.subspaces`: their differences have at most two
roots.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from numpy.polynomial import Polynomial

from w2s_theory.geometry.subspaces import TwoSubspaces


@dataclass(frozen=True)
class LabelBudget:
    """All n from `first` to `last`, both included; `last` is None where no number of labels is too many."""

    first: int
    last: int | None


def budget_over_teacher(numbers: TwoSubspaces) -> LabelBudget | None:
    """Return the n at which the student's expected risk is below its teacher's, None if there is none.

    The difference of the risks is affine in 1/(n - d_w - 1). All fields must be numbers, and n is not used.
    """
    kept = numbers.d_s / (numbers.unlabelled - numbers.d_s - 1)
    bias = numbers.rho_w - numbers.rho_s - numbers.seen - kept * numbers.unseen
    variance = (numbers.noise + numbers.rho_w) * (1 - kept) * (numbers.d_w - numbers.d_sw)
    return _positive(bias * _beyond(numbers.d_w) + variance, numbers)


def budget_over_baseline(numbers: TwoSubspaces) -> LabelBudget | None:
    """Return the n at which the student's expected risk is below the strong baseline's, None if there is none.

    Times (n - d_s - 1)(n - d_w - 1) the difference is a concave quadratic in n. All fields must be numbers, and n is
    not used.
    """
    kept = numbers.d_s / (numbers.unlabelled - numbers.d_s - 1)
    bias = numbers.seen + kept * numbers.unseen
    baseline = (numbers.noise + numbers.rho_s) * numbers.d_s
    variance = (numbers.noise + numbers.rho_w) * (numbers.d_sw + kept * (numbers.d_w - numbers.d_sw))
    strong, weak = _beyond(numbers.d_s), _beyond(numbers.d_w)
    return _positive(baseline * weak - variance * strong - bias * strong * weak, numbers)


def _beyond(dimension: float) -> Polynomial:
    """Return n - dimension - 1 as a polynomial in n."""
    return Polynomial([-dimension - 1.0, 1.0])


def _positive(gain: Polynomial, numbers: TwoSubspaces) -> LabelBudget | None:
    """Return the n with finite risks at which a concave polynomial is positive: one interval, by its roots."""
    least = int(max(numbers.d_s, numbers.d_w)) + 2
    found = gain.trim().roots().tolist()
    roots = sorted(root.real for root in found if root.imag == 0 and root.real >= least)
    if gain(least) > 0:
        return LabelBudget(least, math.ceil(roots[0]) - 1 if roots else None)
    if not roots or (len(roots) == 1 and gain(math.floor(roots[0]) + 1) <= 0):
        return None
    first = math.floor(roots[0]) + 1
    last = math.ceil(roots[1]) - 1 if len(roots) > 1 else None
    return LabelBudget(first, last) if last is None or first <= last else None
