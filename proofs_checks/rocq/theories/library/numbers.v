(** Numbers in the statements about ReLU features (Medvedev et al. 2025): the dimension at which the exponent 1.49
    starts, and digits of the first coefficients on the sphere. *)

From Coq Require Import Reals Lra Lia.
Open Scope R_scope.

(** ** The exponent 1.49 *)

(** With L_TE of order M^(-(d+2)/(d-1)) and a factor M^(-1/2) more for the student. *)
Definition exponent d := 1 + (d - 1) / (2 * (d + 2)).

Theorem exponent_is_ratio d : d > 1 -> exponent d = (- (d + 2) / (d - 1) - 1 / 2) / (- (d + 2) / (d - 1)).
Proof. intros enough. unfold exponent. field. lra. Qed.

Theorem exponent_excess d : d > 0 -> exponent d - 149 / 100 = (d - 148) / (100 * (d + 2)).
Proof. intros positive. unfold exponent. field. lra. Qed.

Theorem exponent_reaches_149_iff d : (exponent (INR d) >= 149 / 100) <-> (148 <= d)%nat.
Proof.
  pose proof (pos_INR d) as nonneg.
  assert (excess : exponent (INR d) - 149 / 100 = (INR d - 148) / (100 * (INR d + 2))).
  { unfold exponent. field. lra. }
  assert (scale : 0 < / (100 * (INR d + 2))) by (apply Rinv_0_lt_compat; lra).
  replace 148 with (INR 148) in excess by (simpl; lra).
  split.
  - intros reached. apply INR_le, Rnot_lt_le. intros below.
    assert (0 < (INR 148 - INR d) * / (100 * (INR d + 2))) by (apply Rmult_lt_0_compat; lra).
    unfold Rdiv in excess. lra.
  - intros enough%le_INR.
    assert (0 <= (INR d - INR 148) * / (100 * (INR d + 2))) by (apply Rmult_le_pos; lra).
    unfold Rdiv in excess. lra.
Qed.

Theorem dimension_147_is_not_enough : ~ exponent 147 >= 149 / 100.
Proof. unfold exponent. lra. Qed.

(** A factor M^(-1/4) would add half as much: the exponent 1.49 is then not reached at d = 148. *)
Theorem quarter_power_is_not_enough : ~ forall d,
  d >= 2 -> 1 + (d - 1) / (4 * (d + 2)) - 149 / 100 = (d - 148) / (100 * (d + 2)).
Proof. intros claimed. pose proof (claimed 148 ltac:(lra)). lra. Qed.

(** It stays below 3/2, its limit. *)
Theorem exponent_below_three_halves d : d > 0 -> exponent d < 3 / 2.
Proof.
  intros positive.
  assert (exponent d = 3 / 2 - 3 / (2 * (d + 2))) as -> by (unfold exponent; field; lra).
  assert (0 < 3 / (2 * (d + 2))) by (apply Rdiv_lt_0_compat; lra). lra.
Qed.

