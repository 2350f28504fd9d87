"""Property checks over drawn teachers and subspaces: relations evaluated in balls, steered toward a violation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from flint import arb
from hypothesis.strategies import SearchStrategy
from sympy import Eq, Symbol
from sympy.core.relational import Relational

from proofs_checks.drawn.aligned_teachers import AlignedTeacher
from proofs_checks.evidence import Finding, Verdict
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context
from w2s_theory.balls import ball, excludes, precision
from w2s_theory.relations import as_text

BITS = 200
Values = Mapping[Symbol, arb]
Case = tuple[AlignedTeacher, Fraction]
EXACT = (
    "integer features and targets in up to 5 dimensions, S of dimension 1 or 2, exact arithmetic, Arb balls"
)


def broken(relation: Relational, values: Values) -> bool:
    """Return whether a relation is certainly false for the balls given."""
    return excludes(relation, ball(relation.lhs - relation.rhs, values))


def closeness(relation: Relational, values: Values) -> float:
    """Return how near a relation is to a violation: minus the ratio of a bound's sides, 0 for an equation."""
    if isinstance(relation, Eq):
        return 0.0
    upper, lower = float(ball(relation.lhs, values).mid()), float(ball(relation.rhs, values).mid())
    return -upper / lower if lower > 1e-6 else -1e6


def search_teachers(
    parts: Sequence[Relational],
    cases: SearchStrategy[Case],
    observe: Callable[[Case], Values],
    context: Context,
) -> Finding:
    """Evaluate the relations on drawn teachers in balls, and look for one that is certainly false."""

    def examine(case: Case) -> Trial:
        values = observe(case)
        steering = tuple(closeness(part, values) for part in parts)
        return Trial(steering, any(broken(part, values) for part in parts))

    def confirm(case: Case) -> bool:
        values = observe(case)
        return any(broken(part, values) for part in parts)

    with precision(BITS):
        found = find_counterexample(cases, examine, confirm, examples=context.examples, seed=context.seed)
        if found.counterexample is None:
            summary = f"{found.cases} teachers, none breaks {_count(len(parts))} in {BITS}-bit balls"
            return Finding(Verdict.SUPPORTED, summary, EXACT)
        values = observe(found.counterexample)
        part = next(part for part in parts if broken(part, values))
        shown = {str(name): values[name].str(15, radius=False) for name in sorted(part.free_symbols, key=str)}
    teacher, number = found.counterexample
    witness = {**teacher.describe(), "t or kappa": str(number), **shown}
    return Finding(Verdict.REFUTED, f"false: {as_text(part)}", EXACT, witness)


def _count(parts: int) -> str:
    return "the relation" if parts == 1 else f"any of {parts} relations"
