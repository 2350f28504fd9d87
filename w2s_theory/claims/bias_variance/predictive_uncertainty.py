"""Xu et al. 2025: what a teacher's predictive uncertainty does to cross-entropy and to its reverse.

bv.rce-uncertainty  what is left of both as the teacher's certainty vanishes
bv.rce-time-change  certainty only sets the speed of gradient flow on binary reverse cross-entropy
"""

from __future__ import annotations

from sympy import Derivative, Integer, Limit, Rational, exp, log

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.bias_variance.reverse_cross_entropy import (
    CERTAINTY,
    CLASSES,
    LABEL,
    LABEL_IN_HALF_STEPS,
    LIKELY_FIRST,
    LOGIT,
    MIXED,
    MIXED_FIRST,
    MIXED_LABEL,
    MIXED_LABEL_STEPS,
    STUDENT,
    TWO_CLASSES,
    UNCERTAIN,
    direct_gradient,
    label_in_half,
    log_odds_integral,
    mixed_is_probability,
    mixed_leads,
    mixed_teacher,
    p,
    reverse_gradient,
    student,
    uncertain,
)
from w2s_theory.claims.papers import BV
from w2s_theory.divergences.losses import clock, log_odds, reverse_cross_entropy
from w2s_theory.notation.symbols import Topic
from w2s_theory.relations import at_least, equal

letters = Topic(__name__)

FIRST_LABEL, SECOND_LABEL = letters.symbol("q_k", positive=True), letters.symbol("q_j", positive=True)
"""Of two of K classes."""
LABEL_SPEED = LABEL - 1 / CLASSES
UNSURE_DIRECT = STUDENT - 1 / CLASSES
UNSURE_REVERSE = Integer(0)
UNSURE_ODDS = CLASSES * (FIRST_LABEL - SECOND_LABEL)
mixed = uncertain(LABEL)

moving_label = equal(Derivative(mixed, CERTAINTY), LABEL_SPEED)
unsure_direct = equal(Limit(STUDENT - mixed, CERTAINTY, 0), UNSURE_DIRECT)
unsure_reverse = equal(Limit(-STUDENT * (1 - STUDENT) * log_odds(MIXED), CERTAINTY, 0), UNSURE_REVERSE)
unsure_odds = equal(
    Limit((log(uncertain(FIRST_LABEL)) - log(uncertain(SECOND_LABEL))) / CERTAINTY, CERTAINTY, 0), UNSURE_ODDS
)
growing_odds = at_least(Derivative(log_odds(MIXED), CERTAINTY), 0)

UNCERTAINTY = Claim(
    id="bv.rce-uncertainty",
    title="An unsure teacher moves cross-entropy's minimizer and fades from its reverse",
    source=Source(BV, "reverse cross-entropy is less sensitive to the teacher's predictive uncertainty"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        TWO_CLASSES,
        UNCERTAIN,
        LIKELY_FIRST,
        Assumption(
            "q, q_k and q_j labels of single classes; gradients in the logits as in bv.rce-gradient, p fixed"
        ),
    ),
    states=(
        Part("moving-label", moving_label),
        Part("unsure-direct", unsure_direct),
        Part("unsure-reverse", unsure_reverse),
        Part("unsure-odds", unsure_odds),
        Part("growing-odds", growing_odds),
    ),
    derivation=(
        Step("The label q_a, which minimizes CE, moves with the certainty.", moving_label, Rule.IDENTITY),
        Step("CE pulls the student to the label.", direct_gradient, Rule.IDENTITY),
        Step(
            "As certainty vanishes CE still pulls, to the uniform distribution: the gradient tends to p - 1/K.",
            unsure_direct,
            Rule.LIMIT,
        ),
        Step("RCE pulls by the log-odds of the label.", reverse_gradient, Rule.IDENTITY),
        Step("They vanish with the certainty, and so does RCE's gradient.", unsure_reverse, Rule.LIMIT),
        Step(
            "K classes: RCE's gradient is -p_k sum_j p_j (log q_{a,k} - log q_{a,j}), and each log-ratio is "
            "a K (q_k - q_j) to first order.",
            unsure_odds,
            Rule.LIMIT,
        ),
        *MIXED_LABEL_STEPS,
        Step(
            "So it is positive.",
            at_least(MIXED, 0),
            Rule.NONNEGATIVE,
            given=(mixed_leads,),
            certificate=(MIXED - Rational(1, 2), Rational(1, 2)),
        ),
        Step(
            "In between, the more certain the teacher the harder RCE pulls.",
            growing_odds,
            Rule.NONNEGATIVE,
            given=(at_least(LABEL, Rational(1, 2)), at_least(MIXED, 0), at_least(1, MIXED)),
            certificate=((LABEL - Rational(1, 2)) / MIXED, (LABEL - Rational(1, 2)) / (1 - MIXED)),
        ),
    ),
    remarks=("So an unsure example misleads a student by CE and is skipped by RCE.",),
)

FLOW = -Derivative(reverse_cross_entropy(student, mixed_teacher), LOGIT)
"""dz/dt."""
SPEED = log_odds(MIXED_LABEL)
CLOCK_RATE = Derivative(clock(LOGIT), LOGIT)

clock_speed = equal(FLOW, SPEED / CLOCK_RATE)
increasing_clock = at_least(CLOCK_RATE, 4)
forward = at_least(SPEED, 0)

TIME_CHANGE = Claim(
    id="bv.rce-time-change",
    title="Certainty only sets the speed of gradient flow on binary reverse cross-entropy",
    source=Source(BV, "extends the reverse cross-entropy loss"),
    provenance=Provenance.NEW,
    assumptions=(
        TWO_CLASSES,
        UNCERTAIN,
        LIKELY_FIRST,
        MIXED_FIRST,
        Assumption("gradient flow dz/dt = -dRCE/dz; the clock T(z) = 2 z + exp(z) - exp(-z)"),
    ),
    states=(
        Part("clock-speed", clock_speed),
        Part("increasing-clock", increasing_clock),
        Part("mixed-leads", mixed_leads),
        Part("mixed-is-probability", mixed_is_probability),
        Part("forward", forward),
    ),
    derivation=(
        Step(
            "By bv.rce-gradient the flow is c(a) p (1 - p), with c(a) the log-odds of q_a.",
            equal(FLOW, SPEED * p * (1 - p)),
            Rule.IDENTITY,
        ),
        Step(
            "The clock undoes p (1 - p), so that dT/dt = c(a): T(z(t)) = T(z(0)) + c(a) t.",
            clock_speed,
            Rule.IDENTITY,
        ),
        Step(
            "The clock is strictly increasing, so that its reading gives the student: the path is one and the same for "
            "all a, run through at the speed c(a).",
            increasing_clock,
            Rule.NONNEGATIVE,
            certificate=((exp(LOGIT / 2) - exp(-LOGIT / 2)) ** 2,),
        ),
        *MIXED_LABEL_STEPS,
        *LABEL_IN_HALF_STEPS,
        Step(
            "And in one direction: z_a(t) = z_1(t c(a)/c(1)), a change of time, unless q = 1/2, where nothing moves.",
            forward,
            Rule.NONNEGATIVE,
            given=label_in_half,
            certificate=(log_odds_integral,),
        ),
    ),
    remarks=(
        "On CE the flow ends at the logit of q_a, which moves with a: no change of time can match the paths.",
        "With three or more classes the direction of RCE's gradient turns with a, and paths differ.",
        "As T grows like exp(z), RCE is slow to saturate: 1 - p falls like 1/(c(a) t).",
    ),
)

CLAIMS = (UNCERTAINTY, TIME_CHANGE)
