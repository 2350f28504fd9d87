(** Chains of students, each of which learns from the one before (rf.cor2).

    A chain starts at a teacher, and every link is shrinkage optimal for the link before it. Proved, for chains of every
    length: norms never increase, so that every link obeys the limit L_TE^2 / 4 of students no larger than the teacher.
    Theorem 4.1's constant 3/4 does not survive a second student: a chain of two in the plane, in rationals. *)

From W2S.library Require Import inner_product shrinkage limits.

(** [chain n first last]: n students lead from [first] to [last]. *)
Inductive chain {V : InnerProductSpace} : nat -> V -> V -> Prop :=
  | no_student first : chain 0 first first
  | one_more_student n first last student :
      chain n first last -> shrinkage_optimal last student -> chain (S n) first student.

Section Chains.
  Context {V : InnerProductSpace}.
  Implicit Types first last teacher student target : V.

  (** ||teacher||^2 - ||student||^2 is ||teacher - student||^2 plus 2 (<student, teacher> - ||student||^2). *)
  Theorem students_shrink teacher student : shrinkage_optimal teacher student -> norm2 student <= norm2 teacher.
  Proof.
    intros overlap%shrinkage_by_overlap. pose proof (norm2_nonneg (teacher - student)%V) as gap.
    rewrite norm2_minus, inner_sym in gap. lra.
  Qed.

  Theorem chains_shrink n first last : chain n first last -> norm2 last <= norm2 first.
  Proof.
    induction 1 as [|n first last student _ shorter optimal]; [lra|].
    pose proof (students_shrink _ _ optimal). lra.
  Qed.

  Theorem bootstrapping_limitation n target teacher student :
    norm2 target = 1 -> least_squares target teacher -> chain n teacher student ->
    bounded_limit_curve (loss target teacher) <= loss target student /\
    1 / 4 * loss target teacher ^ 2 <= loss target student.
  Proof.
    intros unit fit bounded%chains_shrink.
    split; [now apply bounded_limitation|now apply bounded_limitation_quadratic].
  Qed.

  Lemma chain_of_one teacher student : shrinkage_optimal teacher student -> chain 1 teacher student.
  Proof. apply one_more_student, no_student. Qed.

  Lemma chain_of_two teacher middle student :
    shrinkage_optimal teacher middle -> shrinkage_optimal middle student -> chain 2 teacher student.
  Proof. intros first second. apply one_more_student with middle; [now apply chain_of_one|assumption]. Qed.

  (** Shrinking the last student further keeps the chain. *)
  Lemma shrunk_student teacher student s :
    0 <= s <= 1 -> shrinkage_optimal teacher student -> shrinkage_optimal teacher (s * student)%V.
  Proof.
    intros range overlap%shrinkage_by_overlap. apply shrinkage_by_overlap. rewrite norm2_scale, inner_scale.
    replace (s ^ 2 * norm2 student) with (s * (s * norm2 student)) by ring.
    apply Rmult_le_compat_l; [lra|]. pose proof (norm2_nonneg student).
    assert (0 <= (1 - s) * norm2 student) by (apply Rmult_le_pos; lra). lra.
  Qed.

  Lemma shrunk_chain n first last s :
    0 <= s <= 1 -> chain (S n) first last -> chain (S n) first (s * last)%V.
  Proof.
    intros range links. inversion links as [|? ? before ? earlier optimal]; subst.
    apply one_more_student with before; [assumption|now apply shrunk_student].
  Qed.
End Chains.

(** ** Two students pass Theorem 4.1's limit

    Each turns from its teacher toward the target (1, 0) by the angle whose tangent is 1/3. *)

Definition pair_target : plane := point 1 0.
Definition pair_teacher : plane := point (324 / 613) (306 / 613).
Definition pair_middle : plane := point (1917 / 3065) (891 / 3065).
Definition pair_student : plane := point (9963 / 15325) (1134 / 15325).

Lemma pair_unit : norm2 pair_target = 1.
Proof. unfold pair_target. rewrite norm2_point. ring. Qed.

Lemma pair_fit : least_squares pair_target pair_teacher.
Proof. unfold least_squares, pair_target, pair_teacher. rewrite inner_points, norm2_point. field. Qed.

Lemma pair_chain : chain 2 pair_teacher pair_student.
Proof.
  apply chain_of_two with pair_middle; apply shrinkage_by_overlap;
    unfold pair_teacher, pair_middle, pair_student; rewrite inner_points, norm2_point; lra.
Qed.

Lemma pair_losses : loss pair_target pair_teacher = 289 / 613 /\ loss pair_target pair_student = 392 / 3065.
Proof. unfold pair_target, pair_teacher, pair_student. rewrite !loss_points. split; field. Qed.

Theorem general_limitation_is_for_one_student :
  ~ (forall (V : InnerProductSpace) n (target teacher student : V),
       norm2 target = 1 -> least_squares target teacher -> chain n teacher student ->
       3 / 4 * loss target teacher ^ 2 <= loss target student).
Proof.
  intros wrong. specialize (wrong plane _ _ _ _ pair_unit pair_fit pair_chain).
  destruct pair_losses as [teacher_is student_is]. rewrite teacher_is, student_is in wrong. lra.
Qed.

(** A student may stay where its teacher is: no link need lose half its squared norm. *)
Theorem students_need_not_shrink :
  ~ (forall (V : InnerProductSpace) (teacher student : V),
       shrinkage_optimal teacher student -> norm2 student <= norm2 teacher / 2).
Proof.
  intros wrong. specialize (wrong plane (point 1 0) (point 1 0)).
  rewrite shrinkage_by_overlap, inner_points, norm2_point in wrong. lra.
Qed.
