(** Shrinkage optimality (rf.def1), and penalized minimizers, which have it (rf.lem1).

    A student is shrinkage optimal when no multiple a * student with a in [0, 1] is nearer to its teacher. Proved:
    - that this says <student, teacher> >= ||student||^2, and also that the student lies in the ball whose
      diameter is the segment from 0 to the teacher;
    - that every minimizer of the squared distance plus a penalty that shrinking does not raise is such a
      student. *)

From W2S.library Require Import inner_product.

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
End Definition1.

(** Shrinking a student that is its teacher costs (1 - a)^2 ||student||^2, and not 1 - a^2 times it. *)
Theorem shrinking_may_cost_little :
  ~ (forall (teacher student : plane) a, 0 <= a <= 1 -> norm2 student <= inner student teacher ->
       (1 - a ^ 2) * norm2 student <= norm2 (a * student - teacher)%V - norm2 (student - teacher)%V).
Proof.
  intros wrong. specialize (wrong (point 1 0) (point 1 0) (1 / 2)).
  rewrite shrinking_loss, !norm2_point, inner_points in wrong. lra.
Qed.

(** A student twice as long as its teacher gains the whole square by the best shrinking, not half of it. *)
Theorem best_shrinking_gains_more :
  ~ (forall teacher student : plane, norm2 student <> 0 ->
       let a := inner student teacher / norm2 student in
       norm2 (a * student - teacher)%V - norm2 (student - teacher)%V
       = - (norm2 student - inner student teacher) ^ 2 / (2 * norm2 student)).
Proof.
  intros wrong. specialize (wrong (point 1 0) (point 2 0)). cbv zeta in wrong.
  rewrite shrinking_loss, !norm2_point, inner_points in wrong. lra.
Qed.

(** The ball is centred at half the teacher: centred at the teacher, the identity fails. *)
Theorem not_outside_ball_at_teacher :
  ~ (forall teacher student : plane,
       norm2 (student - (1 / 2) * teacher) - norm2 ((1 / 2) * teacher)
       = norm2 student - 2 * inner student teacher).
Proof.
  intros wrong. specialize (wrong (point 1 0) (point 1 0)). unfold norm2 in wrong. simpl in wrong. lra.
Qed.

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
