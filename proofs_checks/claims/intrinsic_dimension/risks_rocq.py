"""Ties of the closed forms of the risks in two subspaces to `theories/subspace_risks.v`.

The hypotheses `moment`, `student_moment` and `hat` are the mean values over Gaussian designs that the closed forms rest
on; `fit` says how a risk is made of them, as the claims' derivations do.
"""

from __future__ import annotations

from proofs_checks.rocq.ties import Open, Part, Refutation, Tie, by_name
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
from w2s_theory.geometry.subspaces import D_W, LABELLED

THEORIES = ("restating", "subspace_risks")
TEACHER = "(labels : n > d_w + 1) (moment : T * (n - d_w - 1) = 1)"
HAT = "(points : N > 0) (hat : h * N = d_s)"
INSIDE = "error_inside b_s ((sigma2 + rho_w) * T) d_sw"
OUTSIDE = "answer_outside b_w ((sigma2 + rho_w) * T) d_w d_sw"
BIASED = "n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w"
RESTATE = "unfold error_inside, answer_outside in *; restate fact."


def restated(theorem: str) -> str:
    """Return the tactics that prove a risk's printed form from a theorem, as applied."""
    return f"rewrite fit; pose proof ({theorem}) as fact; {RESTATE}"


def denied(theorem: str, variables: str, claimed: str) -> str:
    """Return the tactics that derive what `theorem` denies from the twin at these arguments, its fit last."""
    return f"apply {theorem}; intros {variables}; cbv zeta; pose proof ({claimed} eq_refl) as fact; {RESTATE}"


def labelled_fit(
    claim: Claim, numbers: str, risk: str, points: str, features: str, misfit: str, at: str
) -> Tie:
    """Return the tie of the risk of least squares on labelled points.

    `numbers`: all that it depends on; `at`: what they are in a fit of `features` to `points` that leaves out `rho`.
    """
    return Tie(
        claim,
        THEORIES,
        context=(
            f"({numbers} T {risk} : R) (labels : {points} > {features} + 1) "
            f"(moment : T * ({points} - {features} - 1) = 1) "
            f"(fit : {risk} = {misfit} + (sigma2 + {misfit}) * T * {features})"
        ),
        names=by_name(*claim.statement.free_symbols),
        parts=(
            Part(
                "subspace_risks.fitted_risk",
                restated(f"fitted_risk ({points}) {features} sigma2 {misfit} T labels moment"),
                refutations=(
                    Refutation(
                        "the number of points in place of points - features - 1",
                        "subspace_risks.features_cost_points",
                        denied(
                            "features_cost_points",
                            "points features sigma2 rho T some enough moment",
                            f"claimed {at} T _ ltac:(lra) ltac:(lra)",
                        ),
                        {"points": "3", "features": "1", "sigma2": "1", "rho": "0"},
                    ),
                ),
            ),
        ),
    )


OF_THE_VARIANCE = (
    "n N d_s d_w d_sw sigma2 T h labels points moment hat",
    "claimed n N d_s d_w d_sw sigma2 T h _ labels moment points hat",
)
VARIANCE_WITNESS = {"n": "4", "N": "2", "d_s": "1", "d_w": "1", "d_sw": "0", "sigma2": "1"}
VARIANCE_TIE = Tie(
    STUDENT_VARIANCE,
    THEORIES,
    context=(
        f"(n N d_s d_w d_sw sigma2 T h Var_w2s : R) {TEACHER} {HAT} "
        "(fit : Var_w2s = sigma2 * T * (d_sw + h * (d_w - d_sw)))"
    ),
    names=by_name(*STUDENT_VARIANCE.statement.free_symbols),
    parts=(
        Part(
            "subspace_risks.student_variance",
            restated("student_variance n N d_s d_w d_sw sigma2 T h labels points moment hat"),
            refutations=(
                Refutation(
                    "d_s/(2N) in place of d_s/N",
                    "subspace_risks.share_not_halved",
                    denied("share_not_halved", *OF_THE_VARIANCE),
                    VARIANCE_WITNESS,
                ),
                Refutation(
                    "n - d_w in place of n - d_w - 1",
                    "subspace_risks.one_point_less",
                    denied("one_point_less", *OF_THE_VARIANCE),
                    VARIANCE_WITNESS,
                    replacing={LABELLED - D_W - 1: LABELLED - D_W},
                ),
            ),
        ),
    ),
)

