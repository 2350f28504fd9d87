(** id.monotonicity as it is printed: how the student's risk moves with overlap and with pseudo-labels.

    Each part follows from a theorem of subspace_monotonicity.v in the library. Each wrong twin is false at a teacher's error
    of 1 in each of two directions off the span of d_s = 2: one is shared, or one point is added. *)

From Coq Require Import Reals Lra.
From W2S.library Require Import restating subspace_risks subspace_monotonicity.
Open Scope R_scope.

(** ** id.monotonicity: The student's risk rises with the correlation dimension and falls with the pseudo-labels *)

Theorem id_monotonicity_risk_rises_with_correlation :
  forall (n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w h k u v : R) (labels : n > d_w + 1)
      (strong : d_s > 0) (correlated : 0 <= d_sw <= d_w) (noisy : sigma2 > 0)
      (biases : rho_w >= 0 /\ b_w >= 0) (more : h >= 0) (spare : v >= 0),
    ((b_s + (d_s * (b_w + ((rho_w + sigma2) * (d_w - d_sw - h) / (n - d_w - 1))) / (d_s + v)) + rho_s +
       ((d_sw + h) * (rho_w + sigma2) / (n - d_w - 1)))
     >= (b_s + (d_s * (b_w + ((rho_w + sigma2) * (d_w - d_sw) / (n - d_w - 1))) / (d_s + v)) +
       (d_sw * (rho_w + sigma2) / (n - d_w - 1)) + rho_s))%R.
Proof.
  intros.
  assert (variable : 0 < ((sigma2 + rho_w) / (n - d_w - 1))) by (apply Rdiv_lt_0_compat; lra).
  pose proof (rises_with_correlation (d_s / (d_s + v)) ((sigma2 + rho_w) / (n - d_w - 1)) rho_s b_s b_w
    d_w d_sw h ltac:(lra) (share_at_most_one d_s (d_s + v) ltac:(lra) ltac:(lra)) more) as fact.
  unfold risk, error_inside, answer_outside in fact. restate fact.
Qed.

Theorem not_id_monotonicity_risk_rises_at_N_2_d_s :
  ~ (forall (n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w h k u v : R) (labels : n > d_w + 1)
      (strong : d_s > 0) (correlated : 0 <= d_sw <= d_w) (noisy : sigma2 > 0)
      (biases : rho_w >= 0 /\ b_w >= 0) (more : h >= 0) (spare : v >= 0),
    ((b_s + (d_s * (b_w + ((rho_w + sigma2) * (d_w - d_sw - h) / (n - d_w - 1))) / (d_s + v - 1)) +
       rho_s + ((d_sw + h) * (rho_w + sigma2) / (n - d_w - 1)))
     >= (b_s + (d_s * (b_w + ((rho_w + sigma2) * (d_w - d_sw) / (n - d_w - 1))) / (d_s + v - 1)) +
       (d_sw * (rho_w + sigma2) / (n - d_w - 1)) + rho_s))%R).
Proof.
  intro claimed. pose proof (claimed 4 2 2 2 0 1 0 0 0 0 1 1 1 0) as wrong. absurd_numbers wrong.
Qed.

Theorem id_monotonicity_kept_dimension_rises_with_correlation :
  forall (n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w h k u v : R) (labels : n > d_w + 1)
      (strong : d_s > 0) (correlated : 0 <= d_sw <= d_w) (noisy : sigma2 > 0)
      (biases : rho_w >= 0 /\ b_w >= 0) (more : h >= 0) (spare : v >= 0),
    (((d_s * (d_w - d_sw - h) / (d_s + v)) + d_sw + h)
     >= ((d_s * (d_w - d_sw) / (d_s + v)) + d_sw))%R.
Proof.
  intros.
  pose proof (rises_with_correlation (d_s / (d_s + v)) 1 0 0 0 d_w d_sw h ltac:(lra)
    (share_at_most_one d_s (d_s + v) ltac:(lra) ltac:(lra)) more) as fact.
  unfold risk, error_inside, answer_outside in fact. restate fact.
Qed.

Theorem not_id_monotonicity_kept_dimension_rises_at_half_d_s :
  ~ (forall (n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w h k u v : R) (labels : n > d_w + 1)
      (strong : d_s > 0) (correlated : 0 <= d_sw <= d_w) (noisy : sigma2 > 0)
      (biases : rho_w >= 0 /\ b_w >= 0) (more : h >= 0) (spare : v >= 0),
    (((d_s * (d_w - d_sw - h) / (((1 / 2) * d_s) + v)) + d_sw + h)
     >= ((d_s * (d_w - d_sw) / (((1 / 2) * d_s) + v)) + d_sw))%R).
Proof.
  intro claimed. pose proof (claimed 4 2 2 2 0 1 0 0 0 0 1 1 1 0) as wrong. absurd_numbers wrong.
Qed.

Theorem not_id_monotonicity_kept_dimension_falls_with_correlation :
  ~ (forall (n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w h k u v : R) (labels : n > d_w + 1)
      (strong : d_s > 0) (correlated : 0 <= d_sw <= d_w) (noisy : sigma2 > 0)
      (biases : rho_w >= 0 /\ b_w >= 0) (more : h >= 0) (spare : v >= 0),
    (((d_s * (d_w - d_sw) / (d_s + v)) + d_sw)
     >= ((d_s * (d_w - d_sw - h) / (d_s + v)) + d_sw + h))%R).
Proof.
  intro claimed. pose proof (claimed 4 2 2 2 0 1 0 0 0 0 1 1 1 2) as wrong. absurd_numbers wrong.
Qed.

Theorem id_monotonicity_risk_falls_with_pseudo_labels :
  forall (n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w h k u v : R) (labels : n > d_w + 1)
      (strong : d_s > 0) (correlated : 0 <= d_sw <= d_w) (noisy : sigma2 > 0)
      (biases : rho_w >= 0 /\ b_w >= 0) (some : u > 0) (more : k >= 0),
    ((b_s + (d_s * (b_w + ((rho_w + sigma2) * (d_w - d_sw) / (n - d_w - 1))) / u) +
       (d_sw * (rho_w + sigma2) / (n - d_w - 1)) + rho_s)
     >= (b_s + (d_s * (b_w + ((rho_w + sigma2) * (d_w - d_sw) / (n - d_w - 1))) / (k + u)) +
       (d_sw * (rho_w + sigma2) / (n - d_w - 1)) + rho_s))%R.
Proof.
  intros.
  assert (variable : 0 < ((sigma2 + rho_w) / (n - d_w - 1))) by (apply Rdiv_lt_0_compat; lra).
  pose proof (falls_with_points d_s u k ((sigma2 + rho_w) / (n - d_w - 1)) rho_s b_s b_w d_w d_sw
    ltac:(lra) some more ltac:(lra) ltac:(lra) ltac:(lra)) as fact.
  unfold risk, error_inside, answer_outside in fact. restate fact.
Qed.

Theorem not_id_monotonicity_risk_rises_with_pseudo_labels :
  ~ (forall (n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w h k u v : R) (labels : n > d_w + 1)
      (strong : d_s > 0) (correlated : 0 <= d_sw <= d_w) (noisy : sigma2 > 0)
      (biases : rho_w >= 0 /\ b_w >= 0) (some : u > 0) (more : k >= 0),
    ((b_s + (d_s * (b_w + ((rho_w + sigma2) * (d_w - d_sw) / (n - d_w - 1))) / (k + u)) +
       (d_sw * (rho_w + sigma2) / (n - d_w - 1)) + rho_s)
     >= (b_s + (d_s * (b_w + ((rho_w + sigma2) * (d_w - d_sw) / (n - d_w - 1))) / u) +
       (d_sw * (rho_w + sigma2) / (n - d_w - 1)) + rho_s))%R).
Proof.
  intro claimed. pose proof (claimed 4 2 2 2 0 1 0 0 0 0 1 1 1 0) as wrong. absurd_numbers wrong.
Qed.

Theorem id_monotonicity_kept_dimension_falls_with_pseudo_labels :
  forall (n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w h k u v : R) (labels : n > d_w + 1)
      (strong : d_s > 0) (correlated : 0 <= d_sw <= d_w) (noisy : sigma2 > 0)
      (biases : rho_w >= 0 /\ b_w >= 0) (some : N > 0) (more : k >= 0),
    ((d_sw + (d_s * (d_w - d_sw) / N)) >= ((d_s * (d_w - d_sw) / (N + k)) + d_sw))%R.
Proof.
  intros.
  pose proof
    (falls_with_points d_s N k 1 0 0 0 d_w d_sw ltac:(lra) some more ltac:(lra) ltac:(lra) ltac:(lra))
    as fact.
  unfold risk, error_inside, answer_outside in fact. restate fact.
Qed.

Theorem not_id_monotonicity_kept_dimension_rises_with_pseudo_labels :
  ~ (forall (n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w h k u v : R) (labels : n > d_w + 1)
      (strong : d_s > 0) (correlated : 0 <= d_sw <= d_w) (noisy : sigma2 > 0)
      (biases : rho_w >= 0 /\ b_w >= 0) (some : N > 0) (more : k >= 0),
    (((d_s * (d_w - d_sw) / (N + k)) + d_sw) >= (d_sw + (d_s * (d_w - d_sw) / N)))%R).
Proof.
  intro claimed. pose proof (claimed 4 2 2 2 0 1 0 0 0 0 1 1 1 0) as wrong. absurd_numbers wrong.
Qed.
