"""Checks, falsifiers and ties of shrinkage optimality: its definition and its lemma.

Claims: rf.def1, rf.lem1.
"""

from __future__ import annotations

import sympy
from flint import arb
from hypothesis import strategies as st
from sympy import Expr, Ge

from proofs_checks.claims.ours.learning_rules import flow_parts
from proofs_checks.claims.shared_checks import decide_in_coordinates, register_derivation
from proofs_checks.drawn.strategies import Chain, chains, vectors
from proofs_checks.drawn.student_chains import SPECTRAL_DOMAIN, report
from proofs_checks.evidence import Finding, Tier, Verdict
from proofs_checks.methods.reading import about
from proofs_checks.methods.search import Trial, find_counterexample
from proofs_checks.registry import Context, check, wrong
from proofs_checks.rocq.ties import Proved, Refutation, Tie
from w2s_theory.balls import ball, precision
from w2s_theory.claim import Claim
from w2s_theory.claims.random_features.shrinkage_optimality import (
    FILTERS_ARE_SHRINKAGE_OPTIMAL,
    SHRINKAGE_OPTIMALITY,
    filter_value,
    penalty,
    shrinking_loss,
    shrunk_penalty,
    teacher_mode,
)
from w2s_theory.claims.teacher_and_student import student_norm, student_teacher, teacher_norm
from w2s_theory.notation.symbols import EIGENVALUE, SCALE, TIME, Topic
from w2s_theory.relations import at_least, margin

letters = Topic(__name__)

x, y, u = letters.symbols("x", "y", "u", real=True)
left_over = letters.symbol("e", real=True)
STUDENT_AND_TEACHER: dict[Expr, Expr] = {
    student_norm: x**2 + y**2,
    student_teacher: x * u,
    teacher_norm: u**2,
}
PLANE = "f_ST = (x, y), f_TE = (u, 0): two vectors span a plane, so this covers every dimension"
FLOW = {sympy.exp(-TIME * EIGENVALUE): left_over}
FLOW_RANGE = (left_over > 0, left_over <= 1)

CENTRED_AT_TEACHER = wrong(
    SHRINKAGE_OPTIMALITY,
    "ball centred at f_TE instead of f_TE/2",
    part=("best-scale", "ball"),
    replacing={student_norm - student_teacher: student_norm - 2 * student_teacher},
)
TWICE_THE_NORM = wrong(
    FILTERS_ARE_SHRINKAGE_OPTIMAL,
    "E f_ST f_TE >= 2 E f_ST^2 for every filter in [0, 1]",
    part="filter",
    replacing={1 - filter_value: 1 - 2 * filter_value},
)

ZERO_ONLY_HALF = wrong(
    SHRINKAGE_OPTIMALITY,
    "shrinking to 0 changes the squared distance by <f_ST, f_TE> - ||f_ST||^2",
    part="zero-scale",
    replacing={2 * student_teacher - student_norm: student_teacher - student_norm},
)

register_derivation(SHRINKAGE_OPTIMALITY, rejects=(CENTRED_AT_TEACHER, ZERO_ONLY_HALF))
register_derivation(FILTERS_ARE_SHRINKAGE_OPTIMAL, rejects=(TWICE_THE_NORM,))


@check(
    SHRINKAGE_OPTIMALITY,
    Tier.DECISION,
    "z3 in real coordinates",
    rejects=(CENTRED_AT_TEACHER, ZERO_ONLY_HALF),
)
def definition_in_the_plane(claim: Claim, context: Context) -> Finding:
    """Decide the inequality and the identities in the plane that student and teacher span."""
    inequalities = [claim.relation("inequality")]
    identities = [claim.relation(name) for name in ("ball", "best-scale", "zero-scale")]
    optimal = (Ge(student_teacher, student_norm), SCALE <= 1)
    first = decide_in_coordinates(inequalities, STUDENT_AND_TEACHER, optimal, PLANE, context.seconds)
    if first.verdict is not Verdict.PROVED:
        return first
    nonzero = (x**2 + y**2 > 0,)
    return decide_in_coordinates(identities, STUDENT_AND_TEACHER, nonzero, PLANE, context.seconds)


