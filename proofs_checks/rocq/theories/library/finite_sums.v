(** Sums from 1 to n of real numbers. *)

From Coq Require Import Reals Lia.
Open Scope R_scope.

Fixpoint sum_from_one (term : nat -> R) (n : nat) : R :=
  match n with
  | O => 0
  | S before => sum_from_one term before + term n
  end.

Lemma sums_equal f g n :
  (forall k, (1 <= k <= n)%nat -> f k = g k) -> sum_from_one f n = sum_from_one g n.
Proof.
  induction n as [|n step]; intros equal; [reflexivity|].
  simpl. rewrite (equal (S n)) by lia. f_equal. apply step. intros k range. apply equal. lia.
Qed.

(** Equal by ring, as they are or inside one or two functions. *)
Ltac same_terms := first [ring | f_equal; ring | f_equal; f_equal; ring].

(** [match_sums fact] writes the sums of [fact] as those of the goal, where their terms are the same. *)
Ltac match_sums fact :=
  repeat match goal with
  | |- context [sum_from_one ?f ?n] =>
      match type of fact with
      | context [sum_from_one ?g n] =>
          assert_fails (constr_eq f g);
          replace (sum_from_one g n) with (sum_from_one f n) in fact by (apply sums_equal; intros; same_terms)
      end
  end.
