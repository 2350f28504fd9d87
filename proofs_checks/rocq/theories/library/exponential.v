(** The exponential function lies above its tangent at 0.

    Proved from the power series: the standard library's own proof rests on the mean value theorem and with it on one
    more axiom, excluded middle. *)

From Coq Require Import Reals Lra Lia.
Open Scope R_scope.

Definition partial_sum x n := sum_f_R0 (fun k => / INR (fact k) * x ^ k) n.

Lemma partial_sums_tend x : Un_cv (partial_sum x) (exp x).
Proof. unfold exp. destruct (exist_exp x) as [limit sums]. exact sums. Qed.

Lemma one_more x n : partial_sum x (S n) = partial_sum x n + / INR (fact (S n)) * x ^ S n.
Proof. reflexivity. Qed.

Lemma coefficient_range n : 0 < / INR (fact n) <= 1.
Proof.
  split; [apply Rinv_0_lt_compat, INR_fact_lt_0|].
  rewrite <- Rinv_1. apply Rinv_le_contravar; [lra|]. apply (le_INR 1). apply lt_O_fact.
Qed.

Lemma above_tangent_right x : x >= 0 -> exp x >= 1 + x.
Proof.
  intros nonneg. apply Rle_ge, Rnot_lt_le. intros below.
  destruct (partial_sums_tend x (1 + x - exp x)) as [N near]; [lra|].
  assert (sums : forall n, 1 + x <= partial_sum x (S n)).
  { induction n as [|n step]; [unfold partial_sum; simpl; lra|].
    rewrite one_more. pose proof (coefficient_range (S (S n))). pose proof (pow_le x (S (S n)) ltac:(lra)).
    assert (0 <= / INR (fact (S (S n))) * x ^ S (S n)) by (apply Rmult_le_pos; lra). lra. }
  specialize (near (S N) ltac:(lia)). specialize (sums N).
  unfold R_dist in near. apply Rabs_def2 in near. lra.
Qed.

Lemma below_geometric y : 0 <= y < 1 -> (1 - y) * exp y <= 1.
Proof.
  intros range. apply Rnot_lt_le. intros above.
  assert (sums : forall n, (1 - y) * partial_sum y n <= 1 - y ^ S n).
  { induction n as [|n step]; [unfold partial_sum; simpl; lra|].
    rewrite one_more. pose proof (coefficient_range (S n)). pose proof (pow_le y (S n) ltac:(lra)).
    assert (/ INR (fact (S n)) * y ^ S n <= 1 * y ^ S n) by (apply Rmult_le_compat_r; lra).
    assert ((1 - y) * (/ INR (fact (S n)) * y ^ S n) <= (1 - y) * y ^ S n) by (apply Rmult_le_compat_l; lra).
    replace (y ^ S (S n)) with (y * y ^ S n) by reflexivity. lra. }
  assert (scale : 0 < exp y - / (1 - y)).
  { apply Rmult_lt_reg_l with (1 - y); [lra|]. rewrite Rmult_0_r, Rmult_minus_distr_l, Rinv_r; lra. }
  destruct (partial_sums_tend y (exp y - / (1 - y))) as [N near]; [lra|].
  specialize (near N ltac:(lia)). specialize (sums N). pose proof (pow_le y (S N) (proj1 range)).
  unfold R_dist in near. apply Rabs_def2 in near.
  assert (partial_sum y N <= / (1 - y)).
  { apply Rmult_le_reg_l with (1 - y); [lra|]. rewrite Rinv_r; lra. }
  lra.
Qed.

Theorem exponential_above_tangent x : exp x >= 1 + x.
Proof.
  destruct (Rle_lt_dec 0 x) as [right|left]; [apply above_tangent_right; lra|].
  destruct (Rle_lt_dec x (-1)) as [far|near]; [pose proof (exp_pos x); lra|].
  pose proof (below_geometric (- x) ltac:(lra)) as geometric.
  assert (inverse : exp x * exp (- x) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0).
  pose proof (exp_pos x). apply Rle_ge.
  replace (1 + x) with ((1 + x) * exp (- x) * exp x) by (rewrite Rmult_assoc, (Rmult_comm (exp _)), inverse; ring).
  replace (exp x) with (1 * exp x) at 2 by ring.
  apply Rmult_le_compat_r; lra.
Qed.
