"""Medvedev et al. 2025: how well the teacher's features are aligned with the student's, kappa_S.

rf.kappa  kappa_S four ways, and what it bounds
"""

from __future__ import annotations

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.papers import RF
from w2s_theory.claims.teacher_and_student import INNER_PRODUCT_SPACE, TARGET, TEACHER
from w2s_theory.geometry.inner_products import SquaredNorm, Vector, inner, norm_squared
from w2s_theory.notation.symbols import EIGENVALUE, KAPPA, KAPPA_S, L_TE, Topic
from w2s_theory.relations import at_least, equal
from w2s_theory.spectra.universality import Level, misalignment, missed

letters = Topic(__name__)

ALIGNMENT = Assumption(
    "kappa_S = || Pi_S (I - P) Pi_S ||, Pi_S the projection onto a span S of eigenfunctions of the student's kernel, "
    "P the teacher's projection"
)

COSINE = letters.symbol("c_S", nonnegative=True)
"""The cosine of the largest principal angle between S and the teacher's span."""
FEATURE_RATIO = letters.symbol("mu_S", nonnegative=True)
"""The least eigenvalue of Phi_S (Phi_R^T Phi_R)^-1 Phi_S^T, what the features have on S against the rest."""
LEAST_EIGENVALUE = letters.symbol("lambda_S", positive=True)
"""The least eigenvalue of the student's kernel on S."""

farthest = Vector.named("f")
farthest_fitted = Vector.named("P f")
ratio = letters.symbol("mu", nonnegative=True)
features, transposed, gram, rest_gram = letters.symbols("Phi_S", "Phi_S^T", "G", "G_R", commutative=False)

error = TARGET - TEACHER
TARGET_ERROR = Vector.named("Pi_S (f* - f_TE)")
missed_error = Vector.named("(I - P) Pi_S (f* - f_TE)")
error_size = SquaredNorm.of(error)
TARGET_ERROR_SIZE = norm_squared(TARGET_ERROR)
missed_size = norm_squared(missed_error)

distance = SquaredNorm.of(farthest - farthest_fitted)
farthest_distance, projected = (
    equal(KAPPA_S, distance),
    equal(inner(farthest, farthest_fitted), norm_squared(farthest_fitted)),
)
by_pythagoras = equal(distance, norm_squared(farthest) - norm_squared(farthest_fitted))
missed_on_s, ratio_of_missed, ratio_of_farthest = map(
    Vector.named, ("Pi_S (I - P) f", "T Pi_S (I - P) f", "T f")
)
"""T = Phi_S (Phi_R^T Phi_R)^-1 Phi_S^T, a matrix on S."""
ON_S = (
    equal(inner(farthest, missed_on_s) + inner(farthest, ratio_of_missed), norm_squared(farthest)),
    equal(inner(farthest, ratio_of_missed), inner(ratio_of_farthest, missed_on_s)),
    equal(inner(ratio_of_farthest, missed_on_s), FEATURE_RATIO * inner(farthest, missed_on_s)),
    equal(inner(farthest, missed_on_s), inner(farthest, farthest - farthest_fitted)),
)
eigenvector = equal((1 + FEATURE_RATIO) * inner(farthest, farthest - farthest_fitted), norm_squared(farthest))
PROJECTIONS = Assumption(
    "f_TE = P f* for any target f*, L_TE = E (f* - f_TE)^2, h = Pi_S (f* - f_TE): P and Pi_S are orthogonal projections, so "
    "that <(I - P) h, f* - f_TE> = ||h||^2, and by the definition of the norm ||(I - P) h||^2 <= kappa_S ||h||^2",
    (
        equal(L_TE, error_size),
        equal(inner(missed_error, error), TARGET_ERROR_SIZE),
        at_least(KAPPA_S * TARGET_ERROR_SIZE, missed_size),
    ),
)
PROJECTION_BOUND = at_least(KAPPA_S * L_TE, TARGET_ERROR_SIZE)
PROJECTION_STEP = Step(
    "With g = f* - f_TE = (I - P) g and h = Pi_S g, <h, g> = ||h||^2 = <(I - P) h, g>, and kappa_S ||h||^2 is at least "
    "||(I - P) h||^2: that is the bound on what the teacher misses on S.",
    PROJECTION_BOUND,
    Rule.NONNEGATIVE,
    given=PROJECTIONS.says,
    certificate=(
        SquaredNorm.of(KAPPA_S * error - missed_error) / KAPPA_S,
        (KAPPA_S * TARGET_ERROR_SIZE - missed_size) / KAPPA_S,
    ),
)

