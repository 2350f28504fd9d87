(** How near to the target a student can come that learns from its teacher only (rf.thm4.1, rf.thm4.2).

    With L_TE and L_ST the losses of teacher and student, a target of norm 1 and a least-squares teacher:
    - L_ST >= ((sqrt (1 + 3 L_TE) - sqrt (1 - L_TE)) / 2)^2 >= (3/4) L_TE^2 for every shrinkage-optimal student;
    - L_ST >= (1 - sqrt (1 - L_TE))^2 >= L_TE^2 / 4 for every student no larger than its teacher.

    That no larger constants will do is in best_constants.v. *)

From W2S.library Require Import inner_product shrinkage.

Definition limit_curve (L : R) : R := ((sqrt (1 + 3 * L) - sqrt (1 - L)) / 2) ^ 2.
Definition bounded_limit_curve (L : R) : R := (1 - sqrt (1 - L)) ^ 2.

(** ** Distance to a ball *)

Section DistanceToBall.
  Context {V : InnerProductSpace}.
  Implicit Types u v : V.

  (** A point outside a ball of the given radius around 0 is at least ||u|| - radius away from any v in it. *)
  Lemma distance_to_ball radius u v :
    norm v <= radius <= norm u -> (norm u - radius) ^ 2 <= norm2 (v - u).
  Proof.
    intros [inside outside].
    rewrite norm2_minus, <- !norm_squared, inner_sym.
    pose proof (inner_le_norms u v) as cauchy.
    apply Rle_trans with ((norm u - norm v) ^ 2); [apply pow_incr|]; lra.
  Qed.
End DistanceToBall.

(** ** Theorem 4.1 *)

Lemma half_sqrt x : 0 <= x -> sqrt (x / 4) = sqrt x / 2.
Proof.
  intros nonneg. rewrite sqrt_div_alt by lra.
  now replace 4 with (2 ^ 2) by ring; rewrite sqrt_pow2 by lra.
Qed.

Section GeneralLimitation.
  Context {V : InnerProductSpace} (target teacher student : V).
  Hypothesis unit : norm2 target = 1.
  Hypothesis fit : least_squares target teacher.
  Hypothesis optimal : shrinkage_optimal teacher student.

  Let centre : V := ((1 / 2) * teacher)%V.

  (** The student's ball is centred at half the teacher; its radius and the target's distance follow from L_TE. *)
  Lemma target_to_centre : norm2 (target - centre) = (1 + 3 * loss target teacher) / 4.
  Proof.
    rewrite (teacher_loss target teacher unit fit). unfold centre.
    rewrite norm2_minus, norm2_scale, inner_scale_right, fit, unit. field.
  Qed.

  Lemma radius_of_ball : norm2 centre = (1 - loss target teacher) / 4.
  Proof. rewrite (teacher_loss target teacher unit fit). unfold centre. rewrite norm2_scale. field. Qed.

  Theorem general_limitation : limit_curve (loss target teacher) <= loss target student.
  Proof.
    pose proof (teacher_loss_range target teacher unit fit) as range.
    assert (far : norm (target - centre) = sqrt (1 + 3 * loss target teacher) / 2).
    { unfold norm. rewrite target_to_centre. apply half_sqrt. lra. }
    assert (near : norm centre = sqrt (1 - loss target teacher) / 2).
    { unfold norm. rewrite radius_of_ball. apply half_sqrt. lra. }
    replace (limit_curve _) with ((norm (target - centre) - norm centre) ^ 2)
      by (rewrite far, near; unfold limit_curve; field).
    replace (loss target student) with (norm2 ((student - centre) - (target - centre))) by inner_ring.
    apply distance_to_ball. unfold norm. split; apply sqrt_le_1_alt.
    - now apply shrinkage_by_ball.
    - rewrite target_to_centre, radius_of_ball. lra.
  Qed.
End GeneralLimitation.

