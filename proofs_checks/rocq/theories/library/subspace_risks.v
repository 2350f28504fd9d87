(** Weak-to-strong regression in two subspaces (Dong et al. 2025): the risks' closed forms.

    Two mean values over Gaussian designs enter as hypotheses: [T], of a diagonal entry of (Z^T Z)^-1, is one over
    points - features - 1; the share [h] that the hat matrix keeps of what the features do not express is features over
    points. The closed forms follow from them for all real numbers; subspace_fits.v has how the risks are made of them.
    [rho]: what a span leaves out of the target. [b_s], [b_w]: the teacher's bias in and off the strong span. [b_sw]:
    the mean product of what the student's span leaves out and the teacher's answer. [d_sw]: the correlation
    dimension. *)

From Coq Require Import Reals Lra.
From W2S.library Require Import finite_sums.
Open Scope R_scope.

Lemma inverse_of x y : y > 0 -> x * y = 1 -> x = / y.
Proof. intros positive one. apply Rmult_eq_reg_r with y; [| lra]. rewrite one. field. lra. Qed.

(** ** Least squares on labelled points *)

Theorem fitted_risk points features sigma2 rho T :
  points > features + 1 -> T * (points - features - 1) = 1 ->
  rho + (sigma2 + rho) * T * features = rho + (sigma2 + rho) * features / (points - features - 1).
Proof. intros enough ->%inverse_of; [field |]; lra. Qed.

(** ** The student of a teacher's labels *)

Theorem student_variance n N d_s d_w d_sw sigma2 T h :
  n > d_w + 1 -> N > 0 -> T * (n - d_w - 1) = 1 -> h * N = d_s ->
  sigma2 * T * (d_sw + h * (d_w - d_sw)) = sigma2 / (n - d_w - 1) * (d_sw + d_s / N * (d_w - d_sw)).
Proof. intros labels points ->%inverse_of <-; [field |]; lra. Qed.

(** What the teacher gets wrong in the strong span, and what of its answer lies off it. *)
Definition error_inside b_s error d_sw := b_s + error * d_sw.
Definition answer_outside b_w error d_w d_sw := b_w + error * (d_w - d_sw).

Theorem population_risk n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w T T_s :
  n > d_w + 1 -> N > d_s + 1 -> T * (n - d_w - 1) = 1 -> T_s * (N - d_s - 1) = 1 ->
  let error := (sigma2 + rho_w) / (n - d_w - 1) in
  rho_s + error_inside b_s ((sigma2 + rho_w) * T) d_sw + T_s * d_s * answer_outside b_w ((sigma2 + rho_w) * T) d_w d_sw
  = rho_s + error_inside b_s error d_sw + d_s / (N - d_s - 1) * answer_outside b_w error d_w d_sw.
Proof.
  intros labels points ->%inverse_of ->%inverse_of error; try lra.
  unfold error_inside, answer_outside, error. field. lra.
Qed.

Theorem in_sample_risk n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w b_sw T h :
  n > d_w + 1 -> N > 0 -> T * (n - d_w - 1) = 1 -> h * N = d_s ->
  let error := (sigma2 + rho_w) / (n - d_w - 1) in
  rho_s + error_inside b_s ((sigma2 + rho_w) * T) d_sw
  + h * (answer_outside b_w ((sigma2 + rho_w) * T) d_w d_sw - 2 * b_sw)
  = rho_s + error_inside b_s error d_sw + d_s / N * (answer_outside b_w error d_w d_sw - 2 * b_sw).
Proof.
  intros labels points ->%inverse_of <- error; [| lra].
  unfold error_inside, answer_outside, error. field. lra.
Qed.

(** ** The correlation dimension *)

Lemma one_more (term : nat -> R) d : sum_from_one term (S d) = sum_from_one term d + term (S d).
Proof. reflexivity. Qed.

(** The sum of the squared cosines of the first [d] principal angles is what their squared sines lack to [d]. *)
Lemma cosines_and_sines (angle : nat -> R) d :
  sum_from_one (fun i => cos (angle i) ^ 2) d + sum_from_one (fun i => sin (angle i) ^ 2) d = INR d.
Proof.
  induction d as [|d step]; [simpl; ring|].
  rewrite !one_more, S_INR, <- step. pose proof (sin2_cos2 (angle (S d))) as one. unfold Rsqr in one. lra.
Qed.

Lemma squares_nonnegative (term : nat -> R) d : 0 <= sum_from_one (fun i => term i ^ 2) d.
Proof.
  induction d as [|d step]; [simpl; lra|].
  rewrite one_more. pose proof (pow2_ge_0 (term (S d))). lra.
Qed.

Theorem squared_cosines_range (angle : nat -> R) d :
  0 <= sum_from_one (fun i => cos (angle i) ^ 2) d <= INR d.
Proof.
  pose proof (cosines_and_sines angle d).
  pose proof (squares_nonnegative (fun i => cos (angle i)) d).
  pose proof (squares_nonnegative (fun i => sin (angle i)) d).
  lra.
Qed.

(** Without squares the sum may be negative: one angle of pi. *)
Theorem cosines_need_squares : ~ forall (angle : nat -> R) d, 0 <= sum_from_one (fun i => cos (angle i)) d.
Proof.
  intros claimed. pose proof (claimed (fun _ => PI) 1%nat) as wrong. simpl in wrong. rewrite cos_PI in wrong. lra.
Qed.