@check(
    SHRINKAGE_OPTIMALITY,
    Tier.PROPERTY,
    "Hypothesis over student-teacher pairs",
    rejects=(CENTRED_AT_TEACHER,),
)
def definition_on_drawn_pairs(claim: Claim, context: Context) -> Finding:
    """Compare, on exact integer vectors, the definition with the sign that the ball's identity gives."""
    criterion = claim.relation("ball").rhs

    def disagree(pair: tuple[tuple[int, ...], tuple[int, ...]]) -> bool:
        student, teacher = pair
        size, overlap = sum(s * s for s in student), sum(s * g for s, g in zip(student, teacher, strict=True))
        no_shrinking_helps = overlap >= size
        return bool(
            no_shrinking_helps != (criterion.subs({student_norm: size, student_teacher: overlap}) <= 0)
        )

    pairs = st.integers(1, 5).flatmap(lambda dimension: st.tuples(vectors(dimension), vectors(dimension)))
    found = find_counterexample(
        pairs,
        lambda pair: Trial((0.0,), disagree(pair)),
        disagree,
        examples=context.examples,
        seed=context.seed,
    )
    domain = (
        "integer vectors in 1 to 5 dimensions, exact arithmetic; the best scale is <f_ST, f_TE>/||f_ST||^2"
    )
    if found.counterexample is not None:
        student, teacher = found.counterexample
        witness = {"f_ST": str(student), "f_TE": str(teacher)}
        return Finding(Verdict.REFUTED, "definition and criterion disagree", domain, witness)
    supported = Finding(
        Verdict.SUPPORTED, f"{found.cases} pairs, definition and criterion agree on all", domain
    )
    return about(claim, ("ball",), supported, "the ball")


@check(FILTERS_ARE_SHRINKAGE_OPTIMAL, Tier.DECISION, "z3 in real coordinates", rejects=(TWICE_THE_NORM,))
def lemma_in_coordinates(claim: Claim, context: Context) -> Finding:
    """Decide every part, with exp(-t lambda) as an unknown in (0, 1] and the minimizer's two inequalities."""
    given = (
        filter_value <= 1,
        *FLOW_RANGE,
        Ge(shrinking_loss + shrunk_penalty - penalty, 0),
        Ge(penalty, shrunk_penalty),
        SCALE <= 1,
    )
    domain = f"0 <= h <= 1, e = exp(-t lambda) in (0, 1]; {PLANE}"
    coordinates = {**STUDENT_AND_TEACHER, **FLOW}
    return decide_in_coordinates(claim.relations, coordinates, given, domain, context.seconds)


@check(
    FILTERS_ARE_SHRINKAGE_OPTIMAL,
    Tier.PROPERTY,
    "Hypothesis over teachers and students",
    rejects=(TWICE_THE_NORM,),
)
def lemma_on_drawn_students(claim: Claim, context: Context) -> Finding:
    """Sum the claimed quantity over the modes of drawn spectral students: it must not be negative."""
    per_mode = margin(claim.relation("filter"))

    def total(chain: Chain) -> arb:
        (student,) = chain.students
        teacher = [arb(value) for value in chain.teacher.exactly()]
        filtered = student.of_balls(teacher)
        modes = [(s / g, g) for s, g in zip(filtered, teacher, strict=True) if g != 0]
        return sum((ball(per_mode, {filter_value: h, teacher_mode: g}) for h, g in modes), arb(0))

    def examine(chain: Chain) -> Trial:
        value = total(chain)
        return Trial((-float(value.mid()),), bool(value < 0))

    def confirm(chain: Chain) -> bool:
        with precision(200):
            return bool(total(chain) < 0)

    found = find_counterexample(
        chains(kind="spectral"), examine, confirm, examples=context.examples, seed=context.seed
    )
    reported = report(found, "E f_ST (f_TE - f_ST)", lambda chain: chain.describe(), SPECTRAL_DOMAIN)
    return about(claim, ("filter",), reported, "filters")


# Ties of rf.def1 and rf.lem1 to theories/claims/random_features/shrinkage_optimality.v.
VECTORS = {"f_ST": "student", "f_TE": "teacher"}
PAIR = "(V : InnerProductSpace) (teacher student : V)"
SCALE_IN_UNIT = "(a : R) (range : 0 <= a <= 1)"
GAINED = -((student_norm - student_teacher) ** 2) / student_norm
"""What shrinking to the best scale adds to the squared distance to the teacher."""


