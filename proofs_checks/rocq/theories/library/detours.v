(** The limit of chains of n students is exact (sharp.bootstrap).

    Each detour of chain_limit.v is walked by a chain in the plane: n students that turn by phi / n each, the last one
    shrunk to the detour's length. So the limit is the infimum of what chains of n students can reach, for every n >= 1
    and every loss of the teacher in [0, 1]; for n = 1 it is the curve of Theorem 4.1. A chain of two that beats every
    single student shows that n cannot be replaced by n - 1. *)

From Coq Require Import Reals Lra Lia.
From W2S.library Require Import inner_product shrinkage limits best_constants chains turns angles chain_limit.
Open Scope R_scope.

(** The vector of length r at angle a to the target (1, 0). *)
Definition polar (r a : R) : plane := point (r * cos a) (r * sin a).
Definition axis : plane := point 1 0.

Lemma inner_polar r s a b : inner (polar r a) (polar s b) = r * s * cos (a - b).
Proof. unfold polar. rewrite inner_points, cos_minus. ring. Qed.

Lemma norm2_polar r a : norm2 (polar r a) = r ^ 2.
Proof. unfold norm2. rewrite inner_polar. unfold Rminus. rewrite Rplus_opp_r, cos_0. ring. Qed.

Lemma axis_polar : axis = polar 1 0.
Proof. unfold axis, polar. rewrite cos_0, sin_0. f_equal; ring. Qed.

Lemma scaled_polar s r a : (s * polar r a)%V = polar (s * r) a.
Proof. unfold polar, point. simpl. f_equal; ring. Qed.

Lemma loss_polar r a : loss axis (polar r a) = 1 + r ^ 2 - 2 * r * cos a.
Proof.
  unfold loss. rewrite axis_polar, norm2_minus, !norm2_polar, inner_polar, Rminus_0_r. ring.
Qed.

Lemma axis_unit : norm2 axis = 1.
Proof. rewrite axis_polar, norm2_polar. ring. Qed.

Section Detour.
  Variables (n : nat) (Theta phi : R).
  Hypothesis Theta_range : 0 <= Theta <= PI / 2.
  Hypothesis phi_range : 0 <= phi <= Theta.

  Let turn : R := phi / INR (S n).
  Let teacher : plane := polar (cos Theta) Theta.

  Lemma detour_fit : least_squares axis teacher.
  Proof.
    unfold least_squares, teacher. rewrite axis_polar, inner_polar, norm2_polar, Rminus_0_l, cos_neg. ring.
  Qed.

  Lemma detour_teacher_loss : loss axis teacher = 1 - cos Theta ^ 2.
  Proof. unfold teacher. rewrite loss_polar. ring. Qed.

  (** k students that keep cos turn of their length with every turn. *)
  Lemma spiral k : chain k teacher (polar (cos Theta * cos turn ^ k) (Theta - INR k * turn)).
  Proof.
    induction k as [|k earlier].
    - replace (polar _ _) with teacher by (unfold teacher; f_equal; simpl; ring). apply no_student.
    - apply one_more_student with (1 := earlier). apply shrinkage_by_overlap, Req_le.
      rewrite norm2_polar, inner_polar, S_INR.
      replace (Theta - (INR k + 1) * turn - (Theta - INR k * turn)) with (- turn) by ring.
      rewrite cos_neg. simpl. ring.
  Qed.

  Lemma shrunk_to x y : 0 <= x -> 0 <= y -> exists s, 0 <= s <= 1 /\ s * x = Rmin x y.
  Proof.
    intros x_nonneg y_nonneg. unfold Rmin. destruct (Rle_dec x y) as [whole|longer].
    - exists 1. lra.
    - exists (y / x). assert (positive : 0 < x) by lra. split; [|field; lra].
      split; apply Rmult_le_reg_r with x; try assumption; unfold Rdiv; rewrite ?Rmult_assoc, Rinv_l; lra.
  Qed.

  Theorem detour_attained :
    exists student, chain (S n) teacher student /\ loss axis student = detour_loss (S n) Theta phi.
  Proof.
    pose proof right_angle. assert (count : 0 < INR (S n)) by (apply lt_0_INR; lia).
    assert (whole_turn : INR (S n) * turn = phi) by (unfold turn; field; lra).
    assert (turn_range : 0 <= turn <= PI / 2).
    { rewrite S_INR in whole_turn, count. pose proof (pos_INR n).
      split; apply Rmult_le_reg_l with (INR n + 1); try lra. rewrite whole_turn.
      apply Rle_trans with (1 * (PI / 2)); [lra|]. apply Rmult_le_compat_r; lra. }
    destruct (shrunk_to (cos Theta * cos turn ^ S n) (cos (Theta - phi))) as [s [s_range shrunk]].
    { apply Rmult_le_pos; [|apply pow_le]; apply cos_ge_0; lra. }
    { apply cos_ge_0; lra. }
    exists (s * polar (cos Theta * cos turn ^ S n) (Theta - INR (S n) * turn))%V. split.
    - apply shrunk_chain; [assumption|apply spiral].
    - rewrite scaled_polar, shrunk, whole_turn. apply loss_polar.
  Qed.
