"""Ties of the bound on the gap to `squared_loss.v`, and of the divergences of cross-entropy to `entropies.v`."""

from __future__ import annotations

from proofs_checks.claims.bias_variance.decompositions_rocq import EXAMPLE, FINITE, INPUTS, NORMS, THEORIES
from proofs_checks.rocq.ties import Part, Refutation, Tie
from w2s_theory.claims.bias_variance.gap_and_misfit import (
    GAP_BOUND,
    KL_ENTROPY,
    LABEL,
    LABELS,
    NORMALIZER,
    OTHER_LABEL,
    STUDENT_CLASS,
    TARGET_CLASS,
    TEACHER_CLASS,
    TEACHERS,
    WEIGHT,
)

STUDENT_AND_TEACHER = (
    "(K : nat) (s w : nat -> R) (student : positive_labels s K) (teacher : positive_labels w K)"
)
ALL_THREE = f"(g : nat -> R) {STUDENT_AND_TEACHER} (target : positive_labels g K)"
SEVERAL_TEACHERS = (
    "(J k l : nat) (p : nat -> R) (w : nat -> nat -> R) (Z : R) (weights : sum_from_one p J = 1) (normalizer : 0 < Z) "
    "(first : positive_labels (fun j => w j k) J) (second : positive_labels (fun j => w j l) J)"
)
MATCHED = "cbv beta in fact; match_sums fact; lra."

KL_ENTROPY_TIE = Tie(
    KL_ENTROPY,
    theories=("finite_sums", "logarithm", "entropies"),
    context="",
    names={
        TARGET_CLASS: "g",
        STUDENT_CLASS: "s",
        TEACHER_CLASS: "w",
        WEIGHT: "p",
        NORMALIZER: "Z",
    },
    naturals={LABELS: "K", TEACHERS: "J", LABEL: "k", OTHER_LABEL: "l"},
    parts=(
        Part(
            "entropies.misfit_less_entropy",
            f"pose proof (misfit_less_entropy s w K student teacher) as fact; {MATCHED}",
            STUDENT_AND_TEACHER,
            (
                Refutation(
                    "the entropy added, not subtracted",
                    "entropies.entropy_is_subtracted",
                    "apply entropy_is_subtracted; intros s w K student teacher; "
                    f"pose proof (claimed K s w student teacher) as fact; {MATCHED}",
                    {"K": "1", "s": "1/2", "w": "1"},
                ),
                Refutation(
                    "the cross-entropy in place of the reverse cross-entropy",
                    "entropies.cross_entropy_is_reversed",
                    "apply cross_entropy_is_reversed; intros s w K student teacher; "
                    f"pose proof (claimed K s w student teacher) as fact; {MATCHED}",
                    {"K": "1", "s": "1/2", "w": "1"},
                ),
            ),
        ),
        Part(
            "entropies.gap_of_cross_entropies",
            f"pose proof (gap_of_cross_entropies g s w K target student teacher) as fact; {MATCHED}",
            ALL_THREE,
            (
                Refutation(
                    "the gap with the teacher's term dropped",
                    "entropies.gap_has_the_teacher",
                    "apply gap_has_the_teacher; intros g s w K target student teacher; "
                    f"pose proof (claimed g K s w student teacher target) as fact; {MATCHED}",
                    {"K": "1", "g": "1", "s": "1", "w": "1/2"},
                ),
            ),
        ),
        Part(
            "entropies.log_odds_of_geometric_mean",
            "pose proof (log_odds_of_geometric_mean p (fun j => w j k) (fun j => w j l) J Z first second normalizer) "
            f"as fact; {MATCHED}",
            SEVERAL_TEACHERS,
            (
                Refutation(
                    "the arithmetic mean in place of the geometric mean",
                    "entropies.mean_is_geometric",
                    "apply mean_is_geometric; intros p a b J first second weights; "
                    "pose proof (claimed J 1%nat 2%nat p (fun j k => if Nat.eqb k 1 then a j else b j) 1 weights Rlt_0_1 "
                    f"first second) as fact; simpl in fact; {MATCHED}",
                    {"J": "2", "p": "1/2, 1/2", "w[., k]": "1/4, 1", "w[., l]": "1, 1"},
                ),
            ),
        ),
    ),
)

GAP_BOUND_TIE = Tie(
    GAP_BOUND,
    THEORIES,
    context=f"(V : InnerProductSpace) {INPUTS} (weights : nonnegative inputs)",
    names=NORMS,
    covers=FINITE,
    parts=(
        Part(
            "squared_loss.squared_gap_bound",
            "apply Rle_ge; eapply Rle_trans; [| eapply Rle_trans; [exact (squared_gap_bound inputs laws weights) |]]; "
            "apply Req_le; ring.",
            refutations=tuple(
                Refutation(
                    name,
                    "squared_loss.squared_gap_bound_is_tight",
                    """
  pose proof (claimed plane example example_laws example_weights) as wrong. compute_example wrong. lra.""",
                    {name: value for name, value in EXAMPLE.items() if name != "phi(x)"},
                )
                for name in (
                    "without the factor 2",
                    "19/10 in place of the factor 2",
                    "the gap equals the misfit",
                )
            ),
        ),
    ),
)

TIES = (GAP_BOUND_TIE, KL_ENTROPY_TIE)