WITHOUT_BIAS = {"n": "4", "N": "4", "d_s": "1", "d_w": "1", "d_sw": "0", "sigma2": "1", "rho, b": "0"}
POPULATION_TIE = Tie(
    STUDENT_RISK,
    THEORIES,
    context=(
        f"({BIASED} T T_s ER_w2s : R) {TEACHER} (points : N > d_s + 1) (student_moment : T_s * (N - d_s - 1) = 1) "
        f"(fit : ER_w2s = rho_s + {INSIDE} + T_s * d_s * {OUTSIDE})"
    ),
    names=by_name(*STUDENT_RISK.statement.free_symbols),
    parts=(
        Part(
            "subspace_risks.population_risk",
            restated(f"population_risk {BIASED} T T_s labels points moment student_moment"),
            refutations=(
                Refutation(
                    "half the share d_s/(N - d_s - 1)",
                    "subspace_risks.population_share_not_halved",
                    denied(
                        "population_share_not_halved",
                        f"{BIASED} T T_s labels points moment student_moment",
                        f"claimed {BIASED} T T_s _ labels moment points student_moment",
                    ),
                    WITHOUT_BIAS,
                ),
            ),
        ),
    ),
)

IN_SAMPLE_TIE = Tie(
    IN_SAMPLE_RISK,
    THEORIES,
    context=(
        f"({BIASED} b_sw T h ER_w2s_in_sample : R) {TEACHER} {HAT} "
        f"(fit : ER_w2s_in_sample = rho_s + {INSIDE} + h * ({OUTSIDE} - 2 * b_sw))"
    ),
    names=by_name(*IN_SAMPLE_RISK.statement.free_symbols),
    parts=(
        Part(
            "subspace_risks.in_sample_risk",
            restated(f"in_sample_risk {BIASED} b_sw T h labels points moment hat"),
            refutations=(
                Refutation(
                    "the population risk used in sample",
                    "subspace_risks.population_is_not_in_sample",
                    denied(
                        "population_is_not_in_sample",
                        f"{BIASED} b_sw T h some labels points moment hat",
                        f"claimed {BIASED} b_sw T h _ labels moment ltac:(lra) hat",
                    ),
                    WITHOUT_BIAS,
                ),
            ),
        ),
    ),
)

CORRELATION_TIE = Tie(
    CORRELATION_DIMENSION,
    ("finite_sums", "subspace_risks"),
    context="(angle : nat -> R) (d : nat)",
    names={angles: "angle"},
    naturals={smaller: "d"},
    parts=(
        Part(
            "subspace_risks.squared_cosines_range",
            "pose proof (squared_cosines_range angle d); lra.",
            refutations=(
                Refutation(
                    "cosines in place of their squares",
                    "subspace_risks.cosines_need_squares",
                    "apply cosines_need_squares; intros angle d; apply Rge_le; exact (claimed angle d).",
                    {"theta_1": "pi", "d": "1"},
                ),
            ),
        ),
        Part("subspace_risks.squared_cosines_range", "pose proof (squared_cosines_range angle d); lra."),
        Open("that the trace d_sw is the sum of the squared cosines"),
    ),
)

TIES = (
    CORRELATION_TIE,
    labelled_fit(
        TEACHER_RISK, "n d_w sigma2 rho_w", "ER_w", "n", "d_w", "rho_w", "points features sigma2 rho"
    ),
    labelled_fit(
        BASELINE_RISK, "n d_s sigma2 rho_s", "ER_s", "n", "d_s", "rho_s", "points features sigma2 rho"
    ),
    labelled_fit(
        CEILING_RISK, "n N d_s sigma2 rho_s", "ER_c", "n + N", "d_s", "rho_s", "points 0 features sigma2 rho"
    ),
    VARIANCE_TIE,
    POPULATION_TIE,
    IN_SAMPLE_TIE,
)
