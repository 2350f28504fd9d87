"""Checks and falsifiers for what a teacher's predictive uncertainty does to cross-entropy and to its reverse."""

from __future__ import annotations

from dataclasses import replace

from sympy import Derivative, Integer, Limit, Rational

from proofs_checks.claims.bias_variance.reverse_cross_entropy import DRAWN, MIXED_SETTING, SETTING
from proofs_checks.claims.shared_checks import derivation, register_derivations
from proofs_checks.drawn.soft_label_students import relations_at_drawn_labels
from proofs_checks.evidence import Finding, Tier
from proofs_checks.methods.algebra import conjuncts
from proofs_checks.methods.logarithms import decide_class_by_class
from proofs_checks.registry import Context, check, falsify
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

register_derivations(CLAIMS)

for claim in CLAIMS:
    check(claim, Tier.PROPERTY, DRAWN)(relations_at_drawn_labels)


@check(UNCERTAINTY, Tier.DECISION, "z3, after differentiation")
def derivatives_in_certainty(claim: Claim, context: Context) -> Finding:
    """Decide how the label and the log-odds change with the certainty: their derivatives are rational."""
    parts = [part for part in conjuncts(claim.statement) if not part.has(Limit)]
    domain = "; ".join(claim.assumptions)
    found = decide_class_by_class(parts, (*SETTING, LABEL < 1), domain, context.seconds)
    return replace(found, covers="all but the limits")


@check(TIME_CHANGE, Tier.DECISION, "z3, logarithms known by their order alone")
def flow_of_the_clock(claim: Claim, context: Context) -> Finding:
    """Decide every part with log an unknown increasing function and exp(z) a positive unknown."""
    domain = "; ".join(claim.assumptions)
    return decide_class_by_class(
        conjuncts(claim.statement), (*SETTING, *MIXED_SETTING), domain, context.seconds
    )


UNCERTAINTY_CHECKS = (derivation, relations_at_drawn_labels)
falsify(
    UNCERTAINTY,
    "CE insensitive to uncertainty",
    UNCERTAINTY_CHECKS,
    replacing={UNSURE_DIRECT: STUDENT - LABEL},
)
falsify(
    UNCERTAINTY,
    "RCE pulls to the uniform distribution as well",
    UNCERTAINTY_CHECKS,
    replacing={unsure_reverse: equal(unsure_reverse.lhs, STUDENT - Rational(1, 2))},
)
falsify(
    UNCERTAINTY,
    "log-ratios of order a (q_k - q_j), without K",
    UNCERTAINTY_CHECKS,
    replacing={UNSURE_ODDS: FIRST_LABEL - SECOND_LABEL},
)
falsify(
    UNCERTAINTY,
    "CE's minimizer does not move",
    (derivatives_in_certainty, relations_at_drawn_labels),
    replacing={LABEL_SPEED: Integer(0)},
)
falsify(
    UNCERTAINTY,
    "RCE pulls harder the less certain the teacher",
    (derivatives_in_certainty, relations_at_drawn_labels),
    replacing={growing_odds: at_least(0, Derivative(log_odds(MIXED), CERTAINTY))},
)

TIME_CHANGE_CHECKS = (derivation, flow_of_the_clock, relations_at_drawn_labels)
falsify(
    TIME_CHANGE,
    "speed in proportion to the certainty",
    (flow_of_the_clock, relations_at_drawn_labels),
    replacing={SPEED: CERTAINTY * log_odds(LABEL)},
)
falsify(
    TIME_CHANGE,
    "speed q_a instead of its log-odds",
    TIME_CHANGE_CHECKS,
    replacing={SPEED: MIXED_LABEL},
)
falsify(
    TIME_CHANGE,
    "a clock of rate 5 or more",
    TIME_CHANGE_CHECKS,
    replacing={increasing_clock: at_least(increasing_clock.lhs, 5)},
)
