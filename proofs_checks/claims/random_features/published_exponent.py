"""Checks, falsifiers and tie for the dimension at which the exponent 1.49 starts.

Claim: rf.rate-1.49.
"""

from __future__ import annotations

from sympy import Rational

from proofs_checks.claims.shared_checks import decide_in_coordinates, register_derivation
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.registry import Context, check, wrong
from proofs_checks.rocq.ties import Proved, Refutation, Tie, by_name
from w2s_theory.claim import Claim
from w2s_theory.claims.random_features.published_exponent import (
    EXPONENT,
    RATE_149,
    THRESHOLD_DIMENSION,
)
from w2s_theory.notation.symbols import DIMENSION
from w2s_theory.relations import at_least

DIMENSION_147 = wrong(
    RATE_149,
    "dimension 147 instead of 148",
    part="excess",
    replacing={DIMENSION - THRESHOLD_DIMENSION: DIMENSION - 147},
)
FOURTH_ROOT = wrong(
    RATE_149,
    "a factor M^(-1/4) instead of M^(-1/2)",
    part="excess",
    replacing={EXPONENT - Rational(149, 100): (EXPONENT - 1) / 2 + 1 - Rational(149, 100)},
)

register_derivation(RATE_149, rejects=(DIMENSION_147, FOURTH_ROOT))


@check(RATE_149, Tier.DECISION, "z3 over the real dimensions", rejects=(DIMENSION_147, FOURTH_ROOT))
def threshold_over_the_reals(claim: Claim, context: Context) -> Finding:
    """Decide that the exponent's excess has the sign of its claimed form, and equals it, for every real d > 0."""
    stated = claim.relation("excess")
    parts = (at_least(stated.lhs * stated.rhs, 0), stated)
    return decide_in_coordinates(parts, {}, (DIMENSION > 0,), "all real d > 0", context.seconds)


@check(
    RATE_149, Tier.PROPERTY, "exact rationals, dimension by dimension", rejects=(DIMENSION_147, FOURTH_ROOT)
)
def threshold_by_dimension(claim: Claim, context: Context) -> Finding:
    """Compare, in every dimension from 2 on, the exponent's excess with its claimed form: first signs, then values."""
    excess, form = claim.relation("excess").args
    dimensions = range(2, context.examples + 2)
    domain = f"d = 2, ..., {dimensions[-1]}"
    values = {d: (excess.subs(DIMENSION, d), form.subs(DIMENSION, d)) for d in dimensions}
    wrong = [d for d, (reached, claimed) in values.items() if (reached >= 0) != (claimed >= 0)]
    wrong += [d for d, (reached, claimed) in values.items() if reached != claimed]
    if wrong:
        reached, claimed = values[wrong[0]]
        witness = {"d": str(wrong[0]), "excess over 1.49": str(reached), "claimed": str(claimed)}
        return Finding(Verdict.REFUTED, "the exponent's excess is not as claimed", domain, witness)
    return Finding(Verdict.SUPPORTED, f"signs and values exact in {len(dimensions)} dimensions", domain)


# Tie of rf.rate-1.49 to theories/claims/random_features/published_exponent.v.
RATE_TIE = Tie(
    RATE_149,
    context="(d : R) (dimension : d >= 2)",
    names=by_name(DIMENSION),
    parts={
        "excess": Proved(
            "random_features.published_exponent.rf_rate_1_49_excess",
            refutations=(
                Refutation(
                    DIMENSION_147,
                    "random_features.published_exponent.not_rf_rate_1_49_from_dimension_147",
                    {"d": "147"},
                ),
                Refutation(
                    FOURTH_ROOT,
                    "random_features.published_exponent.not_rf_rate_1_49_with_a_quarter_power",
                    {"d": "148"},
                ),
            ),
        ),
    },
)

TIES = (RATE_TIE,)