(** ** Pi to seven decimals

    From sin (pi/6) = 1/2 and the sine's partial sums, which bound it from both sides. *)

Definition sine_below a := a - a ^ 3 / 6 + a ^ 5 / 120 - a ^ 7 / 5040.
Definition sine_above a := sine_below a + a ^ 9 / 362880.

Lemma sine_bounds a : 0 <= a <= 4 -> sine_below a <= sin a <= sine_above a.
Proof.
  intros range. pose proof (pre_sin_bound a 1 (proj1 range) (proj2 range)) as bounds.
  unfold sin_approx, sin_term in bounds. cbn [sum_f_R0 Nat.mul Nat.add] in bounds.
  rewrite !fact_simpl, !mult_INR in bounds. cbn [fact INR pow] in bounds.
  unfold sine_above, sine_below. lra.
Qed.

Lemma powers_apart n a b : 0 <= b <= a -> a <= 1 -> 0 <= a ^ n - b ^ n <= INR n * (a - b).
Proof.
  intros order below. induction n as [|n [nonneg apart]]; [simpl; lra|].
  pose proof (pow_le b n (proj1 order)). pose proof (pow_incr b 1 n ltac:(lra)) as at_most. rewrite pow1 in at_most.
  replace (a ^ S n - b ^ S n) with (a * (a ^ n - b ^ n) + b ^ n * (a - b)) by (simpl; ring).
  rewrite S_INR.
  assert (0 <= a * (a ^ n - b ^ n)) by (apply Rmult_le_pos; lra).
  assert (0 <= b ^ n * (a - b)) by (apply Rmult_le_pos; lra).
  assert (a * (a ^ n - b ^ n) <= 1 * (a ^ n - b ^ n)) by (apply Rmult_le_compat_r; lra).
  assert (b ^ n * (a - b) <= 1 * (a - b)) by (apply Rmult_le_compat_r; lra).
  lra.
Qed.

Lemma sums_increase a b : 0 <= b < a -> a <= 1 -> sine_below b < sine_below a /\ sine_above b < sine_above a.
Proof.
  intros order below. unfold sine_above, sine_below.
  pose proof (powers_apart 3 a b ltac:(lra) below) as third. pose proof (powers_apart 5 a b ltac:(lra) below) as fifth.
  pose proof (powers_apart 7 a b ltac:(lra) below) as seventh.
  pose proof (powers_apart 9 a b ltac:(lra) below) as ninth.
  simpl INR in *. lra.
Qed.

Theorem pi_digits : 3.1415925 < PI < 3.1415928.
Proof.
  pose proof PI_RGT_0. pose proof PI_4.
  pose proof (sine_bounds (PI / 6) ltac:(lra)) as bounds. rewrite sin_PI6 in bounds.
  split; apply Rnot_le_lt; intros wrong.
  - assert (too_small : sine_above 0.52359875 < 1 / 2) by (unfold sine_above, sine_below; lra).
    destruct (Rle_lt_or_eq_dec (PI / 6) 0.52359875) as [less|same]; [lra | | rewrite same in bounds; lra].
    pose proof (sums_increase 0.52359875 (PI / 6)). lra.
  - assert (too_large : 1 / 2 < sine_below 0.5235988) by (unfold sine_below; lra).
    destruct (Rle_lt_or_eq_dec 0.5235988 (PI / 6)) as [more|same]; [lra | | rewrite <- same in bounds; lra].
    pose proof (sums_increase (PI / 6) 0.5235988). lra.
Qed.
(** ** Coefficients of ReLU on the sphere *)

(** Gamma at n/2, from Gamma (1/2) = sqrt pi, Gamma 1 = 1 and Gamma (x + 1) = x Gamma x; n = 0 is a pole. *)
Fixpoint gamma_of_half (n : nat) : R :=
  match n with
  | O => 0
  | 1%nat => sqrt PI
  | 2%nat => 1
  | S (S before) => INR before / 2 * gamma_of_half before
  end.

(** s_0, and s_k for k = 2 m + 2, in dimension d. *)
Definition constant_coefficient d := gamma_of_half d / (2 * sqrt PI * gamma_of_half (d + 1)).
Definition even_coefficient d m :=
  (-1) ^ m * gamma_of_half d * gamma_of_half (2 * m + 1) / (4 * PI * gamma_of_half (d + 2 * m + 3)).

(** Computes a coefficient, as a rational function of the root of pi. *)
Ltac evaluate :=
  unfold constant_coefficient, even_coefficient; cbn [gamma_of_half Nat.add Nat.mul INR pow];
  pose proof (sqrt_sqrt PI (Rlt_le _ _ PI_RGT_0)) as square;
  pose proof (sqrt_lt_R0 PI PI_RGT_0) as positive;
  generalize dependent (sqrt PI); intros root square positive;
  try rewrite <- square; field; lra.

(** On the two-dimensional sphere they are rational. *)
Theorem coefficients_in_dimension_3 :
  constant_coefficient 3 = 1 / 4 /\ even_coefficient 3 0 = 1 / 16 /\ even_coefficient 3 1 = - (1 / 96)
  /\ even_coefficient 3 2 = 1 / 256.
Proof. repeat split; evaluate. Qed.

Theorem coefficients_in_dimension_4 :
  constant_coefficient 4 = 2 / (3 * PI) /\ even_coefficient 4 0 = 2 / (15 * PI)
  /\ even_coefficient 4 1 = - (2 / (105 * PI)) /\ even_coefficient 4 2 = 2 / (315 * PI).
Proof. repeat split; evaluate. Qed.

Theorem digits_in_dimension_4 :
  0.2122065 < constant_coefficient 4 < 0.2122067 /\ 0.0424413 < even_coefficient 4 0 < 0.0424414
  /\ -0.0060631 < even_coefficient 4 1 < -0.0060630.
Proof.
  destruct coefficients_in_dimension_4 as [-> [-> [-> _]]]. pose proof pi_digits as digits.
  assert (0.3183098 < / PI < 0.31831).
  { split; apply Rmult_lt_reg_r with PI; rewrite ?Rinv_l; lra. }
  replace (2 / (3 * PI)) with (2 / 3 * / PI) by (field; lra).
  replace (2 / (15 * PI)) with (2 / 15 * / PI) by (field; lra).
  replace (2 / (105 * PI)) with (2 / 105 * / PI) by (field; lra).
  lra.
Qed.

Theorem coefficients_are_not_twice_as_large : ~ 0.0424413 < 2 * even_coefficient 4 0 < 0.0424414.
Proof. pose proof digits_in_dimension_4. lra. Qed.
