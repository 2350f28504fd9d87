(** Kullback-Leibler divergences as differences of cross-entropies (Xu et al. 2025), for any number of classes.

    Labels are positive; that they sum to 1 is not needed. The logarithm of a geometric mean is the mean logarithm, so
    that log-odds of the normalized one do not know by what it was normalized. *)

From Coq Require Import Reals Lra Lia.
From W2S.library Require Import finite_sums exponential logarithm.
Open Scope R_scope.

Definition positive_labels (p : nat -> R) (K : nat) := forall k, (1 <= k <= K)%nat -> 0 < p k.

(** The sum of p log (a / b) is that of p log a less that of p log b. *)
Lemma sum_of_log_ratios (p a b : nat -> R) K : positive_labels a K -> positive_labels b K ->
  sum_from_one (fun k => p k * logarithm (a k / b k)) K
  = sum_from_one (fun k => p k * logarithm (a k)) K - sum_from_one (fun k => p k * logarithm (b k)) K.
Proof.
  induction K as [|K step]; intros above below; simpl; [ring|].
  rewrite step, logarithm_of_quotient.
  - ring.
  - apply above. lia.
  - apply below. lia.
  - intros k range. apply above. lia.
  - intros k range. apply below. lia.
Qed.

(** The misfit is the reverse cross-entropy less the student's entropy. *)
Theorem misfit_less_entropy (s w : nat -> R) K : positive_labels s K -> positive_labels w K ->
  sum_from_one (fun k => s k * logarithm (s k / w k)) K
  = sum_from_one (fun k => s k * logarithm (s k)) K - sum_from_one (fun k => s k * logarithm (w k)) K.
Proof. apply sum_of_log_ratios. Qed.

(** The target's entropy cancels from the gap. *)
Theorem gap_of_cross_entropies (g s w : nat -> R) K :
  positive_labels g K -> positive_labels s K -> positive_labels w K ->
  sum_from_one (fun k => g k * logarithm (g k / w k)) K - sum_from_one (fun k => g k * logarithm (g k / s k)) K
  = sum_from_one (fun k => g k * logarithm (s k)) K - sum_from_one (fun k => g k * logarithm (w k)) K.
Proof. intros. rewrite !sum_of_log_ratios by assumption. ring. Qed.

(** Log-odds of the normalized geometric mean of J teachers, given to one class by [a] and to the other by [b]. *)
Theorem log_odds_of_geometric_mean (p a b : nat -> R) J Z : positive_labels a J -> positive_labels b J -> 0 < Z ->
  logarithm (exp (sum_from_one (fun j => p j * logarithm (a j)) J) / Z)
  - logarithm (exp (sum_from_one (fun j => p j * logarithm (b j)) J) / Z)
  = sum_from_one (fun j => p j * logarithm (a j / b j)) J.
Proof.
  intros first second normalizer.
  rewrite sum_of_log_ratios by assumption.
  rewrite !logarithm_of_quotient, !logarithm_of_exponential by (try apply exp_pos; assumption). ring.
Qed.

(** ** Wrong statements

    One class, one label 1 and the other 1/2. *)

Lemma logarithm_of_one : logarithm 1 = 0.
Proof. rewrite <- exp_0. apply logarithm_of_exponential. Qed.

Lemma logarithm_of_half : logarithm (1 / 2) < 0.
Proof. rewrite <- logarithm_of_one. apply logarithm_increases. lra. Qed.

Lemma constant_labels c K : 0 < c -> positive_labels (fun _ => c) K.
Proof. intros positive k range. exact positive. Qed.

Theorem entropy_is_subtracted : ~ forall (s w : nat -> R) K, positive_labels s K -> positive_labels w K ->
  sum_from_one (fun k => s k * logarithm (s k / w k)) K
  = - sum_from_one (fun k => s k * logarithm (s k)) K - sum_from_one (fun k => s k * logarithm (w k)) K.
Proof.
  intros claimed.
  pose proof (claimed (fun _ => 1 / 2) (fun _ => 1) 1%nat
                ltac:(apply constant_labels; lra) ltac:(apply constant_labels; lra)) as wrong.
  simpl in wrong. rewrite logarithm_of_quotient, logarithm_of_one in wrong by lra.
  pose proof logarithm_of_half. lra.
Qed.

Theorem cross_entropy_is_reversed : ~ forall (s w : nat -> R) K, positive_labels s K -> positive_labels w K ->
  sum_from_one (fun k => s k * logarithm (s k / w k)) K
  = sum_from_one (fun k => s k * logarithm (s k)) K - sum_from_one (fun k => w k * logarithm (s k)) K.
Proof.
  intros claimed.
  pose proof (claimed (fun _ => 1 / 2) (fun _ => 1) 1%nat
                ltac:(apply constant_labels; lra) ltac:(apply constant_labels; lra)) as wrong.
  simpl in wrong. rewrite logarithm_of_quotient, logarithm_of_one in wrong by lra.
  pose proof logarithm_of_half. lra.
Qed.

Theorem gap_has_the_teacher : ~ forall (g s w : nat -> R) K,
  positive_labels g K -> positive_labels s K -> positive_labels w K ->
  sum_from_one (fun k => g k * logarithm (g k / w k)) K - sum_from_one (fun k => g k * logarithm (g k / s k)) K
  = sum_from_one (fun k => g k * logarithm (s k)) K.
Proof.
  intros claimed.
  pose proof (claimed (fun _ => 1) (fun _ => 1) (fun _ => 1 / 2) 1%nat
                ltac:(apply constant_labels; lra) ltac:(apply constant_labels; lra) ltac:(apply constant_labels; lra))
    as wrong.
  pose proof logarithm_of_half as half.
  simpl in wrong. rewrite !logarithm_of_quotient in * by lra. lra.
Qed.

(** Two teachers of weight 1/2, of whom one gives the first class 1/4; all other labels 1. *)
Theorem mean_is_geometric : ~ forall (p a b : nat -> R) J,
  positive_labels a J -> positive_labels b J -> sum_from_one p J = 1 ->
  logarithm (sum_from_one (fun j => p j * a j) J) - logarithm (sum_from_one (fun j => p j * b j) J)
  = sum_from_one (fun j => p j * logarithm (a j / b j)) J.
Proof.
  intros claimed.
  set (first := fun j => if Nat.eqb j 1 then 1 / 4 else 1).
  assert (labels : positive_labels first 2) by (intros j range; unfold first; destruct (Nat.eqb j 1); lra).
  pose proof (claimed (fun _ => 1 / 2) first (fun _ => 1) 2%nat labels) as wrong.
  specialize (wrong ltac:(apply constant_labels; lra) ltac:(simpl; lra)).
  unfold first in wrong. simpl in wrong.
  replace (0 + 1 / 2 * (1 / 4) + 1 / 2 * 1) with (5 / 8) in wrong by lra.
  replace (0 + 1 / 2 * 1 + 1 / 2 * 1) with 1 in wrong by lra.
  replace (1 / 4 / 1) with (1 / 2 / (1 / (1 / 2))) in wrong by lra.
  pose proof (logarithm_increases (1 / 2) (5 / 8) ltac:(lra)) as order.
  rewrite !logarithm_of_quotient, logarithm_of_one in * by lra. lra.
Qed.
