"""Tie of how the student's risk moves with overlap and pseudo-labels to `theories/subspace_monotonicity.v`."""

from __future__ import annotations

from proofs_checks.rocq.ties import Part, Refutation, Tie, by_name
from w2s_theory.claims.intrinsic_dimension.monotonicity import MONOTONICITY, kept_falls
from w2s_theory.relations import at_least

ERROR = "((sigma2 + rho_w) / (n - d_w - 1))"
RISK = f"{ERROR} rho_s b_s b_w d_w d_sw"
DIMENSION = "1 0 0 0 d_w d_sw"
MORE_OVERLAP = "(more : h >= 0) (spare : v >= 0)"

# A teacher's error of 1 in each of two directions off the span of d_s = 2; one is shared, or one point is added.
VALUES = {"n": "4", "d_s": "2", "d_w": "2", "d_sw": "0", "sigma2": "1", "h": "1", "k": "1", "u": "1"}


def from_theorem(theorem: str, variable: bool = True) -> str:
    """Return the tactics that prove the printed form of a theorem, as applied; its hypotheses are linear."""
    error = f"assert (variable : 0 < {ERROR}) by (apply Rdiv_lt_0_compat; lra). " if variable else ""
    return f"{error}pose proof ({theorem}) as fact. unfold risk, error_inside, answer_outside in fact. restate fact."


def at_values(v: str) -> str:
    """Return the tactics that put the values into a twin and find it false."""
    return f"pose proof (claimed 4 2 2 2 0 1 0 0 0 0 1 1 1 {v}) as wrong; absurd_numbers wrong."


def refuted(falsifier: str, theorem: str, v: str = "0") -> tuple[Refutation, ...]:
    """Return the refutation of a twin at the values, with v points to spare."""
    return (Refutation(falsifier, f"subspace_monotonicity.{theorem}", at_values(v), {**VALUES, "v": v}),)


MONOTONICITY_TIE = Tie(
    MONOTONICITY,
    theories=("restating", "subspace_risks", "subspace_monotonicity"),
    context=(
        "(n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w h k u v : R) (labels : n > d_w + 1) (strong : d_s > 0) "
        "(correlated : 0 <= d_sw <= d_w) (noisy : sigma2 > 0) (biases : rho_w >= 0 /\\ b_w >= 0)"
    ),
    names=by_name(*MONOTONICITY.statement.free_symbols),
    parts=(
        Part(
            "subspace_monotonicity.rises_with_correlation",
            from_theorem(
                f"rises_with_correlation (d_s / (d_s + v)) {RISK} h "
                "ltac:(lra) (share_at_most_one d_s (d_s + v) ltac:(lra) ltac:(lra)) more"
            ),
            MORE_OVERLAP,
            refuted(
                "N = 2 d_s is enough for the risk to rise with d_sw", "correlation_helps_with_few_points"
            ),
        ),
        Part(
            "subspace_monotonicity.rises_with_correlation",
            from_theorem(
                f"rises_with_correlation (d_s / (d_s + v)) {DIMENSION} h "
                "ltac:(lra) (share_at_most_one d_s (d_s + v) ltac:(lra) ltac:(lra)) more",
                variable=False,
            ),
            MORE_OVERLAP,
            (
                *refuted("N = d_s/2 is enough in sample", "correlation_helps_with_few_points"),
                *refuted(
                    "D_N falls with the correlation dimension", "strictly_rises_with_correlation", v="2"
                ),
            ),
        ),
        Part(
            "subspace_monotonicity.falls_with_points",
            from_theorem(
                f"falls_with_points d_s u k {RISK} ltac:(lra) some more ltac:(lra) ltac:(lra) ltac:(lra)"
            ),
            "(some : u > 0) (more : k >= 0)",
            refuted("the risk rises with the pseudo-labels", "does_not_rise_with_points"),
        ),
        Part(
            "subspace_monotonicity.falls_with_points",
            from_theorem(
                f"falls_with_points d_s N k {DIMENSION} ltac:(lra) some more ltac:(lra) ltac:(lra) ltac:(lra)",
                variable=False,
            ),
            "(some : N > 0) (more : k >= 0)",
            (
                Refutation(
                    "D_N rises with the pseudo-labels",
                    "subspace_monotonicity.does_not_rise_with_points",
                    at_values("0"),
                    {**VALUES, "N": "2"},
                    replacing={kept_falls: at_least(kept_falls.rhs, kept_falls.lhs)},
                ),
            ),
        ),
    ),
)

TIES = (MONOTONICITY_TIE,)
