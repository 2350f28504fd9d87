"""Least squares in two subspaces, as formal vectors: what the risks of teacher, student and baselines are derived from.

Inner products are means over the labels and the points that are fitted. The errors of a fit, A r and B q, are vectors of
R^D; what it says at its own points are vectors of R^N, whose inner products are divided by N.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, Symbol

from w2s_theory.claim import Assumption, Cited, Rule, Step, cited
from w2s_theory.claims.facts.gaussian_matrices import (
    INVERSE_WISHART_TRACE,
    MEAN_ENTRY,
    MEAN_TRACE,
    OFF_DIAGONAL,
    SURPLUS,
    TRACE,
)
from w2s_theory.claims.facts.projections import COLUMNS, HAT_MATRIX_TRACE, HAT_TRACE
from w2s_theory.geometry.inner_products import SquaredNorm, Vector, inner, norm_squared
from w2s_theory.geometry.subspaces import TwoSubspaces
from w2s_theory.notation.symbols import (
    D_S,
    D_SW,
    D_W,
    LABELLED,
    NOISE,
    OVERLAP,
    RHO_S,
    RHO_W,
    SEEN,
    UNLABELLED,
    UNSEEN,
    Topic,
)
from w2s_theory.relations import equal, more_than

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

LEFT_OUT_W, LEFT_OUT_S = Vector.named("(I - P_w) theta"), Vector.named("(I - P_s) theta")
MISSED, FOREIGN = Vector.named("P_s (I - P_w) theta"), Vector.named("(I - P_s) P_w theta")
"""Of the target: what the student's span has and the teacher's leaves out, and the other way round."""
ERROR, ERROR_IN, ERROR_OFF = map(Vector.named, ("A r", "P_s A r", "(I - P_s) A r"))
FIT_ERROR = Vector.named("B q")
LABEL_NOISE = Vector.named("epsilon")

BIASES = Assumption(
    "rho_s = ||(I - P_s) theta||^2, rho_w = ||(I - P_w) theta||^2, b_s = ||P_s (I - P_w) theta||^2, "
    "b_w = ||(I - P_s) P_w theta||^2, b_sw = <(I - P_s) theta, P_w theta>",
    (
        equal(norm_squared(LEFT_OUT_S), RHO_S),
        equal(norm_squared(LEFT_OUT_W), RHO_W),
        equal(norm_squared(MISSED), SEEN),
        equal(norm_squared(FOREIGN), UNSEEN),
        equal(inner(LEFT_OUT_S, FOREIGN), OVERLAP),
    ),
)
own_misfit_s, own_misfit_w, seen, unseen, overlap = BIASES.says

design, transposed, gram = letters.symbols("Z", "Z^T", "G", commutative=False)
coefficients, residuals = letters.symbols("beta", "r", commutative=False)
NORMAL_EQUATIONS = (
    Step(
        "With G = Z^T Z and A = G^-1 Z^T, labels Z beta + r are fitted by beta + A r: the right-hand side vanishes.",
        equal(
            gram**-1 * transposed * (design * coefficients + residuals)
            - coefficients
            - gram**-1 * transposed * residuals,
            gram**-1 * (transposed * design - gram) * coefficients,
        ),
        Rule.IDENTITY,
    ),
    Step(
        "And A A^T = G^-1, the matrix whose mean is that of an inverse Wishart matrix.",
        equal(
            (gram**-1 * transposed) * (design * gram**-1) - gram**-1,
            gram**-1 * (transposed * design - gram) * gram**-1,
        ),
        Rule.IDENTITY,
    ),
)
"""What least squares is, by its normal equations."""


@dataclass(frozen=True)
class MeanTrace:
    """The mean of tr(K (Z^T Z)^-1) as a symbol with what defines it, and the fact that gives its value."""

    value: Cited
    defined: Assumption

    @property
    def symbol(self) -> Symbol:
        """The symbol that stands for the mean."""
        return dict(self.value.at)[MEAN_TRACE]


def mean_trace(
    name: str, entry: Symbol, matrix: str, trace: tuple[Expr, str], shape: str, surplus: Expr
) -> MeanTrace:
    """Return the mean of tr(K (Z^T Z)^-1) under this name, for K in words and its trace, as a number and in words.

    `entry` stands for the mean of a diagonal entry of (Z^T Z)^-1, `shape` says what Z is, `surplus` is rows - columns - 1.
    """
    symbol, off_diagonal = letters.symbols(f"F_{name}", f"K_{name}", real=True)
    values = {
        MEAN_TRACE: symbol,
        OFF_DIAGONAL: off_diagonal,
        TRACE: trace[0],
        MEAN_ENTRY: entry,
        SURPLUS: surplus,
    }
    value = cited(INVERSE_WISHART_TRACE, "mean", values)
    return MeanTrace(
        value,
        Assumption(
            f"{symbol} the mean of tr(K (Z^T Z)^-1), K = {matrix} of trace {trace[1]} and Z {shape}, of independent N(0, 1) "
            f"entries; {entry} the mean of a diagonal entry of (Z^T Z)^-1, {off_diagonal} what the others contribute "
            f"({value.claim.id})",
            value.premises,
        ),
    )


def white_noise(left_out: Vector, features: str, misfit: Symbol) -> tuple[Vector, Assumption, Step]:
    """Return the residual of one label, what is assumed of it, and the step that gives its variance."""
    at_point = Vector.named(f"z^T {left_out.terms[0][0]}")
    residual = at_point + LABEL_NOISE
    says = (
        equal(norm_squared(left_out), misfit),
        equal(norm_squared(at_point), norm_squared(left_out)),
        equal(norm_squared(LABEL_NOISE), NOISE),
        equal(inner(at_point, LABEL_NOISE), 0),
    )
    return (
        residual,
        Assumption(
            f"r of independent entries z^T (I - P_{features}) theta + epsilon: (I - P_{features}) z is N(0, "
            f"I - P_{features}) and independent of P_{features} z, epsilon independent of both, of mean 0 and "
            f"variance sigma^2; {misfit} = ||(I - P_{features}) theta||^2",
            says,
        ),
        Step(
            f"To the fit, what V_{features} leaves out of the target is noise, of variance sigma^2 + {misfit} with that of "
            "the labels.",
            equal(SquaredNorm.of(residual), NOISE + misfit),
            Rule.IDENTITY,
            given=says,
        ),
    )


@dataclass(frozen=True)
class HatTrace:
    """The trace of the student's hat matrix as a share of its N points, and the fact that gives its value."""

    value: Cited
    defined: Assumption


