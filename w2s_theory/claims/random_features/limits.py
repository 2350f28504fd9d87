"""Medvedev et al. 2025, section 4: the limits of weak-to-strong learning.

rf.thm4.1       the general limitation, L_ST >= (3/4) L_TE^2
rf.cor1         no gradient-flow student beats the square of its teacher's loss
rf.thm4.2       the limitation of bounded students
rf.cor2         bootstrapping does not pass that limit
rf.summary-eta  a garbled summary of the theorem, expected to be refuted
"""

from __future__ import annotations

from sympy import Derivative, Expr, Limit, Rational, Sum, exp, factor, log, oo, sqrt

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step, cited
from w2s_theory.claims.facts.inner_products import CAUCHY_SCHWARZ, FIRST_LENGTH, SECOND_LENGTH
from w2s_theory.claims.facts.real_numbers import LARGER, POWER_ORDER, SMALLER
from w2s_theory.claims.papers import RF
from w2s_theory.claims.random_features.shrinkage_optimality import FLOW_INTEGRAL
from w2s_theory.claims.teacher_and_student import (
    INNER_PRODUCT_SPACE,
    LEAST_SQUARES_TEACHER,
    SHRINKAGE_OPTIMAL_STUDENT,
    STUDENT,
    STUDENT_LOSS,
    TARGET,
    UNIT_TARGET,
    half_teacher,
    student_norm,
    student_teacher,
    teacher_norm,
)
from w2s_theory.geometry.inner_products import SquaredNorm, Vector, inner, norm_squared
from w2s_theory.geometry.shrinkage import GRADIENT_FLOW, bounded_limit_curve, limit_curve, tight_chain
from w2s_theory.notation.symbols import CONSTANT, EIGENVALUE, EXCESS, L_ST, L_TE, TIME, Topic
from w2s_theory.relations import at_least, at_most, equal

letters = Topic(__name__)

LINK = Vector.named("f_i")
NEXT_LINK = Vector.named("f_{i+1}")
BOUNDED_STUDENT = Assumption("E f_ST^2 <= E f_TE^2", (at_least(teacher_norm, student_norm),))

root_plus, root_minus = sqrt(1 + 3 * L_TE), sqrt(1 - L_TE)
from_centre, student_from_centre = TARGET - half_teacher, STUDENT - half_teacher
squared_centre, squared_radius = (1 + 3 * L_TE) / 4, (1 - L_TE) / 4
to_centre, radius = sqrt(squared_centre), sqrt(squared_radius)
"""The distance of f* from the centre f_TE/2 of the student's ball, and the ball's radius ||f_TE||/2."""
squared_offset = SquaredNorm.of(student_from_centre)
offset, overlap = sqrt(squared_offset), inner(from_centre, student_from_centre)
loss_by_overlap = squared_centre - 2 * overlap + squared_offset
teacher_misses_at_most_all = Step(
    "What the teacher learns has a norm, so its loss is at most 1.",
    at_least(1, L_TE),
    Rule.NONNEGATIVE,
    given=LEAST_SQUARES_TEACHER.says[:1],
    certificate=(teacher_norm,),
)
centre_distance = equal(SquaredNorm.of(from_centre), squared_centre)
inside_ball, outside_ball = at_least(squared_radius, squared_offset), at_least(to_centre, radius)
loss_from_centre = equal(L_ST, loss_by_overlap)
three_quarters = Rational(3, 4) * L_TE**2
best_student = tight_chain(1)
tau = best_student.tau
tight_teacher = best_student.teacher
tight_student = (
    factor(tight_teacher[0] * best_student.turn[0] - tight_teacher[1] * best_student.turn[1]),
    factor(tight_teacher[0] * best_student.turn[1] + tight_teacher[1] * best_student.turn[0]),
)
"""Teacher and student in the plane whose first axis is f*."""


def plane_loss(x: Expr, y: Expr) -> Expr:
    """Return the squared distance of (x, y) from f* = (1, 0)."""
    return (1 - x) ** 2 + y**2


