(** Spectral filters with values in [0, 1] are shrinkage optimal (rf.lem1).

    For a positive semidefinite K and a filter h with values in [0, 1], h(K) is symmetric and lies between 0 and the
    identity. That is all that is used, so that the theorem holds for kernels of any rank, infinite ones included.
    On finitely many modes the same is proved by induction, without operators. *)

From Coq Require Import List.
From W2S.library Require Import inner_product shrinkage.
Import ListNotations.

(** ** Symmetric operators between 0 and the identity *)

Record SpectralFilter (V : InnerProductSpace) := {
  filtered_by :> V -> V;
  filter_symmetric : forall x y, inner (filtered_by x) y = inner x (filtered_by y);
  filter_nonneg : forall x, 0 <= inner (filtered_by x) x;
  filter_at_most_one : forall x, inner (filtered_by x) x <= norm2 x
}.

(** <h x, y> is an inner product too, for definiteness is not asked of one. *)
Program Definition weighted_by {V : InnerProductSpace} (h : SpectralFilter V) : InnerProductSpace := {|
  vector := V;
  zero := zero;
  plus := plus;
  scale := scale;
  inner x y := inner (h x) y
|}.
Next Obligation. apply plus_comm. Qed.
Next Obligation. apply plus_assoc. Qed.
Next Obligation. apply plus_zero. Qed.
Next Obligation. apply plus_opposite. Qed.
Next Obligation. apply scale_one. Qed.
Next Obligation. apply scale_scale. Qed.
Next Obligation. apply scale_plus. Qed.
Next Obligation. apply plus_scale. Qed.
Next Obligation. rewrite filter_symmetric. apply inner_sym. Qed.
Next Obligation. now rewrite filter_symmetric, inner_plus, <- !filter_symmetric. Qed.
Next Obligation. now rewrite filter_symmetric, inner_scale, <- filter_symmetric. Qed.
Next Obligation. apply filter_nonneg. Qed.

(** Cauchy-Schwarz in that space: ||h g||^4 <= <h g, g> <h (h g), h g> <= <h g, g> ||h g||^2. *)
Theorem filters_are_shrinkage_optimal {V : InnerProductSpace} (h : SpectralFilter V) (teacher : V) :
  shrinkage_optimal teacher (h teacher).
Proof.
  apply shrinkage_by_overlap.
  destruct (norm2_nonneg (h teacher)) as [positive|null]; [|rewrite <- null; apply filter_nonneg].
  pose proof (@cauchy_schwarz (weighted_by h) teacher (h teacher)) as cauchy.
  unfold norm2 in cauchy. simpl in cauchy. fold (norm2 (h teacher)) in cauchy.
  apply Rmult_le_reg_r with (norm2 (h teacher)); [assumption|].
  apply Rle_trans with (inner (h teacher) teacher * inner (h (h teacher)) (h teacher)); [lra|].
  apply Rmult_le_compat_l; [apply filter_nonneg|apply filter_at_most_one].
Qed.

(** ** Lemma 1: filtered teachers and penalized minimizers *)

Definition filtered {V : InnerProductSpace} (teacher student : V) : Prop :=
  exists h : SpectralFilter V, student = h teacher.

Definition penalized {V : InnerProductSpace} (teacher student : V) : Prop :=
  exists feasible penalty, star_shaped feasible penalty /\ minimizes feasible penalty teacher student.

(** The filter 1 keeps the teacher, and shrinking that student costs (1 - a)^2 times its squared norm only. *)
Program Definition keep_all {V : InnerProductSpace} : SpectralFilter V := {| filtered_by x := x |}.
Next Obligation. apply inner_nonneg. Qed.
Next Obligation. apply Rle_refl. Qed.

Theorem shrinking_a_filtered_teacher_may_cost_little :
  ~ (forall (teacher student : plane) a, filtered teacher student -> 0 <= a <= 1 ->
       (1 - a ^ 2) * norm2 student <= norm2 (a * student - teacher)%V - norm2 (student - teacher)%V).
Proof.
  intros wrong. specialize (wrong (point 1 0) (point 1 0) (1 / 2) (ex_intro _ keep_all eq_refl)).
  rewrite shrinking_loss, !norm2_point, inner_points in wrong. lra.
Qed.

Theorem filtered_or_penalized {V : InnerProductSpace} (teacher student : V) :
  filtered teacher student \/ penalized teacher student -> shrinkage_optimal teacher student.
Proof.
  intros [[h ->]|[feasible [penalty [star minimal]]]].
  - apply filters_are_shrinkage_optimal.
  - now apply minimizers_are_shrinkage_optimal with feasible penalty.
Qed.

(** ** Finitely many modes

    A mode is the filter's value there and the teacher's component; the components are mutually orthogonal. *)

