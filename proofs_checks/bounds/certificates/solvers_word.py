"""The word of two solvers: a certificate that no checker re-checks, their own or as a file tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

UNCHECKED = "solvers"
"""The kind that no checker re-checks: the word of two solvers."""


@dataclass(frozen=True)
class SolversWord:
    """The word of two independent solvers, by version, which no checker re-checks.

    `facts` says whether values of functions stood as variables between true bounds.
    """

    z3: str
    cvc5: str
    facts: bool = False
    kind: ClassVar[str] = UNCHECKED

    def as_json(self) -> dict[str, object]:
        """Return the versions."""
        return {"kind": self.kind, "z3": self.z3, "cvc5": self.cvc5, "facts": self.facts}


@dataclass(frozen=True)
class Word:
    """The word of two solvers as a file tells it."""

    said: tuple[tuple[str, Any], ...]
    kind: ClassVar[str] = UNCHECKED

    def as_json(self) -> dict[str, Any]:
        """Return what the file told."""
        return {"kind": self.kind, **dict(self.said)}
