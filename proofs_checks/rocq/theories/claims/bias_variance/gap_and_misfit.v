(** bv.gap-bound and bv.kl-entropy as they are printed: how far gap and misfit are apart, for squared loss and for
    cross-entropy.

    Each part follows from a theorem of squared_loss.v or entropies.v in the library; each wrong twin is denied. *)

From Coq Require Import Reals Lra.
From W2S.library Require Import expectations bregman squared_loss finite_sums logarithm entropies.
Open Scope R_scope.

(** ** bv.gap-bound: Squared loss: |gap - misfit| is at most 2 (E |s - E[w|s]|^2 E |g - s|^2)^(1/2) *)

Theorem bv_gap_bound_squared_loss :
  forall (V : InnerProductSpace) (inputs : law (situation V)) (laws : given_laws inputs)
      (weights : nonnegative inputs),
    ((4 * (expect inputs (fun x => norm2 ((target x) - (student x))%V)) *
       (expect inputs (fun x => norm2 ((student x) - (posterior_mean x))%V)))
     >= (((expect_teacher inputs (fun x w => norm2 ((target x) - w)%V)) -
       (expect inputs (fun x => norm2 ((target x) - (student x))%V)) -
       (expect_teacher inputs (fun x w => norm2 ((student x) - w)%V))) ^ 2))%R.
Proof.
  intros.
  apply Rle_ge; eapply Rle_trans;
    [| eapply Rle_trans; [exact (squared_gap_bound inputs laws weights) |]]; apply Req_le; ring.
Qed.

Theorem not_bv_gap_bound_without_factor_2 :
  ~ (forall (V : InnerProductSpace) (inputs : law (situation V)) (laws : given_laws inputs)
      (weights : nonnegative inputs),
    (((expect inputs (fun x => norm2 ((target x) - (student x))%V)) *
       (expect inputs (fun x => norm2 ((student x) - (posterior_mean x))%V)))
     >= (((expect_teacher inputs (fun x w => norm2 ((target x) - w)%V)) -
       (expect inputs (fun x => norm2 ((target x) - (student x))%V)) -
       (expect_teacher inputs (fun x w => norm2 ((student x) - w)%V))) ^ 2))%R).
Proof.
  intro claimed. pose proof (claimed plane example example_laws example_weights) as wrong.
  compute_example wrong. lra.
Qed.

Theorem not_bv_gap_bound_with_factor_19_10 :
  ~ (forall (V : InnerProductSpace) (inputs : law (situation V)) (laws : given_laws inputs)
      (weights : nonnegative inputs),
    (((361 / 100) * (expect inputs (fun x => norm2 ((target x) - (student x))%V)) *
       (expect inputs (fun x => norm2 ((student x) - (posterior_mean x))%V)))
     >= (((expect_teacher inputs (fun x w => norm2 ((target x) - w)%V)) -
       (expect inputs (fun x => norm2 ((target x) - (student x))%V)) -
       (expect_teacher inputs (fun x w => norm2 ((student x) - w)%V))) ^ 2))%R).
Proof.
  intro claimed. pose proof (claimed plane example example_laws example_weights) as wrong.
  compute_example wrong. lra.
Qed.

Theorem not_bv_gap_bound_as_equality :
  ~ (forall (V : InnerProductSpace) (inputs : law (situation V)) (laws : given_laws inputs)
      (weights : nonnegative inputs),
    (0
     >= (((expect_teacher inputs (fun x w => norm2 ((target x) - w)%V)) -
       (expect inputs (fun x => norm2 ((target x) - (student x))%V)) -
       (expect_teacher inputs (fun x w => norm2 ((student x) - w)%V))) ^ 2))%R).
Proof.
  intro claimed. pose proof (claimed plane example example_laws example_weights) as wrong.
  compute_example wrong. lra.
Qed.