tight_fit = equal(tight_teacher[0] ** 2 + tight_teacher[1] ** 2, tight_teacher[0])
tight_teacher_loss = equal(plane_loss(*tight_teacher), best_student.teacher_loss)
tight_optimal = equal(
    tight_student[0] ** 2 + tight_student[1] ** 2,
    tight_student[0] * tight_teacher[0] + tight_student[1] * tight_teacher[1],
)
tight_student_loss = equal(plane_loss(*tight_student), best_student.student_loss)

GENERAL_LIMITATION = Claim(
    id="rf.thm4.1",
    title="General limitation of weak-to-strong learning",
    source=Source(RF, "Theorem 4.1"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        INNER_PRODUCT_SPACE,
        UNIT_TARGET,
        LEAST_SQUARES_TEACHER,
        SHRINKAGE_OPTIMAL_STUDENT,
        STUDENT_LOSS,
        Assumption(
            "in the parts on tightness f* = (1, 0) in the plane, and f_TE and f_ST = f_TE turned by arctan(tau) and shrunk "
            "are written out, tau >= 0"
        ),
    ),
    states=(
        Part("curve", at_least(L_ST, limit_curve(L_TE))),
        Part("quadratic", at_least(L_ST, three_quarters)),
        Part("tight-fit", tight_fit),
        Part("tight-teacher", tight_teacher_loss),
        Part("tight-optimal", tight_optimal),
        Part("tight-student", tight_student_loss),
        Part(
            "tight",
            equal(
                best_student.student_loss,
                best_student.teacher_loss**2 * ((tau**2 - Rational(1, 2)) ** 2 + Rational(3, 4)),
            ),
        ),
    ),
    derivation=(
        teacher_misses_at_most_all,
        Step(
            "The centre f_TE/2 of the student's ball is at squared distance U^2 = (1 + 3 L_TE)/4 from f*.",
            centre_distance,
            Rule.IDENTITY,
            given=(*UNIT_TARGET.says, *LEAST_SQUARES_TEACHER.says),
        ),
        Step(
            "The student is inside the ball: its squared distance V^2 from the centre is at most R^2 = ||f_TE||^2/4.",
            inside_ball,
            Rule.NONNEGATIVE,
            given=(*SHRINKAGE_OPTIMAL_STUDENT.says, *LEAST_SQUARES_TEACHER.says),
            certificate=(student_teacher - student_norm,),
        ),
        Step(
            "And f* is not: U and R differ by L_TE/(U + R).",
            outside_ball,
            Rule.NONNEGATIVE,
            given=(at_least(1, L_TE),),
            certificate=(L_TE / (to_centre + radius),),
        ),
        Step(
            "From the centre, the student's error is u - v with u = f* - f_TE/2 and v = f_ST - f_TE/2.",
            loss_from_centre,
            Rule.IDENTITY,
            given=(*STUDENT_LOSS.says, centre_distance),
        ),
        Step(
            "Cauchy-Schwarz for u of norm U and v of norm V bounds the loss below.",
            at_least(loss_by_overlap, (to_centre - offset) ** 2),
            Rule.NONNEGATIVE,
            given=(
                cited(
                    CAUCHY_SCHWARZ,
                    "lengths",
                    {FIRST_LENGTH: to_centre, SECOND_LENGTH: offset},
                    {"u": from_centre, "v": student_from_centre},
                ),
            ),
            certificate=(2 * (to_centre * offset - overlap),),
        ),
        Step(
            "With V <= R <= U, V = R is the best.",
            at_least((to_centre - offset) ** 2, (to_centre - radius) ** 2),
            Rule.NONNEGATIVE,
            given=(
                cited(POWER_ORDER, "roots", {LARGER: squared_radius, SMALLER: squared_offset}),
                outside_ball,
                at_least(1, L_TE),
            ),
            certificate=(2 * (radius - offset) * (to_centre - radius), (radius - offset) ** 2),
        ),
        Step(
            "With U and R from the teacher's loss, that is the limit curve.",
            equal((to_centre - radius) ** 2, limit_curve(L_TE)),
            Rule.IDENTITY,
        ),
        Step(
            "Hence the student's loss is at least the limit curve.",
            at_least(L_ST, limit_curve(L_TE)),
            Rule.CHAIN,
        ),
        Step(
            "With a = sqrt(1 + 3 L_TE) and b = sqrt(1 - L_TE), the limit curve exceeds (3/4) L_TE^2 by a square.",
            at_least(limit_curve(L_TE), three_quarters),
            Rule.NONNEGATIVE,
            given=(at_least(1, L_TE),),
            certificate=(((root_plus - root_minus) * (root_plus - 3 * root_minus) / 8) ** 2,),
        ),
        Step("Both together.", at_least(L_ST, three_quarters), Rule.CHAIN),
        Step(
            "Tight: a student that turns from its teacher by arctan(tau) lies on the ball's boundary.",
            equal(
                (best_student.turn[0] ** 2 + best_student.turn[1] ** 2),
                best_student.turn[0],
            ),
            Rule.IDENTITY,
        ),
        Step("The teacher f_TE is a least-squares fit: <f*, f_TE> = ||f_TE||^2.", tight_fit, Rule.IDENTITY),
        Step("Its loss.", tight_teacher_loss, Rule.IDENTITY),
        Step("The student is shrinkage optimal, with equality.", tight_optimal, Rule.IDENTITY),
        Step("Its loss.", tight_student_loss, Rule.IDENTITY),
        Step(
            "Its loss over the square of its teacher's is 3/4 at tau^2 = 1/2, where L_TE = 2/3, and more elsewhere.",
            equal(
                best_student.student_loss,
                best_student.teacher_loss**2 * ((tau**2 - Rational(1, 2)) ** 2 + Rational(3, 4)),
            ),
            Rule.IDENTITY,
        ),
        Step(
            "For small losses the limit is the square itself.",
            equal(Limit(limit_curve(L_TE) / L_TE**2, L_TE, 0), 1),
            Rule.LIMIT,
        ),
    ),
    remarks=("The constant 3/4 is best possible; it is attained at L_TE = 2/3 only.",),
)

