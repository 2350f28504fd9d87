"""Which learning rules the limits bind.

sharp.learning-rules  rules whose filter stays in [0, 1]; heavy-ball momentum does not
"""

from __future__ import annotations

from sympy import Derivative, Piecewise, Sum, exp, sin

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.papers import RF
from w2s_theory.claims.random_features.shrinkage_optimality import GRADIENT_FLOW_STEPS
from w2s_theory.geometry.shrinkage import (
    FREQUENCY,
    FRICTION,
    GRADIENT_DESCENT,
    HEAVY_BALL,
    ITERATIONS,
    RIDGE,
    RIDGE_REGRESSION,
    SHRINKAGE_OPTIMAL_RULES,
    SPECTRAL_CUTOFF,
    STEP_TIMES_EIGENVALUE,
)
from w2s_theory.notation.symbols import EIGENVALUE, TIME, Topic
from w2s_theory.relations import at_least, equal

letters = Topic(__name__)

earlier_step = letters.symbol("j", integer=True, nonnegative=True)
one_step_left = at_least(1, STEP_TIMES_EIGENVALUE)
heavy_ball = HEAVY_BALL.filter
kept_below_threshold = Piecewise((0, EIGENVALUE >= RIDGE), (1, True))

LEARNING_RULES = Claim(
    id="sharp.learning-rules",
    title="Learning rules whose filter stays in [0, 1]",
    source=Source(RF, 'abstract, "a broad class of learning rules"'),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=tuple(
        Assumption(f"{rule.name}: {rule.domain}", (one_step_left,) if rule is GRADIENT_DESCENT else ())
        for rule in SHRINKAGE_OPTIMAL_RULES
    ),
    states=tuple(
        Part(f"{rule.name.replace(' ', '-')}-{word}", at_least(side, 0))
        for rule in SHRINKAGE_OPTIMAL_RULES
        for word, side in (("learned", rule.filter), ("left", 1 - rule.filter))
    ),
    derivation=(
        *GRADIENT_FLOW_STEPS,
        Step(
            "Gradient descent: the steps add up to the filter, each of them nonnegative.",
            at_least(GRADIENT_DESCENT.filter, 0),
            Rule.NONNEGATIVE,
            given=(one_step_left,),
            certificate=(
                Sum(
                    STEP_TIMES_EIGENVALUE * (1 - STEP_TIMES_EIGENVALUE) ** earlier_step,
                    (earlier_step, 0, ITERATIONS - 1),
                ),
            ),
        ),
        Step(
            "Gradient descent: a power of 1 - x is left.",
            at_least(1 - GRADIENT_DESCENT.filter, 0),
            Rule.NONNEGATIVE,
            given=(one_step_left,),
            certificate=((1 - STEP_TIMES_EIGENVALUE) ** ITERATIONS,),
        ),
        Step("Ridge regression.", at_least(RIDGE_REGRESSION.filter, 0), Rule.NONNEGATIVE),
        Step(
            "Ridge regression: the penalty's share is left.",
            at_least(1 - RIDGE_REGRESSION.filter, 0),
            Rule.NONNEGATIVE,
            certificate=(RIDGE / (EIGENVALUE + RIDGE),),
        ),
        Step("Spectral cut-off.", at_least(SPECTRAL_CUTOFF.filter, 0), Rule.NONNEGATIVE),
        Step(
            "Spectral cut-off: what lies below the threshold is left.",
            at_least(1 - SPECTRAL_CUTOFF.filter, 0),
            Rule.NONNEGATIVE,
            certificate=(kept_below_threshold,),
        ),
        Step(
            "Heavy-ball flow: its filter solves h'' + gamma h' + lambda h = lambda, lambda = omega^2 + gamma^2/4.",
            equal(
                Derivative(heavy_ball, (TIME, 2))
                + FRICTION * Derivative(heavy_ball, TIME)
                + (FREQUENCY**2 + FRICTION**2 / 4) * heavy_ball,
                FREQUENCY**2 + FRICTION**2 / 4,
            ),
            Rule.IDENTITY,
        ),
        Step(
            "Its speed vanishes first at t = pi/omega, where it is 1 + exp(-gamma pi/(2 omega)) > 1: heavy-ball flow is "
            "not shrinkage optimal.",
            equal(
                Derivative(heavy_ball, TIME),
                (FREQUENCY**2 + FRICTION**2 / 4)
                / FREQUENCY
                * exp(-FRICTION * TIME / 2)
                * sin(FREQUENCY * TIME),
            ),
            Rule.IDENTITY,
        ),
    ),
    remarks=(
        "Every minimizer of a star-shaped penalty is shrinkage optimal too: rf.lem1.",
        "Published: the limits hold for arbitrary feature spaces and a broad class of learning rules. Reconstructed: which "
        "rules these are; that heavy-ball flow is not among them is ours.",
    ),
)

CLAIMS = (LEARNING_RULES,)
