(** rf.def1 and rf.lem1 as they are printed: what shrinkage optimality is, and who has it.

    Each part follows from a theorem of shrinkage.v or filters.v in the library; the filter of gradient flow, which rf.lem1
    speaks of as well, is in ours/learning_rules.v. Each wrong twin is denied, by vectors of the plane or by numbers. *)

From Coq Require Import Reals Lra.
From W2S.library Require Import inner_product shrinkage filters.
Open Scope R_scope.

(** ** rf.def1: Shrinkage optimality, three ways *)

Theorem rf_def1_shrinking_costs :
  forall (V : InnerProductSpace) (teacher student : V) (overlap : norm2 student <= inner student teacher)
      (a : R) (range : 0 <= a <= 1),
    (((inner_product.norm2
       (inner_product.plus (inner_product.scale a student) (inner_product.scale (- 1) teacher))) -
       (inner_product.norm2 (inner_product.plus student (inner_product.scale (- 1) teacher))))
     >= 0)%R.
Proof.
  intros. pose proof (proj2 (shrinkage_by_overlap teacher student) overlap a range) as fact. lra.
Qed.

Theorem not_rf_def1_shrinking_costs_1_minus_a_squared :
  ~ (forall (V : InnerProductSpace) (teacher student : V)
      (overlap : norm2 student <= inner student teacher) (a : R) (range : 0 <= a <= 1),
    (((inner_product.norm2
       (inner_product.plus (inner_product.scale a student) (inner_product.scale (- 1) teacher))) -
       (inner_product.norm2 (inner_product.plus student (inner_product.scale (- 1) teacher))))
     >= ((inner_product.norm2 student) * (1 - (a ^ 2))))%R).
Proof.
  intro claimed. apply shrinkage.shrinking_may_cost_little. intros teacher student a range overlap.
  pose proof (claimed plane teacher student overlap a range) as fact. lra.
Qed.

Theorem rf_def1_best_shrinking :
  forall (V : InnerProductSpace) (teacher student : V) (nonzero : norm2 student <> 0),
    (((inner_product.norm2 (inner_product.plus (inner_product.scale
       ((inner_product.inner student teacher) / (inner_product.norm2 student)) student)
       (inner_product.scale (- 1) teacher))) -
       (inner_product.norm2 (inner_product.plus student (inner_product.scale (- 1) teacher))))
     = (- ((((inner_product.norm2 student) - (inner_product.inner student teacher)) ^ 2) /
       (inner_product.norm2 student))))%R.
Proof.
  intros. pose proof (best_shrinking teacher student nonzero) as fact. cbv zeta in fact.
  rewrite fact. now field.
Qed.

Theorem not_rf_def1_best_shrinking_gains_half :
  ~ (forall (V : InnerProductSpace) (teacher student : V) (nonzero : norm2 student <> 0),
    (((inner_product.norm2 (inner_product.plus (inner_product.scale
       ((inner_product.inner student teacher) / (inner_product.norm2 student)) student)
       (inner_product.scale (- 1) teacher))) -
       (inner_product.norm2 (inner_product.plus student (inner_product.scale (- 1) teacher))))
     = (- ((1 / 2) * (((inner_product.norm2 student) - (inner_product.inner student teacher)) ^ 2) /
       (inner_product.norm2 student))))%R).
Proof.
  intro claimed. apply best_shrinking_gains_more. intros teacher student nonzero a. unfold a.
  rewrite (claimed plane teacher student nonzero). now field.
Qed.

Theorem rf_def1_shrinking_to_zero :
  forall (V : InnerProductSpace) (teacher student : V),
    (((inner_product.norm2 teacher) - (inner_product.norm2 (inner_product.plus student (inner_product.scale (-
        1) teacher))))
     = ((2 * (inner_product.inner student teacher)) - (inner_product.norm2 student)))%R.
Proof.
  intros. expand_inner. ring.
Qed.

