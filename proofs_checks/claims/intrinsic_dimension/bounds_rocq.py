"""Ties of the published bounds in two subspaces, and of their best number of labels, to `theories/subspace_bounds.v`."""

from __future__ import annotations

from proofs_checks.rocq.ties import Part, Refutation, Tie, by_name
from w2s_theory.claims.intrinsic_dimension.bounds import OPR_BOUND, OPTIMAL_LABELS, PGR_BOUND

THEORIES = ("restating", "subspace_bounds")
POINTS = (
    "(labels : n > d_w + 1) (points : N > 0) (strong : d_s > 0) (weak : d_w > 0) (correlated : 0 <= d_sw <= d_w) "
    "(noisy : sigma2 > 0) (left_out : rho_s >= 0 /\\ rho_w >= 0)"
)
KEPT = "(kept_by_share N d_s d_w d_sw)"
MAIN_THEOREM = f"ER_w2s <= published_risk n d_w {KEPT} (rho_s + rho_w) sigma2"

# n = N = sigma2 = 4, one feature each and no misfit: the published variance is 1/2 at d_sw = 0, and 2 at d_sw = 1.
VALUES = {"n": "4", "N": "4", "d_s": "1", "d_w": "1", "sigma2": "4", "rho_s": "0", "rho_w": "0"}


def at_values(d_sw: str, *risks: str) -> str:
    """Return the tactics that put these values and risks into a twin and find it false."""
    return (
        f"unfold published_risk, kept_by_share in claimed; "
        f"pose proof (claimed 4 4 1 1 {d_sw} 4 0 0 {' '.join(risks)}) as wrong; absurd_numbers wrong."
    )


PGR_TIE = Tie(
    PGR_BOUND,
    THEORIES,
    context=(
        f"(n N d_s d_w d_sw sigma2 rho_s rho_w ER_w ER_w2s ER_c : R) {POINTS} (gap : 0 <= ER_c < ER_w) "
        f"(helps : ER_w2s <= ER_w) (main_theorem : {MAIN_THEOREM}) (teacher : sigma2 * d_w / n <= ER_w)"
    ),
    names=by_name(*PGR_BOUND.statement.free_symbols),
    parts=(
        Part(
            "subspace_bounds.published_recovered_gap",
            f"""
  assert (kept : 0 <= {KEPT}) by (apply kept_nonnegative; lra).
  pose proof (Rle_ge _ _ (published_recovered_gap n d_w {KEPT} (rho_s + rho_w) sigma2 ER_w ER_w2s ER_c
    labels weak noisy ltac:(lra) kept gap helps main_theorem teacher)) as fact.
  unfold cost, kept_by_share in fact. restate fact.""",
            refutations=(
                Refutation(
                    "the gap measured against the sum of the risks",
                    "subspace_bounds.gap_not_sum",
                    at_values("0", "1", "(1 / 2)", "(1 / 2)"),
                    {**VALUES, "d_sw": "0", "ER_w": "1", "ER_w2s": "1/2", "ER_c": "1/2"},
                ),
                Refutation(
                    "no inherited variance: d_sw dropped",
                    "subspace_bounds.inheritance_counts",
                    at_values("1", "2", "2", "0"),
                    {**VALUES, "d_sw": "1", "ER_w": "2", "ER_w2s": "2", "ER_c": "0"},
                ),
            ),
        ),
    ),
)

HALF_THE_BASELINE = {**VALUES, "d_sw": "0", "ER_s": "1", "ER_w2s": "1/2"}
OPR_TIE = Tie(
    OPR_BOUND,
    THEORIES,
    context=(
        f"(n N d_s d_w d_sw sigma2 rho_s rho_w ER_s ER_w2s : R) {POINTS} "
        f"(main_theorem : 0 < {MAIN_THEOREM}) (baseline : sigma2 * d_s / n <= ER_s)"
    ),
    names=by_name(*OPR_BOUND.statement.free_symbols),
    parts=(
        Part(
            "subspace_bounds.published_outperformance",
            f"""
  pose proof (Rle_ge _ _ (published_outperformance n d_s d_w {KEPT} (rho_s + rho_w) sigma2 ER_s ER_w2s
    labels weak strong noisy main_theorem baseline)) as fact.
  match goal with |- _ >= _ / ?printed =>
    replace printed with (cost n d_w {KEPT} (rho_s + rho_w) sigma2) by (unfold cost, kept_by_share; field; lra)
  end.
  exact fact.""",
            refutations=(
                Refutation(
                    "the ratio upside down",
                    "subspace_bounds.ratio_not_inverted",
                    at_values("0", "1", "(1 / 2)"),
                    HALF_THE_BASELINE,
                ),
                Refutation(
                    "d_s/(2N) in place of d_s/N",
                    "subspace_bounds.share_counts_in_full",
                    at_values("0", "1", "(1 / 2)"),
                    HALF_THE_BASELINE,
                ),
            ),
        ),
    ),
)

# The printed form has the root of each factor of (d_w + 1) D_N sigma2/rho.
BY_ROOTS = """
  rewrite best_labels_by_roots in fact by assumption. unfold recovered_bound in fact. revert fact.
  name_root D_N a; name_root rho r; name_root sigma2 s; name_root (d_w + 1) e. intros fact.
  assert (0 < a * s * e) by (repeat apply Rmult_lt_0_compat; assumption).
  assert (d_w = e * e - 1) by lra. clear square2. subst. restate fact."""

OPTIMAL_TIE = Tie(
    OPTIMAL_LABELS,
    THEORIES,
    context=(
        "(n d_w D_N rho sigma2 : R) (labels : n > d_w + 1) (weak : d_w > 0) (kept : D_N > 0) (left_out : rho > 0) "
        "(noisy : sigma2 > 0)"
    ),
    names=by_name(*OPTIMAL_LABELS.statement.free_symbols),
    parts=(
        Part(
            "subspace_bounds.loses_a_square",
            "pose proof (loses_a_square n d_w D_N rho sigma2 labels weak kept left_out noisy) as fact; cbv zeta in fact."
            + BY_ROOTS,
            refutations=(
                Refutation(
                    "n* one label later",
                    "subspace_bounds.not_one_label_later",
                    """
  pose proof (claimed 6 3 1 1 1) as wrong.
  replace (3 + 1) with (2 * 2) in wrong by ring. rewrite sqrt_square, sqrt_1 in wrong by lra. absurd_numbers wrong.""",
                    {"n": "6", "d_w": "3", "D_N": "1", "rho": "1", "sigma2": "1"},
                ),
            ),
        ),
    ),
)

TIES = (PGR_TIE, OPR_TIE, OPTIMAL_TIE)
