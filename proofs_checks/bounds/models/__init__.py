"""Named models whose observables a user may constrain: the settings that `w2s check` knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from proofs_checks.bounds.models.bregman import BREGMAN_MODELS
from proofs_checks.bounds.models.model import Chart, Model, Observable, Parameter
from proofs_checks.bounds.models.students import STUDENT_MODELS
from proofs_checks.bounds.models.subspaces import subspace
from w2s_theory.errors import InvalidInput

__all__ = ["FAMILIES", "Chart", "Model", "Observable", "Parameter", "build_model"]

FAMILIES: dict[str, Callable[..., Model]] = {**STUDENT_MODELS, "subspace": subspace, **BREGMAN_MODELS}


def build_model(name: str, parameters: Mapping[str, int] | None = None) -> Model:
    """Return the model `name` with its parameters set; raises InvalidInput for an unknown name or parameter."""
    if name not in FAMILIES:
        raise InvalidInput(f"unknown model {name!r}; allowed: {', '.join(FAMILIES)}")
    given = {key: value for key, value in (parameters or {}).items() if value is not None}
    known = [parameter.name for parameter in FAMILIES[name]().parameters]
    unknown = [key for key in given if key not in known]
    if unknown:
        allowed = ", ".join(known) or "none"
        raise InvalidInput(f"the model {name!r} has no parameter {unknown[0]!r}; allowed: {allowed}")
    return _built(name, tuple(sorted(given.items())))


@cache
def _built(name: str, given: tuple[tuple[str, int], ...]) -> Model:
    """Return a model, the same one each time: its charts remember what they were read as."""
    return replace(FAMILIES[name](**dict(given)), is_named=True, setting=dict(given))
