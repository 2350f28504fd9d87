(** What a claim's limit says: f (x) tends to l as x tends to a from above. There is at most one such l. *)

From Coq Require Import Reals Lra.
Open Scope R_scope.

Definition right_limit (f : R -> R) (a l : R) : Prop :=
  forall epsilon, 0 < epsilon ->
  exists delta, 0 < delta /\ forall x, a < x < a + delta -> Rabs (f x - l) < epsilon.

Theorem right_limit_unique f a l m : right_limit f a l -> right_limit f a m -> l = m.
Proof.
  intros to_l to_m. apply cond_eq. intros epsilon positive.
  destruct (to_l (epsilon / 2) ltac:(lra)) as [delta_l [l_positive near_l]].
  destruct (to_m (epsilon / 2) ltac:(lra)) as [delta_m [m_positive near_m]].
  set (x := a + Rmin delta_l delta_m / 2).
  assert (range : a < x < a + delta_l /\ x < a + delta_m).
  { pose proof (Rmin_l delta_l delta_m). pose proof (Rmin_r delta_l delta_m).
    assert (0 < Rmin delta_l delta_m) by now apply Rmin_glb_lt. unfold x. lra. }
  pose proof (near_l x ltac:(lra)) as by_l. pose proof (near_m x ltac:(lra)) as by_m.
  apply Rabs_def2 in by_l, by_m. apply Rabs_def1; lra.
Qed.

(** The same limit, written in another way. *)
Lemma restate_limit f g a l m :
  right_limit f a l -> l = m -> (forall x, a < x -> f x = g x) -> right_limit g a m.
Proof.
  intros to_l <- equal epsilon positive. destruct (to_l epsilon positive) as [delta [delta_positive near]].
  exists delta. split; [assumption|]. intros x range. rewrite <- equal by lra. now apply near.
Qed.
