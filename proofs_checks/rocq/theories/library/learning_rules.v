(** Learning rules whose filter stays in [0, 1] (sharp.learning-rules), and one whose filter does not.

    Gradient flow's is in filters.v; here are those of gradient descent with steps of at most 1/lambda_max, of ridge
    regression and of spectral cut-off. By [rule_is_shrinkage_optimal] the students of each are shrinkage optimal
    on any finite number of modes.
    Underdamped momentum overshoots: its filter exceeds 1 at half a period. *)

From Coq Require Import List.
From W2S.library Require Import inner_product shrinkage filters.

(** ** Gradient descent, ridge regression, cut-off

    [x] is the step size times the eigenvalue. *)
Definition descent_filter (x : R) (steps : nat) : R := 1 - (1 - x) ^ steps.
Definition ridge_filter (penalty eigenvalue : R) : R := eigenvalue / (penalty + eigenvalue).
Definition cutoff_filter (threshold eigenvalue : R) : R := if Rle_dec threshold eigenvalue then 1 else 0.

Theorem descent_filter_range x steps : 0 <= x <= 1 -> 0 <= descent_filter x steps <= 1.
Proof.
  intros range. unfold descent_filter. pose proof (pow_le (1 - x) steps ltac:(lra)).
  pose proof (pow_incr (1 - x) 1 steps ltac:(lra)) as left. rewrite pow1 in left. lra.
Qed.

Theorem ridge_filter_range penalty eigenvalue :
  0 < penalty -> 0 <= eigenvalue -> 0 <= ridge_filter penalty eigenvalue <= 1.
Proof.
  intros positive psd. unfold ridge_filter.
  assert (inverse : 0 < / (penalty + eigenvalue)) by (apply Rinv_0_lt_compat; lra).
  assert (whole : (penalty + eigenvalue) * / (penalty + eigenvalue) = 1) by (apply Rinv_r; lra).
  pose proof (Rmult_le_pos eigenvalue _ psd (Rlt_le _ _ inverse)).
  pose proof (Rmult_lt_0_compat _ _ positive inverse). unfold Rdiv. lra.
Qed.

Theorem cutoff_filter_range threshold eigenvalue : 0 <= cutoff_filter threshold eigenvalue <= 1.
Proof. unfold cutoff_filter. destruct (Rle_dec threshold eigenvalue); lra. Qed.

(** A rule gives each eigenvalue a filter value; the spectrum has the teacher's components in the eigenspaces. *)
Definition rule_modes {V : InnerProductSpace} (rule : R -> R) (spectrum : list (R * V)) : list (mode V) :=
  map (fun eigen => {| filter := rule (fst eigen); component := snd eigen |}) spectrum.

Theorem rule_is_shrinkage_optimal {V : InnerProductSpace} rule (spectrum : list (R * V)) :
  (forall eigenvalue, 0 <= eigenvalue -> 0 <= rule eigenvalue <= 1) ->
  Forall (fun eigen => 0 <= fst eigen) spectrum -> orthogonal (rule_modes rule spectrum) ->
  shrinkage_optimal (teacher_of (rule_modes rule spectrum)) (student_of (rule_modes rule spectrum)).
Proof.
  intros in_unit psd apart. apply filtered_modes_are_shrinkage_optimal; [assumption|].
  apply Forall_map. revert psd. apply Forall_impl. intros eigen. apply in_unit.
Qed.

(** Neither half of that range would do: filters may be small and may be large. *)

Theorem descent_filter_may_be_small : ~ (forall x steps, 0 <= x <= 1 -> 1 / 2 <= descent_filter x steps).
Proof. intros wrong. specialize (wrong 0 1%nat). unfold descent_filter in wrong. lra. Qed.

Theorem descent_filter_may_be_large : ~ (forall x steps, 0 <= x <= 1 -> 1 / 2 <= 1 - descent_filter x steps).
Proof. intros wrong. specialize (wrong 1 1%nat). unfold descent_filter in wrong. lra. Qed.

Theorem ridge_filter_may_be_large :
  ~ (forall penalty eigenvalue, 0 < penalty -> 0 <= eigenvalue -> 1 / 2 <= 1 - ridge_filter penalty eigenvalue).
Proof. intros wrong. specialize (wrong 1 3). unfold ridge_filter in wrong. lra. Qed.

Theorem cutoff_filter_may_be_small : ~ (forall threshold eigenvalue, 1 / 2 <= cutoff_filter threshold eigenvalue).
Proof.
  intros wrong. specialize (wrong 2 1). unfold cutoff_filter in wrong. destruct (Rle_dec 2 1); lra.
Qed.

Theorem cutoff_filter_may_be_large :
  ~ (forall threshold eigenvalue, 1 / 2 <= 1 - cutoff_filter threshold eigenvalue).
Proof.
  intros wrong. specialize (wrong 1 1). unfold cutoff_filter in wrong. destruct (Rle_dec 1 1); lra.
Qed.

(** A negative penalty gives negative filters. *)
Theorem ridge_needs_a_positive_penalty :
  ~ (forall penalty eigenvalue, 0 < penalty -> 0 <= eigenvalue -> 0 <= eigenvalue / (eigenvalue - penalty)).
Proof. intros wrong. specialize (wrong 2 1 ltac:(lra) ltac:(lra)). lra. Qed.

(** ** Momentum *)

Definition heavy_ball_filter (friction frequency time : R) : R :=
  1 - exp (- friction * time / 2)
      * (cos (frequency * time) + friction / (2 * frequency) * sin (frequency * time)).

Theorem heavy_ball_overshoots friction frequency :
  0 < frequency -> 1 < heavy_ball_filter friction frequency (PI / frequency).
Proof.
  intros positive. unfold heavy_ball_filter. replace (frequency * (PI / frequency)) with PI by (field; lra).
  rewrite cos_PI, sin_PI. pose proof (exp_pos (- friction * (PI / frequency) / 2)). lra.
Qed.

(** So its student of a teacher in one eigenspace is not shrinkage optimal at that time. *)
Theorem heavy_ball_is_not_shrinkage_optimal {V : InnerProductSpace} friction frequency (teacher : V) :
  0 < frequency -> 0 < norm2 teacher ->
  ~ shrinkage_optimal teacher (heavy_ball_filter friction frequency (PI / frequency) * teacher)%V.
Proof.
  intros positive nonzero optimal%shrinkage_by_overlap. pose proof (heavy_ball_overshoots friction _ positive).
  set (h := heavy_ball_filter _ _ _) in *. rewrite norm2_scale, inner_scale in optimal. fold (norm2 teacher) in optimal.
  assert (0 < h * (h - 1) * norm2 teacher) by (repeat apply Rmult_lt_0_compat; lra). lra.
Qed.
