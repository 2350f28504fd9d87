"""Checks and falsifiers for what a teacher's predictive uncertainty does to cross-entropy and to its reverse.

Claims: bv.rce-uncertainty, bv.rce-time-change.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Derivative, Integer, Rational

from proofs_checks.claims.bias_variance.reverse_cross_entropy import DRAWN, MIXED_SETTING, SETTING
from proofs_checks.claims.shared_checks import register_derivation
from proofs_checks.drawn.soft_label_students import relations_at_drawn_labels
from proofs_checks.evidence import Finding, Tier
from proofs_checks.methods.logarithms import decide_class_by_class
from proofs_checks.registry import Context, check, falsifiers_of, wrong
from w2s_theory.claim import Claim
from w2s_theory.claims.bias_variance.predictive_uncertainty import (
    CLAIMS,
    FIRST_LABEL,
    LABEL_SPEED,
    SECOND_LABEL,
    SPEED,
    TIME_CHANGE,
    UNCERTAINTY,
    UNSURE_DIRECT,
    UNSURE_ODDS,
    growing_odds,
    increasing_clock,
    unsure_reverse,
)
from w2s_theory.claims.bias_variance.reverse_cross_entropy import (
    CERTAINTY,
    LABEL,
    MIXED,
    MIXED_LABEL,
    STUDENT,
)
from w2s_theory.divergences.losses import log_odds
from w2s_theory.relations import at_least, equal

CE_INSENSITIVE = wrong(
    UNCERTAINTY,
    "CE insensitive to uncertainty",
    part="unsure-direct",
    replacing={UNSURE_DIRECT: STUDENT - LABEL},
)
RCE_PULLS_TO_UNIFORM = wrong(
    UNCERTAINTY,
    "RCE pulls to the uniform distribution as well",
    part="unsure-reverse",
    replacing={unsure_reverse: equal(unsure_reverse.lhs, STUDENT - Rational(1, 2))},
)
NO_FACTOR_K = wrong(
    UNCERTAINTY,
    "log-ratios of order a (q_k - q_j), without K",
    part="unsure-odds",
    replacing={UNSURE_ODDS: FIRST_LABEL - SECOND_LABEL},
)
LABEL_AT_REST = wrong(
    UNCERTAINTY,
    "CE's minimizer does not move",
    part="moving-label",
    replacing={LABEL_SPEED: Integer(0)},
)
ODDS_FALL = wrong(
    UNCERTAINTY,
    "RCE pulls harder the less certain the teacher",
    part="growing-odds",
    replacing={growing_odds: at_least(0, Derivative(log_odds(MIXED), CERTAINTY))},
)
SPEED_IS_CERTAINTY = wrong(
    TIME_CHANGE,
    "speed in proportion to the certainty",
    part=("clock-speed", "forward"),
    replacing={SPEED: CERTAINTY * log_odds(LABEL)},
)
SPEED_IS_LABEL = wrong(
    TIME_CHANGE,
    "speed q_a instead of its log-odds",
    part=("clock-speed", "forward"),
    replacing={SPEED: MIXED_LABEL},
)
FASTER_CLOCK = wrong(
    TIME_CHANGE,
    "a clock of rate 5 or more",
    part="increasing-clock",
    replacing={increasing_clock: at_least(increasing_clock.lhs, 5)},
)

register_derivation(UNCERTAINTY, rejects=(CE_INSENSITIVE, RCE_PULLS_TO_UNIFORM, NO_FACTOR_K))
register_derivation(TIME_CHANGE, rejects=(SPEED_IS_LABEL, FASTER_CLOCK))

for claim in CLAIMS:
    check(claim, Tier.PROPERTY, DRAWN, rejects=falsifiers_of(claim.id))(relations_at_drawn_labels)


DERIVATIVES = ("moving-label", "growing-odds")


@check(UNCERTAINTY, Tier.DECISION, "z3, after differentiation", rejects=(LABEL_AT_REST, ODDS_FALL))
def derivatives_in_certainty(claim: Claim, context: Context) -> Finding:
    """Decide how the label and the log-odds change with the certainty: their derivatives are rational."""
    parts = [claim.relation(name) for name in DERIVATIVES]
    domain = claim.domain
    found = decide_class_by_class(parts, (*SETTING, LABEL < 1), domain, context.seconds)
    return replace(found, covers="all but the limits", parts=claim.ids(*DERIVATIVES))


@check(
    TIME_CHANGE,
    Tier.DECISION,
    "z3, logarithms known by their order alone",
    rejects=(SPEED_IS_CERTAINTY, SPEED_IS_LABEL, FASTER_CLOCK),
)
def flow_of_the_clock(claim: Claim, context: Context) -> Finding:
    """Decide every part with log an unknown increasing function and exp(z) a positive unknown."""
    domain = claim.domain
    return decide_class_by_class(claim.relations, (*SETTING, *MIXED_SETTING), domain, context.seconds)
