(** Shrinkage optimality, and who has it (rf.def1, rf.lem1).

    A student is shrinkage optimal when no multiple a * student with a in [0, 1] is nearer to its teacher. Proved:
    - that this says <student, teacher> >= ||student||^2, and also that the student lies in the ball whose
      diameter is the segment from 0 to the teacher;
    - that every spectral filter with values in [0, 1] on any finite number of modes gives such a student,
      gradient flow at every time among them;
    - that every minimizer of the squared distance plus a penalty that shrinking does not raise is such a
      student. *)

From Coq Require Import List.
From W2S Require Import inner_product.
Import ListNotations.

Definition shrinkage_optimal {V : InnerProductSpace} (teacher student : V) : Prop :=
  forall a, 0 <= a <= 1 -> norm2 (student - teacher) <= norm2 (a * student - teacher).

(** ** The definition, three ways *)

Section Definition1.
  Context {V : InnerProductSpace}.
  Implicit Types teacher student : V.

  (** What shrinking the student to a times itself adds to its squared distance to the teacher. *)
  Lemma shrinking_loss a teacher student :
    norm2 (a * student - teacher) - norm2 (student - teacher)
    = (1 - a) * (2 * inner student teacher - (1 + a) * norm2 student).
  Proof. inner_ring. Qed.

  Theorem shrinkage_by_overlap teacher student :
    shrinkage_optimal teacher student <-> norm2 student <= inner student teacher.
  Proof.
    split.
    - intros optimal. apply Rnot_lt_le. intros overlap.
      (* Shrinking helps: to 0 if <student, teacher> <= 0, else to <student, teacher> / ||student||^2. *)
      assert (positive : 0 < norm2 student).
      { destruct (norm2_nonneg student) as [|null]; [assumption|].
        rewrite (inner_sym _ student), inner_of_null in overlap by easy. lra. }
      destruct (Rle_or_lt (inner student teacher) 0) as [opposed|helpful].
      + specialize (optimal 0 ltac:(lra)). pose proof (shrinking_loss 0 teacher student). lra.
      + set (a := inner student teacher / norm2 student).
        assert (scaled : a * norm2 student = inner student teacher) by (unfold a; field; lra).
        assert (range : 0 <= a <= 1) by (split; apply Rmult_le_reg_r with (norm2 student); lra).
        specialize (optimal a range). pose proof (shrinking_loss a teacher student) as change.
        replace ((1 - a) * _) with (- (1 - a) * (norm2 student - inner student teacher)) in change
          by (rewrite <- scaled; ring).
        assert (shrinks : 0 < (1 - a) * (norm2 student - inner student teacher)); [|lra].
        apply Rmult_lt_0_compat; [apply Rmult_lt_reg_r with (norm2 student)|]; lra.
    - intros overlap a range. apply Rminus_le. pose proof (shrinking_loss a teacher student) as change.
      assert (grows : 0 <= (1 - a) * (2 * inner student teacher - (1 + a) * norm2 student)); [|lra].
      apply Rmult_le_pos; [lra|].
      assert (0 <= (1 - a) * norm2 student) by (apply Rmult_le_pos; [lra|apply norm2_nonneg]). lra.
  Qed.

  (** At the best scale, shrinking gains a square. *)
  Theorem best_shrinking teacher student :
    norm2 student <> 0 ->
    let a := inner student teacher / norm2 student in
    norm2 (a * student - teacher) - norm2 (student - teacher)
    = - (norm2 student - inner student teacher) ^ 2 / norm2 student.
  Proof. intros nonzero a. rewrite shrinking_loss. unfold a. now field. Qed.

  (** Completing the square. *)
  Theorem outside_ball teacher student :
    norm2 (student - (1 / 2) * teacher) - norm2 ((1 / 2) * teacher) = norm2 student - inner student teacher.
  Proof. expand_inner. field. Qed.

  Theorem shrinkage_by_ball teacher student :
    shrinkage_optimal teacher student <-> norm2 (student - (1 / 2) * teacher) <= norm2 ((1 / 2) * teacher).
  Proof. rewrite shrinkage_by_overlap. pose proof (outside_ball teacher student). lra. Qed.

  (** The ball is centred at half the teacher: centred at the teacher, the identity fails. *)
  Theorem not_outside_ball_at_teacher :
    ~ (forall teacher student : plane,
         norm2 (student - (1 / 2) * teacher) - norm2 ((1 / 2) * teacher)
         = norm2 student - 2 * inner student teacher).
  Proof.
    intros wrong. specialize (wrong (point 1 0) (point 1 0)). unfold norm2 in wrong. simpl in wrong. lra.
  Qed.
End Definition1.

(** ** Spectral filters

    A mode is the filter's value there and the teacher's component; the components are mutually orthogonal. *)

