"""Medvedev et al. 2025, section 4: the limits of weak-to-strong learning.

rf.def1         shrinkage optimality, three ways
rf.lem1         spectral filters and penalized minimizers are shrinkage optimal
rf.thm4.1       the general limitation, L_ST >= (3/4) L_TE^2
rf.cor1         no gradient-flow student beats the square of its teacher's loss
rf.thm4.2       the limitation of bounded students
rf.cor2         bootstrapping does not pass that limit
rf.summary-eta  a garbled summary of the theorem, expected to be refuted
"""

from __future__ import annotations

from sympy import And, Derivative, Eq, Expr, Ge, Integral, Le, Limit, Rational, Symbol, exp, log, oo, sqrt

from w2s_theory.alignment import GRADIENT_FLOW, bounded_limit_curve, limit_curve, tight_chain
from w2s_theory.claims import Claim, Provenance, Rule, Source, Step
from w2s_theory.inner_products import SquaredNorm, Vector, inner, norm_squared
from w2s_theory.papers.sources import RF
from w2s_theory.symbols import CONSTANT, EIGENVALUE, EXCESS, L_ST, L_TE, SCALE, TIME

TARGET = Vector.named("f*")
TEACHER = Vector.named("f_TE")
STUDENT = Vector.named("f_ST")
LINK = Vector.named("f_i")
NEXT_LINK = Vector.named("f_{i+1}")

INNER_PRODUCT_SPACE = "any real inner-product space, in particular L^2 of the data"
UNIT_TARGET = "E f*^2 = 1"
LEAST_SQUARES_TEACHER = "f_TE = P f*, the least-squares fit, so that E f_TE^2 = E f_TE f* = 1 - L_TE"
SHRINKAGE_OPTIMAL_STUDENT = "f_ST shrinkage optimal for f_TE, that is E f_ST^2 <= E f_ST f_TE"
BOUNDED_STUDENT = "E f_ST^2 <= E f_TE^2"

student_norm, teacher_norm, target_norm = map(norm_squared, (STUDENT, TEACHER, TARGET))
student_teacher = inner(STUDENT, TEACHER)
half_teacher = Rational(1, 2) * TEACHER
shrinking_loss = SquaredNorm.of(SCALE * STUDENT - TEACHER) - SquaredNorm.of(STUDENT - TEACHER)
outside_ball = SquaredNorm.of(STUDENT - half_teacher) - SquaredNorm.of(half_teacher)
factored = (1 - SCALE) * (2 * student_teacher - (1 + SCALE) * student_norm)
best_scale = student_teacher / student_norm


def at_least(left: Expr, right: Expr) -> Ge:
    """Return left >= right, kept as it is written."""
    return Ge(left, right, evaluate=False)


def equal(left: Expr, right: Expr) -> Eq:
    """Return left = right, kept as it is written."""
    return Eq(left, right, evaluate=False)


SHRINKAGE_OPTIMALITY = Claim(
    id="rf.def1",
    title="Shrinkage optimality, three ways",
    source=Source(RF, "Definition 1"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(INNER_PRODUCT_SPACE, "a in [0, 1]", "E f_ST^2 <= E f_ST f_TE in the inequality"),
    statement=And(
        at_least(shrinking_loss, 0),
        equal(
            shrinking_loss.subs(SCALE, best_scale), -((student_norm - student_teacher) ** 2) / student_norm
        ),
        equal(outside_ball, student_norm - student_teacher),
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
            given=(at_least(student_teacher, student_norm), at_least(1, SCALE)),
            certificate=(
                (1 - SCALE) * 2 * (student_teacher - student_norm),
                (1 - SCALE) ** 2 * student_norm,
            ),
        ),
        Step(
            "If 0 <= E f_ST f_TE < E f_ST^2, shrinking by a = E f_ST f_TE / E f_ST^2 helps; "
            "if E f_ST f_TE < 0, shrinking to 0 does. So the condition is also necessary.",
            equal(
                shrinking_loss.subs(SCALE, best_scale),
                -((student_norm - student_teacher) ** 2) / student_norm,
            ),
            Rule.IDENTITY,
        ),
        Step(
            "Completing the square: the condition says that f_ST lies in the ball with diameter [0, f_TE].",
            equal(outside_ball, student_norm - student_teacher),
            Rule.IDENTITY,
        ),
    ),
)

