(** Chains of n students as the teacher's loss tends to 0 (sharp.bootstrap).

    A chain that stops y Theta^2 short of the target's direction has a loss whose ratio to L_TE^2 = sin Theta^4 tends to
    ((1 + 1/n) / 2)^2 + y^2. Proved for every n >= 1 and every y: away from 0 the ratio is a function that is continuous
    at 0. Hence no constant above 1/4 bounds the chains of all lengths (rf.cor2). *)

From Coq Require Import Reals Lra Lia.
From W2S.library Require Import inner_product right_limit shrinkage limits chains turns chain_limit detours.
Open Scope R_scope.

(** ** Continuous functions at a point *)

Section Continuity.
  Variables (f g : R -> R) (x : R).
  Hypothesis f_continuous : continuity_pt f x.
  Hypothesis g_continuous : continuity_pt g x.

  Lemma continuous_plus : continuity_pt (fun t => f t + g t) x.
  Proof. now apply continuity_pt_plus. Qed.

  Lemma continuous_minus : continuity_pt (fun t => f t - g t) x.
  Proof. now apply continuity_pt_minus. Qed.

  Lemma continuous_mult : continuity_pt (fun t => f t * g t) x.
  Proof. now apply continuity_pt_mult. Qed.

  Lemma continuous_div : g x <> 0 -> continuity_pt (fun t => f t / g t) x.
  Proof. now apply continuity_pt_div. Qed.

  Lemma continuous_cos : continuity_pt (fun t => cos (f t)) x.
  Proof. apply (continuity_pt_comp f cos); [assumption|apply continuity_cos]. Qed.
End Continuity.

Lemma continuous_const a x : continuity_pt (fun _ => a) x.
Proof. now apply continuity_pt_const. Qed.

Lemma continuous_id x : continuity_pt (fun t => t) x.
Proof. apply derivable_continuous_pt, derivable_pt_id. Qed.

Lemma continuous_pow f n x : continuity_pt f x -> continuity_pt (fun t => f t ^ n) x.
Proof.
  intros f_continuous. induction n as [|n continuous]; simpl; [apply continuous_const|now apply continuous_mult].
Qed.

(** A function that equals a continuous one to the right of a tends to the value of that at a. *)
Lemma right_limit_of_continuous f g a b :
  a < b -> continuity_pt g a -> (forall x, a < x < b -> f x = g x) -> right_limit f a (g a).
Proof.
  intros room continuous equal epsilon positive.
  destruct (continuous epsilon positive) as [delta [delta_positive near]].
  exists (Rmin (b - a) delta). split; [apply Rmin_glb_lt; lra|]. intros x [above below].
  pose proof (Rmin_l (b - a) delta). pose proof (Rmin_r (b - a) delta). rewrite equal by lra.
  apply (near x). split; [split; [exact I|lra]|]. simpl. unfold R_dist. rewrite Rabs_pos_eq; lra.
Qed.

(** ** 1 - cos x = x^2 versine x, also at 0 *)

Definition versine (x : R) : R := if Req_EM_T x 0 then 1 / 2 else (1 - cos x) / x ^ 2.

Lemma versine_of_zero : versine 0 = 1 / 2.
Proof. unfold versine. now destruct (Req_EM_T 0 0). Qed.

Lemma one_minus_cos x : 1 - cos x = x ^ 2 * versine x.
Proof. unfold versine. destruct (Req_EM_T x 0) as [->|nonzero]; [rewrite cos_0; ring|now field]. Qed.

(** By the series of cos, versine x is between 1/2 - x^2 / 24 and 1/2. *)
Lemma versine_near_zero x : Rabs x <= 2 -> Rabs (versine x - 1 / 2) <= x ^ 2 / 24.
Proof.
  intros range. destruct (Req_dec x 0) as [->|nonzero].
  { rewrite versine_of_zero, Rminus_eq_0, Rabs_R0. lra. }
  assert (even : cos (Rabs x) = cos x) by (unfold Rabs; destruct (Rcase_abs x); [apply cos_neg|reflexivity]).
  pose proof (cos_bounds (Rabs x) (conj (Rabs_pos x) range)) as bounds.
  replace (Rabs x ^ 4) with ((Rabs x ^ 2) ^ 2) in bounds by ring. rewrite even, pow2_abs in bounds.
  pose proof (one_minus_cos x) as is. assert (positive : 0 < x ^ 2) by (rewrite <- Rsqr_pow2; now apply Rlt_0_sqr).
  assert (at_most : versine x <= 1 / 2) by (apply Rmult_le_reg_l with (x ^ 2); lra).
  assert (at_least : 1 / 2 - x ^ 2 / 24 <= versine x) by (apply Rmult_le_reg_l with (x ^ 2); lra).
  rewrite Rabs_left1; lra.