KAPPA_S_FORMULAS = Claim(
    id="rf.kappa",
    title="Teacher-student feature alignment, four ways",
    source=Source(RF, "teacher-student feature alignment kappa_S"),
    provenance=Provenance.RECONSTRUCTED,
    assumptions=(
        INNER_PRODUCT_SPACE,
        ALIGNMENT,
        Assumption(
            "f the unit vector of S farthest from the teacher's span, where the norm kappa_S of the quadratic form is "
            "attained; P an orthogonal projection",
            (equal(norm_squared(farthest), 1), farthest_distance, projected),
        ),
        Assumption(
            "c_S the cosine of the largest principal angle between S and the teacher's span, the length of P f",
            (equal(norm_squared(farthest_fitted), COSINE**2),),
        ),
        Assumption(
            "Phi = [Phi_S; Phi_R] the teacher's features in the student's eigenbasis, S first, Phi_R^T Phi_R invertible; "
            "mu_S the least eigenvalue mu of Phi_S (Phi_R^T Phi_R)^-1 Phi_S^T",
            (at_least(ratio, FEATURE_RATIO),),
        ),
        Assumption(
            "T that matrix: by the step on it (1 + T) Pi_S (I - P) f = f for f in S; T is symmetric, f its eigenvector with "
            "eigenvalue mu_S, as 1/(1 + mu) is largest there; Pi_S f = f",
            ON_S,
        ),
        PROJECTIONS,
        Assumption(
            "under Gaussian universality, where P becomes Lambda (Lambda + kappa)^-1: lambda an eigenvalue on S, "
            "lambda_S the least",
            (at_least(EIGENVALUE, LEAST_EIGENVALUE),),
        ),
    ),
    states=(
        Part("angle", equal(KAPPA_S, 1 - COSINE**2)),
        Part("feature-ratio", equal(KAPPA_S, 1 / (1 + FEATURE_RATIO))),
        Part("projection", PROJECTION_BOUND),
        Part(
            "universal",
            at_least(misalignment((LEAST_EIGENVALUE,), KAPPA), missed(Level(EIGENVALUE, 1), KAPPA)),
        ),
    ),
    derivation=(
        Step(
            "The quadratic form of Pi_S (I - P) Pi_S at f in S is the squared distance from f to the teacher's span.",
            by_pythagoras,
            Rule.IDENTITY,
            given=(projected,),
        ),
        Step(
            "The unit f in S farthest from the span has that distance at the largest principal angle: ||P f|| = c_S.",
            equal(KAPPA_S, 1 - COSINE**2),
            Rule.IDENTITY,
            given=(
                farthest_distance,
                by_pythagoras,
                equal(norm_squared(farthest), 1),
                equal(norm_squared(farthest_fitted), COSINE**2),
            ),
        ),
        Step(
            "On S, P is Phi_S G^-1 Phi_S^T with G = Phi^T Phi; with G_R = Phi_R^T Phi_R, the right-hand side vanishes "
            "because G = G_R + Phi_S^T Phi_S. So I - P on S is the inverse of 1 + Phi_S G_R^-1 Phi_S^T.",
            equal(
                (1 - features * gram**-1 * transposed) * (1 + features * rest_gram**-1 * transposed) - 1,
                features * gram**-1 * (gram - rest_gram - transposed * features) * rest_gram**-1 * transposed,
            ),
            Rule.IDENTITY,
        ),
        Step(
            "The inverse takes each eigenvalue mu to 1/(1 + mu), largest at the least.",
            at_least(1 / (1 + FEATURE_RATIO), 1 / (1 + ratio)),
            Rule.NONNEGATIVE,
            given=(at_least(ratio, FEATURE_RATIO),),
            certificate=((ratio - FEATURE_RATIO) / ((1 + ratio) * (1 + FEATURE_RATIO)),),
        ),
        Step(
            "So, at an eigenvector f of T, <f, (I - P) f> is ||f||^2/(1 + mu_S).",
            eigenvector,
            Rule.IDENTITY,
            given=ON_S,
        ),
        Step(
            "At the unit f of the least eigenvalue mu_S, (I - P) f on S is f/(1 + mu_S).",
            equal(KAPPA_S, 1 / (1 + FEATURE_RATIO)),
            Rule.IDENTITY,
            given=(farthest_distance, projected, eigenvector, equal(norm_squared(farthest), 1)),
        ),
        PROJECTION_STEP,
        Step(
            "Under universality I - P is kappa/(lambda + kappa) on S, largest at the least eigenvalue.",
            at_least(misalignment((LEAST_EIGENVALUE,), KAPPA), missed(Level(EIGENVALUE, 1), KAPPA)),
            Rule.NONNEGATIVE,
            given=(at_least(EIGENVALUE, LEAST_EIGENVALUE),),
            certificate=(
                KAPPA * (EIGENVALUE - LEAST_EIGENVALUE) / ((LEAST_EIGENVALUE + KAPPA) * (EIGENVALUE + KAPPA)),
            ),
        ),
    ),
    remarks=("For S spanned by f* alone, kappa_S = L_TE.",),
)

CLAIMS = (KAPPA_S_FORMULAS,)