Section Filters.
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

  Theorem filters_are_shrinkage_optimal modes :
    orthogonal modes -> Forall (fun m => 0 <= filter m <= 1) modes ->
    shrinkage_optimal (teacher_of modes) (student_of modes).
  Proof.
    intros apart range. apply shrinkage_by_overlap, Rge_le, Rminus_ge, Rle_ge.
    rewrite filtered_overlap by assumption. clear apart.
    induction range as [|m others in_unit _ rest]; simpl; [lra|].
    apply Rplus_le_le_0_compat; [|assumption].
    apply Rmult_le_pos; [apply Rmult_le_pos; lra|apply norm2_nonneg].
  Qed.
End Filters.

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

(** At time 0 all is left: twice what is left may exceed the whole. *)
Theorem more_than_half_may_be_left :
  ~ (forall time eigenvalue, 0 <= time -> 0 <= eigenvalue ->
       0 <= (1 - 2 * exp (- (eigenvalue * time))) * exp (- (eigenvalue * time))).
Proof.
  intros wrong. specialize (wrong 0 0 (Rle_refl 0) (Rle_refl 0)).
  rewrite Rmult_0_l, Ropp_0, exp_0 in wrong. lra.
Qed.

Section GradientFlow.
  Context {V : InnerProductSpace}.

  (** The modes of gradient flow: eigenvalues, each with the teacher's component in its eigenspace. *)
  Definition flow_modes (time : R) (spectrum : list (R * V)) : list (mode V) :=
    map (fun eigen => {| filter := flow_filter time (fst eigen); component := snd eigen |}) spectrum.

  Theorem gradient_flow_is_shrinkage_optimal time spectrum :
    0 <= time -> Forall (fun eigen => 0 <= fst eigen) spectrum -> orthogonal (flow_modes time spectrum) ->
    shrinkage_optimal (teacher_of (flow_modes time spectrum)) (student_of (flow_modes time spectrum)).
  Proof.
    intros forward psd apart. apply filters_are_shrinkage_optimal; [assumption|].
    apply Forall_map. revert psd. apply Forall_impl. intros eigen. now apply flow_filter_range.
  Qed.
End GradientFlow.

(** ** Penalized minimizers

    [feasible] is the constraint, if there is one (everything else has an infinite penalty). *)

Section Penalties.
  Context {V : InnerProductSpace} (feasible : V -> Prop) (penalty : V -> R).

  Definition star_shaped : Prop :=
    forall a f, 0 <= a <= 1 -> feasible f -> feasible (a * f)%V /\ penalty (a * f)%V <= penalty f.

  Definition minimizes (teacher student : V) : Prop :=
    feasible student /\
    forall f, feasible f -> norm2 (student - teacher) + penalty student <= norm2 (f - teacher) + penalty f.

  Theorem minimizers_are_shrinkage_optimal teacher student :
    star_shaped -> minimizes teacher student -> shrinkage_optimal teacher student.
  Proof.
    intros star [allowed best] a range.
    destruct (star a student range allowed) as [still_allowed cheaper].
    specialize (best (a * student)%V still_allowed). lra.
  Qed.
End Penalties.

(** Shrinking must not raise the penalty: forced to stay at (2, 0), the best fit to (1, 0) is not shrinkage optimal. *)
Theorem minimizers_need_star_shape :
  ~ (forall (feasible : plane -> Prop) (penalty : plane -> R) (teacher student : plane),
       minimizes feasible penalty teacher student -> shrinkage_optimal teacher student).
Proof.
  intros wrong. specialize (wrong (eq (point 2 0)) (fun _ => 0) (point 1 0) (point 2 0)).
  rewrite shrinkage_by_overlap, inner_points, norm2_point in wrong.
  assert (minimal : minimizes (eq (point 2 0)) (fun _ => 0) (point 1 0) (point 2 0)).
  { split; [reflexivity|]. intros f <-. lra. }
  specialize (wrong minimal). lra.
Qed.

(** ** Lemma 1: filtered teachers and penalized minimizers *)

Definition filtered {V : InnerProductSpace} (teacher student : V) : Prop :=
  exists modes : list (mode V),
    orthogonal modes /\ Forall (fun m => 0 <= filter m <= 1) modes /\
    teacher = teacher_of modes /\ student = student_of modes.

Definition penalized {V : InnerProductSpace} (teacher student : V) : Prop :=
  exists feasible penalty, star_shaped feasible penalty /\ minimizes feasible penalty teacher student.

Theorem filtered_or_penalized {V : InnerProductSpace} (teacher student : V) :
  filtered teacher student \/ penalized teacher student -> shrinkage_optimal teacher student.
Proof.
  intros [[modes [apart [range [-> ->]]]]|[feasible [penalty [star minimal]]]].
  - now apply filters_are_shrinkage_optimal.
  - now apply minimizers_are_shrinkage_optimal with feasible penalty.
Qed.
