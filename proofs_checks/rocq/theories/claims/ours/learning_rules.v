(** sharp.learning-rules as it is printed: the filters of the learning rules are between 0 and 1.

    Each part follows from a theorem of filters.v or learning_rules.v in the library; each wrong twin, that a rule learns or
    leaves half at least, is denied. rf.lem1 shares the two parts on gradient flow. *)

From Coq Require Import Reals Lra.
From W2S.library Require Import filters learning_rules.
Open Scope R_scope.

(** ** sharp.learning-rules: Learning rules whose filter stays in [0, 1] *)

Theorem sharp_learning_rules_flow_learns_at_least_nothing :
  forall (t lambda : R) (forward : 0 <= t) (psd : 0 <= lambda),
    ((1 - (exp (- (lambda * t)))) >= 0)%R.
Proof.
  intros. pose proof (filters.flow_filter_range t lambda forward psd) as fact.
  unfold flow_filter in *. lra.
Qed.

Theorem not_sharp_learning_rules_flow_learns_half :
  ~ (forall (t lambda : R) (forward : 0 <= t) (psd : 0 <= lambda),
    ((1 - (exp (- (lambda * t)))) >= (1 / 2))%R).
Proof.
  intro claimed. apply filters.flow_filter_may_be_small. intros t lambda forward psd.
  pose proof (claimed t lambda forward psd) as fact. unfold flow_filter in *. lra.
Qed.

Theorem sharp_learning_rules_flow_learns_at_most_all :
  forall (t lambda : R) (forward : 0 <= t) (psd : 0 <= lambda),
    ((exp (- (lambda * t))) >= 0)%R.
Proof.
  intros. pose proof (filters.flow_filter_range t lambda forward psd) as fact.
  unfold flow_filter in *. lra.
Qed.

Theorem not_sharp_learning_rules_flow_leaves_half :
  ~ (forall (t lambda : R) (forward : 0 <= t) (psd : 0 <= lambda),
    ((exp (- (lambda * t))) >= (1 / 2))%R).
Proof.
  intro claimed. apply filters.flow_filter_may_be_large. intros t lambda forward psd.
  pose proof (claimed t lambda forward psd) as fact. unfold flow_filter in *. lra.
Qed.

Theorem sharp_learning_rules_descent_learns_at_least_nothing :
  forall (x : R) (k : nat) (range : 0 <= x <= 1),
    ((1 - ((1 - x) ^ k)) >= 0)%R.
Proof.
  intros. pose proof (learning_rules.descent_filter_range x k range) as fact.
  unfold descent_filter in *. lra.
Qed.

Theorem not_sharp_learning_rules_descent_learns_half :
  ~ (forall (x : R) (k : nat) (range : 0 <= x <= 1),
    ((1 - ((1 - x) ^ k)) >= (1 / 2))%R).
Proof.
  intro claimed. apply learning_rules.descent_filter_may_be_small. intros x k range.
  pose proof (claimed x k range) as fact. unfold descent_filter in *. lra.
Qed.

Theorem sharp_learning_rules_descent_learns_at_most_all :
  forall (x : R) (k : nat) (range : 0 <= x <= 1),
    (((1 - x) ^ k) >= 0)%R.
Proof.
  intros. pose proof (learning_rules.descent_filter_range x k range) as fact.
  unfold descent_filter in *. lra.
Qed.

Theorem not_sharp_learning_rules_descent_leaves_half :
  ~ (forall (x : R) (k : nat) (range : 0 <= x <= 1),
    (((1 - x) ^ k) >= (1 / 2))%R).
Proof.
  intro claimed. apply learning_rules.descent_filter_may_be_large. intros x k range.
  pose proof (claimed x k range) as fact. unfold descent_filter in *. lra.
Qed.

Theorem sharp_learning_rules_ridge_learns_at_least_nothing :
  forall (alpha lambda : R) (positive : 0 < alpha) (psd : 0 <= lambda),
    ((lambda / (alpha + lambda)) >= 0)%R.
Proof.
  intros. pose proof (learning_rules.ridge_filter_range alpha lambda positive psd) as fact.
  unfold ridge_filter in *. lra.
Qed.

Theorem not_sharp_learning_rules_ridge_with_negative_penalty :
  ~ (forall (alpha lambda : R) (positive : 0 < alpha) (psd : 0 <= lambda),
    ((lambda / (lambda - alpha)) >= 0)%R).
Proof.
  intro claimed. apply ridge_needs_a_positive_penalty. intros alpha lambda positive psd.
  exact (Rge_le _ _ (claimed alpha lambda positive psd)).
Qed.

Theorem sharp_learning_rules_ridge_learns_at_most_all :
  forall (alpha lambda : R) (positive : 0 < alpha) (psd : 0 <= lambda),
    ((1 - (lambda / (alpha + lambda))) >= 0)%R.
Proof.
  intros. pose proof (learning_rules.ridge_filter_range alpha lambda positive psd) as fact.
  unfold ridge_filter in *. lra.
Qed.

Theorem not_sharp_learning_rules_ridge_leaves_half :
  ~ (forall (alpha lambda : R) (positive : 0 < alpha) (psd : 0 <= lambda),
    ((1 - (lambda / (alpha + lambda))) >= (1 / 2))%R).
Proof.
  intro claimed. apply learning_rules.ridge_filter_may_be_large. intros alpha lambda positive psd.
  pose proof (claimed alpha lambda positive psd) as fact. unfold ridge_filter in *. lra.
Qed.

Theorem sharp_learning_rules_cutoff_learns_at_least_nothing :
  forall (alpha lambda : R),
    ((cutoff_filter alpha lambda) >= 0)%R.
Proof.
  intros. pose proof (learning_rules.cutoff_filter_range alpha lambda) as fact.
  unfold cutoff_filter in *. lra.
Qed.

Theorem not_sharp_learning_rules_cutoff_learns_half :
  ~ (forall (alpha lambda : R),
    ((cutoff_filter alpha lambda) >= (1 / 2))%R).
Proof.
  intro claimed. apply learning_rules.cutoff_filter_may_be_small. intros alpha lambda.
  pose proof (claimed alpha lambda) as fact. unfold cutoff_filter in *. lra.
Qed.

Theorem sharp_learning_rules_cutoff_learns_at_most_all :
  forall (alpha lambda : R),
    ((1 - (cutoff_filter alpha lambda)) >= 0)%R.
Proof.
  intros. pose proof (learning_rules.cutoff_filter_range alpha lambda) as fact.
  unfold cutoff_filter in *. lra.
Qed.

Theorem not_sharp_learning_rules_cutoff_leaves_half :
  ~ (forall (alpha lambda : R),
    ((1 - (cutoff_filter alpha lambda)) >= (1 / 2))%R).
Proof.
  intro claimed. apply learning_rules.cutoff_filter_may_be_large. intros alpha lambda.
  pose proof (claimed alpha lambda) as fact. unfold cutoff_filter in *. lra.
Qed.
