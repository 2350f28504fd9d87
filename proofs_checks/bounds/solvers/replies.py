"""What a solver says of a problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from w2s_theory.terms.tree import Term


class Said(StrEnum):
    """A solver's answer."""

    UNSAT = "unsat"
    SAT = "sat"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Reply:
    """A solver's answer, with the point that it names; a coordinate that it does not name exactly is left out."""

    said: Said
    point: Mapping[str, Term] = field(default_factory=dict)
