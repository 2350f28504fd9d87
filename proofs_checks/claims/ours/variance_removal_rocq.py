"""Tie of bridge.variance-removal to `theories/claims/ours/variance_removal.v`."""

from __future__ import annotations

from proofs_checks.rocq.ties import Open, Part, Refutation, Tie, by_name
from w2s_theory.claims.ours.variance_removal import VARIANCE_REMOVAL

VARIANCE_REMOVAL_TIE = Tie(
    VARIANCE_REMOVAL,
    context="(N d_s d_w d_sw A_off : R) (features : d_w > 0)",
    names=by_name(*VARIANCE_REMOVAL.statement.free_symbols),
    parts=(
        Open("the limit of many points"),
        Part(
            "ours.variance_removal.bridge_variance_removal_filtered_share",
            refutations=(
                Refutation(
                    "A_off in place of its square",
                    "ours.variance_removal.not_bridge_variance_removal_with_unsquared_filter",
                    {"A_off": "1/2", "d_w": "1", "d_sw": "0"},
                ),
            ),
        ),
        Part(
            "ours.variance_removal.bridge_variance_removal_removed_share",
            given="(points : N > d_s + 1)",
            refutations=(
                Refutation(
                    "N - d_s in place of N - 2 d_s - 1, as in sample",
                    "ours.variance_removal.not_bridge_variance_removal_as_in_sample",
                    {"N": "4", "d_s": "1", "d_w": "1", "d_sw": "0"},
                ),
            ),
        ),
    ),
)

TIES = (VARIANCE_REMOVAL_TIE,)
