(** That the limits of limits.v cannot be raised: explicit teachers and students in the plane.

    - One student turned toward the target attains the curve of Theorem 4.1 for every L_TE in [0, 1], and
      L_ST = (3/4) L_TE^2 at L_TE = 2/3: no constant above 3/4 will do.
    - Students that are shrunk targets show that no constant above 1/4 will do in Theorem 4.2; the ratio of its
      curve to L_TE^2 tends to 1/4 as L_TE tends to 0. *)

From W2S.library Require Import inner_product right_limit shrinkage limits.

(** ** Theorem 4.1 is tight

    The student turns from its teacher toward the target, by the angle whose tangent is tau. *)

Section TightStudent.
  Variable tau : R.

  Definition size : R := tau ^ 2 + (1 - tau ^ 2) ^ 2.
  Definition tight_target : plane := point 1 0.
  Definition tight_teacher : plane := point ((1 - tau ^ 2) ^ 2 / size) ((1 - tau ^ 2) * tau / size).
  Definition tight_student : plane :=
    point ((1 - tau ^ 2) / (size * (1 + tau ^ 2))) ((1 - tau ^ 2) * tau ^ 3 / (size * (1 + tau ^ 2))).

  Lemma size_in_tau : size = (tau ^ 2 - 1 / 2) ^ 2 + 3 / 4.
  Proof. unfold size. field. Qed.

  Lemma size_positive : 0 < size.
  Proof. rewrite size_in_tau. pose proof (pow2_ge_0 (tau ^ 2 - 1 / 2)). lra. Qed.

  Let no_zero : size <> 0 /\ 1 + tau ^ 2 <> 0.
  Proof. pose proof size_positive. pose proof (pow2_ge_0 tau). split; lra. Qed.

  Lemma tight_unit : norm2 tight_target = 1.
  Proof. unfold tight_target. rewrite norm2_point. ring. Qed.

  Lemma tight_fit : least_squares tight_target tight_teacher.
  Proof.
    unfold least_squares, tight_target, tight_teacher. rewrite inner_points, norm2_point.
    unfold size in *. now field.
  Qed.

  Lemma tight_on_boundary : norm2 tight_student = inner tight_student tight_teacher.
  Proof.
    unfold tight_teacher, tight_student. rewrite inner_points, norm2_point. unfold size in *. now field.
  Qed.

  Lemma tight_optimal : shrinkage_optimal tight_teacher tight_student.
  Proof. now apply shrinkage_by_overlap, Req_le, tight_on_boundary. Qed.

  Lemma tight_teacher_loss : loss tight_target tight_teacher = tau ^ 2 / size.
  Proof. unfold tight_target, tight_teacher. rewrite loss_points. unfold size in *. now field. Qed.

  Lemma tight_student_loss : loss tight_target tight_student = tau ^ 4 / size.
  Proof. unfold tight_target, tight_student. rewrite loss_points. unfold size in *. now field. Qed.

  Theorem tight_ratio :
    loss tight_target tight_student
    = loss tight_target tight_teacher ^ 2 * ((tau ^ 2 - 1 / 2) ^ 2 + 3 / 4).
  Proof. rewrite tight_teacher_loss, tight_student_loss, <- size_in_tau. now field. Qed.

  (** For tau in [0, 1], where L_TE runs from 0 to 1, the student attains the limit curve. *)
  Theorem limit_curve_attained :
    0 <= tau <= 1 -> loss tight_target tight_student = limit_curve (loss tight_target tight_teacher).
  Proof.
    intros range. rewrite tight_teacher_loss, tight_student_loss. unfold limit_curve.
    pose proof size_positive as positive. pose proof (sqrt_lt_R0 size positive) as root_positive.
    assert (at_most_one : tau ^ 2 <= 1) by (rewrite <- (pow1 2); now apply pow_incr).
    pose proof (pow2_ge_0 tau) as nonneg.
    replace (1 + 3 * (tau ^ 2 / size)) with ((1 + tau ^ 2) ^ 2 / size) by (unfold size in *; now field).
    replace (1 - tau ^ 2 / size) with ((1 - tau ^ 2) ^ 2 / size) by (unfold size in *; now field).
    rewrite !sqrt_div_alt, !sqrt_pow2 by lra.
    rewrite <- (pow2_sqrt size) at 1 by lra. field. lra.
  Qed.
End TightStudent.

Theorem tight_ratio_is_least_at_one_half :
  ~ (forall tau, loss tight_target (tight_student tau)
                 = loss tight_target (tight_teacher tau) ^ 2 * ((tau ^ 2 - 1 / 3) ^ 2 + 3 / 4)).
