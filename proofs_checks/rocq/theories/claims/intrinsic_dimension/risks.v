(** id.correlation-dimension, id.teacher, id.sft, id.ceiling, id.variance, id.exact-risk and id.in-sample as they are
    printed: the closed forms of the risks in two subspaces.

    Each part follows from a theorem of subspace_risks.v in the library; each wrong twin is denied. *)

From Coq Require Import Reals Lra.
From W2S.library Require Import finite_sums subspace_risks restating.
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

(** ** id.teacher: The weak teacher's risk *)

Theorem id_teacher_closed_form :
  forall (n d_w sigma2 rho_w T ER_w : R) (labels : n > d_w + 1) (moment : T * (n - d_w - 1) = 1)
      (fit : ER_w = rho_w + (sigma2 + rho_w) * T * d_w),
    (ER_w = ((d_w * (rho_w + sigma2) / (n - d_w - 1)) + rho_w))%R.
Proof.
  intros. rewrite fit. pose proof (fitted_risk (n) d_w sigma2 rho_w T labels moment) as fact.
  unfold error_inside, answer_outside in *. restate fact.
Qed.

Theorem not_id_teacher_with_the_number_of_points :
  ~ (forall (n d_w sigma2 rho_w T ER_w : R) (labels : n > d_w + 1) (moment : T * (n - d_w - 1) = 1)
      (fit : ER_w = rho_w + (sigma2 + rho_w) * T * d_w),
    (ER_w = ((d_w * (rho_w + sigma2) / n) + rho_w))%R).
Proof.
  intro claimed. apply features_cost_points. intros points features sigma2 rho T some enough moment.
  cbv zeta.
  pose proof (claimed points features sigma2 rho T _ ltac:(lra) ltac:(lra) eq_refl) as fact.
  unfold error_inside, answer_outside in *. restate fact.
Qed.

(** ** id.sft: The strong baseline's risk *)

Theorem id_sft_closed_form :
  forall (n d_s sigma2 rho_s T ER_s : R) (labels : n > d_s + 1) (moment : T * (n - d_s - 1) = 1)
      (fit : ER_s = rho_s + (sigma2 + rho_s) * T * d_s),
    (ER_s = ((d_s * (rho_s + sigma2) / (n - d_s - 1)) + rho_s))%R.
Proof.
  intros. rewrite fit. pose proof (fitted_risk (n) d_s sigma2 rho_s T labels moment) as fact.
  unfold error_inside, answer_outside in *. restate fact.
Qed.

Theorem not_id_sft_with_the_number_of_points :
  ~ (forall (n d_s sigma2 rho_s T ER_s : R) (labels : n > d_s + 1) (moment : T * (n - d_s - 1) = 1)
      (fit : ER_s = rho_s + (sigma2 + rho_s) * T * d_s),
    (ER_s = ((d_s * (rho_s + sigma2) / n) + rho_s))%R).
Proof.
  intro claimed. apply features_cost_points. intros points features sigma2 rho T some enough moment.
  cbv zeta.
  pose proof (claimed points features sigma2 rho T _ ltac:(lra) ltac:(lra) eq_refl) as fact.
  unfold error_inside, answer_outside in *. restate fact.
Qed.

(** ** id.ceiling: The strong ceiling's risk *)

Theorem id_ceiling_closed_form :
  forall (n N d_s sigma2 rho_s T ER_c : R) (labels : n + N > d_s + 1) (moment : T * (n + N - d_s - 1) = 1)
      (fit : ER_c = rho_s + (sigma2 + rho_s) * T * d_s),
    (ER_c = ((d_s * (rho_s + sigma2) / (N + n - d_s - 1)) + rho_s))%R.
Proof.
  intros. rewrite fit. pose proof (fitted_risk (n + N) d_s sigma2 rho_s T labels moment) as fact.
  unfold error_inside, answer_outside in *. restate fact.
Qed.

Theorem not_id_ceiling_with_the_number_of_points :
  ~ (forall (n N d_s sigma2 rho_s T ER_c : R) (labels : n + N > d_s + 1)
      (moment : T * (n + N - d_s - 1) = 1) (fit : ER_c = rho_s + (sigma2 + rho_s) * T * d_s),
    (ER_c = ((d_s * (rho_s + sigma2) / (N + n)) + rho_s))%R).
Proof.
  intro claimed. apply features_cost_points. intros points features sigma2 rho T some enough moment.
  cbv zeta.
  pose proof (claimed points 0 features sigma2 rho T _ ltac:(lra) ltac:(lra) eq_refl) as fact.
  unfold error_inside, answer_outside in *. restate fact.
Qed.

(** ** id.variance: The student inherits the teacher's variance in V_s and keeps d_s/N of the rest *)

Theorem id_variance_closed_form :
  forall (n N d_s d_w d_sw sigma2 T h Var_w2s : R) (labels : n > d_w + 1) (moment : T * (n - d_w - 1) = 1)
      (points : N > 0) (hat : h * N = d_s) (fit : Var_w2s = sigma2 * T * (d_sw + h * (d_w - d_sw))),
    (Var_w2s = (sigma2 * (d_sw + (d_s * (d_w - d_sw) / N)) / (n - d_w - 1)))%R.
Proof.
  intros. rewrite fit.
  pose proof (student_variance n N d_s d_w d_sw sigma2 T h labels points moment hat) as fact.
  unfold error_inside, answer_outside in *. restate fact.
Qed.

Theorem not_id_variance_with_half_the_share :
  ~ (forall (n N d_s d_w d_sw sigma2 T h Var_w2s : R) (labels : n > d_w + 1)
      (moment : T * (n - d_w - 1) = 1) (points : N > 0) (hat : h * N = d_s)
      (fit : Var_w2s = sigma2 * T * (d_sw + h * (d_w - d_sw))),
    (Var_w2s = (sigma2 * (d_sw + ((1 / 2) * d_s * (d_w - d_sw) / N)) / (n - d_w - 1)))%R).
Proof.
  intro claimed. apply share_not_halved.
  intros n N d_s d_w d_sw sigma2 T h labels points moment hat. cbv zeta.
  pose proof (claimed n N d_s d_w d_sw sigma2 T h _ labels moment points hat eq_refl) as fact.
  unfold error_inside, answer_outside in *. restate fact.
Qed.

Theorem not_id_variance_with_n_minus_d_w :
  ~ (forall (n N d_s d_w d_sw sigma2 T h Var_w2s : R) (labels : n > d_w + 1)
      (moment : T * (n - d_w - 1) = 1) (points : N > 0) (hat : h * N = d_s)
      (fit : Var_w2s = sigma2 * T * (d_sw + h * (d_w - d_sw))),
    (Var_w2s = (sigma2 * (d_sw + (d_s * (d_w - d_sw) / N)) / (n - d_w)))%R).
Proof.
  intro claimed. apply one_point_less. intros n N d_s d_w d_sw sigma2 T h labels points moment hat.
  cbv zeta.
  pose proof (claimed n N d_s d_w d_sw sigma2 T h _ labels moment points hat eq_refl) as fact.
  unfold error_inside, answer_outside in *. restate fact.
Qed.

(** ** id.exact-risk: The student's population risk, bias included *)

Theorem id_exact_risk_closed_form :
  forall (n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w T T_s ER_w2s : R) (labels : n > d_w + 1)
      (moment : T * (n - d_w - 1) = 1) (points : N > d_s + 1) (student_moment : T_s * (N - d_s - 1) = 1)
      (fit : ER_w2s = rho_s + error_inside b_s ((sigma2 + rho_w) * T) d_sw + T_s * d_s * answer_outside
      b_w ((sigma2 + rho_w) * T) d_w d_sw),
    (ER_w2s
     = (b_s + (d_s * (b_w + ((rho_w + sigma2) * (d_w - d_sw) / (n - d_w - 1))) / (N - d_s - 1)) +
       (d_sw * (rho_w + sigma2) / (n - d_w - 1)) + rho_s))%R.
Proof.
  intros. rewrite fit.
  pose proof (population_risk n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w T T_s labels points moment
    student_moment) as fact.
  unfold error_inside, answer_outside in *. restate fact.
Qed.

Theorem not_id_exact_risk_with_half_the_share :
  ~ (forall (n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w T T_s ER_w2s : R) (labels : n > d_w + 1)
      (moment : T * (n - d_w - 1) = 1) (points : N > d_s + 1) (student_moment : T_s * (N - d_s - 1) = 1)
      (fit : ER_w2s = rho_s + error_inside b_s ((sigma2 + rho_w) * T) d_sw + T_s * d_s * answer_outside
      b_w ((sigma2 + rho_w) * T) d_w d_sw),
    (ER_w2s
     = (b_s +
       ((1 / 2) * d_s * (b_w + ((rho_w + sigma2) * (d_w - d_sw) / (n - d_w - 1))) / (N - d_s - 1)) +
       (d_sw * (rho_w + sigma2) / (n - d_w - 1)) + rho_s))%R).
Proof.
  intro claimed. apply population_share_not_halved.
  intros n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w T T_s labels points moment student_moment.
  cbv zeta.
  pose proof (claimed n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w T T_s _ labels moment points
    student_moment eq_refl) as fact.
  unfold error_inside, answer_outside in *. restate fact.
Qed.

(** ** id.in-sample: The student's risk on the points it was fitted on *)

Theorem id_in_sample_closed_form :
  forall (n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w b_sw T h ER_w2s_in_sample : R)
      (labels : n > d_w + 1) (moment : T * (n - d_w - 1) = 1) (points : N > 0) (hat : h * N = d_s) (fit
      : ER_w2s_in_sample = rho_s + error_inside b_s ((sigma2 + rho_w) * T) d_sw + h *
      (answer_outside b_w ((sigma2 + rho_w) * T) d_w d_sw - 2 * b_sw)),
    (ER_w2s_in_sample
     = (b_s + (d_sw * (rho_w + sigma2) / (n - d_w - 1)) + rho_s +
       (d_s * (b_w + ((rho_w + sigma2) * (d_w - d_sw) / (n - d_w - 1)) - (2 * b_sw)) / N)))%R.
Proof.
  intros. rewrite fit.
  pose proof
    (in_sample_risk n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w b_sw T h labels points moment hat) as
    fact.
  unfold error_inside, answer_outside in *. restate fact.
Qed.

Theorem not_id_in_sample_with_population_risk :
  ~ (forall (n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w b_sw T h ER_w2s_in_sample : R)
      (labels : n > d_w + 1) (moment : T * (n - d_w - 1) = 1) (points : N > 0) (hat : h * N = d_s) (fit
      : ER_w2s_in_sample = rho_s + error_inside b_s ((sigma2 + rho_w) * T) d_sw + h *
      (answer_outside b_w ((sigma2 + rho_w) * T) d_w d_sw - 2 * b_sw)),
    (ER_w2s_in_sample
     = (b_s + (d_s * (b_w + ((rho_w + sigma2) * (d_w - d_sw) / (n - d_w - 1))) / (N - d_s - 1)) +
       (d_sw * (rho_w + sigma2) / (n - d_w - 1)) + rho_s))%R).
Proof.
  intro claimed. apply population_is_not_in_sample.
  intros n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w b_sw T h some labels points moment hat.
  cbv zeta.
  pose proof (claimed n N d_s d_w d_sw sigma2 rho_s rho_w b_s b_w b_sw T h _ labels moment ltac:(lra)
    hat eq_refl) as fact.
  unfold error_inside, answer_outside in *. restate fact.
Qed.
