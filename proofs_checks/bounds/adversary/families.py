"""Families of states: knobs that are drawn and turned, and a construction that makes a legal state of any values.

A construction is written once, in arithmetic that floats and exact numbers share. So a batch of floats can be drawn
and steered, and any state of it rebuilt exactly from the same knobs, rounded to fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from proofs_checks.bounds.adversary.arithmetic import Array, exact
from w2s_theory.terms.exact import sign
from w2s_theory.terms.floats import Evaluation
from w2s_theory.terms.tree import Term, rational, term

Floats = NDArray[np.float64]
Generator = np.random.Generator


class Turning(StrEnum):
    """How a knob may be drawn and turned: on an interval, over orders of magnitude, by whole numbers, or not at all."""

    SHARE = "share"
    SCALE = "scale"
    WHOLE = "whole"
    CHOICE = "choice"


@dataclass(frozen=True)
class Knob:
    """A number that a construction takes, between two ends that are allowed themselves.

    `special` are the values worth drawing more often than others: degenerate ones. `solvable` says that the
    construction does not branch on it, so that an equation may be solved for it.
    """

    low: float = 0
    high: float = 1
    turning: Turning = Turning.SHARE
    special: tuple[float, ...] = (0, 1)
    solvable: bool = True


@dataclass(frozen=True)
class Built:
    """What a construction makes of a batch: observables, shape (states,), nan where a state is not legal or has none.

    An exact batch has one state; an observable that does not exist is missing there, and `legal` says if it is one.
    `description` gives the state in the model's own terms: vectors, bases, laws. Only an exact batch needs it.
    `exists` says where an observable does, if not everywhere, and `noise` which size of numbers cancelled in one.
    """

    observables: Mapping[str, Array]
    legal: NDArray[np.bool_]
    description: Callable[[], dict[str, str]]
    exists: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)
    noise: Callable[[], Mapping[str, Array]] = dict


@dataclass(frozen=True)
class ExactState:
    """A state in the model's own terms, its observables as constant terms, and the knobs of its family that make it."""

    description: dict[str, str]
    observables: dict[str, Term]
    family: str = ""
    knobs: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Family:
    """A way of making states of a model: named knobs in order, and the construction from an array (states, knobs)."""

    name: str
    knobs: tuple[Knob, ...]
    construct: Callable[[Array], Built]
    draw_close: Callable[[Generator, int], Floats] | None = None
    """Draws knobs near the extreme states known for this family, if there are any; they need not be in range."""

    def draw(self, generator: Generator, count: int) -> Floats:
        """Return knobs of `count` states, shape (count, knobs): half of them close to extreme ones, if known."""
        columns = [_draw(knob, generator, count) for knob in self.knobs]
        drawn = np.stack(columns, axis=1)
        if self.draw_close is not None:
            half = count // 2
            close = self.draw_close(generator, half)
            drawn[:half] = np.where(np.isnan(close), drawn[:half], close)
        return self.within(drawn)

    def within(self, knobs: Floats) -> Floats:
        """Return knobs moved into their intervals, whole ones rounded."""
        whole = np.array([knob.turning in (Turning.WHOLE, Turning.CHOICE) for knob in self.knobs])
        rounded = np.where(whole, np.rint(knobs), knobs)
        return np.clip(rounded, [knob.low for knob in self.knobs], [knob.high for knob in self.knobs])

    def observables(self, knobs: Floats) -> Evaluation:
        """Return the observables of a batch, nan where a state is illegal or does not have one."""
        with np.errstate(all="ignore"):
            built = self.construct(knobs)
            values = {
                name: np.where(built.legal & built.exists.get(name, np.True_), value, np.nan)
                for name, value in built.observables.items()
            }
            return Evaluation(values, built.noise())

    def allows(self, knobs: Sequence[Term]) -> bool:
        """Return whether exact knobs certainly lie in their intervals, whole ones at whole numbers."""
        if len(knobs) != len(self.knobs):
            return False
        for knob, value in zip(self.knobs, knobs, strict=True):
            low, high = (Fraction(str(end)) for end in (knob.low, knob.high))
            if sign(value - low) not in (0, 1) or sign(high - value) not in (0, 1):
                return False
            number = rational(value)
            is_whole = number is not None and number.denominator == 1
            if knob.turning in (Turning.WHOLE, Turning.CHOICE) and not is_whole:
                return False
        return True

    def exact(self, knobs: list[Fraction | Term]) -> ExactState | None:
        """Return the state of exact knobs, None if it is not a legal one.

        Raises TypeError where the construction branches on a knob that is a term.
        """
        row = np.empty((1, len(knobs)), dtype=object)
        row[0] = knobs
        built = self.construct(row)
        if not built.legal.all():
            return None
        found = {
            name: exact(value)
            for name, value in built.observables.items()
            if bool(np.all(built.exists.get(name, np.True_)))
        }
        return ExactState(built.description(), found, self.name, tuple(map(term, knobs)))


def _draw(knob: Knob, generator: Generator, count: int) -> Floats:
    low, high = knob.low, knob.high
    match knob.turning:
        case Turning.SHARE:
            drawn = generator.uniform(low, high, count)
        case Turning.SCALE:
            drawn = np.exp(generator.uniform(np.log(low), np.log(high), count))
        case Turning.CHOICE:
            return generator.integers(int(low), int(high) + 1, count).astype(float)
        case Turning.WHOLE:
            # Small numbers most of all, but every order of magnitude.
            drawn = low + np.floor(np.exp(generator.uniform(0, np.log(high - low + 2), count)) - 1)
    special = [value for value in knob.special if low <= value <= high]
    if special:
        is_special = generator.random(count) < 0.2
        drawn = np.where(is_special, generator.choice(special, count), drawn)
    return drawn


def rounded(value: float, knob: Knob, tolerance: float) -> Fraction:
    """Return the simplest fraction near a knob's value, within the tolerance (relative where the value is large).

    With a tolerance of 0 it is the value itself.
    """
    if knob.turning in (Turning.WHOLE, Turning.CHOICE):
        return Fraction(round(value))
    width = Fraction(tolerance) * Fraction(
        abs(value) if knob.turning is Turning.SCALE else max(1, abs(value))
    )
    center = Fraction(value)
    low, high = (Fraction(str(end)) for end in (knob.low, knob.high))
    return simplest(min(max(center - width, low), high), max(min(center + width, high), low))


def simplest(low: Fraction, high: Fraction) -> Fraction:
    """Return the fraction with the least denominator in the interval low <= high, and the least size among those."""
    if low <= 0 <= high:
        return Fraction(0)
    if high < 0:
        return -simplest(-high, -low)
    whole = -(-low.numerator // low.denominator)
    if whole <= high:
        return Fraction(whole)
    below = whole - 1
    return below + 1 / simplest(1 / (high - below), 1 / (low - below))
