(** rf.thm4.1, rf.cor1, rf.thm4.2 and rf.cor2 as they are printed: the limits of weak-to-strong learning.

    Each part of a claim follows from a theorem of limits.v, best_constants.v, gradient_flow.v or chains.v in the library.
    Each wrong twin is denied, by a student that comes nearer to the target than the twin allows. *)

From Coq Require Import Reals Lra.
From W2S.library Require Import restating inner_product right_limit shrinkage limits best_constants
  filters gradient_flow chains.
Open Scope R_scope.

(** ** rf.thm4.1: General limitation of weak-to-strong learning *)

Theorem rf_thm4_1_limit_curve :
  forall (V : InnerProductSpace) (target teacher student : V) (unit : norm2 target = 1)
      (fit : least_squares target teacher) (optimal : shrinkage_optimal teacher student),
    ((loss target student)
     >= ((((1 / 2) * (sqrt ((3 * (loss target teacher)) + 1))) -
       ((1 / 2) * (sqrt (1 - (loss target teacher))))) ^ 2))%R.
Proof.
  intros. pose proof (general_limitation target teacher student unit fit optimal) as fact.
  unfold limit_curve in fact. rewrite (Rplus_comm 1) in fact. lra.
Qed.

Theorem not_rf_thm4_1_with_1_01_times_the_curve :
  ~ (forall (V : InnerProductSpace) (target teacher student : V) (unit : norm2 target = 1)
      (fit : least_squares target teacher) (optimal : shrinkage_optimal teacher student),
    ((loss target student)
     >= ((101 / 100) * ((((1 / 2) * (sqrt ((3 * (loss target teacher)) + 1))) -
       ((1 / 2) * (sqrt (1 - (loss target teacher))))) ^ 2)))%R).
Proof.
  intro claimed. enough (small : 101 / 100 <= 1) by lra. apply no_multiple_of_limit_curve.
  intros V target teacher student unit fit optimal.
  pose proof (claimed V target teacher student unit fit optimal) as fact. unfold limit_curve.
  rewrite (Rplus_comm 1). lra.
Qed.

Theorem rf_thm4_1_quadratic :
  forall (V : InnerProductSpace) (target teacher student : V) (unit : norm2 target = 1)
      (fit : least_squares target teacher) (optimal : shrinkage_optimal teacher student),
    ((loss target student) >= ((3 / 4) * ((loss target teacher) ^ 2)))%R.
Proof. intros. apply Rle_ge, general_limitation_quadratic; assumption. Qed.

Theorem not_rf_thm4_1_with_constant_0_76 :
  ~ (forall (V : InnerProductSpace) (target teacher student : V) (unit : norm2 target = 1)
      (fit : least_squares target teacher) (optimal : shrinkage_optimal teacher student),
    ((loss target student) >= ((19 / 25) * ((loss target teacher) ^ 2)))%R).
Proof.
  intro claimed. enough (small : 19 / 25 <= 3 / 4) by lra. apply best_constant.
  intros V target teacher student unit fit optimal.
  pose proof (claimed V target teacher student unit fit optimal) as fact. lra.
Qed.

Theorem not_rf_thm4_1_with_constant_1 :
  ~ (forall (V : InnerProductSpace) (target teacher student : V) (unit : norm2 target = 1)
      (fit : least_squares target teacher) (optimal : shrinkage_optimal teacher student),
    ((loss target student) >= ((loss target teacher) ^ 2))%R).
Proof.
  intro claimed. enough (small : 1 <= 3 / 4) by lra. apply best_constant.
  intros V target teacher student unit fit optimal.
  pose proof (claimed V target teacher student unit fit optimal) as fact. lra.
Qed.

Theorem rf_thm4_1_tight_fit :
  forall (V : InnerProductSpace) (target teacher student : V) (unit : norm2 target = 1)
      (fit : least_squares target teacher) (optimal : shrinkage_optimal teacher student) (tau : R),
    ((((tau ^ 2) * ((1 - (tau ^ 2)) ^ 2) / (((tau ^ 4) + 1 - (tau ^ 2)) ^ 2)) + (((1 - (tau ^ 2)) ^ 4) / (((tau
        ^ 4) + 1 - (tau ^ 2)) ^ 2)))
     = (((1 - (tau ^ 2)) ^ 2) / ((tau ^ 4) + 1 - (tau ^ 2))))%R.