End Detour.

(** Whatever bounds all chains of n + 1 students in the plane is at most the limit. *)
Theorem chain_limit_is_sharp n L b :
  0 <= L <= 1 ->
  (forall teacher student : plane,
     least_squares axis teacher -> loss axis teacher = L -> chain (S n) teacher student -> b <= loss axis student) ->
  b <= chain_limit (S n) L.
Proof.
  intros range bound.
  assert (root : 0 <= sqrt (1 - L) <= 1).
  { split; [apply sqrt_pos|]. rewrite <- sqrt_1 at 2. apply sqrt_le_1_alt. lra. }
  destruct (cosine_exists (sqrt (1 - L)) ltac:(lra)) as [Theta [Theta_range cosine]].
  assert (acute : 0 <= Theta <= PI / 2).
  { split; [lra|]. apply Rnot_lt_le. intros obtuse. pose proof PI_RGT_0.
    pose proof (cos_lt_0 Theta obtuse). lra. }
  assert (some : detour_losses (S n) L (detour_loss (S n) Theta 0)).
  { exists Theta, 0. rewrite cosine, pow2_sqrt by lra. repeat split; lra. }
  apply (chain_limit_is_infimum _ _ _ some).
  intros y [angle [phi [angle_range [loss_is [phi_range ->]]]]].
  destruct (detour_attained n angle phi angle_range phi_range) as [student [links <-]].
  apply bound with (polar (cos angle) angle); [apply detour_fit| |assumption].
  rewrite detour_teacher_loss, loss_is. ring.
Qed.

(** ** One student

    For n = 1 the limit is the curve of Theorem 4.1. *)

Lemma tight_teacher_of_any_loss L :
  0 <= L <= 1 -> exists tau, 0 <= tau <= 1 /\ loss tight_target (tight_teacher tau) = L.
Proof.
  intros range. assert (continuous : continuity (fun tau => tau ^ 2 - L * size tau)) by (unfold size; reg).
  destruct (IVT_cor _ 0 1 continuous ltac:(lra)) as [tau [tau_range root]].
  - unfold size. replace (_ * _) with (- (L * (1 - L))) by ring.
    pose proof (Rmult_le_pos L (1 - L) ltac:(lra) ltac:(lra)). lra.
  - exists tau. split; [assumption|]. pose proof (size_positive tau).
    rewrite tight_teacher_loss. replace (tau ^ 2) with (L * size tau) by lra. field. lra.
Qed.

Theorem chain_limit_of_one L : 0 <= L <= 1 -> chain_limit 1 L = limit_curve L.
Proof.
  intros range. apply Rle_antisym.
  - destruct (tight_teacher_of_any_loss L range) as [tau [tau_range <-]].
    rewrite <- limit_curve_attained by assumption.
    apply chain_limit_is_lower_bound; [apply tight_unit|apply tight_fit|apply chain_of_one, tight_optimal].
  - apply chain_limit_is_sharp; [assumption|]. intros teacher student fit <- links.
    apply general_limitation; [apply axis_unit|assumption|].
    inversion links as [|? ? before ? none optimal]; subst. now inversion none; subst.
Qed.

(** Two students do better. *)
Theorem one_student_is_not_enough :
  loss pair_target pair_student < chain_limit 1 (loss pair_target pair_teacher).
Proof.
  destruct pair_losses as [teacher_is student_is]. rewrite teacher_is, student_is, chain_limit_of_one by lra.
  apply Rlt_le_trans with (3 / 4 * (289 / 613) ^ 2); [lra|]. apply three_quarters_below_curve. lra.
Qed.
