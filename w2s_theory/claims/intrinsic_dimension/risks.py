"""Dong et al. 2025: weak-to-strong regression in two subspaces, its risks.

id.correlation-dimension  between 0 and the smaller dimension, by the principal angles
id.teacher                risk of the weak teacher
id.sft                    risk of the strong features on the labelled points
id.ceiling                risk of the strong features on all points, labelled
id.variance               variance of the weak-to-strong student (the main theorem)
id.exact-risk             its population risk, bias included
id.in-sample              its risk on the points it was fitted on
"""

from __future__ import annotations

from sympy import Expr, Sum, Symbol, cos, sin

from w2s_theory.claim import Assumption, Cited, Claim, Part, Provenance, Rule, Source, Step, cited
from w2s_theory.claims.facts.gaussian_matrices import INVERSE_WISHART, MEAN_ENTRY, SURPLUS
from w2s_theory.claims.papers import ID
from w2s_theory.geometry.subspaces import TwoSubspaces
from w2s_theory.notation.symbols import (
    D_S,
    D_SW,
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
    SEEN,
    UNLABELLED,
    UNSEEN,
    VARIANCE,
    Topic,
)
from w2s_theory.relations import at_least, equal, more_than

letters = Topic(__name__)

GENERAL = TwoSubspaces()
UNBIASED = TwoSubspaces(rho_s=0, rho_w=0, seen=0, unseen=0, overlap=0)

GAUSSIAN = Assumption("z ~ N(0, I), f*(z) = <theta, z>, independent label noise of variance sigma^2")
teacher_surplus, student_surplus = LABELLED - D_W - 1, UNLABELLED - D_S - 1

TEACHER = Assumption(
    "least squares in the d_w weak features on n labelled points, n > d_w + 1",
    (more_than(teacher_surplus, 0),),
)
STUDENT = Assumption("least squares in the d_s strong features on N fresh points labelled by the teacher")
POPULATION_POINTS = Assumption("N > d_s + 1", (more_than(student_surplus, 0),))
IN_SAMPLE_POINTS = Assumption("N >= d_s")
WELL_SPECIFIED = Assumption("the target lies in both spans, rho_s = rho_w = 0")
BIASES = Assumption(
    "rho_s = ||(I - P_s) theta||^2, rho_w = ||(I - P_w) theta||^2, b_s = ||P_s (I - P_w) theta||^2, "
    "b_w = ||(I - P_s) P_w theta||^2, b_sw = <(I - P_s) theta, P_w theta>"
)

angles = letters.indexed("theta", real=True)
index, smaller = letters.symbols("i", "d", integer=True, positive=True)
angle = letters.symbol("theta", real=True)
squared_cosines = Sum(cos(angles[index]) ** 2, (index, 1, smaller))
squared_sines = Sum(sin(angles[index]) ** 2, (index, 1, smaller))

inverse_moment, student_moment, share, error_in_span, left_out = letters.symbols(
    "T_w", "T_s", "h", "E_in", "E_out", nonnegative=True
)


def mean_inverse(symbol: Symbol, surplus: Expr) -> Cited:
    """Return the citation by which `symbol` is 1 over the surplus of points over features and 1."""
    return cited(INVERSE_WISHART, "mean", {MEAN_ENTRY: symbol, SURPLUS: surplus})


def inverse_entry(moment: Cited, points: str, features: str) -> Assumption:
    """Return what defines a symbol as the mean of a diagonal entry of (Z^T Z)^-1, the integral of the fact cited."""
    symbol = dict(moment.at)[MEAN_ENTRY]
    entry = f"{symbol} the mean of a diagonal entry of (Z^T Z)^-1"
    return Assumption(
        f"{entry}, Z of {points} rows and {features} columns ({moment.claim.id})", moment.premises
    )


