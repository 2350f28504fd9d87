"""Checks and wrong twins, registered by the id of the claim they belong to."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sympy import Basic
from sympy.core.relational import Relational

from proofs_checks.evidence import Finding, Tier
from w2s_theory.claim import Claim, Part


@dataclass(frozen=True)
class Context:
    """What a check may spend and which random numbers it draws.

    `seed` is the check's own; `examples` is the number of cases for a property or simulation check;
    `seconds` is what remains of the claim's time budget.
    """

    seed: int
    examples: int
    seconds: float


CheckFunction = Callable[[Claim, Context], Finding]


@dataclass(frozen=True, eq=False)
class Falsifier:
    """A wrong twin of a claim, made once by `wrong`; checks refer to it to say that they must reject it.

    `name` is printed, and seeds the random numbers of checks that try to reject it. `parts` names the parts of the
    statement that are wrong; where it is empty, a step of the derivation is.
    """

    claim_id: str
    name: str
    twin: Claim
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """A function that examines a claim, or a wrong twin of it, by one method, and the twins that it must reject.

    `module` is the module of `proofs_checks.claims` that registered it, empty for one of elsewhere.
    """

    name: str
    tier: Tier
    method: str
    function: CheckFunction
    rejects: tuple[Falsifier, ...] = ()
    module: str = ""


_checks: dict[str, list[Check]] = defaultdict(list)
_falsifiers: dict[str, dict[str, Falsifier]] = defaultdict(dict)


def wrong(
    claim: Claim,
    name: str,
    *,
    part: str | tuple[str, ...] = (),
    replacing: Mapping[Basic, Any] | None = None,
    throughout: bool = True,
    states: Mapping[str, Relational] | None = None,
    adding: tuple[Part, ...] = (),
) -> Falsifier:
    """Make a wrong twin of `claim`, for checks to reject.

    Either expressions are exchanged (`replacing`) in the statement and in the derivation, or in the statement alone
    where it is not to be `throughout`, and `part` names the parts that this makes wrong; or parts are exchanged for
    others (`states`), or added, and the derivation stays. Raises ValueError where nothing is changed, where other parts
    change than those named, where a part is unknown, and where the claim has a falsifier of this name.
    """
    exchanged = claim.replacing(replacing or {})
    twin = exchanged if throughout else replace(claim, states=exchanged.states)
    states = states or {}
    named = {*((part,) if isinstance(part, str) else part), *states}
    for each in named:
        claim.relation(each)
    kept = (replace(each, relation=states.get(each.name, each.relation)) for each in twin.states)
    twin = replace(twin, states=(*kept, *adding))
    if twin == claim:
        raise ValueError(f"the falsifier {name!r} of {claim.id} changes nothing")
    changed = tuple(each.name for each in claim.states if twin.relation(each.name) != each.relation)
    if set(changed) != named:
        raise ValueError(
            f"the falsifier {name!r} of {claim.id} is to change {', '.join(sorted(named)) or 'no part'}, "
            f"and changes {', '.join(changed) or 'none'}"
        )
    if name in _falsifiers[claim.id]:
        raise ValueError(f"{claim.id} has two falsifiers {name!r}")
    parts = (*changed, *(each.name for each in adding))
    titled = replace(twin, title=f"{claim.title} [{name}]")
    return _falsifiers[claim.id].setdefault(name, Falsifier(claim.id, name, titled, parts))


def check(
    claim: Claim, tier: Tier, method: str, *, rejects: Sequence[Falsifier] = ()
) -> Callable[[CheckFunction], CheckFunction]:
    """Register the decorated function as a check of `claim`, which must reject these twins of it.

    The function's name is the check's. Raises ValueError where a twin is another claim's, and where the claim has a check
    of this name.
    """
    for falsifier in rejects:
        if falsifier.claim_id != claim.id:
            raise ValueError(
                f"the falsifier {falsifier.name!r} is of {falsifier.claim_id}, not of {claim.id}"
            )

    def register(function: CheckFunction) -> CheckFunction:
        name = getattr(function, "__name__", "check")
        if any(item.name == name for item in _checks[claim.id]):
            raise ValueError(
                f"{claim.id} has two checks {name!r}; allowed: a function's name of its own for each"
            )
        _checks[claim.id].append(
            Check(name, tier, method, function, tuple(rejects), _evidence_being_loaded())
        )
        return function

    return register


def _evidence_being_loaded() -> str:
    """Return the module of evidence whose code runs, through whatever function it calls; empty outside of any."""
    frame = sys._getframe()
    while frame.f_back:
        frame = frame.f_back
        name = str(frame.f_globals.get("__name__"))
        if frame.f_code.co_name == "<module>" and name.startswith("proofs_checks.claims."):
            return name
    return ""


def checked_claims() -> tuple[str, ...]:
    """Return the ids of the claims that have checks."""
    return tuple(claim_id for claim_id, checks in _checks.items() if checks)


def checks_of(claim_id: str) -> tuple[Check, ...]:
    """Return the checks of a claim, strongest method first."""
    order = list(Tier)
    return tuple(sorted(_checks[claim_id], key=lambda item: order.index(item.tier)))


def falsifiers_of(claim_id: str) -> tuple[Falsifier, ...]:
    """Return the falsifiers of a claim, in the order in which they were made."""
    return tuple(_falsifiers[claim_id].values())


def find_falsifier(claim_id: str, name: str) -> Falsifier:
    """Return the falsifier of a claim with this name; raises KeyError where there is none."""
    return _falsifiers[claim_id][name]
