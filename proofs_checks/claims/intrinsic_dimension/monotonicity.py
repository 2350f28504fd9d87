"""Checks and falsifiers of the directions in which the student's risk moves."""

from __future__ import annotations

from sympy import And
from sympy.core.relational import Ge, Relational

from proofs_checks.claims.shared_checks import decide_in_coordinates, derivation, register_derivations
from proofs_checks.evidence import Finding, Tier
from proofs_checks.methods.algebra import conjuncts
from proofs_checks.registry import Context, check, falsify
from w2s_theory.claim import Claim
from w2s_theory.claims.intrinsic_dimension.monotonicity import (
    CLAIMS,
    LEAST,
    LEAST_IN_SAMPLE,
    MONOTONICITY,
    kept_falls,
    rises_with_overlap,
    risk_falls,
)
from w2s_theory.geometry.subspaces import D_SW, D_W, LABELLED
from w2s_theory.relations import at_least

register_derivations(CLAIMS)


@check(MONOTONICITY, Tier.DECISION, "z3 over points, dimensions, noise and misfits")
def directions(claim: Claim, context: Context) -> Finding:
    """Decide each inequality over all real numbers for which the risks are finite."""
    domain = "real n > d_w + 1, d_w >= d_sw >= 0; N as stated; sigma^2 > 0; misfits >= 0"
    given = (LABELLED > D_W + 1, D_W >= D_SW)
    return decide_in_coordinates(conjuncts(claim.statement), {}, given, domain, context.seconds)


def _reversed(relation: Relational) -> Ge:
    return at_least(relation.rhs, relation.lhs)


_rising = rises_with_overlap(LEAST, LEAST_IN_SAMPLE)

falsify(
    MONOTONICITY,
    "N = 2 d_s is enough for the risk to rise with d_sw",
    (directions,),
    statement=And(*rises_with_overlap(LEAST - 1, LEAST_IN_SAMPLE), risk_falls, kept_falls),
)
falsify(
    MONOTONICITY,
    "N = d_s/2 is enough in sample",
    (directions,),
    statement=And(*rises_with_overlap(LEAST, LEAST_IN_SAMPLE / 2), risk_falls, kept_falls),
)
falsify(
    MONOTONICITY,
    "the risk rises with the pseudo-labels",
    (directions,),
    replacing={risk_falls: _reversed(risk_falls)},
)
falsify(
    MONOTONICITY,
    "D_N falls with the correlation dimension",
    (derivation, directions),
    replacing={_rising[1]: _reversed(_rising[1])},
)
