(** Reverse cross-entropy (Xu et al. 2025): the student that takes the most likely class is best, however sure its
    teacher, where cross-entropy would have the label copied.

    In the student's probabilities the loss is linear, so its minimum is at a vertex; mixing the teacher's label with
    the uniform one, a q + (1 - a)/K with certainty a in (0, 1], keeps the order of the classes. Of the logarithm no more
    is used than that it increases on the positive numbers, also where a wrong statement is denied. *)

From Coq Require Import Reals Lra Lia.
From W2S.library Require Import finite_sums exponential.
Open Scope R_scope.

(** The teacher's label of certainty [a], with K classes. *)
Definition mixed a K q := a * q + (1 - a) / K.

(** Of a student with probability [p] for the first of two classes, and a label with [q]. *)
Definition binary_loss (log : R -> R) p q := - (p * log q + (1 - p) * log (1 - q)).

Definition increasing_on_positives (log : R -> R) := forall x y, 0 < x < y -> log x < log y.

Lemma mixed_leads a q : 0 < a -> q >= 1 / 2 -> mixed a 2 q >= 1 / 2.
Proof.
  intros sure leads. assert (0 <= a * (q - 1 / 2)) by (apply Rmult_le_pos; lra).
  unfold mixed. lra.
Qed.

Lemma mixed_at_most_one a q : 0 < a <= 1 -> q <= 1 -> mixed a 2 q <= 1.
Proof.
  intros sure below. assert (0 <= a * (1 - q)) by (apply Rmult_le_pos; lra).
  unfold mixed. lra.
Qed.

Section TwoClasses.
  Variable log : R -> R.
  Hypothesis increasing : increasing_on_positives log.

  Lemma linear p p' q : binary_loss log p q - binary_loss log p' q = (p' - p) * (log q - log (1 - q)).
  Proof. unfold binary_loss. ring. Qed.

  Lemma classes_swap p q : binary_loss log (1 - p) (1 - q) = binary_loss log p q.
  Proof. unfold binary_loss. replace (1 - (1 - q)) with q by ring. ring. Qed.

  Theorem first_class_is_best p q : p <= 1 -> 1 / 2 <= q < 1 -> binary_loss log p q >= binary_loss log 1 q.
  Proof.
    intros below likely. pose proof (linear p 1 q) as difference.
    assert (odds : 0 <= log q - log (1 - q)).
    { destruct (Req_dec q (1 / 2)) as [->|]; [replace (1 - 1 / 2) with (1 / 2) by lra; lra|].
      pose proof (increasing (1 - q) q). lra. }
    assert (0 <= (1 - p) * (log q - log (1 - q))) by (apply Rmult_le_pos; lra).
    lra.
  Qed.

  (** Where one class is the likelier, nothing else is as good. *)
  Lemma only_the_first_class p q : p < 1 -> 1 / 2 < q < 1 -> binary_loss log p q > binary_loss log 1 q.
  Proof.
    intros below likely. pose proof (linear p 1 q) as difference.
    pose proof (increasing (1 - q) q) as larger.
    assert (0 < (1 - p) * (log q - log (1 - q))) by (apply Rmult_lt_0_compat; lra).
    lra.
  Qed.

  Lemma only_the_second_class p q : p > 0 -> 0 < q < 1 / 2 -> binary_loss log p q > binary_loss log 0 q.
  Proof.
    intros above likely. rewrite <- (classes_swap p), <- (classes_swap 0), Rminus_0_r.
    apply only_the_first_class; lra.
  Qed.

  Definition minimizes p q := forall p', 0 <= p' <= 1 -> binary_loss log p q <= binary_loss log p' q.

  (** The minimizers, whatever the certainty: the likelier class; anything where both are as likely. *)
  Theorem minimizers a p q :
    0 < a <= 1 -> 0 < q < 1 -> 0 <= p <= 1 ->
    minimizes p (mixed a 2 q) <-> (q > 1 / 2 -> p = 1) /\ (q < 1 / 2 -> p = 0).
  Proof.
    intros sure label student.
    assert (0 < a * q) by (apply Rmult_lt_0_compat; lra).
    assert (0 < a * (1 - q)) by (apply Rmult_lt_0_compat; lra).
    assert (order : 0 < mixed a 2 q < 1
              /\ (q > 1 / 2 -> mixed a 2 q > 1 / 2) /\ (q < 1 / 2 -> mixed a 2 q < 1 / 2)
              /\ (q = 1 / 2 -> mixed a 2 q = 1 / 2)).
    { unfold mixed. repeat split; intros; try lra.
      - assert (0 < a * (q - 1 / 2)) by (apply Rmult_lt_0_compat; lra). lra.
      - assert (0 < a * (1 / 2 - q)) by (apply Rmult_lt_0_compat; lra). lra.
      - subst q. lra. }
    destruct order as [inside [first [second even]]].
    set (q_a := mixed a 2 q) in *.
    split.
    - intros best. split; intros likely.
      + destruct (Rle_lt_or_eq_dec p 1) as [less|]; [lra| |assumption].
        pose proof (only_the_first_class p q_a less). pose proof (best 1). lra.
      + destruct (Rle_lt_or_eq_dec 0 p) as [more|]; [lra| |now symmetry].
        pose proof (only_the_second_class p q_a more). pose proof (best 0). lra.
    - intros [at_one at_zero] p' other.
      destruct (Rtotal_order q (1 / 2)) as [less|[same|more]].
      + rewrite at_zero by exact less. destruct (Rle_lt_or_eq_dec 0 p') as [above| <-]; [lra| |lra].
        pose proof (only_the_second_class p' q_a above). lra.
      + pose proof (linear p p' q_a) as difference. rewrite even in * by exact same.
        replace (1 - 1 / 2) with (1 / 2) in difference by lra. lra.
      + rewrite at_one by exact more. destruct (Rle_lt_or_eq_dec p' 1) as [below| ->]; [lra| |lra].
        pose proof (only_the_first_class p' q_a below). lra.
  Qed.
End TwoClasses.

(** The less likely class is no minimizer: the label 3/4. *)
Theorem second_class_is_not_best log : increasing_on_positives log ->
  ~ forall p q, 0 <= p <= 1 -> 1 / 2 <= q < 1 -> binary_loss log p q >= binary_loss log 0 q.
Proof.
  intros increasing claimed. pose proof (claimed 1 (3 / 4) ltac:(lra) ltac:(lra)) as wrong.
  pose proof (only_the_first_class log increasing 0 (3 / 4)). lra.
Qed.

(** ** Any number of classes *)

Definition classes_loss (log : R -> R) (p q : nat -> R) (K : nat) := - sum_from_one (fun k => p k * log (q k)) K.

Lemma sums_in_order (f g : nat -> R) K :
  (forall k, (1 <= k <= K)%nat -> f k <= g k) -> sum_from_one f K <= sum_from_one g K.
Proof.
  induction K as [|K step]; simpl; intros below; [lra|].
  apply Rplus_le_compat; [apply step; intros k range | ]; apply below; lia.
Qed.

(** Weight on a class costs what its label, by [delta], falls short of the largest one. *)
Theorem most_likely_class_is_best (log : R -> R) (p q delta : nat -> R) a K :
  increasing_on_positives log -> 0 < a <= 1 -> (K > 0)%nat ->
  (forall k, (1 <= k <= K)%nat -> p k >= 0 /\ q k > 0 /\ delta k >= 0) ->
  classes_loss log p (fun k => mixed a (INR K) (q k)) K
  >= classes_loss log p (fun k => mixed a (INR K) (q k + delta k)) K.
Proof.
  intros increasing sure some classes. apply Ropp_le_ge_contravar, sums_in_order. intros k range.
  destruct (classes k range) as [weight [label shortfall]].
  apply Rmult_le_compat_l; [lra|].
  assert (uniform : 0 <= (1 - a) / INR K).
  { apply Rmult_le_pos; [lra|]. apply Rlt_le, Rinv_0_lt_compat, lt_0_INR. lia. }
  assert (0 < a * q k) by (apply Rmult_lt_0_compat; lra).
  destruct (Rle_lt_or_eq_dec 0 (delta k)) as [less| <-]; [lra| |rewrite Rplus_0_r; lra].
  assert (0 < a * delta k) by (apply Rmult_lt_0_compat; lra).
  apply Rlt_le, increasing. unfold mixed. lra.
Qed.

(** The largest label is not smaller than the others: one class, its label 1, and 1/2 in the place of the largest. *)
Theorem least_likely_class_is_not_best log : increasing_on_positives log ->
  ~ forall (p q delta : nat -> R) a K, 0 < a <= 1 -> (K > 0)%nat ->
  (forall k, (1 <= k <= K)%nat -> p k >= 0 /\ q k > 0 /\ delta k >= 0) ->
  classes_loss log p (fun k => mixed a (INR K) (q k)) K
  >= classes_loss log p (fun k => mixed a (INR K) (q k - delta k)) K.
Proof.
  intros increasing claimed.
  pose proof (claimed (fun _ => 1) (fun _ => 1) (fun _ => 1 / 2) 1 1%nat ltac:(lra) ltac:(lia) ltac:(intros; lra))
    as wrong.
  unfold classes_loss, mixed in wrong. simpl in wrong.
  replace (1 * 1 + (1 - 1) / 1) with 1 in wrong by lra.
  replace (1 * (1 - 1 / 2) + (1 - 1) / 1) with (1 / 2) in wrong by lra.
  pose proof (increasing (1 / 2) 1). lra.
Qed.

(** ** Cross-entropy copies the label

    A student with probabilities q exp w; against q itself it loses the sum of q (exp w - 1 - w). *)

Theorem label_is_best (log : R -> R) (q w : nat -> R) K :
  (forall k, (1 <= k <= K)%nat -> q k >= 0) ->
  sum_from_one (fun k => q k * exp (w k)) K - sum_from_one (fun k => q k * (log (q k) + w k)) K
  >= sum_from_one q K - sum_from_one (fun k => q k * log (q k)) K.
Proof.
  induction K as [|K step]; intros labels; [simpl; lra|].
  assert (before := step (fun k range => labels k ltac:(lia))).
  assert (label := labels (S K) ltac:(lia)).
  pose proof (exponential_above_tangent (w (S K))) as tangent.
  assert (0 <= q (S K) * (exp (w (S K)) - (1 + w (S K)))) by (apply Rmult_le_pos; lra).
  cbn [sum_from_one]. lra.
Qed.

(** It is not better than the label by another sum of the labels: one class, its label 1, and w = 0. *)
Theorem label_counts_once (log : R -> R) : ~ forall (q w : nat -> R) K,
  (forall k, (1 <= k <= K)%nat -> q k >= 0) ->
  sum_from_one (fun k => q k * exp (w k)) K - sum_from_one (fun k => q k * (log (q k) + w k)) K
  >= 2 * sum_from_one q K - sum_from_one (fun k => q k * log (q k)) K.
Proof.
  intros claimed.
  pose proof (claimed (fun _ => 1) (fun _ => 0) 1%nat ltac:(intros; lra)) as wrong.
  simpl in wrong. rewrite exp_0 in wrong. lra.
Qed.
