(** bv.rce-minimizer as it is printed: cross-entropy copies the teacher's label, its reverse takes the most likely class.

    Each part follows from a theorem of reverse_cross_entropy.v in the library, for the logarithm of logarithm.v; the
    derivative of cross-entropy is open. Each wrong twin is denied. *)

From Coq Require Import Reals Lra.
From W2S.library Require Import finite_sums logarithm reverse_cross_entropy.
Open Scope R_scope.

(** ** bv.rce-minimizer: Cross-entropy copies the teacher's label, its reverse takes the most likely class *)

Theorem bv_rce_minimizer_mixed_label_leads :
  forall (a : R) (sure : 0 < a <= 1) (p q q_a : R) (student : 0 <= p <= 1) (likely : 1 / 2 <= q <= 1)
      (label : 1 / 2 <= q_a < 1),
    (((a * q) + (1 / 2) - ((1 / 2) * a)) >= (1 / 2))%R.
Proof.
  intros. pose proof (mixed_leads a q ltac:(lra) ltac:(lra)) as fact. unfold mixed in fact. lra.
Qed.

Theorem not_bv_rce_minimizer_mixed_with_labels_swapped :
  ~ (forall (a : R) (sure : 0 < a <= 1) (p q q_a : R) (student : 0 <= p <= 1) (likely : 1 / 2 <= q <= 1)
      (label : 1 / 2 <= q_a < 1),
    ((((1 / 2) * a) + (1 / 2) - (a * q)) >= (1 / 2))%R).
Proof.
  intro claimed.
  pose proof (claimed 1 ltac:(lra) 1 (3 / 4) (3 / 4) ltac:(lra) ltac:(lra) ltac:(lra)) as wrong.
  lra.
Qed.

Theorem bv_rce_minimizer_mixed_label_at_most_one :
  forall (a : R) (sure : 0 < a <= 1) (p q q_a : R) (student : 0 <= p <= 1) (likely : 1 / 2 <= q <= 1)
      (label : 1 / 2 <= q_a < 1),
    (1 >= ((a * q) + (1 / 2) - ((1 / 2) * a)))%R.
Proof.
  intros. pose proof (mixed_at_most_one a q ltac:(lra) ltac:(lra)) as fact. unfold mixed in fact.
  lra.
Qed.

Theorem bv_rce_minimizer_first_class_is_best :
  forall (a : R) (sure : 0 < a <= 1) (p q q_a : R) (student : 0 <= p <= 1) (likely : 1 / 2 <= q <= 1)
      (label : 1 / 2 <= q_a < 1),
    (( - (p * (logarithm.logarithm q_a)) - ((1 - p) * (logarithm.logarithm (1 - q_a))))
     >= (- (logarithm.logarithm q_a)))%R.
Proof.
  intros.
  pose proof (first_class_is_best logarithm logarithm_increases p q_a ltac:(lra) ltac:(lra)) as fact.
  unfold binary_loss in fact. lra.
Qed.

Theorem not_bv_rce_minimizer_least_at_the_label :
  ~ (forall (a : R) (sure : 0 < a <= 1) (p q q_a : R) (student : 0 <= p <= 1) (likely : 1 / 2 <= q <= 1)
      (label : 1 / 2 <= q_a < 1),
    (( - (p * (logarithm.logarithm q_a)) - ((1 - p) * (logarithm.logarithm (1 - q_a))))
     >= ( - (q_a * (logarithm.logarithm q_a)) - ((1 - q_a) * (logarithm.logarithm (1 - q_a)))))%R).
Proof.
  intro claimed.
  pose proof (claimed 1 ltac:(lra) 1 (3 / 4) (3 / 4) ltac:(lra) ltac:(lra) ltac:(lra)) as wrong.
  pose proof (logarithm_increases (1 / 4) (3 / 4)).
  replace (1 - 3 / 4) with (1 / 4) in wrong by lra. lra.
Qed.

Theorem bv_rce_minimizer_label_is_best :
  forall (a : R) (sure : 0 < a <= 1) (K : nat) (q w : nat -> R)
      (labels : forall k, (1 <= k <= K)%nat -> q k >= 0),
    (((finite_sums.sum_from_one (fun k : nat => ((q k%nat) * (exp (w k%nat)))) K%nat) -
       (finite_sums.sum_from_one
       (fun k : nat => (((logarithm.logarithm (q k%nat)) + (w k%nat)) * (q k%nat))) K%nat))
     >= ((finite_sums.sum_from_one (fun k : nat => (q k%nat)) K%nat) -
       (finite_sums.sum_from_one (fun k : nat => ((q k%nat) * (logarithm.logarithm (q k%nat)))) K%nat)))%R.
Proof.
  intros. pose proof (label_is_best logarithm q w K labels) as fact. match_sums fact. lra.
Qed.

Theorem not_bv_rce_minimizer_labels_counted_twice :
  ~ (forall (a : R) (sure : 0 < a <= 1) (K : nat) (q w : nat -> R)
      (labels : forall k, (1 <= k <= K)%nat -> q k >= 0),
    (((finite_sums.sum_from_one (fun k : nat => ((q k%nat) * (exp (w k%nat)))) K%nat) -
       (finite_sums.sum_from_one
       (fun k : nat => (((logarithm.logarithm (q k%nat)) + (w k%nat)) * (q k%nat))) K%nat))
     >= ((2 * (finite_sums.sum_from_one (fun k : nat => (q k%nat)) K%nat)) -
       (finite_sums.sum_from_one (fun k : nat => ((q k%nat) * (logarithm.logarithm (q k%nat)))) K%nat)))%R).
Proof.
  intro claimed. apply (label_counts_once logarithm). intros q w K labels.
  pose proof (claimed 1 ltac:(lra) K q w labels) as fact. match_sums fact. lra.
Qed.

Theorem bv_rce_minimizer_most_likely_class_is_best :
  forall (a : R) (sure : 0 < a <= 1) (K : nat) (some : (K > 0)%nat) (p q delta : nat -> R)
      (classes : forall k, (1 <= k <= K)%nat -> p k >= 0 /\ q k > 0 /\ delta k >= 0),
    ((- (finite_sums.sum_from_one
       (fun k : nat => ((p k%nat) * (logarithm.logarithm ((a * (q k%nat)) + ((1 - a) / (INR K))))))
       K%nat))
     >= (- (finite_sums.sum_from_one (fun k : nat =>
       ((p k%nat) * (logarithm.logarithm ((a * ((delta k%nat) + (q k%nat))) + ((1 - a) / (INR K))))))
       K%nat)))%R.
Proof.
  intros.
  pose proof (most_likely_class_is_best logarithm p q delta a K logarithm_increases sure some classes)
    as fact.
  unfold classes_loss, mixed in fact. match_sums fact. lra.
Qed.

Theorem not_bv_rce_minimizer_least_likely_class_is_best :
  ~ (forall (a : R) (sure : 0 < a <= 1) (K : nat) (some : (K > 0)%nat) (p q delta : nat -> R)
      (classes : forall k, (1 <= k <= K)%nat -> p k >= 0 /\ q k > 0 /\ delta k >= 0),
    ((- (finite_sums.sum_from_one
       (fun k : nat => ((p k%nat) * (logarithm.logarithm ((a * (q k%nat)) + ((1 - a) / (INR K))))))
       K%nat))
     >= (- (finite_sums.sum_from_one (fun k : nat =>
       ((p k%nat) * (logarithm.logarithm ((a * ((q k%nat) - (delta k%nat))) + ((1 - a) / (INR K))))))
       K%nat)))%R).
Proof.
  intro claimed. apply (least_likely_class_is_not_best logarithm logarithm_increases).
  intros p q delta a K sure some classes.
  pose proof (claimed a sure K some p q delta classes) as fact. unfold classes_loss, mixed.
  match_sums fact. lra.
Qed.