Qed.

Lemma continuous_versine f x : continuity_pt f x -> f x = 0 -> continuity_pt (fun t => versine (f t)) x.
Proof.
  intros continuous root. apply (continuity_pt_comp f versine); [assumption|]. rewrite root.
  intros epsilon positive. exists (Rmin 1 epsilon). split; [now apply Rmin_glb_lt; [lra|]|].
  intros t [_ near]. simpl in *. unfold R_dist in *. rewrite Rminus_0_r in near. rewrite versine_of_zero.
  pose proof (Rmin_l 1 epsilon). pose proof (Rmin_r 1 epsilon). pose proof (Rabs_pos t) as nonneg.
  apply Rle_lt_trans with (t ^ 2 / 24); [apply versine_near_zero; lra|]. rewrite <- pow2_abs.
  pose proof (Rmult_le_compat_l (Rabs t) (Rabs t) 1 nonneg ltac:(lra)). simpl. lra.
Qed.

(** ** 1 - x^n = (1 - x) (1 + x + ... + x^(n-1)) *)

Fixpoint geometric (n : nat) (x : R) : R :=
  match n with
  | 0 => 0
  | S n => 1 + x * geometric n x
  end.

Lemma one_minus_power n x : 1 - x ^ n = (1 - x) * geometric n x.
Proof.
  induction n as [|n hypothesis]; simpl; [ring|].
  replace (1 - x * x ^ n) with (1 - x + x * (1 - x ^ n)) by ring. rewrite hypothesis. ring.
Qed.

Lemma geometric_of_one n : geometric n 1 = INR n.
Proof. induction n as [|n hypothesis]; [reflexivity|]. rewrite S_INR. simpl. rewrite hypothesis. ring. Qed.

Lemma continuous_geometric f n x : continuity_pt f x -> continuity_pt (fun t => geometric n (f t)) x.
Proof.
  intros continuous. induction n as [|n hypothesis]; simpl; [apply continuous_const|].
  apply continuous_plus; [apply continuous_const|now apply continuous_mult].
Qed.

Ltac continuity :=
  repeat match goal with
         | |- continuity_pt (fun _ => _) _ => apply continuous_const
         | |- continuity_pt (fun t => t) _ => apply continuous_id
         | |- continuity_pt (fun t => @?f t + @?g t) _ => apply (continuous_plus f g)
         | |- continuity_pt (fun t => @?f t - @?g t) _ => apply (continuous_minus f g)
         | |- continuity_pt (fun t => @?f t * @?g t) _ => apply (continuous_mult f g)
         | |- continuity_pt (fun t => @?f t / @?g t) _ => apply (continuous_div f g)
         | |- continuity_pt (fun t => @?f t ^ ?n) _ => apply (continuous_pow f n)
         | |- continuity_pt (fun t => cos (@?f t)) _ => apply (continuous_cos f)
         | |- continuity_pt (fun t => geometric ?n (@?f t)) _ => apply (continuous_geometric f n)
         | |- continuity_pt (fun t => versine (@?f t)) _ => apply (continuous_versine f)
         end.

(** ** The limit *)

