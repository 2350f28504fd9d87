"""Tie of the exact limit of chains to `chain_limit.v`, `detours.v` and `small_losses.v` in `theories/`."""

from __future__ import annotations

from proofs_checks.rocq.ties import Part, Refutation, Tie
from w2s_theory.claims.ours.bootstrapping import BOOTSTRAPPING, CHAIN_LIMIT, detour
from w2s_theory.notation.symbols import L_ST, L_TE, STEPS

SOME = "(n : nat) (some : (1 <= n)%nat)"
PRINTED_RATIO = (
    "intros Theta _; unfold loss_ratio, kept; rewrite ?(Nat.mul_comm 2), ?pow_mult; f_equal; ring."
)

CHAIN_LIMIT_TIE = Tie(
    BOOTSTRAPPING,
    theories=(
        "inner_product",
        "right_limit",
        "shrinkage",
        "chains",
        "chain_limit",
        "detours",
        "small_losses",
    ),
    context=SOME,
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
            theorem="chain_limit.chain_limit_is_lower_bound",
            given=(
                "(V : InnerProductSpace) (target teacher student : V) (unit : norm2 target = 1) "
                "(fit : least_squares target teacher) (links : chain n teacher student)"
            ),
            proof="apply Rle_ge, chain_limit_is_lower_bound; assumption.",
            refutations=(
                Refutation(
                    "a chain of n students obeys the limit of n - 1",
                    theorem="detours.one_student_is_not_enough",
                    proof=(
                        "pose proof (claimed 2%nat (le_S _ _ (le_n 1)) plane pair_target pair_teacher "
                        "pair_student pair_unit pair_fit pair_chain) as fact; "
                        "exact (Rlt_not_le _ _ one_student_is_not_enough (Rge_le _ _ fact))."
                    ),
                    values={"n": "2", "L_TE": "289/613", "L_ST": "392/3065"},
                ),
            ),
        ),
        Part(
            theorem="small_losses.small_loss_ratio",
            given="(y : R)",
            proof=(
                "assert (count : 0 < INR n) by (apply lt_0_INR, some); "
                f"apply (restate_limit _ _ _ _ _ (small_loss_ratio n y some)); [field; lra|]; {PRINTED_RATIO}"
            ),
            refutations=(
                Refutation(
                    "limit ((1 + 1/n)/2)^2 with n + 1 in place of n",
                    theorem="small_losses.small_loss_ratio_needs_n",
                    proof=(
                        "apply small_loss_ratio_needs_n; "
                        "apply (restate_limit _ _ _ _ _ (claimed 1%nat (le_n 1) 0)); [simpl; field|]; "
                        f"{PRINTED_RATIO}"
                    ),
                    values={"n": "1", "y": "0", "limit": "1"},
                ),
            ),
        ),
    ),
)

TIES = (CHAIN_LIMIT_TIE,)