Proof.
  intros. pose proof (size_positive tau). pose proof (pow2_ge_0 tau). unfold size in *. field. repeat split; nra.
Qed.

Theorem rf_thm4_1_tight_teacher :
  forall (V : InnerProductSpace) (target teacher student : V) (unit : norm2 target = 1)
      (fit : least_squares target teacher) (optimal : shrinkage_optimal teacher student) (tau : R),
    ((((tau ^ 2) * ((1 - (tau ^ 2)) ^ 2) / (((tau ^ 4) + 1 - (tau ^ 2)) ^ 2)) + ((1 - (((1 - (tau ^ 2)) ^ 2) /
        ((tau ^ 4) + 1 - (tau ^ 2)))) ^ 2))
     = ((tau ^ 2) / ((tau ^ 4) + 1 - (tau ^ 2))))%R.
Proof.
  intros. pose proof (size_positive tau). pose proof (pow2_ge_0 tau). unfold size in *. field. repeat split; nra.
Qed.

Theorem rf_thm4_1_tight_optimal :
  forall (V : InnerProductSpace) (target teacher student : V) (unit : norm2 target = 1)
      (fit : least_squares target teacher) (optimal : shrinkage_optimal teacher student) (tau : R),
    ((((tau ^ 6) * ((tau + 1) ^ 2) * ((tau - 1) ^ 2) / (((tau ^ 2) + 1) ^ 2) / (((tau ^ 4) + 1 - (tau ^ 2)) ^
        2)) + (((tau + 1) ^ 2) * ((tau - 1) ^ 2) / (((tau ^ 2) + 1) ^ 2) / (((tau ^ 4) + 1 - (tau ^ 2)) ^ 2)))
     = ( - ((tau ^ 4) * (tau + 1) * (1 - (tau ^ 2)) * (tau - 1) / ((tau ^ 2) + 1) / (((tau ^ 4) + 1 - (tau ^ 2))
         ^ 2)) - (((1 - (tau ^ 2)) ^ 2) * (tau + 1) * (tau - 1) / ((tau ^ 2) + 1) / (((tau ^ 4) + 1 - (tau ^ 2))
         ^ 2))))%R.
Proof.
  intros. pose proof (size_positive tau). pose proof (pow2_ge_0 tau). unfold size in *. field. repeat split; nra.
Qed.

Theorem rf_thm4_1_tight_student :
  forall (V : InnerProductSpace) (target teacher student : V) (unit : norm2 target = 1)
      (fit : least_squares target teacher) (optimal : shrinkage_optimal teacher student) (tau : R),
    ((((tau ^ 6) * ((tau + 1) ^ 2) * ((tau - 1) ^ 2) / (((tau ^ 2) + 1) ^ 2) / (((tau ^ 4) + 1 - (tau ^ 2)) ^
        2)) + ((((tau + 1) * (tau - 1) / ((tau ^ 2) + 1) / ((tau ^ 4) + 1 - (tau ^ 2))) + 1) ^ 2))
     = ((tau ^ 4) / ((tau ^ 4) + 1 - (tau ^ 2))))%R.
Proof.
  intros. pose proof (size_positive tau). pose proof (pow2_ge_0 tau). unfold size in *. field. repeat split; nra.
Qed.

Theorem rf_thm4_1_tight_ratio :
  forall (V : InnerProductSpace) (target teacher student : V) (unit : norm2 target = 1)
      (fit : least_squares target teacher) (optimal : shrinkage_optimal teacher student) (tau : R),
    (((tau ^ 4) / ((tau ^ 4) + 1 - (tau ^ 2)))
     = ((tau ^ 4) * ((((tau ^ 2) - (1 / 2)) ^ 2) + (3 / 4)) / (((tau ^ 4) + 1 - (tau ^ 2)) ^ 2)))%R.
