"""Tie of sharp.bootstrap to `theories/claims/ours/bootstrapping.v`."""

from __future__ import annotations

from proofs_checks.rocq.ties import Part, Refutation, Tie
from w2s_theory.claims.ours.bootstrapping import BOOTSTRAPPING, CHAIN_LIMIT, detour
from w2s_theory.notation.symbols import L_ST, L_TE, STEPS

CHAIN_LIMIT_TIE = Tie(
    BOOTSTRAPPING,
    context="(n : nat) (some : (1 <= n)%nat)",
    theories=("inner_product", "right_limit", "shrinkage", "chains", "chain_limit"),
    naturals={STEPS: "n"},
    names={
        L_TE: "loss target teacher",
        L_ST: "loss target student",
        detour: "y",
        CHAIN_LIMIT(STEPS, L_TE): "chain_limit n (loss target teacher)",
        CHAIN_LIMIT(STEPS - 1, L_TE): "chain_limit (n - 1) (loss target teacher)",
    },
    parts=(
        Part(
            "ours.bootstrapping.sharp_bootstrap_chain_limit",
            given=(
                "(V : InnerProductSpace) (target teacher student : V) (unit : norm2 target = 1) "
                "(fit : least_squares target teacher) (links : chain n teacher student)"
            ),
            refutations=(
                Refutation(
                    "a chain of n students obeys the limit of n - 1",
                    "ours.bootstrapping.not_sharp_bootstrap_chain_limit_of_one_student_less",
                    {"n": "2", "L_TE": "289/613", "L_ST": "392/3065"},
                ),
            ),
        ),
        Part(
            "ours.bootstrapping.sharp_bootstrap_small_loss_ratio",
            given="(y : R)",
            refutations=(
                Refutation(
                    "limit ((1 + 1/n)/2)^2 with n + 1 in place of n",
                    "ours.bootstrapping.not_sharp_bootstrap_small_loss_ratio_with_n_plus_1",
                    {"n": "1", "y": "0", "limit": "1"},
                ),
            ),
        ),
    ),
)

TIES = (CHAIN_LIMIT_TIE,)