def shrinking_costs(claim: Claim, part: str, theorem: str) -> Refutation:
    """Return the refutation of the twin that shrinking costs (1 - a^2) times the student's squared norm."""
    relation = claim.relation(part)
    costs = {relation: at_least(relation.lhs, (1 - SCALE**2) * student_norm)}
    twin = wrong(claim, "shrinking by a costs (1 - a^2) E f_ST^2", part=part, replacing=costs)
    return Refutation(twin, theorem, {"f_TE": "(1, 0)", "f_ST": "(1, 0)", "a": "1/2"})


DEFINITION_TIE = Tie(
    SHRINKAGE_OPTIMALITY,
    context=PAIR,
    theories=("inner_product",),
    vectors=VECTORS,
    names={SCALE: "a"},
    parts={
        "inequality": Proved(
            "random_features.shrinkage_optimality.rf_def1_shrinking_costs",
            f"(overlap : norm2 student <= inner student teacher) {SCALE_IN_UNIT}",
            (
                shrinking_costs(
                    SHRINKAGE_OPTIMALITY,
                    "inequality",
                    "random_features.shrinkage_optimality.not_rf_def1_shrinking_costs_1_minus_a_squared",
                ),
            ),
        ),
        "best-scale": Proved(
            "random_features.shrinkage_optimality.rf_def1_best_shrinking",
            "(nonzero : norm2 student <> 0)",
            (
                Refutation(
                    wrong(
                        SHRINKAGE_OPTIMALITY,
                        "the best shrinking gains half of the square",
                        part="best-scale",
                        replacing={GAINED: GAINED / 2},
                    ),
                    "random_features.shrinkage_optimality.not_rf_def1_best_shrinking_gains_half",
                    {"f_TE": "(1, 0)", "f_ST": "(2, 0)"},
                ),
            ),
        ),
        "zero-scale": Proved(
            "random_features.shrinkage_optimality.rf_def1_shrinking_to_zero",
            refutations=(
                Refutation(
                    ZERO_ONLY_HALF,
                    "random_features.shrinkage_optimality.not_rf_def1_shrinking_to_zero_by_one_product",
                    {"f_TE": "(1, 0)", "f_ST": "(1, 0)"},
                ),
            ),
        ),
        "ball": Proved(
            "random_features.shrinkage_optimality.rf_def1_ball",
            refutations=(
                Refutation(
                    CENTRED_AT_TEACHER,
                    "random_features.shrinkage_optimality.not_rf_def1_ball_centred_at_teacher",
                    {"f_TE": "(1, 0)", "f_ST": "(1, 0)"},
                ),
            ),
        ),
    },
)

LEMMA_TIE = Tie(
    FILTERS_ARE_SHRINKAGE_OPTIMAL,
    context="",
    theories=("inner_product", "shrinkage", "filters"),
    vectors=VECTORS,
    names={SCALE: "a", filter_value: "h", teacher_mode: "g", TIME: "t", EIGENVALUE: "lambda"},
    parts={
        "filter": Proved(
            "random_features.shrinkage_optimality.rf_lem1_filtered_mode",
            "(h g : R) (nonneg : 0 <= h) (at_most : h <= 1)",
            (
                Refutation(
                    TWICE_THE_NORM,
                    "random_features.shrinkage_optimality.not_rf_lem1_filtered_mode_twice",
                    {"h": "1", "g": "1"},
                ),
            ),
        ),
        **flow_parts(FILTERS_ARE_SHRINKAGE_OPTIMAL),
        "minimizer": Proved(
            "random_features.shrinkage_optimality.rf_lem1_shrinking_costs",
            f"{PAIR} (how : filtered teacher student \\/ penalized teacher student) {SCALE_IN_UNIT}",
            (
                shrinking_costs(
                    FILTERS_ARE_SHRINKAGE_OPTIMAL,
                    "minimizer",
                    "random_features.shrinkage_optimality.not_rf_lem1_shrinking_costs_1_minus_a_squared",
                ),
            ),
        ),
    },
)

TIES = (DEFINITION_TIE, LEMMA_TIE)
