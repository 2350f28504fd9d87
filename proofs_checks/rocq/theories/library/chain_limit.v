(** The exact limit of chains of n students (sharp.bootstrap).

    Let cos Theta = ||f_TE||: Theta is the angle from the teacher to the target. A chain that turns by phi in all keeps
    at most cos (phi / n)^n of the teacher's norm, and what is left of the angle is at least Theta - phi. So its loss is
    at least [detour_loss] for some phi in [0, Theta]. Proved, for chains of every length in any inner-product space:
    - [chain_turns], the norm argument, by induction over the chain;
    - [chain_lower_bound], that bound, and from it [chain_limit_is_lower_bound].
    The limit is written as an infimum over phi; that a least phi exists is not needed and not shown. That every detour
    is walked by a chain, so that nothing larger bounds all chains, is in detours.v. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Rbar Lub.
From W2S.library Require Import inner_product shrinkage limits chains turns angles.
Open Scope R_scope.

(** ** The norm argument *)

(** n turns of at most a right angle each: their mean, also where n = 0. *)
Lemma mean_turn n phi :
  0 <= phi <= INR n * (PI / 2) -> 0 <= phi / INR n <= PI / 2 /\ INR n * (phi / INR n) = phi.
Proof.
  pose proof right_angle. destruct n as [|n]; intros range.
  - simpl in *. replace phi with 0 by lra. unfold Rdiv. rewrite Rmult_0_l. lra.
  - assert (count : 0 < INR (S n)) by (apply lt_0_INR; lia).
    assert (mean : INR (S n) * (phi / INR (S n)) = phi) by (field; lra).
    split; [|assumption]. split; apply Rmult_le_reg_l with (INR (S n)); lra.
Qed.

Section NormArgument.
  Context {V : InnerProductSpace}.
  Implicit Types first last teacher student : V.

  Lemma student_turns teacher student b :
    shrinkage_optimal teacher student -> angle teacher student b -> 0 < norm student ->
    b <= PI / 2 /\ norm student <= norm teacher * cos b.
  Proof.
    intros overlap%shrinkage_by_overlap [range cosine] positive.
    rewrite inner_sym, cosine, <- norm_squared in overlap.
    assert (kept : norm student <= norm teacher * cos b)
      by (apply Rmult_le_reg_r with (norm student); [assumption|lra]).
    split; [|assumption]. apply Rnot_lt_le. intros obtuse.
    pose proof (cos_le_0 b ltac:(lra) ltac:(lra)).
    pose proof (Rmult_le_compat_l (norm teacher) (cos b) 0 (norm_nonneg teacher) ltac:(lra)). lra.
  Qed.

  Theorem chain_turns n first last :
    chain n first last ->
    exists phi, 0 <= phi <= INR n * (PI / 2) /\
      norm last <= norm first * cos (phi / INR n) ^ n /\
      (phi <= PI -> norm first * norm last * cos phi <= inner first last).
  Proof.
    pose proof right_angle as right_angle.
    induction 1 as [first|n first last student links [phi [range [kept turned]]] optimal].
    { exists 0. rewrite cos_0. simpl. repeat split; try lra. intros _. fold (norm2 first).
      rewrite <- norm_squared. lra. }
    rewrite S_INR. destruct (mean_turn n phi range) as [mean_range mean].
    destruct (Rle_lt_or_eq_dec 0 (norm student) (norm_nonneg student)) as [positive|null].
    - destruct (angle_exists last student) as [b last_student].
      destruct (student_turns last student b optimal last_student positive) as [acute shorter].
      assert (b_nonneg : 0 <= b) by apply last_student.
      exists (phi + b). rewrite <- S_INR. repeat split; [lra|rewrite S_INR; lra| |].
      + pose proof (equal_turns_keep_most n (phi / INR n) b mean_range ltac:(lra)) as most.
        rewrite mean in most.
        apply Rle_trans with (norm last * cos b); [assumption|].
        apply Rle_trans with (norm first * (cos (phi / INR n) ^ n * cos b)).
        * rewrite <- Rmult_assoc. apply Rmult_le_compat_r; [apply cos_ge_0; lra|assumption].
        * apply Rmult_le_compat_l; [apply norm_nonneg|assumption].
      + intros below. destruct (angle_exists first last) as [a first_last].
        assert (last_positive : 0 < norm last).
        { pose proof (norm_nonneg last). pose proof (COS_bound b).
          pose proof (Rmult_le_compat_l (norm last) (cos b) 1 ltac:(lra) ltac:(lra)). lra. }
        assert (first_positive : 0 < norm first).
        { apply Rlt_le_trans with (norm last); [assumption|]. apply sqrt_le_1_alt. now apply chains_shrink with n. }
        pose proof (angle_at_most first last a phi first_positive last_positive first_last
                      ltac:(lra) (turned ltac:(lra))) as within.
        apply Rle_trans with (norm first * norm student * cos (a + b)).
        * apply Rmult_le_compat_l; [apply Rmult_le_pos; apply norm_nonneg|].
          destruct first_last. apply cos_decr_1; lra.
        * now apply turn_at_most with last.
    - (* The student is 0: it may be said not to have turned. *)
      assert (longer : 0 <= phi <= INR (S n) * (PI / 2)) by (rewrite S_INR; lra).
      destruct (mean_turn (S n) phi longer) as [longer_range _].
      exists phi. rewrite <- S_INR. split; [assumption|]. split.
      + rewrite <- null. apply Rmult_le_pos; [apply norm_nonneg|]. apply pow_le, cos_ge_0; lra.
      + intros _. pose proof (inner_between_norms first student) as between. rewrite <- null in *. lra.
  Qed.
End NormArgument.

(** ** The limit *)

(** The least loss at the end of a detour: turned by phi, at most as long as n equal turns allow. *)
Definition detour_length (n : nat) (Theta phi : R) : R :=
  Rmin (cos Theta * cos (phi / INR n) ^ n) (cos (Theta - phi)).
Definition detour_loss (n : nat) (Theta phi : R) : R :=
  1 + detour_length n Theta phi ^ 2 - 2 * detour_length n Theta phi * cos (Theta - phi).

Definition detour_losses (n : nat) (L x : R) : Prop :=
  exists Theta phi, 0 <= Theta <= PI / 2 /\ cos Theta ^ 2 = 1 - L /\ 0 <= phi <= Theta /\ x = detour_loss n Theta phi.

(** L*(n, L): the infimum of the losses of all detours. *)
Definition chain_limit (n : nat) (L : R) : R := real (Glb_Rbar (detour_losses n L)).

Lemma detour_loss_nonneg n Theta phi : 0 <= detour_loss n Theta phi.
Proof.
  unfold detour_loss. pose proof (pow2_ge_0 (detour_length n Theta phi - cos (Theta - phi))).
  pose proof (sin2_cos2 (Theta - phi)) as circle. rewrite !Rsqr_pow2 in circle.
  pose proof (pow2_ge_0 (sin (Theta - phi))). lra.
Qed.

Lemma chain_limit_is_infimum n L x :
  detour_losses n L x ->
  chain_limit n L <= x /\ forall b, (forall y, detour_losses n L y -> b <= y) -> b <= chain_limit n L.
Proof.
  intros detour. unfold chain_limit.
  destruct (Glb_Rbar_correct (detour_losses n L)) as [below greatest].
  pose proof (below x detour) as at_most.
  assert (at_least : Rbar_le 0 (Glb_Rbar (detour_losses n L))).
  { apply greatest. intros y [Theta [phi [_ [_ [_ ->]]]]]. apply detour_loss_nonneg. }
  destruct (Glb_Rbar (detour_losses n L)); simpl in *; try contradiction.
  split; [assumption|]. intros b bound. apply (greatest b bound).
Qed.

(** Among the lengths up to [most], the one nearest to [best] is Rmin most best. *)
Lemma nearest_length most best x : x <= most -> (Rmin most best - best) ^ 2 <= (x - best) ^ 2.
Proof.
  intros short. unfold Rmin. destruct (Rle_dec most best) as [limited|free].
  - replace ((most - best) ^ 2) with ((best - most) ^ 2) by ring.
    replace ((x - best) ^ 2) with ((best - x) ^ 2) by ring. apply pow_incr. lra.
  - replace ((best - best) ^ 2) with 0 by ring. apply pow2_ge_0.
Qed.

Section LowerBound.
  Context {V : InnerProductSpace} (n : nat) (target teacher student : V) (Theta : R).
  Hypothesis unit : norm2 target = 1.
  Hypothesis fit : least_squares target teacher.
  Hypothesis links : chain n teacher student.
  Hypothesis range : 0 <= Theta <= PI / 2.
  Hypothesis cosine : cos Theta = norm teacher.

  Let unit_norm : norm target = 1.
  Proof. unfold norm. now rewrite unit, sqrt_1. Qed.

  (** A student of norm at most that of the detour by phi, with no more overlap, has no less loss. *)
  Lemma loss_of_detour phi :
    norm student <= cos Theta * cos (phi / INR n) ^ n ->
    inner student target <= norm student * cos (Theta - phi) ->
    detour_loss n Theta phi <= loss target student.
  Proof.
    intros short overlap. unfold loss, detour_loss. rewrite norm2_minus, unit, <- norm_squared.
    pose proof (nearest_length _ (cos (Theta - phi)) _ short) as nearest. fold (detour_length n Theta phi) in nearest.
    lra.
  Qed.

  Theorem chain_lower_bound : exists phi, 0 <= phi <= Theta /\ detour_loss n Theta phi <= loss target student.
  Proof.
    pose proof right_angle. destruct (chain_turns n teacher student links) as [phi [phi_range [kept turned]]].
    rewrite <- cosine in kept. destruct (Rle_or_lt phi Theta) as [within|beyond].
    - exists phi. split; [lra|]. apply loss_of_detour; [assumption|].
      destruct (angle_exists student target) as [rest student_target].
      destruct (Rle_lt_or_eq_dec 0 (norm student) (norm_nonneg student)) as [positive|null].
      2: { pose proof (inner_le_norms student target) as cauchy. rewrite <- null in *. lra. }
      assert (teacher_positive : 0 < norm teacher).
      { apply Rlt_le_trans with (norm student); [assumption|].
        apply sqrt_le_1_alt. now apply chains_shrink with n. }
      destruct (angle_exists teacher student) as [a teacher_student].
      pose proof (angle_at_most teacher student a phi teacher_positive positive teacher_student
                    ltac:(lra) (turned ltac:(lra))) as turn.
      pose proof (turn_at_most teacher student target a rest positive teacher_student student_target) as detour.
      rewrite unit_norm, (inner_sym _ teacher), fit, <- norm_squared in detour.
      assert (closer : cos (a + rest) <= cos Theta)
        by (rewrite cosine; apply Rmult_le_reg_l with (norm teacher); lra).
      destruct teacher_student as [a_range _]. destruct student_target as [rest_range overlap].
      assert (left : Theta - phi <= rest).
      { apply Rnot_lt_le. intros less. pose proof (cos_decreasing_1 (a + rest) Theta). lra. }
      rewrite overlap, unit_norm, Rmult_1_r. apply Rmult_le_compat_l; [apply norm_nonneg|].
      apply cos_decr_1; lra.
    - (* Turned by more than Theta: compare with the detour that ends in the target's direction. *)
      exists Theta. split; [lra|]. apply loss_of_detour.
      + apply Rle_trans with (cos Theta * cos (phi / INR n) ^ n); [assumption|].
        apply Rmult_le_compat_l; [rewrite cosine; apply norm_nonneg|].
        destruct (Rle_lt_or_eq_dec 0 (INR n) (pos_INR n)) as [count|none].
        2: { rewrite <- none in phi_range. lra. }
        destruct (mean_turn n phi phi_range) as [mean_range _].
        assert (0 <= Theta / INR n <= phi / INR n).
        { split; [apply Rmult_le_pos; [lra|now apply Rlt_le, Rinv_0_lt_compat]|].
          apply Rmult_le_compat_r; [now apply Rlt_le, Rinv_0_lt_compat|lra]. }
        apply pow_incr. split; [apply cos_ge_0|apply cos_decr_1]; lra.
      + unfold Rminus. rewrite Rplus_opp_r, cos_0, <- unit_norm. apply inner_le_norms.
  Qed.
End LowerBound.

(** No chain of n students comes below the limit. *)
Theorem chain_limit_is_lower_bound {V : InnerProductSpace} n (target teacher student : V) :
  norm2 target = 1 -> least_squares target teacher -> chain n teacher student ->
  chain_limit n (loss target teacher) <= loss target student.
Proof.
  intros unit fit links. pose proof (teacher_loss_range target teacher unit fit) as loss_range.
  destruct (cosine_exists (norm teacher)) as [Theta [range cosine]].
  { pose proof (norm_nonneg teacher). pose proof (inner_le_norms target teacher) as cauchy.
    split; [lra|]. unfold norm. rewrite <- sqrt_1. apply sqrt_le_1_alt.
    rewrite teacher_loss in loss_range by assumption. lra. }
  assert (acute : 0 <= Theta <= PI / 2).
  { split; [lra|]. apply Rnot_lt_le. intros obtuse. pose proof (norm_nonneg teacher).
    pose proof (cos_lt_0 Theta obtuse). pose proof PI_RGT_0. lra. }
  destruct (chain_lower_bound n target teacher student Theta unit fit links acute cosine) as [phi [phi_range bound]].
  apply Rle_trans with (detour_loss n Theta phi); [|assumption].
  apply chain_limit_is_infimum. exists Theta, phi. repeat split; try lra.
  rewrite cosine, norm_squared, teacher_loss by assumption. ring.
Qed.
