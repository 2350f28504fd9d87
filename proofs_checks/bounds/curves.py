"""What of a question may be asked on a model's curve, where one observable is least, or greatest, for its teacher.

A state that breaks a claim is moved to the curve, with the same teacher. A conjunct that stays true on the way may be asked
there: one that does not depend on the observable, or that gets easier to satisfy. If no point of the curve satisfies the
conjuncts that stay true, then no state satisfies all of them; a point of the curve is a state that does only if
every conjunct stays true.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from proofs_checks.bounds.models import Chart, Model
from w2s_theory.terms import intervals, tree
from w2s_theory.terms.slopes import slopes
from w2s_theory.terms.tree import Atom, Formula, Sign
from w2s_theory.terms.truth import truth


@dataclass(frozen=True)
class Moved:
    """The conjuncts that stay true as states move to a curve, and whether these are all."""

    curve: Chart
    kept: tuple[Formula, ...]
    whole: bool


def moved(model: Model, conjuncts: Iterable[Formula]) -> list[Moved]:
    """Return what may be asked of some conjuncts on the model's curves; a curve that decides nothing is left out."""
    every = tuple(conjuncts)
    name = None if model.extremal is None else model.extremal.name
    found = []
    for curve, is_upper in ((model.curve, False), (model.upper_curve, True)):
        if curve is None or name is None:
            continue
        box = _box(model, curve, name, is_upper)
        kept = tuple(part for part in every if _stays_true(part, curve, name, box, is_upper))
        if any(name in tree.variables(part) and truth(part, box) is not True for part in kept):
            found.append(Moved(curve, kept, len(kept) == len(every)))
    return found


def _box(model: Model, curve: Chart, name: str, is_upper: bool) -> intervals.Box:
    """Return ranges of the curve's observables, that of the extremal one from the curve on."""
    other = model.curve if is_upper else model.upper_curve
    beyond = (None, None) if other is None else other.ranges[name]
    box = dict(curve.ranges)
    box[name] = (beyond[0], box[name][1]) if is_upper else (box[name][0], beyond[1])
    return box


def _stays_true(part: Formula, curve: Chart, name: str, box: intervals.Box, is_upper: bool) -> bool:
    names = tree.variables(part)
    if not names <= set(curve.terms):
        return False
    if name not in names or truth(part, box) is True:
        return True
    return all(_gets_easier(atom, name, box, is_upper) for atom in tree.atoms(part))


def _gets_easier(atom: Atom, name: str, box: intervals.Box, rises: bool) -> bool:
    """Return whether an atom that holds goes on to hold as the observable falls, or rises, to the curve's value."""
    if name not in tree.variables(atom):
        return True
    if atom.sign in (Sign.EQ, Sign.NE):
        return False
    needs = [need for side in (atom.left, atom.right) for need in tree.definedness(side)]
    if any(name in tree.variables(need) and truth(need, box) is not True for need in needs):
        return False
    _, along = slopes(atom.difference, box)
    low, high = along[name].low, along[name].high
    is_increasing = low is not None and bool(low >= 0)
    is_decreasing = high is not None and bool(high <= 0)
    return is_increasing if (atom.sign in (Sign.GE, Sign.GT)) is rises else is_decreasing
