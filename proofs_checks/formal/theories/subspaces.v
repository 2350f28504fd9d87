(** Weak-to-strong regression in two subspaces: identities between the risks' closed forms.

    The closed forms themselves are means over Gaussian designs and are not derived here; what is proved is what follows
    from them, for real n, N, d_s, d_w, d_sw and sigma2. The target lies in both spans. *)

From Coq Require Import Reals Lra.
Open Scope R_scope.

Definition teacher_risk n d_w sigma2 := sigma2 * d_w / (n - d_w - 1).
Definition baseline_risk n d_s sigma2 := sigma2 * d_s / (n - d_s - 1).

(** The student keeps [share] of the teacher's variance off its own span. *)
Definition student_risk share n d_w d_sw sigma2 := sigma2 * (d_sw + share * (d_w - d_sw)) / (n - d_w - 1).
Definition population_share N d_s := d_s / (N - d_s - 1).
Definition in_sample_share N d_s := d_s / N.

Theorem advantage_over_teacher n N d_s d_w d_sw sigma2 :
  n > d_w + 1 -> N > d_s + 1 ->
  teacher_risk n d_w sigma2 - student_risk (population_share N d_s) n d_w d_sw sigma2
  = sigma2 * (d_w - d_sw) * (N - 2 * d_s - 1) / ((N - d_s - 1) * (n - d_w - 1)).
Proof.
  intros. unfold teacher_risk, student_risk, population_share. field. lra.
Qed.

Theorem advantage_in_sample n N d_s d_w d_sw sigma2 :
  n > d_w + 1 -> N > 0 ->
  teacher_risk n d_w sigma2 - student_risk (in_sample_share N d_s) n d_w d_sw sigma2
  = sigma2 * (d_w - d_sw) * (N - d_s) / (N * (n - d_w - 1)).
Proof.
  intros. unfold teacher_risk, student_risk, in_sample_share. field. lra.
Qed.

Theorem advantage_over_baseline n N d_s d_w d_sw sigma2 :
  n > d_w + 1 -> n > d_s + 1 -> N > d_s + 1 ->
  let kept := d_sw + population_share N d_s * (d_w - d_sw) in
  baseline_risk n d_s sigma2 - student_risk (population_share N d_s) n d_w d_sw sigma2
  = sigma2 * (n * (d_s - kept) - d_s * (d_w + 1) + kept * (d_s + 1)) / ((n - d_w - 1) * (n - d_s - 1)).
Proof.
  intros. unfold kept, baseline_risk, student_risk, population_share. field. lra.
Qed.

(** With n = 10, N = 5, d_s = d_w = 2, d_sw = 1 and sigma2 = 1 the student has no advantage: N = 2 d_s + 1, although
    N > d_s + 2. *)
Theorem more_points_are_needed :
  teacher_risk 10 2 1 - student_risk (population_share 5 2) 10 2 1 1 = 0.
Proof.
  unfold teacher_risk, student_risk, population_share. field.
Qed.
