"""A bound with one unknown constant, and what it becomes at a value of that constant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from proofs_checks.bounds.check_bound import BoundResult, decide
from proofs_checks.bounds.models import Model, build_model
from w2s_theory.errors import InvalidInput
from w2s_theory.terms import tree
from w2s_theory.terms.reading import read_formula
from w2s_theory.terms.tree import TRUE, All, Formula, Term, conjuncts, substituted


class _OpenNames(dict[str, Term]):
    """The names of a model, and any other name as a variable of its own, which is remembered."""

    def __init__(self, names: Mapping[str, Term]) -> None:
        super().__init__(names)
        self.unknown: dict[str, None] = {}
        self.asked: dict[str, None] = {}

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or (
            isinstance(name, str) and name not in (*tree.FUNCTIONS, "pi", "E")
        )

    def __getitem__(self, name: str) -> Term:
        if super().__contains__(name):
            self.asked[name] = None
            return super().__getitem__(name)
        self.unknown[name] = None
        return tree.variable(name)


@dataclass(frozen=True)
class Sought:
    """A bound on a model under conditions, with an unknown constant in the bound or in the conditions."""

    model: Model
    claim: Formula
    conditions: Formula
    unknown: str
    mentioned: tuple[str, ...]

    def at(self, value: Term) -> tuple[Formula, Formula]:
        """Return the claim and the conditions at a value of the constant."""
        values = {self.unknown: value}
        return substituted(self.claim, values), substituted(self.conditions, values)

    def decided(self, value: Fraction, seconds: float, *further: Formula) -> BoundResult:
        """Decide the bound at a value of the constant, under further conditions."""
        claim, conditions = self.at(tree.number(value))
        return decide(
            self.model,
            claim,
            All((*conjuncts(conditions), *further)),
            seconds=seconds,
            mentioned=self.mentioned,
        )

    def decided_or_none(self, value: Fraction, seconds: float, *further: Formula) -> BoundResult | None:
        """Decide the bound at a value of the constant; None where no state satisfies the conditions there."""
        try:
            return self.decided(value, seconds, *further)
        except InvalidInput:
            return None


def read_sought(bound: str, model: str, where: str, parameters: Mapping[str, int]) -> Sought:
    """Return a bound with one unknown name. Raises InvalidInput where there is none, or more than one."""
    chosen = build_model(model, parameters)
    names = _OpenNames(chosen.names)
    claim = read_formula(bound, names)
    conditions = read_formula(where, names) if where.strip() else TRUE
    unknown = list(names.unknown)
    if len(unknown) != 1:
        found = f"the unknown names are {', '.join(unknown)}" if unknown else "every name is an observable"
        raise InvalidInput(
            f"{found}; allowed: exactly one unknown constant, as c in 'L_ST >= c*L_TE**2' "
            f"(observables: {', '.join(sorted(chosen.names))})"
        )
    return Sought(chosen, claim, conditions, unknown[0], tuple(names.asked))
