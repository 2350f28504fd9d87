(** What a claim's limit says: f (x) tends to l as x tends to a from above. *)

From Coq Require Import Reals.
Open Scope R_scope.

Definition right_limit (f : R -> R) (a l : R) : Prop :=
  forall epsilon, 0 < epsilon ->
  exists delta, 0 < delta /\ forall x, a < x < a + delta -> Rabs (f x - l) < epsilon.
