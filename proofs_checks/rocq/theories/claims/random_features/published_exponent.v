(** rf.rate-1.49 as it is printed: from which dimension on the exponent is 1.49.

    The claim follows from a theorem of numbers.v in the library; what is 147 in place of 148 there, or a fourth root in
    place of a square root, is denied. *)

From Coq Require Import Reals Lra.
From W2S.library Require Import restating numbers.
Open Scope R_scope.

(** ** rf.rate-1.49: The exponent 1.49 starts at dimension 148 *)

Theorem rf_rate_1_49_excess :
  forall (d : R) (dimension : d >= 2),
    ((((d - 1) / ((2 * d) + 4)) - (49 / 100)) = ((d - 148) / ((100 * d) + 200)))%R.
Proof.
  intros. pose proof (exponent_excess d ltac:(lra)) as fact. unfold exponent in fact. restate fact.
Qed.

Theorem not_rf_rate_1_49_from_dimension_147 :
  ~ (forall (d : R) (dimension : d >= 2),
    ((((d - 1) / ((2 * d) + 4)) - (49 / 100)) = ((d - 147) / ((100 * d) + 200)))%R).
Proof.
  intro claimed. apply dimension_147_is_not_enough. pose proof (claimed 147 ltac:(lra)).
  unfold exponent. lra.
Qed.

Theorem not_rf_rate_1_49_with_a_quarter_power :
  ~ (forall (d : R) (dimension : d >= 2),
    ((((1 / 2) * (d - 1) / ((2 * d) + 4)) - (49 / 100)) = ((d - 148) / ((100 * d) + 200)))%R).
Proof.
  intro claimed. apply quarter_power_is_not_enough. intros d dimension.
  pose proof (claimed d dimension) as fact. restate fact.
Qed.
