"""Ties of id.correlation-dimension, id.teacher, id.sft, id.ceiling, id.variance, id.exact-risk and id.in-sample to
`theories/claims/intrinsic_dimension/risks.v`.

The hypotheses `moment`, `student_moment` and `hat` are the mean values over Gaussian designs that the closed forms rest
on; `fit` says how a risk is made of them, as the claims' derivations do.
"""

from __future__ import annotations

from proofs_checks.claims.intrinsic_dimension.risks import (
    COSINES_NOT_SQUARED,
    HALF_THE_SHARE,
    POPULATION_FOR_IN_SAMPLE,
    VARIANCE_HALVED_SHARE,
    WITHOUT_CORRECTION,
)
from proofs_checks.registry import wrong
from proofs_checks.rocq.ties import Open, Proved, Refutation, Tie, by_name
from w2s_theory.claim import Claim
from w2s_theory.claims.intrinsic_dimension.risks import (
    BASELINE_RISK,
    CEILING_RISK,
    CORRELATION_DIMENSION,
    IN_SAMPLE_RISK,
    STUDENT_RISK,
    STUDENT_VARIANCE,
    TEACHER_RISK,
    angles,
    smaller,
)
from w2s_theory.notation.symbols import D_W, LABELLED

TEACHER = "(labels : n > d_w + 1) (moment : T * (n - d_w - 1) = 1)"
HAT = "(points : N > 0) (hat : h * N = d_s)"
INSIDE = "error_inside b_s ((sigma2 + rho_w) * T) d_sw"
OUTSIDE = "answer_outside b_w ((sigma2 + rho_w) * T) d_w d_sw"
BIASED = "n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w"


def labelled_fit(
    claim: Claim, theorem: str, numbers: str, risk: str, points: str, features: str, misfit: str
) -> Tie:
    """Return the tie of the risk of least squares on labelled points; `numbers`: all that it depends on."""
    return Tie(
        claim,
        context=(
            f"({numbers} T {risk} : R) (labels : {points} > {features} + 1) "
            f"(moment : T * ({points} - {features} - 1) = 1) "
            f"(fit : {risk} = {misfit} + (sigma2 + {misfit}) * T * {features})"
        ),
        names=by_name(*claim.free_symbols),
        parts={
            "risk": Proved(
                f"intrinsic_dimension.risks.{theorem}_closed_form",
                refutations=(
                    Refutation(
                        WITHOUT_CORRECTION[claim.id],
                        f"intrinsic_dimension.risks.not_{theorem}_with_the_number_of_points",
                        {"points": "3", "features": "1", "sigma2": "1", "rho": "0"},
                    ),
                ),
            ),
        },
    )


VARIANCE_WITNESS = {"n": "4", "N": "2", "d_s": "1", "d_w": "1", "d_sw": "0", "sigma2": "1"}
VARIANCE_TIE = Tie(
    STUDENT_VARIANCE,
    context=(
        f"(n N d_s d_w d_sw sigma2 T h Var_w2s : R) {TEACHER} {HAT} "
        "(fit : Var_w2s = sigma2 * T * (d_sw + h * (d_w - d_sw)))"
    ),
    names=by_name(*STUDENT_VARIANCE.free_symbols),
    parts={
        "variance": Proved(
            "intrinsic_dimension.risks.id_variance_closed_form",
            refutations=(
                Refutation(
                    VARIANCE_HALVED_SHARE,
                    "intrinsic_dimension.risks.not_id_variance_with_half_the_share",
                    VARIANCE_WITNESS,
                ),
                Refutation(
                    wrong(
                        STUDENT_VARIANCE,
                        "n - d_w in place of n - d_w - 1",
                        part="variance",
                        replacing={LABELLED - D_W - 1: LABELLED - D_W},
                    ),
                    "intrinsic_dimension.risks.not_id_variance_with_n_minus_d_w",
                    VARIANCE_WITNESS,
                ),
            ),
        ),
    },
)

WITHOUT_BIAS = {"n": "4", "N": "4", "d_s": "1", "d_w": "1", "d_sw": "0", "sigma2": "1", "rho, b": "0"}
POPULATION_TIE = Tie(
    STUDENT_RISK,
    context=(
        f"({BIASED} T T_s ER_w2s : R) {TEACHER} (points : N > d_s + 1) (student_moment : T_s * (N - d_s - 1) = 1) "
        f"(fit : ER_w2s = rho_s + {INSIDE} + T_s * d_s * {OUTSIDE})"
    ),
    theories=("subspace_risks",),
    names=by_name(*STUDENT_RISK.free_symbols),
    parts={
        "risk": Proved(
            "intrinsic_dimension.risks.id_exact_risk_closed_form",
            refutations=(
                Refutation(
                    HALF_THE_SHARE,
                    "intrinsic_dimension.risks.not_id_exact_risk_with_half_the_share",
                    WITHOUT_BIAS,
                ),
            ),
        ),
    },
)

IN_SAMPLE_TIE = Tie(
    IN_SAMPLE_RISK,
    context=(
        f"({BIASED} b_sw T h ER_w2s_in_sample : R) {TEACHER} {HAT} "
        f"(fit : ER_w2s_in_sample = rho_s + {INSIDE} + h * ({OUTSIDE} - 2 * b_sw))"
    ),
    theories=("subspace_risks",),
    names=by_name(*IN_SAMPLE_RISK.free_symbols),
    parts={
        "risk": Proved(
            "intrinsic_dimension.risks.id_in_sample_closed_form",
            refutations=(
                Refutation(
                    POPULATION_FOR_IN_SAMPLE,
                    "intrinsic_dimension.risks.not_id_in_sample_with_population_risk",
                    WITHOUT_BIAS,
                ),
            ),
        ),
    },
)

CORRELATION_TIE = Tie(
    CORRELATION_DIMENSION,
    context="(angle : nat -> R) (d : nat)",
    theories=("finite_sums",),
    names={angles: "angle"},
    naturals={smaller: "d"},
    parts={
        "nonnegative": Proved(
            "intrinsic_dimension.risks.id_correlation_dimension_nonnegative",
            refutations=(
                Refutation(
                    COSINES_NOT_SQUARED,
                    "intrinsic_dimension.risks.not_id_correlation_dimension_without_squares",
                    {"theta_1": "pi", "d": "1"},
                ),
            ),
        ),
        "at-most-smaller": Proved(
            "intrinsic_dimension.risks.id_correlation_dimension_at_most_smaller_dimension"
        ),
        "trace": Open("that the trace d_sw is the sum of the squared cosines"),
    },
)

TIES = (
    CORRELATION_TIE,
    labelled_fit(TEACHER_RISK, "id_teacher", "n d_w sigma2 rho_w", "ER_w", "n", "d_w", "rho_w"),
    labelled_fit(BASELINE_RISK, "id_sft", "n d_s sigma2 rho_s", "ER_s", "n", "d_s", "rho_s"),
    labelled_fit(CEILING_RISK, "id_ceiling", "n N d_s sigma2 rho_s", "ER_c", "n + N", "d_s", "rho_s"),
    VARIANCE_TIE,
    POPULATION_TIE,
    IN_SAMPLE_TIE,
)
