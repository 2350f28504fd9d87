(** sharp.bootstrap as it is printed: the exact limit of chains of students, that it is attained, and its ratio at small
    losses.

    The parts follow from theorems of chain_limit.v and small_losses.v in the library, and of detours.v. The wrong twins are denied, two
    by the pair of students in detours.v, the other because a limit is unique. *)

From Coq Require Import Reals Lra.
From W2S.library Require Import inner_product right_limit shrinkage chains chain_limit detours
  small_losses.
Open Scope R_scope.

(** ** sharp.bootstrap: The exact limit of a chain of n students *)

Theorem sharp_bootstrap_limit_is_attained :
  forall (n : nat) (some : (1 <= n)%nat) (target teacher : plane) (unit : norm2 target = 1)
      (fit : least_squares target teacher) (b : R) (bounds : forall first last : plane, least_squares axis first
      -> loss axis first = loss target teacher -> chain n first last -> b <= loss axis last),
    ((chain_limit n (loss target teacher))
     >= b)%R.
Proof.
  intros. destruct n as [|k]; [inversion some|]. apply Rle_ge, chain_limit_is_sharp; [|exact bounds].
  apply teacher_loss_range; assumption.
Qed.

Theorem not_sharp_bootstrap_limit_of_one_student_more_is_attained :
  ~ (forall (n : nat) (some : (1 <= n)%nat) (target teacher : plane) (unit : norm2 target = 1)
      (fit : least_squares target teacher) (b : R) (bounds : forall first last : plane, least_squares axis first
      -> loss axis first = loss target teacher -> chain n first last -> b <= loss axis last),
    ((chain_limit (n + 1) (loss target teacher))
     >= b)%R).
Proof.
  intro claimed.
  pose proof (claimed 1%nat (le_n 1) pair_target pair_teacher pair_unit pair_fit
    (chain_limit 1 (loss pair_target pair_teacher))) as fact.
  lapply fact.
  - intro more. pose proof one_student_is_not_enough as better.
    pose proof (chain_limit_is_lower_bound 2 _ _ _ pair_unit pair_fit pair_chain) as two. change (1 + 1)%nat with 2%nat in more. lra.
  - intros first last fit is links. rewrite <- is. apply chain_limit_is_lower_bound; [apply axis_unit|exact fit|exact links].
Qed.

Theorem sharp_bootstrap_chain_limit :
  forall (n : nat) (some : (1 <= n)%nat) (V : InnerProductSpace) (target teacher student : V)
      (unit : norm2 target = 1) (fit : least_squares target teacher) (links : chain n teacher student),
    ((loss target student) >= (chain_limit n (loss target teacher)))%R.
Proof. intros. apply Rle_ge, chain_limit_is_lower_bound; assumption. Qed.

Theorem not_sharp_bootstrap_chain_limit_of_one_student_less :
  ~ (forall (n : nat) (some : (1 <= n)%nat) (V : InnerProductSpace) (target teacher student : V)
      (unit : norm2 target = 1) (fit : least_squares target teacher) (links : chain n teacher student),
    ((loss target student) >= (chain_limit (n - 1) (loss target teacher)))%R).
Proof.
  intro claimed.
  pose proof (claimed 2%nat (le_S _ _ (le_n 1)) plane pair_target pair_teacher pair_student pair_unit
    pair_fit pair_chain) as fact.
  exact (Rlt_not_le _ _ one_student_is_not_enough (Rge_le _ _ fact)).
Qed.

Theorem sharp_bootstrap_small_loss_ratio :
  forall (n : nat) (some : (1 <= n)%nat) (y : R),
    (right_limit.right_limit (fun Theta : R =>
      (((((cos Theta) ^ 2) * ((cos ((Theta - (y * (Theta ^ 2))) / (INR n))) ^ (2 * n))) + 1 -
      (2 * ((cos ((Theta - (y * (Theta ^ 2))) / (INR n))) ^ n) * (cos Theta) * (cos (y * (Theta ^ 2)))))
      / ((sin Theta) ^ 4))) 0 ((y ^ 2) + (((1 / 2) + ((1 / 2) / (INR n))) ^ 2)))%R.
Proof.
  intros. assert (count : 0 < INR n) by (apply lt_0_INR, some).
  apply (restate_limit _ _ _ _ _ (small_loss_ratio n y some)); [field; lra|]. intros Theta _.
  unfold loss_ratio, kept. rewrite ?(Nat.mul_comm 2), ?pow_mult. f_equal; ring.
Qed.

Theorem not_sharp_bootstrap_small_loss_ratio_with_n_plus_1 :
  ~ (forall (n : nat) (some : (1 <= n)%nat) (y : R),
    (right_limit.right_limit (fun Theta : R =>
      (((((cos Theta) ^ 2) * ((cos ((Theta - (y * (Theta ^ 2))) / (INR n))) ^ (2 * n))) + 1 -
      (2 * ((cos ((Theta - (y * (Theta ^ 2))) / (INR n))) ^ n) * (cos Theta) * (cos (y * (Theta ^ 2)))))
      / ((sin Theta) ^ 4))) 0 ((y ^ 2) + (((1 / 2) + ((1 / 2) / ((INR n) + 1))) ^ 2)))%R).
Proof.
  intro claimed.
  apply small_loss_ratio_needs_n.
  apply (restate_limit _ _ _ _ _ (claimed 1%nat (le_n 1) 0)); [simpl; field|]. intros Theta _.
  unfold loss_ratio, kept. rewrite ?(Nat.mul_comm 2), ?pow_mult. f_equal; ring.
Qed.