Section SmallLosses.
  Variables (n : nat) (y : R).
  Hypothesis some : (1 <= n)%nat.

  Let count : 0 < INR n.
  Proof. apply lt_0_INR. lia. Qed.

  (** What the chain keeps of the target's length, and its loss over L_TE^2. *)
  Definition kept (Theta : R) : R := cos Theta * cos ((Theta - y * Theta ^ 2) / INR n) ^ n.
  Definition loss_ratio (Theta : R) : R :=
    (1 + kept Theta ^ 2 - 2 * kept Theta * cos (y * Theta ^ 2)) / sin Theta ^ 4.

  (** [lost] is (1 - kept) / Theta^2, and [ratio] the loss ratio after division by Theta^4. *)
  Definition lost (Theta : R) : R :=
    versine Theta
    + cos Theta * (((1 - y * Theta) / INR n) ^ 2 * versine ((Theta - y * Theta ^ 2) / INR n)
                   * geometric n (cos ((Theta - y * Theta ^ 2) / INR n))).
  Definition ratio (Theta : R) : R :=
    (lost Theta ^ 2 + 2 * kept Theta * (y ^ 2 * versine (y * Theta ^ 2)))
    / (versine Theta * (1 + cos Theta)) ^ 2.

  Lemma one_minus_kept Theta : 1 - kept Theta = Theta ^ 2 * lost Theta.
  Proof.
    unfold kept, lost. set (turn := (Theta - y * Theta ^ 2) / INR n).
    replace (1 - cos Theta * cos turn ^ n) with (1 - cos Theta + cos Theta * (1 - cos turn ^ n)) by ring.
    rewrite one_minus_power, !one_minus_cos.
    replace (turn ^ 2) with (Theta ^ 2 * ((1 - y * Theta) / INR n) ^ 2) by (unfold turn; field; lra). ring.
  Qed.

  Lemma ratio_is_loss_ratio Theta : 0 < Theta < PI / 2 -> loss_ratio Theta = ratio Theta.
  Proof.
    intros range. unfold loss_ratio, ratio.
    assert (sine : 0 < sin Theta) by (apply sin_gt_0; lra).
    assert (sine_squared : sin Theta ^ 2 = Theta ^ 2 * (versine Theta * (1 + cos Theta))).
    { rewrite <- Rmult_assoc, <- one_minus_cos, <- Rsqr_pow2, sin2. unfold Rsqr. ring. }
    assert (nonzero : versine Theta * (1 + cos Theta) <> 0).
    { intros zero. rewrite zero, Rmult_0_r in sine_squared. pose proof (pow_lt _ 2 sine). lra. }
    replace (1 + kept Theta ^ 2 - 2 * kept Theta * cos (y * Theta ^ 2))
      with ((1 - kept Theta) ^ 2 + 2 * kept Theta * (1 - cos (y * Theta ^ 2))) by ring.
    replace (sin Theta ^ 4) with ((sin Theta ^ 2) ^ 2) by ring.
    rewrite sine_squared, one_minus_kept, one_minus_cos. field.
    apply Rmult_neq_0_reg in nonzero. repeat split; lra.
  Qed.

  Lemma ratio_at_zero : ratio 0 = ((1 + / INR n) / 2) ^ 2 + y ^ 2.
  Proof.
    unfold ratio, lost, kept.
    replace ((0 - y * 0 ^ 2) / INR n) with 0 by (field; lra). replace (y * 0 ^ 2) with 0 by ring.
    rewrite versine_of_zero, cos_0, geometric_of_one, pow1. field. lra.
  Qed.

  Lemma ratio_continuous : continuity_pt ratio 0.
  Proof.
    unfold ratio, lost, kept. continuity; try lra; try (field; lra).
    rewrite versine_of_zero, cos_0. lra.
  Qed.

  Theorem small_loss_ratio : right_limit loss_ratio 0 (((1 + / INR n) / 2) ^ 2 + y ^ 2).
  Proof.
    rewrite <- ratio_at_zero. apply right_limit_of_continuous with (PI / 2).
    - apply right_angle.
    - apply ratio_continuous.
    - apply ratio_is_loss_ratio.
  Qed.
End SmallLosses.

(** A detour that ends in the target's direction is no longer than the target. *)
Lemma full_detour n Theta : 0 <= Theta <= PI / 2 -> detour_length (S n) Theta Theta = kept (S n) 0 Theta.
Proof.
  intros range. unfold detour_length, kept. rewrite Rminus_eq_0, cos_0.
  replace (Theta - 0 * Theta ^ 2) with Theta by ring. apply Rmin_left.
  assert (count : 1 <= INR (S n)) by (rewrite S_INR; pose proof (pos_INR n); lra).
  assert (inverse : 0 < / INR (S n) <= 1).
  { split; [apply Rinv_0_lt_compat; lra|]. rewrite <- Rinv_1. apply Rinv_le_contravar; lra. }
  assert (turn : 0 <= Theta / INR (S n) <= PI / 2).
  { split; [apply Rmult_le_pos; lra|]. apply Rle_trans with (Theta * 1); [apply Rmult_le_compat_l|]; lra. }
  assert (cosine : 0 <= cos (Theta / INR (S n)) <= 1) by (split; [apply cos_ge_0|apply COS_bound]; lra).
  pose proof (pow_incr _ 1 (S n) cosine) as power. rewrite pow1 in power.
  assert (0 <= cos Theta <= 1) by (split; [apply cos_ge_0|apply COS_bound]; lra).
  apply Rle_trans with (1 * 1); [|lra]. apply Rmult_le_compat; try lra. now apply pow_le.
Qed.

(** The constant 1/4 is the best for chains of all lengths: long enough ones come below any larger one. *)
Theorem best_chain_constant c :
  (forall (V : InnerProductSpace) n (target teacher student : V),
     norm2 target = 1 -> least_squares target teacher -> chain n teacher student ->
     c * loss target teacher ^ 2 <= loss target student)
  <-> c <= 1 / 4.
Proof.
  split.
  - intros bound. apply Rnot_lt_le. intros large.
    destruct (archimed_cor1 (Rmin 1 (c - 1 / 4))) as [n [short some]]; [apply Rmin_glb_lt; lra|].
    pose proof (Rmin_l 1 (c - 1 / 4)). pose proof (Rmin_r 1 (c - 1 / 4)).
    assert (h_positive : 0 < / INR n) by (apply Rinv_0_lt_compat, lt_0_INR; lia). set (h := / INR n) in *.
    assert (below : ((1 + h) / 2) ^ 2 + 0 ^ 2 < c).
    { pose proof (Rmult_le_compat_l h h 1 ltac:(lra) ltac:(lra)). lra. }
    destruct (small_loss_ratio n 0 some (c - (((1 + h) / 2) ^ 2 + 0 ^ 2)) ltac:(lra)) as [delta [positive near]].
    set (Theta := Rmin (PI / 2) delta / 2). pose proof right_angle.
    assert (range : 0 < Theta < delta /\ Theta < PI / 2).
    { pose proof (Rmin_l (PI / 2) delta). pose proof (Rmin_r (PI / 2) delta).
      assert (0 < Rmin (PI / 2) delta) by (apply Rmin_glb_lt; lra). unfold Theta. lra. }
    assert (Theta_range : 0 <= Theta <= PI / 2) by lra.
    destruct n as [|n]; [lia|].
    destruct (detour_attained n Theta Theta Theta_range ltac:(lra)) as [student [links student_is]].
    specialize (bound plane _ _ _ _ axis_unit (detour_fit Theta) links).
    specialize (near Theta ltac:(lra)). fold h in near. apply Rabs_def2 in near. unfold loss_ratio in near.
    assert (sine : 0 < sin Theta) by (apply sin_gt_0; lra).
    assert (squared : sin Theta ^ 2 = 1 - cos Theta ^ 2) by (rewrite <- !Rsqr_pow2; apply sin2).
    rewrite detour_teacher_loss, student_is, <- squared in bound.
    pose proof (full_detour n Theta Theta_range) as length.
    unfold detour_loss in bound. rewrite length, Rminus_eq_0, cos_0 in bound.
    rewrite Rmult_0_l, cos_0 in near.
    set (loss_of_chain := 1 + kept (S n) 0 Theta ^ 2 - 2 * kept (S n) 0 Theta * 1) in *.
    assert (loss_of_chain / sin Theta ^ 4 * sin Theta ^ 4 < c * sin Theta ^ 4).
    { apply Rmult_lt_compat_r; [now apply pow_lt|lra]. }
    replace (loss_of_chain / sin Theta ^ 4 * sin Theta ^ 4) with loss_of_chain in * by (field; lra). lra.
  - intros small V n target teacher student unit fit links.
    apply Rle_trans with (1 / 4 * loss target teacher ^ 2).
    + apply Rmult_le_compat_r; [apply pow2_ge_0|assumption].
    + now apply bootstrapping_limitation with n.
Qed.

(** The limit for n students is not that for n + 1: one student, without a detour, has ratio 1 and not (3/4)^2. *)
Theorem small_loss_ratio_needs_n :
  ~ right_limit (loss_ratio 1 0) 0 (((1 + / (INR 1 + 1)) / 2) ^ 2 + 0 ^ 2).
Proof.
  intros wrong. pose proof (right_limit_unique _ _ _ _ wrong (small_loss_ratio 1 0 (le_n 1))) as equal.
  simpl in equal. rewrite Rinv_1 in equal. lra.
Qed.
