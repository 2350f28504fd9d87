(** Tactics that bring a proved fact into the form in which a claim is printed. *)

From Coq Require Import Reals Lra.
Open Scope R_scope.

(** Equal as rational functions, where what is in scope keeps every denominator from 0. *)
Ltac same_fraction := first [ring | field; repeat split; lra].

(** [restate fact] proves a relation whose two sides are those of [fact], written in another way. Definitions that the
    printed relation does not know are to be unfolded in [fact] before. *)
Ltac restate fact :=
  cbv zeta in fact;
  match goal with
  | |- ?printed_left = ?printed_right =>
      match type of fact with
      | ?left = ?right =>
          transitivity left; [same_fraction | transitivity right; [exact fact | same_fraction]]
      end
  | |- ?printed_left >= ?printed_right =>
      match type of fact with
      | ?left >= ?right =>
          replace printed_left with left by same_fraction;
          replace printed_right with right by same_fraction;
          exact fact
      end
  end.

(** [absurd_numbers wrong] closes a goal from [wrong], a false relation between numbers under true ones. *)
Ltac absurd_numbers wrong :=
  repeat (lapply wrong; [clear wrong; intro wrong | lra]);
  first [lra | field_simplify in wrong; lra].