Proof.
  intros wrong. specialize (wrong 1). rewrite tight_teacher_loss, tight_student_loss in wrong.
  unfold size in wrong. lra.
Qed.

Theorem no_multiple_of_limit_curve c :
  (forall (V : InnerProductSpace) (target teacher student : V),
     norm2 target = 1 -> least_squares target teacher -> shrinkage_optimal teacher student ->
     c * limit_curve (loss target teacher) <= loss target student) ->
  c <= 1.
Proof.
  intros bound. specialize (bound plane _ _ _ tight_unit (tight_fit 1) (tight_optimal 1)).
  rewrite <- limit_curve_attained, tight_student_loss in bound by lra. unfold size in bound. lra.
Qed.

(** The constant 3/4 is the best: it is attained at tau^2 = 1/2, where L_TE = 2/3. *)
Theorem best_constant c :
  (forall (V : InnerProductSpace) (target teacher student : V),
     norm2 target = 1 -> least_squares target teacher -> shrinkage_optimal teacher student ->
     c * loss target teacher ^ 2 <= loss target student)
  <-> c <= 3 / 4.
Proof.
  split.
  - intros bound. set (tau := sqrt (1 / 2)).
    assert (tau_squared : tau ^ 2 = 1 / 2) by (apply pow2_sqrt; lra).
    specialize (bound plane tight_target (tight_teacher tau) (tight_student tau)
                  tight_unit (tight_fit tau) (tight_optimal tau)).
    rewrite tight_ratio, tight_teacher_loss in bound. unfold size in bound. rewrite tau_squared in bound. lra.
  - intros small V target teacher student unit fit optimal.
    apply Rle_trans with (3 / 4 * loss target teacher ^ 2).
    + apply Rmult_le_compat_r; [apply pow2_ge_0|assumption].
    + now apply general_limitation_quadratic.
Qed.

(** ** Theorem 4.2 is tight *)

(** The ratio is 1 / (1 + b)^2 with b = sqrt (1 - L), and differs from 1/4 by at most L. *)
Theorem bounded_curve_over_square : right_limit (fun L => bounded_limit_curve L / L ^ 2) 0 (1 / 4).
Proof.
  intros epsilon positive. exists (Rmin 1 epsilon). split; [apply Rmin_glb_lt; lra|].
  intros L [above below]. pose proof (Rmin_l 1 epsilon). pose proof (Rmin_r 1 epsilon).
  unfold bounded_limit_curve. set (b := sqrt (1 - L)).
  assert (b_squared : b ^ 2 = 1 - L) by (apply pow2_sqrt; lra).
  pose proof (sqrt_pos (1 - L) : 0 <= b) as nonneg.
  pose proof (pow_le b 2 nonneg). pose proof (pow_le b 3 nonneg).
  set (share := (3 + b) / (4 * (1 + b) ^ 3)).
  assert (nonzero : 1 - b <> 0) by (intros one; replace b with 1 in b_squared by lra; lra).
  replace ((1 - b) ^ 2 / L ^ 2 - 1 / 4) with (L * share).
  2: { replace L with ((1 - b) * (1 + b)) by lra. unfold share. field. lra. }
  assert (in_unit : 0 <= share <= 1).
  { unfold share. set (rest := 1 + 11 * b + 12 * b ^ 2 + 4 * b ^ 3).
    replace (4 * (1 + b) ^ 3) with (3 + b + rest) by (unfold rest; ring).
    assert (0 < rest) by (unfold rest; lra). split; [apply Rlt_le, Rdiv_lt_0_compat; lra|].
    replace 1 with ((3 + b + rest) / (3 + b + rest)) by (field; lra).
    apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat|]; lra. }
  rewrite Rabs_pos_eq by (apply Rmult_le_pos; lra).
  apply Rle_lt_trans with (L * 1); [apply Rmult_le_compat_l|]; lra.
Qed.

Theorem bounded_curve_over_square_is_a_quarter :
  ~ right_limit (fun L => bounded_limit_curve L / L ^ 2) 0 (1 / 3).
Proof. intros wrong. pose proof (right_limit_unique _ _ _ _ wrong bounded_curve_over_square). lra. Qed.