Theorem not_rf_def1_shrinking_to_zero_by_one_product :
  ~ (forall (V : InnerProductSpace) (teacher student : V),
    (((inner_product.norm2 teacher) - (inner_product.norm2 (inner_product.plus student (inner_product.scale (-
        1) teacher))))
     = ((inner_product.inner student teacher) - (inner_product.norm2 student)))%R).
Proof.
  intro claimed. pose proof (claimed plane (point 1 0) (point 1 0)) as wrong.
  unfold norm2, point in wrong. cbn in wrong. lra.
Qed.

Theorem rf_def1_ball :
  forall (V : InnerProductSpace) (teacher student : V),
    (((inner_product.norm2 (inner_product.plus student (inner_product.scale (- (1 / 2)) teacher))) -
       (inner_product.norm2 (inner_product.scale (1 / 2) teacher)))
     = ((inner_product.norm2 student) - (inner_product.inner student teacher)))%R.
Proof.
  intros. pose proof (outside_ball teacher student) as fact. revert fact. expand_inner. intros. lra.
Qed.

Theorem not_rf_def1_ball_centred_at_teacher :
  ~ (forall (V : InnerProductSpace) (teacher student : V),
    (((inner_product.norm2 (inner_product.plus student (inner_product.scale (- (1 / 2)) teacher))) -
       (inner_product.norm2 (inner_product.scale (1 / 2) teacher)))
     = ((inner_product.norm2 student) - (2 * (inner_product.inner student teacher))))%R).
Proof.
  intro claimed. apply not_outside_ball_at_teacher. intros teacher student.
  pose proof (claimed plane teacher student) as fact. revert fact. expand_inner. intros. lra.
Qed.

(** ** rf.lem1: Filters in [0, 1] and penalized minimizers are shrinkage optimal *)

Theorem rf_lem1_filtered_mode :
  forall (h g : R) (nonneg : 0 <= h) (at_most : h <= 1),
    ((h * (g ^ 2) * (1 - h)) >= 0)%R.
Proof. intros. pose proof (filtered_mode h g nonneg at_most) as fact. lra. Qed.

Theorem not_rf_lem1_filtered_mode_twice :
  ~ (forall (h g : R) (nonneg : 0 <= h) (at_most : h <= 1),
    ((h * (g ^ 2) * (1 - (2 * h))) >= 0)%R).
Proof.
  intro claimed. apply not_twice_the_filter. intros h g nonneg at_most.
  pose proof (claimed h g nonneg at_most) as fact. lra.
Qed.

Theorem rf_lem1_shrinking_costs :
  forall (V : InnerProductSpace) (teacher student : V)
      (how : filtered teacher student \/ penalized teacher student) (a : R) (range : 0 <= a <= 1),
    (((inner_product.norm2
       (inner_product.plus (inner_product.scale a student) (inner_product.scale (- 1) teacher))) -
       (inner_product.norm2 (inner_product.plus student (inner_product.scale (- 1) teacher))))
     >= 0)%R.
Proof. intros. pose proof (filtered_or_penalized teacher student how a range) as fact. lra. Qed.

Theorem not_rf_lem1_shrinking_costs_1_minus_a_squared :
  ~ (forall (V : InnerProductSpace) (teacher student : V)
      (how : filtered teacher student \/ penalized teacher student) (a : R) (range : 0 <= a <= 1),
    (((inner_product.norm2
       (inner_product.plus (inner_product.scale a student) (inner_product.scale (- 1) teacher))) -
       (inner_product.norm2 (inner_product.plus student (inner_product.scale (- 1) teacher))))
     >= ((inner_product.norm2 student) * (1 - (a ^ 2))))%R).
Proof.
  intro claimed. apply filters.shrinking_a_filtered_teacher_may_cost_little.
  intros teacher student a how range.
  pose proof (claimed plane teacher student (or_introl how) a range) as fact. lra.
Qed.