filter_value = Symbol("h", nonnegative=True)
teacher_mode = Symbol("g", real=True)
earlier_time = Symbol("s", nonnegative=True)
penalty, shrunk_penalty = Symbol("R(f_ST)", real=True), Symbol("R(a f_ST)", real=True)

FILTERS_ARE_SHRINKAGE_OPTIMAL = Claim(
    id="rf.lem1",
    title="Filters in [0, 1] and penalized minimizers are shrinkage optimal",
    source=Source(RF, "Lemma 1"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        "f_ST = h(K) f_TE with 0 <= h <= 1 on the kernel's eigenvalues, g the teacher's coefficient in one eigenfunction",
        "or f_ST minimizes E (f - f_TE)^2 + R(f) where R(a f) <= R(f) for a in [0, 1]",
    ),
    statement=And(
        at_least(filter_value * (1 - filter_value) * teacher_mode**2, 0),
        at_least(GRADIENT_FLOW.filter, 0),
        at_least(1 - GRADIENT_FLOW.filter, 0),
        at_least(shrinking_loss, 0),
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
        Step(
            "The filter of gradient flow from 0 is the integral of its speed.",
            equal(
                GRADIENT_FLOW.filter,
                Integral(EIGENVALUE * exp(-earlier_time * EIGENVALUE), (earlier_time, 0, TIME)),
            ),
            Rule.IDENTITY,
        ),
        Step(
            "The speed is nonnegative, so the filter is.",
            at_least(GRADIENT_FLOW.filter, 0),
            Rule.NONNEGATIVE,
            certificate=(Integral(EIGENVALUE * exp(-earlier_time * EIGENVALUE), (earlier_time, 0, TIME)),),
        ),
        Step(
            "What is left of the teacher, exp(-t lambda), is nonnegative: the filter is at most 1.",
            at_least(1 - GRADIENT_FLOW.filter, 0),
            Rule.NONNEGATIVE,
            certificate=(exp(-TIME * EIGENVALUE),),
        ),
        Step(
            "A minimizer's objective is at most the objective of a f_ST, whose penalty is no larger: "
            "the two gaps add up to the loss of shrinking.",
            at_least(shrinking_loss, 0),
            Rule.NONNEGATIVE,
            given=(
                at_least(shrinking_loss + shrunk_penalty - penalty, 0),
                at_least(penalty, shrunk_penalty),
            ),
            certificate=(shrinking_loss + shrunk_penalty - penalty, penalty - shrunk_penalty),
        ),
    ),
)

to_centre, radius, offset, overlap = (
    Symbol("U", nonnegative=True),
    Symbol("R", nonnegative=True),
    Symbol("V", nonnegative=True),
    Symbol("<u, v>", real=True),
)
U, V = Vector.named("u"), Vector.named("v")
CAUCHY_SCHWARZ = Step(
    "Cauchy-Schwarz: ||u||^2 ||v||^2 - <u, v>^2, times ||v||^2, is the squared norm of a vector.",
    equal(
        SquaredNorm.of(norm_squared(V) * U - inner(U, V) * V),
        norm_squared(V) * (norm_squared(U) * norm_squared(V) - inner(U, V) ** 2),
    ),
    Rule.IDENTITY,
)
root_plus, root_minus = sqrt(1 + 3 * L_TE), sqrt(1 - L_TE)
loss_by_overlap = to_centre**2 - 2 * overlap + offset**2
three_quarters = Rational(3, 4) * L_TE**2
best_student = tight_chain(1)
tau = best_student.tau

