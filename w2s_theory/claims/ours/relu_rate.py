"""How ReLU features on the sphere turn the teacher's loss into the student's.

sharp.relu-rate  the exponent is 2, and its constant
"""

from __future__ import annotations

from sympy import Expr, Integer, Limit, gamma, gammasimp, oo, pi

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.early_stopping import BEST_TIME, STUDENT_LOSS, TEACHER_LOSS, UNIVERSALITY
from w2s_theory.claims.early_stopping import r as ratio
from w2s_theory.claims.ours.kappa_constants import SPHERE_CONSTANT
from w2s_theory.claims.ours.quadratic_constant import (
    FIRST_EIGENVALUE,
    FIRST_MASS,
    QUADRATIC_CONSTANT,
    SECOND_EIGENVALUE,
    SECOND_MASS,
    SQUEEZE,
    SQUEEZED,
    TEACHER,
    inverse_moment,
)
from w2s_theory.claims.papers import RF
from w2s_theory.claims.random_features.spectrum_decay import SORTED_EXPONENT
from w2s_theory.claims.random_features.sphere_spectrum import UNIFORM
from w2s_theory.claims.teacher_and_student import UNIT_TARGET
from w2s_theory.notation.symbols import DIMENSION, KAPPA, M, Topic
from w2s_theory.relations import at_least, equal
from w2s_theory.spectra.families import Sphere
from w2s_theory.sphere.activations import RELU

letters = Topic(__name__)

LINEAR_MASS = letters.symbol("b", nonnegative=True)
"""The target's mass on degree 1; the rest is on degree 2."""
sphere = Sphere(RELU, DIMENSION)
linear_eigenvalue, quadratic_eigenvalue = (gammasimp(sphere.eigenvalue(Integer(k))) for k in (1, 2))
EIGENVALUE_RATIO = 4 * pi * gamma((DIMENSION + 3) / 2) ** 2 / (DIMENSION * gamma(DIMENSION / 2)) ** 2
"""lambda_1/lambda_2 on the sphere."""
FOUR_SQUARED_DIMENSIONS = 4 * DIMENSION**2
"""1/lambda_1."""


def split_moment(power: int) -> Expr:
    """Return (lambda_1)^power times the mean of lambda^-power, for masses b and 1 - b on degrees 1 and 2."""
    return LINEAR_MASS + (1 - LINEAR_MASS) * EIGENVALUE_RATIO**power


SPLIT_CONSTANT = split_moment(2) / split_moment(1) ** 2
TEACHER_CONSTANT = SPHERE_CONSTANT * FOUR_SQUARED_DIMENSIONS * split_moment(1)
on_sphere = {
    FIRST_MASS: LINEAR_MASS,
    SECOND_MASS: 1 - LINEAR_MASS,
    FIRST_EIGENVALUE: linear_eigenvalue,
    SECOND_EIGENVALUE: quadratic_eigenvalue,
}
SQUARED_RATIO = STUDENT_LOSS(M) / TEACHER_LOSS(M) ** 2
terms = letters.symbol("u", positive=True)

RELU_RATE = Claim(
    id="sharp.relu-rate",
    title="ReLU features: the student's loss is quadratic in the teacher's, with its constant",
    source=Source(RF, "sharpens Theorem 3.1"),
    provenance=Provenance.NEW,
    assumptions=(
        UNIVERSALITY,
        BEST_TIME,
        UNIT_TARGET,
        UNIFORM,
        Assumption("ReLU, d fixed, M -> infinity; the target has mass b on degree 1 and 1 - b on degree 2"),
        *SQUEEZED,
        Assumption(
            "u = lambda/kappa of an eigenvalue lambda within a factor r of kappa",
            (at_least(ratio, terms), at_least(terms * ratio, 1)),
        ),
    ),
    states=(
        Part("teacher", equal(Limit(TEACHER_LOSS(M) * M**SORTED_EXPONENT, M, oo), TEACHER_CONSTANT)),
        Part("ratio", equal(Limit(SQUARED_RATIO, M, oo), SPLIT_CONSTANT)),
    ),
    derivation=(
        *SQUEEZE,
        Step(
            "On the sphere the student's loss is squeezed against this multiple of L_TE^2.",
            equal(QUADRATIC_CONSTANT.xreplace(on_sphere), SPLIT_CONSTANT),
            Rule.IDENTITY,
        ),
        Step(
            "An eigenvalue within a factor r of kappa adds at least r/(1 + r)^2 to M - df2 = sum N u/(1 + u)^2, "
            "u = lambda/kappa; by rf.spectrum-decay their number grows like kappa^(-(d-1)/(d+2)).",
            at_least(terms / (1 + terms) ** 2, ratio / (1 + ratio) ** 2),
            Rule.NONNEGATIVE,
            given=(at_least(ratio, terms), at_least(terms * ratio, 1)),
            certificate=((ratio - terms) * (terms * ratio - 1) / ((1 + terms) * (1 + ratio)) ** 2,),
        ),
        Step(
            "The teacher's loss is kappa E[1/lambda] to leading order.",
            equal(Limit(TEACHER / KAPPA, KAPPA, 0), inverse_moment(1)),
            Rule.LIMIT,
        ),
        Step(
            "With kappa M^((d+2)/(d-1)) from sharp.kappa-constants.",
            equal(SPHERE_CONSTANT * inverse_moment(1).xreplace(on_sphere), TEACHER_CONSTANT),
            Rule.IDENTITY,
        ),
    ),
    remarks=(
        'The exponent 2 has been announced by others: "Quadratic W2S generalization in random feature networks via random '
        'matrix theory", arXiv 2610.09044, of which we know the title only. The constant is ours.',
        "So the exponent in L_ST ~ L_TE^p is exactly 2, and 1.49 is not tight; for b = 0 or 1 the constant is 1.",
        "For one eigenspace the ratio exceeds 1 by about (log M)^(2-3/(d+2))/M: heuristic, no part of the statement.",
    ),
)

CLAIMS = (RELU_RATE,)
