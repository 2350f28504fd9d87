"""A certificate that says nothing but that a formula without coordinates is false: its numbers are compared exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from proofs_checks.bounds.problem import Problem
from w2s_theory.terms import exact, tree
from w2s_theory.terms.algebraic_numbers import size


@dataclass(frozen=True)
class Numbers:
    """That the formula is false, as everything in it is an algebraic number."""

    kind: ClassVar[str] = "numbers"

    def as_json(self) -> dict[str, Any]:
        """Return the certificate as plain data."""
        return {"kind": self.kind}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Numbers:
        """Return the certificate that `as_json` wrote."""
        return cls()


def check(problem: Problem, certificate: Numbers) -> bool:
    """Return whether the formula has no coordinates, only algebraic numbers, and is false."""
    if tree.variables(problem.formula):
        return False
    sides = [side for atom in tree.atoms(problem.formula) for side in (atom.left, atom.right)]
    return all(size(side) is not None for side in sides) and exact.holds(problem.formula, {}) is False