(** The student (3/5, 0) of the teacher (9/25, 12/25) attains the curve. *)
Theorem no_multiple_of_bounded_limit_curve c :
  (forall (V : InnerProductSpace) (target teacher student : V),
     norm2 target = 1 -> least_squares target teacher -> norm2 student <= norm2 teacher ->
     c * bounded_limit_curve (loss target teacher) <= loss target student) ->
  c <= 1.
Proof.
  intros bound. specialize (bound plane (point 1 0) (point (9 / 25) (12 / 25)) (point (3 / 5) 0)).
  unfold least_squares, bounded_limit_curve in bound. rewrite inner_points, !norm2_point, !loss_points in bound.
  replace (1 - ((9 / 25 - 1) ^ 2 + (12 / 25 - 0) ^ 2)) with ((3 / 5) ^ 2) in bound by lra.
  rewrite sqrt_pow2 in bound by lra. lra.
Qed.

(** The constant 1/4 is the best: the student (b, 0) of the teacher (b^2, b sqrt (1 - b^2)) has
    L_ST = (1 - b)^2 and L_TE = 1 - b^2. *)
Theorem best_bounded_constant c :
  (forall (V : InnerProductSpace) (target teacher student : V),
     norm2 target = 1 -> least_squares target teacher -> norm2 student <= norm2 teacher ->
     c * loss target teacher ^ 2 <= loss target student)
  <-> c <= 1 / 4.
Proof.
  split.
  - intros bound. apply Rnot_lt_le. intros large.
    (* A b below 1 so near to it that 4 b c > 1. *)
    set (b := (1 + / (4 * c)) / 2).
    assert (near : 4 * b * c = 2 * c + 1 / 2) by (unfold b; field; lra).
    assert (range : 0 < b < 1).
    { assert (0 < / (4 * c) < 1); [|unfold b; lra].
      split; [apply Rinv_0_lt_compat; lra|]. rewrite <- Rinv_1. apply Rinv_lt_contravar; lra. }
    set (height := b * sqrt (1 - b ^ 2)).
    assert (height_squared : height ^ 2 = b ^ 2 * (1 - b ^ 2)).
    { unfold height. rewrite Rpow_mult_distr, pow2_sqrt; [reflexivity|].
      replace (1 - b ^ 2) with ((1 - b) * (1 + b)) by ring. apply Rmult_le_pos; lra. }
    specialize (bound plane (point 1 0) (point (b ^ 2) height) (point b 0)).
    unfold least_squares in bound. rewrite inner_points, !norm2_point, !loss_points in bound.
    replace ((height - 0) ^ 2) with (height ^ 2) in bound by ring. rewrite height_squared in bound.
    specialize (bound ltac:(ring) ltac:(ring) ltac:(lra)).
    replace (c * _) with (c * (1 + b) ^ 2 * (1 - b) ^ 2) in bound by ring.
    replace (_ + (0 - 0) ^ 2) with (1 * (1 - b) ^ 2) in bound by ring.
    apply Rmult_le_reg_r in bound; [|apply pow_lt; lra].
    replace ((1 + b) ^ 2) with (4 * b + (1 - b) ^ 2) in bound by ring.
    assert (0 <= c * (1 - b) ^ 2) by (apply Rmult_le_pos; [lra|apply pow2_ge_0]). lra.
  - intros small V target teacher student unit fit bounded.
    apply Rle_trans with (1 / 4 * loss target teacher ^ 2).
    + apply Rmult_le_compat_r; [apply pow2_ge_0|assumption].
    + now apply bounded_limitation_quadratic.
Qed.

(** ** The assumptions are needed

    A student that is the target, of a teacher that is 0, has no loss; and a teacher twice as long as the target has the
    target in its ball. *)

Theorem limitation_needs_shrinkage_optimality :
  ~ (forall (V : InnerProductSpace) (target teacher student : V),
       norm2 target = 1 -> least_squares target teacher ->
       3 / 4 * loss target teacher ^ 2 <= loss target student).
Proof.
  intros wrong. specialize (wrong plane (point 1 0) (point 0 0) (point 1 0)).
  unfold least_squares in wrong. rewrite inner_points, !norm2_point, !loss_points in wrong. lra.
Qed.

Theorem limitation_needs_least_squares :
  ~ (forall (V : InnerProductSpace) (target teacher student : V),
       norm2 target = 1 -> shrinkage_optimal teacher student ->
       3 / 4 * loss target teacher ^ 2 <= loss target student).
Proof.
  intros wrong. specialize (wrong plane (point 1 0) (point 2 0) (point 1 0)).
  rewrite shrinkage_by_overlap, inner_points, !norm2_point, !loss_points in wrong. lra.
Qed.