teacher_moment = mean_inverse(inverse_moment, teacher_surplus)
TEACHER_ENTRY = inverse_entry(teacher_moment, "n", "d_w")
teacher_error = (NOISE + RHO_W) * inverse_moment
split_error = (
    equal(error_in_span, SEEN + teacher_error * D_SW),
    equal(left_out, UNSEEN + teacher_error * (D_W - D_SW)),
)
SPLIT_ERROR = Assumption(
    "given: the teacher's error has covariance tau^2 P_w, tau^2 = (sigma^2 + rho_w) T_w; E_in is what lies in V_s of it and "
    "of the target's part that V_w leaves out, E_out what lies off V_s of it and of the teacher's own part",
    split_error,
)
SPLIT = Step(
    "The teacher's error has covariance tau^2 P_w: E_in = b_s + tau^2 tr(P_s P_w) of it lies in V_s and, with the "
    "teacher's own part, E_out = b_w + tau^2 (d_w - tr(P_s P_w)) lies off it; together they lose nothing.",
    equal(GENERAL.inherited + GENERAL.discrepancy, SEEN + UNSEEN + GENERAL.teacher_variance * D_W),
    Rule.IDENTITY,
)

CORRELATION_DIMENSION = Claim(
    id="id.correlation-dimension",
    title="The correlation dimension by the principal angles",
    source=Source(ID, "Definition of the correlation dimension"),
    provenance=Provenance.PUBLISHED,
    assumptions=(
        Assumption(
            "subspaces V_s, V_w of one R^D with principal angles theta_1, ..., theta_d, d = min(d_s, d_w)"
        ),
        Assumption("d_sw = tr(P_s P_w) = ||V_s^T V_w||_F^2 for orthonormal bases, the same for all of them"),
    ),
    states=(
        Part("trace", equal(D_SW, squared_cosines)),
        Part("nonnegative", at_least(squared_cosines, 0)),
        Part("at-most-smaller", at_least(smaller, squared_cosines)),
    ),
    derivation=(
        Step(
            "The singular values of V_s^T V_w are the cosines: each principal pair brings a squared cosine, whatever the "
            "bases, and lacks a squared sine to 1.",
            equal(1 - cos(angle) ** 2, sin(angle) ** 2),
            Rule.IDENTITY,
        ),
        Step("It is a sum of squares.", at_least(squared_cosines, 0), Rule.NONNEGATIVE),
        Step(
            "The squared sines are what it lacks to the smaller dimension.",
            at_least(smaller, squared_cosines),
            Rule.NONNEGATIVE,
            certificate=(squared_sines,),
        ),
    ),
    remarks=(
        "Spans turned at random against each other in R^D have the mean d_s d_w/D, which is what features of "
        "different widths get by a random embedding.",
    ),
)

TEACHER_RISK = Claim(
    id="id.teacher",
    title="The weak teacher's risk",
    source=Source(ID, "Section 3, exact Gaussian form"),
    provenance=Provenance.NEW,
    assumptions=(
        GAUSSIAN,
        TEACHER,
        BIASES,
        TEACHER_ENTRY,
        Assumption(
            "given: what V_w leaves out of the target is independent noise to the fit, d_w coordinates have the "
            "error variance "
            "(sigma^2 + rho_w) T_w each, and what is left out adds rho_w",
            (equal(ER_W, RHO_W + teacher_error * D_W),),
        ),
    ),
    states=(Part("risk", equal(ER_W, GENERAL.teacher)),),
    derivation=(
        Step(
            "The mean of the inverse Wishart law gives the error variance of each coordinate.",
            equal(ER_W, GENERAL.teacher),
            Rule.IDENTITY,
            given=(equal(ER_W, RHO_W + teacher_error * D_W), teacher_moment),
        ),
    ),
)


def strong_fit(claim_id: str, title: str, risk: Symbol, expected: Expr, points: Expr, words: str) -> Claim:
    """Return the claim about the strong features fitted on labelled points."""
    surplus = points - D_S - 1
    moment, decomposed = (
        mean_inverse(student_moment, surplus),
        equal(risk, RHO_S + (NOISE + RHO_S) * student_moment * D_S),
    )
    return Claim(
        id=claim_id,
        title=title,
        source=Source(ID, "Section 3, exact Gaussian form"),
        provenance=Provenance.NEW,
        assumptions=(
            GAUSSIAN,
            Assumption(
                f"least squares in the d_s strong features on {words} labelled points",
                (more_than(surplus, 0),),
            ),
            BIASES,
            inverse_entry(moment, words.partition(" >")[0], "d_s"),
            Assumption(
                "given: as for the teacher, what V_s leaves out of the target is independent noise to the fit",
                (decomposed,),
            ),
        ),
        states=(Part("risk", equal(risk, expected)),),
        derivation=(
            Step(
                "As for the teacher, with the strong features in the place of the weak ones.",
                equal(risk, expected),
                Rule.IDENTITY,
                given=(decomposed, moment),
            ),
        ),
    )


