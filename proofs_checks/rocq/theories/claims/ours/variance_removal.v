(** bridge.variance-removal as it is printed: which share of the teacher's variance the student leaves out.

    The parts on finitely many points follow from theorems of subspaces.v in the library; the limit of many points is open.
    Each wrong twin is denied. *)

From Coq Require Import Reals Lra.
From W2S.library Require Import restating subspaces.
Open Scope R_scope.

(** ** bridge.variance-removal: Two subspaces remove variance as early stopping does *)

Theorem bridge_variance_removal_filtered_share :
  forall (N d_s d_w d_sw A_off : R) (features : d_w > 0),
    (((((A_off ^ 2) * (d_w - d_sw)) + d_sw) / d_w)
     = (((A_off ^ 2) * (1 - (d_sw / d_w))) + (d_sw / d_w)))%R.
Proof.
  intros. pose proof (filtered_share A_off d_w d_sw features) as fact.
  unfold kept_dimension, population_share in fact. restate fact.
Qed.

Theorem not_bridge_variance_removal_with_unsquared_filter :
  ~ (forall (N d_s d_w d_sw A_off : R) (features : d_w > 0),
    (((((A_off ^ 2) * (d_w - d_sw)) + d_sw) / d_w)
     = ((A_off * (1 - (d_sw / d_w))) + (d_sw / d_w)))%R).
Proof.
  intro claimed. apply filter_is_squared. intros A d_w d_sw features.
  pose proof (claimed 0 0 d_w d_sw A features) as fact. unfold kept_dimension. restate fact.
Qed.

Theorem bridge_variance_removal_removed_share :
  forall (N d_s d_w d_sw A_off : R) (features : d_w > 0) (points : N > d_s + 1),
    ((1 - (((d_s * (d_w - d_sw) / (N - d_s - 1)) + d_sw) / d_w))
     = ((1 - (d_sw / d_w)) * (N - (2 * d_s) - 1) / (N - d_s - 1)))%R.
Proof.
  intros. pose proof (removed_share N d_s d_w d_sw points features) as fact.
  unfold kept_dimension, population_share in fact. restate fact.
Qed.

Theorem not_bridge_variance_removal_as_in_sample :
  ~ (forall (N d_s d_w d_sw A_off : R) (features : d_w > 0) (points : N > d_s + 1),
    ((1 - (((d_s * (d_w - d_sw) / (N - d_s - 1)) + d_sw) / d_w))
     = ((1 - (d_sw / d_w)) * (N - d_s) / (N - d_s - 1)))%R).
Proof.
  intro claimed. apply removed_share_is_not_in_sample. intros N d_s d_w d_sw points features.
  pose proof (claimed N d_s d_w d_sw 0 features points) as fact.
  unfold kept_dimension, population_share. restate fact.
Qed.