(** ** bv.kl-entropy: Cross-entropy: the misfit is the reverse cross-entropy less the student's entropy *)

Theorem bv_kl_entropy_misfit_less_entropy :
  forall (K : nat) (s w : nat -> R) (student : positive_labels s K) (teacher : positive_labels w K),
    ((finite_sums.sum_from_one
       (fun k : nat => ((s k%nat) * (logarithm.logarithm ((s k%nat) / (w k%nat))))) K%nat)
     = ((finite_sums.sum_from_one (fun k : nat => ((s k%nat) * (logarithm.logarithm (s k%nat)))) K%nat)
       -
       (finite_sums.sum_from_one (fun k : nat => ((s k%nat) * (logarithm.logarithm (w k%nat)))) K%nat)))%R.
Proof.
  intros. pose proof (misfit_less_entropy s w K student teacher) as fact. cbv beta in fact.
  match_sums fact. lra.
Qed.

Theorem not_bv_kl_entropy_entropy_added :
  ~ (forall (K : nat) (s w : nat -> R) (student : positive_labels s K) (teacher : positive_labels w K),
    ((finite_sums.sum_from_one
       (fun k : nat => ((s k%nat) * (logarithm.logarithm ((s k%nat) / (w k%nat))))) K%nat)
     = (-
       (finite_sums.sum_from_one (fun k : nat => ((s k%nat) * (logarithm.logarithm (s k%nat)))) K%nat) -
       (finite_sums.sum_from_one (fun k : nat => ((s k%nat) * (logarithm.logarithm (w k%nat)))) K%nat)))%R).
Proof.
  intro claimed. apply entropy_is_subtracted. intros s w K student teacher.
  pose proof (claimed K s w student teacher) as fact. cbv beta in fact. match_sums fact. lra.
Qed.

Theorem not_bv_kl_entropy_cross_entropy_not_reversed :
  ~ (forall (K : nat) (s w : nat -> R) (student : positive_labels s K) (teacher : positive_labels w K),
    ((finite_sums.sum_from_one
       (fun k : nat => ((s k%nat) * (logarithm.logarithm ((s k%nat) / (w k%nat))))) K%nat)
     = ((finite_sums.sum_from_one (fun k : nat => ((s k%nat) * (logarithm.logarithm (s k%nat)))) K%nat)
       -
       (finite_sums.sum_from_one (fun k : nat => ((w k%nat) * (logarithm.logarithm (s k%nat)))) K%nat)))%R).
Proof.
  intro claimed. apply cross_entropy_is_reversed. intros s w K student teacher.
  pose proof (claimed K s w student teacher) as fact. cbv beta in fact. match_sums fact. lra.
Qed.

Theorem bv_kl_entropy_gap_of_cross_entropies :
  forall (g : nat -> R) (K : nat) (s w : nat -> R) (student : positive_labels s K)
      (teacher : positive_labels w K) (target : positive_labels g K),
    (((finite_sums.sum_from_one
       (fun k : nat => ((g k%nat) * (logarithm.logarithm ((g k%nat) / (w k%nat))))) K%nat) -
       (finite_sums.sum_from_one
       (fun k : nat => ((g k%nat) * (logarithm.logarithm ((g k%nat) / (s k%nat))))) K%nat))
     = ((finite_sums.sum_from_one (fun k : nat => ((g k%nat) * (logarithm.logarithm (s k%nat)))) K%nat)
       -
       (finite_sums.sum_from_one (fun k : nat => ((g k%nat) * (logarithm.logarithm (w k%nat)))) K%nat)))%R.
Proof.
  intros. pose proof (gap_of_cross_entropies g s w K target student teacher) as fact.
  cbv beta in fact. match_sums fact. lra.
Qed.

Theorem not_bv_kl_entropy_gap_without_teacher :
  ~ (forall (g : nat -> R) (K : nat) (s w : nat -> R) (student : positive_labels s K)
      (teacher : positive_labels w K) (target : positive_labels g K),
    (((finite_sums.sum_from_one
       (fun k : nat => ((g k%nat) * (logarithm.logarithm ((g k%nat) / (w k%nat))))) K%nat) -
       (finite_sums.sum_from_one
       (fun k : nat => ((g k%nat) * (logarithm.logarithm ((g k%nat) / (s k%nat))))) K%nat))
     = (finite_sums.sum_from_one (fun k : nat => ((g k%nat) * (logarithm.logarithm (s k%nat)))) K%nat))%R).
Proof.
  intro claimed. apply gap_has_the_teacher. intros g s w K target student teacher.
  pose proof (claimed g K s w student teacher target) as fact. cbv beta in fact. match_sums fact.
  lra.
Qed.

Theorem bv_kl_entropy_log_odds_of_geometric_mean :
  forall (J k l : nat) (p : nat -> R) (w : nat -> nat -> R) (Z : R) (weights : sum_from_one p J = 1)
      (normalizer : 0 < Z) (first : positive_labels (fun j => w j k) J)
      (second : positive_labels (fun j => w j l) J),
    (((logarithm.logarithm ((exp (finite_sums.sum_from_one
       (fun j : nat => ((p j%nat) * (logarithm.logarithm (w j%nat k%nat)))) J%nat)) / Z)) -
       (logarithm.logarithm ((exp (finite_sums.sum_from_one
       (fun j : nat => ((p j%nat) * (logarithm.logarithm (w j%nat l%nat)))) J%nat)) / Z)))
     = (finite_sums.sum_from_one
       (fun j : nat => ((p j%nat) * (logarithm.logarithm ((w j%nat k%nat) / (w j%nat l%nat))))) J%nat))%R.
Proof.
  intros.
  pose proof
    (log_odds_of_geometric_mean p (fun j => w j k) (fun j => w j l) J Z first second normalizer) as
    fact.
  cbv beta in fact. match_sums fact. lra.
Qed.

Theorem not_bv_kl_entropy_log_odds_of_arithmetic_mean :
  ~ (forall (J k l : nat) (p : nat -> R) (w : nat -> nat -> R) (Z : R) (weights : sum_from_one p J = 1)
      (normalizer : 0 < Z) (first : positive_labels (fun j => w j k) J)
      (second : positive_labels (fun j => w j l) J),
    (((logarithm.logarithm
       (finite_sums.sum_from_one (fun j : nat => ((p j%nat) * (w j%nat k%nat))) J%nat)) -
       (logarithm.logarithm
       (finite_sums.sum_from_one (fun j : nat => ((p j%nat) * (w j%nat l%nat))) J%nat)))
     = (finite_sums.sum_from_one
       (fun j : nat => ((p j%nat) * (logarithm.logarithm ((w j%nat k%nat) / (w j%nat l%nat))))) J%nat))%R).
Proof.
  intro claimed. apply mean_is_geometric. intros p a b J first second weights.
  pose proof (claimed J 1%nat 2%nat p (fun j k => if Nat.eqb k 1 then a j else b j) 1 weights Rlt_0_1
    first second) as fact.
  simpl in fact. cbv beta in fact. match_sums fact. lra.
Qed.
