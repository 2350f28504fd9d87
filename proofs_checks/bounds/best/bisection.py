"""Bisection for a best constant: between a value at which the bound is proved and one at which a state breaks it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from proofs_checks.bounds.best.sought import Sought
from proofs_checks.bounds.check_bound import BoundResult
from proofs_checks.bounds.line.simplest import simplest
from w2s_theory.errors import InvalidInput
from w2s_theory.terms.tree import Formula

PROBES = [Fraction(0), *(Fraction(side * 2**k) for k in range(-3, 8, 2) for side in (1, -1))]
MOST_STEPS = 120
GUESS_AFTER = 12
SECONDS = 10.0
"""For one bound: a best constant needs many, and the hardest ones lie next to it."""


@dataclass(frozen=True)
class Bracket:
    """A value at which the bound holds and one at which it fails, both decided; `largest`: it holds below."""

    largest: bool
    good: Fraction
    bad: Fraction
    holds: BoundResult
    fails: BoundResult | None
    whole: bool = False


def bracket(sought: Sought, near: Sequence[Formula], whole: bool, deadline: float) -> Bracket:
    """Return the nearest pair of probes between which the answer changes.

    Raises InvalidInput where the bound holds at every probe that is decided, or at none, or changes more than once.
    """
    probes = sorted({Fraction(round(probe)) for probe in PROBES}) if whole else sorted(PROBES)
    decided: list[tuple[Fraction, BoundResult]] = []
    for probe in probes:
        if time.monotonic() > deadline:
            break
        found = sought.decided_or_none(probe, SECONDS, *near)
        if found is not None and (found.is_shown or found.is_refuted):
            decided.append((probe, found))
    good = [(value, found) for value, found in decided if found.is_shown]
    bad = [(value, found) for value, found in decided if found.is_refuted]
    name = sought.unknown
    if not good or not bad:
        tried = ", ".join(map(str, (value for value, _ in decided))) or "nothing"
        state = "holds at every" if good else "fails at every"
        raise InvalidInput(f"no best {name}: the bound {state} value of {name} that was decided ({tried})")
    changes = sum(a.is_shown != b.is_shown for (_, a), (_, b) in pairwise(decided))
    if changes != 1:
        raise InvalidInput(
            f"no best {name}: the bound holds for some values of {name} between others where it fails"
        )
    largest = good[0][0] < bad[0][0]
    value, holds = good[-1] if largest else good[0]
    other, fails = bad[0] if largest else bad[-1]
    return Bracket(largest, value, other, holds, fails, whole)


def narrowed(
    sought: Sought, start: Bracket, near: Sequence[Formula], whole: bool, deadline: float
) -> Bracket:
    """Return a narrower bracket: by halves, and by trying the simplest number between its ends as the best one."""
    current = start
    for step in range(MOST_STEPS):
        width = abs(current.bad - current.good)
        if time.monotonic() > deadline or width <= (1 if whole else Fraction(1, 10**31)):
            break
        if not whole and step >= GUESS_AFTER and step % 8 == 4:
            guessed = _guessed(sought, current, near)
            if guessed is not None:
                return guessed
        middle = (current.good + current.bad) / 2
        if whole:
            middle = Fraction(middle.numerator // middle.denominator)
        found = sought.decided_or_none(middle, SECONDS, *near)
        if found is not None and found.is_shown:
            current = replace(current, good=middle, holds=found)
        elif found is not None and found.is_refuted:
            current = replace(current, bad=middle, fails=found)
        else:
            break
    return current


def _guessed(sought: Sought, current: Bracket, near: Sequence[Formula]) -> Bracket | None:
    """Return the bracket from the simplest number inside to one 1e-30 beyond it, if the bound changes there."""
    low, high = sorted((current.good, current.bad))
    guess = simplest(low, high)
    step = Fraction(1, 10**30) * max(Fraction(1), abs(guess))
    beyond = guess + (step if current.largest else -step)
    fails = sought.decided_or_none(beyond, SECONDS, *near)
    if fails is None or not fails.is_refuted:
        return None
    holds = sought.decided_or_none(guess, SECONDS, *near)
    if holds is None or not holds.is_shown:
        return None
    return replace(current, good=guess, bad=beyond, holds=holds, fails=fails)
