(** Weak-to-strong regression in two subspaces (Dong et al. 2025): the risks' closed forms.

    Two mean values over Gaussian designs enter as hypotheses: the mean [T] of a diagonal entry of (Z^T Z)^-1, which is
    one over points - features - 1, and the share [h] that the hat matrix keeps of what the features do not express,
    which is features over points.  The closed forms follow from them for all real numbers.
    [rho_s], [rho_w]: what the spans leave out of the target; [b_s], [b_w]: the teacher's bias in and off the strong
    span; [b_sw]: the mean product of what both leave out; [d_sw]: the correlation dimension. *)

From Coq Require Import Reals Lra.
Open Scope R_scope.

Lemma inverse_of x y : x * y = 1 -> y <> 0 /\ x = / y.
Proof.
  intros one. assert (y <> 0) as nonzero by (intros null; rewrite null in one; lra).
  split; [exact nonzero |]. apply Rmult_eq_reg_r with y; [| exact nonzero]. rewrite one. field. exact nonzero.
Qed.

(** ** Least squares on labelled points *)

Theorem fitted_risk rho sigma2 points features T :
  T * (points - features - 1) = 1 ->
  rho + (sigma2 + rho) * T * features = rho + (sigma2 + rho) * features / (points - features - 1).
Proof. intros [nonzero ->]%inverse_of. field. exact nonzero. Qed.

(** One coordinate, three points: the error is 1, not the 1/2 that points - features would give. *)
Theorem one_point_less : ~ forall rho sigma2 points features T,
  T * (points - features - 1) = 1 ->
  rho + (sigma2 + rho) * T * features = rho + (sigma2 + rho) * features / (points - features).
Proof. intros claimed. pose proof (claimed 0 1 3 1 1 ltac:(lra)). lra. Qed.

(** ** The student of a teacher's labels *)

Theorem student_variance sigma2 n N d_s d_w d_sw T h :
  N <> 0 -> T * (n - d_w - 1) = 1 -> h * N = d_s ->
  sigma2 * T * (d_sw + h * (d_w - d_sw)) = sigma2 / (n - d_w - 1) * (d_sw + d_s / N * (d_w - d_sw)).
Proof. intros some [nonzero ->]%inverse_of <-. field. split; assumption. Qed.

(** With n = 4, N = 2 and d_s = d_w = 1 a student of an uncorrelated teacher keeps 1/4, not 1/8. *)
Theorem share_not_halved : ~ forall sigma2 n N d_s d_w d_sw T h,
  N <> 0 -> T * (n - d_w - 1) = 1 -> h * N = d_s ->
  sigma2 * T * (d_sw + h * (d_w - d_sw)) = sigma2 / (n - d_w - 1) * (d_sw + d_s / (2 * N) * (d_w - d_sw)).
Proof. intros claimed. pose proof (claimed 1 4 2 1 1 0 (1 / 2) (1 / 2) ltac:(lra) ltac:(lra) ltac:(lra)). lra. Qed.

(** What the teacher gets wrong inside the strong span, and what of its answer lies off it. *)
Definition error_inside b_s error d_sw := b_s + error * d_sw.
Definition answer_outside b_w error d_w d_sw := b_w + error * (d_w - d_sw).

Theorem population_risk sigma2 rho_s rho_w b_s b_w n N d_s d_w d_sw T T_s :
  T * (n - d_w - 1) = 1 -> T_s * (N - d_s - 1) = 1 ->
  let error := (sigma2 + rho_w) / (n - d_w - 1) in
  rho_s + error_inside b_s ((sigma2 + rho_w) * T) d_sw + T_s * d_s * answer_outside b_w ((sigma2 + rho_w) * T) d_w d_sw
  = rho_s + error_inside b_s error d_sw + d_s / (N - d_s - 1) * answer_outside b_w error d_w d_sw.
Proof.
  intros [weak ->]%inverse_of [strong ->]%inverse_of error.
  unfold error_inside, answer_outside, error. field. split; assumption.
Qed.

Theorem in_sample_risk sigma2 rho_s rho_w b_s b_w b_sw n N d_s d_w d_sw T h :
  N <> 0 -> T * (n - d_w - 1) = 1 -> h * N = d_s ->
  let error := (sigma2 + rho_w) / (n - d_w - 1) in
  rho_s + error_inside b_s ((sigma2 + rho_w) * T) d_sw
  + h * (answer_outside b_w ((sigma2 + rho_w) * T) d_w d_sw - 2 * b_sw)
  = rho_s + error_inside b_s error d_sw + d_s / N * (answer_outside b_w error d_w d_sw - 2 * b_sw).
Proof.
  intros some [weak ->]%inverse_of <- error.
  unfold error_inside, answer_outside, error. field. split; assumption.
Qed.

(** With n = N = 4 and one feature each, uncorrelated and without bias: 1/4 in population, 1/8 in sample. *)
Theorem shares_differ : ~ forall sigma2 n N d_s d_w d_sw T T_s h,
  T * (n - d_w - 1) = 1 -> T_s * (N - d_s - 1) = 1 -> h * N = d_s ->
  T_s * d_s * answer_outside 0 (sigma2 * T) d_w d_sw = h * answer_outside 0 (sigma2 * T) d_w d_sw.
Proof.
  intros claimed.
  pose proof (claimed 1 4 4 1 1 0 (1 / 2) (1 / 2) (1 / 4) ltac:(lra) ltac:(lra) ltac:(lra)) as wrong.
  unfold answer_outside in wrong. lra.
Qed.

(** ** The correlation dimension *)

(** The sum of the squared cosines of the first [d] principal angles. *)
Fixpoint squared_cosines (angle : nat -> R) (d : nat) : R :=
  match d with
  | O => 0
  | S before => squared_cosines angle before + cos (angle d) ^ 2
  end.

Theorem squared_cosines_range angle d : 0 <= squared_cosines angle d <= INR d.
Proof.
  induction d as [| d [nonneg below]]; [simpl; lra |].
  rewrite S_INR. simpl squared_cosines.
  pose proof (pow2_ge_0 (cos (angle (S d)))).
  pose proof (pow2_ge_0 (sin (angle (S d)))).
  pose proof (sin2_cos2 (angle (S d))) as one. unfold Rsqr in one.
  lra.
Qed.