Proof.
  intros. pose proof (tight_ratio tau) as fact. pose proof (size_positive tau).
  rewrite tight_teacher_loss, tight_student_loss in fact. unfold size in *. restate fact.
Qed.

Theorem not_rf_thm4_1_ratio_least_at_one_third :
  ~ (forall (V : InnerProductSpace) (target teacher student : V) (unit : norm2 target = 1)
      (fit : least_squares target teacher) (optimal : shrinkage_optimal teacher student) (tau : R),
    (((tau ^ 4) / ((tau ^ 4) + 1 - (tau ^ 2)))
     = ((tau ^ 4) * ((((tau ^ 2) - (1 / 3)) ^ 2) + (3 / 4)) / (((tau ^ 4) + 1 - (tau ^ 2)) ^ 2)))%R).
Proof.
  intro claimed. apply tight_ratio_is_least_at_one_half. intros tau.
  pose proof (claimed plane _ _ _ tight_unit (tight_fit 1) (tight_optimal 1) tau) as fact.
  pose proof (size_positive tau). rewrite tight_teacher_loss, tight_student_loss. unfold size in *.
  restate fact.
Qed.

(** ** rf.cor1: Random-feature students obey the limit at every stopping time *)

Theorem rf_cor1_flow_filter_in_unit_interval :
  forall (V : InnerProductSpace) (t lambda : R) (forward : 0 <= t) (psd : 0 <= lambda),
    (((1 - (exp (- (lambda * t)))) * (exp (- (lambda * t)))) >= 0)%R.
Proof.
  intros. pose proof (flow_filter_range t lambda forward psd) as fact. unfold flow_filter in fact.
  apply Rle_ge, Rmult_le_pos; lra.
Qed.

Theorem not_rf_cor1_flow_filter_below_one_half :
  ~ (forall (V : InnerProductSpace) (t lambda : R) (forward : 0 <= t) (psd : 0 <= lambda),
    (((1 - (2 * (exp (- (lambda * t))))) * (exp (- (lambda * t)))) >= 0)%R).
Proof.
  intro claimed. apply more_than_half_may_be_left. intros t lambda forward psd.
  pose proof (claimed plane t lambda forward psd) as fact. lra.
Qed.

Theorem rf_cor1_quadratic :
  forall (V : InnerProductSpace) (flow : GradientFlow V) (t : R) (forward : 0 <= t) (target teacher : V)
      (unit : norm2 target = 1) (fit : least_squares target teacher),
    ((loss target (flow_to flow t forward teacher)) >= ((3 / 4) * ((loss target teacher) ^ 2)))%R.
Proof. intros. apply Rle_ge, gradient_flow_limitation; assumption. Qed.

Theorem not_rf_cor1_with_constant_0_76 :
  ~ (forall (V : InnerProductSpace) (flow : GradientFlow V) (t : R) (forward : 0 <= t)
      (target teacher : V) (unit : norm2 target = 1) (fit : least_squares target teacher),
    ((loss target (flow_to flow t forward teacher))
     >= ((19 / 25) * ((loss target teacher) ^ 2)))%R).
Proof.
  intro claimed. enough (small : 19 / 25 <= 3 / 4) by lra. apply best_flow_constant.
  intros V flow t forward target teacher unit fit.
  pose proof (claimed V flow t forward target teacher unit fit) as fact. lra.
Qed.

(** ** rf.thm4.2: Limitation of students no larger than their teacher *)

Theorem rf_thm4_2_limit_curve :
  forall (V : InnerProductSpace) (target teacher student : V) (unit : norm2 target = 1)
      (fit : least_squares target teacher) (bounded : norm2 student <= norm2 teacher),
    ((loss target student) >= ((1 - (sqrt (1 - (loss target teacher)))) ^ 2))%R.
Proof. intros. apply Rle_ge, bounded_limitation; assumption. Qed.

Theorem not_rf_thm4_2_with_1_01_times_the_curve :
  ~ (forall (V : InnerProductSpace) (target teacher student : V) (unit : norm2 target = 1)
      (fit : least_squares target teacher) (bounded : norm2 student <= norm2 teacher),
    ((loss target student) >= ((101 / 100) * ((1 - (sqrt (1 - (loss target teacher)))) ^ 2)))%R).
