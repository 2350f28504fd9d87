"""Checks and falsifiers of the conditions under which the student beats its teacher and the baseline."""

from __future__ import annotations

from proofs_checks.claims.shared_checks import decide_in_coordinates, derivation, register_derivations
from proofs_checks.evidence import Finding, Tier
from proofs_checks.methods.algebra import conjuncts
from proofs_checks.registry import Context, check, falsify
from w2s_theory.claim import Claim
from w2s_theory.claims.intrinsic_dimension.conditions import CLAIMS, CONDITION, POPULATION_EXCESS
from w2s_theory.geometry.subspaces import D_S, D_SW, D_W, LABELLED, UNLABELLED

register_derivations(CLAIMS)


@check(CONDITION, Tier.DECISION, "z3 over the numbers of points and dimensions")
def signs_of_the_advantages(claim: Claim, context: Context) -> Finding:
    """Decide each identity over all real numbers of points and dimensions for which the risks are finite."""
    given = (LABELLED > D_W + 1, LABELLED > D_S + 1, UNLABELLED > D_S + 1, D_W >= D_SW, D_S >= D_SW)
    domain = "real n > max(d_s, d_w) + 1, N > d_s + 1, 0 <= d_sw <= min(d_s, d_w), sigma^2 > 0"
    return decide_in_coordinates(conjuncts(claim.statement), {}, given, domain, context.seconds)


falsify(
    CONDITION,
    "N > d_s is enough for the population risk",
    (signs_of_the_advantages,),
    replacing={POPULATION_EXCESS: UNLABELLED - D_S},
)
falsify(
    CONDITION,
    "N > d_s + 2 is enough for the population risk",
    (derivation, signs_of_the_advantages),
    replacing={POPULATION_EXCESS: UNLABELLED - D_S - 2},
)
