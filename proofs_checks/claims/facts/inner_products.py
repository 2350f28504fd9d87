"""Checks and falsifiers of the facts about vectors.

Claim: fact.cauchy-schwarz.
"""

from __future__ import annotations

from sympy import Expr, Rational

from proofs_checks.claims.shared_checks import decide_in_coordinates, register_derivation
from proofs_checks.evidence import Finding, Tier
from proofs_checks.registry import Context, check, wrong
from w2s_theory.claim import Claim
from w2s_theory.claims.facts.inner_products import (
    CAUCHY_SCHWARZ,
    FIRST_LENGTH,
    SECOND_LENGTH,
    U,
    V,
    first_norm,
    product,
    second_norm,
)
from w2s_theory.geometry.inner_products import norm_squared
from w2s_theory.notation.symbols import Topic
from w2s_theory.relations import equal

letters = Topic(__name__)

x, y, z = letters.symbols("x", "y", "z", real=True)
PLANE: dict[Expr, Expr] = {norm_squared(U): x**2, product: x * y, norm_squared(V): y**2 + z**2}
"""u = (x, 0) and v = (y, z)."""

SQUARES_TOO_SMALL = wrong(
    CAUCHY_SCHWARZ,
    "99/100 of the squared lengths",
    part="squared",
    replacing={first_norm * second_norm: Rational(99, 100) * first_norm * second_norm},
)
LENGTHS_TOO_SMALL = wrong(
    CAUCHY_SCHWARZ,
    "99/100 of the lengths",
    part="lengths",
    replacing={FIRST_LENGTH * SECOND_LENGTH: Rational(99, 100) * FIRST_LENGTH * SECOND_LENGTH},
)

register_derivation(CAUCHY_SCHWARZ, rejects=(SQUARES_TOO_SMALL,))


@check(
    CAUCHY_SCHWARZ,
    Tier.DECISION,
    "z3 in real coordinates",
    rejects=(SQUARES_TOO_SMALL, LENGTHS_TOO_SMALL),
)
def inequality_in_the_plane(claim: Claim, context: Context) -> Finding:
    """Decide both parts for all pairs in the plane, which two vectors of any space lie in."""
    lengths = (equal(x**2, FIRST_LENGTH**2), equal(y**2 + z**2, SECOND_LENGTH**2))
    domain = "u = (x, 0) and v = (y, z), which covers every space"
    return decide_in_coordinates(claim.relations, PLANE, lengths, domain, context.seconds)
