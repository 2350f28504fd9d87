"""What a part of a statement says of a quantity, for checks that are written for one form of it.

A check that takes one side of a relation and nothing else would report on a statement that it has not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy import Eq, Expr
from sympy.core.relational import Relational

from proofs_checks.evidence import Finding
from w2s_theory.claim import Claim
from w2s_theory.relations import WEAK, as_text


def least_of(claim: Claim, part: str, quantity: Expr) -> Expr:
    """Return what a part says that a quantity is at least; raises ValueError where it says anything else."""
    relation = claim.relation(part)
    if not isinstance(relation, WEAK) or relation.gts != quantity:
        raise _another_form(claim, part, f"{quantity} >= something")
    return relation.lts


def most_of(claim: Claim, part: str, quantity: Expr) -> Expr:
    """Return what a part says that a quantity is at most; raises ValueError where it says anything else."""
    relation = claim.relation(part)
    if not isinstance(relation, WEAK) or relation.lts != quantity:
        raise _another_form(claim, part, f"something >= {quantity}")
    return relation.gts


def value_of(claim: Claim, part: str, quantity: Expr) -> Expr:
    """Return what a part says that a quantity equals; raises ValueError where it says anything else."""
    relation = claim.relation(part)
    if not isinstance(relation, Eq) or relation.lhs != quantity:
        raise _another_form(claim, part, f"{quantity} = something")
    return relation.rhs


def what_is(claim: Claim, part: str, value: Expr | int) -> Expr:
    """Return what a part says to equal a value; raises ValueError where it says anything else."""
    relation = claim.relation(part)
    if not isinstance(relation, Eq) or relation.rhs != value:
        raise _another_form(claim, part, f"something = {value}")
    return relation.lhs


def _another_form(claim: Claim, part: str, form: str) -> ValueError:
    found: Relational = claim.relation(part)
    return ValueError(f"this check reads {claim.part_id(part)} as {form}, and it is {as_text(found)}")


def about(claim: Claim, names: Sequence[str], found: Finding, covers: str) -> Finding:
    """Return a finding that speaks of the parts with these names, which `covers` tells in a few words."""
    return replace(found, covers=covers, parts=claim.ids(*names))