Proof.
  intro claimed. enough (small : 101 / 100 <= 1) by lra. apply no_multiple_of_bounded_limit_curve.
  intros V target teacher student unit fit bounded.
  pose proof (claimed V target teacher student unit fit bounded) as fact.
  unfold bounded_limit_curve. lra.
Qed.

Theorem rf_thm4_2_quadratic :
  forall (V : InnerProductSpace) (target teacher student : V) (unit : norm2 target = 1)
      (fit : least_squares target teacher) (bounded : norm2 student <= norm2 teacher),
    ((loss target student) >= ((1 / 4) * ((loss target teacher) ^ 2)))%R.
Proof. intros. apply Rle_ge, bounded_limitation_quadratic; assumption. Qed.

Theorem not_rf_thm4_2_with_constant_0_26 :
  ~ (forall (V : InnerProductSpace) (target teacher student : V) (unit : norm2 target = 1)
      (fit : least_squares target teacher) (bounded : norm2 student <= norm2 teacher),
    ((loss target student) >= ((13 / 50) * ((loss target teacher) ^ 2)))%R).
Proof.
  intro claimed. enough (small : 13 / 50 <= 1 / 4) by lra. apply best_bounded_constant.
  intros V target teacher student unit fit bounded.
  pose proof (claimed V target teacher student unit fit bounded) as fact. lra.
Qed.

Theorem rf_thm4_2_curve_over_square :
  forall (V : InnerProductSpace),
    (right_limit.right_limit (fun L_TE : R => (((1 - (sqrt (1 - L_TE))) ^ 2) / (L_TE ^ 2))) 0 (1 / 4))%R.
Proof. intros. apply bounded_curve_over_square. Qed.

Theorem not_rf_thm4_2_curve_over_square_tends_to_one_third :
  ~ (forall (V : InnerProductSpace),
    (right_limit.right_limit (fun L_TE : R => (((1 - (sqrt (1 - L_TE))) ^ 2) / (L_TE ^ 2))) 0 (1 / 3))%R).
Proof. intro claimed. exact (bounded_curve_over_square_is_a_quarter (claimed plane)). Qed.

(** ** rf.cor2: Bootstrapping does not pass the limit of bounded students *)

Theorem rf_cor2_students_shrink :
  forall (V : InnerProductSpace) (link next : V) (optimal : shrinkage_optimal link next),
    (((inner_product.norm2 link) - (inner_product.norm2 next)) >= 0)%R.
Proof. intros. pose proof (students_shrink link next optimal) as fact. lra. Qed.

Theorem not_rf_cor2_each_link_loses_half :
  ~ (forall (V : InnerProductSpace) (link next : V) (optimal : shrinkage_optimal link next),
    ((((1 / 2) * (inner_product.norm2 link)) - (inner_product.norm2 next)) >= 0)%R).
Proof.
  intro claimed. apply students_need_not_shrink. intros V teacher student optimal.
  pose proof (claimed V teacher student optimal) as fact. lra.
Qed.

Theorem rf_cor2_quadratic :
  forall (V : InnerProductSpace) (target teacher student : V) (unit : norm2 target = 1)
      (fit : least_squares target teacher) (n : nat) (links : chain n teacher student),
    ((loss target student) >= ((1 / 4) * ((loss target teacher) ^ 2)))%R.
Proof.
  intros. pose proof (bootstrapping_limitation n target teacher student unit fit links) as fact.
  lra.
Qed.

Theorem not_rf_cor2_with_constant_3_4 :
  ~ (forall (V : InnerProductSpace) (target teacher student : V) (unit : norm2 target = 1)
      (fit : least_squares target teacher) (n : nat) (links : chain n teacher student),
    ((loss target student) >= ((3 / 4) * ((loss target teacher) ^ 2)))%R).
Proof.
  intro claimed. apply general_limitation_is_for_one_student.
  intros V n target teacher student unit fit links.
  pose proof (claimed V target teacher student unit fit n links) as fact. lra.
Qed.
