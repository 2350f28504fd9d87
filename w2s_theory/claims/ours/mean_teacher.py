"""Between the papers: what a result of one says in the terms of another.

bridge.mean-teacher  the quadratic limit is the risk of the posterior-mean teacher
"""

from __future__ import annotations

from sympy import Expr, Sum

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.papers import RF
from w2s_theory.claims.teacher_and_student import STUDENT, TARGET, TEACHER, UNIT_TARGET
from w2s_theory.geometry.inner_products import SquaredNorm, Vector, inner, norm_squared
from w2s_theory.notation.symbols import KAPPA, L_TE, Topic
from w2s_theory.relations import at_least, equal
from w2s_theory.spectra.universality import (
    Level,
    captured,
    mean_teacher_loss,
    missed,
    teacher_loss,
    teacher_variance,
)

letters = Topic(__name__)

MEAN_TEACHER = Vector.named("E f_TE")
MODE = letters.symbol("i", integer=True, positive=True)
MODES = letters.symbol("m", integer=True, positive=True)
COEFFICIENT = letters.indexed("beta", real=True)[MODE]
MODE_EIGENVALUE = letters.indexed("lambda")[MODE]
mode = Level(MODE_EIGENVALUE, 1, COEFFICIENT**2)


def over_modes(term: Expr) -> Sum:
    """Return the sum of `term`, a function of the mode i, over all m modes."""
    return Sum(term, (MODE, 1, MODES))


MEAN_RISK = over_modes((COEFFICIENT - captured(mode, KAPPA) * COEFFICIENT) ** 2)
"""E (f* - E f_TE)^2 with f* = sum beta_i e_i and E f_TE = sum lambda_i/(lambda_i + kappa) beta_i e_i."""
MEAN_LOSS = over_modes(teacher_loss((mode,), KAPPA))
EQUIVALENT_MEAN_RISK = over_modes(mean_teacher_loss((mode,), KAPPA))
MEAN_ON_EIGENSPACE = Vector.named("E P f*")
ONE_EIGENSPACE_RISK = SquaredNorm.of(TARGET - MEAN_ON_EIGENSPACE)
"""The risk of the mean teacher of a target in one eigenspace."""
multiple_of_target = (
    equal(inner(TARGET, MEAN_ON_EIGENSPACE), 1 - L_TE),
    equal(norm_squared(MEAN_ON_EIGENSPACE), inner(TARGET, MEAN_ON_EIGENSPACE) ** 2),
)
ANY_RISK = SquaredNorm.of(TARGET - MEAN_TEACHER)
VARIANCE = over_modes(teacher_variance((mode,), KAPPA))

deviation = TEACHER - MEAN_TEACHER
TEACHER_RISK, STUDENT_RISK, MISFIT, TEACHER_VARIANCE, MEAN_DISTANCE = map(
    SquaredNorm.of,
    (TEACHER - TARGET, STUDENT - TARGET, TEACHER - STUDENT, deviation, STUDENT - MEAN_TEACHER),
)
"""Means over data and draws of the teacher."""
GAP_LESS_MISFIT = TEACHER_RISK - STUDENT_RISK - MISFIT
MEAN_GAP_LESS_MISFIT = ANY_RISK - STUDENT_RISK - MEAN_DISTANCE
"""The same with E f_TE as the teacher."""
MEAN_OF_DRAWS = (
    equal(inner(deviation, TARGET), 0),
    equal(inner(deviation, MEAN_TEACHER), 0),
)
"""Averaged over draws, a teacher's deviation from its mean is orthogonal to every fixed function."""
student_fixed = equal(inner(deviation, STUDENT), 0)