mode, modes = letters.symbols("i", "m", integer=True, positive=True)
teacher_coefficient = letters.indexed("g", real=True)
learned, left = letters.indexed("h", nonnegative=True), letters.indexed("k", nonnegative=True)
learned_and_left = Sum(learned[mode] * left[mode] * teacher_coefficient[mode] ** 2, (mode, 1, modes))

GRADIENT_FLOW_LIMITATION = Claim(
    id="rf.cor1",
    title="Random-feature students obey the limit at every stopping time",
    source=Source(RF, "Corollary 1"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        INNER_PRODUCT_SPACE,
        UNIT_TARGET,
        LEAST_SQUARES_TEACHER,
        STUDENT_LOSS,
        Assumption(
            "f_ST = (I - exp(-t K)) f_TE at any time t >= 0, for any positive semidefinite K: over its eigenfunctions "
            "E f_ST (f_TE - f_ST) is a sum of h_i k_i g_i^2, g_i the teacher's coefficients, h_i = 1 - exp(-t lambda_i) and "
            "k_i = exp(-t lambda_i), both of them nonnegative",
            (equal(student_teacher - student_norm, learned_and_left),),
        ),
    ),
    states=(
        Part("filter", at_least(GRADIENT_FLOW.filter * (1 - GRADIENT_FLOW.filter), 0)),
        Part("quadratic", at_least(L_ST, three_quarters)),
    ),
    derivation=(
        Step(
            "The filter of gradient flow lies in [0, 1] (rf.lem1).",
            at_least(GRADIENT_FLOW.filter * (1 - GRADIENT_FLOW.filter), 0),
            Rule.NONNEGATIVE,
            certificate=(FLOW_INTEGRAL * exp(-TIME * EIGENVALUE),),
        ),
        Step(
            "So the student is shrinkage optimal.",
            at_least(student_teacher, student_norm),
            Rule.NONNEGATIVE,
            given=(equal(student_teacher - student_norm, learned_and_left),),
            certificate=(learned_and_left,),
        ),
        Step(
            "Theorem 4.1 applies at every time (rf.thm4.1).",
            at_least(L_ST, three_quarters),
            Rule.CHAIN,
            given=(cited(GENERAL_LIMITATION, "quadratic"),),
        ),
        Step(
            "The bound's exponent, its logarithmic derivative, is 2: no power above 2 is reached.",
            equal(L_TE * Derivative(log(three_quarters), L_TE), 2),
            Rule.IDENTITY,
        ),
    ),
)

