"""Ties of id.teacher, id.sft, id.ceiling, id.variance, id.exact-risk and id.in-sample to
`theories/claims/intrinsic_dimension/risks.v`.

The hypotheses are the claims' assumptions on the vectors, under the names that `theories/library/subspace_fits.v` gives
them, and the facts: `moment` and `student_moment`, of an inverse Wishart matrix, and `hat`, of a hat matrix.
"""

from __future__ import annotations

from proofs_checks.claims.intrinsic_dimension.risks import (
    HALF_THE_SHARE,
    POPULATION_FOR_IN_SAMPLE,
    VARIANCE_HALVED_SHARE,
    WITHOUT_CORRECTION,
)
from proofs_checks.registry import wrong
from proofs_checks.rocq.ties import Proved, Refutation, Tie, by_name
from w2s_theory.claim import Claim
from w2s_theory.claims.intrinsic_dimension.risks import (
    BASELINE_RISK,
    CEILING_RISK,
    IN_SAMPLE_RISK,
    STUDENT_RISK,
    STUDENT_VARIANCE,
    TEACHER_RISK,
)
from w2s_theory.notation.symbols import D_W, LABELLED

FITS = ("inner_product", "subspace_fits")
SPACES = "(V W : InnerProductSpace)"
TEACHER = "(labels : n > d_w + 1) (moment : T * (n - d_w - 1) = 1)"
HAT = "(points : N > 0) (hat : h * N = d_s)"
ERRORS = "(left_out missed foreign error_in error_off : V) (at_point noise : W)"
BIASED = "n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w"
MEANS = "T F_in F_off K_in K_off"
BIASES = "(biases : norm2 left_out = rho_s /\\ norm2 missed = b_s /\\ norm2 foreign = b_w)"
TRACES = "mean_trace F_in d_sw T K_in /\\ mean_trace F_off (d_w - d_sw) T K_off"
TEACHER_ERROR = (
    "(label : residual at_point noise rho_w sigma2) "
    "(teacher : teacher_error missed foreign error_in error_off (norm2 (at_point + noise)%V) F_in F_off)"
)


def labelled_fit(
    claim: Claim, theorem: str, numbers: str, risk: str, points: str, features: str, misfit: str
) -> Tie:
    """Return the tie of the risk of least squares on labelled points; `numbers`: all that it depends on."""
    return Tie(
        claim,
        context=(
            f"{SPACES} (error left_out : V) (at_point noise : W) ({numbers} T F K {risk} : R) "
            f"(labels : {points} > {features} + 1) (moment : T * ({points} - {features} - 1) = 1) "
            f"(answered : {risk} = norm2 (error - left_out)%V) (left : norm2 left_out = {misfit}) "
            f"(in_span : inner left_out error = 0) (label : residual at_point noise {misfit} sigma2) "
            f"(white : norm2 error = norm2 (at_point + noise)%V * F) (trace : mean_trace F {features} T K)"
        ),
        theories=FITS,
        names=by_name(*claim.free_symbols),
        rests_on=claim.cites,
        parts={
            "risk": Proved(
                f"intrinsic_dimension.risks.{theorem}_closed_form",
                refutations=(
                    Refutation(
                        WITHOUT_CORRECTION[claim.id],
                        f"intrinsic_dimension.risks.not_{theorem}_with_the_number_of_points",
                        {"points": "3", "features": "1", "sigma2": "1", "rho": "0", "||A r||^2": "1"},
                    ),
                ),
            ),
        },
    )


VARIANCE_WITNESS = {"n": "4", "N": "2", "d_s": "1", "d_w": "1", "d_sw": "0", "sigma2": "1"}
VARIANCE_TIE = Tie(
    STUDENT_VARIANCE,
    context=(
        f"(V : InnerProductSpace) (error_in error_off said kept : V) (n N d_s d_w d_sw sigma2 {MEANS} h Var_w2s : R) "
        f"{TEACHER} {HAT} (white : norm2 error_in = sigma2 * F_in /\\ norm2 error_off = sigma2 * F_off) "
        f"(traces : {TRACES}) (answered : Var_w2s = norm2 (said + kept)%V) (rows : norm2 said = norm2 error_in) "
        "(apart : inner said kept = 0) (share : norm2 kept = h * norm2 error_off)"
    ),
    theories=FITS,
    names=by_name(*STUDENT_VARIANCE.free_symbols),
    rests_on=STUDENT_VARIANCE.cites,
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
        f"{SPACES} {ERRORS} (own : V) ({BIASED} {MEANS} T_s F_s K_s ER_w2s : R) {TEACHER} (points : N > d_s + 1) "
        f"(student_moment : T_s * (N - d_s - 1) = 1) {BIASES} {TEACHER_ERROR} "
        f"(traces : {TRACES} /\\ mean_trace F_s d_s T_s K_s) "
        "(answered : ER_w2s = norm2 (error_in - missed + own - left_out)%V) "
        "(student : student_fit left_out missed foreign error_in error_off own F_s)"
    ),
    theories=FITS,
    names=by_name(*STUDENT_RISK.free_symbols),
    rests_on=STUDENT_RISK.cites,
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
        f"{SPACES} {ERRORS} (said kept unsaid : V) ({BIASED} b_sw {MEANS} h ER_w2s_in_sample : R) {TEACHER} {HAT} "
        f"{BIASES} (meets : inner left_out foreign = b_sw) {TEACHER_ERROR} (traces : {TRACES}) "
        "(answered : ER_w2s_in_sample = norm2 (said + kept - unsaid)%V) "
        "(student : student_values left_out missed foreign error_in error_off said kept unsaid h)"
    ),
    theories=FITS,
    names=by_name(*IN_SAMPLE_RISK.free_symbols),
    rests_on=IN_SAMPLE_RISK.cites,
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

TIES = (
    labelled_fit(TEACHER_RISK, "id_teacher", "n d_w sigma2 rho_w", "ER_w", "n", "d_w", "rho_w"),
    labelled_fit(BASELINE_RISK, "id_sft", "n d_s sigma2 rho_s", "ER_s", "n", "d_s", "rho_s"),
    labelled_fit(CEILING_RISK, "id_ceiling", "n N d_s sigma2 rho_s", "ER_c", "n + N", "d_s", "rho_s"),
    VARIANCE_TIE,
    POPULATION_TIE,
    IN_SAMPLE_TIE,
)