MEAN_TEACHER_RISK = Claim(
    id="bridge.mean-teacher",
    title="The quadratic limit is the risk of the posterior-mean teacher",
    source=Source(RF, "Theorem 4.1, in the terms of Bregman bias-variance decompositions"),
    provenance=Provenance.NEW,
    assumptions=(
        UNIT_TARGET,
        Assumption(
            "f_TE = P f* with random features; L_TE its mean loss, so that E f_TE, the posterior-mean teacher, has overlap "
            "1 - L_TE with f*",
            (equal(inner(TARGET, MEAN_TEACHER), 1 - L_TE),),
        ),
        Assumption(
            "in the sums, Gaussian universality: E P = Lambda (Lambda + kappa)^-1, f* = sum_i beta_i e_i, "
            "q_i = kappa/(lambda_i + kappa)"
        ),
        Assumption(
            "for f* in one eigenspace E P f* is a multiple of f*, so that Cauchy-Schwarz holds with equality, and <f*, P "
            "f*> = 1 - L_TE in the mean",
            multiple_of_target,
        ),
        Assumption(
            "squared norms are means over the data and the teacher's draws: averaged over draws, a teacher's "
            "deviation from its "
            "mean is orthogonal to every fixed function; in the last relation, where E f_TE = E[f_TE | f_ST], to f_ST too",
            (*MEAN_OF_DRAWS, student_fixed),
        ),
    ),
    states=(
        Part("mean-risk", equal(MEAN_RISK, EQUIVALENT_MEAN_RISK)),
        Part("one-eigenspace", equal(ONE_EIGENSPACE_RISK, L_TE**2)),
        Part("any-law", at_least(ANY_RISK, L_TE**2)),
        Part("variance", equal(MEAN_LOSS - EQUIVALENT_MEAN_RISK, VARIANCE)),
        Part("bias-variance", equal(TEACHER_RISK, ANY_RISK + TEACHER_VARIANCE)),
        Part("gap-misfit", equal(GAP_LESS_MISFIT, MEAN_GAP_LESS_MISFIT)),
    ),
    derivation=(
        Step(
            "The mean teacher leaves the share q_i = kappa/(lambda_i + kappa) of each coefficient.",
            equal(1 - captured(mode, KAPPA), missed(mode, KAPPA)),
            Rule.IDENTITY,
        ),
        Step(
            "So its risk is the sum of beta_i^2 q_i^2.",
            equal(MEAN_RISK, EQUIVALENT_MEAN_RISK),
            Rule.IDENTITY,
        ),
        Step(
            "In one eigenspace the mean teacher is (1 - L_TE) f*, of norm 1 - L_TE: its distance to f* is L_TE.",
            equal(ONE_EIGENSPACE_RISK, L_TE**2),
            Rule.IDENTITY,
            given=(equal(norm_squared(TARGET), 1), *multiple_of_target),
        ),
        Step(
            "For any law of the features, E P f* has overlap 1 - L_TE with f*: its risk exceeds L_TE^2 by a square.",
            at_least(ANY_RISK, L_TE**2),
            Rule.NONNEGATIVE,
            given=(
                equal(norm_squared(TARGET), 1),
                equal(inner(TARGET, MEAN_TEACHER), 1 - L_TE),
            ),
            certificate=(SquaredNorm.of(TARGET - MEAN_TEACHER - L_TE * TARGET),),
        ),
        Step(
            "What averaging removes from the teacher's loss is its variance, the sum of beta_i^2 q_i (1 - q_i).",
            equal(MEAN_LOSS - EQUIVALENT_MEAN_RISK, VARIANCE),
            Rule.IDENTITY,
        ),
        Step(
            "For any law of the teacher its risk is that of its mean plus its variance: the mean teacher, as a student, "
            "gains its whole misfit.",
            equal(TEACHER_RISK, ANY_RISK + TEACHER_VARIANCE),
            Rule.IDENTITY,
            given=MEAN_OF_DRAWS,
        ),
        Step(
            "For any student, with E f_TE the mean given f_ST, only the posterior mean counts in the gap less the misfit: "
            "it vanishes at f_ST = E f_TE.",
            equal(GAP_LESS_MISFIT, MEAN_GAP_LESS_MISFIT),
            Rule.IDENTITY,
            given=(*MEAN_OF_DRAWS, student_fixed),
        ),
    ),
    remarks=(
        "So the gap tends to the misfit as the student tends to E f_TE: bv.large-student.",
        "E f_TE is the posterior-mean teacher E[f_TE | f_ST] of a student that does not depend on the draw.",
        "Without universality: where the features' law is invariant under a group that acts irreducibly on each "
        "eigenspace, and differently on different ones, E P is a number on each (Schur), so that the risk is L_TE^2 "
        "exactly, at every width.",
    ),
)

CLAIMS = (MEAN_TEACHER_RISK,)
