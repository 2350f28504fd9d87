"""A problem in parts: conjuncts that share no coordinate are problems of their own."""

from __future__ import annotations

from collections.abc import Iterator

from proofs_checks.bounds.certificates.reduced import restricted
from proofs_checks.bounds.problem import Problem
from w2s_theory.terms import tree
from w2s_theory.terms.tree import Formula, conjuncts

MOST_OF_A_CONJUNCT = 3
"""Coordinates of one conjunct that are asked about alone."""


def parts(problem: Problem) -> list[Problem]:
    """Return problems without common coordinates, the fewest coordinates first.

    The formula holds at a point if and only if each of theirs does, so that one without a solution settles all, and
    solutions of all make one of the whole. What has no coordinate is a part with an empty box.
    """
    groups: list[tuple[frozenset[str], list[Formula]]] = []
    for part in conjuncts(problem.formula):
        names = tree.variables(part)
        joined = [group for group in groups if group[0] & names or (not names and not group[0])]
        groups = [group for group in groups if group not in joined]
        merged = names.union(*(group[0] for group in joined))
        groups.append((merged, [item for group in joined for item in group[1]] + [part]))
    found = [restricted(problem, formulas) for _, formulas in groups]
    return sorted(found, key=lambda item: len(item.box))


def cores(problem: Problem) -> Iterator[Problem]:
    """Yield what the problem says of one coordinate alone, of its whole coordinates alone, and of those of a conjunct.

    Each has more solutions than the problem: where it has none, neither has the problem.
    """
    everything = conjuncts(problem.formula)
    chosen = [frozenset({name}) for name in sorted(problem.box)] + [problem.integers]
    chosen += [names for part in everything if len(names := tree.variables(part)) <= MOST_OF_A_CONJUNCT]
    for names in dict.fromkeys(chosen):
        kept = [part for part in everything if (found := tree.variables(part)) and found <= names]
        if len(kept) > 0 and len(kept) < len(everything):
            yield restricted(problem, kept)
