"""Medvedev et al. 2025, section 4: shrinkage optimality, and who has it.

rf.def1  shrinkage optimality, three ways
rf.lem1  spectral filters and penalized minimizers are shrinkage optimal
"""

from __future__ import annotations

from sympy import Integral, exp

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.papers import RF
from w2s_theory.claims.teacher_and_student import (
    INNER_PRODUCT_SPACE,
    SHRINKAGE_OPTIMAL_STUDENT,
    STUDENT,
    TEACHER,
    half_teacher,
    student_norm,
    student_teacher,
)
from w2s_theory.geometry.inner_products import SquaredNorm
from w2s_theory.geometry.shrinkage import GRADIENT_FLOW
from w2s_theory.notation.symbols import EIGENVALUE, SCALE, TIME, Topic
from w2s_theory.relations import at_least, equal

letters = Topic(__name__)

shrinking_loss = SquaredNorm.of(SCALE * STUDENT - TEACHER) - SquaredNorm.of(STUDENT - TEACHER)
outside_ball = SquaredNorm.of(STUDENT - half_teacher) - SquaredNorm.of(half_teacher)
factored = (1 - SCALE) * (2 * student_teacher - (1 + SCALE) * student_norm)
best_scale = student_teacher / student_norm
loss_of_zero = equal(
    SquaredNorm.of(TEACHER) - SquaredNorm.of(STUDENT - TEACHER), 2 * student_teacher - student_norm
)

SHRINKAGE_OPTIMALITY = Claim(
    id="rf.def1",
    title="Shrinkage optimality, three ways",
    source=Source(RF, "Definition 1"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        INNER_PRODUCT_SPACE,
        Assumption("a in [0, 1]", (at_least(1, SCALE),)),
        Assumption("E f_ST^2 <= E f_ST f_TE in the inequality", SHRINKAGE_OPTIMAL_STUDENT.says),
    ),
    states=(
        Part("inequality", at_least(shrinking_loss, 0)),
        Part(
            "best-scale",
            equal(
                shrinking_loss.subs(SCALE, best_scale),
                -((student_norm - student_teacher) ** 2) / student_norm,
            ),
        ),
        Part("zero-scale", loss_of_zero),
        Part("ball", equal(outside_ball, student_norm - student_teacher)),
    ),
    derivation=(
        Step(
            "Shrinking the student to a f_ST changes its squared distance to the teacher by a product.",
            equal(shrinking_loss, factored),
            Rule.IDENTITY,
        ),
        Step(
            "If E f_ST^2 <= E f_ST f_TE, both factors are nonnegative for a in [0, 1]: shrinking never helps.",
            at_least(shrinking_loss, 0),
            Rule.NONNEGATIVE,
            given=(*SHRINKAGE_OPTIMAL_STUDENT.says, at_least(1, SCALE)),
            certificate=(
                (1 - SCALE) * 2 * (student_teacher - student_norm),
                (1 - SCALE) ** 2 * student_norm,
            ),
        ),
        Step(
            "If 0 <= E f_ST f_TE < E f_ST^2, shrinking by a = E f_ST f_TE / E f_ST^2 helps.",
            equal(
                shrinking_loss.subs(SCALE, best_scale),
                -((student_norm - student_teacher) ** 2) / student_norm,
            ),
            Rule.IDENTITY,
        ),
        Step(
            "If E f_ST f_TE < 0, shrinking to 0 does: it changes the squared distance by less than 0. So the condition is "
            "also necessary.",
            loss_of_zero,
            Rule.IDENTITY,
        ),
        Step(
            "Completing the square: the condition says that f_ST lies in the ball with diameter [0, f_TE].",
            equal(outside_ball, student_norm - student_teacher),
            Rule.IDENTITY,
        ),
    ),
)

filter_value = letters.symbol("h", nonnegative=True)
teacher_mode = letters.symbol("g", real=True)
earlier_time = letters.symbol("s", nonnegative=True)
penalty, shrunk_penalty = letters.symbol("R(f_ST)", real=True), letters.symbol("R(a f_ST)", real=True)
minimal = at_least(shrinking_loss + shrunk_penalty - penalty, 0)

FLOW_INTEGRAL = Integral(EIGENVALUE * exp(-earlier_time * EIGENVALUE), (earlier_time, 0, TIME))
"""The filter of gradient flow as the integral of its speed, which is nonnegative."""
GRADIENT_FLOW_STEPS = (
    Step(
        "The filter of gradient flow from 0 is the integral of its speed.",
        equal(GRADIENT_FLOW.filter, FLOW_INTEGRAL),
        Rule.IDENTITY,
    ),
    Step(
        "The speed is nonnegative, so the filter is.",
        at_least(GRADIENT_FLOW.filter, 0),
        Rule.NONNEGATIVE,
        certificate=(FLOW_INTEGRAL,),
    ),
    Step(
        "What gradient flow leaves of the teacher, exp(-t lambda), is nonnegative: the filter is at most 1.",
        at_least(1 - GRADIENT_FLOW.filter, 0),
        Rule.NONNEGATIVE,
        certificate=(exp(-TIME * EIGENVALUE),),
    ),
)

FILTERS_ARE_SHRINKAGE_OPTIMAL = Claim(
    id="rf.lem1",
    title="Filters in [0, 1] and penalized minimizers are shrinkage optimal",
    source=Source(RF, "Lemma 1"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        Assumption(
            "f_ST = h(K) f_TE with 0 <= h <= 1 on the kernel's eigenvalues, g the teacher's coefficient in one "
            "eigenfunction",
            (at_least(1, filter_value),),
        ),
        Assumption(
            "or f_ST minimizes E (f - f_TE)^2 + R(f), no more than at a f_ST, where R(a f) <= R(f) for a in [0, 1]",
            (minimal, at_least(penalty, shrunk_penalty)),
        ),
    ),
    states=(
        Part("filter", at_least(filter_value * (1 - filter_value) * teacher_mode**2, 0)),
        Part("gradient-flow-learned", at_least(GRADIENT_FLOW.filter, 0)),
        Part("gradient-flow-left", at_least(1 - GRADIENT_FLOW.filter, 0)),
        Part("minimizer", at_least(shrinking_loss, 0)),
    ),
    derivation=(
        Step(
            "In one eigenfunction of the kernel, E f_ST (f_TE - f_ST) is h (1 - h) g^2.",
            equal(
                (filter_value * teacher_mode) * (teacher_mode - filter_value * teacher_mode),
                filter_value * (1 - filter_value) * teacher_mode**2,
            ),
            Rule.IDENTITY,
        ),
        Step(
            "It is nonnegative for a filter in [0, 1], and so is its sum over the eigenfunctions.",
            at_least(filter_value * (1 - filter_value) * teacher_mode**2, 0),
            Rule.NONNEGATIVE,
            given=(at_least(1, filter_value),),
        ),
        *GRADIENT_FLOW_STEPS,
        Step(
            "A minimizer's objective is at most the objective of a f_ST, whose penalty is no larger: "
            "the two gaps add up to the loss of shrinking.",
            at_least(shrinking_loss, 0),
            Rule.NONNEGATIVE,
            given=(minimal, at_least(penalty, shrunk_penalty)),
            certificate=(shrinking_loss + shrunk_penalty - penalty, penalty - shrunk_penalty),
        ),
    ),
)

CLAIMS = (SHRINKAGE_OPTIMALITY, FILTERS_ARE_SHRINKAGE_OPTIMAL)