squared_size = SquaredNorm.of(STUDENT)
student_size, teacher_size = sqrt(squared_size), root_minus
student_target = inner(TARGET, STUDENT)
loss_by_size = 1 - 2 * student_target + squared_size
student_no_larger = at_least(1 - L_TE, squared_size)
quarter = L_TE**2 / 4

BOUNDED_LIMITATION = Claim(
    id="rf.thm4.2",
    title="Limitation of students no larger than their teacher",
    source=Source(RF, "Theorem 4.2"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(INNER_PRODUCT_SPACE, UNIT_TARGET, LEAST_SQUARES_TEACHER, BOUNDED_STUDENT, STUDENT_LOSS),
    states=(
        Part("curve", at_least(L_ST, bounded_limit_curve(L_TE))),
        Part("quadratic", at_least(L_ST, quarter)),
        Part("small-losses", equal(Limit(bounded_limit_curve(L_TE) / L_TE**2, L_TE, 0), Rational(1, 4))),
    ),
    derivation=(
        teacher_misses_at_most_all,
        Step(
            "The loss by the student's norm S and its overlap with f*.",
            equal(L_ST, loss_by_size),
            Rule.IDENTITY,
            given=(*STUDENT_LOSS.says, *UNIT_TARGET.says),
        ),
        Step(
            "With E f*^2 = 1, Cauchy-Schwarz bounds the loss below.",
            at_least(loss_by_size, (1 - student_size) ** 2),
            Rule.NONNEGATIVE,
            given=(
                cited(
                    CAUCHY_SCHWARZ,
                    "lengths",
                    {FIRST_LENGTH: 1, SECOND_LENGTH: student_size},
                    {"u": TARGET, "v": STUDENT},
                ),
            ),
            certificate=(2 * (student_size - student_target),),
        ),
        Step(
            "The student is no larger than the teacher, of norm G = sqrt(1 - L_TE).",
            student_no_larger,
            Rule.NONNEGATIVE,
            given=(*BOUNDED_STUDENT.says, *LEAST_SQUARES_TEACHER.says),
            certificate=(teacher_norm - student_norm,),
        ),
        Step(
            "The teacher is no larger than the target.",
            at_least(1, teacher_size),
            Rule.NONNEGATIVE,
            given=(at_least(1, L_TE),),
            certificate=(L_TE / (1 + teacher_size),),
        ),
        Step(
            "With S <= G <= 1, S = G is the best.",
            at_least((1 - student_size) ** 2, (1 - teacher_size) ** 2),
            Rule.NONNEGATIVE,
            given=(
                cited(POWER_ORDER, "roots", {LARGER: 1 - L_TE, SMALLER: squared_size}),
                at_least(1, teacher_size),
                at_least(1, L_TE),
            ),
            certificate=(
                2 * (teacher_size - student_size) * (1 - teacher_size),
                (teacher_size - student_size) ** 2,
            ),
        ),
        Step(
            "Hence the student's loss is at least the bounded limit curve.",
            at_least(L_ST, bounded_limit_curve(L_TE)),
            Rule.CHAIN,
        ),
        Step(
            "With c = sqrt(1 - L_TE) in [0, 1], the curve exceeds L_TE^2/4 by (1 - c)^3 (3 + c)/4.",
            at_least(bounded_limit_curve(L_TE), quarter),
            Rule.NONNEGATIVE,
            given=(at_least(1, root_minus), at_least(1, L_TE)),
            certificate=((1 - root_minus) ** 3 * (3 + root_minus) / 4,),
        ),
        Step("Both together.", at_least(L_ST, quarter), Rule.CHAIN),
        Step(
            "The constant 1/4 is the limit of a good teacher.",
            equal(Limit(bounded_limit_curve(L_TE) / L_TE**2, L_TE, 0), Rational(1, 4)),
            Rule.LIMIT,
        ),
    ),
)

shrunk_by = norm_squared(LINK) - norm_squared(NEXT_LINK)

BOOTSTRAPPING_LIMITATION = Claim(
    id="rf.cor2",
    title="Bootstrapping does not pass the limit of bounded students",
    source=Source(RF, "Corollary 2"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        INNER_PRODUCT_SPACE,
        UNIT_TARGET,
        LEAST_SQUARES_TEACHER,
        Assumption(
            "f_0 = f_TE, each f_{i+1} shrinkage optimal for f_i",
            (at_least(inner(LINK, NEXT_LINK), norm_squared(NEXT_LINK)),),
        ),
        Assumption(
            "f_ST any f_i with i >= 1: given, by induction from the first part of the statement, that it is no "
            "larger than f_TE",
            BOUNDED_STUDENT.says,
        ),
        STUDENT_LOSS,
    ),
    states=(
        Part("links", at_least(shrunk_by, 0)),
        Part("quadratic", at_least(L_ST, quarter)),
    ),
    derivation=(
        Step(
            "A shrinkage-optimal student is no larger than its teacher: the difference is a square and a nonnegative term.",
            at_least(shrunk_by, 0),
            Rule.NONNEGATIVE,
            given=(at_least(inner(LINK, NEXT_LINK), norm_squared(NEXT_LINK)),),
            certificate=(
                SquaredNorm.of(LINK - NEXT_LINK),
                2 * (inner(LINK, NEXT_LINK) - norm_squared(NEXT_LINK)),
            ),
        ),
        Step(
            "By induction every link is no larger than f_TE, and Theorem 4.2 applies to it (rf.thm4.2).",
            at_least(L_ST, quarter),
            Rule.CHAIN,
            given=(cited(BOUNDED_LIMITATION, "quadratic"),),
        ),
    ),
)

claimed_ratio = Rational(3, 4) / CONSTANT * L_TE ** (-EXCESS)

GARBLED_SUMMARY = Claim(
    id="rf.summary-eta",
    title='A garbled summary: "L_ST <= c L_TE^eta with eta > 2 and fixed c as L_TE -> 0"',
    source=Source(RF, "machine-written summary in circulation"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        INNER_PRODUCT_SPACE,
        UNIT_TARGET,
        LEAST_SQUARES_TEACHER,
        Assumption("some shrinkage-optimal student of each teacher"),
        Assumption("eta = 2 + delta with delta > 0, and c > 0, fixed as L_TE -> 0"),
    ),
    states=(Part("bound", at_most(L_ST, CONSTANT * L_TE ** (2 + EXCESS))),),
    derivation=(
        Step(
            "By Theorem 4.1, L_ST / (c L_TE^eta) is at least (3/4)/c L_TE^(2 - eta), and eta = 2 + delta.",
            equal(three_quarters / (CONSTANT * L_TE ** (2 + EXCESS)), claimed_ratio),
            Rule.IDENTITY,
        ),
        Step(
            "For delta > 0 that ratio diverges: no constant c bounds it.",
            equal(Limit(claimed_ratio, L_TE, 0), oo),
            Rule.LIMIT,
        ),
    ),
    expects_refutation=True,
    remarks=("It reverses Theorem 4.1, which bounds the student's loss from below.",),
)

CLAIMS = (
    GENERAL_LIMITATION,
    GRADIENT_FLOW_LIMITATION,
    BOUNDED_LIMITATION,
    BOOTSTRAPPING_LIMITATION,
    GARBLED_SUMMARY,
)
