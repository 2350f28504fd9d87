(** Sums from 1 to n of real numbers. *)

From Coq Require Import Reals.
Open Scope R_scope.

Fixpoint sum_from_one (term : nat -> R) (n : nat) : R :=
  match n with
  | O => 0
  | S before => sum_from_one term before + term n
  end.