BASELINE_RISK = strong_fit(
    "id.sft", "The strong baseline's risk", ER_S, GENERAL.baseline, LABELLED, "n > d_s + 1"
)
CEILING_RISK = strong_fit(
    "id.ceiling", "The strong ceiling's risk", ER_C, GENERAL.ceiling, LABELLED + UNLABELLED, "n + N > d_s + 1"
)

IN_SAMPLE_SHARE = Assumption(
    "h the share d_s/N that the student's hat matrix, of trace d_s, keeps of noise at its N points",
    (equal(share * UNLABELLED, D_S),),
)
inherited_and_kept = equal(VARIANCE, NOISE * inverse_moment * (D_SW + share * (D_W - D_SW)))
population_risk = equal(ER_W2S, RHO_S + error_in_span + student_moment * D_S * left_out)
risk_at_points = equal(ER_IN_SAMPLE, RHO_S + error_in_span + share * (left_out - 2 * OVERLAP))
population_moment = mean_inverse(student_moment, student_surplus)

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
        TEACHER_ENTRY,
        IN_SAMPLE_SHARE,
        Assumption(
            "given: of the teacher's variance sigma^2 T_w in each direction of V_w the student inherits what "
            "lies in V_s, and "
            "keeps the share h of the rest, which is noise to it",
            (inherited_and_kept,),
        ),
    ),
    states=(Part("variance", equal(VARIANCE, UNBIASED.leading_variance)),),
    derivation=(
        Step(
            "What lies off V_s is noise to the student; its hat matrix has trace d_s and keeps the share d_s/N.",
            equal(VARIANCE, UNBIASED.leading_variance),
            Rule.IDENTITY,
            given=(inherited_and_kept, *IN_SAMPLE_SHARE.says, teacher_moment),
        ),
    ),
)

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
        TEACHER_ENTRY,
        inverse_entry(population_moment, "N", "d_s"),
        SPLIT_ERROR,
        Assumption(
            "given: what lies off V_s is noise of variance E_out to the student's fit, d_s coordinates with "
            "error E_out T_s each",
            (population_risk,),
        ),
    ),
    states=(Part("risk", equal(ER_W2S, GENERAL.student)),),
    derivation=(
        SPLIT,
        Step(
            "What lies off V_s is noise of variance E_out to the student's fit: d_s coordinates with error E_out T_s each.",
            equal(ER_W2S, GENERAL.student),
            Rule.IDENTITY,
            given=(population_risk, population_moment, teacher_moment, *split_error),
        ),
    ),
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
        TEACHER_ENTRY,
        SPLIT_ERROR,
        IN_SAMPLE_SHARE,
        Assumption(
            "given: at its points the student keeps the share h of the discrepancy, which meets the target's own "
            "part off V_s "
            "with the mean product b_sw",
            (risk_at_points,),
        ),
    ),
    states=(Part("risk", equal(ER_IN_SAMPLE, GENERAL.student_in_sample)),),
    derivation=(
        SPLIT,
        Step(
            "The hat matrix keeps the share h = d_s/N of the discrepancy, which meets the target's own part off V_s: "
            "their mean product is b_sw.",
            equal(ER_IN_SAMPLE, GENERAL.student_in_sample),
            Rule.IDENTITY,
            given=(risk_at_points, *IN_SAMPLE_SHARE.says, teacher_moment, *split_error),
        ),
    ),
)

CLAIMS = (
    CORRELATION_DIMENSION,
    TEACHER_RISK,
    BASELINE_RISK,
    CEILING_RISK,
    STUDENT_VARIANCE,
    STUDENT_RISK,
    IN_SAMPLE_RISK,
)
