"""Checks that several claims share: the derivation, and the model on which a bound is decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy
from sympy import Expr, Symbol
from sympy.logic.boolalg import Boolean

from proofs_checks.bounds.check_bound import decide
from proofs_checks.bounds.models import Model
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.algebra import check_derivation
from proofs_checks.methods.decision import Answer, solve
from proofs_checks.registry import Context, Falsifier, check
from w2s_theory.balls import holds
from w2s_theory.claim import Claim
from w2s_theory.geometry.inner_products import expand_norms
from w2s_theory.relations import as_text
from w2s_theory.terms.conversion import formula_of
from w2s_theory.terms.tree import All


def derivation(claim: Claim, _context: Context) -> Finding:
    """Re-check every step of the derivation by exact algebra."""
    return check_derivation(claim)


def register_derivation(claim: Claim, rejects: Sequence[Falsifier] = ()) -> None:
    """Give a claim the check of its derivation, which must reject these twins."""
    check(claim, Tier.SYMBOLIC, "exact algebra (sympy)", rejects=rejects)(derivation)


def decide_on_model(model: Model, parts: Sequence[Boolean], context: Context) -> Finding:
    """Decide parts of a claim's statement on a model, as `w2s check` would."""
    result = decide(model, All(tuple(map(formula_of, parts))), seconds=context.seconds)
    witness = {**(result.witness or {}), **(result.values or {})} or None
    return Finding(result.verdict, result.method, result.domain, witness)


def decide_in_coordinates(
    parts: Sequence[Boolean],
    coordinates: Mapping[Symbol, Expr],
    given: Sequence[Boolean],
    domain: str,
    seconds: float,
) -> Finding:
    """Decide polynomial relations after replacing inner products by real coordinates.

    A refutation is re-checked at the exact coordinates that the solver returns.
    """
    for part in parts:
        relation = expand_norms(part).doit().subs(dict(coordinates), simultaneous=True)
        conditions = [expand_norms(item).subs(dict(coordinates), simultaneous=True) for item in given]
        solution = solve([*conditions, sympy.Not(relation)], seconds)
        if solution.answer is Answer.UNKNOWN:
            return Finding(
                Verdict.UNDECIDED, f"z3 gave no answer in {seconds:.0f} s on {as_text(part)}", domain
            )
        if solution.answer is Answer.EXISTS:
            point = solution.point
            if holds(relation, point) is not False or not all(holds(item, point) for item in conditions):
                return Finding(
                    Verdict.UNDECIDED, f"z3's counterexample to {as_text(part)} is not confirmed", domain
                )
            return Finding(
                Verdict.REFUTED,
                f"false in coordinates: {as_text(part)}",
                domain,
                {str(k): str(v) for k, v in point.items()},
            )
    return Finding(Verdict.PROVED, f"negation of {len(parts)} relations unsatisfiable (z3)", domain)
