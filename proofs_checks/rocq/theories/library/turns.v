(** What turning costs: equal turns keep most of a vector's length.

    A shrinkage-optimal student that turns from its teacher by an angle a keeps at most cos a of its norm. Proved:
    among turns in [0, PI/2] of a given total, equal ones have the largest product of cosines (Jensen's inequality,
    from the tangent of cos and Bernoulli's inequality, so that no derivative is needed). *)

From Coq Require Import Reals Lra Lia.
Open Scope R_scope.

(** ** Bounds of sine and cosine by their series *)

Lemma cos_bounds x : 0 <= x <= 2 -> 1 - x ^ 2 / 2 <= cos x <= 1 - x ^ 2 / 2 + x ^ 4 / 24.
Proof.
  intros range. destruct (pre_cos_bound x 0 ltac:(lra) ltac:(lra)) as [lower upper].
  unfold cos_approx, cos_term in lower, upper. simpl in lower, upper. simpl. lra.
Qed.

Lemma sin_bounds x : 0 <= x <= 4 -> x - x ^ 3 / 6 <= sin x <= x - x ^ 3 / 6 + x ^ 5 / 120.
Proof.
  intros range. destruct (pre_sin_bound x 0 ltac:(lra) ltac:(lra)) as [lower upper].
  unfold sin_approx, sin_term in lower, upper. simpl in lower, upper. simpl. lra.
Qed.

Lemma right_angle : 0 < PI / 2 <= 2.
Proof. pose proof PI_RGT_0. pose proof PI_4. lra. Qed.

Lemma sin_below x : 0 <= x <= 2 -> sin x <= x.
Proof.
  intros range. pose proof (sin_bounds x ltac:(lra)).
  assert (0 <= x ^ 3 * (20 - x ^ 2)); [|lra].
  apply Rmult_le_pos; [apply pow_le; lra|]. pose proof (pow_incr x 2 2 ltac:(lra)). lra.
Qed.

(** x <= tan x. *)
Lemma cos_times_below_sin x : 0 <= x <= 2 -> x * cos x <= sin x.
Proof.
  intros range. pose proof (sin_bounds x ltac:(lra)). pose proof (cos_bounds x range).
  assert (x * cos x <= x * (1 - x ^ 2 / 2 + x ^ 4 / 24)) by (apply Rmult_le_compat_l; lra).
  assert (0 <= x ^ 3 * (8 - x ^ 2)); [|lra].
  apply Rmult_le_pos; [apply pow_le; lra|]. pose proof (pow_incr x 2 2 ltac:(lra)). lra.
Qed.

(** ** Cosine lies below its tangents *)

Theorem cos_below_tangent x m :
  0 <= x <= PI / 2 -> 0 <= m <= PI / 2 -> cos x <= cos m - sin m * (x - m).
Proof.
  intros x_range m_range. pose proof right_angle.
  assert (sin_nonneg : 0 <= sin m) by (apply sin_ge_0; lra).
  assert (cos_nonneg : 0 <= cos m) by (apply cos_ge_0; lra).
  destruct (Rle_or_lt x m) as [before|after].
  - (* On the left, d = m - x: cos (m - d) = cos m cos d + sin m sin d. *)
    replace x with (m - (m - x)) at 1 by ring. rewrite cos_minus.
    assert (cos m * cos (m - x) <= cos m * 1) by (apply Rmult_le_compat_l; [lra|apply COS_bound]).
    assert (sin m * sin (m - x) <= sin m * (m - x)) by (apply Rmult_le_compat_l, sin_below; lra). lra.
  - (* On the right, d = x - m with d + m <= PI/2, so that sin d <= cos m and sin m <= cos d. *)
    set (d := x - m). assert (d_range : 0 <= d <= PI / 2) by (unfold d; lra).
    replace x with (m + d) by (unfold d; ring). rewrite cos_plus.
    assert (cos_m : sin d <= cos m) by (rewrite <- sin_shift; apply sin_incr_1; unfold d; lra).
    assert (sin_m : sin m <= cos d) by (rewrite <- sin_shift; apply sin_incr_1; unfold d; lra).
    pose proof (cos_times_below_sin d ltac:(lra)). pose proof (sin_below d ltac:(lra)).
    pose proof (COS_bound d).
    assert (sin d * (1 - cos d) <= cos m * (1 - cos d)) by (apply Rmult_le_compat_r; lra).
    assert (sin m * (d - sin d) <= cos d * (d - sin d)) by (apply Rmult_le_compat_r; lra). lra.
Qed.

(** ** Means of powers *)

Lemma bernoulli n x : -1 <= x -> 1 + INR n * x <= (1 + x) ^ n.
Proof.
  intros bounded. induction n as [|n hypothesis]; [simpl; lra|].
  rewrite S_INR. pose proof (pos_INR n).
  apply Rle_trans with ((1 + x) * (1 + INR n * x)).
  - assert (0 <= INR n * x ^ 2) by (apply Rmult_le_pos; [assumption|apply pow2_ge_0]). lra.
  - simpl. apply Rmult_le_compat_l; lra.
Qed.

Lemma mean_of_powers n x y :
  0 <= x -> 0 <= y -> x ^ n * y <= ((INR n * x + y) / INR (S n)) ^ S n.
Proof.
  intros [positive|<-] nonneg.
  - set (mean := (INR n * x + y) / INR (S n)).
    assert (count : 0 < INR (S n)) by (apply lt_0_INR; lia).
    pose proof (pos_INR n). pose proof (Rmult_le_pos (INR n) x ltac:(lra) ltac:(lra)).
    assert (mean_nonneg : 0 <= mean / x)
      by (apply Rmult_le_pos; [apply Rmult_le_pos; [lra|]|]; now apply Rlt_le, Rinv_0_lt_compat).
    pose proof (bernoulli (S n) (mean / x - 1) ltac:(lra)) as inequality.
    replace (1 + INR (S n) * (mean / x - 1)) with (y / x) in inequality
      by (unfold mean; rewrite S_INR in *; field; lra).
    replace (1 + (mean / x - 1)) with (mean / x) in inequality by ring.
    replace mean with (mean / x * x) by (field; lra). rewrite Rpow_mult_distr.
    replace (x ^ n * y) with (y / x * x ^ S n) by (simpl; field; lra).
    apply Rmult_le_compat_r; [apply pow_le; lra|assumption].
  - destruct n as [|n]; [simpl; lra|].
    rewrite pow_i by lia. rewrite Rmult_0_l, Rmult_0_r, Rplus_0_l. apply pow_le.
    apply Rmult_le_pos; [assumption|]. apply Rlt_le, Rinv_0_lt_compat, lt_0_INR. lia.
Qed.

(** ** One turn more

    n turns by a and one by b keep at most what n + 1 equal turns of the same total keep. *)
Theorem equal_turns_keep_most n a b :
  0 <= a <= PI / 2 -> 0 <= b <= PI / 2 ->
  cos a ^ n * cos b <= cos ((INR n * a + b) / INR (S n)) ^ S n.
Proof.
  intros a_range b_range. set (m := (INR n * a + b) / INR (S n)).
  assert (count : 0 < INR (S n)) by (apply lt_0_INR; lia). pose proof (pos_INR n) as nonneg.
  assert (total : m * INR (S n) = INR n * a + b) by (unfold m; field; lra).
  assert (m_range : 0 <= m <= PI / 2).
  { pose proof (Rmult_le_compat_l (INR n) 0 a ltac:(lra) ltac:(lra)).
    pose proof (Rmult_le_compat_l (INR n) a (PI / 2) ltac:(lra) ltac:(lra)).
    split; apply Rmult_le_reg_r with (INR (S n)); rewrite ?total, ?S_INR; lra. }
  set (tangent := fun x => cos m - sin m * (x - m)).
  assert (below : forall x, 0 <= x <= PI / 2 -> 0 <= cos x <= tangent x).
  { intros x range. split; [apply cos_ge_0; lra|now apply cos_below_tangent]. }
  pose proof (below a a_range). pose proof (below b b_range).
  apply Rle_trans with (tangent a ^ n * tangent b).
  - apply Rmult_le_compat; [apply pow_le; lra|lra|now apply pow_incr|lra].
  - replace (cos m) with ((INR n * tangent a + tangent b) / INR (S n)); [apply mean_of_powers; lra|].
    unfold tangent. rewrite S_INR in *. replace b with (m * (INR n + 1) - INR n * a) by lra. field. lra.
Qed.