def hat_trace(share: Symbol) -> HatTrace:
    """Return the trace of the student's hat matrix; the first relation that defines it is N times the share."""
    trace = letters.symbol("H_s", real=True)
    value = cited(HAT_MATRIX_TRACE, "trace", {HAT_TRACE: trace, COLUMNS: D_S})
    return HatTrace(
        value,
        Assumption(
            f"h the share {trace}/N, {trace} the trace of the student's hat matrix at its N points, by an orthonormal basis "
            f"of its d_s columns' span ({value.claim.id})",
            (equal(share * UNLABELLED, trace), *value.premises),
        ),
    )


teacher_entry, student_entry, share = letters.symbols("T_w", "T_s", "h", nonnegative=True)
residual, noise_like, residual_variance = white_noise(LEFT_OUT_W, "w", RHO_W)
WEAK_DESIGN = "(the weak features, in W, an orthonormal basis of V_w) of n rows and d_w columns"
inside = mean_trace(
    "in", teacher_entry, "W^T P_s W", (D_SW, "tr(P_s P_w) = d_sw"), WEAK_DESIGN, teacher_surplus
)
outside = mean_trace(
    "off", teacher_entry, "W^T (I - P_s) W", (D_W - D_SW, "d_w - d_sw"), WEAK_DESIGN, teacher_surplus
)
student_moment = mean_trace(
    "s", student_entry, "I", (D_S, "d_s"), "of N rows and d_s columns", student_surplus
)
of_residuals = tuple(
    equal(norm_squared(part), SquaredNorm.of(residual) * moment.symbol)
    for part, moment in ((ERROR_IN, inside), (ERROR_OFF, outside))
)
of_mean_zero = (equal(inner(MISSED, ERROR_IN), 0), equal(inner(FOREIGN, ERROR_OFF), 0))
TEACHER_ANSWER = Assumption(
    "the teacher answers <P_w theta + A r, z>; r given Z has mean 0 and the covariance of its entries' variance times I, "
    "and A A^T = (Z^T Z)^-1, so that P_s A r and (I - P_s) A r have these mean squares and are orthogonal to what is fixed",
    (*of_residuals, *of_mean_zero),
)
error_in_span, left_off_span = ERROR_IN - MISSED, FOREIGN + ERROR_OFF
inherited = equal(SquaredNorm.of(error_in_span), GENERAL.inherited)
discrepancy = equal(SquaredNorm.of(left_off_span), GENERAL.discrepancy)
TEACHER_STEPS = (
    *NORMAL_EQUATIONS,
    residual_variance,
    Step(
        "Of the teacher's error A r - (I - P_w) theta, what lies in V_s: its variance in d_sw = tr(P_s P_w) dimensions, and "
        "what it misses there.",
        inherited,
        Rule.IDENTITY,
        given=(of_residuals[0], of_mean_zero[0], seen, residual_variance.relation, inside.value),
    ),
    Step(
        "Of its answer, what lies off V_s: its variance in the other d_w - d_sw dimensions, and what it has there of the "
        "target.",
        discrepancy,
        Rule.IDENTITY,
        given=(of_residuals[1], of_mean_zero[1], unseen, residual_variance.relation, outside.value),
    ),
)
