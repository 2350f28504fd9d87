"""Dong et al. 2025: weak-to-strong regression in two subspaces, its risks.

id.teacher     risk of the weak teacher
id.sft         risk of the strong features on the labelled points
id.ceiling     risk of the strong features on all points, labelled
id.variance    variance of the weak-to-strong student (the main theorem)
id.exact-risk  its population risk, bias included
id.in-sample   its risk on the points it was fitted on
"""

from __future__ import annotations

from sympy import Expr, Symbol

from w2s_theory.claim import Assumption, Claim, Part, Provenance, Rule, Source, Step
from w2s_theory.claims.least_squares import (
    BIASES,
    ERROR,
    ERROR_IN,
    ERROR_OFF,
    FIT_ERROR,
    GAUSSIAN,
    GENERAL,
    IN_SAMPLE_POINTS,
    LEFT_OUT_S,
    LEFT_OUT_W,
    MISSED,
    NORMAL_EQUATIONS,
    POPULATION_POINTS,
    STUDENT,
    TEACHER,
    TEACHER_ANSWER,
    TEACHER_STEPS,
    UNBIASED,
    WELL_SPECIFIED,
    discrepancy,
    error_in_span,
    hat_trace,
    inherited,
    inside,
    left_off_span,
    mean_trace,
    noise_like,
    outside,
    overlap,
    own_misfit_s,
    share,
    student_entry,
    student_moment,
    student_surplus,
    teacher_entry,
    white_noise,
)
from w2s_theory.claims.papers import ID
from w2s_theory.geometry.inner_products import SquaredNorm, Vector, inner, norm_squared
from w2s_theory.notation.symbols import (
    D_S,
    D_W,
    ER_C,
    ER_IN_SAMPLE,
    ER_S,
    ER_W,
    ER_W2S,
    LABELLED,
    NOISE,
    OVERLAP,
    RHO_S,
    RHO_W,
    UNLABELLED,
    VARIANCE,
    Topic,
)
from w2s_theory.relations import equal, more_than

letters = Topic(__name__)


def fitted_claim(
    claim_id: str, title: str, risk: Symbol, expected: Expr, points: Expr, words: str, features: str
) -> Claim:
    """Return the claim about the features of one span, weak (`w`) or strong (`s`), fitted on labelled points."""
    size, misfit, left_out = (D_W, RHO_W, LEFT_OUT_W) if features == "w" else (D_S, RHO_S, LEFT_OUT_S)
    surplus = points - size - 1
    residual, noise_like, variance = white_noise(left_out, features, misfit)
    moment = mean_trace(
        features,
        teacher_entry if features == "w" else student_entry,
        "I",
        (size, str(size)),
        f"of {words.rpartition(' on ')[2].partition(' labelled')[0]} rows and {size} columns",
        surplus,
    )
    answered = equal(risk, SquaredNorm.of(ERROR - left_out))
    off_span = equal(inner(left_out, ERROR), 0)
    of_noise = equal(norm_squared(ERROR), SquaredNorm.of(residual) * moment.symbol)
    split = equal(risk, misfit + norm_squared(ERROR))
    return Claim(
        id=claim_id,
        title=title,
        source=Source(ID, "Section 3, exact Gaussian form"),
        provenance=Provenance.NEW,
        assumptions=(
            GAUSSIAN,
            Assumption(words, (more_than(surplus, 0),)),
            Assumption(
                f"the fit answers <P_{features} theta + A r, z>, so that its risk, over fresh z ~ N(0, I), is "
                f"E ||A r - (I - P_{features}) theta||^2; A r lies in V_{features}",
                (answered, off_span),
            ),
            noise_like,
            Assumption(
                "r given Z has the covariance of its entries' variance times I, and A A^T = (Z^T Z)^-1",
                (of_noise,),
            ),
            moment.defined,
        ),
        states=(Part("risk", equal(risk, expected)),),
        derivation=(
            *NORMAL_EQUATIONS,
            variance,
            Step(
                "Pythagoras: what the span leaves out, and the error in it.",
                split,
                Rule.IDENTITY,
                given=(answered, off_span, noise_like.says[0]),
            ),
            Step(
                "The error is the noise's variance times the mean of tr (Z^T Z)^-1, an inverse Wishart matrix's.",
                equal(risk, expected),
                Rule.IDENTITY,
                given=(split, of_noise, variance.relation, moment.value),
            ),
        ),
    )


