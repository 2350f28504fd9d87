"""Checks and falsifiers, registered by the id of the claim they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sympy import Basic
from sympy.logic.boolalg import Boolean

from proofs_checks.evidence import Finding, Tier
from w2s_theory.claim import Claim


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


@dataclass(frozen=True)
class Check:
    """A function that examines a claim, or a falsified twin of it, by one method."""

    name: str
    tier: Tier
    method: str
    function: CheckFunction


@dataclass(frozen=True)
class Falsifier:
    """A claim with one thing made wrong, and the names of the checks that must reject it."""

    name: str
    twin: Claim
    by: tuple[str, ...]


_checks: dict[str, list[Check]] = defaultdict(list)
_falsifiers: dict[str, list[Falsifier]] = defaultdict(list)
_also: dict[tuple[str, str], tuple[str, ...]] = defaultdict(tuple)


def check(claim: Claim, tier: Tier, method: str) -> Callable[[CheckFunction], CheckFunction]:
    """Register the decorated function as a check of `claim`; its name is the check's name."""

    def register(function: CheckFunction) -> CheckFunction:
        _checks[claim.id].append(Check(getattr(function, "__name__", "check"), tier, method, function))
        return function

    return register


def falsify(
    claim: Claim,
    name: str,
    by: tuple[CheckFunction, ...],
    *,
    replacing: Mapping[Basic, Any] | None = None,
    statement: Boolean | None = None,
) -> None:
    """Register a wrong twin of `claim` that every check in `by` must reject.

    The twin is the claim with expressions exchanged throughout (`replacing`) or another `statement`. Raises
    ValueError if that changes nothing.
    """
    twin = claim.replacing(replacing) if replacing is not None else claim
    if statement is not None:
        twin = replace(twin, statement=statement)
    if twin == claim:
        raise ValueError(f"the falsifier {name!r} of {claim.id} changes nothing")
    names = tuple(getattr(function, "__name__", "") for function in by)
    _falsifiers[claim.id].append(Falsifier(name, replace(twin, title=f"{claim.title} [{name}]"), names))


def also_rejected(claim: Claim, name: str, by: CheckFunction) -> None:
    """Register that one more check must reject the falsifier called `name`, wherever that is registered."""
    _also[claim.id, name] += (getattr(by, "__name__", ""),)


def checks_of(claim_id: str) -> tuple[Check, ...]:
    """Return the checks of a claim, strongest method first."""
    order = list(Tier)
    return tuple(sorted(_checks[claim_id], key=lambda item: order.index(item.tier)))


def falsifiers_of(claim_id: str) -> tuple[Falsifier, ...]:
    """Return the falsifiers of a claim, in the order of registration."""
    return tuple(replace(item, by=item.by + _also[claim_id, item.name]) for item in _falsifiers[claim_id])