GENERAL_LIMITATION = Claim(
    id="rf.thm4.1",
    title="General limitation of weak-to-strong learning",
    source=Source(RF, "Theorem 4.1"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(INNER_PRODUCT_SPACE, UNIT_TARGET, LEAST_SQUARES_TEACHER, SHRINKAGE_OPTIMAL_STUDENT),
    statement=And(
        at_least(L_ST, limit_curve(L_TE)),
        at_least(L_ST, three_quarters),
        equal(
            best_student.student_loss,
            best_student.teacher_loss**2 * ((tau**2 - Rational(1, 2)) ** 2 + Rational(3, 4)),
        ),
    ),
    derivation=(
        Step(
            "The centre f_TE/2 of the student's ball is at squared distance (1 + 3 L_TE)/4 from f*.",
            equal(SquaredNorm.of(TARGET - half_teacher), (1 + 3 * L_TE) / 4),
            Rule.IDENTITY,
            given=(
                equal(target_norm, 1),
                equal(inner(TARGET, TEACHER), 1 - L_TE),
                equal(teacher_norm, 1 - L_TE),
            ),
        ),
        CAUCHY_SCHWARZ,
        Step(
            "With u = f* - f_TE/2 of norm U and v = f_ST - f_TE/2 of norm V, Cauchy-Schwarz bounds the loss below.",
            at_least(loss_by_overlap, (to_centre - offset) ** 2),
            Rule.NONNEGATIVE,
            given=(at_least(to_centre * offset, overlap),),
            certificate=(2 * (to_centre * offset - overlap),),
        ),
        Step(
            "The student is inside the ball, V <= R = ||f_TE||/2, and f* is not, R <= U: V = R is the best.",
            at_least((to_centre - offset) ** 2, (to_centre - radius) ** 2),
            Rule.NONNEGATIVE,
            given=(at_least(radius, offset), at_least(to_centre, radius)),
            certificate=(2 * (radius - offset) * (to_centre - radius), (radius - offset) ** 2),
        ),
        Step(
            "With U and R from the teacher's loss, that is the limit curve.",
            equal((root_plus / 2 - root_minus / 2) ** 2, limit_curve(L_TE)),
            Rule.IDENTITY,
        ),
        Step(
            "Hence the student's loss is at least the limit curve.",
            at_least(L_ST, limit_curve(L_TE)),
            Rule.CHAIN,
            given=(
                equal(L_ST, loss_by_overlap),
                equal((to_centre - radius) ** 2, (root_plus / 2 - root_minus / 2) ** 2),
            ),
        ),
        Step(
            "With a = sqrt(1 + 3 L_TE) and b = sqrt(1 - L_TE), the limit curve exceeds (3/4) L_TE^2 by a square.",
            at_least(limit_curve(L_TE), three_quarters),
            Rule.NONNEGATIVE,
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

GRADIENT_FLOW_LIMITATION = Claim(
    id="rf.cor1",
    title="Random-feature students obey the limit at every stopping time",
    source=Source(RF, "Corollary 1"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        INNER_PRODUCT_SPACE,
        UNIT_TARGET,
        LEAST_SQUARES_TEACHER,
        "f_ST = (I - exp(-t K)) f_TE at any time t >= 0, for any positive semidefinite K",
    ),
    statement=And(
        at_least(GRADIENT_FLOW.filter * (1 - GRADIENT_FLOW.filter), 0), at_least(L_ST, three_quarters)
    ),
    derivation=(
        Step(
            "The filter of gradient flow lies in [0, 1], so the student is shrinkage optimal (rf.lem1).",
            at_least(GRADIENT_FLOW.filter * (1 - GRADIENT_FLOW.filter), 0),
            Rule.NONNEGATIVE,
            certificate=(
                Integral(EIGENVALUE * exp(-earlier_time * EIGENVALUE), (earlier_time, 0, TIME))
                * exp(-TIME * EIGENVALUE),
            ),
        ),
        Step(
            "Theorem 4.1 applies at every time (rf.thm4.1).",
            at_least(L_ST, three_quarters),
            Rule.CHAIN,
            given=(at_least(L_ST, limit_curve(L_TE)), at_least(limit_curve(L_TE), three_quarters)),
        ),
        Step(
            "The bound's exponent, its logarithmic derivative, is 2: no power above 2 is reached.",
            equal(L_TE * Derivative(log(three_quarters), L_TE), 2),
            Rule.IDENTITY,
        ),
    ),
)

student_size, teacher_size = Symbol("S", nonnegative=True), Symbol("G", nonnegative=True)
student_target = Symbol("<f*, f_ST>", real=True)
quarter = L_TE**2 / 4

BOUNDED_LIMITATION = Claim(
    id="rf.thm4.2",
    title="Limitation of students no larger than their teacher",
    source=Source(RF, "Theorem 4.2"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(INNER_PRODUCT_SPACE, UNIT_TARGET, LEAST_SQUARES_TEACHER, BOUNDED_STUDENT),
    statement=And(
        at_least(L_ST, bounded_limit_curve(L_TE)),
        at_least(L_ST, quarter),
        equal(Limit(bounded_limit_curve(L_TE) / L_TE**2, L_TE, 0), Rational(1, 4)),
    ),
    derivation=(
        CAUCHY_SCHWARZ,
        Step(
            "With E f*^2 = 1 and the student's norm S, Cauchy-Schwarz bounds the loss below.",
            at_least(1 - 2 * student_target + student_size**2, (1 - student_size) ** 2),
            Rule.NONNEGATIVE,
            given=(at_least(student_size, student_target),),
            certificate=(2 * (student_size - student_target),),
        ),
        Step(
            "The student is no larger than the teacher, S <= G <= 1: S = G is the best.",
            at_least((1 - student_size) ** 2, (1 - teacher_size) ** 2),
            Rule.NONNEGATIVE,
            given=(at_least(teacher_size, student_size), at_least(1, teacher_size)),
            certificate=(
                2 * (teacher_size - student_size) * (1 - teacher_size),
                (teacher_size - student_size) ** 2,
            ),
        ),
        Step(
            "Hence, with G = sqrt(1 - L_TE), the student's loss is at least the bounded limit curve.",
            at_least(L_ST, bounded_limit_curve(L_TE)),
            Rule.CHAIN,
            given=(
                equal(L_ST, 1 - 2 * student_target + student_size**2),
                equal((1 - teacher_size) ** 2, bounded_limit_curve(L_TE)),
            ),
        ),
        Step(
            "With c = sqrt(1 - L_TE) in [0, 1], the curve exceeds L_TE^2/4 by (1 - c)^3 (3 + c)/4.",
            at_least(bounded_limit_curve(L_TE), quarter),
            Rule.NONNEGATIVE,
            given=(at_least(1, root_minus), at_least(root_minus, 0)),
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
        "f_0 = f_TE, each f_{i+1} shrinkage optimal for f_i; L_ST the loss of any f_i with i >= 1",
    ),
    statement=And(at_least(shrunk_by, 0), at_least(L_ST, quarter)),
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
            given=(at_least(L_ST, bounded_limit_curve(L_TE)), at_least(bounded_limit_curve(L_TE), quarter)),
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
        "some shrinkage-optimal student of each teacher",
        "eta = 2 + delta with delta > 0, and c > 0, fixed as L_TE -> 0",
    ),
    statement=Le(L_ST, CONSTANT * L_TE ** (2 + EXCESS), evaluate=False),
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
    SHRINKAGE_OPTIMALITY,
    FILTERS_ARE_SHRINKAGE_OPTIMAL,
    GENERAL_LIMITATION,
    GRADIENT_FLOW_LIMITATION,
    BOUNDED_LIMITATION,
    BOOTSTRAPPING_LIMITATION,
    GARBLED_SUMMARY,
)
