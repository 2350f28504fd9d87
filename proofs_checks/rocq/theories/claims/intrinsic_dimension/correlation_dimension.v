(** id.correlation-dimension as it is printed: between 0 and the smaller dimension, by the principal angles.

    The bounds follow from theorems of subspace_risks.v in the library; that the trace is this sum is open. The wrong twin
    is denied. *)

From Coq Require Import Reals Lra.
From W2S.library Require Import finite_sums subspace_risks.
Open Scope R_scope.

(** ** id.correlation-dimension: The correlation dimension by the principal angles *)

Theorem id_correlation_dimension_nonnegative :
  forall (angle : nat -> R) (d : nat),
    ((finite_sums.sum_from_one (fun i : nat => ((cos (angle i%nat)) ^ 2)) d%nat) >= 0)%R.
Proof. intros. pose proof (squared_cosines_range angle d). lra. Qed.

Theorem not_id_correlation_dimension_without_squares :
  ~ (forall (angle : nat -> R) (d : nat),
    ((finite_sums.sum_from_one (fun i : nat => (cos (angle i%nat))) d%nat) >= 0)%R).
Proof.
  intro claimed. apply cosines_need_squares. intros angle d. apply Rge_le; exact (claimed angle d).
Qed.

Theorem id_correlation_dimension_at_most_smaller_dimension :
  forall (angle : nat -> R) (d : nat),
    ((INR d) >= (finite_sums.sum_from_one (fun i : nat => ((cos (angle i%nat)) ^ 2)) d%nat))%R.
Proof. intros. pose proof (squared_cosines_range angle d). lra. Qed.
