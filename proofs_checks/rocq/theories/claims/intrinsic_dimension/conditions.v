(** id.condition as it is printed: when the student beats its teacher, and when it beats the baseline.

    Each part follows from a theorem of subspaces.v in the library, which gives the variances as functions of the numbers of
    points and features. Each wrong twin is denied. *)

From Coq Require Import Reals Lra.
From W2S.library Require Import restating subspaces.
Open Scope R_scope.

Ltac unfold_risks :=
  unfold teacher_risk, baseline_risk, student_risk, direction_error, kept_dimension, population_share,
    in_sample_share in *.

(** ** id.condition: When the student beats its teacher, and when it beats the baseline *)

Theorem id_condition_advantage_over_teacher :
  forall (n N d_s d_w d_sw sigma2 : R) (labels : n > d_w + 1) (points : N > d_s + 1),
    (((d_w * sigma2 / (n - d_w - 1)) - (d_s * sigma2 * (d_w - d_sw) / (N - d_s - 1) / (n - d_w - 1)) -
       (d_sw * sigma2 / (n - d_w - 1)))
     = (sigma2 * (d_w - d_sw) * (N - (2 * d_s) - 1) / (N - d_s - 1) / (n - d_w - 1)))%R.
Proof.
  intros. pose proof (advantage_over_teacher n N d_s d_w d_sw sigma2 labels points) as fact.
  unfold_risks. restate fact.
Qed.

Theorem not_id_condition_with_N_above_d_s :
  ~ (forall (n N d_s d_w d_sw sigma2 : R) (labels : n > d_w + 1) (points : N > d_s + 1),
    (((d_w * sigma2 / (n - d_w - 1)) - (d_s * sigma2 * (d_w - d_sw) / (N - d_s - 1) / (n - d_w - 1)) -
       (d_sw * sigma2 / (n - d_w - 1)))
     = (sigma2 * (N - d_s) * (d_w - d_sw) / (N - d_s - 1) / (n - d_w - 1)))%R).
Proof.
  intro claimed. pose proof (claimed 10 5 2 2 1 1) as wrong.
  pose proof more_points_are_needed as right. unfold_risks. absurd_numbers wrong.
Qed.

Theorem not_id_condition_with_N_above_d_s_plus_2 :
  ~ (forall (n N d_s d_w d_sw sigma2 : R) (labels : n > d_w + 1) (points : N > d_s + 1),
    (((d_w * sigma2 / (n - d_w - 1)) - (d_s * sigma2 * (d_w - d_sw) / (N - d_s - 1) / (n - d_w - 1)) -
       (d_sw * sigma2 / (n - d_w - 1)))
     = (sigma2 * (d_w - d_sw) * (N - d_s - 2) / (N - d_s - 1) / (n - d_w - 1)))%R).
Proof.
  intro claimed. pose proof (claimed 10 5 2 2 1 1) as wrong.
  pose proof more_points_are_needed as right. unfold_risks. absurd_numbers wrong.
Qed.

Theorem id_condition_advantage_in_sample :
  forall (n N d_s d_w d_sw sigma2 : R) (labels : n > d_w + 1) (points : N > 0),
    (((d_w * sigma2 / (n - d_w - 1)) - (d_sw * sigma2 / (n - d_w - 1)) -
       (d_s * sigma2 * (d_w - d_sw) / N / (n - d_w - 1)))
     = (sigma2 * (N - d_s) * (d_w - d_sw) / N / (n - d_w - 1)))%R.
Proof.
  intros. pose proof (advantage_in_sample n N d_s d_w d_sw sigma2 labels points) as fact.
  unfold_risks. restate fact.
Qed.

Theorem not_id_condition_one_more_point_in_sample :
  ~ (forall (n N d_s d_w d_sw sigma2 : R) (labels : n > d_w + 1) (points : N > 0),
    (((d_w * sigma2 / (n - d_w - 1)) - (d_sw * sigma2 / (n - d_w - 1)) -
       (d_s * sigma2 * (d_w - d_sw) / N / (n - d_w - 1)))
     = (sigma2 * (d_w - d_sw) * (N - d_s - 1) / N / (n - d_w - 1)))%R).
Proof.
  intro claimed. apply no_point_more_in_sample. intros n N d_s d_w d_sw sigma2 labels points.
  pose proof (claimed n N d_s d_w d_sw sigma2 labels points) as fact. unfold_risks. restate fact.
Qed.

Theorem id_condition_advantage_over_baseline :
  forall (n N d_s d_w d_sw sigma2 : R) (labels : n > d_w + 1) (points : N > d_s + 1)
      (baseline : n > d_s + 1),
    (((d_s * sigma2 / (n - d_s - 1)) - (d_s * sigma2 * (d_w - d_sw) / (N - d_s - 1) / (n - d_w - 1)) -
       (d_sw * sigma2 / (n - d_w - 1)))
     = (sigma2 * ((n * (d_s - (d_s * (d_w - d_sw) / (N - d_s - 1)) - d_sw)) +
       ((d_s + 1) * ((d_s * (d_w - d_sw) / (N - d_s - 1)) + d_sw)) - (d_s * (d_w + 1))) / (n - d_s - 1)
       / (n - d_w - 1)))%R.
Proof.
  intros.
  pose proof (advantage_over_baseline n N d_s d_w d_sw sigma2 labels baseline points) as fact.
  unfold_risks. restate fact.
Qed.

Theorem not_id_condition_correction_one_less :
  ~ (forall (n N d_s d_w d_sw sigma2 : R) (labels : n > d_w + 1) (points : N > d_s + 1)
      (baseline : n > d_s + 1),
    (((d_s * sigma2 / (n - d_s - 1)) - (d_s * sigma2 * (d_w - d_sw) / (N - d_s - 1) / (n - d_w - 1)) -
       (d_sw * sigma2 / (n - d_w - 1)))
     = (sigma2 * ((d_s * ((d_s * (d_w - d_sw) / (N - d_s - 1)) + d_sw)) +
       (n * (d_s - (d_s * (d_w - d_sw) / (N - d_s - 1)) - d_sw)) - (d_s * (d_w + 1))) / (n - d_s - 1) /
       (n - d_w - 1)))%R).
Proof.
  intro claimed. apply kept_counts_with_one_more.
  intros n N d_s d_w d_sw sigma2 labels baseline points.
  pose proof (claimed n N d_s d_w d_sw sigma2 labels points baseline) as fact. unfold_risks.
  restate fact.
Qed.