Section Modes.
  Context {V : InnerProductSpace}.

  Record mode := { filter : R; component : V }.

  Fixpoint combination (weight : mode -> R) (modes : list mode) : V :=
    match modes with
    | [] => zero
    | m :: others => (weight m * component m + combination weight others)%V
    end.

  Definition teacher_of := combination (fun _ => 1).
  Definition student_of := combination filter.

  Definition orthogonal (modes : list mode) : Prop :=
    ForallOrdPairs (fun m other => inner (component m) (component other) = 0) modes.

  Lemma orthogonal_to_combination weight m modes :
    Forall (fun other => inner (component m) (component other) = 0) modes ->
    inner (component m) (combination weight modes) = 0.
  Proof.
    induction 1 as [|other others is_zero _ zero_rest]; simpl.
    - apply inner_zero_right.
    - rewrite inner_plus_right, inner_scale_right, is_zero, zero_rest. ring.
  Qed.

  (** <student, teacher> - ||student||^2 is the sum over the modes of h (1 - h) ||component||^2. *)
  Lemma filtered_overlap modes :
    orthogonal modes ->
    inner (student_of modes) (teacher_of modes) - norm2 (student_of modes)
    = fold_right Rplus 0 (map (fun m => filter m * (1 - filter m) * norm2 (component m)) modes).
  Proof.
    unfold student_of, teacher_of, norm2.
    induction 1 as [|m others alone _ rest]; simpl.
    - rewrite !inner_zero. ring.
    - pose proof (orthogonal_to_combination filter m others alone) as student_apart.
      pose proof (orthogonal_to_combination (fun _ => 1) m others alone) as teacher_apart.
      rewrite <- rest. unfold norm2.
      rewrite !inner_plus, !inner_plus_right, !inner_scale, !inner_scale_right, teacher_apart,
        !(inner_sym _ (combination filter others) (component m)), student_apart.
      ring.
  Qed.

  Theorem filtered_modes_are_shrinkage_optimal modes :
    orthogonal modes -> Forall (fun m => 0 <= filter m <= 1) modes ->
    shrinkage_optimal (teacher_of modes) (student_of modes).
  Proof.
    intros apart range. apply shrinkage_by_overlap, Rge_le, Rminus_ge, Rle_ge.
    rewrite filtered_overlap by assumption. clear apart.
    induction range as [|m others in_unit _ rest]; simpl; [lra|].
    apply Rplus_le_le_0_compat; [|assumption].
    apply Rmult_le_pos; [apply Rmult_le_pos; lra|apply norm2_nonneg].
  Qed.
End Modes.

Arguments mode : clear implicits.

(** One mode alone, and why 1 - h cannot become 1 - 2 h. *)
Theorem filtered_mode h g : 0 <= h -> h <= 1 -> 0 <= h * (1 - h) * g ^ 2.
Proof. intros. apply Rmult_le_pos; [apply Rmult_le_pos; lra|apply pow2_ge_0]. Qed.

Theorem not_twice_the_filter : ~ (forall h g, 0 <= h -> h <= 1 -> 0 <= h * (1 - 2 * h) * g ^ 2).
Proof. intros wrong. specialize (wrong 1 1). lra. Qed.

(** ** Gradient flow

    Its filter at time t is 1 - exp(-t lambda) on an eigenvalue lambda >= 0 of the student's kernel. *)

Definition flow_filter (time eigenvalue : R) : R := 1 - exp (- (eigenvalue * time)).

(** The exponential exceeds the first two terms of its series. *)
Lemma one_plus_le_exp x : 0 <= x -> 1 + x <= exp x.
Proof.
  intros nonneg. set (term := fun k => / INR (fact k) * x ^ k).
  replace (1 + x) with (sum_f_R0 term 1) by (unfold term; simpl; field).
  apply sum_incr.
  - unfold exp. destruct (exist_exp x) as [limit converges]. exact converges.
  - intros k. apply Rmult_le_pos; [|now apply pow_le]. apply Rlt_le, Rinv_0_lt_compat, INR_fact_lt_0.
Qed.

(** What gradient flow leaves of the teacher is at most 1 / (1 + t lambda). *)
Lemma flow_leaves time eigenvalue :
  0 <= time -> 0 <= eigenvalue -> 1 - flow_filter time eigenvalue <= / (1 + eigenvalue * time).
Proof.
  intros forward psd. pose proof (Rmult_le_pos _ _ psd forward) as nonneg. unfold flow_filter.
  rewrite exp_Ropp. replace (1 - _) with (/ exp (eigenvalue * time)) by ring.
  apply Rinv_le_contravar; [lra|now apply one_plus_le_exp].
Qed.

Theorem flow_filter_range time eigenvalue :
  0 <= time -> 0 <= eigenvalue -> 0 <= flow_filter time eigenvalue <= 1.
Proof.
  intros forward psd. pose proof (flow_leaves time eigenvalue forward psd).
  pose proof (Rmult_le_pos _ _ psd forward) as nonneg.
  assert (/ (1 + eigenvalue * time) <= 1) by (rewrite <- Rinv_1 at 2; apply Rinv_le_contravar; lra).
  pose proof (exp_pos (- (eigenvalue * time))). unfold flow_filter in *. lra.
Qed.

(** At time 0 nothing is learned, and at a late time little is left. *)
Theorem flow_filter_may_be_small :
  ~ (forall time eigenvalue, 0 <= time -> 0 <= eigenvalue -> 1 / 2 <= flow_filter time eigenvalue).
Proof.
  intros wrong. specialize (wrong 0 0 (Rle_refl 0) (Rle_refl 0)). unfold flow_filter in wrong.
  rewrite Rmult_0_l, Ropp_0, exp_0 in wrong. lra.
Qed.

Theorem flow_filter_may_be_large :
  ~ (forall time eigenvalue, 0 <= time -> 0 <= eigenvalue -> 1 / 2 <= 1 - flow_filter time eigenvalue).
Proof. intros wrong. specialize (wrong 2 1). pose proof (flow_leaves 2 1). lra. Qed.

Theorem more_than_half_may_be_left :
  ~ (forall time eigenvalue, 0 <= time -> 0 <= eigenvalue ->
       0 <= (1 - 2 * exp (- (eigenvalue * time))) * exp (- (eigenvalue * time))).
Proof.
  intros wrong. specialize (wrong 0 0 (Rle_refl 0) (Rle_refl 0)).
  rewrite Rmult_0_l, Ropp_0, exp_0 in wrong. lra.
Qed.
