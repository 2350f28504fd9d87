(** The natural logarithm, as the inverse of the exponential function.

    The standard library's [ln] rests on one more axiom, excluded middle, by way of the intermediate value theorem. Here
    the logarithm of x is the least upper bound of all y with exp y <= x; [exponential_of_logarithm] says that it is the
    same function: there is one number only whose exponential is x. *)

From Coq Require Import Reals Lra.
From W2S.library Require Import exponential.
Open Scope R_scope.

Lemma exponential_increases x y : x < y -> exp x < exp y.
Proof.
  intros order. replace y with (x + (y - x)) by ring. rewrite exp_plus.
  pose proof (exp_pos x). pose proof (exponential_above_tangent (y - x)).
  rewrite <- (Rmult_1_r (exp x)) at 1. apply Rmult_lt_compat_l; lra.
Qed.

Lemma exponential_reflects x y : exp x <= exp y -> x <= y.
Proof. intros order. apply Rnot_lt_le. intros above. pose proof (exponential_increases y x above). lra. Qed.

(** Going back by h costs at most the share h, so that there is no jump anywhere. *)
Lemma step_back y h : (1 - h) * exp y <= exp (y - h).
Proof.
  unfold Rminus at 2. rewrite exp_plus, Rmult_comm.
  apply Rmult_le_compat_l; [apply Rlt_le, exp_pos|].
  pose proof (exponential_above_tangent (- h)). lra.
Qed.

Definition exponents_of (x y : R) := exp y <= x.

Lemma exponents_bounded x : bound (exponents_of x).
Proof. exists x. intros y under. unfold exponents_of in under. pose proof (exponential_above_tangent y). lra. Qed.

Lemma some_exponent x : 0 < x -> exists y, exponents_of x y.
Proof.
  intros positive. pose proof (Rinv_0_lt_compat x positive) as inverse.
  exists (- / x). unfold exponents_of.
  pose proof (exponential_above_tangent (/ x)) as tangent. pose proof (exp_pos (- / x)) as other.
  assert (product : exp (/ x) * exp (- / x) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0).
  assert (/ x * exp (- / x) <= 1).
  { rewrite <- product. apply Rmult_le_compat_r; lra. }
  apply Rmult_le_reg_l with (/ x); [lra|]. rewrite (Rinv_l x); lra.
Qed.

Definition logarithm (x : R) : R :=
  match Rlt_dec 0 x with
  | left positive => proj1_sig (completeness (exponents_of x) (exponents_bounded x) (some_exponent x positive))
  | right _ => 0
  end.

Theorem exponential_of_logarithm x : 0 < x -> exp (logarithm x) = x.
Proof.
  intros positive. unfold logarithm. destruct (Rlt_dec 0 x) as [given|]; [|contradiction].
  destruct (completeness _ _ _) as [m [upper least]]; simpl.
  pose proof (exp_pos m) as exponential.
  destruct (Rtotal_order (exp m) x) as [low|[equal|high]]; [exfalso| exact equal |exfalso].
  - (* m could be larger by the share that is missing *)
    set (h := 1 - exp m / x).
    assert (gain : 0 < h).
    { unfold h. assert (exp m / x < 1) by (apply Rmult_lt_reg_r with x; [lra|]; field_simplify; lra). lra. }
    assert (still : exponents_of x (m + h)).
    { unfold exponents_of. pose proof (step_back (m + h) h) as back. replace (m + h - h) with m in back by ring.
      apply Rmult_le_reg_l with (exp m / x); [apply Rdiv_lt_0_compat; lra|].
      replace (exp m / x * x) with (exp m) by (field; lra).
      replace (exp m / x) with (1 - h) by (unfold h; ring). exact back. }
    pose proof (upper _ still). lra.
  - (* m could be smaller by the share that is too much *)
    set (h := 1 - x / exp m).
    assert (gain : 0 < h).
    { unfold h. assert (x / exp m < 1) by (apply Rmult_lt_reg_r with (exp m); [lra|]; field_simplify; lra). lra. }
    assert (bounds : is_upper_bound (exponents_of x) (m - h)).
    { intros y under. apply exponential_reflects. apply Rle_trans with x; [exact under|].
      pose proof (step_back m h) as back.
      replace ((1 - h) * exp m) with x in back by (unfold h; field; lra). exact back. }
    pose proof (least _ bounds). lra.
Qed.

Theorem logarithm_increases x y : 0 < x < y -> logarithm x < logarithm y.
Proof.
  intros order. apply Rnot_le_lt. intros above.
  destruct (Rle_lt_or_eq_dec _ _ above) as [less|same].
  - pose proof (exponential_increases _ _ less). rewrite !exponential_of_logarithm in * by lra. lra.
  - assert (exp (logarithm y) = exp (logarithm x)) by now rewrite same.
    rewrite !exponential_of_logarithm in * by lra. lra.
Qed.

Theorem logarithm_of_exponential y : logarithm (exp y) = y.
Proof.
  pose proof (exponential_of_logarithm (exp y) (exp_pos y)) as inverse.
  apply Rle_antisym; apply exponential_reflects; lra.
Qed.

Theorem logarithm_of_quotient x y : 0 < x -> 0 < y -> logarithm (x / y) = logarithm x - logarithm y.
Proof.
  intros above below.
  rewrite <- (logarithm_of_exponential (logarithm x - logarithm y)). f_equal.
  unfold Rminus. rewrite exp_plus, exp_Ropp, !exponential_of_logarithm by assumption. reflexivity.
Qed.