TEACHER_RISK = fitted_claim(
    "id.teacher", "The weak teacher's risk", ER_W, GENERAL.teacher, LABELLED, TEACHER.text, "w"
)
BASELINE_RISK = fitted_claim(
    "id.sft",
    "The strong baseline's risk",
    ER_S,
    GENERAL.baseline,
    LABELLED,
    "least squares in the d_s strong features on n labelled points, n > d_s + 1",
    "s",
)
CEILING_RISK = fitted_claim(
    "id.ceiling",
    "The strong ceiling's risk",
    ER_C,
    GENERAL.ceiling,
    LABELLED + UNLABELLED,
    "least squares in the d_s strong features on n + N labelled points, n + N > d_s + 1",
    "s",
)

fit_is_in_span = (
    equal(inner(LEFT_OUT_S, MISSED), 0),
    equal(inner(LEFT_OUT_S, ERROR_IN), 0),
    equal(inner(LEFT_OUT_S, FIT_ERROR), 0),
)
fit_has_mean_zero = (equal(inner(MISSED, FIT_ERROR), 0), equal(inner(ERROR_IN, FIT_ERROR), 0))
of_discrepancy = equal(norm_squared(FIT_ERROR), SquaredNorm.of(left_off_span) * student_moment.symbol)
student_error = equal(ER_W2S, SquaredNorm.of(error_in_span + FIT_ERROR - LEFT_OUT_S))
student_split = equal(ER_W2S, RHO_S + SquaredNorm.of(error_in_span) + SquaredNorm.of(FIT_ERROR))
fit_variance = equal(SquaredNorm.of(FIT_ERROR), D_S / student_surplus * GENERAL.discrepancy)

STUDENT_RISK = Claim(
    id="id.exact-risk",
    title="The student's population risk, bias included",
    source=Source(ID, "main theorem, exact Gaussian form"),
    provenance=Provenance.NEW,
    assumptions=(
        GAUSSIAN,
        TEACHER,
        STUDENT,
        POPULATION_POINTS,
        BIASES,
        noise_like,
        TEACHER_ANSWER,
        inside.defined,
        outside.defined,
        Assumption(
            "the student answers <P_s w + B q, z> for the teacher's w = P_w theta + A r, B = (X^T X)^-1 X^T, X its features "
            "at N fresh points; of its error, (I - P_s) theta lies off V_s and the rest in it",
            (student_error, *fit_is_in_span),
        ),
        Assumption(
            "q of entries <(I - P_s) w, z>, which given w and X have mean 0 and the variance ||(I - P_s) w||^2 and are "
            "independent, so that B q is orthogonal to what w and theta give, and has this mean square",
            (*fit_has_mean_zero, of_discrepancy),
        ),
        student_moment.defined,
    ),
    states=(Part("risk", equal(ER_W2S, GENERAL.student)),),
    derivation=(
        *TEACHER_STEPS,
        Step(
            "Pythagoras: what V_s leaves out, the teacher's error in V_s, and the student's own.",
            student_split,
            Rule.IDENTITY,
            given=(student_error, own_misfit_s, *fit_is_in_span, *fit_has_mean_zero),
        ),
        Step(
            "To the student's fit, what lies off V_s is noise: tr (X^T X)^-1 has the mean d_s/(N - d_s - 1).",
            fit_variance,
            Rule.IDENTITY,
            given=(of_discrepancy, discrepancy, student_moment.value),
        ),
        Step(
            "The three together.",
            equal(ER_W2S, GENERAL.student),
            Rule.IDENTITY,
            given=(student_split, inherited, fit_variance),
        ),
    ),
)

SHARE = hat_trace(share)
at_points, kept, left_out_at_points = map(Vector.named, ("X P_s (w - theta)", "H q", "X (I - P_s) theta"))
POINTS_ARE_FRESH = (
    "the N points are fresh and their rows N(0, I), so that mean squares over them are those of the vectors"
)
HAT_KEEPS = (
    "the student says X P_s w + H q at its points, H their hat matrix and q as for a fit: independent of w, P_s z and H, of "
    "mean 0"
)
in_sample_error = equal(ER_IN_SAMPLE, SquaredNorm.of(at_points + kept - left_out_at_points))
rows = (
    equal(norm_squared(at_points), SquaredNorm.of(error_in_span)),
    equal(norm_squared(left_out_at_points), norm_squared(LEFT_OUT_S)),
    equal(inner(at_points, left_out_at_points), inner(error_in_span, LEFT_OUT_S)),
)
hat_noise = (
    equal(inner(at_points, kept), 0),
    equal(norm_squared(kept), share * SquaredNorm.of(left_off_span)),
    equal(inner(left_out_at_points, kept), share * inner(left_off_span, LEFT_OUT_S)),
)
error_has_mean_zero = equal(inner(LEFT_OUT_S, ERROR_OFF), 0)
in_sample_split = equal(
    ER_IN_SAMPLE,
    RHO_S + SquaredNorm.of(error_in_span) + share * (SquaredNorm.of(left_off_span) - 2 * OVERLAP),
)

