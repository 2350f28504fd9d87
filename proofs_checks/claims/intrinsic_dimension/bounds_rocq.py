"""Ties of id.pgr-bound, id.opr-bound and id.optimal-n to `theories/claims/intrinsic_dimension/bounds.v`."""

from __future__ import annotations

from proofs_checks.rocq.ties import Part, Refutation, Tie, by_name
from w2s_theory.claims.intrinsic_dimension.bounds import OPR_BOUND, OPTIMAL_LABELS, PGR_BOUND

POINTS = (
    "(labels : n > d_w + 1) (points : N > 0) (strong : d_s > 0) (weak : d_w > 0) (correlated : 0 <= d_sw <= d_w) "
    "(noisy : sigma2 > 0) (left_out : rho_s >= 0 /\\ rho_w >= 0)"
)
KEPT = "(kept_by_share N d_s d_w d_sw)"
MAIN_THEOREM = f"ER_w2s <= published_risk n d_w {KEPT} (rho_s + rho_w) sigma2"

# n = N = sigma2 = 4, one feature each and no misfit: the published variance is 1/2 at d_sw = 0, and 2 at d_sw = 1.
VALUES = {"n": "4", "N": "4", "d_s": "1", "d_w": "1", "sigma2": "4", "rho_s": "0", "rho_w": "0"}

PGR_TIE = Tie(
    PGR_BOUND,
    context=(
        f"(n N d_s d_w d_sw sigma2 rho_s rho_w ER_w ER_w2s ER_c : R) {POINTS} (gap : 0 <= ER_c < ER_w) "
        f"(helps : ER_w2s <= ER_w) (main_theorem : {MAIN_THEOREM}) (teacher : sigma2 * d_w / n <= ER_w)"
    ),
    theories=("subspace_bounds",),
    names=by_name(*PGR_BOUND.statement.free_symbols),
    parts=(
        Part(
            "intrinsic_dimension.bounds.id_pgr_bound_recovered_gap",
            refutations=(
                Refutation(
                    "the gap measured against the sum of the risks",
                    "intrinsic_dimension.bounds.not_id_pgr_bound_against_the_sum_of_risks",
                    {**VALUES, "d_sw": "0", "ER_w": "1", "ER_w2s": "1/2", "ER_c": "1/2"},
                ),
                Refutation(
                    "no inherited variance: d_sw dropped",
                    "intrinsic_dimension.bounds.not_id_pgr_bound_without_inherited_variance",
                    {**VALUES, "d_sw": "1", "ER_w": "2", "ER_w2s": "2", "ER_c": "0"},
                ),
            ),
        ),
    ),
)

HALF_THE_BASELINE = {**VALUES, "d_sw": "0", "ER_s": "1", "ER_w2s": "1/2"}
OPR_TIE = Tie(
    OPR_BOUND,
    context=(
        f"(n N d_s d_w d_sw sigma2 rho_s rho_w ER_s ER_w2s : R) {POINTS} "
        f"(main_theorem : 0 < {MAIN_THEOREM}) (baseline : sigma2 * d_s / n <= ER_s)"
    ),
    theories=("subspace_bounds",),
    names=by_name(*OPR_BOUND.statement.free_symbols),
    parts=(
        Part(
            "intrinsic_dimension.bounds.id_opr_bound_outperformance",
            refutations=(
                Refutation(
                    "the ratio upside down",
                    "intrinsic_dimension.bounds.not_id_opr_bound_upside_down",
                    HALF_THE_BASELINE,
                ),
                Refutation(
                    "d_s/(2N) in place of d_s/N",
                    "intrinsic_dimension.bounds.not_id_opr_bound_with_half_the_share",
                    HALF_THE_BASELINE,
                ),
            ),
        ),
    ),
)

OPTIMAL_TIE = Tie(
    OPTIMAL_LABELS,
    context=(
        "(n d_w D_N rho sigma2 : R) (labels : n > d_w + 1) (weak : d_w > 0) (kept : D_N > 0) (left_out : rho > 0) "
        "(noisy : sigma2 > 0)"
    ),
    names=by_name(*OPTIMAL_LABELS.statement.free_symbols),
    parts=(
        Part(
            "intrinsic_dimension.bounds.id_optimal_n_loses_a_square",
            refutations=(
                Refutation(
                    "n* one label later",
                    "intrinsic_dimension.bounds.not_id_optimal_n_one_label_later",
                    {"n": "6", "d_w": "3", "D_N": "1", "rho": "1", "sigma2": "1"},
                ),
            ),
        ),
    ),
)

TIES = (PGR_TIE, OPR_TIE, OPTIMAL_TIE)
