"""The attack on a bound: draw states of a model, steer them to the bound, and rebuild a suspicious one exactly."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import itemgetter

import numpy as np

from proofs_checks.bounds.adversary.confirming import confirm, violated
from proofs_checks.bounds.adversary.families import ExactState, Family, Floats
from proofs_checks.bounds.adversary.laws import squared
from proofs_checks.bounds.adversary.predictions import bregman_binary
from proofs_checks.bounds.adversary.steering import approached, turned
from proofs_checks.bounds.adversary.students import bounded, eigenfunction, shrinkage
from proofs_checks.bounds.adversary.subspaces import subspace
from w2s_theory.errors import InvalidInput
from w2s_theory.terms.tree import Atom, Formula, Sign, conjuncts, negated

SURE = 1e-9
"""A margin below minus this is no rounding error."""
MET = 1e-11
"""Sides that differ by at most this share pass for equal where a condition asks for it."""
ROUNDS = 10
WIDE_ROUNDS = 2
"""Rounds in which every family is steered; after them, only the best few are."""
BEST_FAMILIES = 3
PARENTS, CHILDREN, KEPT = 24, 96, 128
MOVED, MOVES = 24, 20
"""Children that must be moved to the conditions, which costs much more, and how often some are, in all."""
CONFIRMATIONS = 4
"""Suspicious states that are rebuilt exactly, each round: the worst of each family."""
REBUILT = 8
"""Suspicious states that are rebuilt exactly in all."""
FAINT = 3
"""States that break the claim by less than SURE, and more than rounding, that are rebuilt at the end."""
SPARSE = 50
"""With fewer states that satisfy the conditions, others are moved to them."""
UNMET = 10.0
"""What a state that does not satisfy the conditions has more than any margin: it is steered to them first."""


@dataclass(frozen=True)
class Attack:
    """What an attack found: states tried, the least margin among them, and a certain violation or None.

    `tried` counts states that satisfy the conditions and at which the claim is defined. `closest` is a share of the
    sides' sizes, negative beyond the bound, None where no state says anything. `suspects` counts states that seem to
    violate the claim in floating point: without a violation, none of those that were rebuilt did so for certain.
    """

    tried: int
    closest: float | None
    violation: ExactState | None
    suspects: int = 0


def families_of(model_name: str, parameters: Mapping[str, int] | None = None) -> list[Family]:
    """Return the families of states of a model by its definition; raises InvalidInput for an unknown one."""
    match model_name:
        case "shrinkage":
            return shrinkage()
        case "chain":
            return shrinkage((parameters or {}).get("steps", 2))
        case "bounded":
            return bounded()
        case "eigenfunction":
            return eigenfunction()
        case "subspace":
            return subspace()
        case "squared":
            return squared()
        case "bregman-binary":
            return bregman_binary()
    raise InvalidInput(f"no states are known for the model {model_name!r}")


def attack(
    model_name: str,
    parameters: Mapping[str, int] | None,
    claim: Formula,
    conditions: Formula,
    seed: int,
    states: int = 4000,
    deadline: float = np.inf,
) -> Attack:
    """Return what `states` drawn states, and others near the closest of them, say of a claim under conditions.

    Claim and conditions are over the model's own observables. The same arguments give the same answer, unless
    `deadline`, a time of time.monotonic(), stops the steering early. Raises InvalidInput for an unknown model, and
    KeyError for an unknown observable.
    """
    families = families_of(model_name, parameters)
    generator = np.random.default_rng(seed)
    groups = [_Group(family, np.empty((0, len(family.knobs)))) for family in families]
    search = _Search(claim, conditions, groups, deadline)
    for group in search.groups:
        search.examine(group, group.family.draw(generator, max(states // len(families), 2)))
    moves = MOVES
    for turn in range(ROUNDS):
        search.confirm()
        if search.violation is not None or search.is_late:
            break
        is_wide = turn < (1 if search.has_equations else WIDE_ROUNDS)
        for group in search.best(len(families) if is_wide else BEST_FAMILIES):
            if search.has_equations or group.met < SPARSE:
                if moves == 0:
                    continue
                moves -= 1
                start = group.knobs[:MOVED]
                if turn > 0:
                    start = turned(group.family, group.knobs[:PARENTS], generator, MOVED)
                children = approached(group.family, start, conditions, generator)
            else:
                children = turned(group.family, group.knobs[:PARENTS], generator, CHILDREN)
            search.examine(group, children)
    search.confirm()
    if search.violation is None:
        search.confirm_faint()
    closest = None if np.isinf(search.closest) else search.closest + 0.0
    return Attack(search.tried, closest, search.violation, search.suspects)


_Suspect = tuple[float, Family, Floats]
"""A margin, and the family and knobs of a state that has it."""


@dataclass
class _Group:
    """The best states of a family so far, best first, and how many satisfied the conditions."""

    family: Family
    knobs: Floats
    scores: Floats = field(default_factory=lambda: np.empty(0))
    met: int = 0

    def keep(self, knobs: Floats, scores: Floats) -> None:
        """Add states, and forget all but the best."""
        usable = np.isfinite(scores)
        knobs, scores = np.vstack([self.knobs, knobs[usable]]), np.concatenate([self.scores, scores[usable]])
        order = np.argsort(scores, kind="stable")[:KEPT]
        self.knobs, self.scores = knobs[order], scores[order]


@dataclass
class _Search:
    """An attack under way."""

    claim: Formula
    conditions: Formula
    groups: list[_Group]
    deadline: float
    tried: int = 0
    suspects: int = 0
    closest: float = np.inf
    violation: ExactState | None = None
    rebuilt: int = 0
    suspicious: dict[str, _Suspect] = field(default_factory=dict)
    faint: dict[str, _Suspect] = field(default_factory=dict)

    @property
    def is_late(self) -> bool:
        """Return whether the time is over."""
        return time.monotonic() > self.deadline

    @property
    def has_equations(self) -> bool:
        """Return whether an equation is among the conditions."""
        return any(isinstance(part, Atom) and part.sign is Sign.EQ for part in conjuncts(self.conditions))

    def examine(self, group: _Group, knobs: Floats) -> None:
        """Score states, and remember those that seem to violate the claim."""
        points = group.family.observables(knobs)
        by, off = points.margin(self.claim), points.margin(self.conditions)
        met = points.truth(self.conditions, MET) & ~np.isnan(by)
        self.tried += int(met.sum())
        group.met += int(met.sum())
        telling = met & ~points.is_trivial(self.claim)
        if telling.any():
            self.closest = min(self.closest, float(by[telling].min()))
        refuted = negated(self.claim)
        wrong = np.flatnonzero(met & points.truth(refuted, SURE))
        self.suspects += len(wrong)
        beyond_rounding = np.flatnonzero(met & points.truth(refuted, 0))
        for places, known in ((wrong, self.suspicious), (beyond_rounding, self.faint)):
            if len(places):
                worst = places[np.argmin(by[places])]
                found = (float(by[worst]), group.family, knobs[worst])
                name = group.family.name
                known[name] = min(found, known.get(name, found), key=itemgetter(0))
        with np.errstate(all="ignore"):
            group.keep(knobs, np.where(telling, by, np.where(met, np.nan, UNMET - off)))

    def confirm(self) -> None:
        """Rebuild the worst suspicious states exactly, until one violates the claim for certain."""
        refuted = violated(self.claim, self.conditions)

        def promise(found: _Suspect) -> tuple[bool, float]:
            is_solvable = any(knob.solvable for knob in found[1].knobs)
            return self.has_equations and not is_solvable, found[0]

        for _, family, knobs in sorted(self.suspicious.values(), key=promise)[:CONFIRMATIONS]:
            if self.rebuilt >= REBUILT or self.is_late:
                return
            self.rebuilt += 1
            self.violation = confirm(family, knobs, refuted, self.conditions)
            if self.violation is not None:
                return
        self.suspicious.clear()

    def confirm_faint(self) -> None:
        """Rebuild the states that break the claim by little: what only looks so costs time, and no verdict."""
        refuted = violated(self.claim, self.conditions)
        for _, family, knobs in sorted(self.faint.values(), key=itemgetter(0))[:FAINT]:
            if self.violation is None and not self.is_late:
                self.violation = confirm(family, knobs, refuted, self.conditions)

    def best(self, count: int) -> list[_Group]:
        """Return the groups with the best states, those without any left out."""
        alive = [group for group in self.groups if len(group.scores)]
        return sorted(alive, key=lambda group: float(group.scores[0]))[:count]