IN_SAMPLE_RISK = Claim(
    id="id.in-sample",
    title="The student's risk on the points it was fitted on",
    source=Source(ID, "main theorem, exact Gaussian form"),
    provenance=Provenance.NEW,
    assumptions=(
        GAUSSIAN,
        TEACHER,
        STUDENT,
        IN_SAMPLE_POINTS,
        BIASES,
        noise_like,
        TEACHER_ANSWER,
        inside.defined,
        outside.defined,
        SHARE.defined,
        Assumption(f"inner products of values at the points are divided by N; {POINTS_ARE_FRESH}", rows),
        Assumption(
            f"{HAT_KEEPS}; what it keeps of noise, by H^2 = H, is the share h = tr(H)/N of each mean square and product",
            (in_sample_error, *hat_noise),
        ),
        Assumption(
            "(I - P_s) theta is off V_s, and (I - P_s) A r of mean 0",
            (*fit_is_in_span[:2], error_has_mean_zero),
        ),
    ),
    states=(Part("risk", equal(ER_IN_SAMPLE, GENERAL.student_in_sample)),),
    derivation=(
        *TEACHER_STEPS,
        Step(
            "The hat matrix keeps the share h of what lies off V_s, which meets the target's own part off V_s: their mean "
            "product is b_sw.",
            in_sample_split,
            Rule.IDENTITY,
            given=(
                in_sample_error,
                *rows,
                *hat_noise,
                *fit_is_in_span[:2],
                error_has_mean_zero,
                overlap,
                own_misfit_s,
            ),
        ),
        Step(
            "The trace of the hat matrix is d_s.",
            equal(ER_IN_SAMPLE, GENERAL.student_in_sample),
            Rule.IDENTITY,
            given=(in_sample_split, inherited, discrepancy, SHARE.defined.says[0], SHARE.value),
        ),
    ),
)

error_at_points = Vector.named("X P_s A r")
variance_at_points = equal(VARIANCE, SquaredNorm.of(error_at_points + kept))
of_label_noise = tuple(
    equal(norm_squared(part), NOISE * moment.symbol)
    for part, moment in ((ERROR_IN, inside), (ERROR_OFF, outside))
)
noise_at_points = (
    equal(norm_squared(error_at_points), norm_squared(ERROR_IN)),
    equal(inner(error_at_points, kept), 0),
    equal(norm_squared(kept), share * norm_squared(ERROR_OFF)),
)
variance_split = equal(VARIANCE, norm_squared(ERROR_IN) + share * norm_squared(ERROR_OFF))

STUDENT_VARIANCE = Claim(
    id="id.variance",
    title="The student inherits the teacher's variance in V_s and keeps d_s/N of the rest",
    source=Source(ID, "main theorem"),
    provenance=Provenance.PUBLISHED,
    assumptions=(
        GAUSSIAN,
        TEACHER,
        STUDENT,
        IN_SAMPLE_POINTS,
        WELL_SPECIFIED,
        Assumption(
            "the variance is the risk averaged over the N pseudo-labelled points; of the population risk it is the leading "
            "form"
        ),
        Assumption(
            "the teacher answers <theta + A r, z> with r = epsilon, of covariance sigma^2 I, and A A^T = (Z^T Z)^-1, so "
            "that P_s A r and (I - P_s) A r have these mean squares",
            of_label_noise,
        ),
        inside.defined,
        outside.defined,
        SHARE.defined,
        Assumption(
            f"inner products of values at the points are divided by N; {POINTS_ARE_FRESH}",
            (variance_at_points, noise_at_points[0]),
        ),
        Assumption(
            f"{HAT_KEEPS}; what it keeps of noise, by H^2 = H, is the share h = tr(H)/N of each mean square",
            noise_at_points[1:],
        ),
    ),
    states=(Part("variance", equal(VARIANCE, UNBIASED.leading_variance)),),
    derivation=(
        *NORMAL_EQUATIONS,
        Step(
            "At the points: the teacher's error in V_s, and what the hat matrix keeps of the rest.",
            variance_split,
            Rule.IDENTITY,
            given=(variance_at_points, *noise_at_points),
        ),
        Step(
            "The trace of the hat matrix is d_s, that of P_s on V_w d_sw; inverse Wishart matrices give the variances.",
            equal(VARIANCE, UNBIASED.leading_variance),
            Rule.IDENTITY,
            given=(
                variance_split,
                *of_label_noise,
                SHARE.defined.says[0],
                SHARE.value,
                inside.value,
                outside.value,
            ),
        ),
    ),
)

CLAIMS = (
    TEACHER_RISK,
    BASELINE_RISK,
    CEILING_RISK,
    STUDENT_VARIANCE,
    STUDENT_RISK,
    IN_SAMPLE_RISK,
)