(** With a = sqrt (1 + 3 L) and b = sqrt (1 - L), the curve exceeds (3/4) L^2 by ((a - b) (a - 3 b) / 8)^2. *)
Lemma three_quarters_below_curve L : 0 <= L <= 1 -> 3 / 4 * L ^ 2 <= limit_curve L.
Proof.
  intros range. unfold limit_curve. set (a := sqrt (1 + 3 * L)). set (b := sqrt (1 - L)).
  assert (a_squared : a ^ 2 = 1 + 3 * L) by (apply pow2_sqrt; lra).
  assert (b_squared : b ^ 2 = 1 - L) by (apply pow2_sqrt; lra).
  assert (excess : ((a - b) / 2) ^ 2 - 3 / 4 * L ^ 2 = ((a - b) * (a - 3 * b) / 8) ^ 2).
  { replace L with ((a ^ 2 - b ^ 2) / 4) by lra.
    replace (((a - b) / 2) ^ 2) with ((a ^ 2 + 3 * b ^ 2) / 4 * ((a - b) / 2) ^ 2)
      by (rewrite a_squared, b_squared; field).
    field. }
  pose proof (pow2_ge_0 ((a - b) * (a - 3 * b) / 8)). lra.
Qed.

Theorem general_limitation_quadratic {V : InnerProductSpace} (target teacher student : V) :
  norm2 target = 1 -> least_squares target teacher -> shrinkage_optimal teacher student ->
  3 / 4 * loss target teacher ^ 2 <= loss target student.
Proof.
  intros unit fit optimal. apply Rle_trans with (limit_curve (loss target teacher)).
  - now apply three_quarters_below_curve, teacher_loss_range.
  - now apply general_limitation.
Qed.

(** ** Theorem 4.2 *)

Theorem bounded_limitation {V : InnerProductSpace} (target teacher student : V) :
  norm2 target = 1 -> least_squares target teacher -> norm2 student <= norm2 teacher ->
  bounded_limit_curve (loss target teacher) <= loss target student.
Proof.
  intros unit fit bounded. unfold bounded_limit_curve.
  replace (1 - loss target teacher) with (norm2 teacher) by (rewrite teacher_loss by assumption; ring).
  replace 1 with (norm target) by (unfold norm; now rewrite unit, sqrt_1).
  apply distance_to_ball. unfold norm. split; apply sqrt_le_1_alt; [assumption|].
  pose proof (teacher_loss_range target teacher unit fit) as range.
  rewrite teacher_loss in range by assumption. lra.
Qed.

(** With b = sqrt (1 - L) in [0, 1], the curve exceeds L^2 / 4 by (1 - b)^3 (3 + b) / 4. *)
Lemma quarter_below_curve L : 0 <= L <= 1 -> 1 / 4 * L ^ 2 <= bounded_limit_curve L.
Proof.
  intros range. unfold bounded_limit_curve. set (b := sqrt (1 - L)).
  assert (b_squared : b ^ 2 = 1 - L) by (apply pow2_sqrt; lra).
  pose proof (sqrt_pos (1 - L) : 0 <= b) as nonneg.
  pose proof (sqrt_le_1_alt (1 - L) 1 ltac:(lra)) as at_most_one.
  rewrite sqrt_1 in at_most_one. fold b in at_most_one.
  assert (excess : (1 - b) ^ 2 - 1 / 4 * L ^ 2 = (1 - b) ^ 3 * (3 + b) / 4).
  { replace L with (1 - b ^ 2) by lra. field. }
  assert (0 <= (1 - b) ^ 3 * (3 + b)) by (apply Rmult_le_pos; [apply pow_le|]; lra). lra.
Qed.

Theorem bounded_limitation_quadratic {V : InnerProductSpace} (target teacher student : V) :
  norm2 target = 1 -> least_squares target teacher -> norm2 student <= norm2 teacher ->
  1 / 4 * loss target teacher ^ 2 <= loss target student.
Proof.
  intros unit fit bounded. apply Rle_trans with (bounded_limit_curve (loss target teacher)).
  - now apply quarter_below_curve, teacher_loss_range.
  - now apply bounded_limitation.
Qed.
